//! Agents behind a finished schedule, counted by code that shares nothing with the rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Datelike, NaiveDate, TimeDelta};
use crate::scheduling::tours::rest_between_shifts;
use crate::scheduling::{Problem, Schedule};
use crate::units::Probability;
use crate::workforce::{Contract, Pool, Shift};

/// Numbers may be off by this much, relative to the people counted.
const NOISE: f64 = 1e-5;

/// First local day of a pool whose noon lies in the horizon, and how many there are.
pub(in crate::scheduling) fn noons(problem: &Problem, pool: &Pool) -> (NaiveDate, i64) {
    let almost_noon = TimeDelta::hours(12) - TimeDelta::seconds(1);
    let just_past = TimeDelta::hours(12) + TimeDelta::seconds(1);
    let first = pool.zone.local(problem.grid.start() + almost_noon).date();
    let last = pool.zone.local(problem.grid.end() - just_past).date();
    (first, (last - first).num_days() + 1)
}

/// Shifts of one week that some contracts share among them.
struct Together<'a> {
    pool: &'a Pool,
    /// Positions of the contracts.
    contracts: Vec<usize>,
    shifts: Vec<&'a Shift>,
    week: i64,
    /// First local day of the week.
    first: NaiveDate,
    /// Part of a full week that lies in the horizon.
    part: f64,
}

/// Every week of a pool, for each set of contracts that share kinds of shift.
fn together<'a>(problem: &Problem, schedule: &'a Schedule, pool: &'a Pool) -> Vec<Together<'a>> {
    let (first, days) = noons(problem, pool);
    let allows = |c: usize, shift: &Shift| pool.contracts[c].allows(&shift.shift_type);
    let mut sets: Vec<Vec<usize>> = Vec::new();
    let mut left: Vec<usize> = (0..pool.contracts.len()).collect();
    while let Some(one) = left.pop() {
        let mut set = vec![one];
        let shares = |set: &[usize], c: usize| {
            let mut kinds = pool.shifts.iter().map(|kind| &kind.id);
            let contracts = &pool.contracts;
            kinds.any(|k| contracts[c].allows(k) && set.iter().any(|&s| contracts[s].allows(k)))
        };
        while let Some(place) = left.iter().position(|&c| shares(&set, c)) {
            set.push(left.remove(place));
        }
        sets.push(set);
    }
    let mut found = Vec::new();
    for week in 0..(days + 6) / 7 {
        for set in &sets {
            let is_here = |shift: &&Shift| {
                let since = (pool.zone.local(shift.start).date() - first).num_days();
                let own = shift.pool == pool.id && since.max(0) / 7 == week;
                own && set.iter().any(|&c| allows(c, shift))
            };
            found.push(Together {
                pool,
                contracts: set.clone(),
                shifts: schedule.shifts.iter().filter(is_here).collect(),
                week,
                first: first + TimeDelta::days(7 * week),
                part: (days - 7 * week).min(7) as f64 / 7.0,
            });
        }
    }
    found
}

