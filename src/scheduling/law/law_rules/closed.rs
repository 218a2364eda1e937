//! Work on days that a law closes.

use super::{LawContext, LawViolation};
use crate::calendar::NaiveDate;
use crate::scheduling::law::time::{days_of, later, worked_between};
use crate::workforce::Tour;

/// Work of a tour on local days that are closed, on behalf of a rule; `day` says what they are.
pub(super) fn work(
    context: &LawContext<'_>,
    tour: &Tour,
    (rule, day): (&'static str, &str),
    is_closed: impl Fn(NaiveDate) -> bool,
) -> Vec<LawViolation> {
    let zone = context.zone;
    let mut found = Vec::new();
    for shift in &tour.shifts {
        let days = days_of(zone, shift.start, shift.end).into_iter();
        for date in days.filter(|&date| is_closed(date)) {
            let (from, to) = (zone.day_start(date), zone.day_start(later(date, 1)));
            if worked_between(shift, from, to) > 0.0 {
                found.push(LawViolation {
                    rule,
                    at: shift.start.max(from),
                    what: format!("work on a {day}, {date}"),
                });
            }
        }
    }
    found
}
