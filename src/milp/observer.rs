use std::fmt;

/// Something that happened during long work.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A stage of the work began.
    Stage {
        /// What it is called.
        name: &'static str,
    },
    /// A better lower bound was proven.
    Bound {
        /// The bound.
        bound: f64,
    },
    /// A better point was found.
    Incumbent {
        /// Its cost.
        cost: f64,
        /// The best proven lower bound so far.
        bound: f64,
    },
    /// Part of a stage is done.
    Step {
        /// Steps done.
        done: usize,
        /// Steps in all.
        total: usize,
    },
}

/// Watches long work and may ask it to stop. The work then still returns the best it has.
pub trait Observer: Sync + fmt::Debug {
    /// Told of everything that happens; must be quick.
    fn on(&self, event: &Event) {
        let _ = event;
    }

    /// Whether the work should stop soon.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Watches nothing and never stops anything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {}
