use std::time::Duration;

use super::problem::Roster;
use crate::milp::Termination;

/// How to search for a roster.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterStrategy {
    /// Wall-clock limit, a safety net; work and bound stop the search before it.
    pub time_limit: Duration,
    /// The deterministic limit of work, in steps of tours looked at: some tens of millions a
    /// second.
    pub work: Option<u64>,
    /// Seed of the random choices.
    pub seed: u64,
}

impl Default for RosterStrategy {
    /// Two minutes, no limit of work, seed 1.
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(120),
            work: None,
            seed: 1,
        }
    }
}

/// A roster and what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct SolvedRoster {
    /// Who works what.
    pub roster: Roster,
    /// What it costs.
    pub cost: i64,
    /// No roster costs less: what [`certified_roster_bound`](super::certified_roster_bound)
    /// proves from the prices.
    pub bound: i64,
    /// A price for each need of the cover that proves the bound, in parts of a
    /// [`PRICE_SCALE`](super::PRICE_SCALE)th.
    pub prices: Vec<i64>,
    /// Why the search stopped.
    pub termination: Termination,
}

impl SolvedRoster {
    /// `(cost − bound) / cost`, 0 for a free roster.
    pub fn gap(&self) -> f64 {
        if self.cost > 0 {
            ((self.cost - self.bound) as f64 / self.cost as f64).max(0.0)
        } else {
            0.0
        }
    }
}
