use std::time::Duration;

use super::{Performance, QueueingError};
use crate::units::Probability;

/// What staffing must achieve in an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    share: Probability,
    answer_within: Duration,
    occupancy_cap: Probability,
}

impl Objective {
    /// A share of contacts answered within a wait, with agents busy all the time if need be.
    ///
    /// # Errors
    /// [`QueueingError::UnreachableTarget`] for a share of 1.
    pub fn service_level(
        share: Probability,
        answer_within: Duration,
    ) -> Result<Self, QueueingError> {
        if share >= Probability::ONE {
            return Err(QueueingError::UnreachableTarget { share: share.get() });
        }
        Ok(Self {
            share,
            answer_within,
            occupancy_cap: Probability::ONE,
        })
    }

    /// The same objective with agents busy for at most a share of their time.
    ///
    /// # Errors
    /// [`QueueingError::UnreachableOccupancy`] for a cap of 0.
    pub fn with_occupancy_cap(mut self, cap: Probability) -> Result<Self, QueueingError> {
        if cap <= Probability::ZERO {
            return Err(QueueingError::UnreachableOccupancy { cap: cap.get() });
        }
        self.occupancy_cap = cap;
        Ok(self)
    }

    /// Threshold of the service level.
    pub const fn answer_within(&self) -> Duration {
        self.answer_within
    }

    /// The occupancy cap.
    pub const fn occupancy_cap(&self) -> Probability {
        self.occupancy_cap
    }

    /// Whether a performance is good enough. Service levels are compared unrounded; the cap
    /// forgives the last bits of a quotient such as 8.5 / 0.85.
    pub fn is_met(&self, seen: &Performance) -> bool {
        seen.is_stable
            && seen.service_level >= self.share
            && seen.occupancy.get() <= self.occupancy_cap.get() * (1.0 + 1e-12)
    }
}
