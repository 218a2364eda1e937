use super::ShiftTypeId;
use crate::calendar::{DateTime, NaiveDate, Utc, Weekday};

/// The agents of a pool by name, and what is known of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Staff {
    /// Who there is, each name once.
    pub agents: Vec<NamedAgent>,
    /// When somebody is away; those of one agent do not overlap.
    pub absences: Vec<Absence>,
    /// What somebody would like.
    pub wishes: Vec<Wish>,
    /// What was worked before the horizon; shifts of one agent do not overlap.
    pub worked: Vec<Worked>,
    /// What is shared out evenly, and how much that matters.
    pub fairness: Fairness,
}

/// An agent with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAgent {
    /// The name, unique within the pool.
    pub name: String,
    /// Name of the contract; empty where the pool has none.
    pub contract: String,
    /// When the agent can work by the local clock; always when there is nothing here.
    pub available: Vec<Availability>,
}

impl NamedAgent {
    /// An agent who is always available.
    pub fn new(name: impl Into<String>, contract: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            contract: contract.into(),
            available: Vec::new(),
        }
    }
}

/// When an agent can work on some weekdays. Weekdays that no entry names are not worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    /// Local weekdays on which shifts may start.
    pub days: Vec<Weekday>,
    /// Earliest start and latest end in minutes after the midnight before the start, by the local
    /// clock; ends after 1440 are on the next day. Any time where it is left out.
    pub minutes: Option<(u32, u32)>,
}

/// Time in which an agent does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Name of the agent.
    pub agent: String,
    /// First instant.
    pub start: DateTime<Utc>,
    /// First instant after it.
    pub end: DateTime<Utc>,
    /// Why (`leave`, `training`), possibly empty.
    pub reason: String,
}

/// The local days that a wish is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WishDay {
    /// One day.
    Date(NaiveDate),
    /// The same weekday of every week.
    Weekday(Weekday),
    /// Every day.
    Every,
}

/// What a wish is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WishFor {
    /// No shift.
    Free,
    /// Any shift.
    Work,
    /// A shift that starts before noon by the local clock.
    Early,
    /// A shift that starts at noon or later by the local clock.
    Late,
    /// A night shift by the law of the pool.
    Night,
    /// A kind of shift.
    Shift(ShiftTypeId),
}

/// Something an agent would like, or would like not to happen.
///
/// Each local day of the horizon that it is about is judged for itself: a wish is broken on a day
/// that is not as wanted, or that is as unwanted. Days on which the agent is absent are passed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// Name of the agent.
    pub agent: String,
    /// The days.
    pub day: WishDay,
    /// What for.
    pub what: WishFor,
    /// Whether it is wanted; unwanted otherwise.
    pub wanted: bool,
    /// What a day on which it is broken counts.
    pub weight: f64,
}

/// A shift that an agent worked before the horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    /// Name of the agent.
    pub agent: String,
    /// First instant, before the horizon.
    pub start: DateTime<Utc>,
    /// First instant after it.
    pub end: DateTime<Utc>,
}

/// What is shared out evenly among the agents of a pool.
///
/// Hours, night shifts, weekend shifts and unpopular starts are each to be shared by contract hours
/// and presence; nights, weekends and starts with those of the history. The square of the distance
/// from one's share, in shifts, times the weight is what counts against a roster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fairness {
    /// Weight of a squared shift.
    pub weight: f64,
    /// Shifts that start before this minute of the local day are unpopular.
    pub early_minute: u32,
    /// Shifts that start at or after this minute of the local day are unpopular.
    pub late_minute: u32,
}

impl Default for Fairness {
    /// A shift off the share counts as much as a wish; starts before 07:00 and from 14:00 on are
    /// unpopular.
    fn default() -> Self {
        Self {
            weight: 1.0,
            early_minute: 7 * 60,
            late_minute: 14 * 60,
        }
    }
}
