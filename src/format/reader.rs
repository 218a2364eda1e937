//! A table of a TOML file that knows its path, which keys were asked for, and what is wrong.

use toml::{Table, Value as Toml};

use super::report::{Report, key_path, nearest};
use super::value::{Value, wrong};
use super::words;
use crate::workforce::FaultCode;

/// Reads one table. Every key that is asked for is known; when the table is done, every other
/// key is reported.
pub(super) struct Reader<'a> {
    table: &'a Table,
    path: String,
    known: Vec<&'static str>,
    report: &'a Report,
}

impl<'a> Reader<'a> {
    pub(super) fn new(table: &'a Table, path: impl Into<String>, report: &'a Report) -> Self {
        Self {
            table,
            path: path.into(),
            known: Vec::new(),
            report,
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

    fn value(&mut self, key: &'static str) -> Option<&'a Toml> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.table.get(key)
    }

    /// A key as it stands in the file; it counts as known.
    pub(super) fn raw(&mut self, key: &'static str) -> Option<&'a Toml> {
        self.value(key)
    }

    /// A key that may be left out.
    pub(super) fn get<T: Value>(&mut self, key: &'static str) -> Option<T> {
        let value = self.value(key)?;
        T::read(value, &self.path_of(key), self.report)
    }

    /// A key that must be there.
    pub(super) fn need<T: Value>(&mut self, key: &'static str) -> Option<T> {
        let read = self.get(key);
        self.insist(key, read)
    }

    /// One of some words, which may be left out.
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let value = self.value(key)?;
        words::choice(value, words, &self.path_of(key), self.report)
    }

    /// One of some words.
    pub(super) fn need_choice<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
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
    fn insist<T>(&self, key: &str, read: Option<T>) -> Option<T> {
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
    pub(super) fn finish(self) {
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
