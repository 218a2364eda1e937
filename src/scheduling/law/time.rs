//! Time worked in shifts, cut by days and weeks of the local calendar.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::calendar::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Zone};
use crate::workforce::Shift;

/// Noise of adding up hours; a second is 3e-4.
pub(super) const HOURS: f64 = 1e-6;

pub(super) fn hours(time: TimeDelta) -> f64 {
    time.num_seconds() as f64 / 3600.0
}

/// Days beyond which nothing is looked for, whatever a law says.
pub(super) const DAYS: u32 = 3660;

/// A length of time, at most [`DAYS`] long.
pub(super) fn delta(time: Duration) -> TimeDelta {
    let most = TimeDelta::days(i64::from(DAYS));
    TimeDelta::from_std(time).map_or(most, |time| time.min(most))
}

/// Time that two stretches share.
pub(super) fn shared(
    (a, b): (DateTime<Utc>, DateTime<Utc>),
    (c, d): (DateTime<Utc>, DateTime<Utc>),
) -> TimeDelta {
    (b.min(d) - a.max(c)).max(TimeDelta::zero())
}

/// Hours worked of a shift between two instants: unpaid breaks are left out.
pub(super) fn worked_between(shift: &Shift, from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    let (start, end) = (shift.start.max(from), shift.end.min(to));
    let present = shared((start, end), (from, to));
    let unpaid: TimeDelta = shift
        .breaks
        .iter()
        .filter(|b| !b.paid)
        .map(|b| shared((b.start, b.end), (start, end)))
        .sum();
    hours(present - unpaid)
}

/// Hours worked of a shift.
pub(super) fn worked(shift: &Shift) -> f64 {
    worked_between(shift, shift.start, shift.end)
}

/// Local day on which a shift starts.
pub(super) fn start_day(zone: Zone, shift: &Shift) -> NaiveDate {
    zone.local(shift.start).date()
}

/// Monday of the week of a day.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(chrono::Days::new(back)).unwrap_or(day)
}

/// A day so many days later, or earlier when negative.
pub(super) fn later(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day)
}

/// Local days that a stretch of time touches.
pub(in crate::scheduling) fn days_of(
    zone: Zone,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Vec<NaiveDate> {
    let (first, last) = (zone.local(start).date(), zone.local(end).date());
    first
        .iter_days()
        .take_while(|&day| day <= last)
        .filter(|&day| zone.day_start(day) < end)
        .collect()
}

/// Adds the hours of a shift to the local weeks in which they are worked, by their Mondays.
pub(super) fn add_to_weeks(zone: Zone, shift: &Shift, weeks: &mut BTreeMap<NaiveDate, f64>) {
    let mut week = monday(start_day(zone, shift));
    while zone.day_start(week) < shift.end {
        let next = later(week, 7);
        if next <= week {
            return;
        }
        let (from, to) = (zone.day_start(week), zone.day_start(next));
        let worked = worked_between(shift, from, to);
        if worked > 0.0 {
            *weeks.entry(week).or_default() += worked;
        }
        week = next;
    }
}
