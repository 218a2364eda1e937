//! Where agents have names, no more people work than there are agents who can.
//!
//! ```text
//! Σ_{j on d, A_j ⊆ T} x_j ≤ |T|                              each day, set T
//! Σ_{j in w} x_j ≤ Σ_a min(days of the contract, days on which a can work)       each week
//! Σ_{j in w} hours_j x_j ≤ Σ_a min(hours of the contract, longest shift · days)  each week
//! ```
//!
//! `A_j` are the agents who can work shift `j` by contract, availability, absence and the rest since
//! the last shift before the horizon. `T` is one of these sets, or all agents who can work some
//! shift of a kind or of the day. Source: Hall's condition for the sets looked at.

mod check;

use std::collections::{BTreeMap, BTreeSet};

use super::{Cover, Rule, noons};
use crate::calendar::{DateTime, NaiveDate, TimeDelta, Utc};
use crate::milp::Sense;
use crate::scheduling::cover::CoverModel;
use crate::scheduling::named::takers;
use crate::scheduling::tours::rest_between_shifts;
use crate::scheduling::{Problem, Schedule};
use crate::workforce::{Pool, ShiftTypeId};
use check::Seen;

#[derive(Debug)]
pub(super) struct NamedAgents;

/// Agents by position.
type Agents = BTreeSet<usize>;

/// A candidate: its position, kind, length in hours, and who can work it.
struct Shift<'p> {
    candidate: usize,
    kind: &'p ShiftTypeId,
    hours: f64,
    agents: Agents,
}

/// Who can work shifts of a pool.
struct Crew<'p> {
    pool: &'p Pool,
    facts: Vec<crate::scheduling::named::Facts<'p>>,
    rest: TimeDelta,
}

impl<'p> Crew<'p> {
    fn of(pool: &'p Pool, first: NaiveDate) -> Self {
        Self {
            pool,
            facts: takers(pool),
            rest: rest_between_shifts(pool, first),
        }
    }

    fn able(&self, kind: &ShiftTypeId, start: DateTime<Utc>, end: DateTime<Utc>) -> Agents {
        let agents = self.facts.iter().enumerate().filter(|(_, facts)| {
            let is_rested = facts
                .last_end()
                .is_none_or(|last| start - last >= self.rest);
            is_rested && facts.objection(self.pool, kind, start, end).is_none()
        });
        agents.map(|(agent, _)| agent).collect()
    }

    /// A set by its members, which is the same in every model of the pool.
    fn name(&self, set: &Agents) -> String {
        if set.is_empty() {
            return "nobody".to_owned();
        }
        if set.len() == self.facts.len() {
            return "all".to_owned();
        }
        let names = set.iter().map(|&a| self.facts[a].agent.name.as_str());
        names.collect::<Vec<_>>().join("+")
    }
}

fn union<'s>(sets: impl Iterator<Item = &'s Agents>) -> Agents {
    sets.flatten().copied().collect()
}

fn constrain(cover: &mut CoverModel<'_>, index: usize, pool: &Pool) {
    let (first, count) = noons(cover.problem, pool);
    let crew = Crew::of(pool, first);
    let mut days: BTreeMap<NaiveDate, Vec<Shift<'_>>> = BTreeMap::new();
    for (candidate, own) in cover.candidates.iter().enumerate() {
        if own.pool != index {
            continue;
        }
        let kind = &pool.shifts[own.shift_type];
        let end = own.start + TimeDelta::from_std(kind.length).unwrap_or_default();
        days.entry(own.day).or_default().push(Shift {
            candidate,
            kind: &kind.id,
            hours: kind.length.as_secs_f64() / 3600.0,
            agents: crew.able(&kind.id, own.start, end),
        });
    }
    for (day, shifts) in &days {
        let mut sets: BTreeSet<Agents> = shifts.iter().map(|s| s.agents.clone()).collect();
        for kind in &pool.shifts {
            let own = shifts.iter().filter(|s| *s.kind == kind.id);
            sets.insert(union(own.map(|s| &s.agents)));
        }
        sets.insert(union(shifts.iter().map(|s| &s.agents)));
        for set in sets {
            let within = shifts.iter().filter(|s| s.agents.is_subset(&set));
            let terms = within.map(|s| (cover.people[s.candidate], 1.0)).collect();
            let name = format!("named_agents {} {day} {}", pool.id, crew.name(&set));
            cover.add_rule_row(name, terms, Sense::AtMost, set.len() as f64);
        }
    }
    for week in 0..(count + 6) / 7 {
        let here = |day: &NaiveDate| (*day - first).num_days().max(0) / 7 == week;
        let shifts: Vec<&Shift<'_>> = (days.iter())
            .filter(|(day, _)| here(day))
            .flat_map(|(_, shifts)| shifts)
            .collect();
        let longest = shifts.iter().map(|s| s.hours).fold(0.0, f64::max);
        let (mut most_days, mut most_hours) = (0.0, 0.0);
        for (agent, facts) in crew.facts.iter().enumerate() {
            let can = |shifts: &&Vec<Shift<'_>>| shifts.iter().any(|s| s.agents.contains(&agent));
            let able = days.iter().filter(|(day, _)| here(day));
            let able = able.filter(|(_, shifts)| can(shifts)).count() as f64;
            let able = able.min(f64::from(facts.contract.week_days));
            most_days += able;
            most_hours += facts.contract.week_hours.min(able * longest);
        }
        let mut row = |word: &str, most: f64, weight: &dyn Fn(&Shift<'_>) -> f64| {
            let terms = shifts.iter();
            let terms = terms
                .map(|s| (cover.people[s.candidate], weight(s)))
                .collect();
            let name = format!("named_agents {} week {} {word}", pool.id, week + 1);
            cover.add_rule_row(name, terms, Sense::AtMost, most);
        };
        row("days", most_days, &|_| 1.0);
        row("hours", most_hours, &|s| s.hours);
    }
}

impl Rule for NamedAgents {
    fn name(&self) -> &'static str {
        "named_agents"
    }

    fn constrain(&self, Cover(cover): &mut Cover<'_, '_>) {
        let problem = cover.problem;
        for (index, pool) in problem.pools.iter().enumerate() {
            if pool.staff.is_some() {
                constrain(cover, index, pool);
            }
        }
    }

    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        let mut found = Vec::new();
        for pool in &problem.pools {
            let Some(staff) = &pool.staff else { continue };
            let seen = Seen::of(problem, schedule, pool, staff);
            seen.days(&mut found);
            seen.weeks(&mut found);
        }
        found
    }
}
