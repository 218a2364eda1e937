use std::fmt;

use crate::forecasting::{
    Automatic, DayForecast, Days, Event, ForecastError, LocalForecast, Volume,
};

/// Something that forecasts the days after a history.
pub trait Contender: fmt::Debug + Sync {
    /// Forecast of the calendar days after the history; `events` holds past and future ones.
    ///
    /// # Errors
    /// What keeps it from a forecast.
    fn forecast(
        &self,
        history: &Days,
        events: &[Event],
        horizon_days: usize,
    ) -> Result<LocalForecast, ForecastError>;
}

impl Contender for Automatic {
    fn forecast(
        &self,
        history: &Days,
        events: &[Event],
        horizon_days: usize,
    ) -> Result<LocalForecast, ForecastError> {
        let settings = Self {
            horizon_days,
            ..self.clone()
        };
        settings.fit(history, events)?.forecast(horizon_days)
    }
}

/// The mean of the last same weekdays, interval by interval, on gaps filled in the same way: with 4
/// weeks the planner's rule, with 1 the seasonal naive. Only means, no bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeanOfWeeks {
    /// Same weekdays to average.
    pub weeks: usize,
}

impl Contender for MeanOfWeeks {
    fn forecast(
        &self,
        history: &Days,
        _events: &[Event],
        horizon_days: usize,
    ) -> Result<LocalForecast, ForecastError> {
        let mut rows = filled(history);
        let length = rows.len();
        let mut days = Vec::with_capacity(horizon_days);
        for step in 0..horizon_days {
            // Beyond a week the last known same weekdays stand again.
            let back = length + step - step / 7 * 7;
            let means = mean_before(&rows, back, self.weeks, history.intervals());
            days.push(DayForecast::of_means(history.date(length + step)?, &means));
        }
        rows.truncate(length);
        Ok(LocalForecast::of_means(days))
    }
}

/// Rows with every gap filled by the mean of up to four latest same weekdays, fills counting too.
fn filled(history: &Days) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(history.len());
    for (index, row) in history.rows().iter().enumerate() {
        let usual = mean_before(&rows, index, 4, history.intervals());
        let closed = history.is_closed(index);
        let fill = |(state, usual): (&crate::forecasting::IntervalState, f64)| {
            state.volume().unwrap_or(if closed { 0.0 } else { usual })
        };
        rows.push(row.iter().zip(usual).map(fill).collect());
    }
    rows
}

/// Mean of the rows one, two … weeks before a day, as many as there are.
fn mean_before(rows: &[Vec<f64>], day: usize, weeks: usize, intervals: usize) -> Vec<f64> {
    let past: Vec<&Vec<f64>> = (1..=weeks)
        .filter_map(|week| day.checked_sub(week * 7))
        .filter_map(|index| rows.get(index))
        .collect();
    let count = past.len().max(1) as f64;
    (0..intervals)
        .map(|i| past.iter().map(|row| row[i]).sum::<f64>() / count)
        .collect()
}

impl DayForecast {
    /// Means alone.
    fn of_means(date: chrono::NaiveDate, means: &[f64]) -> Self {
        let volume = |mean: f64| Volume {
            mean,
            quantiles: Vec::new(),
        };
        Self {
            date,
            total: volume(means.iter().sum()),
            intervals: means.iter().map(|&mean| volume(mean)).collect(),
            level_variance: 0.0,
        }
    }
}
