//! One agent and what they may work.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{
    Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday,
};
use crate::scheduling::law::{LawContext, shift_class, violations};
use crate::workforce::law::{ClockClass, LabourLaw};
use crate::workforce::{Absence, Contract, NamedAgent, Pool, Shift, Staff, Tour};

/// An agent with everything that is known of them.
pub(super) struct Agent<'p> {
    pub(super) pool: &'p Pool,
    pub(super) named: &'p NamedAgent,
    pub(super) contract: Option<Contract>,
    absences: Vec<&'p Absence>,
    pub(super) context: LawContext<'p>,
    /// First local day of the horizon, and days in it.
    pub(super) horizon: (NaiveDate, i64),
}

impl<'p> Agent<'p> {
    pub(super) fn new(
        pool: &'p Pool,
        staff: &'p Staff,
        named: &'p NamedAgent,
        law: &'p LabourLaw,
        horizon: (NaiveDate, i64),
    ) -> Self {
        let mut contracts = pool.contracts_in_force().into_iter();
        let contract = contracts.find(|c| c.id == named.contract);
        let mut context = LawContext::new(law, pool.zone, horizon.0);
        for worked in staff.worked.iter().filter(|w| w.agent == named.name) {
            context.history.push(Shift {
                pool: pool.id.clone(),
                shift_type: "worked".into(),
                start: worked.start,
                end: worked.end,
                count: 1,
                breaks: Vec::new(),
            });
            if pool.zone.local(worked.start).year() == horizon.0.year() {
                context.year_hours += (worked.end - worked.start).num_seconds() as f64 / 3600.0;
            }
        }
        context.history.sort_by_key(|shift| shift.start);
        context.contract_hours = contract.as_ref().map_or(0.0, |c| c.guaranteed_hours);
        context.holidays = pool.holidays_by_law(context.law);
        let absences = staff.absences.iter().filter(|a| a.agent == named.name);
        Self {
            pool,
            named,
            contract,
            absences: absences.collect(),
            context,
            horizon,
        }
    }

    /// Everything that stands against a tour.
    pub(super) fn wrongs(&self, tour: &Tour) -> Vec<String> {
        let mut found = Vec::new();
        let Some(contract) = &self.contract else {
            return vec![format!("no contract `{}`", self.named.contract)];
        };
        for shift in &tour.shifts {
            let at = shift.start;
            if shift.count != 1 {
                found.push(format!("{} people at {at}", shift.count));
            }
            if !contract.allows(&shift.shift_type) {
                found.push(format!("`{}` at {at}, not in contract", shift.shift_type));
            }
            if let Some(away) = self
                .absences
                .iter()
                .find(|a| a.start.max(at) < a.end.min(shift.end))
            {
                found.push(format!("at work at {at}, {} then", away.reason));
            }
            if !self.is_available(shift) {
                found.push(format!("not available at {at}"));
            }
        }
        for (number, week) in self.weeks(tour) {
            against_contract(self.pool, contract, &week, &mut found);
            let longest = self.longest_off(number, &week);
            if longest.is_some_and(|days| days < contract.days_off_together) {
                found.push(format!("too few days off together in week {}", number + 1));
            }
        }
        let law = violations(&self.context, tour).into_iter();
        // Breaks belong to the shift, whoever works it.
        let law = law.filter(|breach| breach.rule != "breaks");
        found.extend(law.map(|breach| breach.to_string()));
        found
    }

    fn is_available(&self, shift: &Shift) -> bool {
        let (start, end) = (
            self.pool.zone.local(shift.start),
            self.pool.zone.local(shift.end),
        );
        let fits = |entry: &crate::workforce::Availability| {
            let Some((from, to)) = entry.minutes else {
                return true;
            };
            let midnight = start.date().and_time(NaiveTime::MIN);
            let clock = |minutes: u32| midnight + TimeDelta::minutes(i64::from(minutes));
            clock(from) <= start && end <= clock(to)
        };
        let mut entries = self.named.available.iter();
        self.named.available.is_empty()
            || entries.any(|entry| entry.days.contains(&start.weekday()) && fits(entry))
    }

