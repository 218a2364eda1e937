//! Erlang B: the loss system M/M/n/n.
//!
//! ```text
//! B(n, a) = (aⁿ / n!) / Σ_{k=0..n} aᵏ / k!        1/B(n) = 1 + (n/a) · 1/B(n−1),  B(0) = 1
//! 1/B(n, a) = a ∫₀^∞ e^(−au) (1+u)ⁿ du            for real n
//! dB/da = B (n/a − 1 + B)
//! ```
//!
//! `n` servers, `a` offered load in erlangs.
//!
//! **Assumptions.** Poisson arrivals, any handling-time law, blocked contacts are lost.
//! **Accuracy.** Whole `n` below 30 by the recursion on `1/B`, which only adds positive terms;
//! larger and real `n` from the incomplete gamma function over its density, in constant time.
//! Relative error below 1e-13 for 1e-9 to 1e6 erlangs and `B` above 1e-100 and below 1e-12 where it
//! is smaller still; input-limited, like every function of both, where `n` and `a` are huge and
//! equal to their last digits.
//! **Source.** Erlang (1917); real servers after Jagerman (1974); Temme (1979).

use super::QueueingError;
use super::numerics::{Skew, below, increasing_root};
use super::search::{self, Seen};
use crate::units::{Erlangs, Probability};

/// Below this many servers the recursion is as fast as anything.
const FEW: f64 = 30.0;

/// Probability that an arriving contact finds all `servers` busy and is lost.
///
/// ```
/// use wfm::queueing::erlang_b::blocking;
/// use wfm::units::Erlangs;
/// // B(17, 10) is the first below 2 %.
/// let load = Erlangs::new(10.0)?;
/// assert!(blocking(17, load).get() <= 0.02 && blocking(16, load).get() > 0.02);
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
pub fn blocking(servers: u32, load: Erlangs) -> Probability {
    blocking_continuous(f64::from(servers), load)
}

/// Blocking with a real number of servers; negative or NaN servers count as none.
pub fn blocking_continuous(servers: f64, load: Erlangs) -> Probability {
    Probability::saturating(1.0 / inverse(servers, load.get()))
}

/// Smallest number of servers whose blocking is at most `limit`.
///
/// # Errors
/// [`QueueingError::UnreachableLimit`] for a limit of 0 with a load; [`QueueingError::TooManyAgents`]
/// beyond 2³⁰ servers.
pub fn required_servers(load: Erlangs, limit: Probability) -> Result<u32, QueueingError> {
    let a = load.get();
    if limit >= Probability::ONE {
        return Ok(0);
    }
    if a <= 0.0 {
        return Ok(1);
    }
    if limit <= Probability::ZERO {
        return Err(QueueingError::UnreachableLimit {
            quantity: "a blocking probability",
        });
    }
    // In heavy loss n ≈ a (1 − B); around the load B falls by about its normal hazard.
    let depth = -limit.get().ln();
    let guess = a * (1.0 - limit.get()) + (0.5 * depth * a).sqrt().min(depth);
    let slope = 1.0 / a.sqrt().max(0.5);
    search::smallest(guess, slope, load, |n| {
        let blocking = blocking(n, load);
        Seen {
            is_met: blocking <= limit,
            margin: (limit.get() / blocking.get()).ln(),
        }
    })
}

/// The load that `servers` carry with a blocking of `limit`: the inverse of [`blocking_continuous`]
/// in the load. 0 servers or a limit of 0 carry nothing.
///
/// ```
/// use wfm::queueing::erlang_b::offered_load;
/// use wfm::units::Probability;
/// // Printed tables: 10 trunks at 1 % carry 4.46 erlangs.
/// let load = offered_load(10.0, Probability::new(0.01)?)?;
/// assert!((load.get() - 4.46).abs() < 0.005);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`QueueingError::OutOfRange`] for a number of servers that is negative or not finite, or for a
/// limit of 1, which only an infinite load reaches.
pub fn offered_load(servers: f64, limit: Probability) -> Result<Erlangs, QueueingError> {
    if !(servers.is_finite() && servers >= 0.0) {
        return Err(QueueingError::OutOfRange {
            quantity: "servers",
            expected: "finite and not negative",
            value: servers,
        });
    }
    if limit >= Probability::ONE {
        return Err(QueueingError::OutOfRange {
            quantity: "a blocking probability",
            expected: "below 1 to have a finite load",
            value: limit.get(),
        });
    }
    let b = limit.get();
    if servers <= 0.0 || b <= 0.0 {
        return Ok(Erlangs::ZERO);
    }
    // ln B rises with ln a and is nearly straight.
    let wanted = b.ln();
    let high = (servers / (1.0 - b) + 1.0).ln();
    let log_load = increasing_root(
        |log_a| -inverse(servers, log_a.exp()).ln() - wanted,
        (high - 800.0, high),
        (high, servers.ln().min(high)),
    );
    Ok(Erlangs::new(log_load.exp()).unwrap_or_default())
}

/// `1 / B(servers, load)`, infinite where `B` underflows.
pub(super) fn inverse(servers: f64, load: f64) -> f64 {
    let servers = if servers > 0.0 { servers } else { 0.0 };
    if load <= 0.0 {
        return if servers > 0.0 { f64::INFINITY } else { 1.0 };
    }
    if servers < FEW && servers.fract() == 0.0 {
        return recursion(servers, load);
    }
    1.0 + below(servers, load, &Skew::new(servers, load, load - servers))
}

/// `1/B` from no server up, for whole numbers of servers.
fn recursion(servers: f64, load: f64) -> f64 {
    let (per_load, mut inverse_b, mut k) = (1.0 / load, 1.0, 1.0);
    while k <= servers {
        inverse_b = 1.0 + k * per_load * inverse_b;
        k += 1.0;
    }
    inverse_b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuous_meets_integer_and_known_values() {
        for load in [0.1, 1.4, 1.6, 7.0, 40.0] {
            for n in 1..60 {
                let (below, at) = (f64::from(n) - 1e-9, f64::from(n));
                let (x, y) = (inverse(below, load), inverse(at, load));
                assert!(
                    (x / y - 1.0).abs() < 1e-7,
                    "load {load}, servers {n}: {x} {y}"
                );
                assert!((y / recursion(at, load) - 1.0).abs() < 1e-13, "{load} {n}");
            }
        }
        // Sum definition of the textbook, B(2, 1) = (1/2) / (1 + 1 + 1/2).
        assert!((blocking(2, Erlangs::new(1.0).unwrap()).get() - 0.2).abs() < 1e-15);
    }

    #[test]
    fn smallest_servers() {
        let limit = Probability::new(0.02).unwrap();
        assert_eq!(required_servers(Erlangs::new(10.0).unwrap(), limit), Ok(17));
        assert_eq!(required_servers(Erlangs::ZERO, limit), Ok(1));
        let load = Erlangs::new(3.0).unwrap();
        assert!(required_servers(load, Probability::ZERO).is_err());
        assert_eq!(required_servers(load, Probability::ONE), Ok(0));
    }

    #[test]
    fn a_load_and_its_blocking_are_inverse() {
        for servers in [0.3, 1.0, 7.0, 100.5, 1e5] {
            for limit in [1e-12, 0.001, 0.2, 0.9, 0.999] {
                let wanted = Probability::new(limit).unwrap();
                let load = offered_load(servers, wanted).unwrap();
                let found = blocking_continuous(servers, load).get();
                assert!(
                    (found / limit - 1.0).abs() < 1e-10,
                    "{servers} {limit} {found}"
                );
            }
        }
    }
}
