//! Means, ratios of means and their intervals, from sums over samples.

use super::quantity::{RATIOS, SUMS};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// A mean over replications with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The mean, or the ratio of two means.
    pub mean: f64,
    /// Half the width of the 95 % interval, by Student's law and for ratios by the delta method;
    /// `None` from a single sample.
    pub half_width: Option<f64>,
    /// Its standard error; `None` from a single sample.
    pub error: Option<f64>,
}

impl Estimate {
    fn new(mean: f64, error: f64, samples: f64) -> Self {
        let quantile = student(samples, 0.975);
        Self {
            mean,
            half_width: quantile.map(|t| t * error),
            error: quantile.map(|_| error),
        }
    }
}

/// Sums, squares and the products that ratios need.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moments {
    sum: [f64; SUMS],
    square: [f64; SUMS],
    product: [f64; RATIOS.len()],
}

impl Moments {
    pub(super) const NONE: Self = Self {
        sum: [0.0; SUMS],
        square: [0.0; SUMS],
        product: [0.0; RATIOS.len()],
    };

    pub(super) fn add(&mut self, sample: &[f64; SUMS]) {
        for ((sum, square), value) in self.sum.iter_mut().zip(&mut self.square).zip(sample) {
            *sum += value;
            *square += value * value;
        }
        for (product, (above, below)) in self.product.iter_mut().zip(RATIOS) {
            *product += sample[above] * sample[below];
        }
    }

    /// The mean of a sum; a total over `parts` samples is so many times it.
    pub(super) fn mean(&self, samples: f64, place: usize, parts: f64) -> Estimate {
        let mean = self.sum[place] / samples;
        let variance = variance(
            self.square[place],
            self.sum[place],
            self.sum[place],
            samples,
        );
        Estimate::new(mean * parts, parts * (variance / samples).sqrt(), samples)
    }

    /// A ratio of means; `None` where the denominator is 0.
    pub(super) fn ratio(&self, samples: f64, place: usize) -> Option<Estimate> {
        let (above, below) = RATIOS[place];
        ratio(
            samples,
            (self.sum[above], self.square[above]),
            (self.sum[below], self.square[below]),
            self.product[place],
        )
    }
}

/// A ratio of means from sums, squares and the products of numerators and denominators.
///
/// ```text
/// Var(x̄ / ȳ) ≈ Var(x − r y) / (n ȳ²),   r = x̄ / ȳ
/// ```
pub(super) fn ratio(
    samples: f64,
    above: (f64, f64),
    below: (f64, f64),
    product: f64,
) -> Option<Estimate> {
    if below.0 <= 0.0 {
        return None;
    }
    let ratio = above.0 / below.0;
    let residual = variance(above.1, above.0, above.0, samples)
        - 2.0 * ratio * variance(product, above.0, below.0, samples)
        + ratio * ratio * variance(below.1, below.0, below.0, samples);
    let mean = below.0 / samples;
    let error = (residual.max(0.0) / samples).sqrt() / mean;
    Some(Estimate::new(ratio, error, samples))
}

/// A covariance from a sum of products and both sums, not below 0 for a variance.
fn variance(product: f64, a: f64, b: f64, samples: f64) -> f64 {
    let value = (product - a * b / samples) / (samples - 1.0).max(1.0);
    if a == b { value.max(0.0) } else { value }
}

/// A quantile of Student's law for a mean of so many samples; `None` for a single one.
pub(crate) fn student(samples: f64, probability: f64) -> Option<f64> {
    if samples < 2.0 {
        return None;
    }
    let law = StudentsT::new(0.0, 1.0, samples - 1.0).ok()?;
    Some(law.inverse_cdf(probability))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_and_delta_by_hand() {
        // Samples 1, 2, 3: mean 2, variance 1, t(2) = 4.302653.
        let mut moments = Moments::NONE;
        for (x, y) in [(1.0, 4.0), (2.0, 4.0), (3.0, 4.0)] {
            let mut sample = [0.0; SUMS];
            (sample[8], sample[0]) = (x, y);
            moments.add(&sample);
        }
        let mean = moments.mean(3.0, 8, 1.0);
        assert_eq!(mean.mean, 2.0);
        let expected = 4.302_652_729_7 / 3.0_f64.sqrt();
        let error = mean.error.unwrap_or(0.0);
        assert!((error - 1.0 / 3.0_f64.sqrt()).abs() < 1e-12);
        assert!((mean.half_width.unwrap_or(0.0) - expected).abs() < 1e-6);
        // Over a constant, the ratio is as uncertain as the numerator.
        let ratio = moments.ratio(3.0, 1);
        let half_width = ratio.and_then(|r| r.half_width).unwrap_or(0.0);
        assert!((half_width - expected / 4.0).abs() < 1e-6);
        assert_eq!(moments.ratio(3.0, 0), None);
    }
}
