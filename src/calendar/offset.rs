use chrono::{DateTime, TimeDelta, Utc};

use super::Zone;

/// Clocks of a zone that are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockChange {
    /// First instant of the new offset.
    pub at: DateTime<Utc>,
    /// Minutes that local time was ahead of UTC.
    pub before: i32,
    /// Minutes that it is ahead from then on.
    pub after: i32,
}

impl Zone {
    /// The changes of the clock after one instant and up to another, in order. Two changes within
    /// a day that cancel each other are not seen; no zone has had any since 1900.
    ///
    /// ```
    /// use wfm::calendar::{DateTime, Utc, Zone};
    /// let madrid: Zone = "Europe/Madrid".parse()?;
    /// let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    /// let (from, to) = (instant("2027-03-01T00:00:00Z"), instant("2027-04-01T00:00:00Z"));
    /// let changes = madrid.clock_changes(from, to);
    /// assert_eq!(changes.len(), 1);
    /// assert_eq!(changes[0].at, instant("2027-03-28T01:00:00Z"));
    /// assert_eq!((changes[0].before, changes[0].after), (60, 120));
    /// # Ok::<(), wfm::calendar::CalendarError>(())
    /// ```
    pub fn clock_changes(self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<ClockChange> {
        let mut found = Vec::new();
        let mut known = from;
        while known < to {
            let Some(next) = known.checked_add_signed(TimeDelta::days(1)) else {
                break;
            };
            let next = next.min(to);
            if self.offset_minutes(known) != self.offset_minutes(next) {
                found.push(self.change_between(known, next));
            }
            known = next;
        }
        found
    }

    /// The change between two instants with different offsets, by bisection to the second.
    fn change_between(self, mut known: DateTime<Utc>, mut changed: DateTime<Utc>) -> ClockChange {
        let before = self.offset_minutes(known);
        while changed - known > TimeDelta::seconds(1) {
            let middle = known + (changed - known) / 2;
            if self.offset_minutes(middle) == before {
                known = middle;
            } else {
                changed = middle;
            }
        }
        ClockChange {
            at: DateTime::from_timestamp(changed.timestamp(), 0).unwrap_or(changed),
            before,
            after: self.offset_minutes(changed),
        }
    }
}
