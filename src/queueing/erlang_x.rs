use std::time::Duration;

use super::numerics::increasing_root;
use super::{ErlangA, Objective, Performance, QueueModel, QueueingError, Traffic};
use crate::units::{Erlangs, Probability};

/// Erlang X: customers who hang up and call again.
///
/// ```text
/// λ' = λ + r λ' P(λ')            total rate of attempts
/// never served = (1 − r) λ' P(λ') / λ
/// ```
///
/// `λ` rate of first attempts, `r` the probability that an abandoned attempt is repeated, `P` the
/// abandonment of the model of one attempt, [`ErlangA`] unless another is given. The performance is
/// that of an attempt; [`ErlangX::redialling`] tells what an original contact goes through. A load
/// in erlangs stands for the rate throughout.
///
/// **Assumptions.** Repeats follow at once, are as patient as first attempts, and all attempts
/// together are a Poisson stream.
/// **Accuracy.** Abandoned traffic grows with the load, and more slowly than it, so the root is
/// unique. It is found to the last bits in five to eight evaluations of the inner model, whose error
/// remains.
/// **Source.** Fixed point as in Koole, "Call Center Optimization" (2013), and Ding, Koole and van
/// der Mei (2015).
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{ErlangA, ErlangX, Traffic};
/// use wfm::units::{Erlangs, Probability};
/// let patience = ErlangA::new(Duration::from_secs(300))?;
/// let model = ErlangX::new(patience, Probability::new(0.5)?)?;
/// // 200 contacts an hour of 180 seconds.
/// let traffic = Traffic::new(Erlangs::new(10.0)?, Duration::from_secs(180));
/// let seen = model.redialling(&traffic, 11.0);
/// assert!((200.0 * seen.attempts_per_contact - 208.800_740).abs() < 1e-5);
/// assert!((seen.never_served.get() - 0.044_003_698).abs() < 1e-8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangX<M = ErlangA> {
    attempt: M,
    redial: Probability,
}

/// What redials add up to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Redialling {
    /// Attempts for each original contact, at least 1: the total rate over the original rate.
    pub attempts_per_contact: f64,
    /// Share of the attempts that hang up.
    pub abandonment: Probability,
    /// Share of the original contacts that are never answered.
    pub never_served: Probability,
}

impl<M: QueueModel> ErlangX<M> {
    /// Attempts that follow `attempt`, repeated with probability `redial` when they are abandoned.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] for a probability of 1: nobody would ever give up.
    pub fn new(attempt: M, redial: Probability) -> Result<Self, QueueingError> {
        if redial >= Probability::ONE {
            return Err(QueueingError::OutOfRange {
                quantity: "redial probability",
                expected: "below 1",
                value: redial.get(),
            });
        }
        Ok(Self { attempt, redial })
    }

    /// Model of one attempt.
    pub const fn attempt(&self) -> &M {
        &self.attempt
    }

    /// Probability that an abandoned attempt is repeated.
    pub const fn redial(&self) -> Probability {
        self.redial
    }

    /// Attempts and losses for a `traffic` of original contacts.
    pub fn redialling(&self, traffic: &Traffic, agents: f64) -> Redialling {
        let attempts_per_contact = self.factor(traffic, agents);
        let abandonment = self.abandonment(traffic, agents, attempts_per_contact);
        let lost = (1.0 - self.redial.get()) * attempts_per_contact * abandonment.get();
        Redialling {
            attempts_per_contact,
            abandonment,
            never_served: Probability::saturating(lost),
        }
    }

    fn abandonment(&self, traffic: &Traffic, agents: f64, factor: f64) -> Probability {
        let attempts = scaled(traffic, factor);
        self.attempt
            .performance(&attempts, agents, Duration::ZERO)
            .abandonment
    }

    /// The total rate over the original rate: the root of `x − 1 − r x P(x)`.
    fn factor(&self, traffic: &Traffic, agents: f64) -> f64 {
        let r = self.redial.get();
        if r <= 0.0 || traffic.load == Erlangs::ZERO {
            return 1.0;
        }
        let abandoned = self.abandonment(traffic, agents, 1.0).get();
        if abandoned <= 0.0 {
            return 1.0;
        }
        let second = 1.0 / (1.0 - r * abandoned);
        let mut known = Some(-r * abandoned);
        let excess = |x: f64| {
            // The value at 1 is known already.
            known
                .take()
                .unwrap_or_else(|| x - 1.0 - r * x * self.abandonment(traffic, agents, x).get())
        };
        increasing_root(excess, (1.0, 1.0 / (1.0 - r)), (1.0, second))
    }
}

impl<M: QueueModel> QueueModel for ErlangX<M> {
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance {
        let attempts = scaled(traffic, self.factor(traffic, agents));
        self.attempt.performance(&attempts, agents, answer_within)
    }

    fn wait_exceeds(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Probability {
        let attempts = scaled(traffic, self.factor(traffic, agents));
        self.attempt.wait_exceeds(&attempts, agents, wait_seconds)
    }

    fn first_guess(&self, traffic: &Traffic, objective: &Objective) -> (f64, f64) {
        self.attempt.first_guess(traffic, objective)
    }
}

/// The same contacts at `factor` times their rate; unchanged where that is no number.
pub(super) fn scaled(traffic: &Traffic, factor: f64) -> Traffic {
    let load = Erlangs::new(traffic.load.get() * factor).unwrap_or(traffic.load);
    Traffic::new(load, traffic.aht)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::{ErlangC, required_agents};

    fn model(redial: f64) -> ErlangX {
        let patience = ErlangA::new(Duration::from_secs(120)).unwrap();
        ErlangX::new(patience, Probability::new(redial).unwrap()).unwrap()
    }

    fn traffic(load: f64) -> Traffic {
        Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(180))
    }

    #[test]
    fn nobody_is_lost_on_the_way() {
        for redial in [0.0, 0.3, 0.9] {
            for (load, agents) in [(10.0, 10.0), (10.0, 2.0), (0.01, 1.0), (50.0, 70.0)] {
                let seen = model(redial).redialling(&traffic(load), agents);
                // Original contacts end either answered or giving up.
                let answered = seen.attempts_per_contact * (1.0 - seen.abandonment.get());
                let total = answered + seen.never_served.get();
                assert!(
                    (total - 1.0).abs() < 1e-11,
                    "{redial} {load} {agents}: {total}"
                );
            }
        }
    }

    #[test]
    fn without_redials_it_is_the_model_of_an_attempt() {
        let (within, traffic) = (Duration::from_secs(20), traffic(9.0));
        let plain = model(0.0);
        assert_eq!(
            plain.performance(&traffic, 9.0, within),
            plain.attempt().performance(&traffic, 9.0, within)
        );
        let patient = ErlangX::new(ErlangC, Probability::new(0.9).unwrap()).unwrap();
        assert_eq!(patient.redialling(&traffic, 12.0).attempts_per_contact, 1.0);
        assert!(ErlangX::new(ErlangC, Probability::ONE).is_err());
    }

    #[test]
    fn redials_need_more_agents() {
        let objective =
            Objective::service_level(Probability::new(0.8).unwrap(), Duration::from_secs(20))
                .unwrap();
        let needed = |r| required_agents(&model(r), &traffic(20.0), &objective).unwrap();
        assert!(needed(0.0) <= needed(0.5) && needed(0.0) < needed(0.99));
    }
}
