use super::{Broken, TourView};
use crate::scheduling::roster::automaton::{Machine, price};
use crate::scheduling::roster::problem::{DayKinds, RosterProblem, RosterWeight};

/// Free days after nights: on the days after a night there is another night or nothing. The unit
/// is a day on another shift type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RestAfterNights {
    /// Days after a night.
    pub days: u32,
    /// Price of each day on another shift type.
    pub weight: RosterWeight,
}

/// The shift types that are nights.
pub(super) fn nights(problem: &RosterProblem) -> DayKinds {
    let all = problem
        .shifts
        .iter()
        .enumerate()
        .filter(|(_, s)| s.is_night);
    all.fold(DayKinds::NONE, |kinds, (shift, _)| kinds.with(Some(shift)))
}

/// The rule, knowing which shift types are nights.
type Known<'a> = (&'a RestAfterNights, DayKinds);

impl Machine for Known<'_> {
    /// Days of rest left.
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn step(&self, left: &u32, _class: u32, symbol: usize) -> (u32, i64) {
        let shift = symbol.checked_sub(1);
        if self.1.contains(shift) {
            return (self.0.days, 0);
        }
        let works = shift.is_some() && *left > 0;
        let cost = price(self.0.weight, i64::from(works));
        (left.saturating_sub(1), cost)
    }
}

impl RestAfterNights {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let is_night = |shift: usize| view.problem.shifts[shift].is_night;
        let mut broken = Broken::default();
        for day in 0..view.end() {
            let works = view.day(day).is_some_and(|s| !is_night(s));
            let before = (day - i64::from(self.days)).max(view.first());
            if works && (before..day).any(|d| view.day(d).is_some_and(is_night)) {
                broken.add(self.weight, 1);
            }
        }
        broken
    }
}
