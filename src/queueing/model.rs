use std::fmt;
use std::time::Duration;

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
}

/// What customers and agents experience in steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Performance {
    /// Whether waiting times stay finite.
    pub is_stable: bool,
    /// Probability that a contact waits at all.
    pub p_wait: Probability,
    /// Share of contacts answered within the threshold that was asked about.
    pub service_level: Probability,
    /// Mean wait over all contacts, in seconds; infinite in overload.
    pub asa_seconds: f64,
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
        service_level: Probability::ZERO,
        asa_seconds: f64::INFINITY,
        queue_length: f64::INFINITY,
        occupancy: Probability::ONE,
    };
}

impl fmt::Display for Performance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_stable {
            return f.write_str("overloaded");
        }
        let Self {
            service_level,
            asa_seconds,
            occupancy,
            ..
        } = self;
        write!(
            f,
            "SL {service_level}, ASA {asa_seconds:.1} s, occupancy {occupancy}"
        )
    }
}

/// A queueing model: traffic and agents in, performance out. Usable as `&dyn QueueModel`.
pub trait QueueModel: fmt::Debug + Send + Sync {
    /// Steady state with a real number of agents; `answer_within` is the threshold of the
    /// service level. Zero load is served at once by anybody, even by nobody.
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance;
}
