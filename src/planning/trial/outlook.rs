//! What each queue can expect of a plan, by simulation.

use std::ops::Range;
use std::time::Instant;

use thiserror::Error;

use super::line::layout;
use super::verdict::{Level, level, parts};
use super::{LivePlan, LiveQueue};
use crate::calendar::NaiveDate;
use crate::planning::Scenario;
use crate::requirements::Requirement;
use crate::simulation::{Centre, Options, SimulationError, simulate};
use crate::units::{Probability, whole};
use crate::workforce::{Faults, QueueId};

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

/// Simulated service of a queue on a local day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayTrial {
    /// The day.
    pub date: NaiveDate,
    /// What it gets.
    pub level: Level,
}

/// What a simulation says of a live queue.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveTrial {
    /// The queue.
    pub queue: LiveQueue,
    /// Horizons simulated: as many as were asked for, unless the time was over.
    pub replications: u32,
    /// Over the horizon.
    pub horizon: QueueTrial,
    /// On each of its days.
    pub days: Vec<DayTrial>,
}

/// Why a plan could not be simulated.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum TrialError {
    /// A line is no centre: more intervals or contacts than can be simulated.
    #[error("the line of `{group}` cannot be simulated: {faults}")]
    Line {
        /// Its group.
        group: String,
        /// What is wrong with it.
        faults: Faults,
    },
    /// So few simulated horizons say nothing of how certain a verdict is.
    #[error("{replications} simulated horizons say nothing; ask for 2 or more")]
    TooFew {
        /// How many were asked for.
        replications: u32,
    },
    /// The simulation had nothing to say.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}

impl LivePlan {
    /// Replications and seed with which a plan is simulated when it is made.
    pub fn options(&self) -> Options<'static> {
        let replications =
            (CONTACTS / self.contacts().max(1.0)).clamp(REPLICATIONS.0, REPLICATIONS.1);
        Options::new(whole::round(replications), self.seed)
    }

    /// Simulates every line and says what its queues get, in order. Spans of the options are not
    /// looked at; the time limit is for all lines together.
    ///
    /// # Errors
    /// [`TrialError`]: more than can be simulated, no replication, stopped before the first one.
    pub fn simulate(&self, options: &Options<'_>) -> Result<Vec<LiveTrial>, TrialError> {
        let begun = Instant::now();
        let spans = Spans::of(self);
        let mut found = Vec::new();
        for index in 0..self.lines.len() {
            let time_limit = options
                .time_limit
                .map(|limit| limit.saturating_sub(begun.elapsed()));
            let options = Options {
                time_limit,
                ..options.clone()
            };
            found.extend(self.line(index, &spans, options)?);
        }
        Ok(found)
    }

    fn line(
        &self,
        index: usize,
        spans: &Spans,
        mut options: Options<'_>,
    ) -> Result<Vec<LiveTrial>, TrialError> {
        let line = &self.lines[index];
        if line.queues.is_empty() {
            return Ok(Vec::new());
        }
        options.seed = options.seed.wrapping_add(index as u64);
        options.spans = spans.all.iter().map(parts).collect();
        let seconds = self.grid.interval_length().duration().as_secs_f64();
        let layout = layout(&line.name, seconds, &line.queues, &line.crew, None);
        let centre = Centre::new(layout).map_err(|faults| TrialError::Line {
            group: line.name.clone(),
            faults,
        })?;
        let seen = simulate(&centre, &options)?;
        let trials = line.queues.iter().enumerate().map(|(k, queue)| {
            let level = |span, block| level(&seen, (&[k], span), queue.share, block);
            LiveTrial {
                queue: queue.clone(),
                replications: seen.replications,
                horizon: spans.trial(&level),
                days: (spans.dates.iter().enumerate())
                    .map(|(d, &date)| DayTrial {
                        date,
                        level: level(1 + d, 1),
                    })
                    .collect(),
            }
        });
        Ok(trials.collect())
    }
}

/// The simulated service of live queues with some crews, by name; a line that cannot be simulated
/// has none.
pub(in crate::planning) fn outlook(
    scenario: &Scenario,
    requirement: &Requirement,
    crews: &[Vec<f64>],
) -> Vec<(QueueId, QueueTrial)> {
    let live = LivePlan::staffed(scenario, requirement, crews);
    let spans = Spans::of(&live);
    let lines = 0..live.lines.len();
    let trials =
        lines.flat_map(|index| live.line(index, &spans, live.options()).unwrap_or_default());
    trials
        .map(|trial| (trial.queue.id, trial.horizon))
        .collect()
}

/// The horizon, its days and its weeks.
struct Spans {
    /// The horizon first, then days, then weeks.
    all: Vec<Range<usize>>,
    dates: Vec<NaiveDate>,
    weeks: usize,
    /// Horizons that make a week and a month.
    blocks: [usize; 2],
}

impl Spans {
    fn of(live: &LivePlan) -> Self {
        let (grid, zone) = (&live.grid, live.zone);
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
        let length = f64::from(live.days.max(1));
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
            dates: days.iter().map(|day| date(day.start)).collect(),
            weeks: weeks.len(),
            blocks: [block(7.0), block(MONTH)],
        }
    }

    fn trial(&self, level: &dyn Fn(usize, usize) -> Level) -> QueueTrial {
        let days = self.dates.len();
        let whole = level(0, 1);
        let mean = |spans: Range<usize>| {
            let levels = spans.map(|span| level(span, 1)).filter(|l| l.offered > 0.0);
            let chances: Vec<f64> = levels.map(|l| l.chance).collect();
            let count = chances.len();
            (count > 0).then(|| chances.iter().sum::<f64>() / count as f64)
        };
        let week = if self.weeks > 0 {
            mean(1 + days..1 + days + self.weeks)
        } else {
            Some(level(0, self.blocks[0]).chance)
        };
        let day = mean(1..1 + days);
        QueueTrial {
            service_level: Probability::saturating(whole.mean),
            half_width: whole.half_width(),
            day: Probability::saturating(day.unwrap_or(1.0)),
            week: Probability::saturating(week.unwrap_or(1.0)),
            month: Probability::saturating(level(0, self.blocks[1]).chance),
        }
    }
}
