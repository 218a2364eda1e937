//! An object of a case file that knows its path, which keys were asked for, and what is wrong.

use std::cell::{Cell, RefCell};

use super::super::json::{Json, Plain, text, wrong};
use super::super::report::{Report, instead, key_path, nearest};
use crate::units::whole;
use crate::workforce::FaultCode;

/// Reads one object. Every key that is asked for is known; [`finish`](Self::finish) reports every
/// other one. What is null counts as left out.
pub(super) struct Object<'a> {
    entries: &'a [(String, Json)],
    path: String,
    known: RefCell<Vec<&'static str>>,
    pub(super) report: &'a Report,
}

impl<'a> Object<'a> {
    /// The object, or the fault that it is none.
    pub(super) fn new(json: &'a Json, path: String, report: &'a Report) -> Option<Self> {
        if let Json::Table(entries) = json {
            return Some(Self {
                entries,
                path,
                known: RefCell::default(),
                report,
            });
        }
        wrong(json, "an object in braces", &path, report)
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn path_of(&self, key: &str) -> String {
        key_path(&self.path, key)
    }

    pub(super) fn fault(
        &self,
        key: &str,
        code: FaultCode,
        what: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.report.at(self.path_of(key), code, what, action);
    }

    /// Keys and values, for objects whose keys are names.
    pub(super) fn entries(&self) -> &'a [(String, Json)] {
        self.entries
    }

    /// A key that says nothing to a simulator.
    pub(super) fn skip(&self, key: &'static str) {
        self.known.borrow_mut().push(key);
    }

    pub(super) fn optional(&self, key: &'static str) -> Option<&'a Json> {
        self.skip(key);
        let found = self.entries.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value).filter(|v| **v != Json::Null)
    }

    pub(super) fn need(&self, key: &'static str) -> Option<&'a Json> {
        let found = self.optional(key);
        if found.is_none() {
            let what = format!("`{key}` is missing");
            self.fault(key, FaultCode::MissingKey, what, format!("add `{key}`"));
        }
        found
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        text(self.need(key)?, &self.path_of(key), self.report).map(str::to_owned)
    }

    /// A number that may be left out.
    pub(super) fn number(&self, key: &'static str) -> Option<f64> {
        number(self.optional(key)?, &self.path_of(key), self.report)
    }

    /// A number that must be there.
    pub(super) fn need_number(&self, key: &'static str) -> Option<f64> {
        number(self.need(key)?, &self.path_of(key), self.report)
    }

    /// A whole number that may be left out.
    pub(super) fn whole(&self, key: &'static str) -> Option<u32> {
        count(self.optional(key)?, &self.path_of(key), self.report)
    }

    /// Numbers, or one, that may be left out.
    pub(super) fn numbers(&self, key: &'static str) -> Option<Vec<f64>> {
        list(self.optional(key)?, &self.path_of(key), self.report, number)
    }

    /// Numbers, or one, that must be there.
    pub(super) fn need_numbers(&self, key: &'static str) -> Option<Vec<f64>> {
        list(self.need(key)?, &self.path_of(key), self.report, number)
    }

    /// Whole numbers, or one, that may be left out.
    pub(super) fn counts(&self, key: &'static str) -> Option<Vec<u32>> {
        list(self.optional(key)?, &self.path_of(key), self.report, count)
    }

    /// Whole numbers, or one, that must be there.
    pub(super) fn need_counts(&self, key: &'static str) -> Option<Vec<u32>> {
        list(self.need(key)?, &self.path_of(key), self.report, count)
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        match self.optional(key)? {
            Json::Flag(flag) => Some(*flag),
            other => wrong(other, "`true` or `false`", &self.path_of(key), self.report),
        }
    }

    /// One of some words, which may be left out.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        choice(self.optional(key)?, words, &self.path_of(key), self.report)
    }

