use std::time::Duration;

use super::erlang_b;
use super::{Performance, QueueModel, ServiceLevel, Traffic};
use crate::units::Probability;

/// Erlang C: the delay system M/M/n with infinite patience.
///
/// ```text
/// C(n, a)   = n B / (n − a (1 − B)),  B = B(n, a) of Erlang B
/// P(W ≤ T)  = 1 − C · exp(−(n − a) T / h)
/// ASA       = C h / (n − a)                   over all contacts
/// ```
///
/// `n` agents (whole or real), `a` offered load in erlangs, `h` average handling time, `T` the
/// threshold. For `a ≥ n` the queue grows without limit: [`Performance::OVERLOADED`].
///
/// **Assumptions.** Poisson arrivals, exponential handling, nobody hangs up, steady state.
/// **Source.** Erlang (1917); real `n` as in [`erlang_b`].
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{ErlangC, QueueModel, Traffic};
/// use wfm::units::Erlangs;
/// let traffic = Traffic::new(Erlangs::new(5.0)?, Duration::from_secs(300));
/// let seen = ErlangC.performance(&traffic, 8.0, Duration::from_secs(20));
/// assert!((seen.service_level.offered.get() - 0.86305).abs() < 5e-6);
/// assert!((seen.asa_seconds - 16.727).abs() < 5e-4);
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErlangC;

impl QueueModel for ErlangC {
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance {
        let (a, h) = (traffic.load.get(), traffic.aht.as_secs_f64());
        if a <= 0.0 {
            return Performance::IDLE;
        }
        let slack = agents - a;
        if slack.is_nan() || slack <= 0.0 {
            return Performance::OVERLOADED;
        }
        if slack.is_infinite() {
            return Performance::IDLE;
        }
        let p_wait = wait_probability(agents, a);
        let asa_seconds = p_wait * h / slack;
        let late = p_wait * (-slack * traffic.in_handling_times(answer_within.as_secs_f64())).exp();
        Performance {
            is_stable: true,
            p_wait: Probability::saturating(p_wait),
            service_level: ServiceLevel::same(Probability::saturating(1.0 - late)),
            abandonment: Probability::ZERO,
            asa_seconds,
            mean_wait_seconds: asa_seconds,
            queue_length: p_wait * a / slack,
            occupancy: Probability::saturating(a / agents),
        }
    }

    fn wait_exceeds(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Probability {
        let a = traffic.load.get();
        let seen = self.performance(traffic, agents, Duration::ZERO);
        if !seen.is_stable {
            return Probability::ONE;
        }
        let late = (-(agents - a) * traffic.in_handling_times(wait_seconds)).exp();
        Probability::saturating(seen.p_wait.get() * late)
    }
}

/// `C(n, a)` for `n > a > 0`, from `1/B` so that a tiny `B` does no harm.
fn wait_probability(agents: f64, load: f64) -> f64 {
    let inverse_b = erlang_b::inverse(agents, load);
    agents / ((agents - load) * inverse_b + load)
}
