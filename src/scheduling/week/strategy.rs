use std::time::{Duration, Instant};

use crate::milp::{Backend, Event, Observer};

/// How to plan a week.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekStrategy {
    /// Wall-clock limit, a safety net beside gap and work.
    pub time_limit: Duration,
    /// Relative gap between cost and bound that is good enough.
    pub gap: f64,
    /// Pivots of the search after which it stops once every rule is kept, on any machine at the
    /// same place.
    pub work: Option<u64>,
    /// Seed of the choice of what is planned anew.
    pub seed: u64,
    /// A backend with whole variables that plans some of the larger windows; none is needed. It
    /// stops by the clock, so plans made with one may differ from run to run.
    pub backend: Option<Backend>,
}

impl Default for WeekStrategy {
    /// Two minutes, a gap of one in a thousand, no limit of work.
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(120),
            gap: 1e-3,
            work: None,
            seed: 1,
            backend: None,
        }
    }
}

/// Says when to stop, to everything that takes long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watch<'a> {
    begun: Instant,
    limit: Duration,
    observer: &'a dyn Observer,
}

impl<'a> Watch<'a> {
    pub(super) fn start(limit: Duration, observer: &'a dyn Observer) -> Self {
        Self {
            begun: Instant::now(),
            limit,
            observer,
        }
    }

    /// The same watch for a stage that may take only part of the time.
    pub(super) fn part(self, part: f64) -> Self {
        let seconds = self.limit.as_secs_f64() * part;
        Self {
            limit: Duration::try_from_secs_f64(seconds).unwrap_or(self.limit),
            ..self
        }
    }

    /// A watch from now on that stops after a limit, or when this one does.
    pub(super) fn within(self, limit: Duration) -> Self {
        Self {
            begun: Instant::now(),
            limit: limit.min(self.left()),
            ..self
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.begun.elapsed() >= self.limit
    }

    /// Time that is left.
    pub(super) fn left(&self) -> Duration {
        self.limit.saturating_sub(self.begun.elapsed())
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.observer.is_cancelled()
    }

    pub(super) fn must_stop(&self) -> bool {
        self.is_over() || self.is_cancelled()
    }

    pub(super) fn tell(&self, event: &Event) {
        self.observer.on(event);
    }
}
