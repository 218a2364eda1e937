//! A table of a TOML file that knows its path, which keys were asked for, and what is wrong.

use serde_json::Value as Json;
use toml::{Table, Value as Toml};

use super::report::{Report, key_path, nearest};
use super::schema::{Count, Visit};
use super::value::{Value, wrong};
use super::words;
use crate::workforce::FaultCode;

/// Reads one table. Every key that is asked for is known; when the table is done, every other
/// key is reported. What is asked for is noted where the schema of the file is wanted.
pub(super) struct Reader<'a> {
    table: &'a Table,
    path: String,
    known: Vec<&'static str>,
    report: &'a Report,
    visit: Option<Visit>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(table: &'a Table, path: impl Into<String>, report: &'a Report) -> Self {
        let path = path.into();
        let visit = report.is_noting().then(|| Visit::new(&path, table));
        Self {
            table,
            path,
            known: Vec::new(),
            report,
            visit,
        }
    }

    pub(super) const fn report(&self) -> &'a Report {
        self.report
    }

    /// Path of this table.
    pub(super) fn path(&self) -> &str {
        &self.path
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

    /// Whether the key is there; it counts as known.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Which of some keys are there, of which a file gives exactly one.
    pub(super) fn one_of<const N: usize>(&mut self, keys: [&'static str; N]) -> [bool; N] {
        self.note(|visit| visit.group(Count::One, &keys));
        keys.map(|key| self.has(key))
    }

    /// Which of some keys are there, of which a file gives at least one.
    pub(super) fn any_of<const N: usize>(&mut self, keys: [&'static str; N]) -> [bool; N] {
        self.note(|visit| visit.group(Count::Any, &keys));
        keys.map(|key| self.has(key))
    }

    /// Whether a key stands without another that it needs.
    pub(super) fn lacks(&mut self, key: &'static str, other: &'static str) -> bool {
        self.note(|visit| visit.companion(key, other));
        self.has(key) && !self.has(other)
    }

    fn note(&mut self, what: impl FnOnce(&mut Visit)) {
        if let Some(visit) = &mut self.visit {
            what(visit);
        }
    }

    /// A key as it stands in the file; it counts as known.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'a Toml> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.note(|visit| {
            visit.key(key);
        });
        self.table.get(key)
    }

    /// A key as it stands in the file, and the shape it should have.
    pub(super) fn raw(
        &mut self,
        key: &'static str,
        shape: impl FnOnce() -> Json,
    ) -> Option<&'a Toml> {
        self.note(|visit| visit.shape(key, shape()));
        self.value(key)
    }

    /// A key that may be left out.
    pub(super) fn get<T: Value>(&mut self, key: &'static str) -> Option<T> {
        self.get_as(key, T::shape)
    }

    /// A key that may be left out, and a narrower shape than that of all values of its type.
    pub(super) fn get_as<T: Value>(
        &mut self,
        key: &'static str,
        shape: impl FnOnce() -> Json,
    ) -> Option<T> {
        let value = self.raw(key, shape)?;
        T::read(value, &self.path_of(key), self.report)
    }

    /// A key that must be there.
    pub(super) fn need<T: Value>(&mut self, key: &'static str) -> Option<T> {
        self.need_as(key, T::shape)
    }

    /// A key that must be there, and a narrower shape than that of all values of its type.
    pub(super) fn need_as<T: Value>(
        &mut self,
        key: &'static str,
        shape: impl FnOnce() -> Json,
    ) -> Option<T> {
        self.note(|visit| visit.need(key));
        let read = self.get_as(key, shape);
        self.insist(key, read)
    }

    /// One of some words, which may be left out.
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let value = self.value(key);
        self.note(|visit| {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            visit.word(key, &names, value);
        });
        words::choice(value?, words, &self.path_of(key), self.report)
    }

    /// One of some words.
    pub(super) fn need_choice<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
        self.note(|visit| visit.need(key));
        let read = self.choice(key, words);
        self.insist(key, read)
    }

    /// A table that may be left out.
    pub(super) fn within<R>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Self) -> R,
    ) -> Option<R> {
        let path = self.path_of(key);
        self.note(|visit| visit.table(key));
        match self.value(key)? {
            Toml::Table(table) => Some(self.done(table, path, read)),
            other => wrong(
                other,
                "a table such as `{ key = value }`",
                &path,
                self.report,
            ),
        }
    }

    /// A table that must be there.
    pub(super) fn need_within<R>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Self) -> R,
    ) -> Option<R> {
        self.note(|visit| visit.need(key));
        let read = self.within(key, read);
        self.insist(key, read)
    }

    /// A list of tables, empty when it is left out; what cannot be read is passed over.
    pub(super) fn each<R>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Self) -> Option<R>,
    ) -> Vec<R> {
        let path = self.path_of(key);
        self.note(|visit| visit.list(key));
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(items) = value.as_array() else {
            self.report.mark_incomplete();
            let wanted = format!("a list of tables, each under `[[{path}]]`");
            wrong::<()>(value, &wanted, &path, self.report);
            return Vec::new();
        };
        let mut all = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{path}[{index}]");
            let one = match item {
                Toml::Table(table) => self.done(table, path, &mut read),
                other => wrong(
                    other,
                    "a table such as `{ key = value }`",
                    &path,
                    self.report,
                ),
            };
            if one.is_none() {
                self.report.mark_incomplete();
            }
            all.extend(one);
        }
        all
    }

    fn done<R>(&self, table: &'a Table, path: String, read: impl FnOnce(&mut Self) -> R) -> R {
        let mut reader = Self::new(table, path, self.report);
        let result = read(&mut reader);
        reader.finish();
        result
    }

    /// Reports a missing key; the scenario has a hole when there is no value.
    pub(super) fn insist<T>(&self, key: &str, read: Option<T>) -> Option<T> {
        if read.is_none() {
            self.report.mark_incomplete();
            if !self.table.contains_key(key) {
                let what = format!("`{key}` is missing");
                self.fault(key, FaultCode::MissingKey, what, format!("add `{key}`"));
            }
        }
        read
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(mut self) {
        if let Some(visit) = self.visit.take() {
            self.report.note(visit);
        }
        for key in self.table.keys() {
            if self.known.contains(&key.as_str()) {
                continue;
            }
            let action = nearest(key, self.known.iter().copied()).map_or_else(
                || "remove it".to_owned(),
                |near| format!("remove it, or write the nearest known key, `{near}`"),
            );
            let what = format!("unknown key `{key}`");
            self.fault(key, FaultCode::UnknownKey, what, action);
        }
    }
}
