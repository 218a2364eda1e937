//! `[history]`: how a file of observed contacts is to be read.

use std::collections::BTreeMap;

use serde_json::json;

use super::cells::LocalTime;
use super::reader::Reader;
use crate::calendar::{NaiveDate, RepeatedHour, Zone};
use crate::workforce::FaultCode;

/// The names that a contact is sorted by.
pub(super) const NAMES: [&str; 4] = ["market", "language", "channel", "tier"];
/// All canonical columns.
pub(super) const CANONICAL: [&str; 10] = [
    "start",
    "minutes",
    "market",
    "language",
    "channel",
    "tier",
    "offered",
    "handled",
    "abandoned",
    "handle_seconds_total",
];
/// Averages that a column map may name in place of the total, with their unit in seconds.
pub(super) const AVERAGES: [(&str, f64); 2] = [("aht_seconds", 1.0), ("aht_minutes", 60.0)];

/// What to do about an open interval without a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gaps {
    /// It is a fault.
    #[default]
    Refuse,
    /// Its volume is unknown.
    Missing,
    /// No contact came.
    Zero,
}

/// How a history file is to be read.
pub(super) struct Settings {
    pub(super) file: String,
    pub(super) time: LocalTime,
    pub(super) origin: Option<NaiveDate>,
    pub(super) delimiter: u8,
    pub(super) decimal: char,
    /// The file's column for a canonical one.
    pub(super) columns: BTreeMap<&'static str, String>,
    /// One value for all rows.
    pub(super) constants: BTreeMap<&'static str, String>,
    /// Rows in which a column has another value are passed over.
    pub(super) filter: BTreeMap<String, String>,
    pub(super) gaps: Gaps,
}

/// The keys of `[history]`; `None` when there is no file to read.
pub(super) fn settings(reader: &mut Reader<'_>) -> Option<Settings> {
    let file = reader.need("file");
    let zone = reader.get::<Zone>("timezone");
    let origin = reader.get("origin");
    let delimiter = delimiter(reader);
    let decimal = reader.choice("decimal", &[(".", '.'), (",", ',')]);
    let averages = AVERAGES.map(|(key, _)| key);
    let columns = reader.within("columns", |r| {
        texts(r, CANONICAL.into_iter().chain(averages))
    });
    let constants = reader.within("constants", |r| texts(r, NAMES));
    let filter = reader.get("filter");
    let repeated = reader.choice(
        "repeated_hour",
        &[
            ("refuse", RepeatedHour::Refuse),
            ("first", RepeatedHour::First),
            ("second", RepeatedHour::Second),
        ],
    );
    let missing = reader.choice("missing_hour", &[("refuse", false), ("skip", true)]);
    let gaps = reader.choice(
        "gaps",
        &[
            ("refuse", Gaps::Refuse),
            ("missing", Gaps::Missing),
            ("zero", Gaps::Zero),
        ],
    );
    Some(Settings {
        file: file?,
        time: LocalTime {
            zone,
            repeated: repeated.unwrap_or_default(),
            skip_missing: missing.unwrap_or(false),
        },
        origin,
        delimiter: delimiter.unwrap_or(b','),
        decimal: decimal.unwrap_or('.'),
        columns: columns.unwrap_or_default(),
        constants: constants.unwrap_or_default(),
        filter: filter.unwrap_or_default(),
        gaps: gaps.unwrap_or_default(),
    })
}

fn delimiter(reader: &mut Reader<'_>) -> Option<u8> {
    let one = || json!({ "type": "string", "minLength": 1, "maxLength": 1, "examples": [";"] });
    let text = reader.get_as::<String>("delimiter", one)?;
    if let [byte] = *text.as_bytes()
        && byte.is_ascii()
        && !matches!(byte, b'"' | b'\n' | b'\r')
    {
        return Some(byte);
    }
    reader.fault(
        "delimiter",
        FaultCode::OutOfRange,
        format!("{text:?} is no delimiter"),
        "give one character such as \";\"",
    );
    None
}

fn texts(
    reader: &mut Reader<'_>,
    keys: impl IntoIterator<Item = &'static str>,
) -> BTreeMap<&'static str, String> {
    keys.into_iter()
        .filter_map(|key| Some((key, reader.get(key)?)))
        .collect()
}
