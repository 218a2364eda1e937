//! When a simulation must stop although it is not done.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Why a replication was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulation) enum GivenUp {
    /// More contacts than one replication may have.
    TooMany,
    /// The time is over, or somebody said stop.
    Stopped,
}

/// Limits on a replication.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) struct Watch<'a> {
    pub(in crate::simulation) most_contacts: u64,
    pub(in crate::simulation) until: Option<Instant>,
    pub(in crate::simulation) cancel: Option<&'a AtomicBool>,
}

impl Watch<'_> {
    /// Whether the clock or somebody says stop.
    pub(in crate::simulation) fn is_over(&self) -> bool {
        self.is_cancelled() || self.until.is_some_and(|until| Instant::now() >= until)
    }

    pub(in crate::simulation) fn is_cancelled(&self) -> bool {
        (self.cancel).is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Asked at each step; looks at the clock now and then.
    #[inline]
    pub(in crate::simulation) fn check(&self, steps: u64, contacts: u64) -> Result<(), GivenUp> {
        if contacts > self.most_contacts {
            Err(GivenUp::TooMany)
        } else if steps & 0x3FFF != 0 {
            Ok(())
        } else if self.is_over() {
            Err(GivenUp::Stopped)
        } else {
            Ok(())
        }
    }
}
