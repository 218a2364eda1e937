use std::time::Duration;

use super::{PoolId, ShiftTypeId};
use crate::calendar::{DateTime, NaiveTime, Utc, WEEK, Weekday};

/// When a shift may start, in the pool's local time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartWindow {
    /// Earliest start.
    pub from: NaiveTime,
    /// Latest start.
    pub to: NaiveTime,
    /// Time between two possible starts.
    pub every: Duration,
    /// Local days on which it may start.
    pub weekdays: Vec<Weekday>,
}

/// A break inside a shift, with the window in which it may start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakType {
    /// Name of the break (`lunch`).
    pub id: String,
    /// How long it is.
    pub length: Duration,
    /// Earliest start, from the start of the shift.
    pub earliest: Duration,
    /// Latest start, from the start of the shift.
    pub latest: Duration,
    /// Whether it is paid.
    pub paid: bool,
}

/// A kind of working day that a pool offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftType {
    /// Name within the pool.
    pub id: ShiftTypeId,
    /// Elapsed time from start to end, breaks included.
    pub length: Duration,
    /// When it may start.
    pub starts: StartWindow,
    /// Breaks in the order of their windows, which do not overlap.
    pub breaks: Vec<BreakType>,
}

/// How many people of a shift start a break at an instant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BreakPlacement {
    /// Start of the break.
    pub start: DateTime<Utc>,
    /// End of the break.
    pub end: DateTime<Utc>,
    /// People who take it then.
    pub count: u32,
    /// Whether it is paid.
    pub paid: bool,
}

impl ShiftType {
    /// A shift without breaks that may start every hour from one local hour to another, on any
    /// day: `hourly("8h", 8, 7, 12)`. Hours of the day beyond 23 count as 23.
    pub fn hourly(id: impl Into<ShiftTypeId>, hours: u32, from: u32, to: u32) -> Self {
        let at = |hour: u32| NaiveTime::from_hms_opt(hour.min(23), 0, 0).unwrap_or_default();
        Self {
            id: id.into(),
            length: Duration::from_secs(u64::from(hours) * 3600),
            starts: StartWindow {
                from: at(from),
                to: at(to),
                every: Duration::from_secs(3600),
                weekdays: WEEK.to_vec(),
            },
            breaks: Vec::new(),
        }
    }
}

/// One day's work with its breaks, for a number of people who share it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    /// The pool.
    pub pool: PoolId,
    /// The kind of shift.
    pub shift_type: ShiftTypeId,
    /// First instant.
    pub start: DateTime<Utc>,
    /// First instant after it.
    pub end: DateTime<Utc>,
    /// People who work it.
    pub count: u32,
    /// Breaks, with the number of people who take each.
    pub breaks: Vec<BreakPlacement>,
}

impl Shift {
    /// Hours that its people work, unpaid breaks left out.
    pub fn worked_hours(&self) -> f64 {
        let unpaid = self.breaks.iter().filter(|pause| !pause.paid);
        let unpaid: i64 = unpaid
            .map(|pause| (pause.end - pause.start).num_minutes() * i64::from(pause.count))
            .sum();
        let all = (self.end - self.start).num_minutes() * i64::from(self.count);
        (all - unpaid) as f64 / 60.0
    }
}
