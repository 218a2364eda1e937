//! What is asked of the tables of a file, noted while they are read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use toml::{Table, Value as Toml};

/// What one key may hold.
#[derive(Debug, Clone, Default)]
pub(in crate::format) struct Asked {
    /// Shapes of values, any of which will do.
    pub(super) shapes: Vec<Json>,
    /// It may hold a table.
    pub(super) is_table: bool,
    /// It may hold a list of tables.
    pub(super) is_list: bool,
}

impl Asked {
    fn add(&mut self, shape: Json) {
        if !self.shapes.contains(&shape) {
            self.shapes.push(shape);
        }
    }

    /// What two visits asked for.
    pub(super) fn merge(&mut self, other: &Self) {
        for shape in &other.shapes {
            self.add(shape.clone());
        }
        self.is_table |= other.is_table;
        self.is_list |= other.is_list;
    }
}

/// How many of some keys a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::format) enum Count {
    /// Exactly one of them.
    One,
    /// At least one of them.
    Any,
}

/// One table as it was read once: what it holds, and what was asked of it.
#[derive(Debug, Clone)]
pub(in crate::format) struct Visit {
    /// Path of the table, without positions in lists: `pools[].shifts[]`.
    pub(super) node: String,
    /// Keys that the table has.
    pub(super) given: BTreeSet<String>,
    /// Words at keys that take one of several.
    pub(super) words: BTreeMap<&'static str, String>,
    /// Keys that were asked for.
    pub(super) asked: BTreeMap<&'static str, Asked>,
    /// Keys that had to be there.
    pub(super) needed: BTreeSet<&'static str>,
    /// Keys of which some have to be there.
    pub(super) groups: BTreeSet<(Count, Vec<&'static str>)>,
    /// Keys that may not be there without another.
    pub(super) companions: BTreeSet<(&'static str, &'static str)>,
}

impl Visit {
    pub(in crate::format) fn new(path: &str, table: &Table) -> Self {
        Self {
            node: node(path),
            given: table.keys().cloned().collect(),
            words: BTreeMap::new(),
            asked: BTreeMap::new(),
            needed: BTreeSet::new(),
            groups: BTreeSet::new(),
            companions: BTreeSet::new(),
        }
    }

    /// A key was asked for, whatever it holds.
    pub(in crate::format) fn key(&mut self, key: &'static str) -> &mut Asked {
        self.asked.entry(key).or_default()
    }

    pub(in crate::format) fn shape(&mut self, key: &'static str, shape: Json) {
        self.key(key).add(shape);
    }

    pub(in crate::format) fn table(&mut self, key: &'static str) {
        self.key(key).is_table = true;
    }

    pub(in crate::format) fn list(&mut self, key: &'static str) {
        self.key(key).is_list = true;
    }

    pub(in crate::format) fn need(&mut self, key: &'static str) {
        self.needed.insert(key);
    }

    /// One of some words was read, where the value is one of them.
    pub(in crate::format) fn word(
        &mut self,
        key: &'static str,
        words: &[&str],
        value: Option<&Toml>,
    ) {
        self.shape(key, serde_json::json!({ "enum": words }));
        let word = value.and_then(Toml::as_str);
        if let Some(word) = word.filter(|word| words.contains(word)) {
            self.words.insert(key, word.to_owned());
        }
    }

    pub(in crate::format) fn group(&mut self, count: Count, keys: &[&'static str]) {
        self.groups.insert((count, keys.to_vec()));
    }

    pub(in crate::format) fn companion(&mut self, key: &'static str, other: &'static str) {
        self.companions.insert((key, other));
    }
}

/// A path without positions in lists: `pools[]` for `pools[3]`.
fn node(path: &str) -> String {
    let mut all = String::new();
    let mut is_position = false;
    for c in path.chars() {
        is_position &= c != ']';
        if !is_position {
            all.push(c);
        }
        is_position |= c == '[';
    }
    all
}
