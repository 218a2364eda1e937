//! Time: the only place that does time-zone arithmetic.
//!
//! Every count lives on a [`Grid`]: equally long intervals on the UTC axis. Opening hours and
//! contact shapes are meant in a market's local time, shifts in a pool's; both are looked up
//! through the time-zone database for each instant or calendar day. A spring day has 92 quarter
//! hours, an autumn day 100; the local hour that does not exist has no interval, and the hour
//! that exists twice is two different intervals.

mod error;
mod grid;
pub mod holidays;
mod interval;
mod offset;
mod opening;
mod series;
mod special;
mod zone;

pub use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc,
    Weekday,
};
pub use error::CalendarError;
pub use grid::Grid;
pub use interval::IntervalLength;
pub use offset::ClockChange;
pub use opening::{OpeningHours, Span};
pub use series::Series;
pub use special::SpecialDay;
pub use zone::{RepeatedHour, Zone};

/// The seven weekdays, Monday first.
pub const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// Position of a weekday in the week, Monday 0.
pub fn weekday_index(day: Weekday) -> usize {
    WEEK.iter().position(|&d| d == day).unwrap_or(0)
}

/// Minutes of a local time since its midnight.
pub fn minute_of(local: NaiveDateTime) -> usize {
    opening::minute_of_day(local.time()) as usize
}
