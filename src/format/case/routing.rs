//! Who serves whom.

use super::super::json::{Json, text, wrong};
use super::object::{Object, choice};
use super::unknown;
use crate::simulation::{AgentRule, ArrivalRule};

const ARRIVAL_RULES: [(&str, ArrivalRule); 3] = [
    ("priority", ArrivalRule::Priority),
    ("random_agent", ArrivalRule::RandomAgent),
    ("longest_idle", ArrivalRule::LongestIdle),
];

const AGENT_RULES: [(&str, AgentRule); 3] = [
    ("longest_wait", AgentRule::LongestWait),
    ("priority", AgentRule::Priority),
    ("earliest_due", AgentRule::EarliestDue),
];

/// Routes by type and by group, names being places.
#[derive(Debug)]
pub(super) struct Routing {
    pub(super) route: Vec<Vec<usize>>,
    pub(super) arrival_rule: Vec<ArrivalRule>,
    pub(super) takes: Vec<Vec<usize>>,
    pub(super) agent_rule: Vec<AgentRule>,
}

pub(super) fn read(
    item: &Object<'_>,
    types: Option<&[String]>,
    groups: Option<&[String]>,
) -> Option<Routing> {
    let known = types.zip(groups);
    let (Some((types, groups)), Some(arrival), Some(agent)) =
        (known, item.need("arrival"), item.need("agent"))
    else {
        for key in ["arrival_rule", "agent_rule"] {
            item.skip(key);
        }
        return None;
    };
    let route = lists(item, "arrival", arrival, ("type", types), ("group", groups));
    let takes = lists(item, "agent", agent, ("group", groups), ("type", types));
    let arrival_rule = rules(item, "arrival_rule", ("type", types), &ARRIVAL_RULES);
    let agent_rule = rules(item, "agent_rule", ("group", groups), &AGENT_RULES);
    Some(Routing {
        route: route?,
        arrival_rule: arrival_rule?,
        takes: takes?,
        agent_rule: agent_rule?,
    })
}

type Names<'a> = (&'a str, &'a [String]);

/// An object of lists of names; an owner without an entry has an empty list.
fn lists(
    item: &Object<'_>,
    key: &str,
    json: &Json,
    (owner_noun, owners): Names<'_>,
    (noun, names): Names<'_>,
) -> Option<Vec<Vec<usize>>> {
    let report = item.report;
    let object = Object::new(json, item.path_of(key), report)?;
    let mut all = vec![Vec::new(); owners.len()];
    let mut complete = true;
    for (owner, list) in object.entries() {
        let path = object.path_of(owner);
        let Some(place) = owners.iter().position(|id| id == owner) else {
            unknown(report, path, owner_noun, owner, owners);
            complete = false;
            continue;
        };
        let Json::List(entries) = list else {
            wrong::<()>(list, "a list of names", &path, report);
            complete = false;
            continue;
        };
        for (i, entry) in entries.iter().enumerate() {
            let path = format!("{path}[{i}]");
            let name = text(entry, &path, report);
            let found = name.and_then(|name| names.iter().position(|id| id == name));
            if let (Some(name), None) = (name, found) {
                unknown(report, path, noun, name, names);
            }
            complete &= found.is_some();
            all[place].extend(found);
        }
    }
    complete.then_some(all)
}

/// One rule for all, or an object of rules; the first of the words where nothing is said.
fn rules<T: Copy>(
    item: &Object<'_>,
    key: &'static str,
    (noun, owners): Names<'_>,
    words: &[(&str, T)],
) -> Option<Vec<T>> {
    let mut all = vec![words[0].1; owners.len()];
    match item.optional(key) {
        None => {}
        Some(json @ Json::Table(_)) => {
            let object = Object::new(json, item.path_of(key), item.report)?;
            for (owner, word) in object.entries() {
                let path = object.path_of(owner);
                match owners.iter().position(|id| id == owner) {
                    Some(place) => all[place] = choice(word, words, &path, item.report)?,
                    None => unknown(item.report, path, noun, owner, owners),
                }
            }
        }
        Some(word) => all.fill(choice(word, words, &item.path_of(key), item.report)?),
    }
    Some(all)
}
