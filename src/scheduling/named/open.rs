//! A finished roster, and why shifts are open.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::desk::Desk;
use super::standing::Standing;
use super::work::{MEASURES, told};
use super::{Load, NOT_ASKED, OpenShift, Penalty, PoolRoster};
use crate::scheduling::budget::Budget;
use crate::workforce::Tour;

/// The roster of a pool in words of its own.
pub(super) fn finished(
    desk: &Desk<'_>,
    pool: usize,
    best: &Standing,
    budget: &Budget<'_>,
) -> PoolRoster {
    let mut stock = desk.work.stock.clone();
    let mut tours = Vec::new();
    let mut loads: Vec<Load> = Vec::new();
    let (mut kept, mut broken) = (0, 0);
    let mut penalty = Penalty::default();
    for (person, line) in desk.persons.iter().zip(&best.lines) {
        let duties = || line.iter().flatten().copied();
        let shifts = duties().filter_map(|duty| stock[duty].pop());
        tours.push(Tour {
            pool: desk.pool.id.clone(),
            agent: person.facts.agent.name.clone(),
            contract: person.facts.contract.id.clone(),
            shifts: shifts.collect(),
        });
        let mut load = [0.0; MEASURES];
        for duty in duties() {
            let own = &desk.work.duties[duty].loads;
            load.iter_mut().zip(own).for_each(|(l, o)| *l += o);
        }
        loads.push(told(&load));
        let ((k, b), own) = person.judged(&desk.work, line, &desk.fairness);
        (kept, broken) = (kept + k, broken + b);
        penalty.wishes += own.wishes;
        penalty.fairness += own.fairness;
        penalty.unworked_hours += own.unworked_hours;
    }
    let mut left: Vec<usize> = best.open.iter().flatten().copied().collect();
    left.sort_unstable();
    let open = left.into_iter().filter_map(|duty| {
        let shift = stock[duty].pop()?;
        let against = against(desk, best, duty, budget);
        Some(OpenShift { shift, against })
    });
    let open = open.collect();
    PoolRoster {
        pool,
        tours,
        open,
        wishes: (kept, broken),
        loads,
        past: desk.persons.iter().map(|p| told(&p.worked)).collect(),
        penalty,
        weekends_over: best.over,
    }
}

/// What stands against giving a duty to each agent beside their other shifts. Contract and law are
/// not asked any more once time is over.
fn against(
    desk: &Desk<'_>,
    best: &Standing,
    duty: usize,
    budget: &Budget<'_>,
) -> BTreeMap<&'static str, u32> {
    let day = desk.work.duties[duty].day;
    let reason = |person: usize| {
        let mut line = best.lines[person].clone();
        let other = line[day].map(|_| "other_shift");
        line[day] = Some(duty);
        let known = desk.persons[person].alone[duty].or(other);
        known.or_else(|| {
            if budget.is_over() {
                return Some(NOT_ASKED);
            }
            desk.objection(person, &line)
        })
    };
    let persons = (0..desk.persons.len()).into_par_iter();
    let reasons: Vec<Option<&'static str>> = persons.map(reason).collect();
    let mut counted = BTreeMap::new();
    for reason in reasons.into_iter().flatten() {
        *counted.entry(reason).or_default() += 1;
    }
    counted
}
