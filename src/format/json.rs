//! A JSON text as it was written: keys in order, double ones still there.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::report::{Report, key_path};
use crate::workforce::{Fault, FaultCode, Place};

/// A JSON value. Numbers that matter here are far below 2^53, so all are exact.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    List(Vec<Self>),
    Table(Vec<(String, Self)>),
}

impl Json {
    /// Reads a text; what cannot be read at all, and every key that comes twice, is reported.
    pub(super) fn parse(bytes: &[u8], report: &Report) -> Option<Self> {
        let broken = |row: Option<u64>, what: String, action: &str| {
            report.push(Fault {
                place: Place {
                    row,
                    ..Place::default()
                },
                code: FaultCode::Syntax,
                what,
                action: action.to_owned(),
            });
            None
        };
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(e) => {
                return broken(
                    None,
                    format!("the file is not UTF-8: {e}"),
                    "save it as UTF-8",
                );
            }
        };
        match serde_json::from_str::<Self>(text) {
            Ok(json) => {
                json.tell_doubles("", report);
                Some(json)
            }
            Err(e) => {
                let what = format!("broken JSON: {e}");
                broken(Some(e.line() as u64), what, "correct the line")
            }
        }
    }

    /// What it is, in words.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Null => "`null`".to_owned(),
            Self::Flag(flag) => format!("`{flag}`"),
            Self::Number(number) => format!("the number {}", Plain(*number)),
            Self::Text(text) => format!("the text \"{text}\""),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "an object".to_owned(),
        }
    }

    fn tell_doubles(&self, path: &str, report: &Report) {
        match self {
            Self::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    if matches!(item, Self::List(_) | Self::Table(_)) {
                        item.tell_doubles(&format!("{path}[{i}]"), report);
                    }
                }
            }
            Self::Table(entries) => {
                let mut keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
                keys.sort_unstable();
                let mut doubles: Vec<&str> =
                    (keys.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0])).collect();
                doubles.dedup();
                for key in doubles {
                    let what = format!("the key `{key}` is given twice");
                    let at = key_path(path, key);
                    report.at(at, FaultCode::Duplicate, what, "keep one of them");
                }
                for (key, value) in entries {
                    value.tell_doubles(&key_path(path, key), report);
                }
            }
            _ => {}
        }
    }
}

/// A number that prints without a hundred zeros.
pub(super) struct Plain(pub(super) f64);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size == 0.0 || (1e-9..1e16).contains(&size) {
            write!(f, "{}", self.0)
        } else {
            write!(f, "{:e}", self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsWritten)
    }
}

struct AsWritten;

impl<'de> Visitor<'de> for AsWritten {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut table = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            table.push(entry);
        }
        Ok(Json::Table(table))
    }
}

/// Reports a value of another type.
pub(super) fn wrong<T>(json: &Json, wanted: &str, path: &str, report: &Report) -> Option<T> {
    let what = format!("{} where another type is expected", json.describe());
    report.push(Fault {
        place: Place {
            path: Some(path.to_owned()).filter(|path| !path.is_empty()),
            ..Place::default()
        },
        code: FaultCode::WrongType,
        what,
        action: format!("give {wanted}"),
    });
    None
}

/// A text that is not empty.
pub(super) fn text<'a>(json: &'a Json, path: &str, report: &Report) -> Option<&'a str> {
    let wanted = "a text in quotes";
    match json {
        Json::Text(text) if text.is_empty() => {
            let what = "the text is empty";
            report.at(path, FaultCode::OutOfRange, what, format!("give {wanted}"));
            None
        }
        Json::Text(text) => Some(text),
        other => wrong(other, wanted, path, report),
    }
}
