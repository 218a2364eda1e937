//! From a point of the model to a schedule.

use super::breaks::BreakVariable;
use super::cover::CoverModel;
use super::keep;
use super::rules::{Head, unused_commitment, unused_guarantee};
use super::{Assignment, Cost, Headcount, PoolCost, Problem, Schedule, Shortage};
use crate::calendar::TimeDelta;
use crate::units::{Money, whole};
use crate::workforce::{BreakPlacement, Shift};

/// Agents below this are noise of the solver.
const NOISE: f64 = 1e-6;

/// Reads the schedule off a point with whole shifts.
pub(super) fn schedule(cover: &CoverModel<'_>, point: &[f64]) -> Schedule {
    let problem = cover.problem;
    let mut schedule = Schedule {
        shifts: shifts(cover, point),
        ..Schedule::default()
    };
    for (&(pool, group), serving) in &cover.serving {
        for (interval, variable) in serving.iter().enumerate() {
            let agents = variable.map_or(0.0, |v| clean(point[v.index()]));
            if agents > 0.0 {
                schedule.assignments.push(Assignment {
                    pool,
                    group,
                    interval,
                    agents,
                });
            }
        }
    }
    for (group, missing) in cover.missing.iter().enumerate() {
        for (interval, variable) in missing.iter().enumerate() {
            let agents = clean(point[variable.index()]);
            if agents > 0.0 {
                schedule.shortages.push(Shortage {
                    group,
                    interval,
                    agents,
                });
            }
        }
    }
    schedule.crews = cover.crews(point);
    for crew in &mut schedule.crews {
        crew.agents = clean(crew.agents);
    }
    schedule.headcount = headcount(cover, point);
    schedule.cost = cost(problem, cover, point, &schedule);
    schedule
}

/// Agents behind the shifts.
fn headcount(cover: &CoverModel<'_>, point: &[f64]) -> Vec<Headcount> {
    let heads = cover.headcount.iter();
    heads
        .filter_map(|h| {
            let Head::Agents(contract) = h.what else {
                return None;
            };
            Some(Headcount {
                pool: h.pool,
                week: h.week,
                contract,
                agents: clean(point[h.variable.index()]),
            })
        })
        .collect()
}

/// Takes the solver's noise off a number of agents.
fn clean(agents: f64) -> f64 {
    let near = agents.round();
    if (agents - near).abs() < NOISE {
        near.max(0.0)
    } else {
        ((agents * 1e9).round() / 1e9).max(0.0)
    }
}

fn shifts(cover: &CoverModel<'_>, point: &[f64]) -> Vec<Shift> {
    let problem = cover.problem;
    let mut shifts = Vec::new();
    for (index, (candidate, people)) in cover.candidates.iter().zip(&cover.people).enumerate() {
        let count = whole::round(point[people.index()]);
        if count == 0 {
            continue;
        }
        let pool = &problem.pools[candidate.pool];
        let kind = &pool.shifts[candidate.shift_type];
        let mine = cover.breaks.iter().filter(|b| b.candidate == index);
        let breaks = mine.filter_map(|b| {
            let count = whole::round(point[b.variable.index()]);
            (count > 0).then(|| placement(problem, cover, b, count))
        });
        shifts.push(Shift {
            pool: pool.id.clone(),
            shift_type: kind.id.clone(),
            start: candidate.start,
            end: candidate.start + TimeDelta::from_std(kind.length).unwrap_or_default(),
            count,
            breaks: breaks.collect(),
        });
    }
    let order = |s: &Shift| problem.pools.iter().position(|p| p.id == s.pool);
    shifts.sort_by(|a, b| {
        order(a)
            .cmp(&order(b))
            .then_with(|| a.start.cmp(&b.start))
            .then_with(|| a.cmp(b))
    });
    shifts
}

fn placement(
    problem: &Problem,
    cover: &CoverModel<'_>,
    pause: &BreakVariable,
    count: u32,
) -> BreakPlacement {
    let candidate = &cover.candidates[pause.candidate];
    let kind = &problem.pools[candidate.pool].shifts[candidate.shift_type];
    let kind = &kind.breaks[pause.break_type];
    let since = TimeDelta::from_std(cover.step.length * pause.offset).unwrap_or_default();
    let start = candidate.start + since;
    BreakPlacement {
        start,
        end: start + TimeDelta::from_std(kind.length).unwrap_or_default(),
        count,
        paid: kind.paid,
    }
}

fn cost(problem: &Problem, cover: &CoverModel<'_>, point: &[f64], schedule: &Schedule) -> Cost {
    let hours = problem.interval_hours();
    let mut pools: Vec<PoolCost> = (problem.pools.iter().enumerate())
        .map(|(index, pool)| PoolCost {
            pool: pool.id.clone(),
            hours: 0.0,
            shifts: Money::ZERO,
            languages: Money::ZERO,
            unused: unused_commitment(problem, schedule, pool),
            guaranteed: unused_guarantee(problem, schedule, (index, pool)),
            premiums: Money::ZERO,
        })
        .collect();
    for (candidate, people) in cover.candidates.iter().zip(&cover.people) {
        let count = f64::from(whole::round(point[people.index()]));
        let pool = &mut pools[candidate.pool];
        pool.hours += count * candidate.covers.len() as f64 * hours;
        pool.shifts += money(count * (candidate.cost - candidate.premiums));
        pool.premiums += money(count * candidate.premiums);
    }
    for a in &schedule.assignments {
        let price = &problem.pools[a.pool].price;
        let surcharge = price.of(&problem.groups[a.group].skill.language) - price.per_hour;
        pools[a.pool].languages += surcharge * (a.agents * hours);
    }
    let missing: f64 = schedule.shortages.iter().map(|s| s.agents).sum();
    Cost {
        pools,
        understaffing: problem.understaffing_per_hour * (missing * hours),
        changes: keep::cost(cover, schedule),
    }
}

fn money(amount: f64) -> Money {
    Money::new(amount).unwrap_or_default()
}
