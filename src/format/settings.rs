//! `[history]` and `[demand]`: how a file of contacts by interval is to be read.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use toml::Value as Toml;

use super::cells::LocalTime;
use super::presets::Preset;
use super::queue_names::{self, QueueName};
use super::reader::Reader;
use super::report::Report;
use super::time_format;
use super::value::{Value, outside, wrong};
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
/// The columns that handling time may be known from.
pub(super) const HANDLING: [&str; 3] = ["handle_seconds_total", "aht_seconds", "aht_minutes"];
/// Columns that only a column map names: the queue of the file, what tells parts of one interval
/// apart, the end of the interval.
pub(super) const MAPPED: [&str; 3] = ["queue", "part", "end"];

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

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// By the first of some names that the header has.
    Named(Vec<String>),
    /// By its position, from 0.
    At(usize),
}

/// The columns behind one key: numbers are added up, texts joined by a blank; none when the file
/// has no such thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mapped(pub(super) Vec<Wanted>);

/// How a file is to be read.
pub(super) struct Settings {
    /// The table of the scenario that says so.
    pub(super) table: &'static str,
    pub(super) preset: Option<Preset>,
    pub(super) file: String,
    pub(super) time: LocalTime,
    /// How local times are written, where it is not as in the canonical layout.
    pub(super) format: Option<String>,
    /// The local hour that happens twice comes as two rows, the earlier one first.
    pub(super) in_order: bool,
    pub(super) origin: Option<NaiveDate>,
    pub(super) delimiter: u8,
    pub(super) decimal: char,
    /// Whether the first row holds the names of the columns.
    pub(super) header: bool,
    /// Lines above the header.
    pub(super) skip_rows: u64,
    /// The file's column for a canonical one.
    pub(super) columns: BTreeMap<&'static str, Mapped>,
    /// One value for all rows.
    pub(super) constants: BTreeMap<&'static str, String>,
    /// What the file's words for a name mean.
    pub(super) values: BTreeMap<&'static str, BTreeMap<String, String>>,
    /// What the file's queues are.
    pub(super) queues: BTreeMap<String, QueueName>,
    /// Rows in which a column has another value are passed over.
    pub(super) filter: BTreeMap<String, String>,
    pub(super) gaps: Gaps,
}

/// The keys of `[history]` or `[demand]`; `None` when there is no file to read.
pub(super) fn settings(reader: &mut Reader<'_>, table: &'static str) -> Option<Settings> {
    let file = reader.need("file");
    // Its keys are in the table already; a name that is not known was told then.
    let preset = reader.raw("preset", Preset::shape).and_then(Toml::as_str);
    let zone = reader.get::<Zone>("timezone");
    let origin = match table {
        "history" => reader.get("origin"),
        _ => None,
    };
    let delimiter = delimiter(reader);
    let decimal = reader.choice("decimal", &[(".", '.'), (",", ',')]);
    let header = reader.get::<bool>("header");
    let skip_rows = reader.get::<u64>("skip_rows");
    let format = time_format::read(reader);
    let averages = AVERAGES.map(|(key, _)| key);
    let columns = reader.within("columns", |r| {
        let keys = CANONICAL.into_iter().chain(averages).chain(MAPPED);
        keys.filter_map(|key| Some((key, r.get(key)?))).collect()
    });
    let constants = reader.within("constants", |r| {
        let texts = NAMES.into_iter();
        texts.filter_map(|key| Some((key, r.get(key)?))).collect()
    });
    let values = reader.within("values", |r| {
        let maps = NAMES.into_iter();
        maps.filter_map(|key| Some((key, r.get(key)?))).collect()
    });
    let queues = queue_names::read(reader);
    let filter = reader.get("filter");
    let repeated = reader.choice(
        "repeated_hour",
        &[
            ("refuse", (RepeatedHour::Refuse, false)),
            ("first", (RepeatedHour::First, false)),
            ("second", (RepeatedHour::Second, false)),
            ("in_order", (RepeatedHour::First, true)),
        ],
    );
    let (repeated, in_order) = repeated.unwrap_or_default();
    let missing = reader.choice("missing_hour", &[("refuse", false), ("skip", true)]);
    let gaps = [
        ("refuse", Gaps::Refuse),
        ("zero", Gaps::Zero),
        ("missing", Gaps::Missing),
    ];
    // The contacts of a horizon cannot be unknown.
    let rules = if table == "history" { 3 } else { 2 };
    let gaps = reader.choice("gaps", &gaps[..rules]);
    Some(Settings {
        table,
        preset: preset.and_then(|name| name.parse().ok()),
        file: file?,
        time: LocalTime {
            zone,
            repeated,
            skip_missing: missing.unwrap_or(false),
        },
        format,
        in_order,
        origin,
        delimiter: delimiter.unwrap_or(b','),
        decimal: decimal.unwrap_or('.'),
        header: header.unwrap_or(true),
        skip_rows: skip_rows.unwrap_or(0),
        columns: columns.unwrap_or_default(),
        constants: constants.unwrap_or_default(),
        values: values.unwrap_or_default(),
        queues,
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

impl Value for Wanted {
    fn shape() -> Json {
        let mut names = Vec::<String>::shape();
        names["description"] =
            json!("Names of columns, of which the first one that is there counts.");
        json!({ "anyOf": [
            String::shape(),
            { "type": "integer", "minimum": 1 },
            {
                "type": "object",
                "properties": { "any_of": names },
                "required": ["any_of"],
                "additionalProperties": false,
            },
        ] })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let wanted = "the name of a column, or its position such as 1 for the first";
        match value {
            Toml::String(_) => Some(Self::Named(vec![String::read(value, path, report)?])),
            Toml::Integer(position) => {
                let at = usize::try_from(*position)
                    .ok()
                    .and_then(|p| p.checked_sub(1));
                at.map(Self::At).or_else(|| {
                    let what = format!("there is no column {position}");
                    outside(what, "a position from 1", path, report)
                })
            }
            Toml::Table(table) => {
                let mut reader = Reader::new(table, path, report);
                let names = reader.need::<Vec<String>>("any_of");
                reader.finish();
                names.map(Self::Named)
            }
            other => wrong(other, wanted, path, report),
        }
    }
}

impl Value for Mapped {
    fn shape() -> Json {
        let one = Wanted::shape();
        json!({ "anyOf": [{ "const": false }, one, { "type": "array", "items": one }] })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        match value {
            Toml::Boolean(false) => Some(Self(Vec::new())),
            Toml::Array(_) => Vec::read(value, path, report).map(Self),
            one => Some(Self(vec![Wanted::read(one, path, report)?])),
        }
    }
}
