//! Forecast days from totals, profiles and the record.

use crate::calendar::{Datelike, weekday_index};
use chrono::NaiveDate;

use super::calibration::VolumeCalibration;
use super::days::{Days, IntervalState};
use super::effects::Effects;
use super::events::EventCalendar;
use super::interval_effects::IntervalEffects;
use super::intraday::Intraday;
use super::local_forecast::{DayForecast, Volume};
use super::numbers::normal_quantile;
use super::preparation::Prepared;
use super::profile::normalised;
use super::record::DayRecord;
use super::spread::Spread;

/// Latest same weekdays that say which intervals are open.
const PATTERN_WEEKS: usize = 4;

/// Calendar days of the horizon.
pub(crate) struct Future {
    /// Dates of the calendar days.
    pub(crate) dates: Vec<NaiveDate>,
    /// Place in the cycle; `None` on closed days.
    pub(crate) places: Vec<Option<usize>>,
}

/// Everything the forecast days are made from.
pub(crate) struct Assembly<'a> {
    /// The history.
    pub(crate) days: &'a Days,
    /// The cleaned history.
    pub(crate) prepared: &'a Prepared,
    /// Events by date.
    pub(crate) calendar: &'a EventCalendar,
    /// The record of past forecasts.
    pub(crate) record: &'a DayRecord,
    /// Profiles and interval noise.
    pub(crate) intraday: &'a Intraday,
    /// Correction of the interval bands.
    pub(crate) interval_calibration: &'a VolumeCalibration,
    /// Effects of events on totals.
    pub(crate) effects: &'a Effects,
    /// Effects of events on intervals.
    pub(crate) interval_effects: &'a IntervalEffects,
    /// Ascending probabilities.
    pub(crate) probabilities: &'a [f64],
    /// Whether volumes are counts.
    pub(crate) whole: bool,
}

impl Assembly<'_> {
    /// Forecast days from the ordinary totals of the open days.
    pub(crate) fn days(&self, future: &Future, totals: &[f64]) -> Vec<DayForecast> {
        let day_levels: Vec<f64> = self
            .probabilities
            .iter()
            .map(|p| self.record.calibration.level(*p))
            .collect();
        let interval_levels = self.interval_calibration.levels(self.probabilities);
        let day_deviates: Vec<f64> = day_levels
            .iter()
            .map(|p| self.record.error.deviate(*p))
            .collect();
        let interval_deviates: Vec<Vec<f64>> = interval_levels
            .iter()
            .map(|list| list.iter().map(|p| normal_quantile(*p)).collect())
            .collect();
        let indices = self.prepared.place_indices();
        let closed_intervals = self.closed_intervals();
        let closed = Volume {
            mean: 0.0,
            quantiles: vec![0.0; self.probabilities.len()],
        };
        let mut step = 0;
        future
            .dates
            .iter()
            .zip(&future.places)
            .map(|(&date, &place)| {
                let Some(place) = place else {
                    return DayForecast {
                        date,
                        total: closed.clone(),
                        intervals: vec![closed.clone(); self.days.intervals()],
                        level_variance: 0.0,
                    };
                };
                step += 1;
                let event = self.calendar.on(date);
                let profile = self.intraday.shares(place, self.days.intervals());
                let mut shares = without(profile, &closed_intervals[weekday_index(date.weekday())]);
                let effect = event.map(|key| {
                    if self.days.intervals() == 1 {
                        return self.effects.factor(key, indices[place]);
                    }
                    let (factor, changed) = self.interval_effects.apply(key, &shares);
                    shares = changed;
                    factor
                });
                let mean = totals[step - 1] * effect.map_or(1.0, |effect| effect.factor);
                let extra = effect.map_or(0.0, |effect| effect.spread * effect.spread);
                let scale = self.record.error.scale(step);
                let square = scale * scale + extra;
                let spread = Spread {
                    mean,
                    variance: mean * mean * square,
                    whole: self.whole,
                };
                let total = Volume {
                    mean,
                    quantiles: spread.quantiles(&day_levels, &day_deviates),
                };
                let level_variance = self.record.level_variance(step, mean, self.intraday) + extra;
                if self.days.intervals() == 1 {
                    let intervals = vec![total.clone()];
                    return DayForecast {
                        date,
                        total,
                        intervals,
                        level_variance,
                    };
                }
                let intervals = shares
                    .iter()
                    .enumerate()
                    .map(|(interval, share)| {
                        let mean = mean * share;
                        let noise = self.intraday.noise.variance(interval, mean);
                        let variance = mean * mean * level_variance + noise;
                        let spread = Spread {
                            mean,
                            variance,
                            whole: self.whole,
                        };
                        let class = self.interval_calibration.class(mean);
                        let (levels, deviates) =
                            (&interval_levels[class], &interval_deviates[class]);
                        Volume {
                            mean,
                            quantiles: spread.quantiles(levels, deviates),
                        }
                    })
                    .collect();
                DayForecast {
                    date,
                    total,
                    intervals,
                    level_variance,
                }
            })
            .collect()
    }

    /// Intervals closed on all of the latest open same weekdays, by weekday.
    fn closed_intervals(&self) -> [Vec<bool>; 7] {
        let mut seen = [0_usize; 7];
        let mut closed: [Vec<bool>; 7] = Default::default();
        for (index, row) in self.days.rows().iter().enumerate().rev() {
            let Ok(date) = self.days.date(index) else {
                continue;
            };
            let weekday = weekday_index(date.weekday());
            if seen[weekday] == PATTERN_WEEKS || self.days.is_closed(index) {
                continue;
            }
            if seen[weekday] == 0 {
                closed[weekday] = vec![true; row.len()];
            }
            seen[weekday] += 1;
            for (flag, cell) in closed[weekday].iter_mut().zip(row) {
                *flag &= *cell == IntervalState::Closed;
            }
        }
        closed
    }
}

/// Shares with the closed intervals at zero, the day spread over the rest.
fn without(shares: Vec<f64>, closed: &[bool]) -> Vec<f64> {
    let open: Vec<f64> = shares
        .iter()
        .enumerate()
        .map(|(interval, share)| {
            if closed.get(interval) == Some(&true) {
                0.0
            } else {
                *share
            }
        })
        .collect();
    normalised(open).unwrap_or(shares)
}
