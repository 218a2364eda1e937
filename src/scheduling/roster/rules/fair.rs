use super::{Broken, TourView};
use crate::scheduling::roster::automaton::{Machine, NEVER};
use crate::scheduling::roster::problem::DayKinds;

/// A share that should be the same for all, such as of nights: the price is `weight` times the
/// square of what a tour is off its share, so that two agents off by one are better than one off
/// by two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FairShare {
    /// The days that are shared.
    pub of: DayKinds,
    /// Days that are one agent's share.
    pub share: u32,
    /// Price of one day off.
    pub weight: u32,
}

impl Machine for FairShare {
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn step(&self, count: &u32, _class: u32, symbol: usize) -> (u32, i64) {
        // More than a year of days, whatever the horizon.
        let is_one = self.of.contains(symbol.checked_sub(1)) && *count < 400;
        (count + u32::from(is_one), 0)
    }

    fn finish(&self, count: &u32) -> i64 {
        let off = i64::from(*count) - i64::from(self.share);
        (off * off)
            .saturating_mul(i64::from(self.weight))
            .min(NEVER)
    }
}

impl FairShare {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let days = view.tour.iter().filter(|d| self.of.contains(**d)).count();
        let off = i64::try_from(days).unwrap_or(i64::MAX) - i64::from(self.share);
        Broken {
            hard: 0,
            cost: off * off * i64::from(self.weight),
        }
    }
}
