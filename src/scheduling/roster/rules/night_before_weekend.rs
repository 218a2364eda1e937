use super::weekend::{EVE, Place, Span, Weekend, weekends};
use super::{Broken, TourView};
use crate::scheduling::roster::automaton::{Machine, price};
use crate::scheduling::roster::problem::{DayKinds, RosterWeight};

/// No night on the eve of a free weekend; the unit is such a night. A weekend of which the
/// horizon shows no day is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NoNightBeforeFreeWeekend {
    /// Which days make a weekend.
    pub weekend: Weekend,
    /// Price of each such night.
    pub weight: RosterWeight,
}

/// The rule, knowing what days there are and which shift types are nights.
type Known<'a> = (&'a NoNightBeforeFreeWeekend, Span, DayKinds);

impl Machine for Known<'_> {
    /// Whether a night went before and all has been free since.
    type State = bool;

    fn start(&self) -> bool {
        false
    }

    fn class(&self, day: i64) -> u32 {
        self.1.class(self.0.weekend, day)
    }

    fn step(&self, waits: &bool, class: u32, symbol: usize) -> (bool, i64) {
        if class == EVE {
            return (self.2.contains(symbol.checked_sub(1)), 0);
        }
        let waits = *waits && symbol == 0;
        match Place::of(class) {
            Some(place) if place.is_last() => (false, price(self.0.weight, i64::from(waits))),
            Some(_) => (waits, 0),
            None => (false, 0),
        }
    }
}

impl NoNightBeforeFreeWeekend {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let mut broken = Broken::default();
        for (from, to) in weekends(view, self.weekend) {
            let eve = view.day(from - 1);
            let is_night = eve.is_some_and(|s| view.problem.shifts[s].is_night);
            let is_whole =
                i64::from(self.weekend.first.num_days_from_monday()) == view.weekday(from);
            let is_free = (from..to).all(|day| view.day(day).is_none());
            if to > 0 && is_night && is_whole && is_free {
                broken.add(self.weight, 1);
            }
        }
        broken
    }
}
