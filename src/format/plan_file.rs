//! `plan.json`: everything a plan says, in a versioned shape.

use super::correction_file::{CorrectionFile, correction_file};
use super::plan_shifts::{ShiftFile, shift_file};
use super::roster_file::{RosterFile, rosters};
use super::tours_file::{ToursFile, tours_file};
use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar::{DateTime, Utc};
use crate::planning::{LivePlan, Plan};
use crate::scheduling::PoolCost;
use crate::units::{Money, Probability};
use crate::workforce::ServiceTarget;

/// Version of the shape of `plan.json`.
pub const PLAN_SCHEMA_VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct PlanFile<'a> {
    schema_version: u32,
    scenario: &'a str,
    input_hash: &'a str,
    version: &'static str,
    seed: u64,
    backend: &'static str,
    termination: &'static str,
    horizon: HorizonFile,
    cost: CostFile<'a>,
    bound: f64,
    gap: f64,
    contacts: ContactsFile,
    cost_per_contact: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correction: Option<CorrectionFile<'a>>,
    queues: Vec<QueueFile<'a>>,
    groups: Vec<GroupFile<'a>>,
    pools: Vec<PoolFile<'a>>,
    promises: Vec<PromiseFile<'a>>,
    binding_rules: Vec<BindingFile<'a>>,
    requirement: Vec<RequirementFile<'a>>,
    shifts: Vec<ShiftFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rosters: Vec<RosterFile<'a>>,
    assignments: Vec<AssignmentFile<'a>>,
    shortages: Vec<ShortageFile<'a>>,
    live_crews: Vec<CrewFile<'a>>,
    answering: Vec<CrewFile<'a>>,
}

#[derive(Debug, Serialize)]
struct HorizonFile {
    start: String,
    end: String,
    days: u32,
    interval_minutes: u32,
    timezone: &'static str,
}

#[derive(Debug, Serialize)]
struct CostFile<'a> {
    total: f64,
    currency: &'a str,
    by_pool: BTreeMap<&'a str, f64>,
    understaffing: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<f64>,
}

#[derive(Debug, Serialize)]
struct ContactsFile {
    total: f64,
}

#[derive(Debug, Serialize)]
struct QueueFile<'a> {
    id: &'a str,
    group: &'a str,
    offered: f64,
    answer_within_seconds: Option<f64>,
    patience_seconds: Option<f64>,
    handling_seconds: f64,
    service_level_target: f64,
    service_level_scope: &'static str,
    service_level_floor: Option<f64>,
    service_level_planned: f64,
    service_level_simulated: Option<f64>,
    service_level_half_width: Option<f64>,
    chance_of_a_day: Option<f64>,
    chance_of_a_week: Option<f64>,
    chance_of_a_month: Option<f64>,
    occupancy: f64,
    actual: Option<f64>,
}

#[derive(Debug, Serialize)]
struct GroupFile<'a> {
    id: &'a str,
    tier: &'a str,
    language: &'a str,
    aggregate_hours: f64,
    peak_agents: f64,
}

#[derive(Debug, Serialize)]
struct PoolFile<'a> {
    id: &'a str,
    kind: &'static str,
    site: &'a str,
    people_shifts: u32,
    hours: f64,
    paid_hours: f64,
    fte: f64,
    cost_shifts: f64,
    cost_languages: f64,
    cost_unused: f64,
    cost_guaranteed_hours: f64,
    cost_law_premiums: f64,
    law_premiums: BTreeMap<&'a str, f64>,
    tours: Vec<ToursFile>,
    tours_against_law: usize,
    agents_over_contracts: u32,
}

#[derive(Debug, Serialize)]
struct PromiseFile<'a> {
    id: &'a str,
    group: &'a str,
    scope: &'static str,
    start: String,
    end: String,
    offered: f64,
    service_level_target: f64,
    service_level_planned: f64,
}

#[derive(Debug, Serialize)]
struct CrewFile<'a> {
    group: &'a str,
    start: String,
    agents: f64,
}

#[derive(Debug, Serialize)]
struct BindingFile<'a> {
    rule: &'a str,
    price: f64,
}

#[derive(Debug, Serialize)]
struct RequirementFile<'a> {
    queue: &'a str,
    group: &'a str,
    start: String,
    agents: f64,
    agents_fractional: f64,
    volume: f64,
}

#[derive(Debug, Serialize)]
struct AssignmentFile<'a> {
    pool: &'a str,
    group: &'a str,
    start: String,
    agents: f64,
}

#[derive(Debug, Serialize)]
struct ShortageFile<'a> {
    group: &'a str,
    start: String,
    agents: f64,
}

/// The text of `plan.json`: the same plan gives the same bytes. Instants are RFC 3339 in UTC,
/// money is in the scenario's currency to the hundredth, shares are fractions.
///
/// The requirement of a group that pools several live queues is divided among them by workload,
/// so that the rows of an interval add up to the agents the group needs. Where a promise is kept over
/// days or weeks, that is what its floor needs; `live_crews` has the agents the schedule chose, and
/// `promises` what each day or week gets from them. `answering` has everybody who answers live
/// contacts, in groups without deferred work also those whom nobody asked for: what
/// [`read_plan`](super::read_plan()) gives to a simulation.
///
/// # Errors
/// An error of the JSON writer, which finite plans do not cause.
pub fn plan_json(plan: &Plan, input_hash: &str) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&plan_file(plan, input_hash))?;
    text.push('\n');
    Ok(text)
}

