//! Any handling-time law, from its mean and variance alone: two approximations for M/G/n.
//!
//! ```text
//! Allen and Cunneen   W ≈ (1 + scv) / 2 · W_C
//! Kimura              W ≈ (1 + scv) W_C W_D / (2 scv W_D + (1 − scv) W_C)
//! Cosmetatos          W_D ≈ ½ (1 + (1 − ρ)(n − 1)(√(4 + 5n) − 2) / (16 ρ n)) · W_C
//! ```
//!
//! `W` mean wait, `W_C` that of Erlang C, `W_D` that of constant handling times, `scv` the squared
//! coefficient of variation of the handling time, `n` agents, `ρ` load over agents. The probability
//! of waiting is that of Erlang C in both.
//!
//! **Assumptions.** Poisson arrivals, nobody hangs up, steady state.
//! **Accuracy.** Error of the mean wait in percent, lowest to highest, against the exact models
//! ([`deterministic`](super::deterministic), [`PhaseType`](super::PhaseType)) with 1, 2, 5, 10, 20
//! and 50 agents:
//!
//! | handling time | [`delay()`], load 0.5–0.8 | load 0.9–0.99 | [`corrected`], load 0.5–0.8 | load 0.9–0.99 |
//! |---|---|---|---|---|
//! | constant, scv 0 | −43 to 0 | −7.9 to 0 | −4.2 to 6.4 | −0.1 to 0.8 |
//! | Erlang-2, scv 0.5 | −18 to 0 | −3.5 to 0 | 0 to 6.8 | 0 to 0.9 |
//! | H2, scv 1.5 | 0 to 21 | 0 to 5.6 | −1.4 to 2.4 | 0 to 1.3 |
//! | H2, scv 2 | 0 to 42 | 0 to 10 | −2.5 to 3.5 | 0 to 1.5 |
//! | H2, scv 4 | 0 to 125 | 0 to 23 | −5.5 to 3.0 | −2.3 to 0 |
//!
//! Both are exact for one agent and for `scv = 1`. The probability of waiting is off by −7 to 12 %.
//! Allen and Cunneen err most in light load, where the wait itself is short.
//! **Source.** Allen (1990), "Allen–Cunneen formula"; Kimura (1986); Cosmetatos (1976).

use std::time::Duration;

use super::{Delay, ErlangC, QueueModel, QueueingError, Traffic};

/// Delay by Allen and Cunneen.
///
/// # Errors
/// [`QueueingError::OutOfRange`] unless `scv` is finite and not negative.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{Traffic, allen_cunneen};
/// use wfm::units::Erlangs;
/// let traffic = Traffic::new(Erlangs::new(4.0)?, Duration::from_secs(300));
/// let seen = allen_cunneen::delay(&traffic, 5.0, 0.5)?;
/// assert!((seen.asa_seconds - 124.675_325).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn delay(traffic: &Traffic, agents: f64, scv: f64) -> Result<Delay, QueueingError> {
    with_factor(traffic, agents, scv, |scv| f64::midpoint(1.0, scv))
}

/// Delay by Kimura's formula with Cosmetatos' wait for constant handling times, which corrects
/// Allen and Cunneen in light load.
///
/// # Errors
/// As [`delay()`].
pub fn corrected(traffic: &Traffic, agents: f64, scv: f64) -> Result<Delay, QueueingError> {
    let rho = traffic.load.get() / agents;
    with_factor(traffic, agents, scv, |scv| {
        let light = (1.0 - rho) * (agents - 1.0) * ((4.0 + 5.0 * agents).sqrt() - 2.0);
        // A constant handling time never makes the wait longer, which the formula forgets.
        let constant = f64::midpoint(1.0, light / (16.0 * rho * agents)).clamp(0.5, 1.0);
        (1.0 + scv) * constant / (2.0 * scv * constant + (1.0 - scv))
    })
}

fn with_factor(
    traffic: &Traffic,
    agents: f64,
    scv: f64,
    factor: impl Fn(f64) -> f64,
) -> Result<Delay, QueueingError> {
    if !(0.0..f64::INFINITY).contains(&scv) {
        return Err(QueueingError::OutOfRange {
            quantity: "squared coefficient of variation of the handling time",
            expected: "finite and not negative",
            value: scv,
        });
    }
    if let Some(known) = Delay::at_the_ends(traffic, agents) {
        return Ok(known);
    }
    let plain = ErlangC.performance(traffic, agents, Duration::ZERO);
    let queue_length = plain.queue_length * factor(scv);
    Ok(Delay::stable(
        traffic,
        agents,
        plain.p_wait.get(),
        queue_length,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::{PhaseType, deterministic};
    use crate::units::Erlangs;

    fn traffic(load: f64) -> Traffic {
        Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(300))
    }

    #[test]
    fn stated_errors_hold_at_ninety_percent() {
        for agents in [1u32, 2, 5, 10, 20, 50] {
            let (n, traffic) = (f64::from(agents), traffic(0.9 * f64::from(agents)));
            let hyper = |scv| {
                PhaseType::hyperexponential(scv)
                    .unwrap()
                    .delay(&traffic, agents)
            };
            let exact = [
                (0.0, deterministic::delay(&traffic, agents)),
                (0.5, PhaseType::ERLANG_2.delay(&traffic, agents).unwrap()),
                (2.0, hyper(2.0).unwrap()),
                (4.0, hyper(4.0).unwrap()),
            ];
            for (scv, exact) in exact {
                let off = |seen: Delay| seen.asa_seconds / exact.asa_seconds - 1.0;
                let plain = off(delay(&traffic, n, scv).unwrap());
                let better = off(corrected(&traffic, n, scv).unwrap());
                assert!(
                    plain.abs() < 0.24 && better.abs() < 0.025,
                    "{n} {scv}: {plain} {better}"
                );
            }
        }
    }

    #[test]
    fn exponential_handling_is_erlang_c_and_edges_are_typed() {
        let (traffic, none) = (traffic(4.3), traffic(0.0));
        let plain = ErlangC.performance(&traffic, 5.5, Duration::ZERO);
        for seen in [delay(&traffic, 5.5, 1.0), corrected(&traffic, 5.5, 1.0)] {
            let seen = seen.unwrap();
            assert!((seen.asa_seconds / plain.asa_seconds - 1.0).abs() < 1e-14);
            assert_eq!(seen.p_wait, plain.p_wait);
        }
        assert_eq!(delay(&none, 0.0, 0.3).unwrap(), Delay::IDLE);
        assert_eq!(
            corrected(&traffic, f64::NAN, 0.3).unwrap(),
            Delay::OVERLOADED
        );
        for scv in [-0.1, f64::NAN, f64::INFINITY] {
            assert!(delay(&traffic, 9.0, scv).is_err());
        }
    }
}
