//! Sparse factors of a basis: `B = L U`, followed by one elementary matrix for each pivot since.
//!
//! Columns and rows with one entry left are taken first, which orders most of a flow-like basis
//! without any arithmetic; what remains is eliminated column by column, with the sparsest row
//! among the large enough entries as pivot.
//!
//! **Source.** Gilbert and Peierls (1988) for the columns; product form of the inverse for updates.

use super::program::Column;

/// An entry of a column must be at least this share of the largest one to be its pivot.
const THRESHOLD: f64 = 0.1;

/// Entries below this count as zero in a pivot search.
const TINY: f64 = 1e-9;

/// Numbers below this are dropped from vectors.
pub(super) const DROP: f64 = 1e-13;

/// One step of the elimination.
#[derive(Debug, Clone, Default)]
struct Step {
    row: usize,
    position: usize,
    pivot: f64,
    /// Multipliers below the pivot, by row.
    below: Vec<(usize, f64)>,
    /// Entries above the pivot, by the row of an earlier step.
    above: Vec<(usize, f64)>,
}

/// A pivot since the basis was factored.
#[derive(Debug, Clone)]
struct Eta {
    position: usize,
    pivot: f64,
    others: Vec<(usize, f64)>,
}

/// Factors of a basis.
#[derive(Debug, Clone, Default)]
pub(super) struct Factor {
    steps: Vec<Step>,
    /// Steps with multipliers.
    lower: Vec<usize>,
    etas: Vec<Eta>,
    work: Vec<f64>,
}

