//! Replications side by side, and what they say together.

use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use thiserror::Error;

use super::centre::{Centre, Close, Layout};
use super::engine::{Blueprint, Events, Fifo, GivenUp, Tally, Watch};
use super::measure::{Estimate, Measure, Measures, Quantity, Scope, is_named, scopes};
use super::random::{Purpose, key};

/// Batches of a single long run.
const BATCHES: usize = 30;
/// What the counts of replications that are being reduced may take, in bytes.
const MEMORY: usize = 64 << 20;
/// The least replications that are handed out together.
const LEAST_TOGETHER: usize = 16;

/// How a day is walked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// Without events where the centre is one crew and one line, event by event elsewhere.
    #[default]
    Fastest,
    /// Event by event.
    Events,
}

/// How to simulate.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// How many replications. A single one of a centre with one period and [`Close::Cut`] is cut
    /// into 30 batches, which take the place of replications in the intervals.
    pub replications: u32,
    /// Seed of all randomness.
    pub seed: u64,
    /// Stretches of periods, such as days of a week, whose contacts are kept by replication.
    pub spans: Vec<Range<usize>>,
    /// Time after which no further replications are begun; what is done is reported.
    pub time_limit: Option<Duration>,
    /// Stops the simulation when it becomes true.
    pub cancel: Option<&'a AtomicBool>,
    /// The most contacts one replication may have.
    pub most_contacts: u64,
    /// How a day is walked through.
    pub engine: Engine,
}

impl Options<'_> {
    /// Some replications without a limit of time.
    pub const fn new(replications: u32, seed: u64) -> Self {
        Self {
            replications,
            seed,
            spans: Vec::new(),
            time_limit: None,
            cancel: None,
            most_contacts: 100_000_000,
            engine: Engine::Fastest,
        }
    }
}

/// Why a simulation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All replications are done.
    Done,
    /// The time was over before.
    TimeLimit,
    /// Somebody stopped it before.
    Cancelled,
}

/// Why there is nothing to report.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SimulationError {
    /// No replication was asked for.
    #[error("no replication was asked for; ask for 1 or more")]
    NoReplication,
    /// Contacts breed contacts without end, or nearly.
    #[error(
        "replication {replication} has more than {most} contacts; lower the arrival rates, the \
         probability of retries or that of transfers, or raise the limit on contacts"
    )]
    TooManyContacts {
        /// The replication, counted from 0.
        replication: u32,
        /// The limit.
        most: u64,
    },
    /// It was stopped before one replication was done.
    #[error("the simulation was stopped before the first replication was done; give it more time")]
    Stopped,
    /// A span of periods reaches beyond the day.
    #[error("the span of periods {from}..{to} is empty or reaches beyond the {periods} periods")]
    NoSuchSpan {
        /// First period.
        from: usize,
        /// The period after the last.
        to: usize,
        /// How many there are.
        periods: usize,
    },
}

/// Contacts of one type in one span of one replication.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Contacts that came.
    pub offered: u32,
    /// Those answered in time.
    pub in_time: u32,
}

/// What a simulation found.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// Replications done.
    pub replications: u32,
    /// Contacts that came in all of them.
    pub contacts: u64,
    /// Events of the general engine; 0 where none was needed.
    pub events: u64,
    /// Why it ended.
    pub ended: Ended,
    measures: Measures,
    /// By type and span, then by replication.
    outcomes: Vec<Vec<Outcome>>,
    spans: usize,
}

impl Simulated {
    /// A measure; `None` where it makes no sense, such as the service level of no contacts.
    pub fn estimate(&self, quantity: Quantity, scope: Scope) -> Option<Estimate> {
        self.measures.estimate(quantity, scope)
    }

    /// Every measure that makes sense, by name, for the layout that was simulated.
    pub fn measures(&self, layout: &Layout) -> Vec<Measure> {
        let mut all = Vec::new();
        for (scope, suffix) in scopes(layout) {
            for quantity in Quantity::ALL {
                if let Some(estimate) = self.estimate(quantity, scope)
                    && is_named(layout, quantity, scope)
                {
                    all.push(Measure {
                        name: format!("{}{suffix}", quantity.name()),
                        quantity,
                        scope,
                        estimate,
                    });
                }
            }
        }
        all
    }

    /// Contacts of a type in a span of periods, by replication; empty where there is no such span.
    pub fn outcomes(&self, contact_type: usize, span: usize) -> &[Outcome] {
        if span >= self.spans {
            return &[];
        }
        let place = contact_type * self.spans + span;
        self.outcomes.get(place).map_or(&[], Vec::as_slice)
    }
}

/// Either engine.
enum Walk {
    Fifo(Fifo),
    Events(Events),
}

