use std::time::Duration;

use super::chain::{Chain, Steady, hang_up_rate, known, whole_agents};
use super::{Objective, Performance, QueueModel, QueueingError, Traffic};
use crate::units::{Agents, Erlangs, Probability};

/// Blending: agents take outbound work whenever fewer than a threshold of them are busy.
///
/// ```text
/// p(i) ∝ Π λ / d(k) over k = T+1..i,   d(k) = min(k, n) / h + max(k − n, 0) / patience,   i ≥ T
/// outbound jobs a second = p(T) · T / h
/// ```
///
/// `T` the threshold, `n` agents, `h` average handling time, the same inbound and outbound. An
/// outbound job starts as soon as fewer than `T` agents are busy and is never interrupted; the other
/// `n − T` agents are kept for inbound contacts. `T = 0` is Erlang A without outbound work; a
/// threshold above `n` acts as `n`. In the [`Performance`], occupancy counts all work, the rest is of
/// inbound contacts. Agents are whole people: a fraction of one is rounded down. Without a patience,
/// an inbound load of `n` or more is [`Performance::OVERLOADED`] and leaves no outbound work.
///
/// **Assumptions.** Poisson arrivals, exponential handling and patience, outbound work never runs
/// out, steady state.
/// **Accuracy.** 1e-12 relative or better, against sums in 50 digits for loads of 1e-9 to 1e3 erlangs
/// and patience of a second to a year.
/// **Source.** Gans & Zhou (2003); Bhulai & Koole (2003).
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{Blend, Traffic};
/// use wfm::units::Erlangs;
/// // 200 calls an hour of 180 s, 15 agents of whom 2 are kept free of outbound calls.
/// let traffic = Traffic::new(Erlangs::new(10.0)?, Duration::from_secs(180));
/// let blend = Blend::new(13, Some(Duration::from_secs(300)))?;
/// let seen = blend.evaluate(&traffic, 15.0, Duration::from_secs(20));
/// assert!((seen.outbound_per_hour - 88.568_820_75).abs() < 1e-8);
/// assert!((seen.inbound.service_level.offered.get() - 0.783_198_92).abs() < 1e-8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blend {
    threshold: u32,
    mean_patience: Option<Duration>,
}

/// What blending achieves.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BlendPerformance {
    /// What inbound contacts experience; the occupancy is that of all work.
    pub inbound: Performance,
    /// Outbound jobs an hour; infinite for jobs that take no time.
    pub outbound_per_hour: f64,
}

impl Blend {
    /// A threshold of busy agents, and the mean of an exponential patience of inbound contacts;
    /// `None` for contacts that wait as long as it takes.
    ///
    /// # Errors
    /// [`QueueingError::NoPatience`] for a mean of zero.
    pub fn new(threshold: u32, mean_patience: Option<Duration>) -> Result<Self, QueueingError> {
        let mean_patience = known(mean_patience)?;
        Ok(Self {
            threshold,
            mean_patience,
        })
    }

    /// The largest threshold, hence the most outbound work, with which inbound contacts still meet an
    /// objective; `None` when they do not even without outbound work. An occupancy cap counts all work.
    ///
    /// # Errors
    /// [`QueueingError::NoPatience`] for a mean patience of zero.
    ///
    /// ```
    /// use std::time::Duration;
    /// use wfm::queueing::{Blend, Objective, Traffic};
    /// use wfm::units::{Agents, Erlangs, Probability};
    /// let traffic = Traffic::new(Erlangs::new(10.0)?, Duration::from_secs(180));
    /// let objective = Objective::service_level(Probability::new(0.75)?, Duration::from_secs(20))?;
    /// let patience = Some(Duration::from_secs(300));
    /// let blend = Blend::most_outbound(&traffic, Agents(15), patience, &objective)?;
    /// assert_eq!(blend.map(|b| b.threshold()), Some(13));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn most_outbound(
        traffic: &Traffic,
        agents: Agents,
        mean_patience: Option<Duration>,
        objective: &Objective,
    ) -> Result<Option<Self>, QueueingError> {
        let with = |threshold| Self::new(threshold, mean_patience);
        let is_met = |blend: &Self| {
            objective.is_met(&blend.performance(
                traffic,
                agents.as_f64(),
                objective.answer_within(),
            ))
        };
        let mut met = with(0)?;
        if !is_met(&met) {
            return Ok(None);
        }
        let mut too_high = agents.get().saturating_add(1);
        while too_high - met.threshold > 1 {
            let middle = with(met.threshold + (too_high - met.threshold) / 2)?;
            if is_met(&middle) {
                met = middle;
            } else {
                too_high = middle.threshold;
            }
        }
        Ok(Some(met))
    }

    /// Number of busy agents below which an outbound job starts.
    pub const fn threshold(&self) -> u32 {
        self.threshold
    }

    /// Mean patience of inbound contacts.
    pub const fn mean_patience(&self) -> Option<Duration> {
        self.mean_patience
    }

    /// Outbound work, and what inbound contacts experience; `answer_within` is the threshold of their
    /// service level.
    pub fn evaluate(
        &self,
        traffic: &Traffic,
        agents: f64,
        answer_within: Duration,
    ) -> BlendPerformance {
        let aht_seconds = traffic.aht.as_secs_f64();
        let agents = whole_agents(agents);
        let floor = f64::from(self.threshold).min(agents);
        if traffic.load == Erlangs::ZERO {
            let mut inbound = Performance::IDLE;
            inbound.occupancy = Probability::saturating(floor / agents);
            let outbound_per_hour = jobs_per_hour(1.0, floor, aht_seconds);
            return BlendPerformance {
                inbound,
                outbound_per_hour,
            };
        }
        let Some(steady) = self.steady(traffic, agents, answer_within.as_secs_f64()) else {
            return BlendPerformance {
                inbound: Performance::OVERLOADED,
                outbound_per_hour: 0.0,
            };
        };
        BlendPerformance {
            inbound: steady.performance(aht_seconds, steady.in_service / agents),
            outbound_per_hour: jobs_per_hour(steady.at_floor, floor, aht_seconds),
        }
    }

    fn steady(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Option<Steady> {
        let hang_up = hang_up_rate(self.mean_patience, traffic);
        let mut chain = Chain::of_agents(traffic.load.get(), agents, hang_up);
        chain.floor = f64::from(self.threshold).min(agents);
        chain.peak = chain.peak.max(chain.floor);
        chain.steady(traffic.in_handling_times(wait_seconds))
    }
}

