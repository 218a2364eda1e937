//! Rosters to be made, in the text formats in which the benchmarks of the field are kept.
//!
//! | format | recognised by | becomes |
//! |---|---|---|
//! | staff rostering instances (sections) | `SECTION_HORIZON` | [`RosterProblem`] |
//! | first nurse rostering competition | `SCHEDULING_PERIOD` | [`RosterProblem`] |
//! | rotating workforce schedules | neither | [`RotatingProblem`] |

mod competition;
mod contract;
mod lines;
mod requests;
mod rotating;
mod sections;
mod solution;

use std::path::Path;

use lines::Lines;
pub use solution::{roster_solution_json, rotating_solution_json};

use super::one_file;
use super::report::Report;
use crate::scheduling::roster::RosterProblem;
use crate::scheduling::rotating::RotatingProblem;
use crate::workforce::{Fault, FaultCode, Faults, Place};

/// A roster to be made, as a file states it.
#[derive(Debug, Clone, PartialEq)]
pub enum RosterInstance {
    /// Named agents over some weeks.
    Roster(RosterProblem),
    /// One cyclic sequence for all.
    Rotating(RotatingProblem),
}

/// Reads an instance file; its name is the file's without its ending.
///
/// # Errors
/// Everything that is wrong with it, each fault with its line.
pub fn read_roster_instance(path: &Path) -> Result<RosterInstance, Faults> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    one_file::read(path, |bytes| parse_roster_instance(&name, bytes))
}

/// Reads an instance from the bytes of its file.
///
/// # Errors
/// Everything that is wrong with it, each fault with its line.
pub fn parse_roster_instance(name: &str, bytes: &[u8]) -> Result<RosterInstance, Faults> {
    let text = std::str::from_utf8(bytes).map_err(|e| Fault {
        place: Place::default(),
        code: FaultCode::Syntax,
        what: format!("the file is not UTF-8 text: {e}"),
        action: "save it as UTF-8".to_owned(),
    })?;
    let report = Report::default();
    let lines = Lines::new(text, &report);
    let read = if text.contains("SECTION_HORIZON") {
        sections::read(name, &lines).map(RosterInstance::Roster)
    } else if text.contains("SCHEDULING_PERIOD") {
        competition::read(name, &lines).map(RosterInstance::Roster)
    } else {
        rotating::read(name, &lines).map(RosterInstance::Rotating)
    };
    Faults::check(report.into_faults())?;
    read.ok_or_else(one_file::unreadable)
}
