use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

use super::CalendarError;

/// A time zone of the IANA database.
///
/// ```
/// use wfm::calendar::Zone;
/// let madrid: Zone = "Europe/Madrid".parse()?;
/// let days = chrono::NaiveDate::from_ymd_opt(2027, 3, 22).unwrap().iter_days().take(7);
/// // The week in which clocks go forward has 167 hours.
/// let hours: i64 = days.map(|d| madrid.day_length(d).num_hours()).sum();
/// assert_eq!(hours, 167);
/// # Ok::<(), wfm::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// What a local time means that happened twice when clocks went back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RepeatedHour {
    /// It is ambiguous, and an error.
    #[default]
    Refuse,
    /// The earlier of the two instants.
    First,
    /// The later of the two instants.
    Second,
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// The name in the IANA database.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Wall-clock time of an instant.
    pub fn local(self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.0).naive_local()
    }

    /// Minutes that local time is ahead of UTC at an instant.
    pub fn offset_minutes(self, instant: DateTime<Utc>) -> i32 {
        self.0
            .offset_from_utc_datetime(&instant.naive_utc())
            .fix()
            .local_minus_utc()
            / 60
    }

    /// The instant of a wall-clock time.
    ///
    /// # Errors
    /// [`CalendarError::MissingHour`] when clocks went over it, and
    /// [`CalendarError::RepeatedHour`] when it happened twice and `rule` does not say which.
    pub fn instant(
        self,
        local: NaiveDateTime,
        rule: RepeatedHour,
    ) -> Result<DateTime<Utc>, CalendarError> {
        match (self.0.from_local_datetime(&local), rule) {
            (LocalResult::Single(t), _)
            | (LocalResult::Ambiguous(t, _), RepeatedHour::First)
            | (LocalResult::Ambiguous(_, t), RepeatedHour::Second) => Ok(t.with_timezone(&Utc)),
            (LocalResult::Ambiguous(..), RepeatedHour::Refuse) => {
                Err(CalendarError::RepeatedHour {
                    local,
                    zone: self.to_string(),
                })
            }
            (LocalResult::None, _) => Err(CalendarError::MissingHour {
                local,
                zone: self.to_string(),
            }),
        }
    }

    /// How often a wall-clock time happens: not at all when clocks jump over it, twice when they are
    /// put back over it, else once.
    pub fn happenings(self, local: NaiveDateTime) -> usize {
        match self.0.from_local_datetime(&local) {
            LocalResult::None => 0,
            LocalResult::Single(_) => 1,
            LocalResult::Ambiguous(..) => 2,
        }
    }

    /// The instant at which a wall-clock time is reached: the earlier one when it happens twice,
    /// the moment of the change when clocks jump over it.
    pub fn instant_reached(self, local: NaiveDateTime) -> DateTime<Utc> {
        // Gaps are at most a day long; walk to the first minute that exists after it.
        let mut probe = local;
        for _ in 0..=1440 {
            if let Ok(found) = self.instant(probe, RepeatedHour::First) {
                return found;
            }
            probe += TimeDelta::minutes(1);
        }
        local.and_utc()
    }

    /// The instant at which a local calendar day begins.
    pub fn day_start(self, date: NaiveDate) -> DateTime<Utc> {
        self.instant_reached(date.and_time(NaiveTime::MIN))
    }

    /// Elapsed time from the beginning of a local calendar day to that of the next one.
    pub fn day_length(self, date: NaiveDate) -> TimeDelta {
        let next = date.succ_opt().unwrap_or(date);
        self.day_start(next) - self.day_start(date)
    }
}

impl FromStr for Zone {
    type Err = CalendarError;

    fn from_str(name: &str) -> Result<Self, CalendarError> {
        Tz::from_str(name)
            .map(Self)
            .map_err(|_| CalendarError::UnknownZone {
                name: name.to_owned(),
                nearest: nearest_zone(name),
            })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn nearest_zone(name: &str) -> Option<String> {
    let wanted = name.to_lowercase();
    chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| {
            (
                strsim::jaro_winkler(&zone.name().to_lowercase(), &wanted),
                zone.name(),
            )
        })
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, zone)| zone.to_owned())
}
