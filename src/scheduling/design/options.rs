use std::time::{Duration, Instant};

use super::{DesignCertificate, DesignPlan};
use crate::milp::{Event, Observer, Termination};

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

/// Says when a search has to stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget<'a> {
    end: Option<Instant>,
    work: u64,
    observer: &'a dyn Observer,
}

impl<'a> Budget<'a> {
    pub(super) fn start(strategy: &DesignStrategy, observer: &'a dyn Observer) -> Self {
        Self {
            end: Instant::now().checked_add(strategy.time_limit),
            work: strategy.work.unwrap_or(u64::MAX),
            observer,
        }
    }

    pub(super) fn tell(&self, event: &Event) {
        self.observer.on(event);
    }

    pub(super) fn is_late(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.observer.is_cancelled()
    }

    /// Whether nobody wants to wait any longer.
    pub(super) fn is_over(&self) -> bool {
        self.is_late() || self.is_cancelled()
    }

    /// Whether so much work is enough, or nobody wants to wait any longer.
    pub(super) fn is_spent(&self, work: u64) -> bool {
        work >= self.work || self.is_over()
    }

    /// The work that may still be done.
    pub(super) fn work_left(&self, done: u64) -> u64 {
        self.work.saturating_sub(done)
    }
}
