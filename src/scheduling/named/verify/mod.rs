//! Rosters checked shift by shift, by code that shares nothing with what made them.

mod agent;
mod penalty;

use std::collections::BTreeMap;

use super::{NOT_ASKED, OpenShift, PoolRoster};
use crate::calendar::{DateTime, Utc};
use crate::scheduling::rules::noons;
use crate::scheduling::tours::law_of;
use crate::scheduling::{Problem, Schedule};
use crate::workforce::{Pool, Staff, Tour};
use agent::Agent;

/// What is wrong with rosters: shifts that nobody has or too many do, agents who may not work what
/// they have by contract, availability, absence or law, open shifts that somebody could take beside
/// their others without being named, and counts that do not add up. Empty when nothing is.
pub fn verify_rosters(
    problem: &Problem,
    schedule: &Schedule,
    rosters: &[PoolRoster],
) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, pool) in problem.pools.iter().enumerate() {
        let own: Vec<&PoolRoster> = rosters.iter().filter(|r| r.pool == index).collect();
        match (&pool.staff, own.as_slice()) {
            (None, []) => {}
            (Some(staff), [one]) => of_pool(problem, schedule, (pool, staff), one, &mut faults),
            _ => faults.push(format!("pool `{}` has {} rosters", pool.id, own.len())),
        }
    }
    faults
}

fn of_pool(
    problem: &Problem,
    schedule: &Schedule,
    (pool, staff): (&Pool, &Staff),
    own: &PoolRoster,
    faults: &mut Vec<String>,
) {
    let named = |tour: &Tour| (tour.agent.clone(), tour.contract.clone());
    let tours: Vec<_> = own.tours.iter().map(named).collect();
    let agents = staff.agents.iter();
    let agents: Vec<_> = agents
        .map(|a| (a.name.clone(), a.contract.clone()))
        .collect();
    if tours != agents {
        let what = format!("pool `{}` has tours of others than its agents", pool.id);
        faults.push(what);
        return;
    }
    same_work(pool, schedule, own, faults);
    let horizon = noons(problem, pool);
    let law = law_of(pool, horizon.0);
    let agents: Vec<Agent<'_>> = (staff.agents.iter())
        .map(|named| Agent::new(pool, staff, named, &law, horizon))
        .collect();
    for (agent, tour) in agents.iter().zip(&own.tours) {
        let name = format!("agent `{}` of pool `{}`", tour.agent, pool.id);
        let wrong = agent.wrongs(tour).into_iter();
        faults.extend(wrong.map(|what| format!("{name}: {what}")));
    }
    for open in &own.open {
        takeable(pool, &agents, own, open, faults);
    }
    penalty::check(&agents, staff, own, faults);
}

/// First and last instant, kind of shift, and for a break of it whether it is paid.
type Work<'a> = (DateTime<Utc>, DateTime<Utc>, &'a str, Option<bool>);

/// Every shift and break of the schedule is in tours or among the open shifts as often as it is
/// planned.
fn same_work(pool: &Pool, schedule: &Schedule, own: &PoolRoster, faults: &mut Vec<String>) {
    let mut left: BTreeMap<Work<'_>, i64> = BTreeMap::new();
    let planned = schedule.shifts.iter().filter(|s| s.pool == pool.id);
    let worked = own.tours.iter().flat_map(|t| &t.shifts);
    let open = own.open.iter().map(|o| &o.shift);
    let both = planned.map(|s| (s, 1));
    for (shift, sign) in both.chain(worked.chain(open).map(|s| (s, -1))) {
        let kind = shift.shift_type.as_str();
        let mut count = |from, to, paid, people: u32| {
            *left.entry((from, to, kind, paid)).or_default() += sign * i64::from(people);
        };
        count(shift.start, shift.end, None, shift.count);
        for pause in &shift.breaks {
            count(pause.start, pause.end, Some(pause.paid), pause.count);
        }
    }
    for ((start, _, kind, pause), people) in left.into_iter().filter(|(_, n)| *n != 0) {
        faults.push(format!(
            "{people} people of pool `{}` are missing in the roster with the {} of `{kind}` at \
             {start}",
            pool.id,
            if pause.is_some() { "break" } else { "start" }
        ));
    }
}

/// As many reasons are given as there are agents with one. Of those who were not asked for want of
/// time, some or none may have one.
fn takeable(
    pool: &Pool,
    agents: &[Agent<'_>],
    own: &PoolRoster,
    open: &OpenShift,
    faults: &mut Vec<String>,
) {
    let more = |tour: &Tour| {
        let mut tour = tour.clone();
        tour.shifts.push(open.shift.clone());
        tour.shifts.sort_by_key(|s| (s.start, s.end));
        tour
    };
    let hindered = agents.iter().zip(&own.tours);
    let hindered = hindered.filter(|(agent, tour)| !agent.wrongs(&more(tour)).is_empty());
    let hindered = hindered.count();
    let told: u32 = open.against.values().sum();
    let unasked = open.against.get(NOT_ASKED).copied().unwrap_or(0);
    let told_least = usize::try_from(told.saturating_sub(unasked)).unwrap_or(usize::MAX);
    let told_most = usize::try_from(told).unwrap_or(usize::MAX);
    if told_most > agents.len() || !(told_least..=told_most).contains(&hindered) {
        faults.push(format!(
            "something stands against giving the open shift of {} in pool `{}` to {hindered} \
             agents, not to {told}",
            open.shift.start, pool.id
        ));
    }
}
