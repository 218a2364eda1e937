use crate::units::Probability;

use super::Traffic;

/// Steady state of a queue in which everybody waits for as long as it takes, whatever the law of
/// the handling time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delay {
    /// Whether waiting times stay finite.
    pub is_stable: bool,
    /// Probability that a contact finds no free agent.
    pub p_wait: Probability,
    /// Mean wait of all contacts in seconds; infinite in overload.
    pub asa_seconds: f64,
    /// Mean number of contacts waiting; infinite in overload.
    pub queue_length: f64,
    /// Share of time that agents are busy, 1 in overload.
    pub occupancy: Probability,
}

impl Delay {
    /// The state of a queue that only grows: everybody waits, for ever.
    pub const OVERLOADED: Self = Self {
        is_stable: false,
        p_wait: Probability::ONE,
        asa_seconds: f64::INFINITY,
        queue_length: f64::INFINITY,
        occupancy: Probability::ONE,
    };

    /// The state without contacts.
    pub const IDLE: Self = Self {
        is_stable: true,
        p_wait: Probability::ZERO,
        asa_seconds: 0.0,
        queue_length: 0.0,
        occupancy: Probability::ZERO,
    };

    /// What needs no computing: no load, endless agents, or too much load.
    pub(super) fn at_the_ends(traffic: &Traffic, agents: f64) -> Option<Self> {
        let load = traffic.load.get();
        if load <= 0.0 || agents == f64::INFINITY {
            Some(Self::IDLE)
        } else if load < agents {
            None
        } else {
            Some(Self::OVERLOADED)
        }
    }

    /// The stable state with a probability of waiting and a mean number waiting; the mean wait is
    /// that number over the arrival rate.
    pub(super) fn stable(traffic: &Traffic, agents: f64, p_wait: f64, queue_length: f64) -> Self {
        let load = traffic.load.get();
        Self {
            is_stable: true,
            p_wait: Probability::saturating(p_wait),
            asa_seconds: queue_length / load * traffic.aht.as_secs_f64(),
            queue_length,
            occupancy: Probability::saturating(load / agents),
        }
    }
}
