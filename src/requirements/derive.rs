use std::collections::BTreeMap;
use std::time::Duration;

use rayon::prelude::*;

use super::deferred::due_intervals;
use super::live::live_need;
use super::{
    DeferredClass, Group, Job, LiveNeed, Mode, QueueNeed, RequirementError, StaffingRules,
    StreamDemand,
};
use crate::calendar::Grid;
use crate::queueing::Objective;
use crate::units::{Erlangs, Probability, whole};
use crate::workforce::{Queue, QueueId, ServiceTarget, Skill};

/// Agents needed by every group of queues, and what they were derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// The horizon.
    pub grid: Grid,
    /// Rules that were applied.
    pub rules: StaffingRules,
    /// Contacts and load of each queue, in the order of the queues.
    pub queues: Vec<QueueNeed>,
    /// Groups that are staffed together, in the order of their first queue.
    pub groups: Vec<Group>,
}

impl Requirement {
    /// Contacts of all queues over the horizon.
    pub fn contacts(&self) -> f64 {
        self.queues.iter().map(QueueNeed::contacts).sum()
    }

    /// Position of the group that staffs a queue.
    pub fn group_of(&self, queue: usize) -> Option<usize> {
        self.groups.iter().position(|g| g.queues.contains(&queue))
    }
}

