//! An object of an instance file that knows its path. Other than in scenarios, keys that nobody
//! asks for are allowed; every key that is asked for must be there.

use std::cell::Cell;
use std::ops::RangeInclusive;

use super::super::json::{Json, Plain, text, wrong};
use super::super::report::{Report, key_path};
use crate::units::whole;
use crate::workforce::{Fault, FaultCode};

/// Faults of one list of numbers that are told one by one; the rest is counted.
const TOLD: usize = 5;

/// The largest number that is read at all, and the most an amount of money may be.
pub(super) const LARGEST: u32 = 1_000_000_000;

/// The most agents that may be wanted at once.
pub(super) const MOST_AGENTS: u32 = 1_000_000;

/// The most intervals a week may have: those of two weeks by the minute.
pub(super) const MOST_INTERVALS: u32 = 20_160;

/// Reads one object.
pub(super) struct Reader<'a> {
    entries: &'a [(String, Json)],
    path: String,
    report: &'a Report,
}

impl<'a> Reader<'a> {
    /// The object, or the fault that it is none.
    pub(super) fn new(json: &'a Json, path: String, report: &'a Report) -> Option<Self> {
        if let Json::Table(entries) = json {
            return Some(Self {
                entries,
                path,
                report,
            });
        }
        wrong(json, "an object in braces", &path, report)
    }

    pub(super) const fn report(&self) -> &'a Report {
        self.report
    }

    /// Path of a key.
    pub(super) fn path_of(&self, key: &str) -> String {
        key_path(&self.path, key)
    }

    /// A fault at a key.
    pub(super) fn fault(
        &self,
        key: &str,
        code: FaultCode,
        what: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.report.at(self.path_of(key), code, what, action);
    }

    /// The value of a key, which must be there.
    fn value(&self, key: &str) -> Option<&'a Json> {
        let found = self.entries.iter().find(|(name, _)| name == key);
        if found.is_none() {
            let what = format!("`{key}` is missing");
            self.fault(key, FaultCode::MissingKey, what, format!("add `{key}`"));
        }
        found.map(|(_, value)| value)
    }

    /// A text that is not empty.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        text(self.value(key)?, &self.path_of(key), self.report)
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            Json::Flag(flag) => Some(*flag),
            other => wrong(other, "`true` or `false`", &self.path_of(key), self.report),
        }
    }

    /// Any number.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        match self.value(key)? {
            Json::Number(number) => Some(*number),
            other => wrong(other, "a number", &self.path_of(key), self.report),
        }
    }

    /// A whole number within a range.
    pub(super) fn whole(&self, key: &str, range: RangeInclusive<u32>) -> Option<u32> {
        number(self.value(key)?, range, &self.path_of(key), self.report)
    }

    /// A whole number of intervals within a range.
    pub(super) fn intervals(&self, key: &str, range: RangeInclusive<u32>) -> Option<usize> {
        self.whole(key, range).map(as_position)
    }

    /// An amount of money.
    pub(super) fn money(&self, key: &str) -> Option<i64> {
        self.whole(key, 0..=LARGEST).map(i64::from)
    }

    /// Whether the key is there and says `null`.
    pub(super) fn is_null(&self, key: &str) -> bool {
        (self.entries.iter()).any(|(name, value)| name == key && *value == Json::Null)
    }

    /// Whole numbers, one for each interval, if it is known how many there are.
    pub(super) fn series(&self, key: &str, most: u32, length: Option<usize>) -> Option<Vec<u32>> {
        let items = self.list(key)?;
        let path = self.path_of(key);
        let misfit = length.filter(|&length| length != items.len());
        if let Some(length) = misfit {
            let what = format!("{} values where {length} are expected", items.len());
            let action = format!("give exactly {length} values, one for each interval");
            self.fault(key, FaultCode::WrongLength, what, action);
        }
        let own = Report::default();
        let read: Vec<u32> = (items.iter().enumerate())
            .filter_map(|(i, item)| number(item, 0..=most, &format!("{path}[{i}]"), &own))
            .collect();
        tell_some(own.into_faults(), self.report);
        (misfit.is_none() && read.len() == items.len()).then_some(read)
    }

    /// A list.
    pub(super) fn list(&self, key: &str) -> Option<&'a [Json]> {
        match self.value(key)? {
            Json::List(items) => Some(items),
            other => wrong(
                other,
                "a list in square brackets",
                &self.path_of(key),
                self.report,
            ),
        }
    }

    /// A list of texts, none of them twice.
    pub(super) fn names(&self, key: &str) -> Option<Vec<&'a str>> {
        let items = self.list(key)?;
        let path = |i: usize| format!("{}[{i}]", self.path_of(key));
        let read: Vec<Option<&str>> = (items.iter().enumerate())
            .map(|(i, item)| text(item, &path(i), self.report))
            .collect();
        distinct(&read, path, self.report);
        read.into_iter().collect()
    }

    /// A list of objects; the whole only if each could be read.
    pub(super) fn each<R>(
        &self,
        key: &str,
        mut read: impl FnMut(&Reader<'a>) -> Option<R>,
    ) -> Option<Vec<R>> {
        let items = self.list(key)?;
        let complete = Cell::new(true);
        let all: Vec<R> = (items.iter().enumerate())
            .filter_map(|(i, item)| {
                let path = format!("{}[{i}]", self.path_of(key));
                let one = Reader::new(item, path, self.report).and_then(|r| read(&r));
                complete.set(complete.get() && one.is_some());
                one
            })
            .collect();
        complete.get().then_some(all)
    }

    /// An object within this one.
    pub(super) fn within(&self, key: &str) -> Option<Self> {
        Reader::new(self.value(key)?, self.path_of(key), self.report)
    }

    /// Keys of this object, in the order of the file.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }
}

/// A whole number within a range.
fn number(json: &Json, range: RangeInclusive<u32>, path: &str, report: &Report) -> Option<u32> {
    let (least, most) = (range.start(), range.end());
    let wanted = format!("a whole number from {least} to {most}");
    let Json::Number(number) = json else {
        return wrong(json, &wanted, path, report);
    };
    let number = *number;
    let what = if number.fract() != 0.0 {
        format!("{} is not a whole number", Plain(number))
    } else if number < f64::from(*least) {
        format!("{} is below {least}", Plain(number))
    } else if number > f64::from(*most) {
        format!("{} is above {most}", Plain(number))
    } else {
        return Some(whole::round(number));
    };
    report.at(path, FaultCode::OutOfRange, what, format!("give {wanted}"));
    None
}

/// Hands the first faults of a list over, the last of them with the number of those left out.
fn tell_some(faults: Vec<Fault>, report: &Report) {
    let count = faults.len();
    for (i, mut fault) in faults.into_iter().take(TOLD).enumerate() {
        if i + 1 == TOLD && count > TOLD {
            fault.what = format!("{} (and {} more like it)", fault.what, count - TOLD);
        }
        report.push(fault);
    }
}

/// Reports every name that came before.
pub(super) fn distinct(names: &[Option<&str>], path: impl Fn(usize) -> String, report: &Report) {
    for (i, name) in names.iter().enumerate() {
        let Some(name) = name else { continue };
        if let Some(first) = names[..i].iter().position(|n| n.as_ref() == Some(name)) {
            let what = format!("`{name}` is at `{}` already", path(first));
            report.at(path(i), FaultCode::Duplicate, what, "give it another name");
        }
    }
}

/// A count as a position or a number of intervals.
pub(super) fn as_position(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
