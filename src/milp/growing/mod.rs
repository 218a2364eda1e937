//! A small linear program that grows while it is solved and keeps its basis.
//!
//! ```text
//! min c x,   A x + s = b,   l ≤ x ≤ u,   l' ≤ s ≤ u'
//! ```
//!
//! Columns and rows are added, bounds moved and right-hand sides changed between solves; each
//! solve goes on from the last basis. That is what column generation and branching need, and what
//! a backend that takes whole models does not offer. It is made for a few hundred rows: the
//! inverse of the basis is held densely and renewed every few hundred pivots.
//!
//! Columns of schedules are mostly runs of ones, so they may be stated as such: rows touch *cells*
//! on a line, a column covers runs of cells, and its product with any multipliers is a difference
//! of running sums for each run instead of a sum over its intervals.
//!
//! Nothing it says is believed without a check: points are rounded and verified, multipliers go
//! through a certificate.

mod dual;
mod inverse;
mod primal;
mod rows;

use inverse::Inverse;

use super::{Kind, Model, Sense, Variable};

/// A point may be outside its bounds by this much.
const FEASIBLE: f64 = 1e-7;

/// Pivots smaller than this are not taken.
const PIVOT: f64 = 1e-7;

/// Pivots after which the inverse is computed anew.
const RENEWAL: usize = 250;

/// A variable of a [`GrowingLp`].
pub(crate) type Var = usize;

/// Cells `from..to`.
pub(crate) type Run = (u32, u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In the basis, at this position.
    Basic(usize),
    /// At its lower bound.
    Lower,
    /// At its upper bound.
    Upper,
}

#[derive(Debug, Clone)]
struct Column {
    terms: Vec<(u32, f64)>,
    runs: Vec<Run>,
    cost: f64,
    lower: f64,
    upper: f64,
    state: State,
    /// Reduced cost, kept up to date while the column is looked at.
    reduced: f64,
    /// Whether it may enter the basis without being called back.
    is_active: bool,
}

/// What became of a solve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Growth {
    /// No better point exists, as far as the columns go.
    Optimal,
    /// No point keeps all rows, as far as the columns go.
    Infeasible,
    /// The limit of pivots was reached, or the numbers gave way.
    Stopped,
}

/// A linear program that keeps its basis.
#[derive(Debug, Clone)]
pub(crate) struct GrowingLp {
    columns: Vec<Column>,
    /// Columns that are looked at for entering.
    active: Vec<Var>,
    /// Entries of the active columns in the row last looked at.
    rates: Vec<f64>,
    right: Vec<f64>,
    /// Cells that each row touches, and rows that touch each cell.
    cells_of_row: Vec<Vec<u32>>,
    rows_of_cell: Vec<Vec<u32>>,
    /// The rows' own variables, and those whose rows are gone.
    own: Vec<Var>,
    spare: Vec<Var>,
    head: Vec<Var>,
    values: Vec<f64>,
    multipliers: Vec<f64>,
    inverse: Inverse,
    since_renewal: usize,
    /// Pivots so far.
    pub(crate) pivots: u64,
}

impl GrowingLp {
    /// A program without columns and rows, over so many cells.
    pub(crate) fn new(cells: usize) -> Self {
        Self {
            columns: Vec::new(),
            active: Vec::new(),
            rates: Vec::new(),
            right: Vec::new(),
            cells_of_row: Vec::new(),
            rows_of_cell: vec![Vec::new(); cells],
            own: Vec::new(),
            spare: Vec::new(),
            head: Vec::new(),
            values: Vec::new(),
            multipliers: Vec::new(),
            inverse: Inverse::new(),
            since_renewal: 0,
            pivots: 0,
        }
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.head.len()
    }

    /// Number of columns, the rows' own variables among them.
    pub(crate) fn columns(&self) -> usize {
        self.columns.len()
    }

    /// Number of columns in sight.
    pub(crate) fn active_columns(&self) -> usize {
        self.active.len()
    }

