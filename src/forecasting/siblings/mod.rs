//! Forecasts of small and new queues that borrow from their siblings.
//!
//! The siblings' forecasts carry what a short history cannot show: weekdays, holidays, trend.
//! A day of the small queue is `share x sum of the siblings' forecasts`, spread by its profile:
//!
//! * level: the queue's own recent share of the siblings' volume (ratio of sums over the last
//!   days on which all are known) is shrunk to a prior share, with the weight
//!   `z = e^2 / (e^2 + s^2/n)`; `e` is the relative error of the prior share, `s^2` the squared
//!   relative error of the own share on one day, over `n` days. The prior is what the planner
//!   states, or the own share over the whole common history;
//! * profile: own shares by weekday shrunk by their number of independent contacts, see
//!   [`SiblingProfile`];
//! * error: the siblings' level variance, or the own scatter about them beyond count noise if
//!   that is larger, plus `(1 - z) e^2` for the share itself. The scatter of one day counts the
//!   siblings' expectation as four observations; interval noise is the siblings'.
//!
//! Intervals that were closed on every own day of a weekday stay closed. Quantiles are those of the
//! uncorrected distribution: corrections learned by the siblings do not carry over. Volumes
//! multiplied by a constant in all histories and forecasts multiply the result.

mod sibling_level;
mod sibling_profile;

use crate::calendar::{Datelike, weekday_index};
use crate::forecasting::automatic::days::Days;
use crate::forecasting::automatic::local_forecast::{Chosen, DayForecast, LocalForecast, Volume};
use crate::forecasting::automatic::noise::Noise;
use crate::forecasting::automatic::numbers::normal_quantile;
use crate::forecasting::automatic::spread::Spread;
use crate::forecasting::input_error::{InputError, not_negative, same_length};
use crate::forecasting::siblings::sibling_level::level;
use crate::forecasting::siblings::sibling_profile::{SiblingProfile, WeekSums};

/// A sibling: its history, and its forecast for the days wanted.
#[derive(Debug, Clone, Copy)]
pub struct Sibling<'a> {
    /// Past volumes.
    pub history: &'a Days,
    /// The forecast.
    pub forecast: &'a LocalForecast,
}

/// What the planner says about the small queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiblingSettings {
    /// Expected share of the siblings' total volume, if the planner knows one.
    pub expected_share: Option<f64>,
    /// Relative standard error of that share, or of a long-run share as today's.
    pub share_error: f64,
    /// Days of own history that tell the recent level.
    pub recent_days: usize,
}

impl Default for SiblingSettings {
    fn default() -> Self {
        Self {
            expected_share: None,
            share_error: 0.3,
            recent_days: 28,
        }
    }
}

/// How much was borrowed, each between zero (nothing) and one (all).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Borrowed {
    /// Weight of the prior share in the level.
    pub level: f64,
    /// Weight of the siblings in the profiles of Monday to Sunday.
    pub profiles: [f64; 7],
    /// Weight of the siblings in the error of a day.
    pub error: f64,
}

/// A forecast made with the help of siblings.
#[derive(Debug, Clone, PartialEq)]
pub struct BorrowedForecast {
    /// The forecast.
    pub forecast: LocalForecast,
    /// Share of the siblings' volume it stands for.
    pub share: f64,
    /// How much was borrowed.
    pub borrowed: Borrowed,
}

