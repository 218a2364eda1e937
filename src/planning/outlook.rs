//! What each queue gets from a schedule, by formula.

use std::time::Duration;

use super::plan::QueueOutlook;
use super::scenario::{Scenario, Source};
use super::trial;
use crate::calendar::{Grid, Series};
use crate::requirements::{Group, Requirement};
use crate::scheduling::{Problem, Report, Schedule};
use crate::units::Probability;
use crate::workforce::ServiceTarget;

pub(super) fn outlooks(
    scenario: &Scenario,
    requirement: &Requirement,
    problem: &Problem,
    schedule: &Schedule,
    report: &Report,
) -> Vec<QueueOutlook> {
    let staffed = schedule.staffed(problem);
    let crews = trial::live_crews(problem, schedule);
    let simulated = trial::outlook(scenario, requirement, &trial::crews(problem, schedule));
    (scenario.queues.iter().enumerate())
        .filter_map(|(index, queue)| {
            let g = requirement.group_of(index)?;
            let group = &requirement.groups[g];
            let service_level = match queue.target {
                ServiceTarget::Live { answer_within, .. } => {
                    live_level(requirement, group, index, &crews[g], answer_within)
                }
                ServiceTarget::Deferred { .. } => {
                    in_time(group, index, &report.deferred[g].in_time)
                }
            };
            Some(QueueOutlook {
                id: queue.id.clone(),
                offered: requirement.queues[index].contacts(),
                target: queue.target,
                service_level,
                simulated: (simulated.iter())
                    .find(|(id, _)| *id == queue.id)
                    .map(|(_, trial)| *trial),
                occupancy: occupancy(group, &staffed[g], &report.deferred[g].done),
                actual: actual(scenario, &requirement.grid, index),
            })
        })
        .collect()
}

/// Service level of the group's live crew, weighted by the contacts of the queue.
pub(super) fn live_level(
    requirement: &Requirement,
    group: &Group,
    queue: usize,
    crews: &[f64],
    within: Duration,
) -> Probability {
    let seconds = requirement.grid.interval_length().duration().as_secs_f64();
    let volume = &requirement.queues[queue].volume;
    let (mut answered, mut offered) = (0.0, 0.0);
    for t in 0..volume.len() {
        if volume[t] <= 0.0 {
            continue;
        }
        answered += volume[t] * group.service_level(t, group.answering(crews[t]), within, seconds);
        offered += volume[t];
    }
    Probability::saturating(if offered > 0.0 {
        answered / offered
    } else {
        1.0
    })
}

/// Share in time of the deferred work of a queue, over its classes by work.
fn in_time(group: &Group, queue: usize, shares: &[f64]) -> Probability {
    let (mut done, mut total) = (0.0, 0.0);
    for (class, share) in group
        .deferred
        .iter()
        .zip(shares)
        .filter(|(c, _)| c.queue == queue)
    {
        done += share * class.total();
        total += class.total();
    }
    Probability::saturating(if total > 0.0 { done / total } else { 1.0 })
}

fn occupancy(group: &Group, staffed: &[f64], deferred: &[f64]) -> Probability {
    let work: f64 = group.live.iter().map(|n| n.load).sum::<f64>() + deferred.iter().sum::<f64>();
    let agents: f64 = staffed.iter().sum();
    Probability::saturating(if agents > 0.0 { work / agents } else { 0.0 })
}

/// What the history says about the horizon itself, when it reaches that far for every stream.
fn actual(scenario: &Scenario, grid: &Grid, queue: usize) -> Option<Series<f64>> {
    let mut total: Option<Vec<f64>> = None;
    for stream in &scenario.streams {
        if scenario.queue_of(&stream.market, &stream.skill, stream.channel) != Some(queue) {
            continue;
        }
        let Source::History { history, .. } = &stream.source else {
            return None;
        };
        if history.interval_length() != grid.interval_length() {
            return None;
        }
        let (_, last) = history.span()?;
        let market = scenario.market(&stream.market)?;
        if last < history.zone().local(grid.start()).date() {
            return None;
        }
        let values = (0..grid.len()).map(|t| {
            let (date, slot) = history.slot(grid.instant(t));
            let cell = history.day(date).and_then(|cells| cells.get(slot));
            let open = scenario.queues[queue].is_open(market, grid.instant(t));
            let seen = cell.and_then(|c| Some(c.volume? / f64::from(c.instants.max(1))));
            if open { seen.unwrap_or(0.0) } else { 0.0 }
        });
        let sum = total.get_or_insert_with(|| vec![0.0; grid.len()]);
        sum.iter_mut().zip(values).for_each(|(s, v)| *s += v);
    }
    total
        .filter(|v| v.iter().sum::<f64>() > 0.0)
        .and_then(|v| Series::new(*grid, v).ok())
}
