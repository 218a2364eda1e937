//! The record of past forecasts: weights, errors, correction of the bands.

use super::calibration::{Calibration, VolumeCalibration, place_of_deviate};
use super::day_error::{Bands, DayError, cube_root_error};
use super::days::Days;
use super::ensemble::{Record, Weights};
use super::intraday::Intraday;
use super::preparation::Prepared;
use super::spread::{Placed, Spread};

/// Most origins at which the past is forecast again.
const MOST_ORIGINS: usize = 40;
/// Cycles that are looked back for origins.
const LOOK_BACK: usize = 104;
/// Cycles needed before the first origin.
const FIRST_CYCLES: usize = 4;
/// One interval in this many is placed in its past distribution.
const INTERVAL_STRIDE: usize = 3;

/// Errors of day totals that count as independent in one cycle: they share their level.
const DAYS_A_CYCLE: f64 = 2.0;
/// Intervals that count as independent in one cycle where no level is shared.
const INTERVALS_A_CYCLE: f64 = 20.0;

/// Cycles over which the past was forecast again.
fn checked_cycles(prepared: &Prepared, origins: &[usize]) -> f64 {
    let first = origins.first().copied().unwrap_or(prepared.series.len());
    (prepared.series.len() - first) as f64 / prepared.series.period as f64
}

/// Origins in the open days, ascending, spread over the past so that all weekdays have
/// their turn; empty when the history is too short.
pub(crate) fn past_origins(length: usize, period: usize) -> Vec<usize> {
    let first = (FIRST_CYCLES * period)
        .max(length / 3)
        .max(length.saturating_sub(LOOK_BACK * period));
    if first + period >= length {
        return Vec::new();
    }
    let mut step = (length - first).div_ceil(MOST_ORIGINS).max(1);
    if period > 1 && step.is_multiple_of(period) {
        step += 1;
    }
    let mut origins = Vec::with_capacity(MOST_ORIGINS);
    let mut origin = length;
    while origin >= first + step {
        origin -= step;
        origins.push(origin);
    }
    origins.reverse();
    origins
}

/// What the past says about the future.
#[derive(Debug, Clone)]
pub(crate) struct DayRecord {
    /// Weights of the members.
    pub(crate) weights: Weights,
    /// Error of the day total by horizon.
    pub(crate) error: DayError,
    /// Correction of the bands of the day total.
    pub(crate) calibration: Calibration,
    /// Correlation of the errors of neighbouring days.
    pub(crate) correlation: f64,
    /// Combined forecasts at each origin.
    pub(crate) combined: Vec<Vec<Option<f64>>>,
    /// Past errors behind all this.
    pub(crate) count: usize,
}

impl DayRecord {
    /// Learns from forecasts `[origin][member][step]` of days that are known by now.
    pub(crate) fn learn(
        prepared: &Prepared,
        bands: Bands,
        origins: &[usize],
        forecasts: &[Vec<Vec<f64>>],
        prior: &[f64],
        fallback: f64,
    ) -> Self {
        let mut records: Vec<Vec<Record>> = vec![Vec::new(); prior.len()];
        for (&origin, by_member) in origins.iter().zip(forecasts) {
            for (list, steps) in records.iter_mut().zip(by_member) {
                for (step, &forecast) in steps.iter().enumerate() {
                    if let Some(actual) =
                        prepared.series.values.get(origin + step).copied().flatten()
                    {
                        list.push((step + 1, actual, forecast));
                    }
                }
            }
        }
        let weights = Weights::learn(bands, &records, prior, origins.len());
        let combined: Vec<Vec<Option<f64>>> = forecasts
            .iter()
            .map(|by_member| {
                let horizon = by_member.iter().map(Vec::len).max().unwrap_or(0);
                (0..horizon)
                    .map(|step| {
                        let values: Vec<Option<f64>> = by_member
                            .iter()
                            .map(|steps| steps.get(step).copied())
                            .collect();
                        weights.combine(step + 1, &values)
                    })
                    .collect()
            })
            .collect();
        let mut errors: Vec<Vec<f64>> = vec![Vec::new(); Bands::COUNT];
        let mut dated: Vec<Vec<Option<(usize, f64)>>> = Vec::new();
        for (&origin, steps) in origins.iter().zip(&combined) {
            let mut row = Vec::with_capacity(steps.len());
            for (step, forecast) in steps.iter().enumerate() {
                let day = origin + step;
                let actual = prepared.seen_from(origin, day);
                let ordinary = prepared.is_event.get(day) == Some(&false);
                let error = match (forecast, actual) {
                    (Some(forecast), Some(actual)) if ordinary => {
                        Some((step + 1, cube_root_error(actual, *forecast)))
                    }
                    _ => None,
                };
                if let Some((step, error)) = error {
                    errors[bands.of(step)].push(error);
                }
                row.push(error);
            }
            dated.push(row);
        }
        let independent = DAYS_A_CYCLE * checked_cycles(prepared, origins);
        let error = DayError::learn(bands, &errors, independent, fallback);
        let count = errors.iter().map(Vec::len).sum();
        let standardised = |&(step, value): &(usize, f64)| -> f64 {
            let scale = error.scale(step);
            if scale > 0.0 {
                value / scale + scale / 3.0
            } else {
                0.0
            }
        };
        let places: Vec<f64> = dated
            .iter()
            .flatten()
            .flatten()
            .map(|pair| error.place(standardised(pair)))
            .collect();
        let calibration = Calibration::new(places, independent);
        let (mut cross, mut square) = (0.0, 0.0);
        for row in &dated {
            for pair in row.windows(2) {
                if let (Some(one), Some(other)) = (&pair[0], &pair[1]) {
                    let (one, other) = (standardised(one), standardised(other));
                    cross += one * other;
                    square += f64::midpoint(one * one, other * other);
                }
            }
        }
        let correlation = if square > 0.0 {
            (cross / square).clamp(0.0, 0.95)
        } else {
            0.5
        };
        Self {
            weights,
            error,
            calibration,
            correlation,
            combined,
            count,
        }
    }

