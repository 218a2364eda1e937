//! Each stretch of days holds the weekly rest, granted in one of the ways the law offers.
//!
//! ```text
//! Σ_{free pieces g in the stretch, g ≥ piece} g ≥ total        each stretch, some way
//! ```
//!
//! A stretch begins with a shift. In calendar weeks each week has one piece with its middle in the
//! week, and no two weeks share one. The free time before the known shifts and after the tour has
//! no end.

use std::collections::BTreeSet;

use super::{LawContext, LawRule, LawViolation};
use crate::calendar::{DateTime, NaiveDate, TimeDelta, Utc, Zone};
use crate::scheduling::law::time::{DAYS, delta, later, monday, shared};
use crate::workforce::Tour;
use crate::workforce::law::{RestPeriod, WeeklyRest};

#[derive(Debug)]
pub(super) struct WeeklyRestRule;

type Free = (DateTime<Utc>, DateTime<Utc>);

/// Whether the free pieces of a stretch make up the rest.
fn is_granted(rest: &WeeklyRest, free: &[Free], stretch: Free) -> bool {
    let inside = free.iter().map(|&piece| shared(piece, stretch));
    let pieces = inside.filter(|&length| length >= delta(rest.piece));
    pieces.sum::<TimeDelta>() >= delta(rest.total)
}

/// The Mondays of the weeks from one to another that have a rest of their own.
fn granted_weeks(
    zone: Zone,
    rest: &WeeklyRest,
    free: &[Free],
    (first, last): (NaiveDate, NaiveDate),
) -> BTreeSet<NaiveDate> {
    let (length, half) = (delta(rest.total), delta(rest.total / 2));
    let mut left = free.to_vec();
    let mut granted = BTreeSet::new();
    for week in first
        .iter_days()
        .step_by(7)
        .take_while(|&week| week <= last)
    {
        let (from, to) = (zone.day_start(week), zone.day_start(later(week, 7)));
        for piece in &mut left {
            let start = piece.0.max(from - half);
            if start + half < to && start + length <= piece.1 {
                piece.0 = start + length;
                granted.insert(week);
                break;
            }
        }
    }
    granted
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

        let week = |at: DateTime<Utc>| monday(zone.local(at).date());
        let weeks = (week(first.start), week(end));
        let by_week: Vec<BTreeSet<NaiveDate>> = law
            .weekly_rest
            .iter()
            .map(|rest| granted_weeks(zone, rest, &free, weeks))
            .collect();
        let granted_from = |start: DateTime<Utc>| {
            let mut ways = law.weekly_rest.iter().zip(&by_week);
            ways.any(|(rest, granted)| match rest.period {
                RestPeriod::FromEachShift => {
                    let to = start + TimeDelta::days(i64::from(rest.days.min(DAYS)));
                    to <= new || is_granted(rest, &free, (start, to))
                }
                RestPeriod::CalendarWeeks => {
                    let own = week(start);
                    zone.day_start(later(own, 7)) <= new || granted.contains(&own)
                }
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