fn plan_file<'a>(plan: &'a Plan, input_hash: &'a str) -> PlanFile<'a> {
    let scenario = &plan.scenario;
    let grid = &plan.requirement.grid;
    let solved = &plan.solved;
    let cost = &solved.schedule.cost;
    let total = cents(cost.total());
    // A bound is rounded down, never up over what was proven.
    let bound = ((solved.bound * 1e6).floor() / 1e6).min(total);
    PlanFile {
        schema_version: PLAN_SCHEMA_VERSION,
        scenario: &scenario.name,
        input_hash,
        version: env!("CARGO_PKG_VERSION"),
        seed: scenario.seed,
        backend: plan.backend.name(),
        termination: solved.termination.word(),
        horizon: HorizonFile {
            start: instant(grid.start()),
            end: instant(grid.end()),
            days: scenario.horizon.days,
            interval_minutes: grid.interval_length().minutes(),
            timezone: scenario.horizon.zone.name(),
        },
        cost: CostFile {
            total,
            currency: &scenario.currency,
            by_pool: cost
                .pools
                .iter()
                .map(|p| (p.pool.as_str(), cents(p.total())))
                .collect(),
            understaffing: cents(cost.understaffing),
            changes: scenario.kept.as_ref().map(|_| cents(cost.changes)),
        },
        bound,
        gap: if total > 0.0 {
            round((total - bound) / total, 9)
        } else {
            0.0
        },
        contacts: ContactsFile {
            total: round(plan.contacts(), 6),
        },
        cost_per_contact: plan.cost_per_contact().map(|c| round(c.get(), 4)),
        correction: plan.corrected.as_ref().map(correction_file),
        queues: queues(plan),
        groups: groups(plan),
        pools: (scenario.pools.iter().zip(&cost.pools))
            .map(|(p, c)| pool(plan, p, c))
            .collect(),
        promises: promises(plan),
        binding_rules: (solved.binding.iter())
            .map(|b| BindingFile {
                rule: &b.rule,
                price: round(b.price, 4),
            })
            .collect(),
        requirement: requirement(plan),
        shifts: shifts(plan),
        rosters: rosters(plan),
        assignments: (solved.schedule.assignments.iter())
            .map(|a| AssignmentFile {
                pool: scenario.pools[a.pool].id.as_str(),
                group: &plan.problem.groups[a.group].name,
                start: instant(grid.instant(a.interval)),
                agents: round(a.agents, 6),
            })
            .collect(),
        shortages: (solved.schedule.shortages.iter())
            .map(|s| ShortageFile {
                group: &plan.problem.groups[s.group].name,
                start: instant(grid.instant(s.interval)),
                agents: round(s.agents, 6),
            })
            .collect(),
        live_crews: (solved.schedule.crews.iter())
            .map(|c| CrewFile {
                group: &plan.problem.groups[c.group].name,
                start: instant(grid.instant(c.interval)),
                agents: round(c.agents, 6),
            })
            .collect(),
        answering: answering(plan),
    }
}

fn answering(plan: &Plan) -> Vec<CrewFile<'_>> {
    let grid = &plan.problem.grid;
    let lines = plan.problem.groups.iter().zip(LivePlan::of(plan).lines);
    let rows = lines
        .filter(|(_, line)| !line.queues.is_empty())
        .flat_map(|(group, line)| {
            let crew = line
                .crew
                .into_iter()
                .enumerate()
                .filter(|(_, agents)| *agents > 0.0);
            crew.map(move |(t, agents)| CrewFile {
                group: &group.name,
                start: instant(grid.instant(t)),
                agents,
            })
        });
    rows.collect()
}

fn promises(plan: &Plan) -> Vec<PromiseFile<'_>> {
    let grid = &plan.problem.grid;
    (plan.report.promises.iter())
        .map(|kept| PromiseFile {
            id: &kept.name,
            group: &plan.problem.groups[kept.group].name,
            scope: kept.scope.word(),
            start: instant(grid.instant(kept.intervals.start)),
            end: instant(grid.instant(kept.intervals.end)),
            offered: round(kept.offered, 6),
            service_level_target: kept.share.get(),
            service_level_planned: round(kept.service_level.get(), 6),
        })
        .collect()
}

fn group_name(plan: &Plan, queue: usize) -> &str {
    let group = plan.requirement.group_of(queue);
    group.map_or("", |g| &plan.requirement.groups[g].name)
}

