//! Scenario folders: the shipped ones, every kind of bad input, and noise.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy excuses tests, but not the functions that they share"
)]

mod clocks;
mod examples;
mod extends;
mod faults;
mod fuzz;
mod history;
mod holidays;
mod law;
mod law_in_full;
mod law_keys;
mod layouts;
mod profile;
mod staff;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wfm::format::{ScenarioFile, parse_scenario};
use wfm::workforce::{Fault, FaultCode, Faults};

fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("examples/scenarios").join(name)
}

fn text(scenario: &str, file: &str) -> String {
    fs::read_to_string(folder(scenario).join(file)).unwrap()
}

/// Files in memory, to be changed before they are read.
#[derive(Clone)]
struct Case(BTreeMap<String, Vec<u8>>);

impl Case {
    fn of(files: &[(&str, &str)]) -> Self {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        Self(files.iter().map(owned).collect())
    }

    fn belgium() -> Self {
        let (scenario, history) = (
            text("belgium", "scenario.toml"),
            text("belgium", "history.csv"),
        );
        Self::of(&[("scenario.toml", &scenario), ("history.csv", &history)])
    }

    fn file(&self, name: &str) -> String {
        String::from_utf8(self.0[name].clone()).unwrap()
    }

    fn with(mut self, name: &str, text: &str) -> Self {
        self.0.insert(name.to_owned(), text.as_bytes().to_vec());
        self
    }

    /// The same files with the first `from` replaced, which must be there.
    fn change(self, name: &str, from: &str, to: &str) -> Self {
        let text = self.file(name);
        assert!(text.contains(from), "`{from}` is not in {name}");
        self.with(name, &text.replacen(from, to, 1))
    }

    fn toml(self, from: &str, to: &str) -> Self {
        self.change("scenario.toml", from, to)
    }

    fn csv(self, from: &str, to: &str) -> Self {
        self.change("history.csv", from, to)
    }

    /// Adds text at the end of the scenario.
    fn append(self, more: &str) -> Self {
        let text = self.file("scenario.toml");
        self.with("scenario.toml", &format!("{text}\n{more}\n"))
    }

    fn read(&self) -> Result<ScenarioFile, Faults> {
        parse_scenario(&self.0)
    }

    fn ok(&self) -> ScenarioFile {
        self.read().unwrap_or_else(|faults| panic!("{faults}"))
    }

    fn faults(&self) -> Vec<Fault> {
        self.read().unwrap_err().as_slice().to_vec()
    }

    /// The only fault.
    fn fault(&self) -> Fault {
        let faults = self.read().unwrap_err();
        assert_eq!(faults.as_slice().len(), 1, "{faults}");
        faults.as_slice()[0].clone()
    }
}

/// Asserts code, place as it prints, and words in what is said.
#[track_caller]
fn assert_fault(fault: &Fault, code: FaultCode, place: &str, what: &str, action: &str) {
    assert_eq!(fault.code, code, "{fault}");
    assert_eq!(fault.place.to_string(), place, "{fault}");
    assert!(fault.what.contains(what), "{fault}");
    assert!(fault.action.contains(action), "{fault}");
}