    /// Shifts by week of the horizon; one from the day before is in the first.
    pub(super) fn weeks<'t>(&self, tour: &'t Tour) -> BTreeMap<i64, Vec<&'t Shift>> {
        let mut weeks: BTreeMap<i64, Vec<&Shift>> = BTreeMap::new();
        for shift in &tour.shifts {
            let date = self.pool.zone.local(shift.start).date();
            let week = (date - self.horizon.0).num_days().max(0) / 7;
            weeks.entry(week).or_default().push(shift);
        }
        weeks
    }

    /// The most days in a row of a week on which none of its shifts starts; nothing for a week cut
    /// short by the horizon.
    fn longest_off(&self, week: i64, shifts: &[&Shift]) -> Option<u32> {
        if self.horizon.1 < 7 * (week + 1) {
            return None;
        }
        let date = |shift: &&Shift| self.pool.zone.local(shift.start).date();
        let worked: BTreeSet<NaiveDate> = shifts.iter().map(date).collect();
        let (mut longest, mut run) = (0, 0);
        for day in (self.horizon.0 + TimeDelta::days(7 * week))
            .iter_days()
            .take(7)
        {
            run = if worked.contains(&day) { 0 } else { run + 1 };
            longest = longest.max(run);
        }
        Some(longest)
    }

    /// Whether an absence touches a local day.
    pub(super) fn is_absent(&self, day: NaiveDate) -> bool {
        let zone = self.pool.zone;
        let next = day.succ_opt().unwrap_or(day);
        let (from, to) = (zone.day_start(day), zone.day_start(next));
        (self.absences.iter()).any(|away| away.start.max(from) < away.end.min(to))
    }

    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let days = usize::try_from(self.horizon.1).unwrap_or(0);
        self.horizon.0.iter_days().take(days)
    }

    pub(super) fn is_night(&self, shift: &Shift) -> bool {
        let law = self.context.law;
        let class = shift_class(law, self.pool.zone, shift.start, shift.end).class;
        class == ClockClass::Night
    }

    /// Minute of the local day at which a shift starts.
    pub(super) fn minute(&self, shift: &Shift) -> u32 {
        let time = self.pool.zone.local(shift.start).time();
        time.num_seconds_from_midnight() / 60
    }

    pub(super) fn is_weekend(&self, shift: &Shift) -> bool {
        let day = self.pool.zone.local(shift.start).weekday();
        day == Weekday::Sat || day == Weekday::Sun
    }

    /// Guaranteed hours of the days of presence that a tour does not hold, week by week.
    pub(super) fn unworked(&self, tour: &Tour) -> f64 {
        let guaranteed = self.contract.as_ref().map_or(0.0, |c| c.guaranteed_hours);
        let worked = self.weeks(tour);
        let mut due: BTreeMap<i64, f64> = BTreeMap::new();
        for day in self.days().filter(|&day| !self.is_absent(day)) {
            let week = (day - self.horizon.0).num_days() / 7;
            *due.entry(week).or_default() += guaranteed / 7.0;
        }
        let left = due.into_iter().map(|(week, hours)| {
            let own = worked.get(&week).into_iter().flatten();
            (hours - own.map(|s| hours_of(s)).sum::<f64>()).max(0.0)
        });
        left.sum()
    }
}

pub(super) fn hours_of(shift: &Shift) -> f64 {
    (shift.end - shift.start).num_seconds() as f64 / 3600.0
}

/// What the shifts of a week do against a contract.
fn against_contract(pool: &Pool, contract: &Contract, week: &[&Shift], found: &mut Vec<String>) {
    let hours: f64 = week.iter().map(|s| hours_of(s)).sum();
    if hours > contract.week_hours + 1e-6 {
        found.push(format!("{hours} hours in a week"));
    }
    let starts: Vec<_> = week.iter().map(|s| pool.zone.local(s.start)).collect();
    let dates: BTreeSet<NaiveDate> = starts.iter().map(NaiveDateTime::date).collect();
    if dates.len() < week.len() {
        found.push("two shifts on a day".to_owned());
    }
    if dates.len() > usize::try_from(contract.week_days).unwrap_or(usize::MAX) {
        found.push(format!("{} days in a week", dates.len()));
    }
    let times = || starts.iter().map(NaiveDateTime::time);
    if let (Some(band), Some(first), Some(last)) =
        (contract.start_band, times().min(), times().max())
        && (last - first).to_std().unwrap_or_default() > band
    {
        found.push(format!("starts from {first} to {last} in a week"));
    }
}
