//! Kinds of shift with their breaks.

use super::axis::{Axis, starts, window};
use super::reader::{MOST_INTERVALS, Reader, distinct};
use crate::scheduling::week::{WeekBreak, WeekShiftType, WeekStarts};
use crate::workforce::FaultCode;

/// The kinds of shift of an instance, and what they are called even if they could not be read.
pub(super) struct Kinds<'a> {
    pub(super) names: Vec<Option<&'a str>>,
    pub(super) read: Option<Vec<Kind>>,
}

/// A kind of shift, and its starts where the format gives them with it.
pub(super) struct Kind {
    pub(super) shift: WeekShiftType,
    pub(super) starts: Option<WeekStarts>,
}

impl<'a> Kinds<'a> {
    /// Reads `shift_types`.
    pub(super) fn read(r: &Reader<'a>, axis: Axis, with_starts: bool) -> Self {
        let mut names = Vec::new();
        let read = r.each("shift_types", |r| {
            let id = r.text("id");
            names.push(id);
            let length = length(r, axis);
            let starts = with_starts.then(|| {
                let keys = ["start_from", "start_to", "start_step"];
                starts(r, keys, axis.per_day)
            });
            let breaks = breaks(r, length);
            if starts == Some(None) {
                return None;
            }
            Some(Kind {
                shift: WeekShiftType {
                    id: id?.to_owned(),
                    length: length?,
                    breaks: breaks?,
                },
                starts: starts.flatten(),
            })
        });
        let path = |i: usize| format!("{}[{i}].id", r.path_of("shift_types"));
        distinct(&names, path, r.report());
        Self { names, read }
    }
}

fn length(r: &Reader<'_>, axis: Axis) -> Option<usize> {
    let length = r.intervals("duration", 1..=MOST_INTERVALS)?;
    if let Some(week) = axis.intervals.filter(|&week| length > week) {
        let what = format!("{length} slots are longer than the week, which has {week}");
        let action = format!("give a length from 1 to {week}");
        r.fault("duration", FaultCode::OutOfRange, what, action);
    }
    Some(length)
}

fn breaks(r: &Reader<'_>, shift: Option<usize>) -> Option<Vec<WeekBreak>> {
    let mut names = Vec::new();
    let mut earlier: Vec<(String, usize, usize)> = Vec::new();
    let read = r.each("breaks", |r| {
        let id = r.text("id");
        names.push(id);
        let length = r.intervals("len", 1..=MOST_INTERVALS);
        let window = window(r, ["first", "last"], 0);
        let is_paid = r.flag("paid");
        let (id, length, (first, last)) = (id?, length?, window?);
        let end = last + length;
        if let Some(shift) = shift.filter(|&shift| end > shift) {
            let what = format!(
                "break `{id}` may end {end} slots after the start of its shift, which has {shift}"
            );
            let action = "lower `last` or `len`, or lengthen the shift";
            r.fault("last", FaultCode::BreakDoesNotFit, what, action);
        }
        let overlaps = |(_, from, to): &&(String, usize, usize)| first < *to && *from < end;
        if let Some((other, from, to)) = earlier.iter().find(overlaps) {
            let what = format!(
                "break `{id}` may take slots {first} to {} of the shift, break `{other}` {from} \
                 to {}",
                end - 1,
                to - 1
            );
            let action = "move the windows apart, so that the breaks cannot overlap";
            r.fault("first", FaultCode::BreakDoesNotFit, what, action);
        }
        earlier.push((id.to_owned(), first, end));
        Some(WeekBreak {
            id: id.to_owned(),
            length,
            first,
            last,
            is_paid: is_paid?,
        })
    });
    let path = |i: usize| format!("{}[{i}].id", r.path_of("breaks"));
    distinct(&names, path, r.report());
    read
}