/// Jobs that start in the state of the threshold, whose share of time is given.
fn jobs_per_hour(share: f64, threshold: f64, aht_seconds: f64) -> f64 {
    let busy = share * threshold;
    if busy > 0.0 {
        3600.0 * busy / aht_seconds
    } else {
        0.0
    }
}

impl QueueModel for Blend {
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance {
        self.evaluate(traffic, agents, answer_within).inbound
    }

    fn wait_exceeds(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Probability {
        if traffic.load == Erlangs::ZERO {
            return Probability::ZERO;
        }
        self.steady(traffic, whole_agents(agents), wait_seconds)
            .map_or(Probability::ONE, |steady| steady.still_waiting())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ErlangA, ErlangC};
    use super::*;

    fn traffic(load: f64) -> Traffic {
        Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(180))
    }

    #[test]
    fn without_outbound_it_is_a_queue() {
        let (patience, within) = (Duration::from_secs(300), Duration::from_secs(20));
        let blend = Blend::new(0, Some(patience))
            .unwrap()
            .evaluate(&traffic(10.0), 12.0, within);
        let queue = ErlangA::new(patience)
            .unwrap()
            .performance(&traffic(10.0), 12.0, within);
        assert_eq!(blend.outbound_per_hour, 0.0);
        let near = |x: f64, y: f64| assert!((x / y - 1.0).abs() < 1e-9, "{x} {y}");
        near(blend.inbound.occupancy.get(), queue.occupancy.get());
        near(blend.inbound.mean_wait_seconds, queue.mean_wait_seconds);
        let blend = Blend::new(0, None)
            .unwrap()
            .evaluate(&traffic(10.0), 12.0, within);
        let queue = ErlangC.performance(&traffic(10.0), 12.0, within);
        near(blend.inbound.asa_seconds, queue.asa_seconds);
        let (x, y) = (blend.inbound.service_level, queue.service_level);
        near(x.offered.get(), y.offered.get());
    }

    #[test]
    fn agents_work_on_what_comes_in_and_goes_out() {
        for load in [0.01, 3.0, 10.0, 14.0, 40.0] {
            for threshold in [0, 1, 9, 13, 15, 99] {
                let blend = Blend::new(threshold, Some(Duration::from_secs(300))).unwrap();
                let seen = blend.evaluate(&traffic(load), 15.0, Duration::from_secs(20));
                let answered = load * seen.inbound.abandonment.complement().get();
                let outbound = seen.outbound_per_hour * 180.0 / 3600.0;
                let busy = seen.inbound.occupancy.get() * 15.0;
                assert!(
                    (answered + outbound - busy).abs() < 1e-11 * busy,
                    "{load} {threshold}"
                );
            }
        }
    }

    #[test]
    fn the_largest_threshold_is_the_largest() {
        let share = Probability::new(0.8).unwrap();
        let objective = Objective::service_level(share, Duration::from_secs(20)).unwrap();
        let found = Blend::most_outbound(&traffic(10.0), Agents(16), None, &objective);
        let found = found.unwrap().unwrap();
        let level = |t| {
            let blend = Blend::new(t, None).unwrap();
            blend
                .performance(&traffic(10.0), 16.0, objective.answer_within())
                .service_level
                .offered
        };
        assert!(level(found.threshold()) >= share && level(found.threshold() + 1) < share);
        let none = Blend::most_outbound(&traffic(10.0), Agents(10), None, &objective);
        assert_eq!(none, Ok(None));
    }
}
