//! What the searches of the parts of a problem tell, added up to the cost and bound of the whole.

use std::sync::{Mutex, PoisonError};

use crate::milp::{Event, Observer};

/// Cost and bound of each part, as far as they are known.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    observer: &'a dyn Observer,
    parts: Mutex<Vec<(Option<f64>, Option<f64>)>>,
}

/// One part's share in the tally: the observer of its search.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counter<'a> {
    tally: &'a Tally<'a>,
    part: usize,
}

impl<'a> Tally<'a> {
    pub(super) fn new(observer: &'a dyn Observer, parts: usize) -> Self {
        Self {
            observer,
            parts: Mutex::new(vec![(None, None); parts]),
        }
    }

    /// One observer for each part.
    pub(super) fn counters(&'a self) -> Vec<Counter<'a>> {
        let parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let tally = self;
        (0..parts.len())
            .map(|part| Counter { tally, part })
            .collect()
    }
}

impl Observer for Counter<'_> {
    fn on(&self, event: &Event) {
        let (cost, bound) = match *event {
            Event::Bound { bound } => (None, bound),
            Event::Incumbent { cost, bound } => (Some(cost), bound),
            _ => {
                self.tally.observer.on(event);
                return;
            }
        };
        // Told under the lock, so that what is told never gets worse.
        let parts = self.tally.parts.lock();
        let mut parts = parts.unwrap_or_else(PoisonError::into_inner);
        let own = &mut parts[self.part];
        *own = (cost.or(own.0), Some(bound));
        let costs: Option<f64> = parts.iter().map(|part| part.0).sum();
        let bounds: Option<f64> = parts.iter().map(|part| part.1).sum();
        let whole = match (cost, costs, bounds) {
            (Some(_), Some(cost), Some(bound)) => Event::Incumbent { cost, bound },
            (None, _, Some(bound)) => Event::Bound { bound },
            _ => return,
        };
        self.tally.observer.on(&whole);
    }

    fn is_cancelled(&self) -> bool {
        self.tally.observer.is_cancelled()
    }
}
