use super::weekend::{Place, Span, Weekend, weekends};
use super::{Broken, TourView};
use crate::scheduling::roster::automaton::Machine;
use crate::scheduling::roster::problem::RosterLimits;

/// Runs of weekends with work; the unit is a weekend of one run. Runs at the ends of what is
/// known count as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConsecutiveWeekends {
    /// Which days make a weekend.
    pub weekend: Weekend,
    /// How long a run should be.
    pub limits: RosterLimits,
}

/// The rule, knowing what days there are.
type Known<'a> = (&'a ConsecutiveWeekends, Span);

impl Machine for Known<'_> {
    /// Weekends in a row, and whether the present one was worked in.
    type State = (u32, bool);

    fn start(&self) -> (u32, bool) {
        (0, false)
    }

    fn class(&self, day: i64) -> u32 {
        self.1.class(self.0.weekend, day)
    }

    fn step(&self, (run, worked): &(u32, bool), class: u32, symbol: usize) -> ((u32, bool), i64) {
        let Some(place) = Place::of(class) else {
            return ((*run, false), 0);
        };
        let limits = &self.0.limits;
        let worked = *worked || symbol > 0;
        if !place.is_last() {
            return ((*run, worked), 0);
        }
        if !worked {
            let short = if *run > 0 { limits.below(*run) } else { 0 };
            return ((0, false), short);
        }
        let run = (run + 1).min(limits.enough() + 1);
        let is_over = limits.max.is_some_and(|(max, _)| run > max);
        let over = if is_over {
            limits.above(limits.max.map_or(0, |m| m.0 + 1))
        } else {
            0
        };
        ((run, false), over)
    }

    fn finish(&self, (run, _): &(u32, bool)) -> i64 {
        if *run > 0 {
            self.0.limits.below(*run)
        } else {
            0
        }
    }
}

impl ConsecutiveWeekends {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let all = weekends(view, self.weekend);
        let is_worked = |&(from, to): &(i64, i64)| (from..to).any(|d| view.day(d).is_some());
        let mut broken = Broken::default();
        let mut at = 0;
        while at < all.len() {
            let run = all[at..].iter().take_while(|w| is_worked(w)).count();
            let length = i64::try_from(run).unwrap_or(i64::MAX);
            // What ended before the horizon is over and paid for.
            let ends = all.get(at + run).is_none_or(|&(_, to)| to > 0);
            if let Some((min, weight)) = self.limits.min
                && run > 0
                && ends
            {
                broken.add(weight, i64::from(min) - length);
            }
            if let Some((max, weight)) = self.limits.max {
                let above = all[at..at + run].iter().skip(max as usize);
                let inside = above.filter(|&&(_, to)| to > 0).count();
                broken.add(weight, i64::try_from(inside).unwrap_or(i64::MAX));
            }
            at += run + 1;
        }
        broken
    }
}
