//! The line of one group, as a centre to simulate.

use std::time::Duration;

use super::LiveQueue;
use super::crews::NOISE;
use crate::simulation::{ContactType, Group, Law, Layout, ServiceTime};
use crate::units::whole;

/// Parts into which an interval is cut: agents who divide their time are there for one of them.
pub(super) const PARTS: usize = 2;

/// The line that some queues share, in seconds: contacts are in time within their queue's own wait,
/// or within a common one. `seconds` is the length of an interval.
///
/// Where a crew has a fraction of an agent, one more agent is there for that part of the interval.
/// After closing, when nobody works and nothing arrives, the crew before still answers whoever waits.
pub(super) fn layout(
    name: &str,
    seconds: f64,
    queues: &[LiveQueue],
    crew: &[f64],
    common: Option<Duration>,
) -> Layout {
    let mut lengths = Vec::with_capacity(crew.len() * PARTS);
    let mut agents = Vec::with_capacity(crew.len() * PARTS);
    let arrives = |t: usize| queues.iter().any(|queue| queue.volume[t] > 0.0);
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
    let mut layout = Layout::new(name, lengths);
    for (k, queue) in queues.iter().enumerate() {
        let rates = (queue.volume.iter()).flat_map(|volume| [volume / seconds; PARTS]);
        let patience = queue.patience.map(|patience| Law::Exponential {
            mean: patience.as_secs_f64(),
        });
        layout.types.push(ContactType {
            answer_within: common.unwrap_or(queue.answer_within).as_secs_f64(),
            patience: patience.into_iter().collect(),
            route: vec![0],
            ..ContactType::new(queue.id.as_str(), rates.collect())
        });
        layout.service.push(ServiceTime {
            contact_type: k,
            group: 0,
            law: vec![Law::Exponential {
                mean: queue.handling_seconds,
            }],
        });
    }
    let takes: Vec<usize> = (0..queues.len()).collect();
    layout.groups.push(Group::new("crew", agents, &takes));
    layout
}
