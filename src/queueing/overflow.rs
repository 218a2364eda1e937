//! Overflow traffic: mean and variance of what a full group passes on.
//!
//! ```text
//! m = a B(n, a)
//! v = m (1 − m + a / (n + 1 − a + m))          z = v / m
//! blocking on a common group of s servers ≈ B(s / z, m / z)
//! ```
//!
//! `n` servers offered `a` erlangs; `m` and `v` the mean and variance of the number of servers that
//! the overflow would keep busy in an unlimited group; `z` its peakedness, above 1. Independent
//! streams add up in mean and variance.
//!
//! **Assumptions.** Poisson arrivals at the first group, exponential handling, overflow is not
//! queued. Mean and variance are exact; Hayward's blocking is an approximation (about 1 to 5 % low
//! on small systems with two first groups).
//! **Accuracy.** Relative error of the variance below 1e-12 in tests, also far above capacity (10⁶
//! erlangs on one server), where the formula as written cancels and another form of it is used.
//! **Source.** Riordan in Wilkinson (1956); Fredericks (1980) for Hayward's approximation.

use std::iter::Sum;
use std::ops::Add;

use super::erlang_b;
use crate::units::{Erlangs, Probability};

/// Mean and variance of a stream of overflow traffic, in erlangs and erlangs squared.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Overflow {
    /// Mean number of servers that the stream would keep busy.
    pub mean: f64,
    /// Variance of that number.
    pub variance: f64,
}

/// What overflows `servers` (whole or real; negative or NaN count as none) offered `load`.
///
/// ```
/// use wfm::queueing::overflow;
/// use wfm::units::Erlangs;
/// let stream = overflow::of(10.0, Erlangs::new(8.0)?);
/// assert!((stream.mean - 0.973_288_514).abs() < 1e-9);
/// assert!((stream.variance - 1.985_661_391).abs() < 1e-9);
/// assert!(stream.peakedness() > 2.0);
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
pub fn of(servers: f64, load: Erlangs) -> Overflow {
    let a = load.get();
    let n = if servers > 0.0 { servers } else { 0.0 };
    let mean = a * erlang_b::blocking_continuous(n, load).get();
    if mean <= 0.0 {
        return Overflow::default();
    }
    let variance = if a <= n {
        mean * (1.0 - mean + a / (n + 1.0 - a + mean))
    } else {
        let idle = idle_servers(n, a);
        mean * (1.0 + (n - idle - idle * mean) / (idle + 1.0))
    };
    Overflow { mean, variance }
}

impl Overflow {
    /// Variance over mean, 1 for Poisson traffic and for no traffic.
    pub fn peakedness(&self) -> f64 {
        if self.mean > 0.0 {
            self.variance / self.mean
        } else {
            1.0
        }
    }

    /// Share of this traffic that `servers` of a common group block, by Hayward's approximation:
    /// Erlang B with servers and load divided by the peakedness.
    pub fn blocking(&self, servers: f64) -> Probability {
        let z = self.peakedness();
        Erlangs::new(self.mean / z).map_or(Probability::ZERO, |load| {
            erlang_b::blocking_continuous(servers / z, load)
        })
    }

    /// Traffic in erlangs that a common group of `servers` loses, by the same approximation.
    pub fn lost(&self, servers: f64) -> f64 {
        self.mean * self.blocking(servers).get()
    }
}

impl Add for Overflow {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
        }
    }
}

impl Sum for Overflow {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::default(), Add::add)
    }
}

/// Mean number of idle servers for `a > n`, without cancellation.
fn idle_servers(n: f64, a: f64) -> f64 {
    if n >= 64.0 {
        // Terms n (n−1) … / aʲ relative to the state with all busy; j servers are idle.
        let (mut term, mut sum, mut idle, mut j) = (1.0, 1.0, 0.0, 0.0);
        while term > 1e-18 * sum && j < n {
            term *= (n - j) / a;
            j += 1.0;
            sum += term;
            idle += j * term;
        }
        return idle / sum;
    }
    let mut k = n.fract();
    let mut idle = if k > 0.0 { idle_below_one(k, a) } else { 0.0 };
    while k + 0.5 < n {
        k += 1.0;
        idle = k * (idle + 1.0) / (idle + 1.0 + a);
    }
    idle
}

/// The same for `0 < f < 1`: from Erlang B, or for a large load from its asymptotic series.
fn idle_below_one(f: f64, a: f64) -> f64 {
    if a < 40.0 {
        let load = Erlangs::new(a).unwrap_or_default();
        return f - a * (1.0 - erlang_b::blocking_continuous(f, load).get());
    }
    let (mut term, mut sum, mut idle) = (1.0f64, 1.0, 0.0);
    for j in 0..40u32 {
        term *= (f - f64::from(j)) / a;
        sum += term;
        idle += f64::from(j + 1) * term;
        if term.abs() < 1e-18 {
            break;
        }
    }
    idle / sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula as written, in a range where it does not cancel, for real servers.
    #[test]
    fn agrees_with_the_formula_as_written() {
        for n in [0.0, 1.0, 4.5, 17.0, 80.0, 80.7] {
            for a in [0.5, 3.0, 20.0, 60.0, 81.0, 120.0] {
                let m = a * erlang_b::blocking_continuous(n, Erlangs::new(a).unwrap()).get();
                let v = m * (1.0 - m + a / (n + 1.0 - a + m));
                let seen = of(n, Erlangs::new(a).unwrap());
                assert!((seen.mean - m).abs() <= 1e-13 * m);
                assert!((seen.variance - v).abs() <= 2e-10 * v, "{n} {a}");
            }
        }
    }

    #[test]
    fn no_servers_pass_on_poisson_traffic_and_overload_stays_exact() {
        let seen = of(0.0, Erlangs::new(7.0).unwrap());
        assert_eq!((seen.mean, seen.variance), (7.0, 7.0));
        // One server: variance by the rational expression in a alone.
        let a = 1e6;
        let m = a * a / (1.0 + a);
        let v = m * (1.0 + (1.0 - 1.0 / (1.0 + a) - m / (1.0 + a)) / (1.0 + 1.0 / (1.0 + a)));
        assert!((of(1.0, Erlangs::new(a).unwrap()).variance / v - 1.0).abs() < 1e-12);
        assert_eq!(of(5.0, Erlangs::ZERO), Overflow::default());
        assert_eq!(of(f64::NAN, Erlangs::new(2.0).unwrap()).mean, 2.0);
    }

    #[test]
    fn hayward_on_poisson_traffic_is_erlang_b() {
        let poisson = Overflow {
            mean: 6.0,
            variance: 6.0,
        };
        let plain = erlang_b::blocking(9, Erlangs::new(6.0).unwrap());
        assert!((poisson.blocking(9.0).get() - plain.get()).abs() < 1e-15);
        let two: Overflow = [of(5.0, Erlangs::new(5.0).unwrap()); 2].into_iter().sum();
        assert!((two.lost(3.0) / 10.0 - 0.112_852_056_187_898).abs() < 1e-12);
        assert_eq!(Overflow::default().blocking(3.0).get(), 0.0);
    }
}
