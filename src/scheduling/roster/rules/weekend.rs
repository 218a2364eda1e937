use crate::calendar::Weekday;
use crate::scheduling::roster::problem::{RosterAgent, RosterProblem};

/// Which days make a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Weekend {
    /// Its first day.
    pub first: Weekday,
    /// Its days, 1 to 7.
    pub days: u32,
}

/// The days that are known, in weekdays.
#[derive(Debug, Clone, Copy)]
pub(in crate::scheduling::roster) struct Span {
    /// Days from Monday of day 0.
    weekday: i64,
    from: i64,
    to: i64,
}

/// Classes of days: outside of weekends, on the eve of one, or within.
pub(super) const OUTSIDE: u32 = 0;
pub(super) const EVE: u32 = 1;
/// Days within begin here: `WITHIN + 8 * length + place`.
const WITHIN: u32 = 8;

/// Place of a day in its weekend, as far as the weekend lies in what is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) at: u32,
    pub(super) length: u32,
}

impl Place {
    pub(super) fn of(class: u32) -> Option<Self> {
        let inner = class.checked_sub(WITHIN)?;
        Some(Self {
            at: inner % 8,
            length: inner / 8,
        })
    }

    pub(super) fn is_first(self) -> bool {
        self.at == 0
    }

    pub(super) fn is_last(self) -> bool {
        self.at + 1 == self.length
    }
}

impl Span {
    pub(super) fn of(problem: &RosterProblem, agent: &RosterAgent) -> Self {
        Self {
            weekday: i64::from(problem.first_weekday.num_days_from_monday()),
            from: -i64::try_from(agent.history.len()).unwrap_or(0),
            to: i64::try_from(problem.days).unwrap_or(0),
        }
    }

    pub(super) fn weekday(&self, day: i64) -> i64 {
        (self.weekday + day).rem_euclid(7)
    }

    pub(super) fn class(&self, weekend: Weekend, day: i64) -> u32 {
        let first = i64::from(weekend.first.num_days_from_monday());
        let at = (self.weekday(day) - first).rem_euclid(7);
        if at >= i64::from(weekend.days) {
            return if at == 6 { EVE } else { OUTSIDE };
        }
        let begin = (day - at).max(self.from);
        let end = (day - at + i64::from(weekend.days)).min(self.to);
        let small = |n: i64| u32::try_from(n).unwrap_or(0);
        WITHIN + 8 * small(end - begin) + small(day - begin)
    }
}

/// The weekends of a tour that end within the horizon, each as its days `from..to`, as far as
/// they are known. For the checks.
pub(super) fn weekends(view: &super::TourView<'_>, weekend: Weekend) -> Vec<(i64, i64)> {
    let first = i64::from(weekend.first.num_days_from_monday());
    let mut found = Vec::new();
    for day in view.first() - 6..view.end() {
        if view.weekday(day) == first {
            let from = day.max(view.first());
            let to = (day + i64::from(weekend.days)).min(view.end());
            if from < to {
                found.push((from, to));
            }
        }
    }
    found
}
