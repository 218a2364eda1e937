//! Neutral instances: typical weeks to be scheduled and shifts to be designed, one JSON object
//! each, and the answer to them.
//!
//! | format | what | becomes |
//! |---|---|---|
//! | `ccshift-1` | one queue, one crew, shares of kinds of shift | [`Week`] |
//! | `ccpool-1` | pools over sites and clocks, languages, seats, contract minima | [`Week`] |
//! | `sd-1` | starts and lengths to choose | [`DesignProblem`] |
//!
//! Every key of a format must be there; other keys are passed over. Numbers of agents, intervals
//! and money are whole and limited, so that no sum of a plan overflows.

mod axis;
mod design;
mod kinds;
mod pool_week;
mod reader;
mod shift_week;
mod size;
mod solution;

use std::path::Path;

use reader::Reader;

pub use solution::{SolutionFacts, design_solution_json, week_solution_json};

use super::json::Json;
use super::one_file;
use super::report::{Report, instead};
use crate::scheduling::design::DesignProblem;
use crate::scheduling::week::Week;
use crate::workforce::{FaultCode, Faults};

/// A problem as an instance file states it.
#[derive(Debug, Clone, PartialEq)]
pub enum Instance {
    /// A week to be scheduled.
    Week(WeekFormat, Week),
    /// Shifts to be designed.
    Design(DesignProblem),
}

/// Which of the formats a week was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekFormat {
    /// `ccshift-1`: one crew.
    Crew,
    /// `ccpool-1`: pools and languages.
    Pools,
}

impl WeekFormat {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Crew => "ccshift-1",
            Self::Pools => "ccpool-1",
        }
    }
}

/// The word of shift designs.
const DESIGN: &str = "sd-1";

impl Instance {
    /// The word of its format.
    pub const fn format(&self) -> &'static str {
        match self {
            Self::Week(format, _) => format.word(),
            Self::Design(_) => DESIGN,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Week(_, week) => &week.name,
            Self::Design(problem) => &problem.name,
        }
    }
}

/// Reads an instance file.
///
/// # Errors
/// Everything that is wrong with it, each fault with its place in the file.
pub fn read_instance(path: &Path) -> Result<Instance, Faults> {
    one_file::read(path, parse_instance)
}

/// Reads an instance from the bytes of its file.
///
/// # Errors
/// Everything that is wrong with it, each fault with its path. What only shows in the instance as
/// a whole follows once every part can be read.
pub fn parse_instance(bytes: &[u8]) -> Result<Instance, Faults> {
    let report = Report::default();
    let read = build(bytes, &report);
    let mut faults = report.into_faults();
    if faults.is_empty() {
        faults.extend(match &read {
            Some(Instance::Week(_, week)) => size::week(week),
            Some(Instance::Design(problem)) => size::design(problem),
            None => Vec::new(),
        });
    }
    Faults::check(faults)?;
    read.ok_or_else(one_file::unreadable)
}

fn build(bytes: &[u8], report: &Report) -> Option<Instance> {
    let json = Json::parse(bytes, report)?;
    let root = Reader::new(&json, String::new(), report)?;
    match root.text("format")? {
        "ccshift-1" => Some(Instance::Week(WeekFormat::Crew, shift_week::read(&root)?)),
        "ccpool-1" => Some(Instance::Week(WeekFormat::Pools, pool_week::read(&root)?)),
        DESIGN => Some(Instance::Design(design::read(&root)?)),
        other => {
            let what = format!("`{other}` is no format of an instance");
            let known = [WeekFormat::Crew.word(), WeekFormat::Pools.word(), DESIGN];
            let action = instead("format", other, known);
            root.fault("format", FaultCode::SchemaVersion, what, action);
            None
        }
    }
}
