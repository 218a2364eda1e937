//! How a plan came to keep its promises in simulation.

use serde::Serialize;

use crate::planning::{Corrected, Holding};
use crate::units::whole::decimals as round;

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct CorrectionFile<'a> {
    /// Whether every promise holds.
    holds: bool,
    /// Promises that were looked at.
    promises: usize,
    /// Those that hold with the confidence below.
    promises_that_hold: usize,
    /// Confidence of the verdicts, a fraction.
    confidence: f64,
    /// Every schedule that was tried.
    rounds: Vec<RoundFile>,
    /// Why promises are missed, in words.
    obstacles: &'a [String],
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RoundFile {
    /// Cost of the schedule.
    cost: f64,
    /// Lower bound of its requirement.
    bound: f64,
    /// Promises that were looked at.
    promises: usize,
    /// Those that are missed for certain.
    missed: usize,
    /// Those that neither hold nor are missed for certain.
    not_certain: usize,
    /// Agent-hours beyond what the formula asks for.
    agent_hours_added: f64,
}

pub(super) fn correction_file(corrected: &Corrected) -> CorrectionFile<'_> {
    let verdicts = &corrected.verdicts;
    let held = verdicts.iter().filter(|v| v.holding() == Holding::Holds);
    let rounds = corrected.rounds.iter().map(|r| RoundFile {
        cost: round(r.cost.get(), 2),
        bound: round(r.bound, 6),
        promises: r.looked_at,
        missed: r.missed,
        not_certain: r.open,
        agent_hours_added: round(r.added_hours, 4),
    });
    CorrectionFile {
        holds: corrected.holds(),
        promises: verdicts.len(),
        promises_that_hold: held.count(),
        confidence: 0.95,
        rounds: rounds.collect(),
        obstacles: &corrected.obstacles,
    }
}
