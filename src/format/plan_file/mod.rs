//! `plan.json`: everything a plan says, in a versioned shape.

mod shape;

use std::collections::BTreeMap;

use super::correction_file::correction_file;
use super::plan_shifts::{ShiftFile, announced};
use super::roster_file::rosters;
use super::tours_file::tours_file;
use crate::calendar::{DateTime, Utc};
use crate::planning::{LivePlan, Plan};
use crate::scheduling::PoolCost;
use crate::units::Probability;
use crate::units::whole::decimals as round;
use crate::workforce::{Pool, PoolId, ServiceTarget, Shift};
#[cfg(feature = "schema")]
pub(super) use shape::shape;
use shape::{
    AssignmentFile, BindingFile, ContactsFile, CostFile, CrewFile, GroupFile, HorizonFile,
    PlanFile, PoolFile, PromiseFile, QueueFile, RequirementFile,
};

/// Version of the shape of `plan.json`.
pub const PLAN_SCHEMA_VERSION: u32 = 1;

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
    PlanFile {
        schema_version: PLAN_SCHEMA_VERSION,
        scenario: &scenario.name,
        revision: Some(plan.revision()).filter(|revision| *revision > 0),
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
            total: plan.told_cost(),
            currency: &scenario.currency,
            by_pool: cost
                .pools
                .iter()
                .map(|p| (p.pool.as_str(), p.total().rounded().get()))
                .collect(),
            understaffing: cost.understaffing.rounded().get(),
            changes: scenario.kept.as_ref().map(|_| cost.changes.rounded().get()),
        },
        bound: plan.told_bound(),
        gap: plan.told_gap(),
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
            .map(|s| crew(plan, (s.group, s.interval), s.agents))
            .collect(),
        live_crews: (solved.schedule.crews.iter())
            .map(|c| crew(plan, (c.group, c.interval), c.agents))
            .collect(),
        answering: answering(plan),
    }
}

/// Agents of a group in an interval.
fn crew(plan: &Plan, (group, interval): (usize, usize), agents: f64) -> CrewFile<'_> {
    CrewFile {
        group: &plan.problem.groups[group].name,
        start: instant(plan.problem.grid.instant(interval)),
        agents: round(agents, 6),
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

fn pool<'a>(plan: &'a Plan, pool: &'a Pool, cost: &PoolCost) -> PoolFile<'a> {
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
        cost_shifts: cost.shifts.rounded().get(),
        cost_languages: cost.languages.rounded().get(),
        cost_unused: cost.unused.rounded().get(),
        cost_guaranteed_hours: cost.guaranteed.rounded().get(),
        cost_law_premiums: cost.premiums.rounded().get(),
        law_premiums: own.map_or_else(BTreeMap::new, |own| {
            let premiums = own.premiums.iter();
            premiums
                .map(|(name, m)| (name.as_str(), m.rounded().get()))
                .collect()
        }),
        tours: own.map_or_else(Vec::new, tours_file),
        tours_against_law: own.map_or(0, |own| own.breaches.len()),
        agents_over_contracts: own.map_or(0, |own| own.agents_over),
    }
}

fn requirement(plan: &Plan) -> Vec<RequirementFile<'_>> {
    let requirement = &plan.requirement;
    let rows = plan.queue_intervals().into_iter();
    rows.map(|row| RequirementFile {
        queue: plan.scenario.queues[row.queue].id.as_str(),
        group: &requirement.groups[row.group].name,
        start: instant(requirement.grid.instant(row.interval)),
        agents: round(row.agents, 6),
        agents_fractional: round(row.fractional, 6),
        volume: round(row.volume, 6),
    })
    .collect()
}

fn shifts(plan: &Plan) -> Vec<ShiftFile> {
    let all = &plan.solved.schedule.shifts;
    let of_pool = |pool: &Pool| {
        let own: Vec<&Shift> = all.iter().filter(|s| s.pool == pool.id).collect();
        announced(plan, pool, None, &own).into_iter()
    };
    let pools = plan.scenario.pools.iter();
    let mut by_pool: BTreeMap<&PoolId, _> = pools.map(|p| (&p.id, of_pool(p))).collect();
    let next = |shift: &Shift| by_pool.get_mut(&shift.pool)?.next();
    all.iter().filter_map(next).collect()
}

pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
