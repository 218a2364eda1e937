use std::time::Duration;

use crate::calendar::NaiveTime;

/// A shorter rest between two days that is allowed now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortRest {
    /// Shortest rest then, elapsed.
    pub least: Duration,
    /// Days in which it may happen once, counted from its beginning.
    pub once_in_days: u32,
}

/// Stretches of time in which a weekly rest must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestPeriod {
    /// Each stretch of so many times 24 hours that begins with a shift. No more than that stretch,
    /// less the rest, is ever worked without it.
    FromEachShift,
    /// Weeks from Monday to Sunday by the local calendar. A rest counts for the week that holds its
    /// middle; free time that is long enough for two rests counts for two weeks.
    CalendarWeeks,
}

/// One way to grant the weekly rest. A law may leave the choice between several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeeklyRest {
    /// Rest in all, elapsed.
    pub total: Duration,
    /// Shortest uninterrupted piece that counts; equal to `total` when it may not be divided.
    pub piece: Duration,
    /// Days of the stretch in which it must lie; 7, and a rest in one piece, in calendar weeks.
    pub days: u32,
    /// Where the stretches begin.
    pub period: RestPeriod,
}

impl WeeklyRest {
    /// So many hours in one piece, in each stretch of days that begins with a shift.
    pub const fn hours(hours: u64, days: u32) -> Self {
        let total = Duration::from_secs(hours * 3600);
        Self {
            total,
            piece: total,
            days,
            period: RestPeriod::FromEachShift,
        }
    }

    /// The same rest, counted by calendar weeks.
    #[must_use]
    pub const fn by_calendar_weeks(mut self) -> Self {
        self.period = RestPeriod::CalendarWeeks;
        self
    }

    /// The same rest, in pieces of at least so many hours.
    #[must_use]
    pub const fn in_pieces_of(mut self, hours: u64) -> Self {
        self.piece = Duration::from_secs(hours * 3600);
        self
    }
}

/// A longer rest after night shifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NightRest {
    /// Night shifts in a row that call for it. With 1 it follows each of them, with more it
    /// follows the last one, before the first shift that is none.
    pub nights: u32,
    /// Only when the last one ends after this local time of the morning.
    pub ends_after: Option<NaiveTime>,
    /// Shortest rest, elapsed.
    pub least: Duration,
}
