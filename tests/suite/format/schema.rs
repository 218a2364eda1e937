//! The schemas: the committed copies, what they accept and refuse, and what they say of keys.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value as Json, json};
use toml::{Table, Value as Toml};
use wfm::format::{parse_scenario, scenario_schema};
use wfm::workforce::FaultCode;

use super::{Case, folder, text};

/// A schema, ready to judge. The validator shares nothing with the crate.
pub(crate) struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    pub(crate) fn of(schema: Json) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("schema.json", schema).unwrap();
        let index = compiler.compile("schema.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    /// What is wrong with a value, if anything.
    pub(crate) fn complaint(&self, value: &Json) -> Option<String> {
        let judged = self.schemas.validate(value, self.index);
        judged.err().map(|error| error.to_string())
    }
}

thread_local! {
    static SCENARIOS: Judge = Judge::of(scenario_schema());
}

/// A TOML value as its JSON value; dates are texts.
fn as_json(value: &Toml) -> Json {
    match value {
        Toml::Datetime(at) => json!(at.to_string()),
        Toml::Array(items) => items.iter().map(as_json).collect(),
        Toml::Table(table) => {
            let pairs = table
                .iter()
                .map(|(key, value)| (key.clone(), as_json(value)));
            Json::Object(pairs.collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

/// What the schema has against the text of a scenario, if anything.
pub(super) fn complaint(text: &str) -> Option<String> {
    let table: Table = text.trim_start_matches('\u{feff}').parse().unwrap();
    let value = as_json(&Toml::Table(table));
    SCENARIOS.with(|judge| judge.complaint(&value))
}

fn committed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("schemas")
        .join(name);
    fs::read_to_string(path).unwrap()
}

#[test]
fn committed_copies_are_what_the_types_say() {
    let again = "write them again: cargo run --release --example schemas";
    let scenario = format!("{:#}\n", scenario_schema());
    assert!(committed("scenario.schema.json") == scenario, "{again}");
    #[cfg(feature = "schema")]
    {
        let plan = format!("{:#}\n", wfm::format::plan_schema());
        assert!(committed("plan.schema.json") == plan, "{again}");
    }
}

#[test]
fn every_shipped_scenario_is_accepted() {
    let mut seen = 0;
    for entry in fs::read_dir(folder("")).unwrap() {
        let path = entry.unwrap().path().join("scenario.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(complaint(&text), None, "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 8, "{seen} scenarios");
}

/// A change of the Belgian scenario that neither reader nor schema takes.
#[test]
fn what_the_schema_refuses_the_reader_refuses() {
    let fault = FaultCode::WrongType;
    for (from, to, code) in [
        // Another type.
        ("days = 1", "days = \"one\"", fault),
        ("name = \"belgium\"", "name = 7", fault),
        ("opening = [", "opening = 3\nx = [", fault),
        ("price = { per_hour = 22.0 }", "price = 22.0", fault),
        ("languages = [\"fr\"]", "languages = \"fr\"", fault),
        // Out of range, or none of the words.
        ("share = 0.80", "share = 80", FaultCode::OutOfRange),
        ("out = 0.20", "out = 1.0", FaultCode::OutOfRange),
        ("days = 1", "days = -1", FaultCode::OutOfRange),
        ("from = \"08:00\"", "from = \"8:00\"", FaultCode::OutOfRange),
        (
            "kind = \"bpo\"",
            "kind = \"vendor\"",
            FaultCode::UnknownReference,
        ),
        (
            "channel = \"phone\"",
            "channel = \"fax\"",
            FaultCode::UnknownReference,
        ),
        // Unknown keys at every depth.
        ("seed = 1", "seeds = 1", FaultCode::UnknownKey),
        (
            "site = \"Lisbon\"",
            "town = \"Lisbon\"",
            FaultCode::UnknownKey,
        ),
        (
            "answer_within_seconds = 20",
            "answer_in_seconds = 20",
            FaultCode::UnknownKey,
        ),
        (
            "every_minutes = 120",
            "every_minutes = 120, paid = true",
            FaultCode::UnknownKey,
        ),
        // Missing keys.
        ("days = 1\n", "", FaultCode::MissingKey),
        ("kind = \"bpo\"\n", "", FaultCode::MissingKey),
        ("tier = \"L1\"\n", "", FaultCode::MissingKey),
        ("share = 0.80, ", "", FaultCode::MissingKey),
        (", answer_within_seconds = 20", "", FaultCode::MissingKey),
        ("language = \"fr\"\n", "", FaultCode::MissingKey),
        // Two that exclude each other.
        (
            "answer_within_seconds = 20",
            "answer_within_seconds = 20, done_within_open_hours = 8",
            FaultCode::Duplicate,
        ),
        (
            "language = \"fr\"",
            "language = \"fr\"\nlanguages = { fr = 1.0 }",
            FaultCode::Duplicate,
        ),
        // One that needs another.
        (
            "contract_hours = 40",
            "worked = \"worked.csv\"",
            FaultCode::MissingKey,
        ),
    ] {
        let case = Case::belgium().toml(from, to);
        let codes: Vec<FaultCode> = case.faults().iter().map(|fault| fault.code).collect();
        assert!(codes.contains(&code), "{to}: {codes:?}");
        let told = complaint(&case.file("scenario.toml"));
        assert!(
            told.is_some(),
            "the schema takes `{to}` in place of `{from}`"
        );
    }
}

#[test]
fn conditions_between_keys_are_in_the_schema() {
    let with = |more: &str| complaint(&Case::belgium().append(more).file("scenario.toml"));
    let policy = |keys: &str| with(&format!("[[policies]]\ntier = \"L1\"\n{keys}"));
    let day = |keys: &str| {
        with(&format!(
            "[[calendars]]\nid = \"own\"\ndays = [{{ name = \"a\", {keys} }}]"
        ))
    };
    let market = |keys: &str| with(&format!("[[markets]]\n{keys}"));
    for (told, is_fault) in [
        (
            policy("kind = \"csat_floor\"\nscope = \"overall\"\nfloor = 0.8"),
            false,
        ),
        (
            policy("kind = \"csat_floor\"\nscope = \"overall\"\nshare = 0.8"),
            true,
        ),
        (
            policy("kind = \"residency\"\nlanguages = [\"fr\"]\nshare = 0.8\nregion = \"EU\""),
            false,
        ),
        (
            policy("kind = \"residency\"\nlanguages = [\"fr\"]\nshare = 0.8"),
            true,
        ),
        (policy("kind = \"vendor_share\"\nshare = 0.8"), true),
        (day("month = 9, day = 24, moved = { sun = 1 }"), false),
        (day("day = 24"), true),
        (day("month = 13, day = 24"), true),
        (day("nth = -1, weekday = \"fri\", month = 6"), false),
        (day("nth = -1, month = 6"), true),
        (day("easter = 50, moved = { sunday = 1 }"), true),
        (day("easter = 50, date = \"2027-01-01\""), true),
        (market("ids = { UK = \"Europe/London\" }"), false),
        (market("id = \"UK\""), true),
        (market("timezone = \"Europe/London\""), true),
        (
            with("[[special_days]]\ndate = 2027-03-26\nname = \"a\"\nmarkets = [\"BE\"]"),
            false,
        ),
        (
            with("[[special_days]]\ndate = 2027-03-26\nname = \"a\""),
            true,
        ),
    ] {
        assert_eq!(told.is_some(), is_fault, "{told:?}");
    }
    // What an extended scenario says need not be said again, but lists are whole.
    let changed = "schema_version = 1\nextends = \"../belgium\"\n[horizon]\ndays = 7\n";
    assert_eq!(complaint(changed), None);
    assert!(complaint(&changed.replace("extends = \"../belgium\"\n", "")).is_some());
    assert!(complaint(&format!("{changed}[[markets]]\nid = \"BE\"\n")).is_some());
}

/// A table of the schema: its path, and its schema.
type Tables = BTreeMap<String, Json>;

/// Every table of a schema by path, lists marked by `[]`.
fn tables(schema: &Json, path: &str, found: &mut Tables) {
    let alternatives = schema["anyOf"].as_array().cloned().unwrap_or_default();
    for one in [vec![schema.clone()], alternatives].concat() {
        let Some(keys) = one["properties"].as_object() else {
            continue;
        };
        found.insert(path.to_owned(), one.clone());
        for (key, inner) in keys {
            let place = [path, key].join(if path.is_empty() { "" } else { "." });
            tables(inner, &place, found);
            let alternatives = inner["anyOf"].as_array().cloned().unwrap_or_default();
            for one in [vec![inner.clone()], alternatives].concat() {
                tables(&one["items"], &format!("{place}[]"), found);
            }
        }
    }
}

fn all_tables() -> Tables {
    let mut found = Tables::new();
    tables(&scenario_schema(), "", &mut found);
    found
}

/// A scenario file with one table at a path.
fn at(path: &str, table: Table) -> Table {
    let mut inner = table;
    for part in path.split('.').rev().filter(|part| !part.is_empty()) {
        let (key, value) = match part.strip_suffix("[]") {
            Some(key) => (key, Toml::Array(vec![Toml::Table(inner)])),
            None => (part, Toml::Table(inner)),
        };
        inner = Table::from_iter([(key.to_owned(), value)]);
    }
    inner.insert("schema_version".to_owned(), Toml::Integer(1));
    inner
}

/// Whether the reader knows every key of a table at a path.
fn is_known(path: &str, table: Table) -> bool {
    let text = at(path, table).to_string();
    let files = BTreeMap::from([("scenario.toml".to_owned(), text.into_bytes())]);
    let faults = parse_scenario(&files).unwrap_err();
    !faults
        .as_slice()
        .iter()
        .any(|fault| fault.code == FaultCode::UnknownKey)
}

#[test]
fn every_key_of_the_schema_is_read_and_no_other() {
    let tables = all_tables();
    let mut keys = 0;
    for (path, schema) in &tables {
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(schema["additionalProperties"], json!(false), "{path}");
        // With some words only some keys are read.
        let words: Vec<(&str, &Json)> = (properties.iter())
            .filter_map(|(key, shape)| Some((key.as_str(), shape["enum"].as_array()?)))
            .flat_map(|(key, words)| words.iter().map(move |word| (key, word)))
            .collect();
        for key in properties.keys() {
            keys += 1;
            let given = Table::from_iter([(key.clone(), Toml::Boolean(true))]);
            let with = |(word, value): &(&str, &Json)| {
                let mut given = given.clone();
                let word = (*word).to_owned();
                given.entry(word).or_insert(Toml::try_from(value).unwrap());
                given
            };
            let mut all = vec![given.clone()];
            all.extend(words.iter().map(with));
            assert!(
                all.into_iter().any(|table| is_known(path, table)),
                "{path}: {key}"
            );
            let wrong = Table::from_iter([(format!("{key}_"), Toml::Boolean(true))]);
            assert!(!is_known(path, wrong), "{path}: {key}_");
        }
    }
    assert!(
        tables.len() > 50 && keys > 300,
        "{} tables, {keys} keys",
        tables.len()
    );
}

#[test]
fn every_key_is_described_and_has_a_shape() {
    for (path, schema) in all_tables() {
        for (key, shape) in schema["properties"].as_object().unwrap() {
            let what = shape["description"].as_str().unwrap_or_default();
            assert!(what.ends_with('.'), "{path}: {key} has no description");
            let has_shape = ["type", "enum", "const"]
                .iter()
                .any(|word| shape.get(word).is_some())
                || shape["anyOf"].as_array().is_some_and(|any| any.len() > 1);
            assert!(has_shape, "{path}: {key} is anything");
        }
    }
    #[cfg(feature = "schema")]
    {
        let plan = wfm::format::plan_schema();
        let inner = plan["$defs"].as_object().unwrap().values().chain([&plan]);
        for (key, shape) in inner.flat_map(|one| one["properties"].as_object().unwrap()) {
            assert!(shape.get("description").is_some(), "{key}: {shape}");
        }
    }
}

/// Tables that the shipped scenarios do not have, for pool `IN`, the market and the top.
const MORE: [&str; 3] = [
    "commitment = { hours_per_week = 10 }
limits = { week_hours_max = 4000 }
law = { pack = \"PL\", weekly_rest = [{ hours = 35 }], breaks = { bands = [{ worked_minutes = 360, \
     length_minutes = 15 }], pauses = [{ every_minutes = 60, length_minutes = 5 }] }, premiums = [\
     { name = \"a\", share = 0.5 }, { name = \"b\", share = 0.5, overtime = { to_hours = 2 } }] }
contracts = [{ id = \"full\", week_hours = 40 }]",
    "holidays = [\"BE\", \"own\"]
holiday_rules = [{ volume_factor = 0.5 }]
special_days = [{ date = \"2027-07-06\", name = \"fair\" }]",
    "[[calendars]]
id = \"own\"
days = [{ name = \"a\", date = \"2027-07-05\" }]
[[special_days]]
date = \"2027-03-30\"
name = \"strike\"
markets = [\"BE\"]
[forecast]
[history.columns]",
];

/// Scenarios that have every table with keys that may be left out, with their other files.
fn samples() -> Vec<Case> {
    let break_of = "every_minutes = 120, breaks = [{ id = \"lunch\", length_minutes = 30, \
                    earliest_minutes = 120, latest_minutes = 240 }]";
    let belgium = Case::belgium()
        .toml("currency = \"EUR\"\nseed = 1\n", "")
        .toml("understaffing_per_hour = 500", "")
        .toml("out = 0.20, in = 0.12", "")
        .toml(
            "per_hour = 22.0",
            "per_hour = 22.0, premiums = [{ name = \"a\", share = 0.1 }]",
        )
        .toml("every_minutes = 120", break_of)
        .toml(
            "id = \"fr-phone\"\n",
            "id = \"fr-phone\"\nholiday_rules = [{ volume_factor = 2 }]\n",
        )
        .toml("contract_hours = 40\n", &format!("{}\n", MORE[0]))
        .toml("id = \"BE\"\n", &format!("id = \"BE\"\n{}\n", MORE[1]))
        .toml(
            "answer_within_seconds = 20",
            "answer_within_seconds = 20, scope = \"day\"",
        )
        .toml(
            "mode = \"silo\"\n",
            "blended_target = { share = 0.8, answer_within_seconds = 20, scope = \"day\" }\n",
        )
        .append(MORE[2]);
    let mut all = vec![belgium, demand()];
    for (name, files) in [
        (
            "helpdesk",
            &[
                "volumes.csv",
                "agents.csv",
                "absences.csv",
                "wishes.csv",
                "worked.csv",
            ][..],
        ),
        ("ondara", &["volumes.csv"]),
        (
            "ondara-breaks",
            &["../ondara/scenario.toml", "../ondara/volumes.csv"],
        ),
    ] {
        let mut case = Case::of(&[("scenario.toml", &text(name, "scenario.toml"))]);
        for file in files {
            case = case.with(file, &text(name, file));
        }
        all.push(match name {
            "helpdesk" => case.toml(
                "weight = 1.0, early_before = \"07:00\", late_from = \"15:00\"",
                "",
            ),
            "ondara" => case.toml("fallback_aht_factor = 1.2\n", ""),
            _ => case,
        });
    }
    all
}

/// Belgium with the contacts of its day as another system forecast them.
fn demand() -> Case {
    let history = text("belgium", "history.csv");
    let (header, rows) = history.split_once('\n').unwrap();
    let week_before = rows.lines().filter(|row| row.starts_with("2027-03-16"));
    let day: Vec<&str> = std::iter::once(header).chain(week_before).collect();
    Case::of(&[("scenario.toml", &text("belgium", "scenario.toml"))])
        .with(
            "day.csv",
            &day.join("\n").replace("2027-03-16", "2027-03-23"),
        )
        .toml("[history]", "[demand]\ncolumns = { queue = false }")
        .toml("history.csv", "day.csv")
        .toml(
            "origin = \"2027-03-22\"           # learn from days up to this one\n",
            "",
        )
}

/// The tables of a value by path, each with a way to it.
fn places(value: &Toml, path: &str, way: &[String], found: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Toml::Table(table) => {
            found.entry(path.to_owned()).or_insert_with(|| way.to_vec());
            for (key, inner) in table {
                let place = [path, key].join(if path.is_empty() { "" } else { "." });
                places(
                    inner,
                    &place,
                    &[way, std::slice::from_ref(key)].concat(),
                    found,
                );
            }
        }
        Toml::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                let way = [way, &[i.to_string()]].concat();
                places(item, &format!("{path}[]"), &way, found);
            }
        }
        _ => {}
    }
}

fn table_at<'t>(value: &'t mut Toml, way: &[String]) -> &'t mut Table {
    let mut here = value;
    for step in way {
        here = match here {
            Toml::Array(items) => items.get_mut(step.parse::<usize>().unwrap()).unwrap(),
            other => other.get_mut(step.as_str()).unwrap(),
        };
    }
    here.as_table_mut().unwrap()
}

#[test]
fn defaults_say_what_holds_where_a_key_is_left_out() {
    let schema = all_tables();
    let mut open: BTreeSet<(String, String)> = (schema.iter())
        .flat_map(|(path, table)| {
            let keys = table["properties"].as_object().unwrap().iter();
            let usual = keys.filter(|(_, shape)| shape.get("default").is_some());
            usual.map(|(key, _)| (path.clone(), key.clone()))
        })
        .collect();
    let all = open.len();
    for case in samples() {
        let plain = case.ok().scenario;
        let whole = Toml::Table(case.file("scenario.toml").parse().unwrap());
        let mut found = BTreeMap::new();
        places(&whole, "", &[], &mut found);
        for (path, key) in open.clone() {
            let Some(way) = found.get(&path) else {
                continue;
            };
            let mut changed = whole.clone();
            let table = table_at(&mut changed, way);
            let usual = &schema[&path]["properties"][&key]["default"];
            // An extended file may say something else.
            let is_own = whole.get("extends").is_none() || path.contains("[]");
            if table.contains_key(&key) || !is_own {
                continue;
            }
            table.insert(key.clone(), Toml::try_from(usual).unwrap());
            let again = case
                .clone()
                .with("scenario.toml", &toml::to_string(&changed).unwrap());
            let again = again
                .read()
                .unwrap_or_else(|faults| panic!("{path}: {key}: {faults}"));
            assert!(
                again.scenario == plain,
                "{path}: {key} is not {usual} by itself"
            );
            open.remove(&(path, key));
        }
    }
    assert!(all > 60, "{all} defaults");
    let untried: Vec<_> = open
        .iter()
        .map(|(path, key)| format!("{path}.{key}"))
        .collect();
    assert_eq!(untried, Vec::<String>::new());
}
