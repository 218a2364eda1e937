//! Quantiles of a changed distribution that keep the calibration of the original ones.
//!
//! A forecast's quantiles carry corrections learned from past errors. When its mean or its
//! variance changes, each quantile is first placed in the uncorrected distribution it came from,
//! and the new distribution is then read at that place: `q'(p) = F'^-1(F(q(p)))`. With nothing
//! changed the quantiles stay as they are.

use crate::forecasting::automatic::local_forecast::{DayForecast, LocalForecast, Volume};
use crate::forecasting::automatic::numbers::{normal_probability, normal_quantile};
use crate::forecasting::automatic::spread::{Placed, Spread};

/// A volume with its quantiles carried from one distribution to another.
pub(crate) fn moved(volume: &Volume, probabilities: &[f64], from: Spread, to: Spread) -> Volume {
    if from == to {
        return volume.clone();
    }
    let mut last = 0.0_f64;
    let quantiles = volume
        .quantiles
        .iter()
        .zip(probabilities)
        .map(|(&quantile, &probability)| {
            let level = level_of(quantile, probability, from).clamp(1e-9, 1.0 - 1e-9);
            let value = to
                .quantiles(&[level], &[normal_quantile(level)])
                .first()
                .copied()
                .unwrap_or(to.mean);
            last = last.max(value);
            last
        })
        .collect();
    Volume {
        mean: to.mean,
        quantiles,
    }
}

/// Probability at which the distribution has the quantile; the nominal one where it cannot say.
fn level_of(quantile: f64, probability: f64, from: Spread) -> f64 {
    if from.mean <= 0.0 || from.variance <= 0.0 {
        return probability;
    }
    // Quantiles of counts lie evenly over half a unit on either side of each count.
    let inside = (quantile - (quantile - 0.5).ceil() + 0.5).clamp(0.0, 1.0);
    let level = match from.placed(quantile, inside) {
        Placed::Probability(value) => value,
        Placed::Deviate(value) => normal_probability(value),
    };
    if quantile <= 0.0 {
        level.min(probability)
    } else {
        level
    }
}

impl LocalForecast {
    /// Distribution of an interval with the given mean and level variance, before corrections.
    pub(crate) fn interval_spread(
        &self,
        interval: usize,
        mean: f64,
        level_variance: f64,
    ) -> Spread {
        Spread {
            mean,
            variance: mean * mean * level_variance + self.noise.variance(interval, mean),
            whole: self.whole,
        }
    }

    /// Distribution of the sum of intervals with the given means, before corrections.
    pub(crate) fn sum_spread(&self, means: &[f64], level_variance: f64) -> Spread {
        let mean: f64 = means.iter().sum();
        let noise: f64 = means
            .iter()
            .enumerate()
            .map(|(interval, mean)| self.noise.variance(interval, *mean))
            .sum();
        Spread {
            mean,
            variance: mean * mean * level_variance + noise,
            whole: self.whole,
        }
    }

    /// The day with other interval means and another level variance, corrections kept.
    pub(crate) fn changed_day(
        &self,
        day: &DayForecast,
        means: &[f64],
        level_variance: f64,
    ) -> DayForecast {
        let old: Vec<f64> = day.intervals.iter().map(|interval| interval.mean).collect();
        if old == means && level_variance == day.level_variance {
            return day.clone();
        }
        let intervals = day
            .intervals
            .iter()
            .zip(means)
            .enumerate()
            .map(|(interval, (volume, &mean))| {
                let from = self.interval_spread(interval, volume.mean, day.level_variance);
                let to = self.interval_spread(interval, mean, level_variance);
                moved(volume, &self.probabilities, from, to)
            })
            .collect();
        DayForecast {
            date: day.date,
            total: moved(
                &day.total,
                &self.probabilities,
                self.sum_spread(&old, day.level_variance),
                self.sum_spread(means, level_variance),
            ),
            intervals,
            level_variance,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::forecasting::automatic::noise::Noise;

    /// A forecast of equal days from interval means, without corrections.
    pub(crate) fn plain(means: &[f64], days: usize, variance: f64, whole: bool) -> LocalForecast {
        let probabilities = vec![0.025, 0.1, 0.5, 0.9, 0.975];
        let deviates: Vec<f64> = probabilities.iter().map(|p| normal_quantile(*p)).collect();
        let mut forecast = LocalForecast {
            days: Vec::new(),
            probabilities: probabilities.clone(),
            chosen: Vec::new(),
            changes: Vec::new(),
            correlation: 0.5,
            whole,
            noise: Noise {
                dispersion: 1.0,
                profile: 0.0,
                factors: vec![1.0; means.len()],
            },
        };
        let volume = |spread: Spread| Volume {
            mean: spread.mean,
            quantiles: spread.quantiles(&probabilities, &deviates),
        };
        let day = DayForecast {
            date: NaiveDate::default(),
            total: volume(forecast.sum_spread(means, variance)),
            intervals: means
                .iter()
                .enumerate()
                .map(|(interval, mean)| volume(forecast.interval_spread(interval, *mean, variance)))
                .collect(),
            level_variance: variance,
        };
        forecast.days = NaiveDate::from_ymd_opt(2024, 1, 1)
            .unwrap()
            .iter_days()
            .take(days)
            .map(|date| DayForecast {
                date,
                ..day.clone()
            })
            .collect();
        forecast
    }

    /// Numbers between zero and one from a fixed start.
    pub(crate) fn uniform(start: u64) -> impl FnMut() -> f64 {
        let mut state = start;
        move || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            mixed ^= mixed >> 31;
            ((mixed >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
        }
    }

    #[test]
    fn changed_means_give_the_quantiles_of_the_new_distribution() {
        for (mean, other) in [(3.0, 7.0), (30.0, 60.0), (0.4, 0.2), (300.0, 100.0)] {
            let from = plain(&[mean, mean], 1, 0.02, true);
            let to = plain(&[other, other], 1, 0.02, true);
            let changed = from.changed_day(&from.days[0], &[other, other], 0.02);
            for (one, two) in changed.intervals.iter().zip(&to.days[0].intervals) {
                for (a, b) in one.quantiles.iter().zip(&two.quantiles) {
                    assert!((a - b).abs() < 0.02 * (1.0 + b), "{mean} {a} {b}");
                }
            }
        }
    }

    #[test]
    fn unchanged_means_change_nothing() {
        let forecast = plain(&[1.0, 5.0, 80.0], 1, 0.02, true);
        let same = forecast.changed_day(&forecast.days[0], &[1.0, 5.0, 80.0], 0.02);
        assert_eq!(same, forecast.days[0]);
    }

    #[test]
    fn an_empty_interval_can_be_filled_and_a_full_one_emptied() {
        let forecast = plain(&[0.0, 50.0], 1, 0.02, true);
        let changed = forecast.changed_day(&forecast.days[0], &[50.0, 0.0], 0.02);
        assert!(changed.intervals[0].quantiles[0] < changed.intervals[0].quantiles[4]);
        assert_eq!(changed.intervals[1].quantiles, vec![0.0; 5]);
    }
}
