use super::{Broken, TourView};
use crate::scheduling::roster::automaton::Machine;
use crate::scheduling::roster::problem::{DayKinds, RosterLimits};

/// How long runs of days of some kinds are: consecutive worked days, days off, nights.
///
/// The unit is a day of one run. A run that goes on from the days before the horizon counts as a
/// whole; its days above the upper limit are paid for where they lie in the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RunLength {
    /// The days that make a run.
    pub of: DayKinds,
    /// How long a run should be.
    pub limits: RosterLimits,
    /// What is said of runs that may go on beyond what is known.
    pub edges: Edges,
}

/// Whether a run that begins with the first day known or ends with the last day of the horizon
/// has to be long enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edges {
    /// It counts as it is.
    Strict,
    /// It may be longer than it looks, so it is long enough.
    Open,
}

/// A run so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::scheduling::roster) struct Running {
    length: u32,
    /// Whether it began before anything is known.
    is_cut: bool,
}

const NONE: Running = Running {
    length: 0,
    is_cut: false,
};

impl Machine for RunLength {
    type State = Running;

    fn start(&self) -> Running {
        Running {
            length: 0,
            is_cut: self.edges == Edges::Open,
        }
    }

    fn step(&self, run: &Running, _class: u32, symbol: usize) -> (Running, i64) {
        if !self.of.contains(symbol.checked_sub(1)) {
            let is_free = run.length == 0 || run.is_cut;
            let short = if is_free {
                0
            } else {
                self.limits.below(run.length)
            };
            return (NONE, short);
        }
        let most = self.limits.enough();
        let length = (run.length + 1).min(most + 1);
        let is_over = self.limits.max.is_some_and(|(max, _)| length > max);
        let over = if is_over {
            self.limits.above(self.limits.max.map_or(0, |m| m.0 + 1))
        } else {
            0
        };
        let is_cut = run.is_cut && self.limits.min.is_some_and(|(min, _)| length < min);
        (Running { length, is_cut }, over)
    }

    fn finish(&self, run: &Running) -> i64 {
        if run.length == 0 || run.is_cut || self.edges == Edges::Open {
            0
        } else {
            self.limits.below(run.length)
        }
    }
}

impl RunLength {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let mut broken = Broken::default();
        let (first, end) = (view.first(), view.end());
        let mut day = first;
        while day < end {
            let from = day;
            while day < end && self.of.contains(view.day(day)) {
                day += 1;
            }
            let length = day - from;
            let is_open = self.edges == Edges::Open && (from == first || day == end);
            if let Some((min, weight)) = self.limits.min
                && length > 0
                && day >= 0
                && !is_open
            {
                broken.add(weight, i64::from(min) - length);
            }
            if let Some((max, weight)) = self.limits.max {
                // Days above the limit that lie in the horizon.
                broken.add(weight, day - (from + i64::from(max)).max(0));
            }
            day += 1;
        }
        broken
    }
}
