//! What a forecast is: means, quantiles and joint sample paths.

use chrono::NaiveDate;

use super::cleaning::Change;
use super::noise::Noise;
use super::numbers::normal_quantile;
use super::spread::Spread;

/// A choice the forecast made by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// What was chosen.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// Mean and quantiles of a total or of a interval.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Volume {
    /// Expected volume.
    pub mean: f64,
    /// Quantiles in the order of the probabilities asked for.
    pub quantiles: Vec<f64>,
}

/// One forecast day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayForecast {
    /// The local day.
    pub date: NaiveDate,
    /// The day total.
    pub total: Volume,
    /// The intervals; closed intervals are zero.
    pub intervals: Vec<Volume>,
    /// Squared relative error of the day's level, beyond the noise of its counts.
    pub level_variance: f64,
}

/// A forecast with everything needed to draw from it.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalForecast {
    /// Consecutive calendar days, closed ones included.
    pub days: Vec<DayForecast>,
    /// The probabilities of all quantiles, ascending.
    pub probabilities: Vec<f64>,
    /// Models and settings chosen, with reasons.
    pub chosen: Vec<Chosen>,
    /// Changes made to the history before learning.
    pub changes: Vec<Change>,
    /// Correlation between the level errors of consecutive open days.
    pub correlation: f64,
    /// Whether volumes are whole numbers.
    pub whole: bool,
    pub(crate) noise: Noise,
}

impl LocalForecast {
    /// Means alone, without bands or anything to draw from.
    pub(crate) fn of_means(days: Vec<DayForecast>) -> Self {
        let intervals = days.first().map_or(0, |day| day.intervals.len());
        Self {
            days,
            probabilities: Vec::new(),
            chosen: Vec::new(),
            changes: Vec::new(),
            correlation: 0.0,
            whole: false,
            noise: Noise::unknown(intervals, false),
        }
    }

    /// Draws one joint path: a volume for every interval of every day.
    ///
    /// Day levels follow a first-order autoregressive Gaussian copula with gamma-like margins;
    /// intervals are independent counts given the level. Sums over intervals, days or weeks of one path
    /// belong together, so their quantiles over many paths are coherent. `uniform` must yield
    /// independent numbers between zero and one.
    pub fn draw_path(&self, uniform: &mut impl FnMut() -> f64) -> Vec<Vec<f64>> {
        let deviates: Vec<f64> = self
            .days
            .iter()
            .map(|_| normal_quantile(uniform()))
            .collect();
        self.draw_path_at(&deviates, uniform)
    }

    /// Draws one joint path whose level shocks are given, one standard normal deviate for every
    /// day: deviates that are correlated between queues make joint scenarios of several queues.
    /// A missing deviate counts as zero.
    pub fn draw_path_at(
        &self,
        deviates: &[f64],
        uniform: &mut impl FnMut() -> f64,
    ) -> Vec<Vec<f64>> {
        let mut level = 0.0;
        let fresh = (1.0 - self.correlation * self.correlation).max(0.0).sqrt();
        let mut begun = false;
        self.days
            .iter()
            .enumerate()
            .map(|(index, day)| {
                let shock = deviates.get(index).copied().unwrap_or(0.0);
                if day.total.mean <= 0.0 {
                    return vec![0.0; day.intervals.len()];
                }
                level = if begun {
                    self.correlation * level + fresh * shock
                } else {
                    shock
                };
                begun = true;
                let spread = Spread {
                    mean: 1.0,
                    variance: day.level_variance,
                    whole: false,
                };
                let factor = if day.level_variance > 0.0 {
                    spread.cube_root_quantile(level)
                } else {
                    1.0
                };
                day.intervals
                    .iter()
                    .enumerate()
                    .map(|(interval, volume)| {
                        self.draw_interval(interval, volume.mean * factor, uniform())
                    })
                    .collect()
            })
            .collect()
    }

    /// One interval with its mean known, at a probability.
    pub(crate) fn draw_interval(&self, interval: usize, mean: f64, probability: f64) -> f64 {
        if mean <= 0.0 {
            return 0.0;
        }
        let spread = Spread {
            mean,
            variance: self.noise.variance(interval, mean),
            whole: self.whole,
        };
        let deviate = normal_quantile(probability);
        let value = spread
            .quantiles(&[probability], &[deviate])
            .first()
            .copied()
            .unwrap_or(mean);
        if self.whole { value.round() } else { value }
    }
}
