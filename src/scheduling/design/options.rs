use std::time::Duration;

use super::{DesignCertificate, DesignPlan};
use crate::milp::Termination;

/// How to search for a design.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignStrategy {
    /// Wall-clock limit, a safety net; work and gap stop the search before it.
    pub time_limit: Duration,
    /// Relative gap that is good enough.
    pub gap: f64,
    /// The deterministic limit of work, in rows touched by pivots of the simplex method: some
    /// millions a second.
    pub work: Option<u64>,
    /// Seed of the random choices.
    pub seed: u64,
}

impl Default for DesignStrategy {
    /// Two minutes, to the last cent, no limit of work, seed 1.
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(120),
            gap: 0.0,
            work: None,
            seed: 1,
        }
    }
}

/// A design and what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignedSolution {
    /// The plan.
    pub plan: DesignPlan,
    /// What it costs.
    pub cost: i64,
    /// No plan costs less: the bound that the certificate proves.
    pub bound: f64,
    /// Why the search stopped.
    pub termination: Termination,
    /// The proof of the bound.
    pub certificate: DesignCertificate,
}

impl DesignedSolution {
    /// `(cost − bound) / cost`, 0 for a free design.
    pub fn gap(&self) -> f64 {
        if self.cost > 0 {
            ((self.cost as f64 - self.bound) / self.cost as f64).max(0.0)
        } else {
            0.0
        }
    }
}
