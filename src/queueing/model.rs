use std::fmt;
use std::time::Duration;

use super::{Objective, ServiceLevel};
use crate::units::{Erlangs, Probability};

/// What arrives: a load and the handling time that makes it up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Traffic {
    /// Offered load.
    pub load: Erlangs,
    /// Average handling time.
    pub aht: Duration,
}

impl Traffic {
    /// A load of contacts that each take `aht`.
    pub const fn new(load: Erlangs, aht: Duration) -> Self {
        Self { load, aht }
    }

    /// Seconds counted in handling times; nothing is longer than a handling time of zero.
    pub(super) fn in_handling_times(&self, seconds: f64) -> f64 {
        if seconds > 0.0 {
            seconds / self.aht.as_secs_f64()
        } else {
            0.0
        }
    }
}

/// What customers and agents experience in steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Performance {
    /// Whether waiting times stay finite.
    pub is_stable: bool,
    /// Probability that a contact finds no free agent, whether it is answered or hangs up.
    pub p_wait: Probability,
    /// Share of contacts answered within the threshold that was asked about, by each definition.
    pub service_level: ServiceLevel,
    /// Share of contacts that hang up while waiting.
    pub abandonment: Probability,
    /// Mean wait of answered contacts, in seconds; infinite in overload.
    pub asa_seconds: f64,
    /// Mean wait of all contacts, answered or not, in seconds; infinite in overload.
    pub mean_wait_seconds: f64,
    /// Mean number of contacts waiting; infinite in overload.
    pub queue_length: f64,
    /// Share of time that agents are busy, 1 in overload.
    pub occupancy: Probability,
}

impl Performance {
    /// The state of a queue that only grows: everybody waits, for ever.
    pub const OVERLOADED: Self = Self {
        is_stable: false,
        p_wait: Probability::ONE,
        service_level: ServiceLevel::NONE,
        abandonment: Probability::ZERO,
        asa_seconds: f64::INFINITY,
        mean_wait_seconds: f64::INFINITY,
        queue_length: f64::INFINITY,
        occupancy: Probability::ONE,
    };

    /// The state without contacts: nobody waits and nobody is busy.
    pub const IDLE: Self = Self {
        is_stable: true,
        p_wait: Probability::ZERO,
        service_level: ServiceLevel::ALL,
        abandonment: Probability::ZERO,
        asa_seconds: 0.0,
        mean_wait_seconds: 0.0,
        queue_length: 0.0,
        occupancy: Probability::ZERO,
    };
}

impl fmt::Display for Performance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_stable {
            return f.write_str("overloaded");
        }
        write!(
            f,
            "SL {}, ASA {:.1} s, occupancy {}",
            self.service_level.offered, self.asa_seconds, self.occupancy
        )?;
        if self.abandonment > Probability::ZERO {
            write!(f, ", abandonment {}", self.abandonment)?;
        }
        Ok(())
    }
}

/// A queueing model: traffic and agents in, performance out. Usable as `&dyn QueueModel`.
pub trait QueueModel: fmt::Debug + Send + Sync {
    /// Steady state with a real number of agents; `answer_within` is the threshold of the
    /// service level. Zero load is served at once by anybody, even by nobody. Agents that are
    /// negative or not a number count as none.
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance;

    /// Probability that a contact waits longer than `wait_seconds`, until it is answered or hangs
    /// up. Waits that are negative or not a number count as 0.
    fn wait_exceeds(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Probability;

    /// Where to look for the fewest agents that meet `objective`: a number of agents, and by how
    /// much the logarithm of what is late, lost or waited falls for each more of them. Both may be
    /// wrong; good ones save time.
    fn first_guess(&self, traffic: &Traffic, objective: &Objective) -> (f64, f64) {
        objective.square_root_guess(traffic)
    }
}
