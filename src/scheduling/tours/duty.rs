//! The shifts of a pool in one week, alike ones together.

use std::collections::BTreeMap;

use super::terms::law_of;
use crate::calendar::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use crate::scheduling::Problem;
use crate::scheduling::law::rest_after;
use crate::scheduling::rules::days;
use crate::workforce::{Pool, Shift};

/// Shifts of one kind and start, for as many people as work it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duty {
    /// Position of the kind within the pool.
    pub(super) kind: usize,
    /// First instant.
    pub(super) start: DateTime<Utc>,
    /// First instant after it.
    pub(super) end: DateTime<Utc>,
    /// Local day on which it starts.
    pub(super) day: NaiveDate,
    /// Minute of the local day at which it starts.
    pub(super) minute: u32,
    /// Minutes of it inside the horizon: those that count for guaranteed hours.
    pub(super) inside: i64,
    /// Rest that is due after it.
    pub(super) rest: TimeDelta,
    /// People.
    pub(super) count: u32,
}

impl Duty {
    /// Length in minutes.
    pub(super) fn minutes(&self) -> i64 {
        (self.end - self.start).num_minutes()
    }

    /// Whether the agent of this duty may work a later one.
    pub(super) fn allows(&self, later: &Self) -> bool {
        self.day < later.day && later.start - self.end >= self.rest
    }
}

/// The duties of a pool by week of the horizon, in the order of their starts. Weeks have seven
/// local days of the pool from the first on whose noon lies in the horizon; a shift from the day
/// before belongs to the first week.
pub(super) fn weeks(problem: &Problem, pool: &Pool, shifts: &[Shift]) -> BTreeMap<i64, Vec<Duty>> {
    let Some(&first) = days(problem, pool).first() else {
        return BTreeMap::new();
    };
    let law = law_of(pool, first);
    let count = i64::try_from(days(problem, pool).len().div_ceil(7)).unwrap_or(0);
    let mut weeks: BTreeMap<i64, Vec<Duty>> = (0..count).map(|week| (week, Vec::new())).collect();
    for shift in shifts.iter().filter(|s| s.pool == pool.id && s.count > 0) {
        let Some(kind) = pool.shifts.iter().position(|k| k.id == shift.shift_type) else {
            continue;
        };
        let local = pool.zone.local(shift.start);
        let week = (local.date() - first).num_days().div_euclid(7).max(0);
        let duties = weeks.entry(week).or_default();
        let same = |d: &&mut Duty| (d.kind, d.start) == (kind, shift.start);
        if let Some(known) = duties.iter_mut().find(same) {
            known.count += shift.count;
            continue;
        }
        duties.push(Duty {
            kind,
            start: shift.start,
            end: shift.end,
            day: local.date(),
            minute: local.hour() * 60 + local.minute(),
            inside: problem.grid.inside(shift.start, shift.end).num_minutes(),
            rest: rest_after(&law, pool.zone, shift),
            count: shift.count,
        });
    }
    for duties in weeks.values_mut() {
        duties.sort_by_key(|d| (d.start, d.end, d.kind));
    }
    weeks
}
