//! `VTIMEZONE`: the clock of a zone over the span of a calendar.

use super::text::Lines;
use crate::calendar::{ClockChange, DateTime, TimeDelta, Utc, Zone};

/// How far back the change is looked for that holds when the span begins.
const LOOK_BACK: TimeDelta = TimeDelta::days(400);

/// Every offset that holds in the span, with the change that brought it. The name of a zone is
/// that of the IANA database, which calendars know by themselves.
pub(super) fn write(lines: &mut Lines, zone: Zone, (from, to): (DateTime<Utc>, DateTime<Utc>)) {
    lines.line("BEGIN:VTIMEZONE");
    lines.line(&format!("TZID:{zone}"));
    let begin = from.checked_sub_signed(LOOK_BACK).unwrap_or(from);
    let changes = zone.clock_changes(begin, to);
    let first = changes.iter().rposition(|change| change.at <= from);
    if first.is_none() {
        // The clock was not changed for long: one offset since a day long before.
        let offset = zone.offset_minutes(begin);
        let at = DateTime::UNIX_EPOCH - TimeDelta::minutes(i64::from(offset));
        observance(
            lines,
            ClockChange {
                at: at.min(begin),
                before: offset,
                after: offset,
            },
        );
    }
    for change in changes.iter().skip(first.unwrap_or(0)) {
        observance(lines, *change);
    }
    lines.line("END:VTIMEZONE");
}

/// One offset from a change on. Its start is told by the clock before the change.
fn observance(lines: &mut Lines, change: ClockChange) {
    let kind = if change.after > change.before {
        "DAYLIGHT"
    } else {
        "STANDARD"
    };
    let start = change.at.naive_utc() + TimeDelta::minutes(i64::from(change.before));
    lines.line(&format!("BEGIN:{kind}"));
    lines.line(&format!("DTSTART:{}", start.format("%Y%m%dT%H%M%S")));
    lines.line(&format!("TZOFFSETFROM:{}", offset(change.before)));
    lines.line(&format!("TZOFFSETTO:{}", offset(change.after)));
    lines.line(&format!("END:{kind}"));
}

/// `+0530` for 330 minutes.
fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}
