//! Rosters of named agents in `plan.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::plan_shifts::{ShiftFile, announced, shift_file};
use crate::planning::Plan;
use crate::scheduling::named::{Load, PoolRoster};
use crate::units::whole::decimals as round;

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct RosterFile<'a> {
    /// Pool.
    pool: &'a str,
    /// Who works when.
    agents: Vec<AgentFile<'a>>,
    /// Shifts that nobody takes.
    open: Vec<OpenFile<'a>>,
    /// Days on which a wish is kept.
    wish_days_kept: u32,
    /// Days on which one is broken.
    wish_days_broken: u32,
    /// Penalty of broken wishes.
    penalty_wishes: f64,
    /// Penalty of uneven loads.
    penalty_fairness: f64,
    /// Guaranteed hours that nobody works.
    unworked_hours: f64,
    /// Agents on a weekend beyond the share of their contract.
    weekends_over_contracts: u32,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct AgentFile<'a> {
    /// Name.
    agent: &'a str,
    /// Contract.
    contract: &'a str,
    /// What the roster gives.
    load: LoadFile,
    /// What was worked before the horizon.
    load_before: LoadFile,
    /// Shifts, in order.
    shifts: Vec<ShiftFile>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct LoadFile {
    /// Hours worked.
    hours: f64,
    /// Shifts in the night.
    nights: u32,
    /// Weekends with a shift.
    weekends: u32,
    /// Shifts that begin early or late.
    unpopular: u32,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct OpenFile<'a> {
    #[serde(flatten)]
    shift: ShiftFile,
    /// How many agents what stands against.
    agents_by_reason: &'a BTreeMap<&'static str, u32>,
}

/// The rosters of a plan, one for each pool with named agents.
pub(super) fn rosters(plan: &Plan) -> Vec<RosterFile<'_>> {
    let of = |own| roster(plan, own);
    plan.rosters.iter().map(of).collect()
}

fn roster<'a>(plan: &'a Plan, own: &'a PoolRoster) -> RosterFile<'a> {
    let pool = &plan.problem.pools[own.pool];
    let loads = own.loads.iter().zip(&own.past);
    let agents = own
        .tours
        .iter()
        .zip(loads)
        .map(|(tour, (load, before))| AgentFile {
            agent: &tour.agent,
            contract: &tour.contract,
            load: load_file(load),
            load_before: load_file(before),
            shifts: announced(
                plan,
                pool,
                Some(&tour.agent),
                &tour.shifts.iter().collect::<Vec<_>>(),
            ),
        });
    let open = own.open.iter().map(|open| OpenFile {
        // Nobody was told of it.
        shift: shift_file(&open.shift, 0),
        agents_by_reason: &open.against,
    });
    RosterFile {
        pool: pool.id.as_str(),
        agents: agents.collect(),
        open: open.collect(),
        wish_days_kept: own.wishes.0,
        wish_days_broken: own.wishes.1,
        penalty_wishes: round(own.penalty.wishes, 6),
        penalty_fairness: round(own.penalty.fairness, 6),
        unworked_hours: round(own.penalty.unworked_hours, 6),
        weekends_over_contracts: own.weekends_over,
    }
}

fn load_file(load: &Load) -> LoadFile {
    LoadFile {
        hours: round(load.hours, 4),
        nights: load.nights,
        weekends: load.weekends,
        unpopular: load.unpopular,
    }
}
