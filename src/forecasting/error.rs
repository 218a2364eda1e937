use chrono::{NaiveDate, Weekday};
use thiserror::Error;

/// A forecast that cannot be made, or an input that is no number.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ForecastError {
    /// There is no day with a known volume up to the origin.
    #[error("no day of history up to {origin}")]
    NoHistory {
        /// Last day that may be used.
        origin: NaiveDate,
    },
    /// A weekday on which contacts may arrive never occurs in the history.
    #[error("no {weekday} in the history up to {origin}, and contacts may arrive on that day")]
    MissingWeekday {
        /// The weekday.
        weekday: Weekday,
        /// Last day that may be used.
        origin: NaiveDate,
    },
    /// A volume, weight or handling time that is negative, NaN or infinite.
    #[error("{what} must be finite and not negative, got {value}")]
    BadNumber {
        /// What the number is.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// All weights of a shape are zero on the hours in which contacts may arrive.
    #[error("the weights add up to zero over the opening hours, so the volume has no place")]
    NoWeight,
}

/// Returns `value` when it is finite and not negative.
pub(super) fn checked(what: &'static str, value: f64) -> Result<f64, ForecastError> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(ForecastError::BadNumber { what, value })
    }
}
