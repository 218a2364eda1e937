//! `sd-1`: which starts and lengths should exist.

use super::axis::{cyclic, day_window, minutes, window};
use super::reader::{LARGEST, MOST_AGENTS, MOST_INTERVALS, Reader, as_position};
use crate::scheduling::design::{DesignProblem, DesignShiftType};
use crate::workforce::FaultCode;

/// Minutes of a day.
const DAY: u32 = 1440;

/// Reads the problem.
pub(super) fn read(r: &Reader<'_>) -> Option<DesignProblem> {
    let name = r.text("name");
    let interval_minutes = minutes(r);
    let per_day = interval_minutes.and_then(|minutes| per_day(r, minutes));
    let days = r.intervals("days", 1..=MOST_INTERVALS);
    cyclic(r);
    let intervals = days.zip(per_day).map(|(days, per_day)| days * per_day);
    let intervals = intervals.filter(|&intervals| few(r, intervals));
    let required = r.series("required", MOST_AGENTS, intervals);
    let shift_types = r.each("shift_types", |r| shift_type(r, per_day, intervals));
    let weights = r
        .within("weights")
        .map(|r| ["under", "over", "shift"].map(|key| r.whole(key, 0..=LARGEST).map(i64::from)));
    let [under, over, per_shift] = weights?;
    intervals?;
    Some(DesignProblem {
        name: name?.to_owned(),
        interval_minutes: interval_minutes?,
        days: days?,
        intervals_per_day: per_day?,
        required: required?,
        shift_types: shift_types?,
        under: under?,
        over: over?,
        per_shift: per_shift?,
    })
}

fn per_day(r: &Reader<'_>, minutes: u32) -> Option<usize> {
    if DAY.is_multiple_of(minutes) {
        return Some(as_position(DAY / minutes));
    }
    let what = format!("a day is no whole number of slots of {minutes} minutes");
    let action = "give a number of minutes that divides 1440, such as 15, 30 or 60";
    r.fault("slot_minutes", FaultCode::Misaligned, what, action);
    None
}

/// Whether there are not too many intervals.
fn few(r: &Reader<'_>, intervals: usize) -> bool {
    let is_few = intervals <= as_position(MOST_INTERVALS);
    if !is_few {
        let what = format!("the days have {intervals} slots, more than {MOST_INTERVALS}");
        r.fault(
            "days",
            FaultCode::OutOfRange,
            what,
            "give fewer days or longer slots",
        );
    }
    is_few
}

fn shift_type(
    r: &Reader<'_>,
    per_day: Option<usize>,
    intervals: Option<usize>,
) -> Option<DesignShiftType> {
    let starts = day_window(r, ["min_start", "max_start"], per_day);
    let lengths = window(r, ["min_length", "max_length"], 1);
    let ((first_start, last_start), (shortest, longest)) = (starts?, lengths?);
    if let Some(all) = intervals.filter(|&all| longest > all) {
        let what = format!("{longest} slots are longer than all days, which have {all}");
        let action = format!("give a length from 1 to {all}");
        r.fault("max_length", FaultCode::OutOfRange, what, action);
    }
    Some(DesignShiftType {
        first_start,
        last_start,
        shortest,
        longest,
    })
}
