//! Rosters of named agents in `plan.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::plan_file::round;
use super::plan_shifts::{ShiftFile, shift_file};
use crate::planning::Plan;
use crate::scheduling::named::{Load, PoolRoster};

#[derive(Debug, Serialize)]
pub(super) struct RosterFile<'a> {
    pool: &'a str,
    agents: Vec<AgentFile<'a>>,
    open: Vec<OpenFile<'a>>,
    wish_days_kept: u32,
    wish_days_broken: u32,
    penalty_wishes: f64,
    penalty_fairness: f64,
    unworked_hours: f64,
    weekends_over_contracts: u32,
}

#[derive(Debug, Serialize)]
struct AgentFile<'a> {
    agent: &'a str,
    contract: &'a str,
    load: LoadFile,
    load_before: LoadFile,
    shifts: Vec<ShiftFile>,
}

#[derive(Debug, Serialize)]
struct LoadFile {
    hours: f64,
    nights: u32,
    weekends: u32,
    unpopular: u32,
}

#[derive(Debug, Serialize)]
struct OpenFile<'a> {
    #[serde(flatten)]
    shift: ShiftFile,
    agents_by_reason: &'a BTreeMap<&'static str, u32>,
}

/// The rosters of a plan, one for each pool with named agents.
pub(super) fn rosters(plan: &Plan) -> Vec<RosterFile<'_>> {
    let of = |own| roster(plan, own);
    plan.rosters.iter().map(of).collect()
}

fn roster<'a>(plan: &'a Plan, own: &'a PoolRoster) -> RosterFile<'a> {
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
            shifts: tour.shifts.iter().map(shift_file).collect(),
        });
    let open = own.open.iter().map(|open| OpenFile {
        shift: shift_file(&open.shift),
        agents_by_reason: &open.against,
    });
    RosterFile {
        pool: plan.problem.pools[own.pool].id.as_str(),
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
