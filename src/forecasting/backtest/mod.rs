//! Rolling-origin backtests: forecast again from many days of the past, and score what came.
//!
//! Days are counted on the open days of the week, so a horizon of 20 days of a five-day week is four
//! weeks. A day is scored as a whole when nine tenths of its open intervals are known; intervals are
//! scored where they are known.
//!
//! | score | formula |
//! |---|---|
//! | WAPE | `Σ |f − y| / Σ y` |
//! | bias | `Σ (f − y) / Σ y` |
//! | MASE | mean over origins of `MAE / scale`, scale the mean weekly difference of the last 365 days |
//! | RMSSE | the same with squares, the root taken at each origin |
//! | coverage | share of points within the central band, ends included |
//! | width | `Σ (upper − lower) / Σ y` of the 80 % band |
//! | weighted quantile loss | mean over the quantiles of `2 Σ pinball / Σ y` |

mod contender;
mod score;

use chrono::NaiveDate;
use rayon::prelude::*;

pub use contender::{Contender, MeanOfWeeks};
pub use score::{Bands, Level, Score};

use super::{Days, Event, ForecastError};
use score::{Point, Scale};

/// Quantiles that are scored.
pub const QUANTILES: [f64; 5] = [0.025, 0.1, 0.5, 0.9, 0.975];

/// Which origins to forecast from, counted in open days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rolling {
    /// Open days of history before the first origin; at least one is taken.
    pub first: usize,
    /// Open days from one origin to the next; better no multiple of the week.
    pub step: usize,
    /// Open days ahead that are scored.
    pub horizon: usize,
}

/// A history laid out for a backtest.
#[derive(Debug, Clone)]
pub struct Backtest<'a> {
    days: &'a Days,
    events: &'a [Event],
    rolling: Rolling,
    /// Calendar index of each open day.
    open: Vec<usize>,
    season: usize,
}

/// What one contender did at all origins.
#[derive(Debug, Clone)]
pub struct Run {
    days: Vec<Point>,
    intervals: Vec<Point>,
    day_scales: Vec<Scale>,
    interval_scales: Vec<Scale>,
}

/// One forecast of one origin, with what came where it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecasted {
    /// The last day learnt from.
    pub origin: NaiveDate,
    /// The day forecast.
    pub date: NaiveDate,
    /// Open days ahead, from 1.
    pub step: usize,
    /// The interval of the day; `None` for its total.
    pub interval: Option<usize>,
    /// Expected volume.
    pub mean: f64,
    /// Quantiles at [`QUANTILES`], from contenders that have any.
    pub quantiles: Option<[f64; 5]>,
    /// What came.
    pub actual: Option<f64>,
}

impl<'a> Backtest<'a> {
    /// Lays out a history; events are known to contenders before they happen.
    pub fn new(days: &'a Days, events: &'a [Event], rolling: Rolling) -> Self {
        let open: Vec<usize> = (0..days.len())
            .filter(|&index| !days.is_closed(index))
            .collect();
        let weeks = (days.len() as f64 / 7.0).max(1.0);
        let season = (open.len() as f64 / weeks).round();
        Self {
            days,
            events,
            rolling,
            season: (1..=7).rev().find(|&n| n as f64 <= season).unwrap_or(1),
            open,
        }
    }

    /// Open days in a week.
    pub const fn season(&self) -> usize {
        self.season
    }

    /// Number of open days before each origin's first forecast day.
    pub fn origins(&self) -> Vec<usize> {
        let Rolling {
            first,
            step,
            horizon,
        } = self.rolling;
        (first.max(1)..)
            .step_by(step.max(1))
            .take_while(|origin| origin + horizon <= self.open.len())
            .collect()
    }

    /// Every forecast of a contender, origins side by side; the same on any number of threads.
    ///
    /// # Errors
    /// The contender's first error.
    pub fn forecasts(&self, contender: &dyn Contender) -> Result<Vec<Forecasted>, ForecastError> {
        let by_origin: Vec<Result<Vec<Forecasted>, ForecastError>> = (self.origins().par_iter())
            .map(|&origin| self.at_origin(origin, contender))
            .collect();
        let mut all = Vec::new();
        for found in by_origin {
            all.extend(found?);
        }
        Ok(all)
    }

