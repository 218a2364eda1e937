//! Amounts and exposures by day and interval.

use crate::calendar::{Datelike, weekday_index};
use chrono::NaiveDate;

use crate::forecasting::input_error::{InputError, not_negative, same_length};

/// Amount and exposure of one interval.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Exposed {
    /// Seconds or events.
    pub amount: f64,
    /// What the amount is counted against.
    pub exposure: f64,
}

/// Amounts and exposures by day and interval; `None` where either is unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct RateHistory {
    first: NaiveDate,
    intervals: usize,
    rows: Vec<Vec<Option<Exposed>>>,
}

impl RateHistory {
    /// A history from its first date on. An amount without exposure (seconds of a contact that
    /// was counted in another interval) is allowed and goes into all sums.
    ///
    /// # Errors
    ///
    /// [`InputError`] for uneven rows, for numbers that are negative or no numbers, and for
    /// a history without any exposure.
    pub fn new(
        first: NaiveDate,
        intervals: usize,
        rows: Vec<Vec<Option<Exposed>>>,
    ) -> Result<Self, InputError> {
        let mut exposure = 0.0;
        for row in &rows {
            same_length("intervals of a day", intervals, row.len())?;
            for (interval, cell) in row.iter().enumerate() {
                if let Some(cell) = cell {
                    not_negative("amount", interval, cell.amount)?;
                    exposure += not_negative("exposure", interval, cell.exposure)?;
                }
            }
        }
        if exposure > 0.0 {
            Ok(Self {
                first,
                intervals,
                rows,
            })
        } else {
            Err(InputError::Empty("exposure"))
        }
    }

    /// Intervals of a day.
    pub fn intervals(&self) -> usize {
        self.intervals
    }

    /// Known intervals in order of time with their recency weights.
    pub(crate) fn items(&self, half_life_days: f64) -> Vec<Item> {
        let last = self.rows.len().saturating_sub(1);
        let mut items = Vec::new();
        for ((day, row), date) in self.rows.iter().enumerate().zip(self.first.iter_days()) {
            let weight = (-((last - day) as f64) / half_life_days).exp2();
            for (interval, cell) in row.iter().enumerate() {
                if let Some(cell) = cell {
                    items.push(Item {
                        day,
                        weekday: weekday_index(date.weekday()),
                        interval,
                        amount: cell.amount,
                        exposure: cell.exposure,
                        weight,
                    });
                }
            }
        }
        items
    }
}

/// One known interval.
#[derive(Debug)]
pub(crate) struct Item {
    /// Day of the history, from zero.
    pub(crate) day: usize,
    /// Weekday, from Monday.
    pub(crate) weekday: usize,
    /// Interval within the day.
    pub(crate) interval: usize,
    /// Seconds or events.
    pub(crate) amount: f64,
    /// What they are counted against.
    pub(crate) exposure: f64,
    /// Recency weight.
    pub(crate) weight: f64,
}