    /// Level variance of a day: that of the total less the noise of its counts.
    pub(crate) fn level_variance(&self, step: usize, total: f64, intraday: &Intraday) -> f64 {
        let counts = if total > 0.0 {
            intraday.noise.dispersion / total
        } else {
            0.0
        };
        (self.error.variance(step) - counts).max(0.0)
    }

    /// Correction of the interval bands: past intervals placed in the distributions that would have
    /// been forecast for them.
    pub(crate) fn interval_calibration(
        &self,
        days: &Days,
        prepared: &Prepared,
        origins: &[usize],
        intraday: &Intraday,
    ) -> VolumeCalibration {
        let whole = days.whole_counts();
        let mut places = Vec::new();
        let (mut common, mut all) = (0.0, 0.0);
        let mut jitter = 0.5;
        let mut turn = 0_usize;
        for ((&origin, steps), profiles) in
            origins.iter().zip(&self.combined).zip(&intraday.at_origins)
        {
            for (step, forecast) in steps.iter().enumerate() {
                let open = origin + step;
                let (Some(forecast), Some(&index)) = (forecast, prepared.calendar_index.get(open))
                else {
                    continue;
                };
                if prepared.series.values[open].is_none() {
                    continue;
                }
                let Some(profile) = &profiles[prepared.series.places[open]] else {
                    continue;
                };
                // The past level scale: a shift rescales the forecast but not the intervals.
                let factor = 1.0 / prepared.alignment[open];
                let level = self.level_variance(step + 1, *forecast, intraday);
                for (interval, (cell, share)) in days.rows()[index].iter().zip(profile).enumerate()
                {
                    turn += 1;
                    if !turn.is_multiple_of(INTERVAL_STRIDE) {
                        continue;
                    }
                    let Some(actual) = cell.volume() else {
                        continue;
                    };
                    let mean = forecast * factor * share;
                    if mean <= 0.0 {
                        continue;
                    }
                    let variance = mean * mean * level + intraday.noise.variance(interval, mean);
                    jitter = (jitter + 0.618_033_988_749_895_f64).fract();
                    common += level * mean * mean / variance.max(f64::MIN_POSITIVE);
                    all += 1.0;
                    let spread = Spread {
                        mean,
                        variance,
                        whole,
                    };
                    let place = match spread.placed(actual, jitter) {
                        Placed::Probability(value) => value,
                        Placed::Deviate(value) => place_of_deviate(value),
                    };
                    places.push((mean, place));
                }
            }
        }
        // The level is shared by the intervals of a day and by neighbouring days, the rest is not.
        let shared = if all > 0.0 { common / all } else { 1.0 };
        let a_cycle = 1.0 / (shared / DAYS_A_CYCLE + (1.0 - shared) / INTERVALS_A_CYCLE);
        let independent = a_cycle * checked_cycles(prepared, origins);
        VolumeCalibration::new(places, independent)
    }
}
