//! What a plan asks of its vendors, what they answer, and what the difference does.
//!
//! ```text
//! Plan ─► asked ─► (a file to the vendor) … (a file back) ─► Commitment ─► Difference
//! ```

mod difference;
mod service;

use std::collections::BTreeMap;

use super::{LivePlan, Plan};
use crate::calendar::{DateTime, Utc, Zone};
use crate::workforce::{Language, Pool, PoolId, PoolKind, Tier};

pub use difference::{Commitment, Difference, DifferenceRow, Share, difference};
pub use service::AffectedQueue;

/// What a plan asks of one vendor's pool.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedPool {
    /// The pool.
    pub pool: PoolId,
    /// Its local time.
    pub zone: Zone,
    /// What one of its agents counts for in the crew of a group: efficiency over the allowance.
    pub crew_per_agent: f64,
    /// By group and time; every interval has agents.
    pub rows: Vec<AskedRow>,
}

/// Agents asked for in one interval.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedRow {
    /// The group of queues they serve.
    pub group: String,
    /// Its tier.
    pub tier: Tier,
    /// Its language.
    pub language: Language,
    /// When the interval begins.
    pub start: DateTime<Utc>,
    /// Agents on the queue; a fraction where they divide their time.
    pub agents: f64,
    /// Price of an agent for an hour then and in that language, premiums by the clock included.
    pub price_per_hour: f64,
}

/// What a plan asks of each pool of its vendors, in the order of the pools: everybody whom its shifts
/// have on the queue, since all of them are paid. Pools that nothing is asked of are left out.
pub fn asked(plan: &Plan) -> Vec<AskedPool> {
    let grid = &plan.problem.grid;
    vendors(plan)
        .map(|(index, pool)| {
            let rows = people(plan, index).into_iter();
            let rows = rows.map(|((group, interval), people)| {
                let group = &plan.problem.groups[group];
                let start = grid.instant(interval);
                let language = &group.skill.language;
                let surcharge = pool.price.of(language).get() - pool.price.per_hour.get();
                AskedRow {
                    group: group.name.clone(),
                    tier: group.skill.tier.clone(),
                    language: language.clone(),
                    start,
                    agents: people.assigned + people.idle,
                    price_per_hour: pool.hourly_price(start).get() + surcharge,
                }
            });
            AskedPool {
                pool: pool.id.clone(),
                zone: pool.zone,
                crew_per_agent: crew_per_agent(plan, pool),
                rows: rows.collect(),
            }
        })
        .filter(|pool| !pool.rows.is_empty())
        .collect()
}

/// Agents of each line beyond its live crew, by interval: there for deferred work, or of a vendor and
/// with nothing to do.
pub fn spare_agents(plan: &Plan) -> Vec<Vec<f64>> {
    let staffed = plan.solved.schedule.staffed(&plan.problem);
    let allowance = plan.scenario.staffing.allowance.max(1.0);
    let lines = LivePlan::of(plan).lines;
    let spare = staffed.into_iter().zip(lines).map(|(staffed, line)| {
        let beyond = staffed.into_iter().zip(line.crew);
        beyond
            .map(|(all, crew)| (all / allowance - crew).max(0.0))
            .collect()
    });
    let mut spare: Vec<Vec<f64>> = spare.collect();
    for (index, pool) in vendors(plan) {
        for ((group, interval), people) in people(plan, index) {
            spare[group][interval] += people.idle * crew_per_agent(plan, pool);
        }
    }
    spare
}

/// The pools of vendors with their positions.
fn vendors(plan: &Plan) -> impl Iterator<Item = (usize, &Pool)> {
    let pools = plan.problem.pools.iter().enumerate();
    pools.filter(|(_, pool)| pool.kind == PoolKind::Bpo)
}

fn crew_per_agent(plan: &Plan, pool: &Pool) -> f64 {
    pool.efficiency() / plan.scenario.staffing.allowance.max(1.0)
}

/// People of a pool for a group in an interval.
#[derive(Debug, Clone, Copy, Default)]
struct People {
    /// Sent there by the schedule.
    assigned: f64,
    /// On the queue with nothing to do.
    idle: f64,
}

/// Fewer people than this are a solver's last digits.
const NOISE: f64 = 1e-6;

/// The people of a pool by group and interval. Whom the schedule sends nowhere stands by for the group
/// that has most of the others, or that had them last.
fn people(plan: &Plan, pool: usize) -> BTreeMap<(usize, usize), People> {
    let mut all: BTreeMap<(usize, usize), People> = BTreeMap::new();
    let own = plan.solved.schedule.assignments.iter();
    let mut at: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for a in own.filter(|a| a.pool == pool) {
        all.entry((a.group, a.interval)).or_default().assigned += a.agents;
        at.entry(a.interval).or_default().push((a.group, a.agents));
    }
    let skills = &plan.problem.pools[pool].skills;
    let groups = &plan.problem.groups;
    let mut last = groups.iter().position(|g| skills.contains(&g.skill));
    let present = plan.report.present.get(pool).into_iter().flatten();
    for (interval, present) in present.enumerate() {
        let sent = at.get(&interval).map_or(&[][..], Vec::as_slice);
        let most = sent
            .iter()
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        last = most.map(|(group, _)| *group).or(last);
        let idle = present - sent.iter().map(|(_, agents)| agents).sum::<f64>();
        if let Some(group) = last.filter(|_| idle > NOISE) {
            all.entry((group, interval)).or_default().idle += idle;
        }
    }
    all
}