    /// A contender's scores.
    ///
    /// # Errors
    /// The contender's first error.
    pub fn run(&self, contender: &dyn Contender) -> Result<Run, ForecastError> {
        let forecasts = self.forecasts(contender)?;
        let origins = self.origins();
        let (mut days, mut intervals) = (Vec::new(), Vec::new());
        for forecast in &forecasts {
            let Some(actual) = forecast.actual else {
                continue;
            };
            let length = self
                .days
                .position(forecast.origin)
                .map_or(0, |index| index + 1);
            let place = origins.iter().position(|&o| self.open[o - 1] + 1 == length);
            let point = Point {
                origin: place.unwrap_or(0),
                step: forecast.step,
                date: forecast.date,
                actual,
                mean: forecast.mean,
                quantiles: forecast.quantiles,
            };
            if forecast.interval.is_none() {
                days.push(point);
            } else {
                intervals.push(point);
            }
        }
        Ok(Run {
            days,
            intervals,
            day_scales: self.scales(&origins, Level::Day),
            interval_scales: self.scales(&origins, Level::Interval),
        })
    }

    fn at_origin(
        &self,
        origin: usize,
        contender: &dyn Contender,
    ) -> Result<Vec<Forecasted>, ForecastError> {
        let length = self.open[origin - 1] + 1;
        let history = self.days.truncated(length)?;
        let ahead = self.open[origin + self.rolling.horizon - 1] + 1 - length;
        let forecast = contender.forecast(&history, self.events, ahead)?;
        let last = self.days.date(length - 1)?;
        let mut found = Vec::new();
        for step in 1..=self.rolling.horizon {
            let index = self.open[origin + step - 1];
            let Some(day) = forecast.days.get(index - length) else {
                continue;
            };
            let same = forecast.probabilities == QUANTILES;
            let five = |quantiles: &[f64]| <[f64; 5]>::try_from(quantiles).ok().filter(|_| same);
            let mut push = |interval, mean, quantiles: &[f64], actual| {
                found.push(Forecasted {
                    origin: last,
                    date: day.date,
                    step,
                    interval,
                    mean,
                    quantiles: five(quantiles),
                    actual,
                });
            };
            push(
                None,
                day.total.mean,
                &day.total.quantiles,
                self.total(index),
            );
            if self.days.intervals() > 1 {
                for (interval, volume) in day.intervals.iter().enumerate() {
                    let actual = self.days.rows()[index][interval].volume();
                    push(Some(interval), volume.mean, &volume.quantiles, actual);
                }
            }
        }
        Ok(found)
    }

    /// Total of a day with nine tenths of its open intervals known, scaled up evenly.
    fn total(&self, index: usize) -> Option<f64> {
        let row = &self.days.rows()[index];
        let open = row.iter().filter(|state| state.is_open()).count() as f64;
        let known: Vec<f64> = row.iter().filter_map(|state| state.volume()).collect();
        let share = known.len() as f64 / open;
        (share >= 0.9).then(|| known.iter().sum::<f64>() / share)
    }

    /// Weekly differences over the last 365 open days before each origin.
    fn scales(&self, origins: &[usize], level: Level) -> Vec<Scale> {
        (origins.iter())
            .map(|&origin| {
                let from = origin.saturating_sub(365).max(self.season);
                let pairs = (from..origin).flat_map(|day| {
                    self.pairs(self.open[day - self.season], self.open[day], level)
                });
                Scale::of(pairs)
            })
            .collect()
    }

    fn pairs(&self, before: usize, after: usize, level: Level) -> Vec<(f64, f64)> {
        let rows = self.days.rows();
        match level {
            Level::Day => self
                .total(before)
                .zip(self.total(after))
                .into_iter()
                .collect(),
            Level::Interval => (rows[before].iter().zip(&rows[after]))
                .filter_map(|(one, other)| one.volume().zip(other.volume()))
                .collect(),
        }
    }
}

impl Run {
    /// Scores of the first `reach` days ahead.
    pub fn score(&self, level: Level, reach: usize) -> Score {
        self.score_where(level, |step, _| step <= reach)
    }

    /// Scores of the forecasts that a condition on distance and date lets through.
    pub fn score_where(&self, level: Level, wanted: impl Fn(usize, NaiveDate) -> bool) -> Score {
        let (points, scales) = match level {
            Level::Day => (&self.days, &self.day_scales),
            Level::Interval => (&self.intervals, &self.interval_scales),
        };
        let chosen: Vec<&Point> = (points.iter())
            .filter(|point| wanted(point.step, point.date))
            .collect();
        Score::of(&chosen, scales)
    }
}
