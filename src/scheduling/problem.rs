use std::collections::BTreeMap;

use crate::calendar::{Grid, NaiveDate};
use crate::requirements::{Group, Rounding};
use crate::units::Money;
use crate::workforce::{KeptShifts, Policy, Pool};

/// What a schedule has to do: immutable, and trusted by everything behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The horizon.
    pub grid: Grid,
    /// Weeks in the horizon, which weekly limits are multiplied by.
    pub weeks: f64,
    /// Who works.
    pub pools: Vec<Pool>,
    /// What is to be covered.
    pub groups: Vec<Group>,
    /// Whole or fractional agents.
    pub rounding: Rounding,
    /// Company rules.
    pub policies: Vec<Policy>,
    /// Price of an hour in which one agent is missing.
    pub understaffing_per_hour: Money,
    /// Shifts to start from and to keep where moving is not worth its price.
    pub kept: Option<KeptShifts>,
}

impl Problem {
    /// Length of an interval in hours.
    pub fn interval_hours(&self) -> f64 {
        self.grid.interval_length().hours()
    }

    /// Local days of a pool that rules by the day look at: those whose noon lies in the horizon.
    pub fn days(&self, pool: &Pool) -> Vec<NaiveDate> {
        super::rules::days(self, pool)
    }

    /// Pairs of a pool and a group it can serve, by position.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.pools.iter().enumerate().flat_map(|(p, pool)| {
            let served =
                move |(g, group): (usize, &Group)| pool.serves(&group.skill).then_some((p, g));
            self.groups.iter().enumerate().filter_map(served)
        })
    }

    /// The independent parts of the problem, with the positions of their pools and groups: parts
    /// share no pool, no group and no policy. A pool without any group is a part of its own.
    pub(super) fn parts(&self) -> Vec<Part> {
        // Groups come behind the pools in one numbering of nodes.
        let mut root: Vec<usize> = (0..self.pools.len() + self.groups.len()).collect();
        for (p, g) in self.pairs() {
            join(&mut root, p, self.pools.len() + g);
        }
        for policy in &self.policies {
            let mut members = (0..self.groups.len())
                .filter(|&g| self.groups[g].skill.tier == *policy.tier())
                .map(|g| self.pools.len() + g);
            if let Some(first) = members.next() {
                members.for_each(|other| join(&mut root, first, other));
            }
        }
        let mut parts: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for node in 0..root.len() {
            let part = parts.entry(find(&root, node)).or_default();
            if node < self.pools.len() {
                part.0.push(node);
            } else {
                part.1.push(node - self.pools.len());
            }
        }
        parts
            .into_values()
            .map(|(pools, groups)| self.part(pools, groups))
            .collect()
    }

    fn part(&self, pools: Vec<usize>, groups: Vec<usize>) -> Part {
        let tiers: Vec<_> = groups.iter().map(|&g| &self.groups[g].skill.tier).collect();
        let problem = Self {
            pools: pools.iter().map(|&p| self.pools[p].clone()).collect(),
            policies: (self
                .policies
                .iter()
                .filter(|p| tiers.contains(&p.tier()))
                .cloned())
            .collect(),
            groups: groups.iter().map(|&g| self.groups[g].clone()).collect(),
            ..self.clone()
        };
        Part {
            problem,
            pools,
            groups,
        }
    }
}

/// A part of a problem that can be solved alone.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) problem: Problem,
    pub(super) pools: Vec<usize>,
    pub(super) groups: Vec<usize>,
}

fn find(root: &[usize], mut node: usize) -> usize {
    while root[node] != node {
        node = root[node];
    }
    node
}

fn join(root: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(root, a), find(root, b));
    root[a.max(b)] = a.min(b);
}
