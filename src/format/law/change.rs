//! How a key of a law changes what its pack says: keeps it, lifts it, or sets it.

use std::time::Duration;

use serde_json::{Value as Json, json};
use toml::Value as Toml;

use super::super::reader::Reader;
use super::super::report::Report;
use super::super::value::{Positive, Value, duration, outside};

/// The word that lifts a limit.
const NONE: &str = "none";
/// Longest time that a law may speak of, in hours: a leap year.
const MOST_HOURS: f64 = 366.0 * 24.0;

/// A length in hours, above zero and at most a year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hours(pub(super) Duration);

impl Value for Hours {
    fn shape() -> Json {
        json!({ "type": "number", "exclusiveMinimum": 0, "maximum": MOST_HOURS })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let Positive(hours) = Positive::read(value, path, report)?;
        let read = duration(hours, 3600.0).filter(|_| hours <= MOST_HOURS);
        read.map(Self).or_else(|| {
            let wanted = format!("at most {MOST_HOURS} hours, which is a year");
            outside(format!("{hours} hours are too many"), &wanted, path, report)
        })
    }
}

/// Sets a parameter when its key is there and can be read.
pub(super) fn set<T: Value, R>(
    reader: &mut Reader<'_>,
    key: &'static str,
    parameter: &mut R,
    made: impl FnOnce(T) -> R,
) {
    if let Some(value) = reader.get::<T>(key) {
        *parameter = made(value);
    }
}

/// Whether the key lifts its parameter with the word `none`.
pub(super) fn is_lifted(reader: &mut Reader<'_>, key: &'static str) -> bool {
    let given = reader.raw(key, || json!({ "const": NONE }));
    matches!(given, Some(Toml::String(word)) if word == NONE)
}

/// Sets or lifts a parameter that need not be.
pub(super) fn limit<T: Value, R>(
    reader: &mut Reader<'_>,
    key: &'static str,
    parameter: &mut Option<R>,
    made: impl FnOnce(T) -> R,
) {
    if is_lifted(reader, key) {
        *parameter = None;
    } else {
        set(reader, key, parameter, |value| Some(made(value)));
    }
}

/// Changes or lifts a table that need not be; what it does not name stays as it is, and must be
/// named where there was nothing.
pub(super) fn table<R>(
    reader: &mut Reader<'_>,
    key: &'static str,
    parameter: &mut Option<R>,
    read: impl FnOnce(&mut Reader<'_>, Option<&R>) -> Option<R>,
) {
    if is_lifted(reader, key) {
        *parameter = None;
        return;
    }
    let changed = reader.within(key, |r| read(r, parameter.as_ref()));
    if let Some(Some(changed)) = changed {
        *parameter = Some(changed);
    }
}

/// Replaces a list when its key is there.
pub(super) fn list<R>(
    reader: &mut Reader<'_>,
    key: &'static str,
    parameter: &mut Vec<R>,
    read: impl FnMut(&mut Reader<'_>) -> Option<R>,
) {
    if reader.has(key) {
        *parameter = reader.each(key, read);
    }
}

/// A value that is kept where there was one, and must be there otherwise.
pub(super) fn kept<T: Value>(
    reader: &mut Reader<'_>,
    key: &'static str,
    before: Option<T>,
) -> Option<T> {
    match before {
        Some(before) if !reader.has(key) => Some(before),
        Some(_) => reader.get(key),
        None => {
            let read = reader.get(key);
            reader.insist(key, read)
        }
    }
}
