use super::weekend::{Place, Span, Weekend, weekends};
use super::{Broken, TourView};
use crate::scheduling::roster::automaton::{Machine, price};
use crate::scheduling::roster::problem::RosterWeight;

/// All of a weekend or nothing: each run of worked days within one should fill it. The unit is a
/// day that such a run lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CompleteWeekend {
    /// Which days make a weekend.
    pub weekend: Weekend,
    /// Price of each day lacking.
    pub weight: RosterWeight,
}

/// The rule, knowing what days there are.
type Known<'a> = (&'a CompleteWeekend, Span);

impl Machine for Known<'_> {
    /// Days of the present run within a weekend.
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn class(&self, day: i64) -> u32 {
        self.1.class(self.0.weekend, day)
    }

    fn step(&self, run: &u32, class: u32, symbol: usize) -> (u32, i64) {
        let Some(place) = Place::of(class) else {
            return (0, 0);
        };
        let lacks = |run: u32| {
            let units = i64::from(place.length) - i64::from(run);
            if run > 0 {
                price(self.0.weight, units)
            } else {
                0
            }
        };
        match (symbol > 0, place.is_last()) {
            (true, false) => (run + 1, 0),
            (true, true) => (0, lacks(run + 1)),
            (false, _) => (0, lacks(*run)),
        }
    }
}

impl CompleteWeekend {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let mut broken = Broken::default();
        for (from, to) in weekends(view, self.weekend) {
            let mut day = from;
            while day < to {
                let begin = day;
                while day < to && view.day(day).is_some() {
                    day += 1;
                }
                // Runs that were over before the horizon are paid for.
                if day > begin && (day >= 0 && day < to || to > 0 && day == to) {
                    broken.add(self.weight, (to - from) - (day - begin));
                }
                day += 1;
            }
        }
        broken
    }
}
