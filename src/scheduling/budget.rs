//! When a search has to stop: by the clock, by its work, or because nobody waits.

use std::time::{Duration, Instant};

use crate::milp::{Event, Observer};

/// Says when a search has to stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget<'a> {
    end: Option<Instant>,
    work: u64,
    observer: &'a dyn Observer,
}

impl<'a> Budget<'a> {
    pub(super) fn start(
        time_limit: Duration,
        work: Option<u64>,
        observer: &'a dyn Observer,
    ) -> Self {
        Self {
            end: Instant::now().checked_add(time_limit),
            work: work.unwrap_or(u64::MAX),
            observer,
        }
    }

    pub(super) fn tell(&self, event: &Event) {
        self.observer.on(event);
    }

    pub(super) fn is_late(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.observer.is_cancelled()
    }

    /// Whether nobody wants to wait any longer.
    pub(super) fn is_over(&self) -> bool {
        self.is_late() || self.is_cancelled()
    }

    /// Whether so much work is enough, or nobody wants to wait any longer.
    pub(super) fn is_spent(&self, work: u64) -> bool {
        work >= self.work || self.is_over()
    }

    /// The work that may still be done.
    pub(super) fn work_left(&self, done: u64) -> u64 {
        self.work.saturating_sub(done)
    }
}
