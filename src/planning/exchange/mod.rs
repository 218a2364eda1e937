//! What a plan asks of its vendors, what they answer, and what the difference does.
//!
//! ```text
//! Plan ─► asked ─► (a file to the vendor) … (a file back) ─► Commitment ─► Difference
//! ```

mod difference;
mod service;

use super::{LivePlan, Plan};
use crate::calendar::{DateTime, Utc, Zone};
use crate::workforce::{Language, PoolId, PoolKind, Tier};

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

/// What a plan asks of each pool of its vendors, in the order of the pools; pools that nothing is
/// asked of are left out.
pub fn asked(plan: &Plan) -> Vec<AskedPool> {
    let grid = &plan.problem.grid;
    let pools = plan.problem.pools.iter().enumerate();
    let vendors = pools.filter(|(_, pool)| pool.kind == PoolKind::Bpo);
    vendors
        .map(|(index, pool)| {
            let own = plan.solved.schedule.assignments.iter();
            let rows = own.filter(|a| a.pool == index).map(|a| {
                let group = &plan.problem.groups[a.group];
                let start = grid.instant(a.interval);
                let language = &group.skill.language;
                let surcharge = pool.price.of(language).get() - pool.price.per_hour.get();
                AskedRow {
                    group: group.name.clone(),
                    tier: group.skill.tier.clone(),
                    language: language.clone(),
                    start,
                    agents: a.agents,
                    price_per_hour: pool.hourly_price(start).get() + surcharge,
                }
            });
            AskedPool {
                pool: pool.id.clone(),
                zone: pool.zone,
                crew_per_agent: pool.efficiency() / plan.scenario.staffing.allowance.max(1.0),
                rows: rows.collect(),
            }
        })
        .filter(|pool| !pool.rows.is_empty())
        .collect()
}

/// Agents of each line beyond its live crew, by interval: there for deferred work.
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
    spare.collect()
}
