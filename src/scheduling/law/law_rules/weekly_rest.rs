//! Each stretch of days holds the weekly rest, granted in one of the ways the law offers.
//!
//! ```text
//! Σ_{free pieces g in the stretch, g ≥ piece} g ≥ total        each stretch, some way
//! ```
//!
//! A stretch begins with a shift or with a calendar week. In calendar weeks a free piece counts
//! whole for the week in which it begins; what is left of an earlier one counts too. The free
//! time before the known shifts and after the tour has no end.

use super::{LawContext, LawRule, LawViolation};
use crate::calendar::{DateTime, TimeDelta, Utc};
use crate::scheduling::law::time::{delta, later, monday, shared};
use crate::workforce::Tour;
use crate::workforce::law::{RestPeriod, WeeklyRest};

#[derive(Debug)]
pub(super) struct WeeklyRestRule;

type Free = (DateTime<Utc>, DateTime<Utc>);

/// Whether the free pieces of a stretch make up the rest.
fn is_granted(rest: &WeeklyRest, free: &[Free], stretch: Free) -> bool {
    let piece = delta(rest.piece);
    let counted = |&(from, to): &Free| {
        let begins_inside = stretch.0 <= from && from < stretch.1;
        if rest.period == RestPeriod::CalendarWeeks && begins_inside {
            to - from
        } else {
            shared((from, to), stretch)
        }
    };
    let pieces = free.iter().map(counted).filter(|&length| length >= piece);
    pieces.sum::<TimeDelta>() >= delta(rest.total)
}

impl LawRule for WeeklyRestRule {
    fn name(&self) -> &'static str {
        "weekly_rest"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let (law, zone) = (context.law, context.zone);
        let line = context.line(tour);
        let (Some((first, _)), Some(end)) = (line.first(), line.iter().map(|(s, _)| s.end).max())
        else {
            return Vec::new();
        };
        let Some(new) = tour.shifts.iter().map(|s| s.start).min() else {
            return Vec::new();
        };
        // Free time at both ends, longer than any stretch that a law asks about.
        let ever = TimeDelta::days(400);
        let mut free = vec![(first.start - ever, first.start)];
        let mut busy_until = first.end;
        for (shift, _) in &line {
            if shift.start > busy_until {
                free.push((busy_until, shift.start));
            }
            busy_until = busy_until.max(shift.end);
        }
        free.push((end, end + ever));

        let granted_from = |start: DateTime<Utc>| {
            law.weekly_rest.iter().any(|rest| {
                let (from, to) = match rest.period {
                    RestPeriod::FromEachShift => {
                        (start, start + TimeDelta::days(i64::from(rest.days)))
                    }
                    RestPeriod::CalendarWeeks => {
                        let week = monday(zone.local(start).date());
                        let next = later(week, i64::from(rest.days));
                        (zone.day_start(week), zone.day_start(next))
                    }
                };
                to <= new || is_granted(rest, &free, (from, to))
            })
        };
        if law.weekly_rest.is_empty() {
            return Vec::new();
        }
        let broken = line.iter().find(|(shift, _)| !granted_from(shift.start));
        broken
            .map(|(shift, _)| LawViolation {
                rule: self.name(),
                at: shift.start,
                what: "no weekly rest in the days from this shift on".to_owned(),
            })
            .into_iter()
            .collect()
    }
}
