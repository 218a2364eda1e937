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
    /// A history without days or without intervals.
    #[error("the history holds no interval")]
    EmptyHistory,
    /// A day with another number of intervals than the others.
    #[error("{date} has {found} intervals where {expected} are expected")]
    UnevenDay {
        /// The day.
        date: NaiveDate,
        /// Intervals of the other days.
        expected: usize,
        /// Intervals of this one.
        found: usize,
    },
    /// A volume that is negative, NaN or infinite.
    #[error("{date}, interval {interval}: a volume must be finite and not negative")]
    InvalidVolume {
        /// The day.
        date: NaiveDate,
        /// The interval of the day, counted from 0.
        interval: usize,
    },
    /// No day of the history has a usable total.
    #[error("no day of the history has nine tenths of its open intervals known")]
    NothingKnown,
    /// A horizon of no day.
    #[error("the horizon must be at least one day")]
    EmptyHorizon,
    /// More days than the model was made for.
    #[error("{asked} days are asked of a model made for {made_for}; fit it for a longer horizon")]
    BeyondHorizon {
        /// Days asked for.
        asked: usize,
        /// Days the model was made for.
        made_for: usize,
    },
    /// A probability that is not between 0 and 1.
    #[error("{0} is no probability between 0 and 1")]
    InvalidProbability(f64),
    /// A regressor without a finite value for every day.
    #[error("regressor {0} needs one finite value for every day of history and horizon")]
    InvalidRegressor(String),
    /// A new level that is said to begin outside the history.
    #[error("the new level from {0} begins outside the history")]
    LevelDateOutside(NaiveDate),
    /// A date outside the calendar.
    #[error("a date leaves the range of the calendar")]
    DateOverflow,
    /// A model that is not there.
    #[error("no model `{name}` for this history; the models are {known}")]
    UnknownModel {
        /// The name given.
        name: String,
        /// The names there are.
        known: String,
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
