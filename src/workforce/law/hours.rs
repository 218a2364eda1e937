use crate::calendar::NaiveTime;

/// Hours a week on average over the weeks that end with any week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AverageHours {
    /// Most hours a week on average, overtime included.
    pub hours: f64,
    /// Weeks of the reference period.
    pub weeks: u32,
}

impl AverageHours {
    /// So many hours a week on average over so many weeks.
    pub const fn over(hours: f64, weeks: u32) -> Self {
        Self { hours, weeks }
    }
}

/// The part of the local clock that counts as night.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NightBand {
    /// First local time of the night.
    pub from: NaiveTime,
    /// First local time after it, on the next day when it is not later than `from`.
    pub to: NaiveTime,
    /// A shift with at least so many hours in the band is a night shift, as is one that lies
    /// wholly in it.
    pub shift_hours: f64,
}

/// Class of a shift by the local clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockClass {
    /// No time at night.
    Day,
    /// Some time at night, not enough for a night shift.
    Mixed,
    /// A night shift.
    Night,
}

impl ClockClass {
    /// The word used in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Mixed => "mixed",
            Self::Night => "night",
        }
    }
}

/// Ordinary hours of a class of shifts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassHours {
    /// Most ordinary hours a day.
    pub day: f64,
    /// Most ordinary hours a week. In a week of several classes the shares of each add up.
    pub week: f64,
}

/// Ordinary hours by the class of a shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassLimits {
    /// Of day shifts.
    pub day: ClassHours,
    /// Of mixed shifts.
    pub mixed: ClassHours,
    /// Of night shifts.
    pub night: ClassHours,
}

impl ClassLimits {
    /// The limits of a class.
    pub const fn of(&self, class: ClockClass) -> ClassHours {
        match class {
            ClockClass::Day => self.day,
            ClockClass::Mixed => self.mixed,
            ClockClass::Night => self.night,
        }
    }
}

/// Limits for agents who often work at night.
#[derive(Debug, Clone, PartialEq)]
pub struct NightWorker {
    /// An agent is a night worker when at least this share of the known shifts are night shifts.
    pub share: f64,
    /// Most hours of each of their night shifts.
    pub shift_hours: Option<f64>,
    /// Their average hours. Eight hours a day on average are 48 hours a week, since days of
    /// weekly rest do not count and there is one a week.
    pub averages: Vec<AverageHours>,
}

/// When hours are overtime, and how many of them there may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overtime {
    /// Whether a roster may plan hours beyond the ordinary ones.
    pub allowed: bool,
    /// Ordinary hours a day; hours beyond are overtime.
    pub day_hours: Option<f64>,
    /// Ordinary hours a week; hours beyond are overtime.
    pub week_hours: Option<f64>,
    /// Whether every hour on a rest day is overtime.
    pub on_rest_days: bool,
    /// Most overtime hours in a week.
    pub week_most: Option<f64>,
    /// Most overtime hours in a year.
    pub year_most: Option<f64>,
}

impl Overtime {
    /// Overtime is allowed, nothing else is said.
    pub const FREE: Self = Self {
        allowed: true,
        day_hours: None,
        week_hours: None,
        on_rest_days: false,
        week_most: None,
        year_most: None,
    };

    /// Hours beyond so many a week are overtime.
    pub const fn beyond_week(hours: f64) -> Self {
        Self {
            week_hours: Some(hours),
            ..Self::FREE
        }
    }
}
