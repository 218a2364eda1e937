use std::fmt;

use chrono::{Datelike, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::{CalendarError, weekday_index};

/// Part of a local day, from its first minute to the minute after its last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    from: u32,
    to: u32,
}

impl Span {
    /// The whole day.
    pub const DAY: Self = Self { from: 0, to: 1440 };

    /// Minutes of the day, `0 <= from < to <= 1440`.
    ///
    /// # Errors
    /// [`CalendarError::EmptySpan`] when the span is empty, reversed or leaves the day.
    pub fn from_minutes(from: u32, to: u32) -> Result<Self, CalendarError> {
        let span = Self { from, to };
        if from < to && to <= 1440 {
            Ok(span)
        } else {
            Err(CalendarError::EmptySpan {
                span: span.to_string(),
            })
        }
    }

    /// First minute of the day inside.
    pub const fn from_minute(self) -> u32 {
        self.from
    }

    /// First minute of the day after the span.
    pub const fn to_minute(self) -> u32 {
        self.to
    }

    /// Whether a minute of the day lies inside.
    pub const fn contains(self, minute: u32) -> bool {
        self.from <= minute && minute < self.to
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            from / 60,
            from % 60,
            to / 60,
            to % 60
        )
    }
}

/// When contacts may arrive: spans of the local day for each weekday.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpeningHours {
    days: [Vec<Span>; 7],
}

impl OpeningHours {
    /// Never open.
    pub fn closed() -> Self {
        Self::default()
    }

    /// Open around the clock.
    pub fn always() -> Self {
        Self {
            days: std::array::from_fn(|_| vec![Span::DAY]),
        }
    }

    /// Open every day from one hour to another, 24 being midnight.
    ///
    /// # Errors
    /// [`CalendarError::EmptySpan`] when the hours are empty, reversed or leave the day.
    pub fn daily(from_hour: u32, to_hour: u32) -> Result<Self, CalendarError> {
        let span = Span::from_minutes(from_hour.saturating_mul(60), to_hour.saturating_mul(60))?;
        Self::closed().with(&super::WEEK, span)
    }

    /// Adds a span on some weekdays.
    ///
    /// # Errors
    /// [`CalendarError::OverlappingHours`] when the span overlaps one that is already there.
    pub fn with(mut self, weekdays: &[Weekday], span: Span) -> Result<Self, CalendarError> {
        for &weekday in weekdays {
            let spans = &mut self.days[weekday_index(weekday)];
            if let Some(other) = spans.iter().find(|s| s.from < span.to && span.from < s.to) {
                let (first, second) = (*other.min(&span), *other.max(&span));
                return Err(CalendarError::OverlappingHours {
                    first: first.to_string(),
                    second: second.to_string(),
                });
            }
            spans.push(span);
            spans.sort_unstable();
        }
        Ok(self)
    }

    /// The spans of a weekday, in order.
    pub fn spans(&self, weekday: Weekday) -> &[Span] {
        &self.days[weekday_index(weekday)]
    }

    /// Whether contacts may arrive at a local time.
    pub fn is_open(&self, local: NaiveDateTime) -> bool {
        let minute = minute_of_day(local.time());
        self.spans(local.weekday())
            .iter()
            .any(|s| s.contains(minute))
    }

    /// Whether there is no open minute in the week.
    pub fn is_closed(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

/// Minutes since local midnight.
pub(super) fn minute_of_day(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}
