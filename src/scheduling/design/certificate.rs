//! What proves the bound of a design, and the routine that works the bound out anew.
//!
//! With `x_jd` workers on shift `j` of day `d`, `y_j = 1` where a shift is in use, `u_t` missing
//! and `o_t` superfluous workers, every plan satisfies
//!
//! ```text
//! cover     Σ_{jd covers t} x_jd + u_t − o_t = r_t                                       (price π_t)
//! presence  r_t y_j + o_t ≥ Σ_{d: jd covers t} x_jd                                      (price μ ≥ 0)
//! need      R Σ_{j∈S} y_j + Σ_{j∉S,d} a_jd⁺ x_jd + Σ_t (λ_t⁺ u_t + λ_t⁻ o_t) ≥ R          (price μ ≥ 0)
//!           for any whole weights λ with R = Σ_t λ_t r_t > 0, a_jd = Σ_{t covered} λ_t, any set S
//! ```
//!
//! *Presence*: a shift in use has at most `r_t + o_t` workers in `t`. *Need*: the weighted sum of
//! cover is `Σ a_jd x_jd + Σ λ_t (u_t − o_t) = R`; what counts against it may be left out, and
//! either a shift of `S` is in use, or none of them takes part. With weights 1 and −1 on two
//! neighbours, it says that somebody must start where the requirement rises. Moreover some cheapest plan has `x_jd ≤ peak_jd`, the most workers wanted
//! at once during the shift: of more, one would be superfluous all day. And in a cheapest plan with
//! as few workers as possible, everybody meets an interval without superfluous workers, the nearest
//! ones before and after `t` hold all who work in `t`, hence `o_t ≤ 2 max r − r_t`.
//!
//! Adding the rows with their prices to the cost leaves, for any prices, a bound without rows:
//!
//! ```text
//! L = Σ_t π_t r_t + Σ_need μ R + Σ_j min { 0, c(y_j) + Σ_d min { c(x_jd) x : 0 ≤ x ≤ peak_jd } }
//!   + Σ_t min { 0, c(u_t) r_t } + Σ_t min { 0, c(o_t) (2 max r − r_t) }
//! ```
//!
//! with `c` what is left of the costs. It is worked out in whole numbers of 128 bits, prices being
//! whole multiples of a fraction of a money unit, and rounded up to the next attainable cost.
//!
//! Where the search had to branch, the certificate is its tree: every split divides the plans in
//! two by the number of workers of one shift and day or by whether a shift is in use, and every
//! leaf has prices of its own. The bound is the least over the leaves. So a proof of optimality is
//! as good as one of a bound, and neither rests on the solver that found the prices.
//!
//! **Source.** Lagrangian duality; *need* rows are (l, S) inequalities in the manner of Barany,
//! Van Roy and Wolsey (1984) over any sum of intervals, *presence* rows variable upper bounds with what exceeds them priced.

use super::DesignProblem;
use super::layout::Layout;
use super::limits::{Checker, Limits};
use crate::scheduling::ScheduleError;

/// A row that every plan satisfies. Shifts are numbered by start, then by length.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DesignRow {
    /// A shift in use has no more workers in an interval than are wanted or superfluous there.
    Presence {
        /// The shift.
        shift: usize,
        /// The interval.
        interval: usize,
    },
    /// A weighted sum of the requirement is missing, or worked in shifts that count towards it.
    Need {
        /// Intervals and their weights, by interval; the others weigh nothing.
        weights: Vec<(usize, i64)>,
        /// The shifts, in order, that count by being in use rather than by their workers.
        in_use: Vec<usize>,
    },
}

/// Prices of one leaf, in whole multiples of a money unit divided by [`DesignPrices::SCALE`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DesignPrices {
    /// Price of cover in each interval.
    pub cover: Vec<i64>,
    /// Prices of some rows, by their position in the certificate.
    pub rows: Vec<(usize, i64)>,
}

impl DesignPrices {
    /// Parts of a money unit that prices are counted in.
    pub const SCALE: i64 = 1 << 24;
}

/// What a split divides the plans by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DesignChoice {
    /// Whether a shift is in use.
    InUse {
        /// The shift.
        shift: usize,
    },
    /// Whether at most so many workers start a shift on a day.
    Workers {
        /// The shift.
        shift: usize,
        /// The day.
        day: usize,
        /// Most workers on the lower side; one more is the least on the upper side.
        at_most: u32,
    },
}

/// One node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DesignNode {
    /// All plans of the node cost at least what these prices say.
    Leaf {
        /// Position of the prices.
        prices: usize,
    },
    /// The plans of the node, divided in two.
    Split {
        /// By what.
        choice: DesignChoice,
        /// The node where the shift is not in use, or has few workers.
        low: usize,
        /// The other node, where it is in use, or has more.
        high: usize,
    },
}

/// Prices and splits that prove a bound.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DesignCertificate {
    /// Rows that have a price somewhere.
    pub rows: Vec<DesignRow>,
    /// Prices of the leaves; leaves may share them.
    pub prices: Vec<DesignPrices>,
    /// The tree; its first node holds all plans.
    pub nodes: Vec<DesignNode>,
}

impl DesignCertificate {
    /// The bound that the certificate proves for a problem: no plan costs less.
    ///
    /// # Errors
    /// [`ScheduleError::Unverified`] when the certificate proves nothing because something in it
    /// does not exist or is no row of the problem, [`ScheduleError::Malformed`] when the problem
    /// has a fault.
    pub fn bound(&self, problem: &DesignProblem) -> Result<i64, ScheduleError> {
        let layout = Layout::new(problem)?;
        let mut least: Option<i64> = None;
        let mut seen = vec![false; self.nodes.len()];
        let checker = Checker::new(&layout);
        let mut open = vec![(0, Limits::all(&layout))];
        while let Some((node, limits)) = open.pop() {
            let is_new = seen
                .get_mut(node)
                .is_some_and(|s| !std::mem::replace(s, true));
            if !is_new {
                return Err(unproven("a node is missing or met twice"));
            }
            match &self.nodes[node] {
                DesignNode::Leaf { prices } => {
                    let prices = self.prices.get(*prices);
                    let prices = prices.ok_or_else(|| unproven("a leaf has no prices"))?;
                    let bound = layout.rounded_up(checker.value(&limits, &self.rows, prices)?);
                    least = Some(least.map_or(bound, |l| l.min(bound)));
                }
                DesignNode::Split { choice, low, high } => {
                    let [below, above] = limits.split(&layout, *choice)?;
                    open.extend(below.map(|l| (*low, l)));
                    open.extend(above.map(|l| (*high, l)));
                }
            }
        }
        least.ok_or_else(|| unproven("there is no leaf"))
    }
}

pub(super) fn unproven(what: &str) -> ScheduleError {
    ScheduleError::Unverified(format!("certificate: {what}"))
}
