use chrono::NaiveDateTime;
use thiserror::Error;

/// A time that cannot be placed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// The zone is not in the IANA database.
    #[error("unknown time zone `{name}`{}", suggestion(nearest.as_deref()))]
    UnknownZone {
        /// The name that was given.
        name: String,
        /// The most similar known name, if any is close.
        nearest: Option<String>,
    },
    /// The local time was skipped when clocks went forward.
    #[error("local time {local} does not exist in {zone}: clocks went forward over it")]
    MissingHour {
        /// The wall-clock time.
        local: NaiveDateTime,
        /// The zone.
        zone: String,
    },
    /// The local time happened twice when clocks went back.
    #[error("local time {local} happened twice in {zone}: say which one is meant")]
    RepeatedHour {
        /// The wall-clock time.
        local: NaiveDateTime,
        /// The zone.
        zone: String,
    },
    /// Interval lengths divide the hour.
    #[error(
        "an interval of {minutes} minutes does not divide an hour; use 5, 10, 15, 20, 30 or 60"
    )]
    IntervalLength {
        /// The length that was given.
        minutes: u32,
    },
    /// Opening hours on one day overlap.
    #[error("opening hours overlap: {first} and {second}")]
    OverlappingHours {
        /// The span that starts first.
        first: String,
        /// The span that starts inside it.
        second: String,
    },
    /// A span of the day is empty or reversed.
    #[error("opening hours {span} are empty or reversed")]
    EmptySpan {
        /// The span.
        span: String,
    },
    /// A series needs one value for each interval of its grid.
    #[error("{values} values for a grid of {intervals} intervals")]
    SeriesLength {
        /// Values given.
        values: usize,
        /// Intervals of the grid.
        intervals: usize,
    },
    /// A horizon without a single interval, or beyond what can be counted.
    #[error("the horizon has no interval, or more than {limit}")]
    HorizonLength {
        /// The most intervals a grid may have.
        limit: usize,
    },
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"))
}