impl Together<'_> {
    /// What the stated agents come to, each weighed by its contract.
    fn stated(&self, schedule: &Schedule, index: usize, weight: impl Fn(&Contract) -> f64) -> f64 {
        let heads = schedule.headcount.iter().filter(|head| {
            let is_here = head.pool == index && i64::try_from(head.week) == Ok(self.week);
            is_here && self.contracts.contains(&head.contract)
        });
        heads
            .map(|head| head.agents * weight(&self.pool.contracts[head.contract]))
            .sum()
    }

    /// The same of the most agents there may be; `None` where a contract does not say.
    fn most(&self, weight: impl Fn(&Contract) -> f64) -> Option<f64> {
        let contracts = self.contracts.iter().map(|&c| &self.pool.contracts[c]);
        contracts
            .map(|c| Some(f64::from(c.agents_max?) * weight(c)))
            .sum()
    }

    /// People at work on a day, and people who cannot all be the same ones since the rest from a
    /// shift to the next day's would be too short: what it is, and how many.
    fn crowds(&self) -> Vec<(String, f64)> {
        let mut by_day: BTreeMap<NaiveDate, Vec<&Shift>> = BTreeMap::new();
        for &shift in &self.shifts {
            let day = self.pool.zone.local(shift.start).date();
            by_day.entry(day).or_default().push(shift);
        }
        let mut crowds = Vec::new();
        for (&day, shifts) in &by_day {
            crowds.push((format!("on {day}"), people(shifts.iter().copied())));
            let next = day.succ_opt().and_then(|next| by_day.get(&next));
            let Some(next) = next else { continue };
            for end in shifts.iter().map(|s| s.end) {
                let too_soon = end + rest_between_shifts(self.pool, day);
                let soon = people(next.iter().copied().filter(|s| s.start < too_soon));
                let late = people(shifts.iter().copied().filter(|s| s.end >= end));
                if soon > 0.0 {
                    crowds.push((format!("resting from {end}"), late + soon));
                }
            }
        }
        crowds
    }
}

impl Together<'_> {
    /// People at work on each Saturday and Sunday of the week.
    fn weekend(&self) -> Vec<(NaiveDate, f64)> {
        let days = self
            .first
            .iter_days()
            .take(7)
            .filter(|day| day.weekday().number_from_monday() > 5);
        days.map(|day| (day, self.on(day))).collect()
    }

    fn on(&self, day: NaiveDate) -> f64 {
        let local = |s: &Shift| self.pool.zone.local(s.start).date();
        people(self.shifts.iter().copied().filter(|s| local(s) == day))
    }

    /// Whether all agents can have as many days off together as the contract with the fewest asks
    /// for: days off are given from the first day of the week on, as many as it can spare.
    fn has_days_off(&self, schedule: &Schedule, index: usize) -> bool {
        let contracts = self.contracts.iter().map(|&c| &self.pool.contracts[c]);
        let together = contracts.map(|c| c.days_off_together).min().unwrap_or(0);
        let together = usize::try_from(together).unwrap_or(0).min(7);
        if together < 2 || self.part < 1.0 {
            return true;
        }
        let agents = self.stated(schedule, index, |_| 1.0);
        let days = self.first.iter_days().take(7);
        let mut spare: Vec<f64> = days.map(|day| agents - self.on(day)).collect();
        let mut left = agents;
        for first in 0..=7 - together {
            let block = &mut spare[first..first + together];
            let given = block.iter().copied().fold(left, f64::min).max(0.0);
            for day in block {
                *day -= given;
            }
            left -= given;
        }
        left <= NOISE * agents.max(1.0)
    }
}

/// Contracts that have too few or too many of the stated agents of a week.
fn shares(pool: &Pool, index: usize, schedule: &Schedule) -> Vec<String> {
    let own = || schedule.headcount.iter().filter(|h| h.pool == index);
    let weeks: BTreeSet<usize> = own().map(|h| h.week).collect();
    let mut found = Vec::new();
    for week in weeks {
        let all: f64 = own().filter(|h| h.week == week).map(|h| h.agents).sum();
        for (place, contract) in pool.contracts.iter().enumerate() {
            let here = own().filter(|h| h.week == week && h.contract == place);
            let agents: f64 = here.map(|h| h.agents).sum();
            let noise = NOISE * all.max(1.0);
            let is_few = contract
                .share_min
                .is_some_and(|s| agents < s.get() * all - noise);
            let is_many = contract
                .share_max
                .is_some_and(|s| agents > s.get() * all + noise);
            if is_few || is_many {
                found.push(format!(
                    "{agents} of {all} agents of pool `{}` have contract `{}` in week {}",
                    pool.id,
                    contract.id,
                    week + 1
                ));
            }
        }
    }
    found
}

fn people<'a>(shifts: impl Iterator<Item = &'a Shift>) -> f64 {
    shifts.map(|s| f64::from(s.count)).sum()
}

