use std::collections::{BTreeMap, BTreeSet};

use super::time::{DAYS, add_to_weeks, later, monday};
use crate::calendar::{NaiveDate, Zone};
use crate::workforce::law::{HolidayKind, LabourLaw};
use crate::workforce::{Shift, Tour};

/// A roster that agents have been told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRoster {
    /// The agent's shifts in it.
    pub shifts: Vec<Shift>,
    /// Local day on which it is changed.
    pub today: NaiveDate,
}

/// What the law is asked about: the law, the place, and what one agent did before the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct LawContext<'a> {
    /// The law.
    pub law: &'a LabourLaw,
    /// The pool's zone.
    pub zone: Zone,
    /// First local day of the horizon.
    pub first_day: NaiveDate,
    /// Shifts worked before the horizon, as many as are known; rests and rows of days look back
    /// at them.
    pub history: Vec<Shift>,
    /// Hours worked in the weeks before the week of `first_day`, the latest last. Weeks that are
    /// not here are summed from `history`, or have `contract_hours` when it holds nothing that old.
    pub past_week_hours: Vec<f64>,
    /// Hours of a week about which nothing is known, the contract's. 0 is free time.
    pub contract_hours: f64,
    /// Overtime hours already worked in the year.
    pub year_overtime: f64,
    /// Ordinary hours already worked in the year.
    pub year_hours: f64,
    /// Public holidays of the pool's site.
    pub holidays: BTreeMap<NaiveDate, HolidayKind>,
    /// Local days that are the agent's days of rest, for pay.
    pub rest_days: BTreeSet<NaiveDate>,
    /// What was published, where the tour changes a roster.
    pub published: Option<PublishedRoster>,
}

impl<'a> LawContext<'a> {
    /// A context in which nothing was worked before and no day is a holiday.
    pub fn new(law: &'a LabourLaw, zone: Zone, first_day: NaiveDate) -> Self {
        Self {
            law,
            zone,
            first_day,
            history: Vec::new(),
            past_week_hours: Vec::new(),
            contract_hours: 0.0,
            year_overtime: 0.0,
            year_hours: 0.0,
            holidays: BTreeMap::new(),
            rest_days: BTreeSet::new(),
            published: None,
        }
    }

    /// The shifts of the history and of a tour in order, and which of them are the tour's.
    pub(super) fn line<'s>(&'s self, tour: &'s Tour) -> Vec<(&'s Shift, bool)> {
        let past = self.history.iter().map(|s| (s, false));
        let new = tour.shifts.iter().map(|s| (s, true));
        let mut line: Vec<_> = past.chain(new).collect();
        line.sort_by_key(|(shift, _)| (shift.start, shift.end));
        line
    }

    /// Hours by the Monday of the week, from the week of `first_day` to the last one of the tour.
    pub(super) fn week_hours(&self, tour: &Tour) -> BTreeMap<NaiveDate, f64> {
        let mut weeks = BTreeMap::new();
        for (shift, _) in self.line(tour) {
            add_to_weeks(self.zone, shift, &mut weeks);
        }
        weeks.split_off(&monday(self.first_day))
    }

    /// Mean hours a week of the weeks that end with each week of the tour.
    pub(super) fn averages(&self, tour: &Tour, weeks: u32) -> Vec<(NaiveDate, f64)> {
        let weeks = weeks.min(DAYS / 7);
        let own = self.week_hours(tour);
        let Some((&last, _)) = own.last_key_value() else {
            return Vec::new();
        };
        let first = monday(self.first_day);
        let mut past = BTreeMap::new();
        for shift in &self.history {
            add_to_weeks(self.zone, shift, &mut past);
        }
        let known = self.past_week_hours.len();
        let oldest = past.keys().next().copied().unwrap_or(first);
        let of = |week: NaiveDate| {
            if week >= first {
                return own.get(&week).copied().unwrap_or(0.0);
            }
            let back = usize::try_from((first - week).num_days() / 7).unwrap_or(usize::MAX);
            match known
                .checked_sub(back)
                .and_then(|k| self.past_week_hours.get(k))
            {
                Some(&hours) => hours,
                None if week < oldest => self.contract_hours,
                None => past.get(&week).copied().unwrap_or(0.0),
            }
        };
        let mean = |end: NaiveDate| {
            let sum: f64 = (0..i64::from(weeks)).map(|k| of(later(end, -7 * k))).sum();
            (end, sum / f64::from(weeks.max(1)))
        };
        let all = first.iter_days().step_by(7);
        all.take_while(|&week| week <= last).map(mean).collect()
    }
}
