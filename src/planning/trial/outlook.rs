//! What each queue can expect of a plan, by simulation.

use std::ops::Range;
use std::time::Duration;

use super::Rehearsal;
use crate::planning::Scenario;
use crate::requirements::{LivePromise, Requirement};
use crate::units::{Probability, whole};
use crate::workforce::{PromiseScope, ServiceTarget};

/// Contacts that all replications together have about.
const CONTACTS: f64 = 10e6;

/// Fewest and most simulated horizons.
const REPLICATIONS: (f64, f64) = (100.0, 1_000.0);

/// Days of a month.
const MONTH: f64 = 30.4;

/// Simulated service of a queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QueueTrial {
    /// Share of contacts in time over the horizon.
    pub service_level: Probability,
    /// Half the width of its 95 % interval.
    pub half_width: f64,
    /// Probability that a day keeps the promise, on average over the days of the horizon.
    pub day: Probability,
    /// Probability that a week does: the average over the weeks of the horizon, or a week of days
    /// like those of a shorter one.
    pub week: Probability,
    /// Probability that a month of such horizons does.
    pub month: Probability,
}

/// The simulated service of every live queue, by position; `None` for deferred ones.
pub(in crate::planning) fn outlook(
    scenario: &Scenario,
    requirement: &Requirement,
    crews: &[Vec<f64>],
) -> Vec<Option<QueueTrial>> {
    let mut found = vec![None; scenario.queues.len()];
    let spans = Spans::of(scenario, requirement);
    let live =
        (scenario.queues.iter().zip(&requirement.queues)).filter(|(q, _)| q.target.is_live());
    let contacts: f64 = live.map(|(_, need)| need.contacts()).sum();
    let replications = (CONTACTS / contacts.max(1.0)).clamp(REPLICATIONS.0, REPLICATIONS.1);
    let rehearsal = Rehearsal {
        scenario,
        requirement,
        replications: whole::round(replications),
        seed: scenario.seed,
    };
    for (g, crew) in crews.iter().enumerate() {
        let Some(seen) = rehearsal.run_own(g, crew, &spans.all) else {
            continue;
        };
        for &q in &requirement.groups[g].queues {
            if let ServiceTarget::Live {
                share,
                answer_within,
            } = scenario.queues[q].target
            {
                let promise = own(q, share, answer_within);
                found[q] = Some(spans.trial(&|span, block| seen.level(&promise, span, block)));
            }
        }
    }
    found
}

/// The promise of a queue to its own contacts.
fn own(queue: usize, share: Probability, answer_within: Duration) -> LivePromise {
    LivePromise {
        name: String::new(),
        share,
        answer_within,
        scope: PromiseScope::Interval,
        ranges: Vec::new(),
        queues: vec![queue],
    }
}

/// The horizon, its days and its weeks.
struct Spans {
    /// The horizon first, then days, then weeks.
    all: Vec<Range<usize>>,
    days: usize,
    weeks: usize,
    /// Horizons that make a week and a month.
    blocks: [usize; 2],
}

impl Spans {
    fn of(scenario: &Scenario, requirement: &Requirement) -> Self {
        let (grid, zone) = (&requirement.grid, scenario.horizon.zone);
        let date = |t: usize| zone.local(grid.instant(t)).date();
        let first = date(0);
        let runs = |days: i64| {
            let label = |t: usize| (date(t) - first).num_days() / days;
            let labels: Vec<i64> = (0..grid.len()).map(label).collect();
            let mut start = 0;
            let runs = labels.chunk_by(|a, b| a == b).map(|run| {
                start += run.len();
                start - run.len()..start
            });
            runs.collect::<Vec<_>>()
        };
        let length = f64::from(scenario.horizon.days.max(1));
        let days = runs(1);
        let weeks = if length >= 7.0 { runs(7) } else { Vec::new() };
        let mut all: Vec<Range<usize>> = std::iter::once(0..grid.len()).collect();
        all.extend(days.iter().cloned());
        all.extend(weeks.iter().cloned());
        let block = |of: f64| {
            usize::try_from(whole::round(of / length))
                .unwrap_or(1)
                .max(1)
        };
        Self {
            all,
            days: days.len(),
            weeks: weeks.len(),
            blocks: [block(7.0), block(MONTH)],
        }
    }

    fn trial(&self, level: &dyn Fn(usize, usize) -> super::Level) -> QueueTrial {
        let whole = level(0, 1);
        let mean = |spans: Range<usize>| {
            let levels = spans.map(|span| level(span, 1)).filter(|l| l.offered > 0.0);
            let chances: Vec<f64> = levels.map(|l| l.chance).collect();
            let count = chances.len();
            (count > 0).then(|| chances.iter().sum::<f64>() / count as f64)
        };
        let week = if self.weeks > 0 {
            mean(1 + self.days..1 + self.days + self.weeks)
        } else {
            Some(level(0, self.blocks[0]).chance)
        };
        let day = mean(1..1 + self.days);
        QueueTrial {
            service_level: Probability::saturating(whole.mean),
            half_width: whole.half_width(),
            day: Probability::saturating(day.unwrap_or(1.0)),
            week: Probability::saturating(week.unwrap_or(1.0)),
            month: Probability::saturating(level(0, self.blocks[1]).chance),
        }
    }
}