    /// The program as it stands, as a model for a backend: variables in the order of the columns,
    /// some of them whole. Columns out of sight are kept at their lower bounds.
    pub(crate) fn model(&self, is_whole: impl Fn(Var) -> bool) -> Model {
        let mut model = Model::new();
        let mut rows: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); self.rows()];
        for (var, column) in self.columns.iter().enumerate() {
            let kind = if is_whole(var) {
                Kind::Integer
            } else {
                Kind::Continuous
            };
            let upper = if column.is_active {
                column.upper
            } else {
                column.lower
            };
            let name = format!("c{var}");
            let variable = model.add_variable(name, column.lower, upper, column.cost, kind);
            for (row, a) in self.entries(var) {
                rows[row as usize].push((variable, a));
            }
        }
        for (row, (terms, &right)) in rows.into_iter().zip(&self.right).enumerate() {
            model.add_row(format!("r{row}"), terms, Sense::Equal, right);
        }
        model
    }

    /// Multipliers of the rows at the last solve.
    pub(crate) fn multipliers(&self) -> &[f64] {
        &self.multipliers
    }

    /// Adds a column, at its lower bound, by its runs and its terms in rows without cells.
    pub(crate) fn add_column(
        &mut self,
        terms: Vec<(u32, f64)>,
        runs: Vec<Run>,
        cost: f64,
        (lower, upper): (f64, f64),
    ) -> Var {
        let var = self.columns.len();
        self.columns.push(Column {
            terms,
            runs,
            cost,
            lower,
            upper,
            state: State::Lower,
            reduced: 0.0,
            is_active: true,
        });
        self.active.push(var);
        self.columns[var].reduced = self.reduced_cost(var);
        if lower != 0.0 {
            self.shift_values(var, lower);
        }
        var
    }

    /// Adds a row over cells and over columns that are there; its own variable `s` has the bounds
    /// given, so that `(−∞, 0]` asks for at least the right-hand side and `[0, ∞)` for at most it.
    pub(crate) fn add_row(
        &mut self,
        terms: &[(Var, f64)],
        cells: Vec<u32>,
        right: f64,
        (lower, upper): (f64, f64),
    ) -> usize {
        let row = self.head.len();
        let index = u32::try_from(row).unwrap_or(u32::MAX);
        let mut value = right;
        let mut of_basis: Vec<(usize, f64)> = Vec::new();
        for &(var, a) in terms {
            self.columns[var].terms.push((index, a));
        }
        for (var, column) in self.columns.iter().enumerate() {
            let mut a = 0.0;
            for &(from, to) in &column.runs {
                a += cells.iter().filter(|c| (from..to).contains(c)).count() as f64;
            }
            if let Some((_, b)) = column.terms.last().filter(|t| t.0 == index) {
                a += b;
            }
            if a == 0.0 {
                continue;
            }
            value -= a * self.value(var);
            if let State::Basic(at) = column.state {
                of_basis.push((at, a));
            }
        }
        for &cell in &cells {
            self.rows_of_cell[cell as usize].push(index);
        }
        self.cells_of_row.push(cells);
        self.inverse.grow(&of_basis);
        let own = Column {
            terms: vec![(index, 1.0)],
            runs: Vec::new(),
            cost: 0.0,
            lower,
            upper,
            state: State::Basic(row),
            reduced: 0.0,
            is_active: true,
        };
        let var = self.spare.pop().unwrap_or(self.columns.len());
        if var < self.columns.len() {
            self.columns[var] = own;
        } else {
            self.columns.push(own);
        }
        self.active.push(var);
        self.own.push(var);
        self.head.push(var);
        self.values.push(value);
        self.multipliers.push(0.0);
        self.right.push(right);
        row
    }

    /// Value of a variable.
    pub(crate) fn value(&self, var: Var) -> f64 {
        let column = &self.columns[var];
        match column.state {
            State::Basic(at) => self.values[at],
            State::Lower => column.lower,
            State::Upper => column.upper,
        }
    }

    /// Bounds of a variable.
    pub(crate) fn bounds(&self, var: Var) -> (f64, f64) {
        (self.columns[var].lower, self.columns[var].upper)
    }

    /// Moves the bounds of a variable.
    pub(crate) fn set_bounds(&mut self, var: Var, lower: f64, upper: f64) {
        let before = self.value(var);
        let column = &mut self.columns[var];
        (column.lower, column.upper) = (lower, upper);
        let after = match column.state {
            State::Basic(_) => return,
            State::Lower => lower,
            State::Upper if upper.is_finite() => upper,
            State::Upper => {
                column.state = State::Lower;
                lower
            }
        };
        if after != before {
            self.shift_values(var, after - before);
        }
    }

    /// Cost of the point.
    pub(crate) fn cost(&self) -> f64 {
        let costs = self.columns.iter().enumerate();
        costs
            .filter(|(_, c)| c.cost != 0.0)
            .map(|(v, c)| c.cost * self.value(v))
            .sum()
    }

    /// Leaves the dearest of some columns out of sight, all but `keep`. Those in use stay.
    pub(crate) fn retire(&mut self, among: impl Iterator<Item = Var>, keep: usize) {
        let mut idle: Vec<(f64, Var)> = among
            .filter(|&v| {
                let c = &self.columns[v];
                c.is_active && c.state == State::Lower && c.lower == 0.0
            })
            .map(|v| (self.columns[v].reduced, v))
            .collect();
        if idle.len() <= keep {
            return;
        }
        idle.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for &(_, var) in &idle[keep..] {
            self.columns[var].is_active = false;
        }
        self.active.retain(|&v| self.columns[v].is_active);
    }

    /// Calls a column back; false when it was not away.
    pub(crate) fn recall(&mut self, var: Var) -> bool {
        if self.columns[var].is_active {
            return false;
        }
        self.columns[var].is_active = true;
        self.columns[var].reduced = self.reduced_cost(var);
        self.active.push(var);
        true
    }

    /// Running sums over the cells of what multipliers of the rows give them.
    pub(crate) fn sums(&self, multipliers: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.rows_of_cell.len() + 1];
        for (cells, &y) in self.cells_of_row.iter().zip(multipliers) {
            if y != 0.0 {
                for &cell in cells {
                    sums[cell as usize + 1] += y;
                }
            }
        }
        let mut sum = 0.0;
        for s in &mut sums {
            sum += *s;
            *s = sum;
        }
        sums
    }

    /// Product of a column with multipliers whose running sums are given.
    fn product(&self, var: Var, multipliers: &[f64], sums: &[f64]) -> f64 {
        let column = &self.columns[var];
        let mut product = 0.0;
        for &(from, to) in &column.runs {
            product += sums[to as usize] - sums[from as usize];
        }
        for &(row, a) in &column.terms {
            product += a * multipliers[row as usize];
        }
        product
    }

    /// Entries of a column, row by row.
    fn entries(&self, var: Var) -> Vec<(u32, f64)> {
        let column = &self.columns[var];
        let mut entries = column.terms.clone();
        for &(from, to) in &column.runs {
            for rows in &self.rows_of_cell[from as usize..to as usize] {
                entries.extend(rows.iter().map(|&row| (row, 1.0)));
            }
        }
        entries
    }

    fn reduced_cost(&self, var: Var) -> f64 {
        let entries = self.entries(var);
        let priced: f64 = entries
            .iter()
            .map(|&(row, a)| a * self.multipliers[row as usize])
            .sum();
        self.columns[var].cost - priced
    }

    /// The basic values follow a nonbasic variable that moves by `by`.
    fn shift_values(&mut self, var: Var, by: f64) {
        let direction = self.inverse.times(&self.entries(var));
        for (value, a) in self.values.iter_mut().zip(&direction) {
            *value -= a * by;
        }
    }

    /// Works out the entries of the active columns in a row of the tableau.
    fn look_at(&mut self, at: usize) {
        let row = self.inverse.row(at);
        let sums = self.sums(row);
        let mut rates = std::mem::take(&mut self.rates);
        rates.clear();
        for &var in &self.active {
            let is_basic = matches!(self.columns[var].state, State::Basic(_));
            rates.push(if is_basic {
                0.0
            } else {
                self.product(var, row, &sums)
            });
        }
        self.rates = rates;
    }

    /// Brings `entering` into the basis at `at`, which has just been looked at; `direction` is its
    /// column in terms of the basis, `step` how far it moves, `leaves` where the variable that
    /// goes ends.
    fn pivot(&mut self, entering: Var, at: usize, direction: &[f64], step: f64, leaves: State) {
        let price = self.columns[entering].reduced / direction[at];
        let arrives = self.value(entering) + step;
        for (value, a) in self.values.iter_mut().zip(direction) {
            if *a != 0.0 {
                *value -= a * step;
            }
        }
        self.values[at] = arrives;
        for (y, a) in self.multipliers.iter_mut().zip(self.inverse.row(at)) {
            *y += price * a;
        }
        for (&var, rate) in self.active.iter().zip(&self.rates) {
            if *rate != 0.0 {
                self.columns[var].reduced -= price * rate;
            }
        }
        let leaving = self.head[at];
        self.columns[leaving].state = leaves;
        self.columns[leaving].reduced = -price;
        self.columns[entering].state = State::Basic(at);
        self.columns[entering].reduced = 0.0;
        self.head[at] = entering;
        self.inverse.pivot(at, direction);
        self.pivots += 1;
        self.since_renewal += 1;
        if self.since_renewal >= RENEWAL {
            self.renew();
        }
    }

    /// Computes the inverse, the values and the multipliers anew. A basis that has become singular
    /// is given up for the rows' own variables.
    fn renew(&mut self) {
        self.since_renewal = 0;
        let columns: Vec<Vec<(u32, f64)>> = self.head.iter().map(|&v| self.entries(v)).collect();
        if !self.inverse.renew(&columns) {
            self.restart();
            return;
        }
        let mut right = self.right.clone();
        for (var, column) in self.columns.iter().enumerate() {
            if !matches!(column.state, State::Basic(_)) {
                let value = self.value(var);
                if value != 0.0 {
                    for (row, a) in self.entries(var) {
                        right[row as usize] -= a * value;
                    }
                }
            }
        }
        self.values = self.inverse.times_dense(&right);
        let costs: Vec<f64> = self.head.iter().map(|&v| self.columns[v].cost).collect();
        self.multipliers = self.inverse.transposed_times(&costs);
        let sums = self.sums(&self.multipliers);
        for i in 0..self.active.len() {
            let var = self.active[i];
            let reduced = match self.columns[var].state {
                State::Basic(_) => 0.0,
                _ => self.columns[var].cost - self.product(var, &self.multipliers, &sums),
            };
            self.columns[var].reduced = reduced;
        }
    }
}
