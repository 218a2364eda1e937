//! Days and stretches of days divided anew among agents, as well as they can be for the rest as it
//! is.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::desk::Desk;
use super::matching::matching;
use super::person::Line;
use super::standing::{OPEN, Standing};

/// What stands for something that is not allowed.
const NEVER: f64 = 1e12;

/// Open shifts of a day that are tried at once.
const OPEN_AT_ONCE: usize = 60;

/// Gives the shifts of one day, and what is open on it, to some agents anew. Whether the roster is
/// better for it.
pub(super) fn day(desk: &Desk<'_>, now: &mut Standing, day: usize, agents: &[usize]) -> bool {
    let free = |&person: &usize| -> Option<(usize, Line, f64)> {
        let mut line = now.lines[person].clone();
        line[day] = None;
        let cost = desk.cost(person, &line);
        desk.allows(person, &line).then_some((person, line, cost))
    };
    let free: Vec<(usize, Line, f64)> = agents.par_iter().filter_map(free).collect();
    let held = free.iter().filter_map(|(p, ..)| now.lines[*p][day]);
    let open = now.open[day].iter().copied().take(OPEN_AT_ONCE);
    let mut shifts: Vec<usize> = held.chain(open).collect();
    shifts.sort_unstable();
    let mut kinds = shifts.clone();
    kinds.dedup();
    let of_kind: BTreeMap<usize, Vec<f64>> = kinds
        .par_iter()
        .map(|&duty| {
            let cost = |(person, line, without): &(usize, Line, f64)| {
                let mut line = line.clone();
                line[day] = Some(duty);
                let is_held = now.lines[*person][day] == Some(duty);
                if is_held || desk.allows(*person, &line) {
                    desk.cost(*person, &line) - without
                } else {
                    NEVER
                }
            };
            (duty, free.iter().map(cost).collect())
        })
        .collect();
    let nobody = shifts.len();
    let row = |duty: &usize| {
        let own = of_kind[duty].iter().copied();
        own.chain(std::iter::repeat_n(OPEN, nobody)).collect()
    };
    let cost: Vec<Vec<f64>> = shifts.iter().map(row).collect();
    let found = matching(&cost);
    let mut next = now.clone();
    for (person, line, _) in &free {
        if let Some(duty) = now.lines[*person][day] {
            next.leave(desk, duty);
        }
        next.set(desk, *person, line.clone());
    }
    for (row, &column) in found.iter().enumerate() {
        let Some((person, line, _)) = free.get(column) else {
            continue;
        };
        if cost[row][column] >= NEVER {
            return false;
        }
        let mut line = line.clone();
        line[day] = Some(shifts[row]);
        next.take(desk, shifts[row]);
        next.set(desk, *person, line);
    }
    replace(now, next)
}

/// Exchanges what some agents work on a stretch of days among them.
pub(super) fn stretch(
    desk: &Desk<'_>,
    now: &mut Standing,
    days: &Range<usize>,
    agents: &[usize],
) -> bool {
    let cost: Vec<Vec<f64>> = agents
        .par_iter()
        .map(|&giver| {
            let of = |&taker: &usize| {
                if taker == giver {
                    return now.costs[taker];
                }
                let mut line = now.lines[taker].clone();
                line[days.clone()].copy_from_slice(&now.lines[giver][days.clone()]);
                if line == now.lines[taker] {
                    return now.costs[taker];
                }
                if desk.allows(taker, &line) {
                    desk.cost(taker, &line)
                } else {
                    NEVER
                }
            };
            agents.iter().map(of).collect()
        })
        .collect();
    let mut next = now.clone();
    for (row, column) in matching(&cost).into_iter().enumerate() {
        let (giver, taker) = (agents[row], agents[column]);
        let mut line = now.lines[taker].clone();
        line[days.clone()].copy_from_slice(&now.lines[giver][days.clone()]);
        next.set(desk, taker, line);
    }
    replace(now, next)
}

/// Takes what is no worse. Whether it is better.
fn replace(now: &mut Standing, next: Standing) -> bool {
    let gain = now.total() - next.total();
    if gain >= 0.0 {
        *now = next;
    }
    gain > 1e-6
}
