//! What crews that change give the queues, by the formula of the plan: Erlang C.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::calendar::{DateTime, Utc};
use crate::planning::{LiveLine, LivePlan, LiveQueue};
use crate::queueing::{ErlangC, QueueModel, Traffic};
use crate::units::{Erlangs, Probability};
use crate::workforce::QueueId;

/// A live queue whose crew changes.
#[derive(Debug, Clone, PartialEq)]
pub struct AffectedQueue {
    /// The queue.
    pub id: QueueId,
    /// Share promised.
    pub target: Probability,
    /// Share of contacts in time with the crews of the plan.
    pub planned: Probability,
    /// Share with the crews that are committed.
    pub committed: Probability,
    /// Intervals in which the crew changes and the share comes out below the promise, and did not
    /// before.
    pub intervals_below: usize,
}

/// Differences of the crew by group and interval, as agents at the group's own handling time.
type Changes<'c> = BTreeMap<(&'c str, DateTime<Utc>), f64>;

/// The queues of lines whose crews change.
pub(super) fn affected(
    live: &LivePlan,
    spare: &[Vec<f64>],
    changes: &Changes<'_>,
) -> Vec<AffectedQueue> {
    let none = Vec::new();
    let mut found = Vec::new();
    for (index, line) in live.lines.iter().enumerate() {
        let spare = spare.get(index).unwrap_or(&none);
        let crew: Vec<f64> = (line.crew.iter().enumerate())
            .map(|(t, &crew)| {
                let key = (line.name.as_str(), live.grid.instant(t));
                let change = changes.get(&key).copied().unwrap_or(0.0);
                changed(crew, spare.get(t).copied().unwrap_or(0.0), change)
            })
            .collect();
        if crew == line.crew {
            continue;
        }
        found.extend(line.queues.iter().map(|queue| {
            let level = |crews: &[f64]| line_level(live, line, queue, crews);
            let (planned, committed) = (level(&line.crew), level(&crew));
            let below = planned.each.iter().zip(&committed.each);
            let target = queue.share.get();
            AffectedQueue {
                id: queue.id.clone(),
                target: queue.share,
                planned: planned.whole,
                committed: committed.whole,
                intervals_below: below
                    .filter(|(before, after)| **before >= target && **after < target)
                    .count(),
            }
        }));
    }
    found
}

/// A crew with some agents more or less. Agents beyond a live crew do deferred work: they are missed
/// first, and more of them do not answer.
fn changed(crew: f64, spare: f64, change: f64) -> f64 {
    if spare > 1e-6 {
        (crew + (spare + change).min(0.0)).max(0.0)
    } else {
        (crew + change).max(0.0)
    }
}

struct Level {
    /// Share of all contacts.
    whole: Probability,
    /// Share in each interval, 1 without contacts.
    each: Vec<f64>,
}

/// Share of a queue's contacts that a line answers in time, at mean handling times.
fn line_level(live: &LivePlan, line: &LiveLine, queue: &LiveQueue, crew: &[f64]) -> Level {
    let seconds = live.grid.interval_length().duration().as_secs_f64();
    let (mut answered, mut offered) = (0.0, 0.0);
    let mut each = Vec::with_capacity(crew.len());
    for (t, &agents) in crew.iter().enumerate() {
        let volume: f64 = line.queues.iter().map(|q| q.volume[t]).sum();
        let own = queue.volume[t];
        if own <= 0.0 {
            each.push(1.0);
            continue;
        }
        let work = line.queues.iter().map(|q| q.volume[t] * q.handling_seconds);
        let work: f64 = work.sum();
        let load = Erlangs::new(work / seconds).unwrap_or_default();
        let handling = Duration::try_from_secs_f64(work / volume).unwrap_or_default();
        let traffic = Traffic::new(load, handling);
        let seen = ErlangC.performance(&traffic, agents, queue.answer_within);
        let share = seen.service_level.offered.get();
        answered += own * share;
        offered += own;
        each.push(share);
    }
    let whole = if offered > 0.0 {
        answered / offered
    } else {
        1.0
    };
    Level {
        whole: Probability::saturating(whole),
        each,
    }
}
