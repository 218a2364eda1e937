//! Tables as a JSON Schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::about::about;
use super::explore::{Node, Nodes};
use super::notes::{Asked, Count, Visit};

/// The schema of a file. Where `extends` is there, what another file may say is not asked for: keys
/// of tables that are merged. Lists replace, so what is in them is whole in any case.
pub(super) fn write(nodes: &Nodes) -> Json {
    let mut schema = properties(nodes, "");
    let whole = whole(nodes, "");
    schema.insert("if".to_owned(), json!({ "required": ["extends"] }));
    schema.insert("else".to_owned(), Json::Object(whole));
    Json::Object(schema)
}

/// A table that is complete.
fn table(nodes: &Nodes, path: &str) -> Map<String, Json> {
    let mut schema = properties(nodes, path);
    if let Some(node) = nodes.get(path) {
        schema.extend(rules(node));
    }
    schema
}

/// The keys of a table and nothing else.
fn properties(nodes: &Nodes, path: &str) -> Map<String, Json> {
    let mut all = Map::new();
    for (key, asked) in nodes
        .get(path)
        .map(|node| &node.asked)
        .into_iter()
        .flatten()
    {
        let place = super::key_path(path, key);
        let mut schema = value(nodes, path, &place, asked);
        if let Some(about) = about(&place) {
            schema.insert("description".to_owned(), json!(about.what));
            if let Some(usual) = about.usual {
                let usual = serde_json::from_str(usual).unwrap_or_else(|_| json!(usual));
                schema.insert("default".to_owned(), usual);
            }
        }
        all.insert((*key).to_owned(), Json::Object(schema));
    }
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Json::Object(all));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

fn value(nodes: &Nodes, above: &str, place: &str, asked: &Asked) -> Map<String, Json> {
    let mut any = asked.shapes.clone();
    if asked.is_table {
        // What lies on no list may be merged from several files.
        let is_merged = !above.contains("[]");
        let inner = if is_merged { properties } else { table };
        any.push(Json::Object(inner(nodes, place)));
    }
    if asked.is_list {
        let items = table(nodes, &format!("{place}[]"));
        any.push(json!({ "type": "array", "items": items }));
    }
    match (any.pop(), any.is_empty()) {
        (Some(Json::Object(only)), true) => only,
        (last, _) => {
            any.extend(last);
            Map::from_iter([("anyOf".to_owned(), Json::Array(any))])
        }
    }
}

/// What must be there of a table and of the tables in it, where no other file says it.
fn whole(nodes: &Nodes, path: &str) -> Map<String, Json> {
    let Some(node) = nodes.get(path) else {
        return Map::new();
    };
    let mut schema = rules(node);
    let tables = node.asked.iter().filter(|(_, asked)| asked.is_table);
    let inner: Map<String, Json> = tables
        .map(|(key, _)| ((*key).to_owned(), whole(nodes, &super::key_path(path, key))))
        .filter(|(_, rules)| !rules.is_empty())
        .map(|(key, rules)| (key, Json::Object(rules)))
        .collect();
    if !inner.is_empty() {
        schema.insert("properties".to_owned(), Json::Object(inner));
    }
    schema
}

type Keys = BTreeSet<&'static str>;

/// Which keys a table must have, and which exclude one another.
fn rules(node: &Node) -> Map<String, Json> {
    let needed = common(node.visits.iter()).unwrap_or_default();
    let mut schema = Map::new();
    if !needed.is_empty() {
        schema.insert("required".to_owned(), json!(needed));
    }
    let dependent: Map<String, Json> = (node.asked.keys())
        .map(|key| ((*key).to_owned(), follows(node, key, &needed)))
        .filter(|(_, keys)| !keys.is_empty())
        .map(|(key, keys)| (key, json!(keys)))
        .collect();
    if !dependent.is_empty() {
        schema.insert("dependentRequired".to_owned(), Json::Object(dependent));
    }
    let groups = node.groups.iter().map(|(count, keys)| {
        let word = match count {
            Count::One => "oneOf",
            Count::Any => "anyOf",
        };
        let each: Vec<Json> = keys
            .iter()
            .map(|key| json!({ "required": [key] }))
            .collect();
        json!({ (word): each })
    });
    let all: Vec<Json> = groups.chain(by_word(node, &needed)).collect();
    if !all.is_empty() {
        schema.insert("allOf".to_owned(), Json::Array(all));
    }
    schema
}

/// Keys that were needed in each of some visits; `None` without any.
fn common<'v>(visits: impl Iterator<Item = &'v Visit>) -> Option<Keys> {
    let needed = visits.map(|visit| visit.needed.clone());
    needed.reduce(|all, more| all.intersection(&more).copied().collect())
}

/// Keys that must be there where another is.
fn follows(node: &Node, key: &'static str, needed: &Keys) -> Keys {
    let is_sound = |visit: &&Visit| {
        let is_kept = |(count, keys): &(Count, Vec<&'static str>)| {
            let given = keys
                .iter()
                .filter(|key| visit.given.contains(**key))
                .count();
            given == 1 || (*count == Count::Any && given > 1)
        };
        visit.given.contains(key) && node.groups.iter().all(is_kept)
    };
    let mut all = common(node.visits.iter().filter(is_sound)).unwrap_or_default();
    let companions = node.companions.iter().filter(|(own, _)| *own == key);
    all.extend(companions.map(|(_, other)| *other));
    all.retain(|other| *other != key && !needed.contains(other));
    all
}

/// Keys that are needed or unknown with one of the words of a choice.
fn by_word(node: &Node, needed: &Keys) -> Vec<Json> {
    let said = node.visits.iter().flat_map(|visit| &visit.words);
    let words: BTreeSet<(&'static str, &str)> = said.map(|(k, w)| (*k, w.as_str())).collect();
    let mut all = Vec::new();
    for (key, word) in words {
        let is_said = |visit: &&Visit| visit.words.get(key).is_some_and(|w| w == word);
        let visits = || node.visits.iter().filter(is_said);
        let known: Keys = visits()
            .flat_map(|visit| visit.asked.keys().copied())
            .collect();
        let unknown = node.asked.keys().filter(|key| !known.contains(*key));
        let refused: Map<String, Json> = unknown.map(|k| ((*k).to_owned(), json!(false))).collect();
        let mut more = common(visits()).unwrap_or_default();
        more.retain(|key| !needed.contains(key));
        if refused.is_empty() && more.is_empty() {
            continue;
        }
        all.push(json!({
            "if": { "required": [key], "properties": { (key): { "const": word } } },
            "then": { "required": more, "properties": refused },
        }));
    }
    all
}
