//! What a simulation says of the promises of a plan.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::{Duration, Instant};

use super::line::{PARTS, layout};
use super::live_plan::live_queues;
use super::{LiveQueue, TrialError};
use crate::milp::Observer;
use crate::planning::Scenario;
use crate::requirements::{LivePromise, Requirement};
use crate::simulation::{Centre, Options, Simulated, SimulationError, simulate};
use crate::units::Probability;

/// Normal quantile of a two-sided interval of 95 %.
const TWO_SIDED: f64 = 1.959_963_984_540_054;

/// Normal quantile of one-sided confidence of 95 %.
const ONE_SIDED: f64 = 1.644_853_626_951_472_7;

/// Contacts in all replications below which nothing is said of an interval, day or week.
const FEWEST: f64 = 30.0;

/// A simulated service level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// Contacts of a replication, on average.
    pub offered: f64,
    /// Share of all contacts of all replications in time; 1 without contacts.
    pub mean: f64,
    /// Standard error of the mean.
    pub error: f64,
    /// Share of replications in which the promise is kept.
    pub chance: f64,
}

impl Level {
    /// Half the width of the 95 % interval of the mean.
    pub fn half_width(&self) -> f64 {
        TWO_SIDED * self.error
    }
}

/// Whether a promise holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// The service level is above the promise, at 95 % confidence.
    Holds,
    /// The promise lies within what the simulation cannot tell apart.
    Open,
    /// The service level is below the promise, at 95 % confidence.
    Missed,
}

/// What one promise gets in one interval, day or week.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Position of the group.
    pub group: usize,
    /// Position of the promise among those of the group.
    pub promise: usize,
    /// Position of the interval, day or week among those of the promise.
    pub part: usize,
    /// The interval, day or week.
    pub intervals: Range<usize>,
    /// Share promised.
    pub share: Probability,
    /// What it gets.
    pub level: Level,
}

impl Verdict {
    /// Whether it holds.
    pub fn holding(&self) -> Holding {
        let (mean, error, share) = (self.level.mean, self.level.error, self.share.get());
        if mean - ONE_SIDED * error >= share {
            Holding::Holds
        } else if mean + ONE_SIDED * error < share {
            Holding::Missed
        } else {
            Holding::Open
        }
    }

    /// By how much the service level exceeds the promise with so many standard errors taken off.
    pub(in crate::planning) fn margin(&self, errors: f64) -> f64 {
        self.level.mean - errors * self.level.error - self.share.get()
    }
}

/// How to simulate.
#[derive(Debug, Clone, Copy)]
pub(in crate::planning) struct Rehearsal<'a> {
    pub(in crate::planning) scenario: &'a Scenario,
    pub(in crate::planning) requirement: &'a Requirement,
    pub(in crate::planning) replications: u32,
    pub(in crate::planning) seed: u64,
    /// When it has to be over; what is simulated by then counts.
    pub(in crate::planning) until: Option<Instant>,
    pub(in crate::planning) observer: &'a dyn Observer,
}

/// One group simulated, once for each wait that some promise looks at.
struct Seen {
    /// Live queues of the group, by position and as they are simulated.
    live: Vec<usize>,
    queues: Vec<LiveQueue>,
    /// With each queue's own wait, or a common one.
    by_wait: BTreeMap<Option<Duration>, Simulated>,
}

impl Rehearsal<'_> {
    /// Simulates a group with a crew for each wait that its promises look at; `None` where it has no
    /// live queue. The spans are stretches of intervals whose contacts are kept by replication.
    fn run(
        &self,
        group: usize,
        crew: &[f64],
        spans: &[Range<usize>],
    ) -> Result<Option<Seen>, TrialError> {
        let live = live_queues(self.scenario, self.requirement, group);
        if live.is_empty() {
            return Ok(None);
        }
        let queue = |&q: &usize| LiveQueue::of(self.scenario, self.requirement, q);
        let queues: Vec<LiveQueue> = live.iter().map(queue).collect();
        let promised = &self.requirement.groups[group].promised;
        let waits = promised.iter().map(|p| wait(p, &live, &queues));
        let waits: BTreeSet<Option<Duration>> = waits.collect();
        let (name, grid) = (&self.requirement.groups[group].name, &self.requirement.grid);
        let seconds = grid.interval_length().duration().as_secs_f64();
        let mut by_wait = BTreeMap::new();
        for common in waits {
            if self.observer.is_cancelled() {
                return Err(SimulationError::Stopped.into());
            }
            let mut options = Options::new(self.replications, self.seed.wrapping_add(group as u64));
            options.spans = spans.iter().map(parts).collect();
            options.time_limit = (self.until).map(|t| t.saturating_duration_since(Instant::now()));
            let layout = layout(name, seconds, &queues, crew, common);
            let centre = Centre::new(layout).map_err(|faults| TrialError::Line {
                group: name.clone(),
                faults,
            })?;
            by_wait.insert(common, simulate(&centre, &options)?);
        }
        Ok(Some(Seen {
            live,
            queues,
            by_wait,
        }))
    }
}

