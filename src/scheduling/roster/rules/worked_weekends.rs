use super::weekend::{Place, Span, Weekend, weekends};
use super::{Broken, TourView};
use crate::scheduling::roster::automaton::Machine;
use crate::scheduling::roster::problem::RosterLimits;

/// Weekends with work on any of their days in the horizon; the unit is a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorkedWeekends {
    /// Which days make a weekend.
    pub weekend: Weekend,
    /// How many there should be.
    pub limits: RosterLimits,
}

/// The rule, knowing what days there are.
type Known<'a> = (&'a WorkedWeekends, Span);

impl Machine for Known<'_> {
    /// Weekends so far, and whether the present one is among them.
    type State = (u32, bool);

    fn start(&self) -> (u32, bool) {
        (0, false)
    }

    fn class(&self, day: i64) -> u32 {
        // Weekends before the horizon count only as far as they reach into it.
        if day < 0 {
            super::weekend::OUTSIDE
        } else {
            self.1.class(self.0.weekend, day)
        }
    }

    fn step(
        &self,
        (count, counted): &(u32, bool),
        class: u32,
        symbol: usize,
    ) -> ((u32, bool), i64) {
        let Some(place) = Place::of(class) else {
            return ((*count, false), 0);
        };
        let limits = &self.0.limits;
        let (mut count, mut counted, mut cost) = (*count, *counted, 0);
        if symbol > 0 && !counted {
            counted = true;
            if count >= limits.enough() {
                cost = limits.above(limits.max.map_or(0, |m| m.0 + 1));
            } else {
                cost = limits.above(count + 1) - limits.above(count);
                count += 1;
            }
        }
        ((count, counted && !place.is_last()), cost)
    }

    fn finish(&self, (count, _): &(u32, bool)) -> i64 {
        self.0.limits.below(*count)
    }
}

impl WorkedWeekends {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let worked = (weekends(view, self.weekend).into_iter())
            .filter(|&(from, to)| (from.max(0)..to).any(|day| view.day(day).is_some()))
            .count();
        let worked = i64::try_from(worked).unwrap_or(i64::MAX);
        Broken::of(&self.limits, worked)
    }
}
