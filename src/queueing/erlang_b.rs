//! Erlang B: the loss system M/M/n/n.
//!
//! ```text
//! B(n, a) = (aⁿ / n!) / Σ_{k=0..n} aᵏ / k!        1/B(n) = 1 + (n/a) · 1/B(n−1),  B(0) = 1
//! 1/B(n, a) = Γ(n+1, a) eᵃ / aⁿ                   for real n
//! ```
//!
//! `n` servers, `a` offered load in erlangs.
//!
//! **Assumptions.** Poisson arrivals, any handling-time law, blocked contacts are lost.
//! **Accuracy.** The recursion on `1/B` only adds positive terms; its relative error grows by at
//! most one rounding a step. Real `n` starts the recursion from the fractional part.
//! **Source.** Erlang (1917); recursion and real servers after Jagerman (1974), equations 7 and 14.

use statrs::function::gamma::gamma;

use crate::units::{Erlangs, Probability};

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
    Probability::saturating(1.0 / inverse(f64::from(servers), load.get()))
}

/// Blocking with a real number of servers; negative or NaN servers count as none.
pub fn blocking_continuous(servers: f64, load: Erlangs) -> Probability {
    Probability::saturating(1.0 / inverse(servers, load.get()))
}

/// Smallest number of servers whose blocking is at most `limit`; `None` when it is 0 and there is
/// a load, which no finite number of servers reaches.
pub fn required_servers(load: Erlangs, limit: Probability) -> Option<u32> {
    let (a, wanted) = (load.get(), 1.0 / limit.get());
    let (mut inverse_b, mut servers) = (1.0, 0u32);
    while inverse_b < wanted {
        servers = servers.checked_add(1)?;
        inverse_b = 1.0 + f64::from(servers) / a * inverse_b;
        if a == 0.0 {
            return Some(servers);
        }
        if inverse_b.is_infinite() {
            return (wanted.is_finite()).then_some(servers);
        }
    }
    Some(servers)
}

/// `1 / B(servers, load)`, infinite where `B` underflows.
pub(super) fn inverse(servers: f64, load: f64) -> f64 {
    let servers = if servers > 0.0 { servers } else { 0.0 };
    if load <= 0.0 {
        return if servers > 0.0 { f64::INFINITY } else { 1.0 };
    }
    let fraction = servers.fract();
    let mut inverse_b = if fraction > 0.0 {
        inverse_below_one(fraction, load)
    } else {
        1.0
    };
    let mut k = fraction;
    while k + 0.5 < servers {
        k += 1.0;
        inverse_b = 1.0 + k / load * inverse_b;
        if inverse_b.is_infinite() {
            break;
        }
    }
    inverse_b
}

/// `1 / B(f, a)` for `0 < f < 1` from the incomplete gamma function of `s = f + 1`.
fn inverse_below_one(f: f64, a: f64) -> f64 {
    let s = f + 1.0;
    if a < 1.5 {
        // Γ(s, a) = Γ(s) − a^s e^−a Σ a^k / (s (s+1) … (s+k)); nothing cancels badly for small a.
        let (mut term, mut sum, mut k) = (1.0 / s, 1.0 / s, s);
        while term > sum * 1e-17 {
            k += 1.0;
            term *= a / k;
            sum += term;
        }
        return gamma(s) * a.exp() / a.powf(f) - a * sum;
    }
    // Γ(s, a) = a^s e^−a · CF, the continued fraction of Legendre by the method of Lentz.
    let mut b = a + 1.0 - s;
    let mut c = f64::MAX;
    let mut d = 1.0 / b;
    let mut cf = d;
    for i in 1..500 {
        let i = f64::from(i);
        let numerator = -i * (i - s);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        let step = c * d;
        cf *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    a * cf
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuous_meets_integer_and_known_values() {
        for load in [0.1, 1.4, 1.6, 7.0, 40.0] {
            let a = Erlangs::new(load).unwrap();
            for n in 1..60 {
                let (below, at) = (f64::from(n) - 1e-9, f64::from(n));
                let (x, y) = (inverse(below, load), inverse(at, load));
                assert!(
                    (x / y - 1.0).abs() < 1e-7,
                    "load {load}, servers {n}: {x} {y}"
                );
            }
            assert!((blocking_continuous(3.0, a).get() - blocking(3, a).get()).abs() < 1e-15);
        }
        // Sum definition of the textbook, B(2, 1) = (1/2) / (1 + 1 + 1/2).
        assert!((blocking(2, Erlangs::new(1.0).unwrap()).get() - 0.2).abs() < 1e-15);
    }

    #[test]
    fn smallest_servers() {
        let limit = Probability::new(0.02).unwrap();
        assert_eq!(
            required_servers(Erlangs::new(10.0).unwrap(), limit),
            Some(17)
        );
        assert_eq!(required_servers(Erlangs::ZERO, limit), Some(1));
        assert_eq!(
            required_servers(Erlangs::new(3.0).unwrap(), Probability::ZERO),
            None
        );
        assert_eq!(
            required_servers(Erlangs::new(3.0).unwrap(), Probability::ONE),
            Some(0)
        );
    }
}
