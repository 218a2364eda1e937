//! Reference numbers with their tolerances, and what the tests of the worked scenarios share.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use wfm::format::{ReadOptions, ScenarioFile, read_scenario};
use wfm::milp::Backend;
use wfm::planning::{Demand, Scenario, requirement};
use wfm::requirements::Requirement;
use wfm::scheduling::Solvers;
use wfm::workforce::Tier;

#[derive(Debug, Deserialize)]
struct Row {
    table: String,
    key: String,
    quantity: String,
    value: f64,
    tolerance: f64,
    source: String,
}

/// A tidy table of `tests/reference`: what is known, how well, and from where.
pub(crate) struct Reference(Vec<Row>);

impl Reference {
    pub(crate) fn read(file: &str) -> Self {
        let path = root().join("tests/reference").join(file);
        let mut reader = csv::Reader::from_path(&path).unwrap();
        Self(reader.deserialize().collect::<Result<_, _>>().unwrap())
    }

    pub(crate) fn tables(&self) -> BTreeSet<&str> {
        self.0.iter().map(|r| r.table.as_str()).collect()
    }

    /// The keys of a table.
    pub(crate) fn keys(&self, table: &str) -> BTreeSet<&str> {
        let rows = self.0.iter().filter(|r| r.table == table);
        rows.map(|r| r.key.as_str()).collect()
    }

    /// Compares every row of a table with what was found, and names all that differ.
    pub(crate) fn check(&self, table: &str, mut found: impl FnMut(&str, &str) -> f64) {
        let mut misses = Vec::new();
        let mut rows = 0;
        for row in self.0.iter().filter(|r| r.table == table) {
            rows += 1;
            let value = found(&row.key, &row.quantity);
            let off = (value - row.value).abs();
            if off.is_nan() || off > row.tolerance {
                misses.push(format!(
                    "{} {}: {value}, not {} ± {:e} ({})",
                    row.key, row.quantity, row.value, row.tolerance, row.source
                ));
            }
        }
        assert!(rows > 0, "there is no table {table}");
        assert!(misses.is_empty(), "{table}:\n{}", misses.join("\n"));
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A shipped scenario.
pub(crate) fn read(name: &str) -> ScenarioFile {
    let folder: PathBuf = root().join("examples/scenarios").join(name);
    let read = read_scenario(&folder, &ReadOptions::default());
    read.unwrap_or_else(|faults| panic!("{name}: {faults}"))
}

/// What a scenario needs.
pub(crate) fn needs(scenario: &Scenario) -> Requirement {
    let demand = Demand::forecast(scenario).unwrap();
    requirement(scenario, &demand).unwrap()
}

/// The same scenario with the queues and pools of one tier only.
pub(crate) fn only(mut scenario: Scenario, tier: &str) -> Scenario {
    let tier = Tier::from(tier);
    scenario.queues.retain(|q| q.skill.tier == tier);
    (scenario.pools).retain(|p| p.skills.iter().any(|s| s.tier == tier));
    scenario.policies.retain(|p| *p.tier() == tier);
    scenario.escalations.clear();
    scenario
}

/// The solvers compiled in, where they solve the relaxation of a week in seconds; a simplex method
/// without native code takes many minutes, so that build says what it passes over.
pub(crate) fn large_solvers() -> Option<Solvers> {
    let solvers = solvers()?;
    if solvers.linear == Backend::Microlp {
        println!("skipped: a week of all pools takes microlp alone too long");
        return None;
    }
    Some(solvers)
}

/// The solvers compiled in; `None`, and said so, when there are none for whole numbers.
pub(crate) fn solvers() -> Option<Solvers> {
    let solvers = Solvers::compiled_in().ok().filter(|s| s.integer.is_some());
    if solvers.is_none() {
        println!("skipped: no integer backend is compiled in");
    }
    solvers
}
