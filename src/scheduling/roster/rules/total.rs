use super::{Broken, TourView};
use crate::scheduling::roster::automaton::Machine;
use crate::scheduling::roster::problem::{DayKinds, RosterLimits};

/// How many days of some kinds a tour has, over the horizon alone; the unit is a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TotalDays {
    /// The days that count.
    pub of: DayKinds,
    /// How many there should be.
    pub limits: RosterLimits,
}

impl Machine for TotalDays {
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn step(&self, count: &u32, _class: u32, symbol: usize) -> (u32, i64) {
        if !self.of.contains(symbol.checked_sub(1)) {
            return (*count, 0);
        }
        // Every day beyond the upper limit is paid for at once.
        let more = self.limits.above(count + 1) - self.limits.above(*count);
        let most = self.limits.enough();
        if *count >= most {
            return (
                most,
                self.limits.above(self.limits.max.map_or(0, |m| m.0 + 1)),
            );
        }
        (count + 1, more)
    }

    fn finish(&self, count: &u32) -> i64 {
        self.limits.below(*count)
    }
}

impl TotalDays {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let counted = view.tour.iter().filter(|d| self.of.contains(**d)).count();
        let counted = i64::try_from(counted).unwrap_or(i64::MAX);
        Broken::of(&self.limits, counted)
    }
}
