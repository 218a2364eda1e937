//! Weekdays, parts of the day, and opening hours.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::words::Clock;
use crate::calendar::{OpeningHours, Span, WEEK, Weekday};
use crate::workforce::{Channel, FaultCode};

/// The weekdays at `days`; all seven when the key is left out.
pub(super) fn weekdays(reader: &mut Reader<'_>) -> Vec<Weekday> {
    reader.get("days").unwrap_or_else(|| WEEK.to_vec())
}

/// The parts of the day from `from` to `to`, the whole day when both are left out. A time span
/// that passes midnight becomes two parts.
pub(super) fn spans(reader: &mut Reader<'_>) -> Option<Vec<Span>> {
    let mut time = |key, otherwise| {
        let given = reader.has(key);
        let read = reader.get::<Clock>(key);
        if given { read } else { Some(otherwise) }
    };
    let (from, to) = (time("from", Clock(0)), time("to", Clock(1440)));
    let (Clock(from), Clock(to)) = (from?, to?);
    let parts = if from > to {
        vec![(from, 1440), (0, to)]
    } else {
        vec![(from, to)]
    };
    let spans: Vec<Span> = (parts.into_iter())
        .filter_map(|(from, to)| Span::from_minutes(from, to).ok())
        .collect();
    if spans.is_empty() {
        reader.fault(
            "to",
            FaultCode::OverlappingHours,
            "the span is empty: it ends when it begins",
            "let `to` be another time than `from`; leave both out for the whole day",
        );
        return None;
    }
    Some(spans)
}

/// The list at `opening`: when contacts of each channel may arrive.
pub(super) fn opening(reader: &mut Reader<'_>) -> BTreeMap<Channel, OpeningHours> {
    let mut all: BTreeMap<Channel, OpeningHours> = BTreeMap::new();
    reader.each("opening", |entry| {
        let channels = entry.need::<Vec<Channel>>("channels");
        let days = weekdays(entry);
        let (from, to) = (entry.need::<Clock>("from"), entry.need::<Clock>("to"));
        let (channels, Clock(from), Clock(to)) = (channels?, from?, to?);
        let told = |what: String, action| {
            let report = entry.report();
            report.at(entry.path(), FaultCode::OverlappingHours, what, action);
        };
        let span = match Span::from_minutes(from, to) {
            Ok(span) => span,
            Err(e) => {
                let action = "let `from` be before `to`; hours past midnight are a second entry";
                told(e.to_string(), action);
                // Closed rather than always open, so that no gap is seen in the history.
                for channel in channels {
                    all.entry(channel).or_default();
                }
                return Some(());
            }
        };
        for channel in channels {
            let hours = all.entry(channel).or_default();
            match hours.clone().with(&days, span) {
                Ok(more) => *hours = more,
                Err(e) => told(
                    format!("{channel}: {e}"),
                    "let the entries of a channel and weekday follow one another",
                ),
            }
        }
        Some(())
    });
    all
}
