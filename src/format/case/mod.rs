//! Cases of the simulator: one JSON file is one contact centre, often with results of others.
//!
//! | key | meaning |
//! |---|---|
//! | `schema_version` | 1 |
//! | `name`, `source`, `note` | what it is, and where it is from |
//! | `time_unit` | the unit of all times; a word, nothing is converted |
//! | `period_lengths`, `days_per_replication`, `warm_up` | the day |
//! | `start` | `empty`, or `carried_over` where types say who waits already |
//! | `close` | `drain` or `cut` |
//! | `busyness` | a distribution, or null |
//! | `lines` | the most contacts at once, or null |
//! | `types[]` | `id`, one of `arrival_rate`, `arrival_counts` and `arrival_times`, `patience`, `balk_probability`, `answer_within`, `max_wait`, `retry` {`probability`, `delay`, and `fresh` where each try is like that of somebody else}; also `deadline`, `chat`, `carried_over` (a list of waits), `transfers[]` {`probability`, `to`, `warm`} |
//! | `groups[]` | `id`, `agents`; also `concurrency`, `slowdown`, `reserve` {TYPE: agents} |
//! | `service[]` | `type`, `group` and a distribution |
//! | `routing` | `arrival` {TYPE: [GROUP, …]}, `arrival_rule` (`priority`, `random_agent`, `longest_idle`), `agent` {GROUP: [TYPE, …]}, `agent_rule` (`longest_wait`, `priority`, `earliest_due`); a rule is one for all, or an object by type or group |
//! | `target` of the centre or a type, `sizes`; of a group `cost`, `agents_min`, `agents_max` | for whoever sizes the groups: a share in time, or {`share`, `abandonment`}; `constant` or `by_period`; cost of an agent all day (1) and bounds |
//! | `expected`, `expected_exact` | values with their interval, and exact values, by measure |
//!
//! A distribution is `dist` and its parameters: `exponential` {`mean`}, `uniform` {`low`, `high`},
//! `gamma` {`mean`, `shape`}, `lognormal` {`mean`, `scv`}, `deterministic` {`value`}. A value for each
//! period is a list or one number for all. What is null counts as left out; unknown keys are refused.

mod answer;
mod distribution;
mod expected;
mod mix;
mod object;
mod parts;
mod routing;
mod staffing;

use std::path::Path;

use object::Object;
use staffing::Staffing;

pub use answer::{CaseFacts, case_result_json};
pub use mix::mix_json;

use super::json::Json;
use super::one_file;
use super::report::{Report, instead};
use crate::planning::MixProblem;
use crate::simulation::{Centre, Close, Expectation, Layout};
use crate::workforce::{FaultCode, Faults};

/// A centre, and what others found for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The centre.
    pub centre: Centre,
    /// The word for its unit of time.
    pub time_unit: String,
    /// What others found.
    pub expected: Vec<Expectation>,
    /// Its groups as something to be sized; without targets where the file has none.
    pub mix: MixProblem,
}

/// Reads a case file.
///
/// # Errors
/// Everything that is wrong with it, each fault with its place in the file.
pub fn read_case(path: &Path) -> Result<Case, Faults> {
    one_file::read(path, parse_case)
}

/// Reads a case from the bytes of its file.
///
/// # Errors
/// Everything that is wrong with it, each fault with its path. What only shows in the centre as a
/// whole follows once every part can be read.
pub fn parse_case(bytes: &[u8]) -> Result<Case, Faults> {
    let report = Report::default();
    let read = build(bytes, &report);
    Faults::check(report.into_faults())?;
    let (layout, time_unit, expected, staffing) = read.ok_or_else(one_file::unreadable)?;
    let centre = Centre::new(layout)?;
    Ok(Case {
        mix: staffing.problem(centre.layout()),
        centre,
        time_unit,
        expected,
    })
}

type Parts = (Layout, String, Vec<Expectation>, Staffing);

fn build(bytes: &[u8], report: &Report) -> Option<Parts> {
    let json = Json::parse(bytes, report)?;
    let root = Object::new(&json, String::new(), report)?;
    version(&root)?;
    for remark in ["source", "note", "notes", "comment", "description"] {
        root.skip(remark);
    }
    let name = root.text("name");
    let time_unit = root.text("time_unit");
    let periods = root.need_numbers("period_lengths");
    let start = root.choice("start", &[("empty", false), ("carried_over", true)]);
    let days = root.whole("days_per_replication");
    let warm_up = root.number("warm_up");
    let close = root.choice("close", &[("drain", Close::Drain), ("cut", Close::Cut)]);
    let lines = root.whole("lines");
    let busyness = (root.optional("busyness"))
        .map(|json| distribution::one(json, root.path_of("busyness"), report));
    let overall = staffing::promised(&root);
    let sizes = staffing::sizes(&root);
    let types = root.each("types", parts::contact_type);
    let groups = root.each("groups", parts::group);
    let type_ids = parts::ids(types.as_deref(), |t| &t.contact.id);
    let group_ids = parts::ids(groups.as_deref(), |g| &g.group.id);
    let service = root.each("service", |item| {
        parts::service(item, type_ids.as_deref(), group_ids.as_deref())
    });
    let routing = root.within("routing", |item| {
        routing::read(item, type_ids.as_deref(), group_ids.as_deref())
    });
    let expected = expected::read(&root);
    root.finish();
    let mut layout = Layout::new(name?, periods?);
    layout.days = days.unwrap_or(1);
    layout.warm_up = warm_up.unwrap_or(0.0);
    layout.close = close.unwrap_or_default();
    layout.lines = lines;
    if let Some(law) = busyness {
        layout.busyness = Some(law?);
    }
    layout.service = service?;
    let (types, groups) = (types?, groups?);
    let staffing = Staffing {
        prices: groups.iter().map(|g| g.price).collect(),
        promised: types.iter().map(|t| t.target).collect(),
        overall,
        sizes,
    };
    parts::assemble(&mut layout, types, groups, &routing?, report);
    let is_carried = layout.types.iter().any(|t| !t.carried_over.is_empty());
    if is_carried && start != Some(true) {
        let what = "some types have contacts carried over, but the day starts empty";
        let action = "write `\"start\": \"carried_over\"`, or take the lists out";
        report.at("start", FaultCode::ImpossibleLimits, what, action);
    }
    Some((layout, time_unit.unwrap_or_default(), expected, staffing))
}

fn version(root: &Object<'_>) -> Option<()> {
    let version = root.need("schema_version")?;
    if *version == Json::Number(1.0) {
        return Some(());
    }
    let what = format!("schema version {} is not known", version.describe());
    root.fault(
        "schema_version",
        FaultCode::SchemaVersion,
        what,
        "use version 1",
    );
    None
}

/// A fault about a name that is not known.
fn unknown(report: &Report, path: String, noun: &str, name: &str, known: &[String]) {
    let what = format!("there is no {noun} `{name}`");
    let action = instead(noun, name, known.iter().map(String::as_str));
    report.at(path, FaultCode::UnknownReference, what, action);
}
