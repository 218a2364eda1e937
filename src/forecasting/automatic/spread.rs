//! The distribution of one count or total, from its mean and variance.

/// Largest mean for which the count distribution is summed term by term.
const EXACT_UP_TO: f64 = 40.0;

/// Variance over mean below which a volume is steadier than any sum of chance arrivals.
const LEAST_DISPERSION: f64 = 0.5;

/// A distribution on non-negative numbers.
///
/// Whole counts that are not steadier than chance arrivals are negative binomial with every count spread
/// evenly over half a unit on either side: the bands then hold their nominal share on average
/// although counts are whole numbers. Everything else is a gamma variable in the cube-root
/// approximation of Wilson and Hilferty (1931),
/// `quantile(p) = mean x max(0, 1 - c/9 + z(p) sqrt(c)/3)^3` with `c = variance / mean^2`.
/// Both scale with the data: twice the mean and four times the variance double a quantile of
/// the second form exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Variance.
    pub variance: f64,
    /// Whether only whole numbers occur.
    pub whole: bool,
}

/// Terms of the negative binomial distribution, one after the other.
struct Terms {
    size: f64,
    ratio: f64,
    count: f64,
    term: f64,
}

impl Terms {
    fn new(mean: f64, variance: f64) -> Self {
        let size = mean * mean / (variance - mean);
        let ratio = mean / (size + mean);
        Self {
            size,
            ratio,
            count: 0.0,
            term: (-size * (mean / size).ln_1p()).exp(),
        }
    }

    fn advance(&mut self) {
        self.term *= (self.count + self.size) / (self.count + 1.0) * self.ratio;
        self.count += 1.0;
    }
}

impl Spread {
    /// Whether the terms of the count distribution are summed.
    fn exact(self) -> bool {
        self.whole && self.mean < EXACT_UP_TO && self.variance > LEAST_DISPERSION * self.mean
    }

    /// Variance used for counts: a negative binomial variable has at least its mean.
    fn count_variance(self) -> f64 {
        self.variance.max(self.mean * 1.000_1)
    }

    /// Quantiles at ascending probabilities, given with their standard normal quantiles.
    pub(crate) fn quantiles(self, probabilities: &[f64], deviates: &[f64]) -> Vec<f64> {
        if self.mean <= 0.0 || self.variance <= 0.0 {
            return vec![self.mean.max(0.0); probabilities.len()];
        }
        if !self.exact() {
            return deviates
                .iter()
                .map(|z| self.cube_root_quantile(*z))
                .collect();
        }
        let mut terms = Terms::new(self.mean, self.count_variance());
        let mut below = 0.0;
        let limit = self.mean + 40.0 * self.count_variance().sqrt() + 40.0;
        probabilities
            .iter()
            .map(|&probability| {
                while below + terms.term < probability && terms.count < limit {
                    below += terms.term;
                    terms.advance();
                }
                let inside = if terms.term > 0.0 {
                    (probability - below) / terms.term
                } else {
                    0.5
                };
                (terms.count - 0.5 + inside.clamp(0.0, 1.0)).max(0.0)
            })
            .collect()
    }

    /// Quantile of the continuous form for a standard normal deviate.
    pub(crate) fn cube_root_quantile(self, deviate: f64) -> f64 {
        let relative = self.variance / (self.mean * self.mean);
        if relative > 1.0 {
            let logarithmic = relative.ln_1p();
            return self.mean * (logarithmic.sqrt() * deviate - 0.5 * logarithmic).exp();
        }
        let root = 1.0 - relative / 9.0 + deviate * relative.sqrt() / 3.0;
        self.mean * root.max(0.0).powi(3)
    }

    /// Probability of staying below `value`, a count of its own probability taken in to the
    /// part `jitter`: uniform over time when the distribution is right.
    pub(crate) fn placed(self, value: f64, jitter: f64) -> Placed {
        if self.mean <= 0.0 || self.variance <= 0.0 {
            return Placed::Probability(0.5);
        }
        if !self.exact() {
            let relative = self.variance / (self.mean * self.mean);
            if relative > 1.0 {
                let logarithmic = relative.ln_1p();
                let ratio = (value.max(1e-9) / self.mean).ln() + 0.5 * logarithmic;
                return Placed::Deviate(ratio / logarithmic.sqrt());
            }
            let root = (value / self.mean).cbrt() - 1.0 + relative / 9.0;
            return Placed::Deviate(root * 3.0 / relative.sqrt());
        }
        let mut terms = Terms::new(self.mean, self.count_variance());
        let mut below = 0.0;
        while terms.count + 0.5 < value {
            below += terms.term;
            terms.advance();
        }
        Placed::Probability(below + jitter * terms.term)
    }
}

/// Where a value lies in its distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Placed {
    /// As a probability.
    Probability(f64),
    /// As a standard normal deviate.
    Deviate(f64),
}

#[cfg(test)]
mod tests {
    use super::super::numbers::normal_quantile;
    use super::*;

    #[test]
    fn counts_hold_their_share() {
        let spread = Spread {
            mean: 3.5,
            variance: 3.5,
            whole: true,
        };
        let levels = [0.1, 0.5, 0.9];
        let deviates: Vec<f64> = levels.iter().map(|p| normal_quantile(*p)).collect();
        let quantiles = spread.quantiles(&levels, &deviates);
        assert!(quantiles[0] > 1.0 && quantiles[0] < 2.0, "{quantiles:?}");
        assert!(quantiles[2] > 5.5 && quantiles[2] < 6.5, "{quantiles:?}");
    }

    #[test]
    fn no_variance_is_a_point() {
        let spread = Spread {
            mean: 3.0,
            variance: 0.0,
            whole: true,
        };
        assert_eq!(
            spread.quantiles(&[0.1, 0.9], &[-1.28, 1.28]),
            vec![3.0, 3.0]
        );
    }
}