impl Factor {
    /// Factors a basis given by its columns. Columns that depend on others are left out: the
    /// result names their positions, each with a row that wants a unit column instead.
    pub(super) fn renew(&mut self, columns: &[Column<'_>]) -> Vec<(usize, usize)> {
        let size = columns.len();
        self.etas.clear();
        self.steps.clear();
        self.lower.clear();
        self.work.clear();
        self.work.resize(size, 0.0);
        let mut peel = Peel::new(columns);
        peel.run(columns, &mut self.steps);
        for (k, step) in self.steps.iter().enumerate() {
            if !step.below.is_empty() {
                self.lower.push(k);
            }
        }
        let first = self.steps.len();
        let mut rest: Vec<usize> = (0..size).filter(|&c| peel.column_is_open[c]).collect();
        rest.sort_by_key(|&c| (peel.in_column[c], c));
        let mut failed = Vec::new();
        for position in rest {
            if !self.eliminate(first, position, &columns[position], &mut peel) {
                failed.push(position);
            }
        }
        let mut rows = (0..size).filter(|&r| peel.row_is_open[r]);
        let mut repairs = Vec::new();
        for position in failed {
            let Some(row) = rows.next() else { break };
            self.steps.push(Step {
                row,
                position,
                pivot: 1.0,
                ..Step::default()
            });
            repairs.push((position, row));
        }
        repairs
    }

    fn eliminate(
        &mut self,
        first: usize,
        position: usize,
        column: &Column<'_>,
        peel: &mut Peel,
    ) -> bool {
        let work = &mut self.work;
        column.each(|row, value| work[row] = value);
        for step in &self.steps[first..] {
            let value = work[step.row];
            if value != 0.0 {
                for &(row, multiplier) in &step.below {
                    work[row] -= multiplier * value;
                }
            }
        }
        let mut entries: Vec<(usize, f64)> = Vec::new();
        let mut above = Vec::new();
        for step in &self.steps {
            let value = std::mem::take(&mut work[step.row]);
            if value.abs() > DROP {
                above.push((step.row, value));
            }
        }
        for (row, slot) in work.iter_mut().enumerate() {
            let value = std::mem::take(slot);
            if value.abs() > DROP {
                entries.push((row, value));
            }
        }
        let largest = entries.iter().fold(0.0_f64, |m, e| m.max(e.1.abs()));
        if largest < TINY {
            return false;
        }
        let best = entries
            .iter()
            .filter(|e| e.1.abs() >= THRESHOLD * largest)
            .min_by_key(|e| (peel.in_row[e.0], e.0));
        let Some(&(row, pivot)) = best else {
            return false;
        };
        let below: Vec<_> = entries
            .iter()
            .filter(|e| e.0 != row)
            .map(|&(r, v)| (r, v / pivot))
            .collect();
        peel.row_is_open[row] = false;
        if !below.is_empty() {
            self.lower.push(self.steps.len());
        }
        self.steps.push(Step {
            row,
            position,
            pivot,
            below,
            above,
        });
        true
    }

    /// Pivots since the basis was factored.
    pub(super) fn age(&self) -> usize {
        self.etas.len()
    }

    /// `B⁻¹ v`: from rows to positions, in place.
    pub(super) fn forward(&mut self, v: &mut [f64]) {
        for &k in &self.lower {
            let step = &self.steps[k];
            let value = v[step.row];
            if value != 0.0 {
                for &(row, multiplier) in &step.below {
                    v[row] -= multiplier * value;
                }
            }
        }
        let out = &mut self.work;
        for step in self.steps.iter().rev() {
            let value = v[step.row];
            if value.abs() > DROP {
                let value = value / step.pivot;
                out[step.position] = value;
                for &(row, entry) in &step.above {
                    v[row] -= entry * value;
                }
            } else {
                out[step.position] = 0.0;
            }
        }
        v.copy_from_slice(out);
        out.fill(0.0);
        for eta in &self.etas {
            let value = v[eta.position];
            if value != 0.0 {
                let value = value / eta.pivot;
                v[eta.position] = value;
                for &(position, entry) in &eta.others {
                    v[position] -= entry * value;
                }
            }
        }
    }

    /// `B⁻ᵀ v`: from positions to rows, in place.
    pub(super) fn backward(&mut self, v: &mut [f64]) {
        for eta in self.etas.iter().rev() {
            let sum: f64 = eta.others.iter().map(|&(p, e)| v[p] * e).sum();
            v[eta.position] = (v[eta.position] - sum) / eta.pivot;
        }
        let out = &mut self.work;
        for step in &self.steps {
            let sum: f64 = step.above.iter().map(|&(row, e)| out[row] * e).sum();
            let value = (v[step.position] - sum) / step.pivot;
            out[step.row] = if value.abs() > DROP { value } else { 0.0 };
        }
        for &k in self.lower.iter().rev() {
            let step = &self.steps[k];
            let sum: f64 = step.below.iter().map(|&(row, m)| out[row] * m).sum();
            out[step.row] -= sum;
        }
        v.copy_from_slice(out);
        out.fill(0.0);
    }

    /// The column at a position is replaced by one that reads `B⁻¹ a = v`.
    pub(super) fn replace(&mut self, position: usize, v: &[f64]) {
        let entries = v.iter().enumerate();
        let others = entries
            .filter(|&(p, value)| p != position && value.abs() > DROP)
            .map(|(p, &value)| (p, value))
            .collect();
        self.etas.push(Eta {
            position,
            pivot: v[position],
            others,
        });
    }
}

/// Takes columns and rows with one entry left.
#[derive(Debug)]
struct Peel {
    rows: Vec<Vec<usize>>,
    in_row: Vec<usize>,
    in_column: Vec<usize>,
    row_is_open: Vec<bool>,
    column_is_open: Vec<bool>,
}

impl Peel {
    fn new(columns: &[Column<'_>]) -> Self {
        let size = columns.len();
        let mut rows = vec![Vec::new(); size];
        let mut in_column = vec![0; size];
        for (position, column) in columns.iter().enumerate() {
            column.each(|row, _| {
                rows[row].push(position);
                in_column[position] += 1;
            });
        }
        Self {
            in_row: rows.iter().map(Vec::len).collect(),
            rows,
            in_column,
            row_is_open: vec![true; size],
            column_is_open: vec![true; size],
        }
    }

    fn run(&mut self, columns: &[Column<'_>], steps: &mut Vec<Step>) {
        let size = columns.len();
        let mut single_columns: Vec<usize> =
            (0..size).filter(|&c| self.in_column[c] == 1).collect();
        let mut single_rows: Vec<usize> = (0..size).filter(|&r| self.in_row[r] == 1).collect();
        loop {
            let (row, position) = if let Some(position) = single_columns.pop() {
                if !self.column_is_open[position] || self.in_column[position] != 1 {
                    continue;
                }
                let mut found = None;
                columns[position].each(|row, _| {
                    if self.row_is_open[row] {
                        found = Some(row);
                    }
                });
                let Some(row) = found else { continue };
                (row, position)
            } else if let Some(row) = single_rows.pop() {
                if !self.row_is_open[row] || self.in_row[row] != 1 {
                    continue;
                }
                let open = self.rows[row].iter().find(|&&p| self.column_is_open[p]);
                let Some(&position) = open else { continue };
                (row, position)
            } else {
                break;
            };
            let mut step = Step {
                row,
                position,
                ..Step::default()
            };
            columns[position].each(|r, value| {
                if r == row {
                    step.pivot = value;
                } else if self.row_is_open[r] {
                    step.below.push((r, value));
                } else {
                    step.above.push((r, value));
                }
            });
            if step.pivot.abs() < TINY {
                continue;
            }
            for entry in &mut step.below {
                entry.1 /= step.pivot;
            }
            self.row_is_open[row] = false;
            self.column_is_open[position] = false;
            for &other in &self.rows[row] {
                self.in_column[other] -= 1;
                if self.column_is_open[other] && self.in_column[other] == 1 {
                    single_columns.push(other);
                }
            }
            for &(r, _) in &step.below {
                self.in_row[r] -= 1;
                if self.in_row[r] == 1 {
                    single_rows.push(r);
                }
            }
            steps.push(step);
        }
    }
}
