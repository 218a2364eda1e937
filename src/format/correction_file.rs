//! How a plan came to keep its promises in simulation.

use serde::Serialize;

use super::plan_file::round;
use crate::planning::{Corrected, Holding};

#[derive(Debug, Serialize)]
pub(super) struct CorrectionFile<'a> {
    holds: bool,
    promises: usize,
    promises_that_hold: usize,
    confidence: f64,
    rounds: Vec<RoundFile>,
    obstacles: &'a [String],
}

#[derive(Debug, Serialize)]
struct RoundFile {
    cost: f64,
    bound: f64,
    promises: usize,
    missed: usize,
    not_certain: usize,
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
