//! Regression on the calendar in logarithmic scale.

use crate::calendar::{Datelike, weekday_index};
use std::f64::consts::TAU;

use chrono::NaiveDate;

use super::super::linear::NormalEquations;
use super::super::models::adaptive::smoothed_level;
use super::Past;

/// Fourier orders of the position in the month.
const MONTH_ORDER: usize = 3;
/// Fourier orders of the position in the year.
const YEAR_ORDER: usize = 6;
/// Days of history from which on the yearly curve is used.
const YEAR_FROM: usize = 548;
/// Days of history from which on the monthly curve is used.
const MONTH_FROM: usize = 60;
/// Days between knots of the trend.
const KNOT_DAYS: usize = 60;
/// Part of the weight a day loses from one day to the next.
const FORGETTING: f64 = 1.0 / 1461.0;

/// Penalties in units of observations: pull towards zero.
const WEEKDAY_PENALTY: f64 = 0.1;
/// Penalty of the monthly terms.
const MONTH_PENALTY: f64 = 10.0;
/// Penalty of the two pulses around the turn of the month.
const TURN_PENALTY: f64 = 3.0;
/// Open days over which a pulse falls to a third.
const TURN_REACH: f64 = 2.0;
/// Penalty of the yearly terms.
const YEAR_PENALTY: f64 = 3.0;
/// Penalty of a change of the slope.
const KNOT_PENALTY: f64 = 1.0;

/// `log y = weekday + month curve + year curve + piecewise linear trend + regressors`, by
/// penalised least squares with slow forgetting. The trend only keeps the curves free of the
/// level; forecasts take the level from the smoothed residuals instead.
#[derive(Debug)]
pub(crate) struct CalendarRegression {
    rows: Vec<Vec<f64>>,
    penalties: Vec<f64>,
    curve: std::ops::Range<usize>,
    trend: std::ops::Range<usize>,
}

/// Coefficients at one origin.
#[derive(Debug, Clone)]
pub(crate) struct CalendarFit {
    coefficients: Vec<f64>,
}

impl CalendarRegression {
    /// Rows for all days of history and horizon.
    pub(crate) fn new(
        dates: &[NaiveDate],
        places: &[usize],
        period: usize,
        history: usize,
        regressors: &[Vec<f64>],
    ) -> Self {
        let span = match (dates.first(), dates.get(history.saturating_sub(1))) {
            (Some(first), Some(last)) => usize::try_from((*last - *first).num_days()).unwrap_or(0),
            _ => 0,
        };
        let month_order = if span >= MONTH_FROM { MONTH_ORDER } else { 0 };
        let year_order = if span >= YEAR_FROM { YEAR_ORDER } else { 0 };
        let knots = span / KNOT_DAYS;
        let mut penalties = vec![WEEKDAY_PENALTY; period];
        let curve_start = penalties.len();
        for order in 0..month_order {
            penalties.extend([MONTH_PENALTY * (order as f64 + 1.0); 2]);
        }
        let turn = month_order > 0;
        if turn {
            penalties.extend([TURN_PENALTY; 2]);
        }
        for order in 0..year_order {
            penalties.extend([YEAR_PENALTY * (order as f64 + 1.0); 2]);
        }
        penalties.extend(vec![1.0; regressors.len()]);
        let curve_end = penalties.len();
        penalties.push(0.0);
        penalties.extend(vec![KNOT_PENALTY; knots + 1]);
        let mut open = [false; 7];
        for date in dates {
            open[weekday_index(date.weekday())] = true;
        }
        let rows = dates
            .iter()
            .zip(places)
            .enumerate()
            .map(|(day, (date, &place))| {
                let mut row = vec![0.0; period];
                row[place] = 1.0;
                push_waves(&mut row, month_phase(*date), month_order);
                if turn {
                    let (since, until) = turn_distances(*date, open);
                    row.push((-since / TURN_REACH).exp());
                    row.push((-until / TURN_REACH).exp());
                }
                push_waves(&mut row, year_phase(*date), year_order);
                row.extend(
                    regressors
                        .iter()
                        .map(|column| column.get(day).copied().unwrap_or(0.0)),
                );
                let elapsed = dates
                    .first()
                    .map_or(0.0, |first| (*date - *first).num_days() as f64);
                row.push(1.0);
                for knot in 0..=knots {
                    row.push((elapsed / KNOT_DAYS as f64 - knot as f64).max(0.0));
                }
                row
            })
            .collect();
        let trend = curve_end..penalties.len();
        Self {
            rows,
            penalties,
            curve: curve_start..curve_end,
            trend,
        }
    }