fn queues(plan: &Plan) -> Vec<QueueFile<'_>> {
    let seconds = plan
        .requirement
        .grid
        .interval_length()
        .duration()
        .as_secs_f64();
    let within = |target: &ServiceTarget| match target {
        ServiceTarget::Live { answer_within, .. } => Some(answer_within.as_secs_f64()),
        ServiceTarget::Deferred { .. } => None,
    };
    (plan.queues.iter().enumerate())
        .map(|(index, queue)| QueueFile {
            id: queue.id.as_str(),
            group: group_name(plan, index),
            offered: round(queue.offered, 6),
            answer_within_seconds: within(&queue.target),
            patience_seconds: plan.scenario.queues[index]
                .patience
                .map(|p| p.as_secs_f64()),
            handling_seconds: round(
                plan.requirement.queues[index].mean_agent_seconds(seconds),
                6,
            ),
            service_level_target: queue.target.share().get(),
            service_level_scope: plan.scenario.queues[index].scope.word(),
            service_level_floor: plan.scenario.queues[index]
                .scope
                .floor()
                .map(Probability::get),
            service_level_planned: round(queue.service_level.get(), 6),
            service_level_simulated: queue.simulated.map(|s| round(s.service_level.get(), 6)),
            service_level_half_width: queue.simulated.map(|s| round(s.half_width, 6)),
            chance_of_a_day: queue.simulated.map(|s| round(s.day.get(), 4)),
            chance_of_a_week: queue.simulated.map(|s| round(s.week.get(), 4)),
            chance_of_a_month: queue.simulated.map(|s| round(s.month.get(), 4)),
            occupancy: round(queue.occupancy.get(), 6),
            actual: queue.actual.as_ref().map(|a| round(a.total(), 6)),
        })
        .collect()
}

fn groups(plan: &Plan) -> Vec<GroupFile<'_>> {
    let hours = plan.problem.interval_hours();
    (plan.requirement.groups.iter())
        .map(|group| GroupFile {
            id: &group.name,
            tier: group.skill.tier.as_str(),
            language: group.skill.language.as_str(),
            aggregate_hours: round(group.aggregate_hours(hours), 4),
            peak_agents: group.peak_agents(),
        })
        .collect()
}

fn pool<'a>(plan: &'a Plan, pool: &'a crate::workforce::Pool, cost: &PoolCost) -> PoolFile<'a> {
    let paid = pool.paid_hours(cost.hours);
    let own = plan
        .tours
        .iter()
        .find(|own| plan.problem.pools[own.pool].id == pool.id);
    PoolFile {
        id: pool.id.as_str(),
        kind: pool.kind.word(),
        site: pool.site.as_str(),
        people_shifts: plan.solved.schedule.people_of(&pool.id),
        hours: round(cost.hours, 4),
        paid_hours: round(paid, 4),
        fte: round(paid / (pool.contract_hours * plan.problem.weeks), 4),
        cost_shifts: cents(cost.shifts),
        cost_languages: cents(cost.languages),
        cost_unused: cents(cost.unused),
        cost_guaranteed_hours: cents(cost.guaranteed),
        cost_law_premiums: cents(cost.premiums),
        law_premiums: own.map_or_else(BTreeMap::new, |own| {
            let premiums = own.premiums.iter();
            premiums
                .map(|(name, m)| (name.as_str(), cents(*m)))
                .collect()
        }),
        tours: own.map_or_else(Vec::new, tours_file),
        tours_against_law: own.map_or(0, |own| own.breaches.len()),
        agents_over_contracts: own.map_or(0, |own| own.agents_over),
    }
}

fn requirement(plan: &Plan) -> Vec<RequirementFile<'_>> {
    let requirement = &plan.requirement;
    let mut rows = Vec::new();
    for (index, queue) in plan.scenario.queues.iter().enumerate() {
        let Some(group) = requirement.group_of(index).map(|g| &requirement.groups[g]) else {
            continue;
        };
        let need = &requirement.queues[index];
        let live = group
            .queues
            .iter()
            .filter(|&&q| plan.scenario.queues[q].target.is_live());
        let open = |t: usize| {
            live.clone()
                .filter(|&&q| requirement.queues[q].open[t])
                .count()
        };
        for t in 0..requirement.grid.len() {
            let pooled = &group.live[t];
            let share = match (queue.target.is_live(), pooled.load > 0.0) {
                (true, true) => need.load[t] / pooled.load,
                (true, false) if need.open[t] => 1.0 / open(t).max(1) as f64,
                _ => 0.0,
            };
            if pooled.agents.get() > 0 || need.volume[t] > 0.0 {
                rows.push(RequirementFile {
                    queue: queue.id.as_str(),
                    group: &group.name,
                    start: instant(requirement.grid.instant(t)),
                    agents: round(pooled.agents.as_f64() * share, 6),
                    agents_fractional: round(pooled.fractional * share, 6),
                    volume: round(need.volume[t], 6),
                });
            }
        }
    }
    rows
}

fn shifts(plan: &Plan) -> Vec<ShiftFile> {
    let shifts = &plan.solved.schedule.shifts;
    shifts.iter().map(shift_file).collect()
}

pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn cents(amount: Money) -> f64 {
    amount.rounded().get()
}

/// Rounds to a number of decimals; minus zero becomes zero.
pub(super) fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (value * scale).round() / scale + 0.0
}
