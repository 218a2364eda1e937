//! Garnett, Mandelbaum and Reiman: the probability of waiting of a large system with abandonment.
//!
//! ```text
//! n = a + β √a
//! P(wait) → 1 / (1 + √g · H(β / √g) / H(−β))      as a → ∞, β fixed
//! ```
//!
//! `n` agents, `a` load in erlangs, `β` the quality of service (any sign), `g` the abandonment rate
//! over the service rate, that is handling time over patience; `H(x) = φ(x) / (1 − Φ(x))` the hazard
//! of a standard normal variable.
//!
//! **Assumptions.** As [`ErlangA`](super::ErlangA), with many agents.
//! **Accuracy.** Relative error below 1e-12 for β between −30 and 30 and g between 0.01 and 100. At
//! 10⁵ erlangs and β = 0.5, g = 0.5 the limit is 0.35718, exact is 0.35773.
//! **Source.** Garnett, Mandelbaum and Reiman (2002).

use super::QueueingError;
use super::numerics::{increasing_root, ln_mills_ratio, mills_ratio};
use crate::units::Probability;

/// Limit of the probability of waiting at quality of service `beta`; `theta_over_mu` is `g`.
///
/// # Errors
/// [`QueueingError::OutOfRange`] unless `beta` is a number and `theta_over_mu` finite and above 0.
///
/// ```
/// use wfm::queueing::garnett;
/// let waits = garnett::wait_probability(0.5, 0.5)?;
/// assert!((waits.get() - 0.357_176_920_127).abs() < 1e-12);
/// assert!((garnett::beta(waits, 0.5)? - 0.5).abs() < 1e-12);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
pub fn wait_probability(beta: f64, theta_over_mu: f64) -> Result<Probability, QueueingError> {
    if beta.is_nan() {
        return Err(QueueingError::OutOfRange {
            quantity: "quality of service",
            expected: "a number",
            value: beta,
        });
    }
    let root_g = checked_root(theta_over_mu)?;
    let odds = root_g * mills_ratio(-beta) / mills_ratio(beta / root_g);
    Ok(Probability::saturating(1.0 / (1.0 + odds)))
}

/// Quality of service at which a share `p_wait` waits.
///
/// # Errors
/// [`QueueingError::OutOfRange`] for a share of 0 or 1, which no finite quality of service reaches,
/// and for `theta_over_mu` as in [`wait_probability`].
pub fn beta(p_wait: Probability, theta_over_mu: f64) -> Result<f64, QueueingError> {
    let root_g = checked_root(theta_over_mu)?;
    let wanted = p_wait.get();
    if wanted <= 0.0 || wanted >= 1.0 {
        return Err(QueueingError::OutOfRange {
            quantity: "probability of waiting",
            expected: "above 0 and below 1",
            value: wanted,
        });
    }
    let log_odds = ((1.0 - wanted) / wanted).ln() - root_g.ln();
    let excess = |beta: f64| ln_mills_ratio(-beta) - ln_mills_ratio(beta / root_g) - log_odds;
    let bracket = (-60.0 * root_g.max(1.0), 60.0);
    Ok(increasing_root(excess, bracket, (-0.5, 0.5)))
}

fn checked_root(theta_over_mu: f64) -> Result<f64, QueueingError> {
    if theta_over_mu > 0.0 && theta_over_mu.is_finite() {
        Ok(theta_over_mu.sqrt())
    } else {
        Err(QueueingError::OutOfRange {
            quantity: "abandonment rate over service rate",
            expected: "finite and above 0",
            value: theta_over_mu,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rates_give_the_normal_tail() {
        // With g = 1 the number in system is Poisson, so P(wait) → 1 − Φ(β).
        for (b, tail) in [
            (0.0, 0.5),
            (1.0, 0.158_655_253_931_457_05),
            (-2.0, 0.977_249_868_051_820_8),
        ] {
            let waits = wait_probability(b, 1.0).unwrap().get();
            assert!((waits / tail - 1.0).abs() < 1e-13, "{b}");
        }
    }

    #[test]
    fn inverse_and_edges() {
        for g in [0.01, 0.5, 1.0, 40.0] {
            for p in [1e-12, 0.01, 0.3, 0.5, 0.9, 0.999] {
                let found = beta(Probability::new(p).unwrap(), g).unwrap();
                let back = wait_probability(found, g).unwrap().get();
                assert!((back / p - 1.0).abs() < 1e-11, "{g} {p}: {found} {back}");
            }
        }
        assert_eq!(wait_probability(30.0, 1.0).unwrap().get().signum(), 1.0);
        assert_eq!(wait_probability(f64::NEG_INFINITY, 1.0).unwrap().get(), 1.0);
        assert_eq!(wait_probability(f64::INFINITY, 1.0).unwrap().get(), 0.0);
        assert!(wait_probability(0.0, 0.0).is_err());
        assert!(wait_probability(f64::NAN, 1.0).is_err());
        assert!(beta(Probability::ONE, 1.0).is_err());
        for beta in -30..=30 {
            for g in [0.01, 1.0, 100.0] {
                assert!(wait_probability(f64::from(beta), g).unwrap().get() <= 1.0);
            }
        }
    }
}
