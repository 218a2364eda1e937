use std::iter::Sum;
use std::ops::Add;

use crate::units::Probability;

/// What happens in a part of a day, as expected counts and times that add up over its parts.
///
/// ```text
/// service level = answered in time / arrivals       abandonment = abandoned / arrivals
/// mean wait     = waiting time / arrivals           occupancy   = busy time / staffed time
/// ```
///
/// Counts are contacts, times are seconds. Shares are of the contacts that arrive in the part; a part
/// without arrivals answers all of them at once, as zero load does in steady state.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// Contacts that arrive.
    pub arrivals: f64,
    /// Arrivals that are answered within the threshold.
    pub answered_in_time: f64,
    /// Arrivals that find no free agent.
    pub delayed: f64,
    /// Contacts whose handling ends.
    pub completed: f64,
    /// Contacts that hang up.
    pub abandoned: f64,
    /// Time spent waiting by all contacts together.
    pub waiting_seconds: f64,
    /// Time spent handling by all agents together.
    pub busy_seconds: f64,
    /// Time in position of all agents together.
    pub staffed_seconds: f64,
}

impl Outcome {
    /// Share of arrivals answered within the threshold, of all contacts offered.
    pub fn service_level(&self) -> Probability {
        if self.arrivals > 0.0 {
            Probability::saturating(self.answered_in_time / self.arrivals)
        } else {
            Probability::ONE
        }
    }

    /// Share of arrivals that find no free agent.
    pub fn p_wait(&self) -> Probability {
        share(self.delayed, self.arrivals)
    }

    /// Contacts that hang up for each one that arrives, at most 1.
    pub fn abandonment(&self) -> Probability {
        share(self.abandoned, self.arrivals)
    }

    /// Time spent waiting for each contact that arrives, in seconds; infinite in overload of a
    /// steady state, 0 without arrivals.
    pub fn mean_wait_seconds(&self) -> f64 {
        if self.arrivals > 0.0 {
            self.waiting_seconds / self.arrivals
        } else {
            0.0
        }
    }

    /// Share of the staffed time that agents are busy; 0 without agents.
    pub fn occupancy(&self) -> Probability {
        share(self.busy_seconds, self.staffed_seconds)
    }
}

fn share(part: f64, whole: f64) -> Probability {
    Probability::saturating(if whole > 0.0 { part / whole } else { 0.0 })
}

impl Add for Outcome {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            arrivals: self.arrivals + other.arrivals,
            answered_in_time: self.answered_in_time + other.answered_in_time,
            delayed: self.delayed + other.delayed,
            completed: self.completed + other.completed,
            abandoned: self.abandoned + other.abandoned,
            waiting_seconds: self.waiting_seconds + other.waiting_seconds,
            busy_seconds: self.busy_seconds + other.busy_seconds,
            staffed_seconds: self.staffed_seconds + other.staffed_seconds,
        }
    }
}

impl Sum for Outcome {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::default(), Add::add)
    }
}
