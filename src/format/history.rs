//! `[history]`: observed contacts in a CSV file, and how to read it.

use std::collections::BTreeMap;

use super::cells::LocalTime;
use super::layout::{AVERAGES, CANONICAL, Layout, NAMES};
use super::reader::Reader;
use super::rows;
use super::streams::{self, Context};
use super::table::{RowFaults, Table};
use crate::calendar::{NaiveDate, RepeatedHour, Zone};
use crate::workforce::FaultCode;

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
    let text = reader.get::<String>("delimiter")?;
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

/// The streams in a history file, each with the row and the name of the file it begins in.
pub(super) fn streams(
    bytes: &[u8],
    settings: &Settings,
    context: &Context<'_>,
) -> Vec<streams::Found> {
    let mut faults = RowFaults::new(&settings.file);
    let found = read(bytes, settings, context, &mut faults);
    if found.is_empty() {
        context.report.mark_without_streams();
    }
    faults.tell(context.report);
    found
}

fn read(
    bytes: &[u8],
    settings: &Settings,
    context: &Context<'_>,
    faults: &mut RowFaults,
) -> Vec<streams::Found> {
    let Some(table) = Table::read(bytes, settings.delimiter, faults) else {
        return Vec::new();
    };
    if table.header.is_empty() {
        let what = "the file is empty";
        let action = "give a header and one row for each interval";
        faults.push(None, None, FaultCode::EmptyHistory, what, action);
        return Vec::new();
    }
    let Some(layout) = Layout::find(&table, settings, faults) else {
        return Vec::new();
    };
    let observed = rows::observe(&table, &layout, settings, faults);
    if observed.is_empty() && faults.is_empty() {
        let what = match table.rows.len() {
            0 => "there is no row below the header".to_owned(),
            n => format!("none of the {n} rows can be used"),
        };
        let action = "give one row for each interval; check `history.filter`";
        faults.push(None, None, FaultCode::EmptyHistory, what, action);
    }
    streams::build(observed, &layout, settings, context, faults)
}
