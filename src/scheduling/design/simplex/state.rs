//! A program and the state of its solution: basis, point, reduced costs, weights.

use super::factor::Factor;
use super::price::Ratio;
use super::program::{Column, Program, Sense};

/// Costs are perturbed by this share of one that matters.
const PERTURB: f64 = 1e-6;

/// Where a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the basis, at a position.
    Basic(usize),
    /// At its lower bound.
    Lower,
    /// At its upper bound.
    Upper,
}

/// A program and the state of its solution.
#[derive(Debug, Clone)]
pub(in crate::scheduling::design) struct Simplex {
    pub(super) program: Program,
    /// Costs of variables and slacks, perturbed, and as they have been shifted since.
    base: Vec<f64>,
    cost: Vec<f64>,
    pub(super) is_shifted: bool,
    pub(super) head: Vec<usize>,
    pub(super) place: Vec<Place>,
    pub(super) value: Vec<f64>,
    pub(super) reduced: Vec<f64>,
    pub(super) weight: Vec<f64>,
    pub(super) factor: Factor,
    pub(super) is_fresh: bool,
    /// Work done, ever: rows, added up over all pivots and factorisations.
    pub(in crate::scheduling::design) work: u64,
    pub(super) ratio: Ratio,
}

impl Simplex {
    /// The program with a basis of slacks. `scale` is the size of a cost that matters; costs are
    /// perturbed by a millionth of it, always in the same way.
    pub(in crate::scheduling::design) fn new(program: Program, scale: f64) -> Self {
        let variables = program.variable_count();
        let rows = program.row_count();
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut cost: Vec<f64> = program
            .cost
            .iter()
            .map(|c| {
                // xorshift64*: Vigna (2016).
                state ^= state >> 12;
                state ^= state << 25;
                state ^= state >> 27;
                let draw = state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40;
                let draw = 0.5 + 0.5 * draw as f64 / 16_777_216.0;
                c + scale * PERTURB * draw
            })
            .collect();
        cost.resize(variables + rows, 0.0);
        let mut place = vec![Place::Lower; variables];
        place.extend((0..rows).map(Place::Basic));
        Self {
            base: cost.clone(),
            cost,
            is_shifted: false,
            head: (variables..variables + rows).collect(),
            place,
            value: vec![0.0; variables + rows],
            reduced: vec![0.0; variables + rows],
            weight: vec![1.0; rows],
            factor: Factor::default(),
            is_fresh: false,
            work: 0,
            ratio: Ratio::default(),
            program,
        }
    }

    pub(in crate::scheduling::design) fn row_count(&self) -> usize {
        self.program.row_count()
    }

    /// The value of a variable.
    pub(in crate::scheduling::design) fn value(&self, variable: usize) -> f64 {
        self.value[variable]
    }

    /// The multiplier of a row.
    pub(in crate::scheduling::design) fn multiplier(&self, row: usize) -> f64 {
        -self.reduced[self.program.variable_count() + row]
    }

    /// Whether the row takes no part: its slack is basic.
    pub(in crate::scheduling::design) fn is_idle(&self, row: usize) -> bool {
        let variable = self.program.variable_count() + row;
        matches!(self.place[variable], Place::Basic(_))
    }

    /// Cost of the present point.
    pub(in crate::scheduling::design) fn objective(&self) -> f64 {
        let pairs = self.program.cost.iter().zip(&self.value);
        pairs.map(|(c, x)| c * x).sum()
    }

    /// The value of the dual, perturbed costs and all.
    pub(in crate::scheduling::design) fn dual_objective(&self) -> f64 {
        self.cost.iter().zip(&self.value).map(|(c, x)| c * x).sum()
    }

    pub(in crate::scheduling::design) fn bounds(&self, variable: usize) -> (f64, f64) {
        if let Some(row) = variable.checked_sub(self.program.variable_count()) {
            match self.program.sense[row] {
                Sense::Equal => (0.0, 0.0),
                Sense::AtLeast => (f64::NEG_INFINITY, 0.0),
            }
        } else {
            (self.program.lower[variable], self.program.upper[variable])
        }
    }

    /// Moves the bounds of a variable.
    pub(in crate::scheduling::design) fn set_bounds(
        &mut self,
        variable: usize,
        lower: f64,
        upper: f64,
    ) {
        self.program.lower[variable] = lower;
        self.program.upper[variable] = upper;
        self.is_fresh = false;
    }

    /// Goes back to the basis of slacks.
    pub(in crate::scheduling::design) fn restart(&mut self) {
        let variables = self.program.variable_count();
        let rows = self.row_count();
        self.place.truncate(variables);
        self.place.fill(Place::Lower);
        self.place.extend((0..rows).map(Place::Basic));
        self.head = (variables..variables + rows).collect();
        self.weight.fill(1.0);
        self.is_fresh = false;
    }

    /// Adds rows; their slacks enter the basis.
    pub(in crate::scheduling::design) fn add_rows(&mut self, rows: Vec<(Vec<(usize, f64)>, f64)>) {
        for (terms, right) in rows {
            self.program.row(terms, Sense::AtLeast, right);
            let variable = self.cost.len();
            self.base.push(0.0);
            self.cost.push(0.0);
            self.value.push(0.0);
            self.reduced.push(0.0);
            self.place.push(Place::Basic(self.head.len()));
            self.head.push(variable);
            self.weight.push(1.0);
        }
        self.is_fresh = false;
    }

