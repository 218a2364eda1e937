//! The intervals of an instance, and windows on them.

use super::reader::{MOST_INTERVALS, Reader};
use crate::scheduling::week::WeekStarts;
use crate::workforce::FaultCode;

/// The intervals of a week, as far as they could be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub(super) interval_minutes: Option<u32>,
    pub(super) intervals: Option<usize>,
    pub(super) per_day: Option<usize>,
}

impl Axis {
    pub(super) fn read(r: &Reader<'_>) -> Self {
        let interval_minutes = minutes(r);
        let intervals = r.intervals("slots", 1..=MOST_INTERVALS);
        let per_day = r.intervals("slots_per_day", 1..=MOST_INTERVALS);
        if let (Some(intervals), Some(per_day)) = (intervals, per_day)
            && !intervals.is_multiple_of(per_day)
        {
            let what = format!("{intervals} slots are no whole number of days of {per_day}");
            let action = "give a multiple of `slots_per_day`";
            r.fault("slots", FaultCode::Misaligned, what, action);
        }
        cyclic(r);
        Self {
            interval_minutes,
            intervals,
            per_day,
        }
    }
}

/// Length of an interval.
pub(super) fn minutes(r: &Reader<'_>) -> Option<u32> {
    r.whole("slot_minutes", 1..=1440)
}

/// The end must run into the beginning.
pub(super) fn cyclic(r: &Reader<'_>) {
    if r.flag("cyclic") == Some(false) {
        let what = "only weeks that repeat are supported";
        let action = "give `true`: the last day's shifts then run into the first day";
        r.fault("cyclic", FaultCode::Unsupported, what, action);
    }
}

/// A window between two keys, both ends included.
pub(super) fn window(
    r: &Reader<'_>,
    [first, last]: [&str; 2],
    least: u32,
) -> Option<(usize, usize)> {
    let range = least..=MOST_INTERVALS;
    let from = r.intervals(first, range.clone());
    let to = r.intervals(last, range);
    let (from, to) = (from?, to?);
    if from <= to {
        return Some((from, to));
    }
    let what = format!("{to} is below `{first}`, which is {from}");
    let action = format!("give a number from {from} up, or lower `{first}`");
    r.fault(last, FaultCode::ImpossibleLimits, what, action);
    None
}

/// A window of intervals of the day.
pub(super) fn day_window(
    r: &Reader<'_>,
    keys: [&str; 2],
    per_day: Option<usize>,
) -> Option<(usize, usize)> {
    let (from, to) = window(r, keys, 0)?;
    if let Some(per_day) = per_day.filter(|&per_day| to >= per_day) {
        let what = format!("{to} is beyond the day, which has {per_day} slots");
        let action = format!("give a slot of the day, from 0 to {}", per_day - 1);
        r.fault(keys[1], FaultCode::OutOfRange, what, action);
    }
    Some((from, to))
}

/// Starts within a day: first, last and step.
pub(super) fn starts(
    r: &Reader<'_>,
    [first, last, step]: [&str; 3],
    per_day: Option<usize>,
) -> Option<WeekStarts> {
    let window = day_window(r, [first, last], per_day);
    let step = r.intervals(step, 1..=MOST_INTERVALS);
    let ((from, to), step) = (window?, step?);
    Some(WeekStarts { from, to, step })
}
