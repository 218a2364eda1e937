mod departures;
mod patience;
mod waiting;

use departures::{Departures, FAINT};
pub(in crate::queueing) use patience::{hang_up_rate, known};
use waiting::{Place, Waiting};

use super::{Contacts, Performance, ServiceLevel};
use crate::units::Probability;

/// A sum is complete when the next term is this small beside it.
const COMPLETE: f64 = 1e-20;
/// Arrivals in one handling time, or in one patience, beyond which chance no longer matters.
const FLUID: f64 = 1e13;
/// A share of free capacity that keeps a queue short without hanging up.
const SLACK: f64 = 1e-6;
/// The most agents counted one by one in a real number.
const LARGEST: f64 = 9e15;

/// A birth-death chain on the number of contacts in the system, in steady state.
///
/// ```text
/// up      λ in every state, up to  full + places
/// down    below(i) for floor < i < full,  R + j θ for i = full + j
/// ```
///
/// Times are in handling times. Weights are relative to a peak, from which the sums go both ways, so
/// nothing overflows at any size; they stop at 1e-20 of what is there.
#[derive(Debug)]
pub(in crate::queueing) struct Chain<F> {
    /// Arrivals in a handling time.
    pub(in crate::queueing) arrivals: f64,
    /// The lowest state.
    pub(in crate::queueing) floor: f64,
    /// The first state in which a contact waits.
    pub(in crate::queueing) full: f64,
    /// Completions in a handling time in the states from `full`.
    pub(in crate::queueing) full_rate: f64,
    /// Completions in a handling time below `full`.
    pub(in crate::queueing) below: F,
    /// Handling times in a patience, inverted; 0 when nobody hangs up.
    pub(in crate::queueing) hang_up: f64,
    /// Waiting places, infinite when nobody is turned away.
    pub(in crate::queueing) places: f64,
    /// The likeliest state; from `full` on it stands for [`Self::waiting_peak`].
    pub(in crate::queueing) peak: f64,
    /// Whether completions never fall as contacts are added.
    pub(in crate::queueing) is_single_peaked: bool,
}

/// What a chain looks like in the long run. Shares and waits are of the contacts admitted; times are
/// in handling times.
#[derive(Debug, Clone, Copy)]
pub(in crate::queueing) struct Steady {
    pub(in crate::queueing) blocking: f64,
    pub(in crate::queueing) at_floor: f64,
    pub(in crate::queueing) in_service: f64,
    p_wait: f64,
    late: f64,
    in_time: f64,
    patient: f64,
    abandonment: f64,
    asa: f64,
    mean_wait: f64,
    queue_length: f64,
}

impl Steady {
    /// In seconds, with an occupancy that the model must tell.
    pub(in crate::queueing) fn performance(&self, aht_seconds: f64, occupancy: f64) -> Performance {
        let level = ServiceLevel::of(&Contacts {
            in_time: self.in_time,
            answered: 1.0 - self.abandonment,
            virtual_in_time: 1.0 - self.late,
            waiting: self.patient * self.late,
        });
        Performance {
            is_stable: true,
            p_wait: Probability::saturating(self.p_wait),
            service_level: level,
            abandonment: Probability::saturating(self.abandonment),
            asa_seconds: self.asa * aht_seconds,
            mean_wait_seconds: self.mean_wait * aht_seconds,
            queue_length: self.queue_length,
            occupancy: Probability::saturating(occupancy),
        }
    }

    /// `P(min(V, T) > t)` for the `t` of the evaluation.
    pub(in crate::queueing) fn still_waiting(&self) -> Probability {
        Probability::saturating(self.patient * self.late)
    }
}

/// Weights of the states in which nobody waits.
#[derive(Debug, Default)]
struct Below {
    weight: f64,
    in_service: f64,
    at_floor: f64,
}

impl Below {
    fn add(&mut self, state: f64, weight: f64) {
        self.weight += weight;
        self.in_service += state * weight;
    }
}

/// Whole agents in a real number; none for what is negative or no number.
pub(in crate::queueing) fn whole_agents(agents: f64) -> f64 {
    if agents > 0.0 {
        agents.floor().min(LARGEST)
    } else {
        0.0
    }
}

impl Chain<fn(f64) -> f64> {
    /// Agents who take one contact at a time.
    pub(in crate::queueing) fn of_agents(arrivals: f64, agents: f64, hang_up: f64) -> Self {
        Self {
            arrivals,
            floor: 0.0,
            full: agents,
            full_rate: agents,
            below: |state| state,
            hang_up,
            places: f64::INFINITY,
            peak: arrivals.floor().min(agents),
            is_single_peaked: true,
        }
    }
}

