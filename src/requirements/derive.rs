use std::collections::BTreeMap;
use std::time::Duration;

use rayon::prelude::*;

use super::deferred::due_intervals;
use super::live::live_need;
use super::promise::ranges;
use super::{
    DeferredClass, Group, Job, LiveNeed, LivePromise, Mode, QueueNeed, RequirementError, Rounding,
    ScopedPromise, StaffingRules, StreamDemand,
};
use crate::calendar::{Grid, Zone};
use crate::queueing::Objective;
use crate::units::{Erlangs, Probability, whole};
use crate::workforce::{PromiseScope, Queue, QueueId, ServiceTarget, Skill};

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
            let promises = promises(&name, queues, &members, rules);
            let live = live_needs(&grid, queues, &needs, &members, &promises)?;
            let deferred = deferred_classes(&grid, queues, streams, &members);
            let cap = match (promises.first(), rules.mode) {
                (None, _) => Probability::ONE,
                (Some(_), Mode::Blended) => rules.blended_cap,
                (Some(own), Mode::Silo) => own.cap,
            };
            let promised: Vec<LivePromise> =
                promises.iter().map(|p| p.of(&grid, streams)).collect();
            let scoped = scoped(&needs, &promised);
            let fills_idle = rules.fill_idle && !deferred.is_empty();
            let idle = live
                .iter()
                .map(|n| {
                    // Where the schedule adds to a fractional crew, nobody is counted twice.
                    let crew = match (rules.rounding, scoped.is_empty()) {
                        (Rounding::Fractional, false) => n.fractional,
                        _ => n.agents.as_f64(),
                    };
                    let room = cap.get() * crew - n.load;
                    if fills_idle { room.max(0.0) } else { 0.0 }
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
                promised,
                promises: scoped,
                idle,
                idle_per_agent: if fills_idle { cap.get() } else { 0.0 },
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

/// A promise that the live crew of a group keeps.
#[derive(Debug)]
struct Promise {
    name: String,
    /// Whose fault it is when it cannot be kept.
    queue: QueueId,
    share: Probability,
    within: Duration,
    cap: Probability,
    scope: PromiseScope,
    /// Queues whose contacts it counts.
    counts: Vec<usize>,
}

impl Promise {
    /// The promise with the intervals, days or weeks that keep it.
    fn of(&self, grid: &Grid, streams: &[StreamDemand<'_>]) -> LivePromise {
        LivePromise {
            name: self.name.clone(),
            share: self.share,
            answer_within: self.within,
            scope: self.scope,
            ranges: ranges(grid, clock(streams, &self.counts), self.scope),
            queues: self.counts.clone(),
        }
    }

    /// What every interval keeps of it.
    fn objective(&self) -> Result<Objective, RequirementError> {
        let share = self.scope.floor().unwrap_or(self.share);
        Objective::service_level(share, self.within)
            .and_then(|o| o.with_occupancy_cap(self.cap))
            .map_err(|source| queueing(&self.queue, source))
    }
}

/// Promises to the contacts of the live queues among `members`; none without any.
fn promises(
    group: &str,
    queues: &[Queue],
    members: &[usize],
    rules: &StaffingRules,
) -> Vec<Promise> {
    let own = |q: usize| {
        let queue = &queues[q];
        let ServiceTarget::Live {
            share,
            answer_within,
        } = queue.target
        else {
            return None;
        };
        Some(Promise {
            name: queue.id.to_string(),
            queue: queue.id.clone(),
            share,
            within: answer_within,
            cap: queue.occupancy_cap,
            scope: queue.scope,
            counts: vec![q],
        })
    };
    let own: Vec<Promise> = members.iter().filter_map(|&q| own(q)).collect();
    let (Some(first), Mode::Blended) = (own.first(), rules.mode) else {
        return own;
    };
    let pooled = Promise {
        name: group.to_owned(),
        queue: first.queue.clone(),
        share: rules.blended_share,
        within: rules.blended_within,
        cap: rules.blended_cap,
        scope: rules.blended_scope,
        counts: own.iter().flat_map(|p| p.counts.clone()).collect(),
    };
    let kept_too = if rules.keep_each_promise {
        own
    } else {
        Vec::new()
    };
    std::iter::once(pooled).chain(kept_too).collect()
}

/// Need of the live queues among `members`, pooled into one: what every interval keeps of the
/// promises.
fn live_needs(
    grid: &Grid,
    queues: &[Queue],
    needs: &[QueueNeed],
    members: &[usize],
    promises: &[Promise],
) -> Result<Vec<LiveNeed>, RequirementError> {
    let Some(first) = promises.first() else {
        return Ok(vec![LiveNeed::default(); grid.len()]);
    };
    let id = &first.queue;
    let objectives = promises.iter().map(Promise::objective);
    let objectives = objectives.collect::<Result<Vec<_>, _>>()?;
    let live = members.iter().filter(|&&q| queues[q].target.is_live());
    let live: Vec<&QueueNeed> = live.map(|&q| &needs[q]).collect();
    let seconds = grid.interval_length().duration().as_secs_f64();
    (0..grid.len())
        .map(|i| {
            let volume: f64 = live.iter().map(|need| need.volume[i]).sum();
            let load: f64 = live.iter().map(|need| need.load[i]).sum();
            let is_open = live.iter().any(|need| need.open[i]);
            let load = Erlangs::new(load).map_err(|source| RequirementError::Load {
                queue: id.clone(),
                source,
            })?;
            live_need(volume, load, seconds, is_open, &objectives)
                .map_err(|source| queueing(id, source))
        })
        .collect()
}

/// The promises that are kept over more than an interval.
fn scoped(needs: &[QueueNeed], promised: &[LivePromise]) -> Vec<ScopedPromise> {
    let volume = |p: &LivePromise, t: usize| p.queues.iter().map(|&q| needs[q].volume[t]).sum();
    (promised.iter())
        .filter(|p| p.scope != PromiseScope::Interval)
        .map(|p| ScopedPromise {
            name: p.name.clone(),
            share: p.share,
            asked: vec![p.share; p.ranges.len()],
            answer_within: p.answer_within,
            scope: p.scope,
            ranges: p.ranges.clone(),
            volume: (0..p.ranges.last().map_or(0, |r| r.end))
                .map(|t| volume(p, t))
                .collect(),
        })
        .collect()
}

/// The clock by which some queues have their days: that of the market that sends most contacts.
fn clock(streams: &[StreamDemand<'_>], queues: &[usize]) -> Zone {
    let mut largest = (f64::NEG_INFINITY, Zone::UTC);
    let mut sums: Vec<(&crate::workforce::MarketId, Zone, f64)> = Vec::new();
    for stream in streams.iter().filter(|s| queues.contains(&s.queue)) {
        let total = stream.volume.total();
        match sums.iter_mut().find(|s| *s.0 == stream.market.id) {
            Some(known) => known.2 += total,
            None => sums.push((&stream.market.id, stream.market.zone, total)),
        }
    }
    for (_, zone, total) in sums {
        if total > largest.0 {
            largest = (total, zone);
        }
    }
    largest.1
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
        let due = due_intervals(grid, &queues[stream.queue], stream.market, allowed);
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
