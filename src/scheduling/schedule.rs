use std::fmt;

use crate::units::Money;
use crate::workforce::{PoolId, Shift};

/// Agents of a pool who serve a group in an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assignment {
    /// Position of the pool.
    pub pool: usize,
    /// Position of the group.
    pub group: usize,
    /// Interval.
    pub interval: usize,
    /// Agents, fractional when they divide their time.
    pub agents: f64,
}

/// Agents missing from a group in an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shortage {
    /// Position of the group.
    pub group: usize,
    /// Interval.
    pub interval: usize,
    /// Agents missing.
    pub agents: f64,
}

/// What one pool costs.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolCost {
    /// The pool.
    pub pool: PoolId,
    /// Hours on the queue inside the horizon.
    pub hours: f64,
    /// Hours of shifts, premiums included.
    pub shifts: Money,
    /// Surcharges for the languages served.
    pub languages: Money,
    /// Paid for commitments that were not used.
    pub unused: Money,
}

impl PoolCost {
    /// Everything the pool costs.
    pub fn total(&self) -> Money {
        self.shifts + self.languages + self.unused
    }
}

/// What a schedule costs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cost {
    /// By pool, in the order of the pools.
    pub pools: Vec<PoolCost>,
    /// Price put on missing agents; nobody is paid it.
    pub understaffing: Money,
    /// Price put on what differs from the shifts that are kept.
    pub changes: Money,
}

impl Cost {
    /// Pools, understaffing and changes together: what the search minimises.
    pub fn total(&self) -> Money {
        let pools: Money = self.pools.iter().map(PoolCost::total).sum();
        pools + self.understaffing + self.changes
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.total())
    }
}

/// Shifts of every pool, and who serves what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schedule {
    /// Shifts with their breaks, ordered by pool, start and kind.
    pub shifts: Vec<Shift>,
    /// Who serves what, ordered by pool, group and interval.
    pub assignments: Vec<Assignment>,
    /// Who is missing, ordered by group and interval.
    pub shortages: Vec<Shortage>,
    /// What it costs.
    pub cost: Cost,
}

impl Schedule {
    /// People in all shifts.
    pub fn people(&self) -> u32 {
        self.shifts.iter().map(|s| s.count).sum()
    }

    /// People in the shifts of a pool.
    pub fn people_of(&self, pool: &PoolId) -> u32 {
        self.shifts
            .iter()
            .filter(|s| s.pool == *pool)
            .map(|s| s.count)
            .sum()
    }
}
