//! Values with a meaning of their own: zones, channels, weekdays, times of day, shares, money.

use serde_json::{Value as Json, json};
use toml::Value as Toml;

use super::report::{Report, instead};
use super::value::{Value, outside, wrong};
use crate::calendar::{CalendarError, NaiveDate, NaiveTime, WEEK, Weekday, Zone};
use crate::units::{Money, Probability, Shrinkage};
use crate::workforce::{Channel, FaultCode};

fn text<'v>(value: &'v Toml, wanted: &str, path: &str, report: &Report) -> Option<&'v str> {
    let read = value.as_str();
    read.or_else(|| wrong(value, wanted, path, report))
}

impl Value for Zone {
    fn shape() -> Json {
        json!({ "type": "string", "minLength": 1, "examples": ["Europe/Brussels"] })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let wanted = "the name of a time zone such as \"Europe/Brussels\"";
        let name = text(value, wanted, path, report)?;
        match name.parse() {
            Ok(zone) => Some(zone),
            Err(e) => {
                let action = match &e {
                    CalendarError::UnknownZone {
                        nearest: Some(near),
                        ..
                    } => {
                        format!("use a name of the IANA database; the nearest is `{near}`")
                    }
                    _ => "use a name of the IANA database such as `Europe/Brussels`".to_owned(),
                };
                report.at(path, FaultCode::UnknownZone, e.to_string(), action);
                None
            }
        }
    }
}

/// One of some words, with what it stands for.
pub(super) fn choice<T: Copy>(
    value: &Toml,
    words: &[(&str, T)],
    path: &str,
    report: &Report,
) -> Option<T> {
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let list = names.join("\", \"");
    let given = text(value, &format!("one of \"{list}\""), path, report)?;
    let found = words.iter().find(|(word, _)| *word == given);
    if found.is_none() {
        report.at(
            path,
            FaultCode::UnknownReference,
            format!("unknown word `{given}`, known are \"{list}\""),
            instead("word", given, names),
        );
    }
    found.map(|(_, meaning)| *meaning)
}

impl Value for Channel {
    fn shape() -> Json {
        let others = Self::OTHER_WORDS.map(|(word, _)| word);
        let words = [&Self::ALL.map(Self::word)[..], &others].concat();
        json!({ "enum": words })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        if let Some(channel) = value.as_str().and_then(|word| word.parse().ok()) {
            return Some(channel);
        }
        choice(value, &Self::ALL.map(|c| (c.word(), c)), path, report)
    }
}

/// Weekdays as files call them.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Value for Weekday {
    fn shape() -> Json {
        json!({ "enum": DAYS })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let words: Vec<(&str, Self)> = DAYS.into_iter().zip(WEEK).collect();
        choice(value, &words, path, report)
    }
}

/// Minutes since midnight; 1440 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Clock(pub(super) u32);

impl Value for Clock {
    fn shape() -> Json {
        let pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
        json!({ "type": "string", "pattern": pattern, "examples": ["08:00"] })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let wanted = "a time of day such as \"08:00\", in quotes";
        let given = text(value, wanted, path, report)?;
        let read = (|| {
            let (hour, minute) = given.split_once(':')?;
            let digits = |t: &str| t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit());
            if !digits(hour) || !digits(minute) {
                return None;
            }
            let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
            let total = hour * 60 + minute;
            (minute < 60 && total <= 1440).then_some(Self(total))
        })();
        read.or_else(|| outside(format!("`{given}` is no time of day"), wanted, path, report))
    }
}

impl Value for NaiveTime {
    fn shape() -> Json {
        let pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
        json!({ "type": "string", "pattern": pattern, "examples": ["08:00"] })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let Clock(minutes) = Clock::read(value, path, report)?;
        let read = Self::from_hms_opt(minutes / 60, minutes % 60, 0);
        read.or_else(|| {
            let what = "24:00 is the end of a day and not within it".to_owned();
            outside(what, "a time from \"00:00\" to \"23:59\"", path, report)
        })
    }
}

/// The first day of a month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month(pub(super) NaiveDate);

impl Value for Month {
    fn shape() -> Json {
        let pattern = "^[0-9]{4}-[0-9]{1,2}$";
        json!({ "type": "string", "pattern": pattern, "examples": ["2027-01"] })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let wanted = "a month such as \"2027-01\"";
        let given = text(value, wanted, path, report)?;
        let first = Toml::String(format!("{given}-01"));
        NaiveDate::read(&first, path, report).map(Self)
    }
}

impl Value for Probability {
    fn shape() -> Json {
        json!({ "type": "number", "minimum": 0, "maximum": 1 })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let number = f64::read(value, path, report)?;
        Self::new(number).ok().or_else(|| {
            let wanted = "a fraction between 0 and 1, 0.8 for 80 %";
            outside(format!("{number} is no share"), wanted, path, report)
        })
    }
}

impl Value for Shrinkage {
    fn shape() -> Json {
        json!({ "type": "number", "minimum": 0, "exclusiveMaximum": 1 })
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let number = f64::read(value, path, report)?;
        Self::new(number).ok().or_else(|| {
            let wanted = "a fraction from 0 to below 1, 0.2 for 20 %";
            outside(format!("{number} is no shrinkage"), wanted, path, report)
        })
    }
}

impl Value for Money {
    fn shape() -> Json {
        f64::shape()
    }

    fn read(value: &Toml, path: &str, report: &Report) -> Option<Self> {
        let number = f64::read(value, path, report)?;
        Self::new(number).ok()
    }
}