    /// Whether there is any curve to learn.
    pub(crate) fn has_curve(&self) -> bool {
        !self.curve.is_empty()
    }

    /// Fits at every origin (ascending) from the days before it.
    pub(crate) fn fits(
        &self,
        values: &[Option<f64>],
        origins: &[usize],
    ) -> Vec<Option<CalendarFit>> {
        let mut equations = NormalEquations::new(self.penalties.len());
        let mut day = 0;
        origins
            .iter()
            .map(|&origin| {
                while day < origin {
                    if let Some(value) = values[day].filter(|value| *value > 0.0) {
                        equations.forget(1.0 - FORGETTING);
                        equations.add(&self.rows[day], value.ln());
                    }
                    day += 1;
                }
                let coefficients = equations.solve(&self.penalties)?;
                Some(CalendarFit { coefficients })
            })
            .collect()
    }

    /// Multiplier of a day by the month and year curves and the regressors.
    pub(crate) fn factor(&self, fit: &CalendarFit, day: usize) -> f64 {
        dot(&self.rows[day], &fit.coefficients, self.curve.clone())
            .clamp(-3.0, 3.0)
            .exp()
    }

    /// Forecast of the regression itself: everything but the trend, at the robustly smoothed
    /// level of the past residuals.
    pub(crate) fn forecast(
        &self,
        fit: &CalendarFit,
        past: Past<'_>,
        rate: f64,
        future: usize,
    ) -> Vec<f64> {
        let seasonal = |day: usize| dot(&self.rows[day], &fit.coefficients, 0..self.trend.start);
        let origin = past.values.len();
        let residuals: Vec<f64> = past
            .values
            .iter()
            .enumerate()
            .filter_map(|(day, value)| {
                value
                    .filter(|value| *value > 0.0)
                    .map(|value| value.ln() - seasonal(day))
            })
            .collect();
        let Some(level) = smoothed_level(&residuals, 2 * past.period, rate) else {
            return Vec::new();
        };
        (origin..origin + future)
            .map(|day| (level + seasonal(day)).min(600.0).exp())
            .collect()
    }
}

/// Sum of products over a range of columns.
fn dot(row: &[f64], coefficients: &[f64], columns: std::ops::Range<usize>) -> f64 {
    row[columns.clone()]
        .iter()
        .zip(&coefficients[columns])
        .map(|(x, b)| x * b)
        .sum()
}

/// Position in the month from zero to one.
fn month_phase(date: NaiveDate) -> f64 {
    f64::from(date.day0()) / f64::from(date.num_days_in_month())
}

/// Open weekdays since the first and until the last one of the month.
fn turn_distances(date: NaiveDate, open: [bool; 7]) -> (f64, f64) {
    let is_open =
        |day: &NaiveDate| day.month() == date.month() && open[weekday_index(day.weekday())];
    let days = |list: &mut dyn Iterator<Item = NaiveDate>| -> f64 {
        list.skip(1)
            .take_while(|day| day.month() == date.month())
            .filter(is_open)
            .count() as f64
    };
    let mut back = std::iter::successors(Some(date), NaiveDate::pred_opt);
    (days(&mut back), days(&mut date.iter_days()))
}

/// Position in the year from zero to one.
fn year_phase(date: NaiveDate) -> f64 {
    f64::from(date.ordinal0()) / 365.25
}

/// Appends sine and cosine pairs.
fn push_waves(row: &mut Vec<f64>, phase: f64, order: usize) {
    for wave in 1..=order {
        let angle = TAU * phase * wave as f64;
        row.push(angle.sin());
        row.push(angle.cos());
    }
}
