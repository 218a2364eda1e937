//! Whether a schedule has more people than the named agents can be.

use std::collections::BTreeSet;

use super::super::noons;
use super::Agents;
use crate::calendar::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use crate::scheduling::tours::rest_between_shifts;
use crate::scheduling::{Problem, Schedule};
use crate::workforce::{Contract, Pool, Shift, Staff};

/// The shifts of a schedule in a pool, looked at by code that shares nothing with the rows.
pub(super) struct Seen<'s> {
    pool: &'s Pool,
    staff: &'s Staff,
    /// The contract of each agent, in the order of the staff.
    contracts: Vec<Option<Contract>>,
    shifts: Vec<&'s Shift>,
    /// Local days of the horizon, and the one before on which a shift may start.
    dates: Vec<NaiveDate>,
    /// The first day of the first week, and weeks.
    first: NaiveDate,
    weeks: i64,
}

impl<'s> Seen<'s> {
    pub(super) fn of(
        problem: &Problem,
        schedule: &'s Schedule,
        pool: &'s Pool,
        staff: &'s Staff,
    ) -> Self {
        let (first, days) = noons(problem, pool);
        let all = pool.contracts_in_force();
        let contract = |id: &String| all.iter().find(|c| c.id == *id).cloned();
        let inside = problem.grid.local_days(pool.zone);
        let before = inside.first().and_then(NaiveDate::pred_opt);
        let own = schedule.shifts.iter().filter(|s| s.pool == pool.id);
        Self {
            pool,
            staff,
            contracts: staff.agents.iter().map(|a| contract(&a.contract)).collect(),
            shifts: own.collect(),
            dates: before.into_iter().chain(inside).collect(),
            first,
            weeks: (days + 6) / 7,
        }
    }

    fn date(&self, shift: &Shift) -> NaiveDate {
        self.pool.zone.local(shift.start).date()
    }

    /// Whether an agent can start any shift on a day: by weekday, and not away for all of it.
    fn is_there(&self, agent: usize, day: NaiveDate) -> bool {
        let named = &self.staff.agents[agent];
        let zone = self.pool.zone;
        let next = day.succ_opt().unwrap_or(day);
        let (from, to) = (zone.day_start(day), zone.day_start(next));
        let mut away = self.staff.absences.iter().filter(|a| a.agent == named.name);
        let mut entries = named.available.iter();
        let is_day = named.available.is_empty() || entries.any(|e| e.days.contains(&day.weekday()));
        is_day && !away.any(|a| a.start <= from && to <= a.end)
    }

    /// Whether an agent can work a shift by contract, availability, absence and the rest since the
    /// last shift before the horizon.
    fn can(&self, agent: usize, shift: &Shift) -> bool {
        let named = &self.staff.agents[agent];
        let Some(contract) = &self.contracts[agent] else {
            return false;
        };
        let is_agreed =
            contract.allows(&shift.shift_type) && hours(shift) <= contract.week_hours + 1e-9;
        let mut away = self.staff.absences.iter().filter(|a| a.agent == named.name);
        let is_away = away.any(|a| a.start < shift.end && shift.start < a.end);
        let (start, end) = (
            self.pool.zone.local(shift.start),
            self.pool.zone.local(shift.end),
        );
        let since_midnight = |at: NaiveDateTime| at - start.date().and_time(NaiveTime::MIN);
        let mut entries = (named.available.iter()).filter(|e| e.days.contains(&start.weekday()));
        let is_free = named.available.is_empty()
            || entries.any(|entry| {
                entry.minutes.is_none_or(|(from, to)| {
                    let [from, to] = [from, to].map(|m| TimeDelta::minutes(i64::from(m)));
                    from <= since_midnight(start) && since_midnight(end) <= to
                })
            });
        let rest = rest_between_shifts(self.pool, self.first);
        let mut worked = self.staff.worked.iter().filter(|w| w.agent == named.name);
        is_agreed && !is_away && is_free && worked.all(|w| shift.start - w.end >= rest)
    }

    /// Days with more people than are there, or than can work some shift and those like it. Unions of
    /// kinds of shift, which the rows have too, are not looked at.
    pub(super) fn days(&self, found: &mut Vec<String>) {
        let dates: BTreeSet<NaiveDate> = self.shifts.iter().map(|s| self.date(s)).collect();
        let all = 0..self.staff.agents.len();
        for day in dates {
            let here = self.shifts.iter().filter(|s| self.date(s) == day);
            let own: Vec<(u32, Agents)> = here
                .map(|s| (s.count, all.clone().filter(|&a| self.can(a, s)).collect()))
                .collect();
            let there: Agents = all.clone().filter(|&a| self.is_there(a, day)).collect();
            let mut sets = std::iter::once(&there).chain(own.iter().map(|(_, set)| set));
            let people = |set: &Agents| -> u32 {
                let within = own.iter().filter(|(_, agents)| agents.is_subset(set));
                within.map(|(count, _)| count).sum()
            };
            let is_short = |set: &&Agents| people(set) as usize > set.len();
            if let Some(set) = sets.find(is_short) {
                found.push(format!(
                    "pool `{}` has {} agents for {} shifts on {day}",
                    self.pool.id,
                    set.len(),
                    people(set)
                ));
            }
        }
    }

    /// Weeks with more days of work or hours than the contracts come to on the days on which their
    /// agents are there.
    pub(super) fn weeks(&self, found: &mut Vec<String>) {
        let longest = self.pool.longest_shift().as_secs_f64() / 3600.0;
        for week in 0..self.weeks {
            let is_here = |day: NaiveDate| (day - self.first).num_days().max(0) / 7 == week;
            let (mut most_days, mut most_hours) = (0.0, 0.0);
            for (agent, contract) in self.contracts.iter().enumerate() {
                let Some(contract) = contract else { continue };
                let dates = self.dates.iter().filter(|&&day| is_here(day));
                let days = dates.filter(|&&day| self.is_there(agent, day)).count() as f64;
                let days = days.min(f64::from(contract.week_days));
                most_days += days;
                most_hours += contract.week_hours.min(days * longest);
            }
            let own = || self.shifts.iter().filter(|s| is_here(self.date(s)));
            let days: f64 = own().map(|s| f64::from(s.count)).sum();
            let worked: f64 = own().map(|s| f64::from(s.count) * hours(s)).sum();
            for (noun, asked, most) in [("days", days, most_days), ("hours", worked, most_hours)] {
                if asked > most + 1e-6 {
                    found.push(format!(
                        "the agents of pool `{}` work at most {most} {noun} in week {}, not {asked}",
                        self.pool.id,
                        week + 1
                    ));
                }
            }
        }
    }
}

fn hours(shift: &Shift) -> f64 {
    (shift.end - shift.start).num_seconds() as f64 / 3600.0
}
