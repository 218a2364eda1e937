//! Tables of every kind, read to learn what may be in them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use toml::{Table, Value as Toml};

use super::notes::{Asked, Count, Visit};

/// One table of a file: all that was ever asked of it.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) asked: BTreeMap<&'static str, Asked>,
    pub(super) groups: BTreeSet<(Count, Vec<&'static str>)>,
    pub(super) companions: BTreeSet<(&'static str, &'static str)>,
    pub(super) visits: Vec<Visit>,
}

impl Node {
    fn add(&mut self, visit: Visit) {
        for (key, asked) in &visit.asked {
            self.asked.entry(key).or_default().merge(asked);
        }
        self.groups.extend(visit.groups.iter().cloned());
        self.companions.extend(visit.companions.iter().copied());
        self.visits.push(visit);
    }
}

/// Tables by path, that of the file itself first: `""`, `pools[]`, `pools[].law`.
pub(super) type Nodes = BTreeMap<String, Node>;

/// Reads tables until no key and no table is new: each empty, with every key alone, and with every
/// key beside each word of a choice and each of the keys that exclude one another. A branch that
/// only opens for two further keys together would stay unseen.
pub(super) fn explore(read: impl Fn(&Table) -> Vec<Visit>) -> Nodes {
    let mut nodes = Nodes::from([(String::new(), Node::default())]);
    let mut tried: BTreeSet<(String, String)> = BTreeSet::new();
    loop {
        let mut is_new = false;
        let paths: Vec<String> = nodes.keys().cloned().collect();
        for path in paths {
            let tables = nodes.get(&path).map(variants).unwrap_or_default();
            for table in tables {
                if !tried.insert((path.clone(), table.to_string())) {
                    continue;
                }
                is_new = true;
                for visit in read(&at(&path, table)) {
                    nodes.entry(visit.node.clone()).or_default().add(visit);
                }
            }
        }
        if !is_new {
            return nodes;
        }
    }
}

/// The tables to try.
fn variants(node: &Node) -> Vec<Table> {
    let samples: BTreeMap<&str, Vec<Toml>> = (node.asked.iter())
        .map(|(key, asked)| (*key, samples(asked)))
        .collect();
    let is_switch = |key: &str| {
        let is_choice = node
            .visits
            .iter()
            .any(|visit| visit.words.contains_key(key));
        is_choice || node.groups.iter().any(|(_, keys)| keys.contains(&key))
    };
    let with = |table: &Table| -> Vec<Table> {
        let more = samples.iter().filter(|(key, _)| !table.contains_key(**key));
        let all = more.flat_map(|(key, values)| values.iter().map(move |value| (*key, value)));
        all.map(|(key, value)| {
            let mut table = table.clone();
            table.insert(key.to_owned(), value.clone());
            table
        })
        .collect()
    };
    let empty = Table::new();
    let single = with(&empty);
    let is_base = |table: &&Table| table.keys().all(|key| is_switch(key));
    let pairs: Vec<Table> = single.iter().filter(is_base).flat_map(with).collect();
    [vec![empty], single, pairs].concat()
}

/// Values that a key may hold, one of each kind and every word.
fn samples(asked: &Asked) -> Vec<Toml> {
    let mut all: Vec<Toml> = asked.shapes.iter().flat_map(values).collect();
    if asked.is_table {
        all.push(Toml::Table(Table::new()));
    }
    if asked.is_list {
        all.push(Toml::Array(vec![Toml::Table(Table::new())]));
    }
    if all.is_empty() {
        // Asked for but not yet read: whatever it is, being there may open a branch.
        all.push(Toml::Boolean(true));
    }
    all
}

/// Values of a shape.
fn values(shape: &Json) -> Vec<Toml> {
    let plain = |value: &Json| Toml::try_from(value).ok();
    let list = |key: &str| shape.get(key).and_then(Json::as_array);
    if let Some(one) = shape.get("const").and_then(plain) {
        return vec![one];
    }
    for key in ["enum", "examples"] {
        if let Some(all) = list(key) {
            return all.iter().filter_map(plain).collect();
        }
    }
    if let Some(any) = list("anyOf") {
        return any.iter().flat_map(values).collect();
    }
    match shape.get("type").and_then(Json::as_str) {
        Some("boolean") => vec![Toml::Boolean(true), Toml::Boolean(false)],
        Some("integer") => vec![Toml::Integer(1)],
        Some("number") => vec![Toml::Float(0.5)],
        Some("array") => {
            let items = shape.get("items").map(values).unwrap_or_default();
            let least = shape.get("minItems").and_then(Json::as_u64).unwrap_or(1);
            let count = usize::try_from(least).unwrap_or(1);
            let first = items.into_iter().take(1);
            vec![Toml::Array(first.cycle().take(count).collect())]
        }
        Some("object") => {
            let inner = shape
                .get("additionalProperties")
                .map(values)
                .unwrap_or_default();
            let word = shape
                .pointer("/propertyNames/enum/0")
                .and_then(Json::as_str);
            let key = word.unwrap_or("x").to_owned();
            let first = inner.into_iter().take(1);
            vec![Toml::Table(
                first.map(|value| (key.clone(), value)).collect(),
            )]
        }
        _ => vec![Toml::String("x".to_owned())],
    }
}

/// A file with one table at a path and nothing else but what leads there.
fn at(path: &str, table: Table) -> Table {
    let mut inner = table;
    for part in path.split('.').rev().filter(|part| !part.is_empty()) {
        let (key, value) = match part.strip_suffix("[]") {
            Some(key) => (key, Toml::Array(vec![Toml::Table(inner)])),
            None => (part, Toml::Table(inner)),
        };
        inner = Table::from_iter([(key.to_owned(), value)]);
    }
    inner
}
