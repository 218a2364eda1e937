//! What the search asks again and again: may an agent work a line of duties, and what is it worth?

use std::ops::Range;

use super::person::{Line, Person, Source, persons};
use super::weekends::Shares;
use super::work::Work;
use crate::calendar::{NaiveDate, TimeDelta};
use crate::scheduling::Problem;
use crate::scheduling::law::{LawRule, law_rules};
use crate::scheduling::rules::days;
use crate::scheduling::tours::{PoolTours, law_of, rest_between_shifts};
use crate::units::whole;
use crate::workforce::law::LabourLaw;
use crate::workforce::{Fairness, Pool, Staff, Tour};

/// A pool, its agents and its shifts.
#[derive(Debug)]
pub(super) struct Desk<'p> {
    pub(super) pool: &'p Pool,
    pub(super) persons: Vec<Person<'p>>,
    pub(super) work: Work,
    pub(super) fairness: Fairness,
    pub(super) shares: Shares,
    rules: Vec<&'static dyn LawRule>,
    least_rest: TimeDelta,
    /// Positions of the local days of the horizon; a shift may start on the day before.
    horizon: Range<usize>,
}

/// The law of a pool and the first day of its horizon.
pub(super) fn law(problem: &Problem, pool: &Pool) -> (LabourLaw, NaiveDate) {
    let first = days(problem, pool).first().copied().unwrap_or_default();
    (law_of(pool, first), first)
}

impl<'p> Desk<'p> {
    pub(super) fn new(
        problem: &'p Problem,
        tours: &PoolTours,
        staff: &'p Staff,
        (law, first): &'p (LabourLaw, NaiveDate),
    ) -> Self {
        let pool = &problem.pools[tours.pool];
        let days = days(problem, pool).len();
        let source = Source {
            pool,
            staff,
            law,
            first: *first,
            days,
        };
        let work = Work::of(pool, law, tours, (*first, days), &staff.fairness);
        let rules = law_rules::all().into_iter();
        let before = usize::try_from((*first - work.first).num_days()).unwrap_or(0);
        Self {
            persons: persons(&source, &work),
            pool,
            work,
            fairness: staff.fairness,
            shares: Shares::of(&pool.contracts_in_force(), staff),
            // Breaks belong to the shift, whoever works it.
            rules: rules.filter(|r| r.name() != "breaks").collect(),
            least_rest: rest_between_shifts(pool, *first),
            horizon: before..before + days,
        }
    }

    pub(super) fn cost(&self, person: usize, line: &Line) -> f64 {
        self.persons[person].cost(&self.work, line, &self.fairness)
    }

    /// The first thing that stands against a line of an agent.
    pub(super) fn objection(&self, person: usize, line: &Line) -> Option<&'static str> {
        let own = &self.persons[person];
        let alone = line.iter().flatten().find_map(|&duty| own.alone[duty]);
        alone
            .or_else(|| self.against_contract(own, line))
            .or_else(|| self.against_law(own, line))
    }

    pub(super) fn allows(&self, person: usize, line: &Line) -> bool {
        self.objection(person, line).is_none()
    }

    fn against_contract(&self, person: &Person<'_>, line: &Line) -> Option<&'static str> {
        let contract = &person.facts.contract;
        let band = contract
            .start_band
            .map(|b| whole::round(b.as_secs_f64() / 60.0));
        let most = whole::nearest(contract.week_hours * 60.0);
        let (mut week, mut minutes, mut count) = (usize::MAX, 0, 0);
        let (mut first, mut last) = (u32::MAX, 0);
        let mut ended = None;
        for &duty in line.iter().flatten() {
            let duty = &self.work.duties[duty];
            if ended.is_some_and(|end| duty.shift.start - end < self.least_rest) {
                return Some("daily_rest");
            }
            ended = Some(duty.shift.end);
            if duty.week != week {
                (week, minutes, count) = (duty.week, 0, 0);
                (first, last) = (u32::MAX, 0);
            }
            minutes += duty.minutes;
            count += 1;
            (first, last) = (first.min(duty.minute), last.max(duty.minute));
            if minutes > most {
                return Some("contract_hours");
            }
            if count > contract.week_days {
                return Some("contract_days");
            }
            if band.is_some_and(|band| last - first > band) {
                return Some("start_band");
            }
        }
        (!self.has_days_off(contract.days_off_together, line)).then_some("days_off")
    }

    /// Whether every whole week of the horizon leaves so many days in a row free.
    fn has_days_off(&self, together: u32, line: &Line) -> bool {
        let together = usize::try_from(together).unwrap_or(usize::MAX);
        let days = line.get(self.horizon.clone()).unwrap_or_default();
        let mut weeks = days.chunks_exact(7);
        weeks.all(|week| week.split(Option::is_some).any(|off| off.len() >= together))
    }

    fn against_law(&self, person: &Person<'_>, line: &Line) -> Option<&'static str> {
        let duties = || line.iter().flatten().map(|&duty| &self.work.duties[duty]);
        duties().next()?;
        let tour = Tour {
            pool: self.pool.id.clone(),
            agent: String::new(),
            contract: String::new(),
            shifts: duties().map(|duty| duty.shift.clone()).collect(),
        };
        let broken = |rule: &&&'static dyn LawRule| !rule.violations(&person.law, &tour).is_empty();
        self.rules.iter().find(broken).map(|rule| rule.name())
    }
}
