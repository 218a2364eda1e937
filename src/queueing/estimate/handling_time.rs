use statrs::function::erf::erfc_inv;

use super::checked_seconds;
use crate::queueing::QueueingError;
use crate::units::Probability;

/// Handling times of a sample: mean, variability, percentiles, and the lognormal law that fits them
/// best.
///
/// ```text
/// scv            = s² / mean²,      s² = Σ (x − mean)² / (k − 1)
/// standard error = s / √k
/// ```
///
/// `k` observations `x` in seconds; `scv` the squared coefficient of variation, which
/// [`allen_cunneen`](crate::queueing::allen_cunneen) takes.
///
/// **Assumptions.** Independent observations of finished contacts. Values that cannot be handling
/// times (negative, not a number, above 10⁹ seconds) are refused, never dropped silently.
///
/// ```
/// use wfm::queueing::estimate::HandlingTimes;
/// use wfm::units::Probability;
/// let seen = HandlingTimes::of(&[100.0, 200.0, 300.0, 400.0])?;
/// assert_eq!(seen.mean_seconds(), 250.0);
/// assert_eq!(seen.percentile(Probability::new(0.5)?), 250.0);
/// assert!((seen.scv() - 0.266_667).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct HandlingTimes {
    sorted: Vec<f64>,
    mean: f64,
    variance: f64,
}

/// A lognormal law: the logarithm of a handling time in seconds is normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormal {
    /// Mean of the logarithm.
    pub log_mean: f64,
    /// Standard deviation of the logarithm.
    pub log_sd: f64,
}

impl HandlingTimes {
    /// From observations in seconds, in any order.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] for values that are negative, not numbers or above 10⁹, for
    /// fewer than two values, and when all are 0.
    pub fn of(seconds: &[f64]) -> Result<Self, QueueingError> {
        checked_seconds("handling time", seconds)?;
        let count = seconds.len() as f64;
        let above_zero = seconds.iter().filter(|&&x| x > 0.0).count() as f64;
        let (quantity, value) = if count < 2.0 {
            ("number of handling times", count)
        } else {
            ("number of handling times above 0", above_zero)
        };
        if count < 2.0 || above_zero < 1.0 {
            return Err(QueueingError::OutOfRange {
                quantity,
                expected: if count < 2.0 {
                    "at least 2"
                } else {
                    "at least 1"
                },
                value,
            });
        }
        let mut sorted = seconds.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mean = sorted.iter().sum::<f64>() / count;
        let squares: f64 = sorted.iter().map(|x| (x - mean).powi(2)).sum();
        Ok(Self {
            sorted,
            mean,
            variance: squares / (count - 1.0),
        })
    }

    /// Number of observations.
    pub const fn count(&self) -> usize {
        self.sorted.len()
    }

    /// Mean in seconds.
    pub const fn mean_seconds(&self) -> f64 {
        self.mean
    }

    /// Squared coefficient of variation.
    pub fn scv(&self) -> f64 {
        self.variance / (self.mean * self.mean)
    }

    /// Standard error of the mean, in seconds.
    pub fn standard_error_seconds(&self) -> f64 {
        (self.variance / self.sorted.len() as f64).sqrt()
    }

    /// The handling time in seconds that a `share` of the observations do not exceed, interpolated
    /// between neighbours in order; 0 gives the shortest and 1 the longest.
    pub fn percentile(&self, share: Probability) -> f64 {
        let place = share.get() * (self.sorted.len() as f64 - 1.0);
        let below = crate::units::whole::floor(place) as usize;
        let at = |i: usize| {
            self.sorted
                .get(i)
                .or(self.sorted.last())
                .copied()
                .unwrap_or(0.0)
        };
        let (low, high) = (at(below), at(below + 1));
        low + (high - low) * place.fract()
    }

    /// The lognormal law of greatest likelihood; `None` when a handling time is 0.
    ///
    /// ```text
    /// log mean = Σ ln x / k,      log sd² = Σ (ln x − log mean)² / k
    /// ```
    ///
    /// **Source.** Brown et al. (2005) found call durations to be lognormal.
    pub fn log_normal(&self) -> Option<LogNormal> {
        if self.sorted.first().is_none_or(|&shortest| shortest <= 0.0) {
            return None;
        }
        let count = self.sorted.len() as f64;
        let log_mean = self.sorted.iter().map(|x| x.ln()).sum::<f64>() / count;
        let squares: f64 = self
            .sorted
            .iter()
            .map(|x| (x.ln() - log_mean).powi(2))
            .sum();
        Some(LogNormal {
            log_mean,
            log_sd: (squares / count).sqrt(),
        })
    }
}

impl LogNormal {
    /// Mean in seconds.
    pub fn mean_seconds(&self) -> f64 {
        (self.log_mean + self.log_sd * self.log_sd / 2.0).exp()
    }

    /// Squared coefficient of variation.
    pub fn scv(&self) -> f64 {
        (self.log_sd * self.log_sd).exp_m1()
    }

    /// The handling time in seconds that a `share` of contacts do not exceed; infinite for 1 unless
    /// all are equal.
    pub fn percentile(&self, share: Probability) -> f64 {
        if self.log_sd == 0.0 {
            return self.log_mean.exp();
        }
        let normal = -std::f64::consts::SQRT_2 * erfc_inv(2.0 * share.get());
        (self.log_mean + self.log_sd * normal).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    #[test]
    fn percentiles_and_moments() {
        let seen = HandlingTimes::of(&[30.0, 10.0, 20.0]).unwrap();
        assert_eq!((seen.count(), seen.mean_seconds()), (3, 20.0));
        assert_eq!(seen.percentile(Probability::ZERO), 10.0);
        assert_eq!(seen.percentile(share(0.75)), 25.0);
        assert_eq!(seen.percentile(Probability::ONE), 30.0);
        assert!((seen.standard_error_seconds() - 10.0 / 3.0f64.sqrt()).abs() < 1e-12);
        let equal = HandlingTimes::of(&[5.0, 5.0]).unwrap();
        assert_eq!(equal.scv(), 0.0);
        let law = equal.log_normal().unwrap();
        assert!((law.percentile(Probability::ONE) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn lognormal_fit_recovers_its_own_quantiles() {
        let law = LogNormal {
            log_mean: 5.0,
            log_sd: 0.8,
        };
        let count = 2000;
        let sample: Vec<f64> = (0..count)
            .map(|i| law.percentile(share((f64::from(i) + 0.5) / f64::from(count))))
            .collect();
        let fitted = HandlingTimes::of(&sample).unwrap().log_normal().unwrap();
        assert!((fitted.log_mean - 5.0).abs() < 1e-6);
        assert!((fitted.log_sd - 0.8).abs() < 2e-3);
        assert!((law.mean_seconds() - 5.32f64.exp()).abs() < 1e-9);
        assert!((law.percentile(share(0.5)) - 5.0f64.exp()).abs() < 1e-9);
        assert!((law.scv() - 0.64f64.exp_m1()).abs() < 1e-12);
    }

    #[test]
    fn values_that_are_no_handling_times_are_refused() {
        for values in [
            &[][..],
            &[4.0],
            &[0.0, 0.0],
            &[1.0, -1.0],
            &[1.0, f64::NAN],
            &[1.0, 1e10],
        ] {
            assert!(HandlingTimes::of(values).is_err(), "{values:?}");
        }
        assert!(
            HandlingTimes::of(&[0.0, 3.0])
                .unwrap()
                .log_normal()
                .is_none()
        );
    }
}
