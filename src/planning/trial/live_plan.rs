//! What a simulation needs of a plan, whether it was just made or comes from a file.

use std::time::Duration;

use super::crews;
use crate::calendar::{Grid, Zone};
use crate::planning::{Plan, Scenario};
use crate::requirements::Requirement;
use crate::units::Probability;
use crate::workforce::{PromiseScope, QueueId, ServiceTarget};

/// The live lines of a plan: contacts, promises and the agents who answer.
///
/// Volumes, crews and handling times have six decimals, as many as files hold, so that a plan and
/// its file give the same simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct LivePlan {
    /// The intervals.
    pub grid: Grid,
    /// Days begin and end in this local time.
    pub zone: Zone,
    /// Days of the horizon.
    pub days: u32,
    /// Seed of the plan.
    pub seed: u64,
    /// One line for each group of queues, in the order of the groups; without queues where all of
    /// its work is deferred.
    pub lines: Vec<LiveLine>,
}

/// Live queues that share a crew.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveLine {
    /// Name of the group.
    pub name: String,
    /// Its live queues.
    pub queues: Vec<LiveQueue>,
    /// Agents who answer in each interval, at the group's own handling time.
    pub crew: Vec<f64>,
}

/// A live queue.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveQueue {
    /// Its name.
    pub id: QueueId,
    /// Share promised.
    pub share: Probability,
    /// Longest wait that is in time.
    pub answer_within: Duration,
    /// Over which contacts the promise is kept.
    pub scope: PromiseScope,
    /// Mean patience, exponential; `None` for customers who never hang up.
    pub patience: Option<Duration>,
    /// Contacts in each interval.
    pub volume: Vec<f64>,
    /// Mean agent time of a contact in seconds, exponential.
    pub handling_seconds: f64,
    /// Share of contacts in time by formula, where it is known.
    pub by_formula: Option<Probability>,
}

impl LivePlan {
    /// The live lines of a plan.
    pub fn of(plan: &Plan) -> Self {
        let crews = crews(&plan.problem, &plan.solved.schedule);
        let mut live = Self::staffed(&plan.scenario, &plan.requirement, &crews);
        for queue in live.lines.iter_mut().flat_map(|line| &mut line.queues) {
            let outlook = plan.queues.iter().find(|o| o.id == queue.id);
            queue.by_formula =
                outlook.map(|o| Probability::saturating(decimals(o.service_level.get())));
        }
        live
    }

    /// The lines of a requirement with some crews, by group.
    pub(in crate::planning) fn staffed(
        scenario: &Scenario,
        requirement: &Requirement,
        crews: &[Vec<f64>],
    ) -> Self {
        let lines = requirement.groups.iter().enumerate().zip(crews);
        let lines = lines.map(|((index, group), crew)| {
            let live = live_queues(scenario, requirement, index);
            let queues = live.iter().map(|&q| {
                let queue = LiveQueue::of(scenario, requirement, q);
                LiveQueue {
                    volume: queue.volume.into_iter().map(decimals).collect(),
                    handling_seconds: decimals(queue.handling_seconds),
                    ..queue
                }
            });
            LiveLine {
                name: group.name.clone(),
                queues: queues.collect(),
                crew: crew.iter().copied().map(decimals).collect(),
            }
        });
        Self {
            grid: requirement.grid,
            zone: scenario.horizon.zone,
            days: scenario.horizon.days,
            seed: scenario.seed,
            lines: lines.collect(),
        }
    }

    /// Contacts of all lines over the horizon.
    pub fn contacts(&self) -> f64 {
        let queues = self.lines.iter().flat_map(|line| &line.queues);
        queues.map(LiveQueue::contacts).sum()
    }
}

impl LiveQueue {
    /// A live queue of a scenario; one of deferred work would be in time only at once.
    pub(super) fn of(scenario: &Scenario, requirement: &Requirement, index: usize) -> Self {
        let (queue, need) = (&scenario.queues[index], &requirement.queues[index]);
        let seconds = requirement.grid.interval_length().duration().as_secs_f64();
        let answer_within = match queue.target {
            ServiceTarget::Live { answer_within, .. } => answer_within,
            ServiceTarget::Deferred { .. } => Duration::ZERO,
        };
        Self {
            id: queue.id.clone(),
            share: queue.target.share(),
            answer_within,
            scope: queue.scope,
            patience: queue.patience,
            volume: need.volume.clone(),
            handling_seconds: need.mean_agent_seconds(seconds),
            by_formula: None,
        }
    }

    /// Contacts over the horizon.
    pub fn contacts(&self) -> f64 {
        self.volume.iter().sum()
    }
}

/// The live queues of a group, in order.
pub(super) fn live_queues(
    scenario: &Scenario,
    requirement: &Requirement,
    group: usize,
) -> Vec<usize> {
    let queues = requirement.groups[group].queues.iter().copied();
    queues
        .filter(|&q| scenario.queues[q].target.is_live())
        .collect()
}

fn decimals(value: f64) -> f64 {
    (value * 1e6).round() / 1e6 + 0.0
}
