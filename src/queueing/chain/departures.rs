use std::f64::consts::TAU;

use statrs::function::gamma::ln_gamma;

use crate::queueing::numerics;

/// Below this a probability does no more than slow the processor down.
pub(super) const FAINT: f64 = 1e-290;

/// Departures in a time `t` from the head of a queue that is never empty: after `k` of them the
/// next comes at rate `R + k θ`.
///
/// ```text
/// q(k)          negative binomial: q(0) = e^(−R t),  q(k+1) / q(k) = (R + k θ) τ / (k + 1)
/// τ             (1 − e^(−θ t)) / θ,  t itself for θ = 0 (a Poisson law)
/// ```
///
/// A contact with `j` others before it waits longer than `t` when at most `j` depart.
/// **Accuracy.** 1e-13 relative for any `R`, `θ`, `t`: single probabilities by the saddle-point form
/// of Loader (2000), upper tails by the continued fraction of the incomplete beta function.
#[derive(Debug, Clone, Copy)]
pub(super) struct Departures {
    rate: f64,
    growth: f64,
    time: f64,
    shrunk: f64,
}

impl Departures {
    pub(super) fn within(time: f64, rate: f64, growth: f64) -> Self {
        let shrunk = if growth > 0.0 {
            -(-growth * time).exp_m1() / growth
        } else {
            time
        };
        Self {
            rate,
            growth,
            time,
            shrunk,
        }
    }

    /// Mean number of departures, infinite where it overflows.
    pub(super) fn mean(&self) -> f64 {
        self.rate * self.shrunk * (self.growth * self.time).exp()
    }

    /// `q(k+1) / q(k)`.
    pub(super) fn ratio(&self, k: f64) -> f64 {
        (self.rate + k * self.growth) * self.shrunk / (k + 1.0)
    }

    /// `(P(V > t) − P(V > t | V < T)) / q(k)` of a contact behind `k` others: those who are answered
    /// have the shorter waits.
    pub(super) fn tilt(&self, k: f64) -> f64 {
        (self.rate + k * self.growth) * self.shrunk * (self.growth / self.rate)
    }

    /// `q(k)`.
    pub(super) fn probability(&self, k: f64) -> f64 {
        let exponent = self.growth * self.time;
        if k <= 0.0 {
            return (-self.rate * self.time).exp();
        }
        if exponent < 1e-15 {
            let mean = self.rate * self.shrunk;
            let log = -stirling_error(k) - deviance(k, mean, mean.ln());
            return log.exp() / (TAU * k).sqrt();
        }
        let shape = self.rate / self.growth;
        let all = shape + k;
        let stays = -(-exponent).exp_m1();
        let log = stirling_error(all)
            - stirling_error(shape)
            - stirling_error(k)
            - deviance(shape, all * (-exponent).exp(), all.ln() - exponent)
            - deviance(k, all * stays, all.ln() + stays.ln());
        log.exp() * (shape / all / (TAU * k)).sqrt()
    }

    /// `Σ q(i)` over `i ≤ k`, from `q(k)`; for `k` not above the mean, where terms fall.
    pub(super) fn up_to(&self, k: f64, at_k: f64) -> f64 {
        let (mut sum, mut term, mut i) = (at_k, at_k, k);
        while i > 0.0 {
            i -= 1.0;
            term /= self.ratio(i);
            sum += term;
            if term <= sum * 1e-18 {
                break;
            }
        }
        sum
    }

    /// `Σ q(i)` over `i > k`, from `q(k)`; for `k` not below the mean.
    pub(super) fn beyond(&self, k: f64, at_k: f64) -> f64 {
        const TINY: f64 = 1e-300;
        let safe = |x: f64| if x.abs() < TINY { TINY } else { x };
        let (load, stays, a) = (self.rate * self.shrunk, self.growth * self.shrunk, k + 1.0);
        let mut c = 1.0;
        let mut d = 1.0 / safe(1.0 - (a * stays + load) / (a + 1.0));
        let mut fraction = d;
        for step in 1..100_000 {
            let m = f64::from(step);
            let twice = a + 2.0 * m;
            let even = m * (load - m * stays) / ((twice - 1.0) * twice);
            let odd = -(a + m) * ((a + m) * stays + load) / (twice * (twice + 1.0));
            let mut change = 1.0;
            for coefficient in [even, odd] {
                d = 1.0 / safe(1.0 + coefficient * d);
                c = safe(1.0 + coefficient / c);
                change *= c * d;
            }
            fraction *= change;
            if (change - 1.0).abs() < 1e-15 {
                break;
            }
        }
        at_k * self.ratio(k) * fraction
    }
}

/// `ln x! − ln(√(2π x) (x/e)^x)`.
fn stirling_error(x: f64) -> f64 {
    if x < 15.0 {
        return ln_gamma(x + 1.0) - (x + 0.5) * x.ln() + x - 0.5 * TAU.ln();
    }
    let y = 1.0 / (x * x);
    (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)))) / x
}

/// `x ln(x / m) + m − x`, without cancellation where `x` is near `m`.
fn deviance(x: f64, m: f64, ln_m: f64) -> f64 {
    let epsilon = (m - x) / x;
    if epsilon.abs() < 0.2 {
        return x * numerics::deviance(epsilon);
    }
    let ratio = if m > FAINT {
        (m / x).ln()
    } else {
        ln_m - x.ln()
    };
    x * (epsilon - ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_probabilities_and_tails_add_up() {
        for (rate, growth, time) in [
            (10.0, 0.0, 0.3),
            (10.0, 1e-12, 0.3),
            (10.0, 0.6, 1.7),
            (0.02, 3.0, 2.0),
            (200.0, 1e-7, 3.0),
        ] {
            let law = Departures::within(time, rate, growth);
            let (mut q, mut sum) = (law.probability(0.0), 0.0);
            let mut k = 0.0;
            while k <= law.mean() + 30.0 {
                let at = law.probability(k);
                assert!(
                    (at / q - 1.0).abs() < 1e-12,
                    "{rate} {growth} {k}: {at} {q}"
                );
                sum += q;
                if k < law.mean() {
                    let below = law.up_to(k, q);
                    assert!((below / sum - 1.0).abs() < 1e-12);
                } else {
                    let above = law.beyond(k, q);
                    assert!((sum + above - 1.0).abs() < 1e-12, "{rate} {growth} {k}");
                }
                q *= law.ratio(k);
                k += 1.0;
            }
        }
    }
}
