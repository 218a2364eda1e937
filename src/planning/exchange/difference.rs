//! What was asked beside what was committed.

use std::collections::BTreeMap;

use super::service::{AffectedQueue, affected};
use super::{AskedPool, AskedRow};
use crate::calendar::{DateTime, NaiveDate, Utc};
use crate::planning::LivePlan;
use crate::workforce::{Language, PoolId};

/// Agents that a vendor commits to in one interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitment {
    /// The pool.
    pub pool: PoolId,
    /// The group they serve.
    pub group: String,
    /// When the interval begins.
    pub start: DateTime<Utc>,
    /// Agents.
    pub agents: f64,
}

/// Asked and committed agents of one interval.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceRow {
    /// The pool.
    pub pool: PoolId,
    /// The group they serve.
    pub group: String,
    /// Its language.
    pub language: Language,
    /// When the interval begins.
    pub start: DateTime<Utc>,
    /// Agents asked for.
    pub asked: f64,
    /// Agents committed.
    pub committed: f64,
    /// What the committed agents cost more than those asked for; less is negative.
    pub cost: f64,
}

/// A part of the difference: agent-hours, and money.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// Agent-hours asked for.
    pub asked_hours: f64,
    /// Agent-hours committed.
    pub committed_hours: f64,
    /// Agent-hours that are missing in the intervals in which less was committed.
    pub short_hours: f64,
    /// Agent-hours beyond what was asked for in the others.
    pub over_hours: f64,
    /// Cost of the committed agents less that of those asked for.
    pub cost: f64,
}

/// What a commitment changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Every interval asked for or committed, by pool, group and time.
    pub rows: Vec<DifferenceRow>,
    /// By local day of the plan.
    pub by_day: BTreeMap<NaiveDate, Share>,
    /// By language.
    pub by_language: BTreeMap<Language, Share>,
    /// By pool.
    pub by_pool: BTreeMap<PoolId, Share>,
    /// All of it.
    pub total: Share,
    /// Live queues whose crews change, with what they get.
    pub queues: Vec<AffectedQueue>,
}

impl Difference {
    /// Whether exactly what was asked for is committed.
    pub fn is_none(&self) -> bool {
        self.total.short_hours == 0.0 && self.total.over_hours == 0.0
    }
}

/// Compares commitments with what was asked of their pools. A pool without any commitment is left
/// out, as if it kept to what was asked; an interval without one counts as nothing committed.
///
/// Cost is that of the hours: minimum bills and guaranteed hours of the contract are not in it. An
/// hour that was not asked for has the price of the nearest one that was. `spare` are the agents
/// beyond the live crew of each line ([`spare_agents`](super::spare_agents)): when agents are missing,
/// deferred work is left first.
pub fn difference(
    live: &LivePlan,
    asked: &[AskedPool],
    spare: &[Vec<f64>],
    committed: &[Commitment],
) -> Difference {
    let mut given: BTreeMap<(&PoolId, &str, DateTime<Utc>), f64> = BTreeMap::new();
    for row in committed {
        *given
            .entry((&row.pool, row.group.as_str(), row.start))
            .or_default() += row.agents;
    }
    let hours = live.grid.interval_length().duration().as_secs_f64() / 3600.0;
    let mut rows = Vec::new();
    let mut changes: BTreeMap<(&str, DateTime<Utc>), f64> = BTreeMap::new();
    let answered = |pool: &&AskedPool| committed.iter().any(|row| row.pool == pool.pool);
    for pool in asked.iter().filter(answered) {
        let mut wanted: BTreeMap<(&str, DateTime<Utc>), &AskedRow> = BTreeMap::new();
        wanted.extend(
            pool.rows
                .iter()
                .map(|row| ((row.group.as_str(), row.start), row)),
        );
        let own = given.keys().filter(|(id, ..)| **id == pool.pool);
        let mut all: Vec<(&str, DateTime<Utc>)> = wanted.keys().copied().collect();
        all.extend(own.map(|(_, group, start)| (*group, *start)));
        all.sort_unstable();
        all.dedup();
        for (group, start) in all {
            let row = wanted.get(&(group, start)).copied();
            let Some(like) = row.or_else(|| nearest(pool, group, start)) else {
                continue;
            };
            let asked = row.map_or(0.0, |row| row.agents);
            let committed = given
                .get(&(&pool.pool, group, start))
                .copied()
                .unwrap_or(0.0);
            *changes.entry((group, start)).or_default() +=
                (committed - asked) * pool.crew_per_agent;
            rows.push(DifferenceRow {
                pool: pool.pool.clone(),
                group: group.to_owned(),
                language: like.language.clone(),
                start,
                asked,
                committed,
                cost: (committed - asked) * hours * like.price_per_hour,
            });
        }
    }
    let queues = affected(live, spare, &changes);
    summed(live, hours, rows, queues)
}

/// The row of a group that is asked for nearest in time.
fn nearest<'a>(pool: &'a AskedPool, group: &str, start: DateTime<Utc>) -> Option<&'a AskedRow> {
    let rows = pool.rows.iter().filter(|row| row.group == group);
    rows.min_by_key(|row| ((row.start - start).abs(), row.start))
}

fn summed(
    live: &LivePlan,
    hours: f64,
    rows: Vec<DifferenceRow>,
    queues: Vec<AffectedQueue>,
) -> Difference {
    let mut difference = Difference {
        rows: Vec::new(),
        by_day: BTreeMap::new(),
        by_language: BTreeMap::new(),
        by_pool: BTreeMap::new(),
        total: Share::default(),
        queues,
    };
    for row in &rows {
        let day = live.zone.local(row.start).date();
        let shares = [
            difference.by_day.entry(day).or_default(),
            difference
                .by_language
                .entry(row.language.clone())
                .or_default(),
            difference.by_pool.entry(row.pool.clone()).or_default(),
            &mut difference.total,
        ];
        for share in shares {
            share.asked_hours += row.asked * hours;
            share.committed_hours += row.committed * hours;
            share.short_hours += (row.asked - row.committed).max(0.0) * hours;
            share.over_hours += (row.committed - row.asked).max(0.0) * hours;
            share.cost += row.cost;
        }
    }
    difference.rows = rows;
    difference
}
