//! A linear program over variables within finite bounds, whose rows come and go.

use crate::milp::growing::{GrowingLp, Growth};

/// Costs are perturbed by this share of one that matters, so that few bases are alike.
const PERTURB: f64 = 1e-6;

/// Pivots between two looks at the cutoff and the clock.
const PIVOTS: u64 = 16;

/// Times that moved bounds may ask for pivots of the primal method after those of the dual one,
/// how many, and the least reduced cost that they are for.
const AGAIN: u32 = 20;
const PRIMAL: (u64, f64) = (1_000, 1e-7);

/// What a row asks of `a·x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// `a·x = b`.
    Equal,
    /// `a·x ≥ b`.
    AtLeast,
}

/// Why a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The program is solved.
    Optimal,
    /// The cost has passed the cutoff.
    Cutoff,
    /// It was told to stop.
    Stopped,
    /// It lost its numerical footing.
    Trouble,
}

/// The program and its basis. Variables are numbered in their order and come before the rows.
#[derive(Debug, Clone)]
pub(super) struct Program {
    lp: GrowingLp,
    /// Costs before they were perturbed.
    costs: Vec<f64>,
    perturbation: f64,
    random: u64,
    /// Rows, added up over all pivots ever.
    pub(super) work: u64,
}

impl Program {
    /// An empty program. `scale` is the size of a cost that matters; costs are perturbed by a
    /// millionth of it, always in the same way.
    pub(super) fn new(scale: f64) -> Self {
        Self {
            lp: GrowingLp::new(0),
            costs: Vec::new(),
            perturbation: scale * PERTURB,
            random: 0x9E37_79B9_7F4A_7C15,
            work: 0,
        }
    }

    /// Between one half and one. xorshift64*: Vigna (2016).
    fn draw(&mut self) -> f64 {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        let draw = self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40;
        0.5 + 0.5 * draw as f64 / 16_777_216.0
    }

    pub(super) fn variable(&mut self, cost: f64, lower: f64, upper: f64) {
        let perturbed = cost + self.perturbation * self.draw();
        self.costs.push(cost);
        let (terms, runs) = (Vec::new(), Vec::new());
        self.lp.add_column(terms, runs, perturbed, (lower, upper));
    }

    /// Adds a row; no variable may be named twice.
    pub(super) fn row(&mut self, terms: &[(usize, f64)], sense: Sense, right: f64) {
        let least = match sense {
            Sense::Equal => 0.0,
            Sense::AtLeast => f64::NEG_INFINITY,
        };
        self.lp.add_row(terms, Vec::new(), right, (least, 0.0));
    }

    /// Drops idle rows that are not kept; says of each row whether it is still there.
    pub(super) fn drop_rows(&mut self, keep: &mut [bool]) {
        for (row, keep) in keep.iter_mut().enumerate() {
            *keep |= !self.is_idle(row);
        }
        self.lp.drop_rows(|row| keep[row]);
    }

    pub(super) fn row_count(&self) -> usize {
        self.lp.rows()
    }

    pub(super) fn value(&self, variable: usize) -> f64 {
        self.lp.value(variable)
    }

    pub(super) fn multiplier(&self, row: usize) -> f64 {
        self.lp.multipliers()[row]
    }

    /// Whether a row takes no part.
    pub(super) fn is_idle(&self, row: usize) -> bool {
        self.lp.is_idle(row)
    }

    /// Cost of the present point.
    pub(super) fn objective(&self) -> f64 {
        let costs = self.costs.iter().enumerate();
        costs.map(|(v, c)| c * self.value(v)).sum()
    }

    /// The value of the dual, perturbed costs and all.
    pub(super) fn dual_objective(&self) -> f64 {
        self.lp.cost()
    }

    /// Moves the bounds of a variable.
    pub(super) fn set_bounds(&mut self, variable: usize, lower: f64, upper: f64) {
        if self.lp.bounds(variable) != (lower, upper) {
            self.lp.set_bounds(variable, lower, upper);
        }
    }

    /// Gives up the basis.
    pub(super) fn restart(&mut self) {
        self.lp.restart();
    }

    /// Solves the program, or as much of it as `stop` and the cutoff allow.
    pub(super) fn solve(&mut self, cutoff: f64, stop: &dyn Fn(u64) -> bool) -> Ending {
        self.lp.settle();
        let mut again = 0;
        loop {
            let before = self.lp.pivots;
            let is_feasible = match self.lp.dual(PIVOTS) {
                Growth::Optimal => true,
                Growth::Infeasible => return Ending::Trouble,
                Growth::Stopped if self.lp.pivots == before => return Ending::Trouble,
                Growth::Stopped => false,
            };
            let dual = self.lp.pivots;
            if is_feasible {
                self.lp.primal(PRIMAL.1, PRIMAL.0);
            }
            self.work += (self.lp.pivots - before) * self.row_count() as u64;
            if is_feasible && self.lp.pivots == dual {
                return Ending::Optimal;
            }
            again += u32::from(is_feasible);
            if again > AGAIN {
                return Ending::Trouble;
            }
            if stop(self.work) {
                return Ending::Stopped;
            }
            if self.dual_objective() > cutoff {
                return Ending::Cutoff;
            }
        }
    }
}
