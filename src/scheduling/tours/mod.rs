//! From shifts to working weeks: every shift of a schedule belongs to an agent's legal week.
//!
//! Agents are anonymous here. A week is partitioned into tours by column generation: the program
//! in `master` picks tours so that every shift has its people and as few guaranteed hours as
//! possible are paid for nothing, then as few agents as possible work; `pricing` finds tours that
//! are worth their cost. Weeks are chained so that the rest between them holds.

mod assemble;
mod chain;
mod duty;
mod improve;
mod lawful;
mod master;
mod pay;
mod pricing;
mod terms;
mod verify;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use lawful::law_breaches;
pub(super) use terms::{law_of, rest_between_shifts};
pub use verify::verify_tours;

use super::law::LawViolation;
use super::rules::days;
use super::{Problem, Schedule};
use crate::units::Money;
use crate::workforce::{Pool, Tour};
use terms::Terms;

/// The tours of one pool.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolTours {
    /// Position of the pool.
    pub pool: usize,
    /// One for each agent, over the whole horizon.
    pub tours: Vec<Tour>,
    /// Guaranteed hours that nobody works.
    pub unused_hours: f64,
    /// What they cost, at the pool's lowest hourly price.
    pub unused: Money,
    /// Premiums of the law by name, overtime among them; empty where the price has them in it.
    pub premiums: BTreeMap<String, Money>,
    /// Agents above what contracts allow, over all weeks: their most, their share of weekends and
    /// their mix. The schedule keeps to what agents can do in each day, rest and week, which need not
    /// suffice for whole tours.
    pub agents_over: u32,
    /// In what they break the pool's law, with the agent; empty when they keep it.
    pub breaches: Vec<(String, LawViolation)>,
}

/// Makes tours of the shifts of every pool. Always the same for the same schedule, on any number
/// of threads.
///
/// What guaranteed hours cost beyond the schedule's shifts is found heuristically; the answer is
/// checked by [`verify_tours`].
pub fn tours(problem: &Problem, schedule: &Schedule) -> Vec<PoolTours> {
    (problem.pools.par_iter().enumerate().with_max_len(1))
        .map(|(index, pool)| of_pool(problem, schedule, index, pool))
        .collect()
}

fn of_pool(problem: &Problem, schedule: &Schedule, index: usize, pool: &Pool) -> PoolTours {
    let weeks = duty::weeks(problem, pool, &schedule.shifts);
    let days = i64::try_from(days(problem, pool).len()).unwrap_or(i64::MAX);
    let mut agents: Vec<chain::Agent> = Vec::new();
    let (mut unused_minutes, mut agents_over) = (0.0, 0);
    for (week, duties) in weeks {
        let terms = Terms::of(problem, pool, week);
        let walks = master::cover(&duties, &terms);
        let walks = improve::improve(&duties, &terms, walks);
        for (walk, count) in &walks {
            let unused = terms.unused(walk.contract, walk.minutes_inside(&duties));
            unused_minutes += unused * f64::from(*count);
        }
        // Shifts that begin after the last day of the horizon make no week of their own.
        if week * 7 < days {
            unused_minutes += terms.idle(&walks);
        }
        agents_over += terms.agents_over(&duties, &walks);
        chain::extend(&mut agents, &duties, walks);
    }
    let unused_hours = unused_minutes / 60.0;
    let mut own = PoolTours {
        pool: index,
        tours: assemble::tours(pool, schedule, &agents),
        unused_hours,
        unused: pool.price.per_hour * unused_hours,
        premiums: BTreeMap::new(),
        agents_over,
        breaches: Vec::new(),
    };
    own.premiums = pay::premiums(problem, pool, &own.tours);
    own.breaches = law_breaches(problem, &own);
    own
}
