use std::fmt;
use std::time::Duration;

use chrono::TimeDelta;

use super::CalendarError;

/// Length of an interval: a whole number of minutes that divides the hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntervalLength(u32);

impl IntervalLength {
    /// A checked length.
    ///
    /// # Errors
    /// [`CalendarError::IntervalLength`] unless `minutes` divides 60.
    pub fn from_minutes(minutes: u32) -> Result<Self, CalendarError> {
        if minutes > 0 && 60 % minutes == 0 {
            Ok(Self(minutes))
        } else {
            Err(CalendarError::IntervalLength { minutes })
        }
    }

    /// The length in minutes.
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// The length in hours.
    pub fn hours(self) -> f64 {
        f64::from(self.0) / 60.0
    }

    /// The length as a duration.
    pub fn duration(self) -> Duration {
        Duration::from_secs(u64::from(self.0) * 60)
    }

    /// Intervals in an ordinary day of 24 hours.
    pub fn per_day(self) -> usize {
        (1440 / self.0) as usize
    }

    /// The length as a difference of instants.
    pub fn delta(self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.0))
    }
}

impl fmt::Display for IntervalLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} min", self.0)
    }
}
