use super::{Broken, TourView};
use crate::scheduling::roster::automaton::Machine;
use crate::scheduling::roster::problem::{RosterLimits, RosterProblem};

/// Minutes worked over the horizon; the unit is a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TotalMinutes {
    /// How many there should be.
    pub limits: RosterLimits,
}

/// Counts in the largest unit in which all shifts are whole.
#[derive(Debug)]
pub(super) struct Counter {
    limits: RosterLimits,
    unit: u32,
    /// Units of each shift type.
    lengths: Vec<u32>,
    most: u32,
}

impl Counter {
    pub(super) fn new(rule: &TotalMinutes, problem: &RosterProblem) -> Self {
        let minutes = problem.shifts.iter().map(|s| s.minutes);
        let unit = minutes.fold(0, common).max(1);
        let lengths = problem.shifts.iter().map(|s| s.minutes / unit);
        Self {
            limits: rule.limits,
            unit,
            lengths: lengths.collect(),
            most: rule.limits.enough().div_ceil(unit),
        }
    }
}

/// Greatest common divisor.
fn common(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common(b, a % b) }
}

impl Machine for Counter {
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn step(&self, units: &u32, _class: u32, symbol: usize) -> (u32, i64) {
        let Some(shift) = symbol.checked_sub(1) else {
            return (*units, 0);
        };
        let after = units + self.lengths[shift];
        let above = |units: u32| self.limits.above(units.saturating_mul(self.unit));
        (after.min(self.most), above(after) - above(*units))
    }

    fn finish(&self, units: &u32) -> i64 {
        self.limits.below(units.saturating_mul(self.unit))
    }
}

impl TotalMinutes {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let shifts = view.tour.iter().flatten();
        let worked: i64 = shifts
            .map(|&s| i64::from(view.problem.shifts[s].minutes))
            .sum();
        Broken::of(&self.limits, worked)
    }
}
