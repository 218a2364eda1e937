//! Extended Erlang B: a loss system whose blocked callers try again.
//!
//! ```text
//! A = a + r A B(n, A)        B = B(n, A) of Erlang B
//! ```
//!
//! `a` first attempts and `A` all attempts in erlangs, `n` servers, `r` the recall: the probability
//! that a blocked attempt is repeated.
//!
//! **Assumptions.** Poisson arrivals, any handling-time law; repeated attempts join the same Poisson
//! stream at once. With `r = 1` everybody is served in the end, so `a ≥ n` is overload: endless
//! attempts, all of them blocked ([`Outcome::is_stable`] is false), never an error.
//! **Accuracy.** `A − r A B(n, A)` increases in `A`, so the root is unique; it is found to the last
//! bits: the equation holds to 1e-13 in tests for loads from 1e-9 to 4,000 and recall from 0 to 1.
//! **Source.** The equation that traffic tables and calculators call extended Erlang B.

use super::numerics::increasing_root;
use super::{QueueingError, erlang_b};
use crate::units::{Erlangs, Probability};

/// What repeated attempts add up to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Whether the attempts stay finite.
    pub is_stable: bool,
    /// All attempts in erlangs, first and repeated; infinite in overload.
    pub total_load: f64,
    /// Share of the attempts that are blocked.
    pub blocking: Probability,
}

/// Attempts and blocking with `servers` (whole or real) and a `load` of first attempts, when a
/// blocked attempt is repeated with probability `recall`. Negative or NaN servers count as none.
///
/// ```
/// use wfm::queueing::extended_b::outcome;
/// use wfm::units::{Erlangs, Probability};
/// let seen = outcome(11.0, Erlangs::new(5.5)?, Probability::new(0.5)?);
/// assert!((seen.total_load - 5.541_672_731).abs() < 1e-9);
/// assert!((seen.blocking.get() - 0.015_039_766).abs() < 1e-9);
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
pub fn outcome(servers: f64, load: Erlangs, recall: Probability) -> Outcome {
    let (a, r) = (load.get(), recall.get());
    if r >= 1.0 && a > 0.0 && (servers.is_nan() || a >= servers) {
        return Outcome {
            is_stable: false,
            total_load: f64::INFINITY,
            blocking: Probability::ONE,
        };
    }
    let total_load = total(servers, a, r);
    Outcome {
        is_stable: true,
        total_load,
        blocking: blocking(servers, total_load),
    }
}

/// Smallest number of servers whose blocking is at most `limit`.
///
/// With blocking at the limit `f` the attempts are `a / (1 − r f)`, so plain Erlang B answers for
/// that load.
///
/// # Errors
/// [`QueueingError::OutOfRange`] when recall and limit are both 1 and there is a load: the attempts
/// would be endless; else as [`erlang_b::required_servers`].
pub fn required_servers(
    load: Erlangs,
    recall: Probability,
    limit: Probability,
) -> Result<u32, QueueingError> {
    let attempts = load.get() / (1.0 - recall.get() * limit.get());
    if load == Erlangs::ZERO {
        return erlang_b::required_servers(load, limit);
    }
    let attempts = Erlangs::new(attempts).map_err(|_| QueueingError::OutOfRange {
        quantity: "blocking limit with a recall of 1",
        expected: "below 1",
        value: limit.get(),
    })?;
    erlang_b::required_servers(attempts, limit)
}

/// The total `A`: the excess `A − a − r A B(A)` increases in `A` and is concave.
fn total(servers: f64, a: f64, r: f64) -> f64 {
    if a <= 0.0 || r <= 0.0 {
        return a;
    }
    let excess = |total: f64| total - a - r * total * blocking(servers, total).get();
    let second = a / (1.0 - r * blocking(servers, a).get());
    let highest = if r < 1.0 {
        (a / (1.0 - r)).min(f64::MAX)
    } else {
        let mut high = 2.0 * second;
        while excess(high) < 0.0 && high < f64::MAX / 2.0 {
            high *= 2.0;
        }
        high
    };
    increasing_root(excess, (a, highest), (a, second))
}

fn blocking(servers: f64, load: f64) -> Probability {
    Erlangs::new(load).map_or(Probability::ONE, |load| {
        erlang_b::blocking_continuous(servers, load)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_satisfies_the_equation() {
        for a in [1e-9, 0.3, 5.5, 95.0, 4000.0] {
            for n in [0.0, 1.0, 7.0, 100.0, 4010.0] {
                for r in [0.0, 0.2, 0.7, 0.999, 1.0] {
                    let load = Erlangs::new(a).unwrap();
                    let seen = outcome(n, load, Probability::new(r).unwrap());
                    if !seen.is_stable {
                        assert!(r == 1.0 && a >= n);
                        continue;
                    }
                    let right = a + r * seen.total_load * seen.blocking.get();
                    let off = (seen.total_load - right).abs() / seen.total_load;
                    assert!(off < 1e-13, "{a} {n} {r}: {off}");
                }
            }
        }
    }

    #[test]
    fn required_servers_are_the_fewest() {
        for (a, r, f) in [(5.5, 0.5, 0.03), (0.1, 0.9, 0.2), (80.0, 1.0, 0.5)] {
            let (load, recall) = (Erlangs::new(a).unwrap(), Probability::new(r).unwrap());
            let limit = Probability::new(f).unwrap();
            let found = required_servers(load, recall, limit).unwrap();
            assert!(outcome(f64::from(found), load, recall).blocking <= limit);
            assert!(outcome(f64::from(found) - 1.0, load, recall).blocking > limit);
        }
        let one = Probability::ONE;
        assert!(required_servers(Erlangs::new(2.0).unwrap(), one, one).is_err());
    }
}