/// Forecasts a small or new queue from its siblings; `own` is `None` before its first day.
///
/// # Errors
///
/// [`InputError::Empty`] without siblings, without any volume of theirs, or when neither a
/// common day nor an expected share tells the level; [`InputError::UnequalLength`] and
/// [`InputError::DateOutside`] when intervals, horizons or dates differ;
/// [`InputError::InvalidNumber`] for settings that are negative or no numbers.
pub fn forecast_from_siblings(
    own: Option<&Days>,
    siblings: &[Sibling],
    settings: &SiblingSettings,
) -> Result<BorrowedForecast, InputError> {
    let first = siblings.first().ok_or(InputError::Empty("siblings"))?;
    check(own, siblings, first, settings)?;
    let intervals = first.history.intervals();
    let histories: Vec<&Days> = siblings.iter().map(|sibling| sibling.history).collect();
    let profile = SiblingProfile::learn(own, &histories, intervals);
    let sums = own.map_or_else(|| WeekSums::none(intervals), WeekSums::of);
    let volumes: Vec<f64> = siblings
        .iter()
        .map(|sibling| sibling.forecast.days.iter().map(|day| day.total.mean).sum())
        .collect();
    let all: f64 = volumes.iter().sum();
    if all <= 0.0 {
        return Err(InputError::Empty("forecasts of the siblings"));
    }
    // Mean of a property of the siblings, weighted by volume.
    let pooled = |value: &dyn Fn(&LocalForecast) -> f64| -> f64 {
        let weighted = siblings.iter().zip(&volumes);
        weighted
            .map(|(one, volume)| value(one.forecast) * volume)
            .sum::<f64>()
            / all
    };
    let first_variance = pooled(&|forecast| {
        let open = forecast.days.iter().find(|day| day.total.mean > 0.0);
        open.map_or(0.0, |day| day.level_variance)
    });
    let level = level(
        own,
        &histories,
        settings,
        first_variance,
        profile.dispersion,
    )?;
    let mut forecast = LocalForecast {
        days: Vec::new(),
        probabilities: first.forecast.probabilities.clone(),
        chosen: vec![Chosen {
            name: "siblings".to_owned(),
            reason: format!(
                "short history: level borrowed to {:.0} %, error to {:.0} %",
                100.0 * (1.0 - level.weight),
                100.0 * level.error_weight
            ),
        }],
        changes: Vec::new(),
        correlation: pooled(&|forecast| forecast.correlation),
        whole: siblings.iter().all(|sibling| sibling.forecast.whole),
        noise: Noise {
            dispersion: pooled(&|forecast| forecast.noise.dispersion),
            profile: pooled(&|forecast| forecast.noise.profile),
            factors: (0..intervals)
                .map(|interval| {
                    pooled(&|forecast| forecast.noise.factors.get(interval).copied().unwrap_or(1.0))
                })
                .collect(),
        },
    };
    let deviates: Vec<f64> = forecast
        .probabilities
        .iter()
        .map(|p| normal_quantile(*p))
        .collect();
    for (index, day) in first.forecast.days.iter().enumerate() {
        let weekday = weekday_index(day.date.weekday());
        let mut theirs = vec![0.0; intervals];
        for sibling in siblings {
            let volumes = &sibling.forecast.days[index].intervals;
            for (sum, volume) in theirs.iter_mut().zip(volumes) {
                *sum += volume.mean;
            }
        }
        let total: f64 = theirs.iter().sum();
        let shares: Vec<f64> = if total > 0.0 {
            let shares: Vec<f64> = theirs.iter().map(|volume| volume / total).collect();
            profile.apply(&sums, weekday, &shares)
        } else {
            vec![0.0; intervals]
        };
        let borrowed_variance = pooled(&|forecast| forecast.days[index].level_variance);
        let variance = borrowed_variance.max(level.scatter) + level.variance;
        let means: Vec<f64> = shares
            .iter()
            .map(|share| level.share * total * share)
            .collect();
        let volume = |spread: Spread| Volume {
            mean: spread.mean,
            quantiles: spread.quantiles(&forecast.probabilities, &deviates),
        };
        let made = DayForecast {
            date: day.date,
            total: volume(forecast.sum_spread(&means, variance)),
            intervals: means
                .iter()
                .enumerate()
                .map(|(interval, mean)| volume(forecast.interval_spread(interval, *mean, variance)))
                .collect(),
            level_variance: variance,
        };
        forecast.days.push(made);
    }
    let mut profiles = [1.0; 7];
    for (weekday, weight) in profiles.iter_mut().enumerate() {
        *weight = profile.borrowed(&sums, weekday);
    }
    Ok(BorrowedForecast {
        forecast,
        share: level.share,
        borrowed: Borrowed {
            level: 1.0 - level.weight,
            profiles,
            error: level.error_weight,
        },
    })
}

/// Refuses what does not belong together.
fn check(
    own: Option<&Days>,
    siblings: &[Sibling],
    first: &Sibling,
    settings: &SiblingSettings,
) -> Result<(), InputError> {
    let intervals = first.history.intervals();
    not_negative("share error", 0, settings.share_error)?;
    if let Some(share) = settings.expected_share {
        not_negative("expected share", 0, share)?;
    }
    if let Some(own) = own {
        same_length("intervals of a day", intervals, own.intervals())?;
    }
    for sibling in siblings {
        let days = &sibling.forecast.days;
        same_length("intervals of a day", intervals, sibling.history.intervals())?;
        same_length("forecast days", first.forecast.days.len(), days.len())?;
        for (day, other) in days.iter().zip(&first.forecast.days) {
            same_length(
                "intervals of a forecast day",
                intervals,
                day.intervals.len(),
            )?;
            if day.date != other.date {
                return Err(InputError::DateOutside(day.date));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "siblings_tests.rs"]
mod tests;