impl<F: Fn(f64) -> f64> Chain<F> {
    /// The long run, with a threshold of `time`; `None` where the queue only grows, or where all
    /// places are always taken because nobody ever leaves.
    pub(in crate::queueing) fn steady(&self, time: f64) -> Option<Steady> {
        let leaves = self.full_rate + self.hang_up * self.places.min(1.0);
        let grows = self.hang_up <= 0.0 && self.arrivals >= self.full_rate;
        if (grows && self.places.is_infinite()) || leaves <= 0.0 {
            return None;
        }
        let can_wait = (self.arrivals / self.hang_up).min(self.places);
        let is_pressed = self.arrivals > self.full_rate * (1.0 - SLACK);
        let is_vast = self.arrivals > FLUID || (is_pressed && can_wait > FLUID);
        Some(if is_vast {
            self.fluid(time)
        } else {
            self.summed(time)
        })
    }

    /// The likeliest number waiting.
    pub(in crate::queueing) fn waiting_peak(&self) -> f64 {
        let excess = self.arrivals - self.full_rate;
        if excess <= 0.0 {
            0.0
        } else {
            (excess / self.hang_up).floor().min(self.places)
        }
    }

    fn summed(&self, time: f64) -> Steady {
        let mut below = Below::default();
        let mut waiting = Waiting::new(self.arrivals, self.full_rate, self.hang_up, self.places);
        if self.peak >= self.full {
            let peak = self.waiting_peak();
            waiting.upwards(Place::new(peak, 1.0));
            let at_full = waiting.downwards(Place::new(peak, 1.0));
            self.downwards(&mut below, self.full, at_full);
        } else {
            let at_full = self.upwards(&mut below);
            self.downwards(&mut below, self.peak, 1.0);
            waiting.upwards(Place::new(0.0, at_full));
        }
        self.measured(&below, &waiting, time)
    }

    /// Adds the states from the peak to below `full`; gives the weight of `full`.
    fn upwards(&self, below: &mut Below) -> f64 {
        let (mut state, mut weight) = (self.peak, 1.0);
        while state < self.full {
            below.add(state, weight);
            state += 1.0;
            let rate = if state < self.full {
                (self.below)(state)
            } else {
                self.full_rate
            };
            weight *= self.arrivals / rate;
            if weight < FAINT {
                return 0.0;
            }
        }
        weight
    }

    /// Adds the states under `state`, whose own weight is given.
    fn downwards(&self, below: &mut Below, state: f64, weight: f64) {
        let (mut state, mut weight) = (state, weight);
        let can_stop = self.is_single_peaked && self.floor <= 0.0;
        while state > self.floor {
            let rate = if state < self.full {
                (self.below)(state)
            } else {
                self.full_rate
            };
            weight *= rate / self.arrivals;
            state -= 1.0;
            if weight < FAINT {
                return;
            }
            below.add(state, weight);
            if can_stop && weight <= below.weight * COMPLETE {
                return;
            }
        }
        below.at_floor = weight;
    }

    fn measured(&self, below: &Below, waiting: &Waiting, time: f64) -> Steady {
        let admitted = below.weight + waiting.admitted;
        let all = admitted + waiting.blocked;
        let answered = below.weight + waiting.served;
        let law = Departures::within(time, self.full_rate, self.hang_up);
        let (late, in_time) = waiting.lateness(&law, time);
        Steady {
            blocking: waiting.blocked / all,
            at_floor: below.at_floor / all,
            in_service: (below.in_service + self.full * (waiting.admitted + waiting.blocked)) / all,
            p_wait: waiting.admitted / admitted,
            late: late / admitted,
            in_time: (below.weight + in_time) / admitted,
            patient: (-self.hang_up * time).exp(),
            abandonment: self.hang_up * waiting.queue / (self.arrivals * admitted),
            asa: if answered > 0.0 {
                waiting.served_wait / answered
            } else {
                f64::INFINITY
            },
            mean_wait: waiting.queue / (self.arrivals * admitted),
            queue_length: waiting.queue / all,
        }
    }

    /// The limit of a large system: as many wait as make those who leave equal those who come.
    fn fluid(&self, time: f64) -> Steady {
        let (arrivals, rate) = (self.arrivals, self.full_rate);
        let is_over = arrivals > rate;
        let queue = if is_over {
            ((arrivals - rate) / self.hang_up).min(self.places)
        } else {
            0.0
        };
        let admitted = (rate + self.hang_up * queue).min(arrivals);
        let wait = if self.hang_up > 0.0 {
            (self.hang_up * queue / rate).ln_1p() / self.hang_up
        } else {
            queue / rate
        };
        let is_late = is_over && wait > time;
        let answered = if is_over { rate / admitted } else { 1.0 };
        Steady {
            blocking: 1.0 - admitted / arrivals,
            at_floor: 0.0,
            in_service: if is_over { self.full } else { self.peak },
            p_wait: f64::from(u8::from(is_over)),
            late: f64::from(u8::from(is_late)),
            in_time: if is_late { 0.0 } else { answered },
            patient: (-self.hang_up * time).exp(),
            abandonment: 1.0 - answered,
            asa: wait,
            mean_wait: queue / admitted,
            queue_length: queue,
        }
    }
}