    /// An object that must be there.
    pub(super) fn within<R>(
        &self,
        key: &'static str,
        read: impl FnOnce(&Object<'a>) -> Option<R>,
    ) -> Option<R> {
        self.inside(self.need(key)?, key, read)
    }

    /// An object that may be left out.
    pub(super) fn perhaps<R>(
        &self,
        key: &'static str,
        read: impl FnOnce(&Object<'a>) -> Option<R>,
    ) -> Option<R> {
        self.inside(self.optional(key)?, key, read)
    }

    fn inside<R>(
        &self,
        json: &'a Json,
        key: &'static str,
        read: impl FnOnce(&Object<'a>) -> Option<R>,
    ) -> Option<R> {
        let object = Object::new(json, self.path_of(key), self.report)?;
        let result = read(&object);
        object.finish();
        result
    }

    /// A list of objects that must be there; the whole only if each could be read.
    pub(super) fn each<R>(
        &self,
        key: &'static str,
        read: impl FnMut(&Object<'a>) -> Option<R>,
    ) -> Option<Vec<R>> {
        self.items(self.need(key)?, key, read)
    }

    /// A list of objects that may be left out.
    pub(super) fn perhaps_each<R>(
        &self,
        key: &'static str,
        read: impl FnMut(&Object<'a>) -> Option<R>,
    ) -> Option<Vec<R>> {
        self.items(self.optional(key)?, key, read)
    }

    fn items<R>(
        &self,
        json: &'a Json,
        key: &'static str,
        mut read: impl FnMut(&Object<'a>) -> Option<R>,
    ) -> Option<Vec<R>> {
        let path = self.path_of(key);
        let Json::List(items) = json else {
            return wrong(json, "a list of objects", &path, self.report);
        };
        let complete = Cell::new(true);
        let mut all = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let object = Object::new(item, format!("{path}[{i}]"), self.report);
            let one = object.and_then(|object| {
                let one = read(&object);
                object.finish();
                one
            });
            complete.set(complete.get() && one.is_some());
            all.extend(one);
        }
        complete.get().then_some(all)
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(&self) {
        let known = self.known.borrow();
        for (key, _) in self.entries {
            if known.contains(&key.as_str()) {
                continue;
            }
            let action = nearest(key, known.iter().copied()).map_or_else(
                || "remove it".to_owned(),
                |near| format!("remove it, or write the nearest known key, `{near}`"),
            );
            let what = format!("unknown key `{key}`");
            self.fault(key, FaultCode::UnknownKey, what, action);
        }
    }
}

pub(super) fn number(json: &Json, path: &str, report: &Report) -> Option<f64> {
    match json {
        Json::Number(number) => Some(*number),
        other => wrong(other, "a number", path, report),
    }
}

pub(super) fn count(json: &Json, path: &str, report: &Report) -> Option<u32> {
    let value = number(json, path, report)?;
    if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) {
        return Some(whole::round(value));
    }
    let what = format!("{} is not a count", Plain(value));
    let action = "give a whole number, 0 or above";
    report.at(path, FaultCode::OutOfRange, what, action);
    None
}

/// A list, or one value that stands for a list of one.
fn list<T>(
    json: &Json,
    path: &str,
    report: &Report,
    read: impl Fn(&Json, &str, &Report) -> Option<T>,
) -> Option<Vec<T>> {
    let Json::List(items) = json else {
        return read(json, path, report).map(|one| vec![one]);
    };
    let all: Vec<T> = (items.iter().enumerate())
        .filter_map(|(i, item)| read(item, &format!("{path}[{i}]"), report))
        .collect();
    (all.len() == items.len()).then_some(all)
}

/// One of some words.
pub(super) fn choice<T: Copy>(
    json: &Json,
    words: &[(&str, T)],
    path: &str,
    report: &Report,
) -> Option<T> {
    let given = text(json, path, report)?;
    let found = words.iter().find(|(word, _)| *word == given);
    if found.is_none() {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let what = format!("unknown word `{given}`, known are `{}`", names.join("`, `"));
        let action = instead("word", given, names.iter().copied());
        report.at(path, FaultCode::UnknownReference, what, action);
    }
    found.map(|(_, meaning)| *meaning)
}
