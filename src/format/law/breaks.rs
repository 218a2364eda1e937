//! Breaks that a law asks for.

use super::super::reader::Reader;
use super::super::value::Minutes;
use super::change::list;
use crate::workforce::FaultCode;
use crate::workforce::law::{BreakBand, BreakLaw, Pause, Stretch};

pub(super) fn breaks(reader: &mut Reader<'_>, breaks: &mut BreakLaw) {
    list(reader, "bands", &mut breaks.bands, band);
    list(reader, "pauses", &mut breaks.pauses, pause);
    list(reader, "stretches", &mut breaks.stretches, stretch);
}

fn band(reader: &mut Reader<'_>) -> Option<BreakBand> {
    let worked = reader.need::<Minutes>("worked_minutes");
    let inclusive = reader.get("inclusive").unwrap_or(false);
    let least = reader.need::<Minutes>("length_minutes");
    let most = reader.get::<Minutes>("most_minutes");
    let piece = reader.get::<Minutes>("piece_minutes").or(least);
    let paid = reader.get("paid").unwrap_or(false);
    let window = window(reader);
    Some(BreakBand {
        worked: worked?.0,
        inclusive,
        least: least?.0,
        most: most.map(|m| m.0),
        piece: piece?.0,
        paid,
        window,
    })
}

/// Earliest and latest start, which come together.
fn window(reader: &mut Reader<'_>) -> Option<(std::time::Duration, std::time::Duration)> {
    let keys = ["earliest_minutes", "latest_minutes"];
    let [earliest, latest] = keys.map(|key| reader.get::<Minutes>(key));
    for (key, other) in [(keys[0], keys[1]), (keys[1], keys[0])] {
        if reader.lacks(other, key) {
            let what = format!("a window with one end: `{key}` is missing");
            reader.fault(key, FaultCode::MissingKey, what, format!("add `{key}`"));
        }
    }
    Some((earliest?.0, latest?.0))
}

fn pause(reader: &mut Reader<'_>) -> Option<Pause> {
    let every = reader.need::<Minutes>("every_minutes");
    let least = reader.need::<Minutes>("length_minutes");
    let paid = reader.get("paid").unwrap_or(false);
    let tolerance = reader.get::<Minutes>("tolerance_minutes");
    Some(Pause {
        every: every?.0,
        least: least?.0,
        paid,
        tolerance: tolerance.map(|t| t.0),
    })
}

fn stretch(reader: &mut Reader<'_>) -> Option<Stretch> {
    let most = reader.need::<Minutes>("most_minutes");
    let piece = reader.need::<Minutes>("piece_minutes");
    Some(Stretch {
        most: most?.0,
        piece: piece?.0,
    })
}
