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
    let mut arrives = Vec::with_capacity(crew.len() * PARTS);
    for (t, &crew) in crew.iter().enumerate() {
        let part = crew - crew.floor();
        let all: u32 = whole::floor(crew);
        let (first, share) = if part > NOISE {
            (all.saturating_add(1), part)
        } else {
            (all, 0.5)
        };
        lengths.extend([seconds * share, seconds * (1.0 - share)]);
        agents.extend([first, all]);
        arrives.extend([queues.iter().any(|queue| queue.volume[t] > 0.0); PARTS]);
    }
    stay_after_closing(&mut agents, &arrives);
    let mut layout = Layout::new(name, lengths);
    for queue in queues {
        let rates = (queue.volume.iter()).flat_map(|volume| [volume / seconds; PARTS]);
        let contacts = ContactType {
            answer_within: common.unwrap_or(queue.answer_within).as_secs_f64(),
            ..ContactType::new(queue.id.as_str(), rates.collect())
        };
        let patience = queue.patience.map(|patience| patience.as_secs_f64());
        join(&mut layout, contacts, patience, queue.handling_seconds);
    }
    crewed(layout, agents)
}

/// After closing, when nobody works and nothing arrives, lets the crew before stay.
pub(in crate::planning) fn stay_after_closing(agents: &mut [u32], arrives: &[bool]) {
    let mut last = 0;
    for (agents, &arrives) in agents.iter_mut().zip(arrives) {
        if *agents > 0 || arrives {
            last = *agents;
        }
        *agents = last;
    }
}

/// Lets contacts join the line of the one group: handling times are exponential, and so is patience,
/// of which both means are in seconds.
pub(in crate::planning) fn join(
    layout: &mut Layout,
    contacts: ContactType,
    patience: Option<f64>,
    handling: f64,
) {
    let exponential = |mean| Law::Exponential { mean };
    layout.service.push(ServiceTime {
        contact_type: layout.types.len(),
        group: 0,
        law: vec![exponential(handling)],
    });
    layout.types.push(ContactType {
        patience: patience.map(exponential).into_iter().collect(),
        route: vec![0],
        ..contacts
    });
}

/// The line with the group that serves everybody.
pub(in crate::planning) fn crewed(mut layout: Layout, agents: Vec<u32>) -> Layout {
    let takes: Vec<usize> = (0..layout.types.len()).collect();
    layout.groups.push(Group::new("crew", agents, &takes));
    layout
}