/// Derives the requirement of `queues` from the contacts of `streams`.
///
/// # Errors
/// [`RequirementError`] when a promise has no finite staffing or a load is no number.
pub fn derive(
    grid: Grid,
    queues: &[Queue],
    streams: &[StreamDemand<'_>],
    rules: &StaffingRules,
) -> Result<Requirement, RequirementError> {
    let needs: Vec<QueueNeed> = queues
        .iter()
        .enumerate()
        .map(|(index, queue)| QueueNeed::collect(&grid, index, queue, streams))
        .collect();
    let members = members(queues, rules.mode);
    let groups = members
        .into_par_iter()
        .map(|(name, skill, members)| {
            let (live, cap) = live_needs(&grid, queues, &needs, &members, rules)?;
            let deferred = deferred_classes(&grid, queues, streams, &members);
            let idle = live
                .iter()
                .map(|n| {
                    let room = cap.get() * n.agents.as_f64() - n.load;
                    if rules.fill_idle && !deferred.is_empty() {
                        room.max(0.0)
                    } else {
                        0.0
                    }
                })
                .collect();
            let deferred_cap = members
                .iter()
                .filter(|&&q| !queues[q].target.is_live())
                .map(|&q| queues[q].occupancy_cap.get())
                .fold(1.0, f64::min);
            Ok(Group {
                name,
                skill,
                queues: members,
                live,
                idle,
                deferred,
                deferred_cap,
                allowance: rules.allowance,
            })
        })
        .collect::<Result<Vec<_>, RequirementError>>()?;
    Ok(Requirement {
        grid,
        rules: rules.clone(),
        queues: needs,
        groups,
    })
}

/// Which queues are staffed together.
fn members(queues: &[Queue], mode: Mode) -> Vec<(String, Skill, Vec<usize>)> {
    let mut groups: Vec<(String, Skill, Vec<usize>)> = Vec::new();
    for (index, queue) in queues.iter().enumerate() {
        let known = groups
            .iter_mut()
            .find(|g| mode == Mode::Blended && g.1 == queue.skill);
        if let Some(group) = known {
            group.2.push(index);
            continue;
        }
        let name = match mode {
            Mode::Silo => queue.id.to_string(),
            Mode::Blended => queue.skill.to_string(),
        };
        groups.push((name, queue.skill.clone(), vec![index]));
    }
    groups
}

/// Need of the live queues among `members`, pooled into one, and the occupancy cap of its crew.
fn live_needs(
    grid: &Grid,
    queues: &[Queue],
    needs: &[QueueNeed],
    members: &[usize],
    rules: &StaffingRules,
) -> Result<(Vec<LiveNeed>, Probability), RequirementError> {
    let live: Vec<usize> = members
        .iter()
        .copied()
        .filter(|&q| queues[q].target.is_live())
        .collect();
    let Some(&first) = live.first() else {
        return Ok((vec![LiveNeed::default(); grid.len()], Probability::ONE));
    };
    let id = &queues[first].id;
    let own = |q: usize| match queues[q].target {
        ServiceTarget::Live {
            share,
            answer_within,
        } => objective(&queues[q].id, share, answer_within, queues[q].occupancy_cap),
        ServiceTarget::Deferred { .. } => pooled_objective(id, rules),
    };
    let (objectives, cap) = match rules.mode {
        Mode::Silo => (vec![own(first)?], queues[first].occupancy_cap),
        Mode::Blended => {
            let mut objectives = vec![pooled_objective(id, rules)?];
            if rules.keep_each_promise {
                objectives.extend(
                    live.iter()
                        .map(|&q| own(q))
                        .collect::<Result<Vec<_>, _>>()?,
                );
            }
            (objectives, rules.blended_cap)
        }
    };
    let seconds = grid.interval_length().duration().as_secs_f64();
    let pooled = (0..grid.len())
        .map(|i| {
            let volume: f64 = live.iter().map(|&q| needs[q].volume[i]).sum();
            let load: f64 = live.iter().map(|&q| needs[q].load[i]).sum();
            let is_open = live.iter().any(|&q| needs[q].open[i]);
            let load = Erlangs::new(load).map_err(|source| RequirementError::Load {
                queue: id.clone(),
                source,
            })?;
            live_need(volume, load, seconds, is_open, &objectives)
                .map_err(|source| queueing(id, source))
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok((pooled, cap))
}

/// What the pooled live queue of a skill promises.
fn pooled_objective(queue: &QueueId, rules: &StaffingRules) -> Result<Objective, RequirementError> {
    objective(
        queue,
        rules.blended_share,
        rules.blended_within,
        rules.blended_cap,
    )
}

fn objective(
    queue: &QueueId,
    share: Probability,
    within: Duration,
    cap: Probability,
) -> Result<Objective, RequirementError> {
    Objective::service_level(share, within)
        .and_then(|o| o.with_occupancy_cap(cap))
        .map_err(|source| queueing(queue, source))
}

fn queueing(queue: &QueueId, source: crate::queueing::QueueingError) -> RequirementError {
    RequirementError::Queueing {
        queue: queue.clone(),
        source,
    }
}

/// Deferred work of the deferred queues among `members`. Streams whose deadlines fall alike
/// share a class.
fn deferred_classes(
    grid: &Grid,
    queues: &[Queue],
    streams: &[StreamDemand<'_>],
    members: &[usize],
) -> Vec<DeferredClass> {
    let seconds = grid.interval_length().duration().as_secs_f64();
    let mut classes: BTreeMap<(usize, Vec<usize>), Vec<f64>> = BTreeMap::new();
    for stream in streams.iter().filter(|s| members.contains(&s.queue)) {
        let ServiceTarget::Deferred { done_within, .. } = queues[stream.queue].target else {
            continue;
        };
        let allowed = whole::floor(done_within.as_secs_f64() / seconds) as usize;
        let due = due_intervals(grid, stream.market, allowed);
        let work = classes
            .entry((stream.queue, due))
            .or_insert_with(|| vec![0.0; grid.len()]);
        for (sum, volume) in work.iter_mut().zip(stream.volume.values()) {
            *sum += volume * stream.agent_seconds / seconds;
        }
    }
    classes
        .into_iter()
        .map(|((queue, due), work)| DeferredClass {
            queue,
            jobs: (due.into_iter().zip(work).enumerate())
                .map(|(arrival, (due, work))| Job { arrival, due, work })
                .collect(),
        })
        .collect()
}
