//! Ratios that go with a volume: handling time, abandonment and patience, by weekday and interval.
//!
//! Each is a ratio of sums, `amount / exposure`, never a mean of ratios:
//!
//! | rate | amount | exposure |
//! |---|---|---|
//! | handling time in seconds | handle seconds | contacts handled |
//! | abandonment as a fraction | contacts abandoned | contacts offered |
//! | abandonments per second of waiting | contacts abandoned | seconds waited by all contacts |
//!
//! The last is the censored maximum-likelihood estimate for exponential patience (contacts that
//! were served cut their patience short); mean patience is its reciprocal, total wait over
//! abandonments (Brown et al. 2005, section 5).
//!
//! Model: `rate(w, s) = overall x weekday(w) x interval(s) x cell(w, s)`, the three factors shrunk
//! to one by empirical Bayes (Buehlmann and Straub 1970). A group with amount `A` and expected
//! amount `X` (exposure times the other factors) has the factor `1 + z (A/X - 1)`, with `z`
//! the share of true differences between groups in all differences; the noise of a ratio falls
//! with its exposure and with the number of its observations (formulas with the source of the
//! credibility estimate). Weekday factors take days as their observations, so that what a whole
//! day has in common is not mistaken for evidence; intervals and cells take intervals. Observations
//! of age `d` days weigh `2^(-d / half life)`. Groups without exposure, groups that differ no
//! more than by chance, and all groups when nothing repeats, take their parents' value.
//!
//! The standard error adds the relative variances of the parts: of the overall rate over days,
//! and of each factor `(1 - z) between`. Durations doubled double rates and errors exactly.

mod credibility;
mod rate_history;

use crate::calendar::{Datelike, weekday_index};
use chrono::NaiveDate;
use rate_history::Item;
pub use rate_history::{Exposed, RateHistory};

use crate::forecasting::input_error::InputError;
use crate::forecasting::rates::credibility::{Observation, credibility};

/// Rounds of fitting weekday and interval factors to each other.
const ROUNDS: usize = 20;

/// What kind of ratio the amounts make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateKind {
    /// Seconds per contact: any spread.
    Duration,
    /// Events per contact, at most one: at least the spread of a binomial variable.
    Share,
    /// Events per second: at least the spread of a Poisson variable.
    Hazard,
}

/// One rate with what is known about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The rate, in amount per exposure.
    pub value: f64,
    /// Its standard error; `None` when nothing repeats in the history.
    pub standard_error: Option<f64>,
    /// Weight, between zero and one, of the cell's own deviation from weekday and interval.
    pub own_weight: f64,
}

impl Rate {
    /// The reciprocal with its standard error: mean patience from abandonments per second.
    /// `None` when the rate is zero.
    pub fn reciprocal(self) -> Option<Self> {
        (self.value > 0.0).then(|| Self {
            value: 1.0 / self.value,
            standard_error: self
                .standard_error
                .map(|error| error / (self.value * self.value)),
            own_weight: self.own_weight,
        })
    }
}

/// Forecast rates by weekday and interval.
#[derive(Debug, Clone, PartialEq)]
pub struct RateForecast {
    /// Rate over everything, recency weighted.
    pub overall: Rate,
    /// Factors of Monday to Sunday.
    pub weekdays: [f64; 7],
    /// Factors of the intervals of a day.
    pub intervals: Vec<f64>,
    cells: Vec<Rate>,
}

impl RateForecast {
    /// The rate on a date in an interval; `None` for an interval that does not exist.
    pub fn on(&self, date: NaiveDate, interval: usize) -> Option<Rate> {
        if interval < self.intervals.len() {
            let cell = weekday_index(date.weekday()) * self.intervals.len() + interval;
            self.cells.get(cell).copied()
        } else {
            None
        }
    }

