//! Values of a TOML file: numbers, texts, dates, lists. Each is read or reported at its path.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value as Json, json};
use toml::Value as Toml;

use super::report::Report;
use crate::calendar::{Datelike, NaiveDate};
use crate::workforce::FaultCode;

/// Something that can be read from a value at a path; a fault is reported otherwise.
pub(super) trait Value: Sized {
    /// What can be read, as a JSON Schema, with an example where a word alone says too little.
    fn shape() -> Json;

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self>;
}

/// Reports a value of another type.
pub(super) fn wrong<T>(value: &Toml, wanted: &str, path: &str, report: &Report) -> Option<T> {
    let given = match value {
        Toml::String(text) => format!("the text \"{text}\""),
        Toml::Integer(n) => format!("the number {n}"),
        Toml::Float(n) => format!("the number {n}"),
        Toml::Boolean(b) => format!("{b}"),
        Toml::Datetime(d) => format!("the date or time {d}"),
        Toml::Array(_) => "a list".to_owned(),
        Toml::Table(_) => "a table".to_owned(),
    };
    let what = format!("{given} where another type is expected");
    report.at(path, FaultCode::WrongType, what, format!("give {wanted}"));
    None
}

/// Reports a value that is out of its range.
pub(super) fn outside<T>(what: String, wanted: &str, path: &str, report: &Report) -> Option<T> {
    report.at(path, FaultCode::OutOfRange, what, format!("give {wanted}"));
    None
}

impl Value for String {
    fn shape() -> Json {
        json!({ "type": "string", "minLength": 1 })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let wanted = "a text in quotes";
        match value.as_str() {
            Some("") => outside("the text is empty".to_owned(), wanted, path, report),
            Some(text) => Some(text.to_owned()),
            None => wrong(value, wanted, path, report),
        }
    }
}

impl Value for bool {
    fn shape() -> Json {
        json!({ "type": "boolean" })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let read = value.as_bool();
        read.or_else(|| wrong(value, "`true` or `false`", path, report))
    }
}

impl Value for f64 {
    fn shape() -> Json {
        json!({ "type": "number" })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let number = match value {
            Toml::Float(number) => *number,
            Toml::Integer(number) => *number as Self,
            _ => return wrong(value, "a number without quotes", path, report),
        };
        if number.is_finite() {
            Some(number)
        } else {
            outside(
                format!("{number} is not finite"),
                "a finite number",
                path,
                report,
            )
        }
    }
}

impl Value for i64 {
    fn shape() -> Json {
        json!({ "type": "integer" })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let read = value.as_integer();
        read.or_else(|| wrong(value, "a whole number", path, report))
    }
}

impl Value for u64 {
    fn shape() -> Json {
        json!({ "type": "integer", "minimum": 0 })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let wanted = "a whole number, 0 or above";
        let Some(number) = value.as_integer() else {
            return wrong(value, wanted, path, report);
        };
        let read = Self::try_from(number).ok();
        read.or_else(|| outside(format!("{number} is below zero"), wanted, path, report))
    }
}

impl Value for u32 {
    fn shape() -> Json {
        json!({ "type": "integer", "minimum": 0, "maximum": Self::MAX })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let number = u64::read(value, path, report)?;
        let read = Self::try_from(number).ok();
        read.or_else(|| {
            outside(
                format!("{number} is too large"),
                "a smaller number",
                path,
                report,
            )
        })
    }
}

/// A number that is not negative.
#[derive(Debug, Clone, Copy)]
pub(super) struct NotNegative(pub(super) f64);

impl Value for NotNegative {
    fn shape() -> Json {
        json!({ "type": "number", "minimum": 0 })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let number = f64::read(value, path, report)?;
        if number >= 0.0 {
            return Some(Self(number));
        }
        outside(format!("{number} is below zero"), "0 or more", path, report)
    }
}

/// A number above zero.
#[derive(Debug, Clone, Copy)]
pub(super) struct Positive(pub(super) f64);

impl Value for Positive {
    fn shape() -> Json {
        json!({ "type": "number", "exclusiveMinimum": 0 })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let number = f64::read(value, path, report)?;
        if number > 0.0 {
            return Some(Self(number));
        }
        outside(
            format!("{number} is not above zero"),
            "more than 0",
            path,
            report,
        )
    }
}

/// The longest time that is taken for one: thirty years.
const LONGEST: f64 = 1e9;

/// A time from a number of units, `None` beyond what is reasonable.
pub(super) fn duration(units: f64, seconds_per_unit: f64) -> Option<Duration> {
    let seconds = units * seconds_per_unit;
    ((0.0..=LONGEST).contains(&seconds)).then(|| Duration::from_secs_f64(seconds))
}

/// A length in whole minutes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Minutes(pub(super) Duration);

impl Value for Minutes {
    fn shape() -> Json {
        u32::shape()
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let minutes = u32::read(value, path, report)?;
        Some(Self(Duration::from_secs(u64::from(minutes) * 60)))
    }
}

/// The years that dates may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// A date within the years that are read.
pub(super) fn plausible(date: NaiveDate) -> bool {
    YEARS.contains(&date.year())
}

impl Value for NaiveDate {
    fn shape() -> Json {
        let pattern = "^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$";
        json!({ "type": "string", "pattern": pattern, "examples": ["2027-03-23"] })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let wanted = "a date such as \"2027-03-23\"";
        let text = match value {
            Toml::String(text) => text.clone(),
            Toml::Datetime(given) if given.time.is_none() => given.to_string(),
            _ => return wrong(value, wanted, path, report),
        };
        let Ok(date) = Self::parse_from_str(&text, "%Y-%m-%d") else {
            return outside(format!("`{text}` is no date"), wanted, path, report);
        };
        if plausible(date) {
            return Some(date);
        }
        let what = format!("{text} is not between 1900 and 2200");
        outside(what, wanted, path, report)
    }
}

impl<T: Value> Value for Vec<T> {
    fn shape() -> Json {
        json!({ "type": "array", "items": T::shape() })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let Some(items) = value.as_array() else {
            return wrong(value, "a list in square brackets", path, report);
        };
        let read: Self = (items.iter().enumerate())
            .filter_map(|(i, item)| T::read(item, &format!("{path}[{i}]"), report))
            .collect();
        (read.len() == items.len()).then_some(read)
    }
}

impl<T: Value, const N: usize> Value for [T; N] {
    fn shape() -> Json {
        json!({ "type": "array", "items": T::shape(), "minItems": N, "maxItems": N })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let items = Vec::<T>::read(value, path, report)?;
        let given = items.len();
        items.try_into().ok().or_else(|| {
            let what = format!("{given} values where {N} are expected");
            outside(what, &format!("exactly {N} values"), path, report)
        })
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn shape() -> Json {
        json!({ "type": "object", "additionalProperties": T::shape() })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let Some(table) = value.as_table() else {
            return wrong(value, "a table such as `{ en = 1.0 }`", path, report);
        };
        let read: Self = (table.iter())
            .filter_map(|(key, item)| {
                Some((
                    key.clone(),
                    T::read(item, &format!("{path}.{key}"), report)?,
                ))
            })
            .collect();
        (read.len() == table.len()).then_some(read)
    }
}
