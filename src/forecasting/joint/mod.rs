//! Scenarios of several queues at once: correlated day levels.
//!
//! Estimation. For each pair of queues the rank correlation `q` (Spearman) of their day-level
//! errors on the days both have, turned into the correlation of a Gaussian copula by
//! `r = 2 sin(pi q / 6)` (Pearson 1907); ranks make it indifferent to outliers and to the scale
//! of the errors. The correlations are shrunk to their common mean `c`,
//! `r* = l c + (1 - l) r`, with `l = sum Var(r) / sum (r - c)^2`, at most one, and
//! `Var(r) = 1.06 (1 - r^2)^2 / (n - 1)` (after Schaefer and Strimmer 2005). Pairs with fewer
//! than eight common days, or with an error series that never varies, take `c`. If the matrix is
//! not positive definite, `l` is raised until it is; at `l = 1` it always is, `c` being kept
//! within the bounds of an equal correlation.
//!
//! Drawing. Each queue's level is a standard normal first-order autoregression over its open
//! days with its own coefficient `a(i)`. The innovations have the covariance
//! `r*(i, j) (1 - a(i) a(j))`, so that levels of queues open on the same days have the
//! correlation `r*` on every day. Where very unequal coefficients make that impossible the
//! innovations have the correlation `r*` instead, and levels of later days a smaller one.
//! Levels are pure numbers; multiplying errors or volumes by a constant changes none of them.

mod rank_correlation;

use crate::forecasting::automatic::local_forecast::LocalForecast;
use crate::forecasting::automatic::numbers::normal_quantile;
use crate::forecasting::cholesky::{cholesky, product};
use crate::forecasting::input_error::{InputError, same_length};
use crate::forecasting::joint::rank_correlation::{LARGEST, PairCorrelation, pair_correlation};

/// Steps in which the shrinkage is raised to one.
const RAISES: usize = 50;

/// Correlation of the day levels of several queues.
#[derive(Debug, Clone, PartialEq)]
pub struct DayCorrelation {
    matrix: Vec<Vec<f64>>,
    factor: Vec<Vec<f64>>,
    /// Mean correlation of all pairs.
    pub common: f64,
    /// Weight of the mean in every pair's correlation.
    pub shrinkage: f64,
}

/// Correlation of one pair with its variance.
struct Pair {
    first: usize,
    second: usize,
    estimate: Option<PairCorrelation>,
}

impl DayCorrelation {
    /// Estimates from past day-level errors, one series a queue, aligned by day, on any scale
    /// that is the same over time for one queue (relative errors for instance).
    ///
    /// # Errors
    ///
    /// [`InputError::Empty`] without queues, [`InputError::UnequalLength`] for series of
    /// different lengths, [`InputError::InvalidNumber`] for errors that are no finite numbers.
    pub fn estimate(errors: &[Vec<Option<f64>>]) -> Result<Self, InputError> {
        let Some(days) = errors.first().map(Vec::len) else {
            return Err(InputError::Empty("queues"));
        };
        for series in errors {
            same_length("day errors", days, series.len())?;
            for (position, value) in series.iter().enumerate() {
                if let Some(value) = value.filter(|value| !value.is_finite()) {
                    return Err(InputError::InvalidNumber {
                        what: "day error",
                        position,
                        value,
                    });
                }
            }
        }
        let queues = errors.len();
        let mut pairs = Vec::new();
        for second in 0..queues {
            for first in 0..second {
                pairs.push(Pair {
                    first,
                    second,
                    estimate: pair_correlation(&errors[first], &errors[second]),
                });
            }
        }
        Ok(Self::shrunk(queues, &pairs))
    }

    /// Queues with the same correlation between all of them.
    pub fn equal(queues: usize, correlation: f64) -> Self {
        let lowest = if queues > 1 {
            -LARGEST / (queues as f64 - 1.0)
        } else {
            0.0
        };
        let common = if correlation.is_finite() {
            correlation.clamp(lowest, LARGEST)
        } else {
            0.0
        };
        let matrix: Vec<Vec<f64>> = (0..queues)
            .map(|row| {
                (0..queues)
                    .map(|column| if row == column { 1.0 } else { common })
                    .collect()
            })
            .collect();
        let factor = cholesky(&matrix).unwrap_or_else(|| identity(queues));
        Self {
            matrix,
            factor,
            common,
            shrinkage: 1.0,
        }
    }

    /// Shrinks pair correlations to their mean.
    fn shrunk(queues: usize, pairs: &[Pair]) -> Self {
        let known: Vec<PairCorrelation> = pairs.iter().filter_map(|pair| pair.estimate).collect();
        let weight: f64 = known.iter().map(|item| item.days).sum();
        let mean = if weight > 0.0 {
            known.iter().map(|item| item.value * item.days).sum::<f64>() / weight
        } else {
            0.0
        };
        let equal = Self::equal(queues, mean);
        let spread: f64 = known
            .iter()
            .map(|item| (item.value - equal.common).powi(2))
            .sum();
        let noise: f64 = known.iter().map(|item| item.variance).sum();
        let start = if spread > noise { noise / spread } else { 1.0 };
        for raise in 0..RAISES {
            let shrinkage = start + (1.0 - start) * raise as f64 / RAISES as f64;
            let mut matrix = equal.matrix.clone();
            for pair in pairs {
                if let Some(own) = &pair.estimate {
                    let value = shrinkage * equal.common + (1.0 - shrinkage) * own.value;
                    matrix[pair.first][pair.second] = value;
                    matrix[pair.second][pair.first] = value;
                }
            }
            if let Some(factor) = cholesky(&matrix) {
                return Self {
                    matrix,
                    factor,
                    common: equal.common,
                    shrinkage,
                };
            }
        }
        equal
    }

