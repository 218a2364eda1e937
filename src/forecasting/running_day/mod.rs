//! The rest of the running day, given what it has brought so far.
//!
//! Model. The expected volume of interval `i` is `m(i) L(i)`. The factors `L` have mean one and the
//! covariance `v + d(i, j)`: `v` the level variance of the forecast day, `d` a slow drift within
//! the day ([`WithinDay`]), taken about its mean over all expected contacts so that the day
//! total keeps its variance: `d = slow (k - k(i) - k(j) + k)`, `k` the correlation of two places
//! and its means. Given `L(i)` a volume has the variance of the interval noise, less the part of it
//! that is slow. A day without level variance is taken as certain and has no drift.
//!
//! Without drift this is the gamma-Poisson model: the level given volumes `y(i)` of Poisson
//! intervals is a gamma variable with
//!
//! `shape = 1/v + sum w(i) y(i)`, `rate = 1/v + sum w(i) m(i)`, `E[L] = shape / rate`,
//! `Var[L] = shape / rate^2`, `w(i) = 1`.
//!
//! Noisier intervals count less, `w(i) = m(i) / noise variance`: the credibility estimate of
//! Buehlmann and Straub (1970), the best linear one for any distribution with these two moments.
//! With drift the best linear estimate has no closed form and is solved for: with `A` the
//! covariance of observed factors plus their relative noise and `B` that of open with observed
//! factors, `E[L] = 1 + B A^-1 (y/m - 1)`, covariance `C - B A^-1 B'`; as in the gamma model the
//! latter is scaled with `E[L]`.
//!
//! A single wild interval must not swing the day: an interval whose standardised residual `z` exceeds
//! three has its weight multiplied by `3 / |z|` (Huber 1964), by fixed-point steps from the
//! forecast; with no such interval the estimate above is exact. Intervals that are all high by the same
//! factor are no outliers to each other and do move the level.
//!
//! Units: volumes in contacts per interval; factors and their variances are pure numbers. Volumes,
//! means and the standard deviation of the noise may all be multiplied by a constant: factors
//! stay, volumes follow.

mod day_posterior;
pub(super) mod within_day;

use crate::forecasting::automatic::days::IntervalState;
use crate::forecasting::automatic::local_forecast::{DayForecast, LocalForecast, Volume};
use crate::forecasting::automatic::numbers::normal_quantile;
use crate::forecasting::automatic::spread::Spread;
use crate::forecasting::input_error::{InputError, not_negative, same_length};
use crate::forecasting::respread::moved;
use crate::forecasting::running_day::day_posterior::Prior;
pub use within_day::WithinDay;

/// A forecast day after some of its intervals have been seen.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningDay {
    /// The day: observed intervals are points, the others updated; its total is their sum.
    pub day: DayForecast,
    /// The observed volumes; `None` for intervals still to come, unknown or excluded.
    pub observed: Vec<Option<f64>>,
    /// Expected volume of all intervals that were not observed.
    pub remaining: Volume,
    /// Expected level of the day against its forecast.
    pub level: f64,
    /// Number of intervals that were counted less because they do not fit the others.
    pub wild_intervals: usize,
}