/// The common wait that a promise looks at; none where it is the own one of every queue it counts.
fn wait(promise: &LivePromise, live: &[usize], queues: &[LiveQueue]) -> Option<Duration> {
    let mut counted = (live.iter().zip(queues)).filter(|(q, _)| promise.queues.contains(q));
    let is_own = counted.all(|(_, queue)| queue.answer_within == promise.answer_within);
    (!is_own).then_some(promise.answer_within)
}

impl Seen {
    /// Replications behind the least of it.
    fn replications(&self) -> u32 {
        let all = self.by_wait.values().map(|seen| seen.replications);
        all.min().unwrap_or(0)
    }

    /// What the queues of a promise get in a span.
    fn level(&self, promise: &LivePromise, span: usize) -> Level {
        let Some(seen) = self.by_wait.get(&wait(promise, &self.live, &self.queues)) else {
            return Level {
                offered: 0.0,
                mean: 1.0,
                error: 0.0,
                chance: 1.0,
            };
        };
        let own = self
            .live
            .iter()
            .enumerate()
            .filter(|(_, q)| promise.queues.contains(q));
        let types: Vec<usize> = own.map(|(k, _)| k).collect();
        level(seen, (&types, span), promise.share, 1)
    }
}

/// Intervals, in the parts into which a line cuts them.
pub(super) fn parts(intervals: &Range<usize>) -> Range<usize> {
    intervals.start * PARTS..intervals.end * PARTS
}

/// What some types get together in a span, by replications that are joined in blocks: a month of
/// weeks.
pub(super) fn level(
    seen: &Simulated,
    (types, span): (&[usize], usize),
    share: Probability,
    block: usize,
) -> Level {
    let columns: Vec<_> = types.iter().map(|&k| seen.outcomes(k, span)).collect();
    let replications = seen.replications as usize;
    let counts: Vec<(f64, f64)> = (0..replications)
        .map(|r| {
            let cells = columns.iter().map(|column| column[r]);
            cells.fold((0.0, 0.0), |sum, cell| {
                (
                    sum.0 + f64::from(cell.offered),
                    sum.1 + f64::from(cell.in_time),
                )
            })
        })
        .collect();
    of_counts(&counts, share.get(), block.max(1))
}

fn of_counts(counts: &[(f64, f64)], share: f64, block: usize) -> Level {
    let sum = counts
        .iter()
        .fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1));
    let samples = counts.len() as f64;
    let mean = if sum.0 > 0.0 { sum.1 / sum.0 } else { 1.0 };
    // A ratio of means: its variance is that of the residuals over the squared mean.
    let squares: f64 = counts.iter().map(|c| (c.1 - mean * c.0).powi(2)).sum();
    let deviation = (squares / (samples - 1.0).max(1.0) / samples.max(1.0)).sqrt();
    let offered = sum.0 / samples.max(1.0);
    // Where no contact of all was late, or none was in time, one that was is not known to be rare.
    let least = 1.0 / sum.0.max(1.0);
    // A block begins with each replication and goes on in a circle.
    let kept = (0..counts.len()).filter(|&first| {
        let block = (first..first + block).map(|r| counts[r % counts.len()]);
        let sum = block.fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1));
        sum.1 >= share * sum.0
    });
    Level {
        offered,
        mean,
        error: if sum.0 > 0.0 {
            (deviation / offered).max(least)
        } else {
            0.0
        },
        chance: kept.count() as f64 / samples.max(1.0),
    }
}

/// The verdicts on every promise of some groups with their crews, in order.
pub(in crate::planning) fn verdicts(
    rehearsal: &Rehearsal<'_>,
    crews: &[Vec<f64>],
) -> Result<Vec<Verdict>, TrialError> {
    let mut found = Vec::new();
    for (group, crew) in crews.iter().enumerate() {
        found.extend(of_group(rehearsal, group, crew)?);
    }
    Ok(found)
}

/// The verdicts on the promises of one group; intervals, days and weeks with next to no contacts in
/// all replications have none.
pub(in crate::planning) fn of_group(
    rehearsal: &Rehearsal<'_>,
    group: usize,
    crew: &[f64],
) -> Result<Vec<Verdict>, TrialError> {
    let promised = &rehearsal.requirement.groups[group].promised;
    let mut spans: Vec<Range<usize>> = promised.iter().flat_map(|p| p.ranges.clone()).collect();
    spans.sort_unstable_by_key(|s| (s.start, s.end));
    spans.dedup();
    let Some(seen) = rehearsal.run(group, crew, &spans)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (promise, own) in promised.iter().enumerate() {
        for (part, intervals) in own.ranges.iter().enumerate() {
            let Some(span) = spans.iter().position(|s| s == intervals) else {
                continue;
            };
            let level = seen.level(own, span);
            if level.offered * f64::from(seen.replications()) >= FEWEST {
                found.push(Verdict {
                    group,
                    promise,
                    part,
                    intervals: intervals.clone(),
                    share: own.share,
                    level,
                });
            }
        }
    }
    Ok(found)
}