    /// Correlation between two queues; `None` for queues that do not exist.
    pub fn between(&self, first: usize, second: usize) -> Option<f64> {
        self.matrix.get(first)?.get(second).copied()
    }

    /// Number of queues.
    pub fn queues(&self) -> usize {
        self.matrix.len()
    }

    /// Draws one joint path of all forecasts: by queue, day and interval.
    ///
    /// # Errors
    ///
    /// [`InputError::UnequalLength`] for another number of forecasts than queues or horizons of
    /// different lengths, [`InputError::DateOutside`] for horizons that start on different days.
    pub fn draw_paths(
        &self,
        forecasts: &[&LocalForecast],
        uniform: &mut impl FnMut() -> f64,
    ) -> Result<Vec<Vec<Vec<f64>>>, InputError> {
        same_length("forecasts", self.queues(), forecasts.len())?;
        let first = forecasts.first().map_or(&[][..], |first| &first.days);
        for forecast in forecasts {
            same_length("forecast days", first.len(), forecast.days.len())?;
            for (one, other) in first.iter().zip(&forecast.days) {
                if one.date != other.date {
                    return Err(InputError::DateOutside(other.date));
                }
            }
        }
        let coefficients: Vec<f64> = forecasts.iter().map(|f| f.correlation).collect();
        let open: Vec<Vec<bool>> = forecasts
            .iter()
            .map(|f| f.days.iter().map(|day| day.total.mean > 0.0).collect())
            .collect();
        let levels = self.draw_levels(&coefficients, &open, uniform);
        Ok(forecasts
            .iter()
            .zip(levels.iter().zip(&open))
            .map(|(forecast, (levels, open))| {
                forecast.draw_path_at(&shocks(levels, open, forecast.correlation), uniform)
            })
            .collect())
    }

    /// Standard normal day levels by queue and day; closed days keep the last level.
    fn draw_levels(
        &self,
        coefficients: &[f64],
        open: &[Vec<bool>],
        uniform: &mut impl FnMut() -> f64,
    ) -> Vec<Vec<f64>> {
        let days = open.first().map_or(0, Vec::len);
        let innovations = self.innovations(coefficients);
        let mut level = combined(&self.factor, uniform);
        let mut begun = vec![false; open.len()];
        let mut levels = vec![Vec::with_capacity(days); open.len()];
        for day in 0..days {
            let fresh = combined(&innovations, uniform);
            for queue in 0..open.len() {
                if open[queue][day] {
                    if begun[queue] {
                        level[queue] = coefficients[queue] * level[queue] + fresh[queue];
                    }
                    begun[queue] = true;
                }
                levels[queue].push(level[queue]);
            }
        }
        levels
    }

    /// Triangular factor of the covariance of the innovations.
    fn innovations(&self, coefficients: &[f64]) -> Vec<Vec<f64>> {
        let with = |scale: &dyn Fn(f64, f64) -> f64| -> Vec<Vec<f64>> {
            self.matrix
                .iter()
                .zip(coefficients)
                .map(|(row, a)| {
                    row.iter()
                        .zip(coefficients)
                        .map(|(value, b)| value * scale(*a, *b))
                        .collect()
                })
                .collect()
        };
        let alone = |a: f64| (1.0 - a * a).max(0.0).sqrt();
        cholesky(&with(&|a, b| 1.0 - a * b)).unwrap_or_else(|| {
            self.factor
                .iter()
                .zip(coefficients)
                .map(|(row, a)| row.iter().map(|value| value * alone(*a)).collect())
                .collect()
        })
    }
}

/// The shocks from which a queue's own autoregression makes the given levels.
fn shocks(levels: &[f64], open: &[bool], coefficient: f64) -> Vec<f64> {
    let fresh = (1.0 - coefficient * coefficient).max(0.0).sqrt();
    let mut last = None;
    levels
        .iter()
        .zip(open)
        .map(|(&level, &open)| {
            if !open {
                return 0.0;
            }
            let shock = match last {
                None => level,
                Some(last) if fresh > 0.0 => (level - coefficient * last) / fresh,
                Some(_) => 0.0,
            };
            last = Some(level);
            shock
        })
        .collect()
}

/// Independent standard normal numbers combined by a triangular factor.
fn combined(factor: &[Vec<f64>], uniform: &mut impl FnMut() -> f64) -> Vec<f64> {
    let fresh: Vec<f64> = factor.iter().map(|_| normal_quantile(uniform())).collect();
    factor.iter().map(|row| product(row, &fresh)).collect()
}

/// The unit matrix.
fn identity(size: usize) -> Vec<Vec<f64>> {
    (0..size)
        .map(|row| {
            (0..size)
                .map(|column| f64::from(u8::from(row == column)))
                .collect()
        })
        .collect()
}

#[cfg(test)]
#[path = "joint_tests.rs"]
mod tests;
