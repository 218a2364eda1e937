//! Factors of the intervals of a running day: prior, observations, posterior.
//!
//! The model and its formulas stand with [`crate::forecasting::RunningDay`].

use crate::forecasting::automatic::local_forecast::{DayForecast, LocalForecast};
use crate::forecasting::cholesky::{cholesky, forward, product};
use crate::forecasting::running_day::within_day::{WithinDay, places};

/// Standardised residual from which an interval counts less.
const WILD_FROM: f64 = 3.0;
/// Steps of the search for the weights of wild intervals.
const STEPS: usize = 40;
/// No interval is taken as more exact than this relative standard deviation.
const BEST_RELATIVE_ERROR: f64 = 0.01;

/// What an observed interval says about the day.
struct Evidence {
    interval: usize,
    mean: f64,
    volume: f64,
}

/// Prior of a day: its intervals, their places, and how their errors hang together.
#[derive(Debug)]
pub(crate) struct Prior<'a> {
    day: &'a DayForecast,
    places: Vec<f64>,
    drift: WithinDay,
    /// Mean correlation of each place with all contacts, and its mean.
    common: Vec<f64>,
    all: f64,
    /// Squared relative error that neighbouring intervals share.
    slow: f64,
}

/// Factors of all intervals given what was observed.
#[derive(Debug)]
pub(crate) struct Posterior {
    /// Expected factors.
    pub(crate) means: Vec<f64>,
    /// For each interval the part of its deviation that observations explain.
    explained: Vec<Vec<f64>>,
    /// Intervals that were counted less.
    pub(crate) wild: usize,
}

impl<'a> Prior<'a> {
    /// The prior of a day.
    pub(crate) fn new(day: &'a DayForecast, within: WithinDay) -> Self {
        let means: Vec<f64> = day.intervals.iter().map(|interval| interval.mean).collect();
        let places = places(&means);
        let sum: f64 = means.iter().sum();
        // Mean correlation of each interval's slow error with that of all contacts.
        let common: Vec<f64> = places
            .iter()
            .map(|one| {
                let with = |(other, mean): (&f64, &f64)| mean * within.correlation(*one, *other);
                places.iter().zip(&means).map(with).sum::<f64>() / sum.max(f64::MIN_POSITIVE)
            })
            .collect();
        let all = product(&common, &means) / sum.max(f64::MIN_POSITIVE);
        Self {
            day,
            places,
            drift: within,
            common,
            all,
            slow: if day.level_variance > 0.0 {
                within.slow
            } else {
                0.0
            },
        }
    }

    /// Covariance of the drift of two intervals about the mean of the day.
    fn slow(&self, one: usize, other: usize) -> f64 {
        let raw = self.drift.correlation(self.places[one], self.places[other]);
        self.slow * (raw - self.common[one] - self.common[other] + self.all)
    }

    /// Covariance of the factors of two intervals.
    fn covariance(&self, one: usize, other: usize) -> f64 {
        self.day.level_variance + self.slow(one, other)
    }
}

impl Posterior {
    /// Covariance of the factors of two intervals.
    pub(crate) fn covariance(&self, prior: &Prior, one: usize, other: usize) -> f64 {
        let left =
            prior.covariance(one, other) - product(&self.explained[one], &self.explained[other]);
        left * (self.means[one] * self.means[other]).sqrt()
    }
}

impl LocalForecast {
    /// Factors of all intervals given the observed ones.
    pub(crate) fn posterior(&self, prior: &Prior, seen: &[Option<f64>]) -> Posterior {
        let intervals = seen.len();
        let mut posterior = Posterior {
            means: vec![1.0; intervals],
            explained: vec![Vec::new(); intervals],
            wild: 0,
        };
        let evidence: Vec<Evidence> = seen
            .iter()
            .zip(&prior.day.intervals)
            .enumerate()
            .filter_map(|(interval, (volume, forecast))| {
                let (volume, mean) = ((*volume)?, forecast.mean);
                (mean > 0.0).then_some(Evidence {
                    interval,
                    mean,
                    volume,
                })
            })
            .collect();
        if prior.day.level_variance <= 0.0 || evidence.is_empty() {
            return posterior;
        }
        let mut weights = vec![1.0; evidence.len()];
        for _ in 0..STEPS {
            let matrix: Vec<Vec<f64>> = evidence
                .iter()
                .zip(&weights)
                .map(|(one, weight)| {
                    let noise = self.believed_noise(prior, one.interval, one.mean)
                        / (one.mean * one.mean * weight);
                    let row = evidence.iter().map(|other| {
                        let own = if one.interval == other.interval {
                            noise
                        } else {
                            0.0
                        };
                        own + prior.covariance(one.interval, other.interval)
                    });
                    row.collect()
                })
                .collect();
            let Some(factor) = cholesky(&matrix) else {
                return posterior;
            };
            let errors: Vec<f64> = evidence
                .iter()
                .map(|one| one.volume / one.mean - 1.0)
                .collect();
            let errors = forward(&factor, &errors);
            for interval in 0..intervals {
                let with: Vec<f64> = evidence
                    .iter()
                    .map(|one| prior.covariance(interval, one.interval))
                    .collect();
                posterior.explained[interval] = forward(&factor, &with);
                posterior.means[interval] =
                    (1.0 + product(&posterior.explained[interval], &errors)).max(0.0);
            }
            let mut change = 0.0_f64;
            posterior.wild = 0;
            for (one, weight) in evidence.iter().zip(&mut weights) {
                let expected = one.mean * posterior.means[one.interval];
                let square = one.mean
                    * one.mean
                    * posterior
                        .covariance(prior, one.interval, one.interval)
                        .max(0.0);
                let noise = self.believed_noise(prior, one.interval, expected);
                let residual = (one.volume - expected).abs() / (square + noise).sqrt();
                let new = (WILD_FROM / residual).min(1.0);
                posterior.wild += usize::from(new < 1.0);
                change = change.max((new / *weight - 1.0).abs());
                *weight = new;
            }
            if change <= 1e-9 {
                break;
            }
        }
        posterior
    }

    /// Noise of an interval without its slow part.
    pub(crate) fn fast_noise(&self, prior: &Prior, interval: usize, mean: f64) -> f64 {
        let slow = prior.slow(interval, interval).max(0.0);
        (self.noise.variance(interval, mean) - slow * mean * mean).max(0.0)
    }

    /// Noise of an interval, never below what may be believed of it.
    fn believed_noise(&self, prior: &Prior, interval: usize, mean: f64) -> f64 {
        let least = if self.whole { mean } else { 0.0 };
        let best = BEST_RELATIVE_ERROR * mean;
        self.fast_noise(prior, interval, mean)
            .max(least)
            .max(best * best)
            .max(f64::MIN_POSITIVE)
    }
}