fn hours(shift: &Shift) -> f64 {
    (shift.end - shift.start).num_minutes() as f64 / 60.0 * f64::from(shift.count)
}

/// Hours that the stated agents of a pool are guaranteed and its shifts do not hold.
pub(in crate::scheduling) fn unworked_hours(
    problem: &Problem,
    schedule: &Schedule,
    index: usize,
) -> f64 {
    let weeks = together(problem, schedule, &problem.pools[index]).into_iter();
    let unworked = weeks.map(|week| {
        let guaranteed = week.stated(schedule, index, |c| c.guaranteed_hours) * week.part;
        let (first, last) = (problem.grid.start(), problem.grid.end());
        let inside = |s: &Shift| (s.end.min(last) - s.start.max(first)).num_minutes().max(0);
        let worked = week
            .shifts
            .iter()
            .map(|s| inside(s) as f64 / 60.0 * f64::from(s.count));
        let worked: f64 = worked.sum();
        (guaranteed - worked).max(0.0)
    });
    unworked.sum()
}

/// Weeks that ask for more agents than are stated or allowed, and guaranteed hours that are not
/// paid.
pub(super) fn violations(problem: &Problem, schedule: &Schedule) -> Vec<String> {
    let mut found = Vec::new();
    for (index, pool) in problem.pools.iter().enumerate() {
        for week in together(problem, schedule, pool) {
            let is_stated = pool.contracts.iter().any(Contract::counts_agents);
            for &place in week.contracts.iter().filter(|_| is_stated) {
                let own = schedule.headcount.iter().filter(|head| {
                    let is_here = head.pool == index && i64::try_from(head.week) == Ok(week.week);
                    is_here && head.contract == place
                });
                let agents: f64 = own.map(|head| head.agents).sum();
                let contract = &pool.contracts[place];
                if agents < f64::from(contract.agents_min) - NOISE {
                    found.push(format!(
                        "pool `{}` has {agents} agents with contract `{}`, {} are there in any case",
                        pool.id, contract.id, contract.agents_min
                    ));
                }
            }
            let mut check = |what: String, needed: f64, weight: &dyn Fn(&Contract) -> f64| {
                let stated = week.stated(schedule, index, weight);
                let is_too_much = |there: f64| needed > there + NOISE * needed.max(1.0);
                if is_stated && is_too_much(stated) || week.most(weight).is_some_and(is_too_much) {
                    found.push(format!(
                        "pool `{}` has not the agents for {needed} {what}",
                        pool.id
                    ));
                }
            };
            for (what, people) in week.crowds() {
                check(format!("people {what}"), people, &|_| 1.0);
            }
            let shifts = people(week.shifts.iter().copied());
            let week_days = |c: &Contract| f64::from(c.week_days);
            check("shifts in a week".to_owned(), shifts, &week_days);
            let worked = week.shifts.iter().map(|s| hours(s)).sum();
            check("hours in a week".to_owned(), worked, &|c| c.week_hours);
            for (day, people) in week.weekend() {
                let share = |c: &Contract| c.weekend_share_max.map_or(1.0, Probability::get);
                check(format!("people on {day}, a weekend"), people, &share);
            }
            if is_stated && !week.has_days_off(schedule, index) {
                found.push(format!(
                    "pool `{}` has not the agents for days off together in week {}",
                    pool.id,
                    week.week + 1
                ));
            }
        }
        found.extend(shares(pool, index, schedule));
        let owed = unworked_hours(problem, schedule, index) * pool.price.per_hour.get();
        let costs = schedule.cost.pools.iter().filter(|c| c.pool == pool.id);
        let paid: f64 = costs.map(|c| c.guaranteed.get()).sum();
        if owed > paid + 1e-6 * owed.max(1.0) {
            found.push(format!(
                "pool `{}` pays {paid:.4} for guaranteed hours, at the least {owed:.4} is due",
                pool.id
            ));
        }
    }
    found
}
