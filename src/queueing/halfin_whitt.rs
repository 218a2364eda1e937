//! Halfin and Whitt: the probability of waiting of a large delay system.
//!
//! ```text
//! n = a + β √a
//! P(wait) → 1 / (1 + β Φ(β) / φ(β))      as a → ∞, β > 0 fixed
//! ```
//!
//! `n` agents, `a` load in erlangs, `β` the quality of service, `φ` and `Φ` the density and the law
//! of a standard normal variable. For `β ≤ 0` the queue is not stable and everybody waits: 1.
//!
//! **Assumptions.** As [`ErlangC`](super::ErlangC), with many agents. At 250,000 erlangs the limit is
//! within 0.002 of Erlang C.
//! **Accuracy.** Relative error below 1e-12 for β up to 30.
//! **Source.** Halfin and Whitt (1981), proposition 1.

use super::QueueingError;
use super::numerics::{increasing_root, ln_mills_ratio, mills_ratio};
use crate::units::{Erlangs, Probability};

/// Limit of the probability of waiting at quality of service `beta`.
///
/// # Errors
/// [`QueueingError::OutOfRange`] for NaN.
///
/// ```
/// use wfm::queueing::halfin_whitt;
/// let waits = halfin_whitt::wait_probability(0.5)?.get();
/// assert!((waits - 0.504_538_640_998).abs() < 1e-12);
/// assert!((halfin_whitt::beta(halfin_whitt::wait_probability(0.5)?)? - 0.5).abs() < 1e-12);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
pub fn wait_probability(beta: f64) -> Result<Probability, QueueingError> {
    if beta.is_nan() {
        return Err(QueueingError::OutOfRange {
            quantity: "quality of service",
            expected: "a number",
            value: beta,
        });
    }
    if beta <= 0.0 {
        return Ok(Probability::ONE);
    }
    Ok(Probability::saturating(
        1.0 / (1.0 + beta * mills_ratio(-beta)),
    ))
}

/// Quality of service at which a share `p_wait` waits; 0 for a share of 1.
///
/// # Errors
/// [`QueueingError::OutOfRange`] for a share of 0, which no finite quality of service reaches.
pub fn beta(p_wait: Probability) -> Result<f64, QueueingError> {
    let wanted = p_wait.get();
    if wanted <= 0.0 {
        return Err(QueueingError::OutOfRange {
            quantity: "probability of waiting",
            expected: "above 0",
            value: wanted,
        });
    }
    // ln(1 + β R(−β)) rises from 0.
    let excess = |beta: f64| {
        let ratio = beta.ln() + ln_mills_ratio(-beta);
        let log = if ratio > 40.0 {
            ratio
        } else {
            ratio.exp().ln_1p()
        };
        log + wanted.ln()
    };
    Ok(increasing_root(excess, (0.0, 40.0), (0.0, 1.0)))
}

/// Square-root staffing: a real number of agents at quality of service `beta`, at least 0.
///
/// ```
/// use wfm::queueing::halfin_whitt::square_root_staffing;
/// use wfm::units::Erlangs;
/// assert_eq!(square_root_staffing(Erlangs::new(100.0)?, 0.5), 105.0);
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
pub fn square_root_staffing(load: Erlangs, beta: f64) -> f64 {
    let agents = load.get() + beta * load.get().sqrt();
    if agents > 0.0 { agents } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::queueing::{ErlangC, QueueModel, Traffic};

    #[test]
    fn approaches_erlang_c() {
        let load = Erlangs::new(250_000.0).unwrap();
        let traffic = Traffic::new(load, Duration::from_secs(60));
        for beta in [0.1, 0.5, 1.0, 2.0] {
            let agents = square_root_staffing(load, beta);
            let exact = ErlangC
                .performance(&traffic, agents, Duration::ZERO)
                .p_wait
                .get();
            let limit = wait_probability(beta).unwrap().get();
            assert!((exact - limit).abs() < 2e-3, "{beta}: {exact} {limit}");
        }
    }

    #[test]
    fn inverse_and_edges() {
        for b in [1e-6, 0.1, 1.0, 5.0, 20.0, 35.0] {
            let back = beta(wait_probability(b).unwrap()).unwrap();
            assert!((back / b - 1.0).abs() < 1e-9, "{b}: {back}");
        }
        assert_eq!(beta(Probability::ONE).unwrap(), 0.0);
        assert!(beta(Probability::ZERO).is_err());
        assert!(wait_probability(f64::NAN).is_err());
        assert_eq!(wait_probability(-3.0).unwrap(), Probability::ONE);
        assert_eq!(wait_probability(f64::INFINITY).unwrap(), Probability::ZERO);
        assert_eq!(
            square_root_staffing(Erlangs::new(1.0).unwrap(), f64::NAN),
            0.0
        );
    }
}