impl LocalForecast {
    /// Updates one forecast day with the intervals observed so far.
    ///
    /// `observed` has one cell an interval: [`IntervalState::Known`] is an observation, [`IntervalState::Closed`] and
    /// [`IntervalState::Absent`] say that nothing will come, anything else leaves the interval open. Without
    /// an observation the day stays as it was forecast; without level variance the open intervals
    /// do.
    ///
    /// # Errors
    ///
    /// [`InputError::UnequalLength`] for an unknown day or a wrong number of intervals,
    /// [`InputError::InvalidNumber`] for volumes and drifts that are negative or no numbers.
    pub fn running_day(
        &self,
        index: usize,
        observed: &[IntervalState],
        within: WithinDay,
    ) -> Result<RunningDay, InputError> {
        let day = self.days.get(index).ok_or(InputError::UnequalLength {
            what: "forecast days",
            expected: index + 1,
            found: self.days.len(),
        })?;
        same_length("observed intervals", day.intervals.len(), observed.len())?;
        not_negative("slow error within a day", 0, within.slow)?;
        not_negative("reach within a day", 0, within.reach)?;
        let mut seen = Vec::with_capacity(observed.len());
        for (interval, cell) in observed.iter().enumerate() {
            seen.push(match cell.volume() {
                Some(volume) => Some(not_negative("observed volume", interval, volume)?),
                None => None,
            });
        }
        let untouched = observed.iter().zip(&day.intervals).all(|(cell, interval)| {
            cell.volume().is_none() && (cell.is_open() || interval.mean <= 0.0)
        });
        if untouched {
            return Ok(RunningDay {
                day: day.clone(),
                observed: seen,
                remaining: day.total.clone(),
                level: 1.0,
                wild_intervals: 0,
            });
        }
        let prior = Prior::new(day, within);
        let posterior = self.posterior(&prior, &seen);
        let open: Vec<usize> = (0..seen.len())
            .filter(|interval| seen[*interval].is_none() && observed[*interval].is_open())
            .collect();
        let forecast: f64 = open
            .iter()
            .map(|interval| day.intervals[*interval].mean)
            .sum();
        let mean = |interval: usize| day.intervals[interval].mean * posterior.means[interval];
        let rest: f64 = open.iter().map(|interval| mean(*interval)).sum();
        let (mut spread, mut noise) = (0.0, 0.0);
        for &one in &open {
            noise += self.fast_noise(&prior, one, mean(one));
            for &other in &open {
                let (a, b) = (day.intervals[one].mean, day.intervals[other].mean);
                spread += a * b * posterior.covariance(&prior, one, other);
            }
        }
        let whole_day: Vec<f64> = day.intervals.iter().map(|interval| interval.mean).collect();
        let to = Spread {
            mean: rest,
            variance: spread.max(0.0) + noise,
            whole: self.whole,
        };
        let from = self.sum_spread(&whole_day, day.level_variance);
        let remaining = moved(&day.total, &self.probabilities, from, to);
        let done: f64 = seen.iter().flatten().sum();
        let intervals = (0..seen.len())
            .map(|interval| {
                let volume = &day.intervals[interval];
                if !open.contains(&interval) {
                    let value = seen[interval].unwrap_or(0.0);
                    return Volume {
                        mean: value,
                        quantiles: vec![value; volume.quantiles.len()],
                    };
                }
                let factor = posterior.covariance(&prior, interval, interval).max(0.0);
                let to = Spread {
                    mean: mean(interval),
                    variance: volume.mean * volume.mean * factor
                        + self.fast_noise(&prior, interval, mean(interval)),
                    whole: self.whole,
                };
                let from = self.interval_spread(interval, volume.mean, day.level_variance);
                moved(volume, &self.probabilities, from, to)
            })
            .collect();
        Ok(RunningDay {
            day: DayForecast {
                date: day.date,
                total: Volume {
                    mean: done + rest,
                    quantiles: remaining.quantiles.iter().map(|q| done + q).collect(),
                },
                intervals,
                level_variance: if rest > 0.0 {
                    spread.max(0.0) / (rest * rest)
                } else {
                    0.0
                },
            },
            observed: seen,
            remaining,
            level: if forecast > 0.0 { rest / forecast } else { 1.0 },
            wild_intervals: posterior.wild,
        })
    }

    /// Draws the day: observed intervals as they were, the others from one common level.
    pub fn draw_running_day(
        &self,
        running: &RunningDay,
        uniform: &mut impl FnMut() -> f64,
    ) -> Vec<f64> {
        let level = Spread {
            mean: 1.0,
            variance: running.day.level_variance,
            whole: false,
        };
        let deviate = normal_quantile(uniform());
        let factor = if level.variance > 0.0 {
            level.cube_root_quantile(deviate)
        } else {
            1.0
        };
        running
            .observed
            .iter()
            .zip(&running.day.intervals)
            .enumerate()
            .map(|(interval, (seen, volume))| {
                let probability = uniform();
                seen.unwrap_or_else(|| {
                    self.draw_interval(interval, volume.mean * factor, probability)
                })
            })
            .collect()
    }
}

#[cfg(test)]
#[path = "running_day_tests.rs"]
mod tests;