    /// Drops the rows that are not kept; a row whose slack is not basic is always kept.
    pub(in crate::scheduling::design) fn drop_rows(&mut self, keep: &mut [bool]) {
        let variables = self.program.variable_count();
        for (row, keep) in keep.iter_mut().enumerate() {
            *keep |= !matches!(self.place[variables + row], Place::Basic(_));
        }
        let mut number = vec![usize::MAX; keep.len()];
        let mut count = 0;
        for (row, &keep) in keep.iter().enumerate() {
            if keep {
                number[row] = count;
                count += 1;
            }
        }
        let is_kept = |v: usize| v < variables || keep[v - variables];
        let renamed = |v: usize| {
            if v < variables {
                v
            } else {
                variables + number[v - variables]
            }
        };
        let old = std::mem::take(&mut self.head);
        let weights = std::mem::take(&mut self.weight);
        for (variable, weight) in old.into_iter().zip(weights) {
            if is_kept(variable) {
                self.head.push(renamed(variable));
                self.weight.push(weight);
            }
        }
        let mut v = 0;
        self.base.retain(|_| {
            v += 1;
            is_kept(v - 1)
        });
        let mut v = 0;
        self.cost.retain(|_| {
            v += 1;
            is_kept(v - 1)
        });
        let mut v = 0;
        self.value.retain(|_| {
            v += 1;
            is_kept(v - 1)
        });
        let mut v = 0;
        self.reduced.retain(|_| {
            v += 1;
            is_kept(v - 1)
        });
        let mut v = 0;
        self.place.retain(|_| {
            v += 1;
            is_kept(v - 1)
        });
        self.program.retain(keep);
        for (position, &variable) in self.head.iter().enumerate() {
            self.place[variable] = Place::Basic(position);
        }
        self.is_fresh = false;
    }

    pub(super) fn column(&self, variable: usize) -> Column<'_> {
        match variable.checked_sub(self.program.variable_count()) {
            Some(row) => Column::Unit(row),
            None => Column::Entries(&self.program.columns[variable]),
        }
    }

    /// Factors the basis and works everything out anew.
    pub(super) fn refresh(&mut self) {
        let variables = self.program.variable_count();
        let mut factor = std::mem::take(&mut self.factor);
        let columns: Vec<_> = self.head.iter().map(|&v| self.column(v)).collect();
        let repairs = factor.renew(&columns);
        self.factor = factor;
        for (position, row) in repairs {
            self.place[self.head[position]] = Place::Lower;
            self.head[position] = variables + row;
            self.place[variables + row] = Place::Basic(position);
            self.weight[position] = 1.0;
        }
        let mut y: Vec<f64> = self.head.iter().map(|&v| self.cost[v]).collect();
        self.factor.backward(&mut y);
        for variable in 0..self.place.len() {
            let reduced = if let Place::Basic(_) = self.place[variable] {
                0.0
            } else {
                let mut d = self.cost[variable];
                self.column(variable).each(|row, value| d -= y[row] * value);
                d
            };
            self.reduced[variable] = reduced;
            self.settle(variable);
        }
        self.refresh_values();
        self.work += 4 * self.row_count() as u64;
        self.is_fresh = true;
    }

    /// Puts a variable outside the basis at the bound its reduced cost asks for.
    fn settle(&mut self, variable: usize) {
        let (lower, upper) = self.bounds(variable);
        if matches!(self.place[variable], Place::Basic(_)) {
            return;
        }
        let d = self.reduced[variable];
        if lower == f64::NEG_INFINITY {
            if d > 0.0 {
                self.shift(variable);
            }
            self.place[variable] = Place::Upper;
        } else if d > 1e-11 {
            self.place[variable] = Place::Lower;
        } else if d < -1e-11 {
            self.place[variable] = Place::Upper;
        }
        self.value[variable] = match self.place[variable] {
            Place::Upper => upper,
            _ => lower,
        };
    }

    fn refresh_values(&mut self) {
        let mut v = self.program.right.clone();
        for variable in 0..self.place.len() {
            let x = self.value[variable];
            if x != 0.0 && !matches!(self.place[variable], Place::Basic(_)) {
                self.column(variable).each(|row, value| v[row] -= value * x);
            }
        }
        self.factor.forward(&mut v);
        for (&variable, x) in self.head.iter().zip(v) {
            self.value[variable] = x;
        }
    }

    /// A reduced cost that slipped past zero is put back by a small change of the cost.
    pub(super) fn hold_sign(&mut self, variable: usize) {
        let d = self.reduced[variable];
        let (lower, upper) = self.bounds(variable);
        let is_off = match self.place[variable] {
            Place::Lower => d < 0.0,
            Place::Upper => d > 0.0,
            Place::Basic(_) => false,
        };
        if is_off && lower != upper {
            self.shift(variable);
        }
    }

    /// Changes the cost of a variable so that its reduced cost is 0.
    fn shift(&mut self, variable: usize) {
        self.cost[variable] -= self.reduced[variable];
        self.reduced[variable] = 0.0;
        self.is_shifted = true;
    }

    /// Takes the shifts back; what is dual infeasible then goes to its other bound.
    pub(super) fn unshift(&mut self) {
        self.cost.clone_from(&self.base);
        self.is_shifted = false;
        self.refresh();
    }
}
