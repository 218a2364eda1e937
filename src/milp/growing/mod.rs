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
//! Nothing it says is believed without a check: points are rounded and verified, multipliers go
//! through a certificate.

mod dual;
mod inverse;
mod primal;

use inverse::Inverse;

/// A point may be outside its bounds by this much.
const FEASIBLE: f64 = 1e-7;

/// Pivots smaller than this are not taken.
const PIVOT: f64 = 1e-7;

/// Pivots after which the inverse is computed anew.
const RENEWAL: usize = 250;

/// A variable of a [`GrowingLp`].
pub(crate) type Var = usize;

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
    cost: f64,
    lower: f64,
    upper: f64,
    state: State,
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
    right: Vec<f64>,
    /// The rows' own variables.
    own: Vec<Var>,
    head: Vec<Var>,
    values: Vec<f64>,
    multipliers: Vec<f64>,
    inverse: Inverse,
    since_renewal: usize,
    /// Pivots so far.
    pub(crate) pivots: u64,
}

impl GrowingLp {
    /// A program without columns and rows.
    pub(crate) fn new() -> Self {
        Self {
            columns: Vec::new(),
            right: Vec::new(),
            own: Vec::new(),
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

    /// Multipliers of the rows at the last solve.
    pub(crate) fn multipliers(&self) -> &[f64] {
        &self.multipliers
    }

    /// Adds a column, at its lower bound.
    pub(crate) fn add_column(
        &mut self,
        terms: Vec<(u32, f64)>,
        cost: f64,
        lower: f64,
        upper: f64,
    ) -> Var {
        self.columns.push(Column {
            terms,
            cost,
            lower,
            upper,
            state: State::Lower,
        });
        let var = self.columns.len() - 1;
        if lower != 0.0 {
            self.shift_values(var, lower);
        }
        var
    }

    /// Adds a row over columns that are there; its own variable `s` has the bounds given, so that
    /// `(−∞, 0]` asks for at least the right-hand side and `[0, ∞)` for at most it.
    pub(crate) fn add_row(
        &mut self,
        terms: &[(Var, f64)],
        right: f64,
        (lower, upper): (f64, f64),
    ) -> usize {
        let row = self.head.len();
        let index = u32::try_from(row).unwrap_or(u32::MAX);
        let mut of_basis: Vec<(usize, f64)> = Vec::new();
        let mut value = right;
        for &(var, a) in terms {
            self.columns[var].terms.push((index, a));
            value -= a * self.value(var);
            if let State::Basic(at) = self.columns[var].state {
                of_basis.push((at, a));
            }
        }
        self.inverse.grow(&of_basis);
        self.columns.push(Column {
            terms: vec![(index, 1.0)],
            cost: 0.0,
            lower,
            upper,
            state: State::Basic(row),
        });
        self.own.push(self.columns.len() - 1);
        self.head.push(self.columns.len() - 1);
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

    /// Reduced cost of a column.
    pub(crate) fn reduced_cost(&self, var: Var) -> f64 {
        let column = &self.columns[var];
        let priced: f64 = (column.terms.iter())
            .map(|&(row, a)| a * self.multipliers[row as usize])
            .sum();
        column.cost - priced
    }

    /// The basic values follow a nonbasic variable that moves by `by`.
    fn shift_values(&mut self, var: Var, by: f64) {
        let direction = self.inverse.times(&self.columns[var].terms);
        for (value, a) in self.values.iter_mut().zip(&direction) {
            *value -= a * by;
        }
    }

    /// Brings `entering` into the basis at `at`; `direction` is its column in terms of the basis,
    /// `step` how far it moves, `leaves` where the variable that goes ends.
    fn pivot(
        &mut self,
        entering: Var,
        at: usize,
        direction: &[f64],
        step: f64,
        leaves: State,
    ) -> bool {
        let reduced = self.reduced_cost(entering);
        let arrives = self.value(entering) + step;
        for (value, a) in self.values.iter_mut().zip(direction) {
            if *a != 0.0 {
                *value -= a * step;
            }
        }
        self.values[at] = arrives;
        let leaving = self.head[at];
        self.columns[leaving].state = leaves;
        self.columns[entering].state = State::Basic(at);
        self.head[at] = entering;
        self.inverse.pivot(at, direction);
        let row = self.inverse.row(at);
        for (y, a) in self.multipliers.iter_mut().zip(row) {
            *y += reduced * a;
        }
        self.pivots += 1;
        self.since_renewal += 1;
        self.since_renewal < RENEWAL || self.renew()
    }

    /// Computes the inverse, the values and the multipliers anew; false when the basis has become
    /// singular, which is then given up for the rows' own variables.
    fn renew(&mut self) -> bool {
        self.since_renewal = 0;
        let columns: Vec<&[(u32, f64)]> = (self.head.iter())
            .map(|&v| self.columns[v].terms.as_slice())
            .collect();
        if !self.inverse.renew(&columns) {
            self.give_up_basis();
            return false;
        }
        let mut right = self.right.clone();
        for (var, column) in self.columns.iter().enumerate() {
            if !matches!(column.state, State::Basic(_)) {
                let value = self.value(var);
                if value != 0.0 {
                    for &(row, a) in &column.terms {
                        right[row as usize] -= a * value;
                    }
                }
            }
        }
        self.values = self.inverse.times_dense(&right);
        let costs: Vec<f64> = self.head.iter().map(|&v| self.columns[v].cost).collect();
        self.multipliers = self.inverse.transposed_times(&costs);
        true
    }

    fn give_up_basis(&mut self) {
        for column in &mut self.columns {
            if let State::Basic(_) = column.state {
                column.state = if column.lower.is_finite() {
                    State::Lower
                } else {
                    State::Upper
                };
            }
        }
        for (row, &var) in self.own.iter().enumerate() {
            self.head[row] = var;
            self.columns[var].state = State::Basic(row);
        }
        self.renew();
    }
}
