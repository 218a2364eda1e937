//! The line of one group, as a centre to simulate.

use std::time::Duration;

use crate::planning::Scenario;
use crate::requirements::Requirement;
use crate::simulation::{ContactType, Group, Law, Layout, ServiceTime};
use crate::units::whole;

/// Parts into which an interval is cut: agents who divide their time are there for one of them.
pub(super) const PARTS: usize = 2;

/// Crews closer to a whole number than this are whole.
const NOISE: f64 = 1e-6;

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

/// The line that the live queues of a group share, in seconds: contacts are in time within their
/// queue's own wait, or within a common one.
///
/// Where a crew has a fraction of an agent, one more agent is there for that part of the interval.
/// After closing, when nobody works and nothing arrives, the crew before still answers whoever waits.
pub(super) fn layout(
    scenario: &Scenario,
    requirement: &Requirement,
    live: &[usize],
    crew: &[f64],
    common: Option<Duration>,
) -> Layout {
    let seconds = requirement.grid.interval_length().duration().as_secs_f64();
    let mut lengths = Vec::with_capacity(crew.len() * PARTS);
    let mut agents = Vec::with_capacity(crew.len() * PARTS);
    let arrives = |t: usize| live.iter().any(|&q| requirement.queues[q].volume[t] > 0.0);
    let mut last = 0;
    for (t, &crew) in crew.iter().enumerate() {
        let part = crew - crew.floor();
        let all: u32 = whole::floor(crew);
        let (first, share) = if part > NOISE {
            (all.saturating_add(1), part)
        } else {
            (all, 0.5)
        };
        lengths.extend([seconds * share, seconds * (1.0 - share)]);
        for count in [first, all] {
            if count > 0 || arrives(t) {
                last = count;
            }
            agents.push(last);
        }
    }
    let mut layout = Layout::new(requirement.groups.first().map_or("", |g| &g.name), lengths);
    for (k, &q) in live.iter().enumerate() {
        let (queue, need) = (&scenario.queues[q], &requirement.queues[q]);
        let rates = need
            .volume
            .iter()
            .flat_map(|volume| [volume / seconds; PARTS]);
        let own = match queue.target {
            crate::workforce::ServiceTarget::Live { answer_within, .. } => answer_within,
            crate::workforce::ServiceTarget::Deferred { .. } => Duration::ZERO,
        };
        let patience = queue.patience.map(|patience| Law::Exponential {
            mean: patience.as_secs_f64(),
        });
        layout.types.push(ContactType {
            answer_within: common.unwrap_or(own).as_secs_f64(),
            patience: patience.into_iter().collect(),
            route: vec![0],
            ..ContactType::new(queue.id.as_str(), rates.collect())
        });
        layout.service.push(ServiceTime {
            contact_type: k,
            group: 0,
            law: vec![Law::Exponential {
                mean: need.mean_agent_seconds(seconds),
            }],
        });
    }
    let takes: Vec<usize> = (0..live.len()).collect();
    layout.groups.push(Group::new("crew", agents, &takes));
    layout
}