/// Simulates a centre. The same centre, seed and number of replications give the same numbers on any
/// number of threads, and centres that differ in their agents meet the same contacts.
///
/// ```
/// use wfm::simulation::{
///     Centre, ContactType, Group, Law, Layout, Options, Quantity, Scope, ServiceTime, simulate,
/// };
/// let mut layout = Layout::new("one queue", vec![480.0]);
/// layout.types.push(ContactType {
///     answer_within: 1.0 / 3.0,
///     route: vec![0],
///     ..ContactType::new("calls", vec![4.2])
/// });
/// layout.groups.push(Group::new("agents", vec![12], &[0]));
/// layout.service.push(ServiceTime {
///     contact_type: 0,
///     group: 0,
///     law: vec![Law::Exponential { mean: 2.0 }],
/// });
/// let seen = simulate(&Centre::new(layout)?, &Options::new(200, 1))?;
/// let level = seen.estimate(Quantity::SlAnswered, Scope::All).ok_or("no contacts")?;
/// assert!((level.mean - 0.902).abs() < 0.01);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`SimulationError`]: nothing to do, no end of contacts, stopped too early, a span beyond the day.
pub fn simulate(centre: &Centre, options: &Options<'_>) -> Result<Simulated, SimulationError> {
    let layout = centre.layout();
    let periods = layout.periods.len();
    if options.replications == 0 {
        return Err(SimulationError::NoReplication);
    }
    if let Some(span) = options
        .spans
        .iter()
        .find(|s| s.is_empty() || s.end > periods)
    {
        return Err(SimulationError::NoSuchSpan {
            from: span.start,
            to: span.end,
            periods,
        });
    }
    let is_long_run =
        options.replications == 1 && layout.days == 1 && layout.close == Close::Cut && periods == 1;
    let plan = Blueprint::new(layout, if is_long_run { BATCHES } else { 1 });
    let watch = Watch {
        most_contacts: options.most_contacts,
        until: (options.time_limit).and_then(|limit| Instant::now().checked_add(limit)),
        cancel: options.cancel,
    };
    reduce(&plan, options, &watch)
}

fn reduce(
    plan: &Blueprint,
    options: &Options<'_>,
    watch: &Watch<'_>,
) -> Result<Simulated, SimulationError> {
    let spans = options.spans.len();
    let mut seen = Simulated {
        replications: 0,
        contacts: 0,
        events: 0,
        ended: Ended::Done,
        measures: Measures::new(plan),
        outcomes: vec![Vec::new(); plan.types.len() * spans],
        spans,
    };
    let size = plan.types.len() * plan.cells() * size_of::<super::engine::Counts>();
    let together = (MEMORY / size.max(1)).clamp(LEAST_TOGETHER, 1024);
    let together = u32::try_from(together).unwrap_or(u32::MAX);
    let is_fifo = options.engine == Engine::Fastest && Fifo::fits(plan);
    let new_walk = || {
        if is_fifo {
            Walk::Fifo(Fifo::new())
        } else {
            Walk::Events(Events::new(plan))
        }
    };
    while seen.replications < options.replications {
        let from = seen.replications;
        let until = options.replications.min(from.saturating_add(together));
        let tallies: Vec<Result<Tally, GivenUp>> = (from..until)
            .into_par_iter()
            .map_init(new_walk, |walk, replication| {
                replicate(plan, walk, options.seed, replication, watch)
            })
            .collect();
        // In the order of the replications, whoever finished first.
        for (replication, tally) in (from..until).zip(tallies) {
            match tally {
                Ok(tally) => seen.add(plan, options, &tally),
                Err(GivenUp::TooMany) => {
                    let most = options.most_contacts;
                    return Err(SimulationError::TooManyContacts { replication, most });
                }
                Err(GivenUp::Stopped) => {
                    seen.ended = if watch.is_cancelled() {
                        Ended::Cancelled
                    } else {
                        Ended::TimeLimit
                    };
                    break;
                }
            }
        }
        if seen.ended != Ended::Done {
            break;
        }
    }
    if seen.replications == 0 {
        return Err(SimulationError::Stopped);
    }
    Ok(seen)
}

fn replicate(
    plan: &Blueprint,
    walk: &mut Walk,
    seed: u64,
    replication: u32,
    watch: &Watch<'_>,
) -> Result<Tally, GivenUp> {
    if watch.is_over() {
        return Err(GivenUp::Stopped);
    }
    let mut tally = Tally::new(plan);
    let parent = key(seed, Purpose::Day, u64::from(replication));
    for day in 0..plan.days {
        let day = key(parent, Purpose::Day, u64::from(day));
        match walk {
            Walk::Fifo(fifo) => fifo.run_day(plan, day, &mut tally, watch)?,
            Walk::Events(events) => events.run_day(plan, day, &mut tally, watch)?,
        }
        // An engine looks at its next step, which whoever came last may not have.
        if tally.contacts > watch.most_contacts {
            return Err(GivenUp::TooMany);
        }
    }
    Ok(tally)
}

impl Simulated {
    fn add(&mut self, plan: &Blueprint, options: &Options<'_>, tally: &Tally) {
        self.replications += 1;
        self.contacts += tally.contacts;
        self.events += tally.events;
        self.measures.add(tally);
        for k in 0..plan.types.len() {
            let cells = tally.cells_of(k);
            for (s, span) in options.spans.iter().enumerate() {
                let mut outcome = Outcome::default();
                for counts in &cells[span.clone()] {
                    outcome.offered += counts.arrivals;
                    outcome.in_time += counts.in_time;
                }
                self.outcomes[k * self.spans + s].push(outcome);
            }
        }
    }
}
