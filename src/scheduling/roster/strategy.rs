use std::time::{Duration, Instant};

use super::problem::Roster;
use crate::milp::{Event, Observer, Termination};

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

/// Says when a search has to stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget<'a> {
    end: Option<Instant>,
    work: u64,
    observer: &'a dyn Observer,
}

impl<'a> Budget<'a> {
    pub(super) fn start(strategy: &RosterStrategy, observer: &'a dyn Observer) -> Self {
        Self {
            end: Instant::now().checked_add(strategy.time_limit),
            work: strategy.work.unwrap_or(u64::MAX),
            observer,
        }
    }

    pub(super) fn tell(&self, event: &Event) {
        self.observer.on(event);
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.observer.is_cancelled()
    }

    pub(super) fn is_late(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    /// Whether nobody wants to wait any longer.
    pub(super) fn is_over(&self) -> bool {
        self.is_late() || self.is_cancelled()
    }

    /// The work that may still be done.
    pub(super) fn work_left(&self, done: u64) -> u64 {
        self.work.saturating_sub(done)
    }
}
