use std::fmt;
use std::ops::Range;

use super::Problem;
use crate::units::{Money, Probability};
use crate::workforce::{PoolId, PromiseScope, Shift};

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

/// Agents meant for the live work of a group in an interval, where a promise is kept over days or
/// weeks and the schedule chooses how many: present, or stated as missing. The others who serve the
/// group do deferred work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crew {
    /// Position of the group.
    pub group: usize,
    /// Interval.
    pub interval: usize,
    /// Agents, allowance included.
    pub agents: f64,
}

/// A promise over days or weeks, and what one day or week of it gets.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptPromise {
    /// Position of the group.
    pub group: usize,
    /// Whose it is: a queue's, or that of a group that pools several.
    pub name: String,
    /// Share of contacts promised to be in time.
    pub share: Probability,
    /// Share that the formula has to come to, which differs where a simulation corrected it.
    pub asked: Probability,
    /// Days or weeks, with the floor.
    pub scope: PromiseScope,
    /// The day or week.
    pub intervals: Range<usize>,
    /// Contacts.
    pub offered: f64,
    /// Share of them in time: Erlang C in each interval, weighted by contacts; 1 without any.
    pub service_level: Probability,
}

/// Agents of a contract whom the shifts of a week need at the least; fractions are possible, since
/// the tours have the last word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Headcount {
    /// Position of the pool.
    pub pool: usize,
    /// Week of the horizon, from 0.
    pub week: usize,
    /// Position of the contract within the pool.
    pub contract: usize,
    /// Agents.
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
    /// Paid for hours that contracts guarantee and nobody works: what the tours say, or at least
    /// what the headcount says.
    pub guaranteed: Money,
    /// Premiums of the pool's law, where it says what base pay is: those of the shifts by the
    /// clock, and with the tours those of overtime.
    pub premiums: Money,
}

impl PoolCost {
    /// Everything the pool costs.
    pub fn total(&self) -> Money {
        self.shifts + self.languages + self.unused + self.guaranteed + self.premiums
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
    /// Live crews that the schedule chose, ordered by group and interval; only of groups with
    /// promises over days or weeks.
    pub crews: Vec<Crew>,
    /// Agents behind the shifts, where contracts guarantee them hours.
    pub headcount: Vec<Headcount>,
    /// What it costs.
    pub cost: Cost,
}

impl Schedule {
    /// Agents meant for live work by group and interval: what the requirement fixes, or what the
    /// schedule chose where a promise is kept over days or weeks.
    pub fn live_crews(&self, problem: &Problem) -> Vec<Vec<f64>> {
        let n = problem.grid.len();
        let need = |group: &crate::requirements::Group| {
            if group.promises.is_empty() {
                let need = (0..n).map(|t| group.live_agents(t, problem.rounding));
                need.collect()
            } else {
                vec![0.0; n]
            }
        };
        let mut crews: Vec<Vec<f64>> = problem.groups.iter().map(need).collect();
        for crew in &self.crews {
            let group = problem.groups.get(crew.group);
            if group.is_some_and(|g| !g.promises.is_empty())
                && let Some(agents) = crews[crew.group].get_mut(crew.interval)
            {
                *agents += crew.agents;
            }
        }
        crews
    }

    /// Agents sent to each group in each interval, at the group's own handling time.
    pub fn staffed(&self, problem: &Problem) -> Vec<Vec<f64>> {
        let mut staffed = vec![vec![0.0; problem.grid.len()]; problem.groups.len()];
        for a in &self.assignments {
            staffed[a.group][a.interval] += a.agents * problem.pools[a.pool].efficiency();
        }
        staffed
    }

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