    /// Learns the rates from a history.
    ///
    /// Without a single event a share is forecast as zero with the error `1 / exposure`.
    ///
    /// # Errors
    ///
    /// [`InputError::InvalidNumber`] for a half life that is not positive,
    /// [`InputError::NoEvents`] for durations or hazards without any amount,
    /// [`InputError::Empty`] when recency leaves no exposure.
    pub fn learn(
        history: &RateHistory,
        kind: RateKind,
        half_life_days: f64,
    ) -> Result<Self, InputError> {
        if half_life_days.is_nan() || half_life_days <= 0.0 {
            return Err(InputError::InvalidNumber {
                what: "half life",
                position: 0,
                value: half_life_days,
            });
        }
        let items = history.items(half_life_days);
        let intervals = history.intervals();
        let amount: f64 = items.iter().map(|item| item.weight * item.amount).sum();
        let exposure: f64 = items.iter().map(|item| item.weight * item.exposure).sum();
        if exposure <= 0.0 {
            return Err(InputError::Empty("exposure within reach of the half life"));
        }
        if amount <= 0.0 && kind != RateKind::Share {
            return Err(InputError::NoEvents("rate without any amount"));
        }
        let overall = amount / exposure;
        if overall <= 0.0 {
            let rate = Rate {
                value: 0.0,
                standard_error: Some(1.0 / exposure),
                own_weight: 0.0,
            };
            return Ok(Self {
                overall: rate,
                weekdays: [1.0; 7],
                intervals: vec![1.0; intervals],
                cells: vec![rate; 7 * intervals],
            });
        }
        let floor = match kind {
            RateKind::Duration => None,
            RateKind::Share => Some((1.0 - overall).max(0.0)),
            RateKind::Hazard => Some(1.0),
        };
        // Alternates between weekdays, from day sums, and intervals, from intervals.
        let observe = |factor: &dyn Fn(&Item) -> f64, group: &dyn Fn(&Item) -> usize| {
            items
                .iter()
                .map(|item| Observation {
                    group: group(item),
                    amount: item.amount,
                    expected: item.exposure * overall * factor(item),
                    weight: item.weight,
                })
                .collect::<Vec<Observation>>()
        };
        let days: Vec<usize> = items.iter().map(|item| item.day).collect();
        let (mut weekdays, mut of_intervals) = (vec![1.0; 7], vec![1.0; intervals]);
        let (mut weekday_variance, mut interval_variance) = (vec![0.0; 7], vec![0.0; intervals]);
        for _ in 0..ROUNDS {
            let listed = observe(&|item| of_intervals[item.interval], &|item| item.weekday);
            let fit = credibility(&by_day(&listed, &days), 7, floor);
            (weekdays, weekday_variance) = (fit.factors, fit.variances);
            let listed = observe(&|item| weekdays[item.weekday], &|item| item.interval);
            let fit = credibility(&listed, intervals, floor);
            (of_intervals, interval_variance) = (fit.factors, fit.variances);
        }
        let cell = |item: &Item| item.weekday * intervals + item.interval;
        let both = |item: &Item| weekdays[item.weekday] * of_intervals[item.interval];
        let cells = credibility(&observe(&both, &cell), 7 * intervals, floor);
        // The overall rate varies from day to day about the fitted factors.
        let all: Vec<Observation> = by_day(&observe(&both, &|_| 0), &days);
        let base = credibility(&all, 1, floor);
        let square = base.errors.first().copied().flatten();
        let rate = |value: f64, more: f64, own_weight: f64| Rate {
            value,
            standard_error: square.map(|square| value * (square + more).sqrt()),
            own_weight,
        };
        let list = (0..7 * intervals)
            .map(|index| {
                let (weekday, interval) = (index / intervals, index % intervals);
                let value =
                    overall * weekdays[weekday] * of_intervals[interval] * cells.factors[index];
                let more = weekday_variance[weekday]
                    + interval_variance[interval]
                    + cells.variances[index];
                let value = if kind == RateKind::Share {
                    value.min(1.0)
                } else {
                    value
                };
                rate(value, more, cells.weights[index])
            })
            .collect();
        let mut factors = [1.0; 7];
        factors.copy_from_slice(&weekdays);
        Ok(Self {
            overall: rate(overall, 0.0, 1.0),
            weekdays: factors,
            intervals: of_intervals,
            cells: list,
        })
    }
}

/// Sums of the intervals of each day; intervals come in order of days.
fn by_day(observations: &[Observation], days: &[usize]) -> Vec<Observation> {
    let mut sums: Vec<Observation> = Vec::new();
    let mut last = None;
    for (observation, &day) in observations.iter().zip(days) {
        match sums.last_mut() {
            Some(sum) if last == Some(day) => {
                sum.amount += observation.amount;
                sum.expected += observation.expected;
            }
            _ => sums.push(*observation),
        }
        last = Some(day);
    }
    sums
}

#[cfg(test)]
#[path = "rates_tests.rs"]
mod tests;
