//! Feasible or not, by whole flows.
//!
//! A cyclic sequence is a closed walk over *stints*, blocks of work with the days off after them.
//! Its places are the weekday a stint begins on and, after a single day off, the shift type before
//! it, since some shift types must not meet across one. How often each stint is walked is a whole
//! flow over the places that gives every weekday its shifts; and a whole flow is a closed walk
//! when it hangs together (Euler). One that does not is split by a part of its places: all of the
//! walk stays in it, none of it touches it, or the walk leaves it. So "infeasible" is a proof.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::stint::{Stint, stints};
use super::{RotatingProblem, RotatingSchedule, verify_rotating};
use crate::milp::{Backend, Kind, Model, Sense, SolveOptions, Termination};
use crate::scheduling::{Conflict, ScheduleError};

/// A weekday, and the shift type before a single day off.
type Place = (usize, Option<usize>);

/// A stint from one place to another.
#[derive(Debug)]
struct Arc {
    stint: usize,
    from: Place,
    to: Place,
}

/// Which flows are looked at: parts of the places that bound them.
#[derive(Debug, Clone, Default)]
struct Limits {
    /// Places that may be used, all where empty.
    inside: Option<BTreeSet<Place>>,
    /// Places that may not be used.
    outside: BTreeSet<Place>,
    /// Parts that the walk has to leave.
    left: Vec<BTreeSet<Place>>,
}

/// Finds a cyclic schedule that gives every day exactly what it asks for, or proves that there is
/// none.
///
/// # Errors
/// [`ScheduleError::Malformed`] when the requirements do not fit the days,
/// [`ScheduleError::Infeasible`] when there is no schedule, [`ScheduleError::NothingFound`] when
/// the time was not enough, and what the backend says.
pub fn solve_rotating(
    problem: &RotatingProblem,
    backend: Backend,
    time_limit: Duration,
) -> Result<RotatingSchedule, ScheduleError> {
    check(problem)?;
    let end = Instant::now().checked_add(time_limit);
    let stints = stints(problem);
    let arcs = arcs(problem, &stints);
    let mut open = vec![Limits::default()];
    while let Some(limits) = open.pop() {
        let left = end.map_or(time_limit, |end| {
            end.saturating_duration_since(Instant::now())
        });
        if left.is_zero() {
            return Err(nothing());
        }
        let Some(flow) = flow(problem, &stints, &arcs, &limits, backend, left)? else {
            continue;
        };
        let part = reached(&arcs, &flow);
        let is_connected = (arcs.iter().zip(&flow)).all(|(a, &n)| n == 0 || part.contains(&a.from));
        if is_connected {
            let schedule = walk(problem, &stints, &arcs, flow);
            return match verify_rotating(problem, &schedule).into_iter().next() {
                Some(first) => Err(ScheduleError::Unverified(first)),
                None => Ok(schedule),
            };
        }
        let mut within = limits.clone();
        within.inside = Some(match &limits.inside {
            Some(inside) => inside.intersection(&part).copied().collect(),
            None => part.clone(),
        });
        let mut without = limits.clone();
        without.outside.extend(part.iter().copied());
        let mut leaving = limits;
        leaving.left.push(part);
        open.extend([within, without, leaving]);
    }
    Err(ScheduleError::Infeasible(Conflict {
        rules: vec![
            "the requirements of the days".to_owned(),
            "the lengths of blocks".to_owned(),
            "the forbidden sequences".to_owned(),
        ],
        ways_out: None,
    }))
}

fn nothing() -> ScheduleError {
    ScheduleError::NothingFound {
        reason: "time_limit".to_owned(),
    }
}

fn check(problem: &RotatingProblem) -> Result<(), ScheduleError> {
    let shifts = problem.shifts.len();
    let is_shift = |pair: &(usize, usize)| pair.0 < shifts && pair.1 < shifts;
    let fits = problem.days > 0
        && problem.employees > 0
        && problem.required.len() == shifts
        && problem.required.iter().all(|r| r.len() == problem.days)
        && problem.forbidden_pairs.iter().all(is_shift)
        && problem.forbidden_around_day_off.iter().all(is_shift);
    if fits {
        return Ok(());
    }
    let what = "requirements or forbidden sequences do not fit the days and shift types";
    Err(ScheduleError::Malformed(what.to_owned()))
}

fn arcs(problem: &RotatingProblem, stints: &[Stint]) -> Vec<Arc> {
    let mut arcs = Vec::new();
    for (number, stint) in stints.iter().enumerate() {
        let (Some(&first), Some(&last)) = (stint.work.first(), stint.work.last()) else {
            continue;
        };
        let befores = std::iter::once(None).chain((0..problem.shifts.len()).map(Some));
        for before in befores {
            let is_bad =
                before.is_some_and(|b| problem.forbidden_around_day_off.contains(&(b, first)));
            if is_bad || (before.is_some() && problem.off_block.0 > 1) {
                continue;
            }
            for day in 0..problem.days {
                let to = (day + stint.days()) % problem.days;
                arcs.push(Arc {
                    stint: number,
                    from: (day, before),
                    to: (to, (stint.off == 1).then_some(last)),
                });
            }
        }
    }
    arcs
}

/// How often each arc is walked; `None` when the limits allow no flow.
fn flow(
    problem: &RotatingProblem,
    stints: &[Stint],
    arcs: &[Arc],
    limits: &Limits,
    backend: Backend,
    time_limit: Duration,
) -> Result<Option<Vec<u32>>, ScheduleError> {
    let mut model = Model::new();
    let mut balance: BTreeMap<Place, Vec<_>> = BTreeMap::new();
    let mut covers: BTreeMap<(Option<usize>, usize), Vec<_>> = BTreeMap::new();
    let mut leaves = vec![Vec::new(); limits.left.len()];
    for (at, arc) in arcs.iter().enumerate() {
        let may_use = |place: &Place| {
            !limits.outside.contains(place)
                && limits.inside.as_ref().is_none_or(|i| i.contains(place))
        };
        let most = if may_use(&arc.from) && may_use(&arc.to) {
            problem.employees as f64
        } else {
            0.0
        };
        let var = model.add_variable(format!("arc {at}"), 0.0, most, 0.0, Kind::Integer);
        balance.entry(arc.from).or_default().push((var, 1.0));
        balance.entry(arc.to).or_default().push((var, -1.0));
        let stint = &stints[arc.stint];
        for i in 0..stint.days() {
            let key = (stint.work.get(i).copied(), (arc.from.0 + i) % problem.days);
            covers.entry(key).or_default().push((var, 1.0));
        }
        for (part, terms) in limits.left.iter().zip(&mut leaves) {
            if part.contains(&arc.from) && !part.contains(&arc.to) {
                terms.push((var, 1.0));
            }
        }
    }
    for (place, terms) in balance {
        model.add_row(format!("place {place:?}"), terms, Sense::Equal, 0.0);
    }
    for day in 0..problem.days {
        let mut off = problem.employees as f64;
        for (shift, required) in problem.required.iter().enumerate() {
            let wanted = f64::from(required[day]);
            off -= wanted;
            let terms = covers.remove(&(Some(shift), day)).unwrap_or_default();
            if terms.is_empty() && wanted > 0.0 {
                return Ok(None);
            }
            model.add_row(
                format!("shift {shift}, day {day}"),
                terms,
                Sense::Equal,
                wanted,
            );
        }
        let terms = covers.remove(&(None, day)).unwrap_or_default();
        if off < 0.0 || (terms.is_empty() && off > 0.0) {
            return Ok(None);
        }
        model.add_row(format!("off, day {day}"), terms, Sense::Equal, off);
    }
    for (part, terms) in leaves.into_iter().enumerate() {
        if terms.is_empty() {
            return Ok(None);
        }
        model.add_row(format!("leave {part}"), terms, Sense::AtLeast, 1.0);
    }
    let options = SolveOptions {
        time_limit: Some(time_limit),
        ..SolveOptions::default()
    };
    let outcome = backend.solve(&model, &options)?;
    match (outcome.point, outcome.termination) {
        (Some(point), _) => Ok(Some(
            point.into_iter().map(crate::units::whole::round).collect(),
        )),
        (None, Termination::Infeasible) => Ok(None),
        (None, _) => Err(nothing()),
    }
}

/// The places that hang together with the first one in use.
fn reached(arcs: &[Arc], flow: &[u32]) -> BTreeSet<Place> {
    let used: Vec<&Arc> = (arcs.iter().zip(flow))
        .filter(|(_, n)| **n > 0)
        .map(|(a, _)| a)
        .collect();
    let mut part: BTreeSet<Place> = used.iter().take(1).map(|a| a.from).collect();
    loop {
        let before = part.len();
        for arc in &used {
            // What flows into a part flows out of it again, so direction does not matter.
            if part.contains(&arc.from) || part.contains(&arc.to) {
                part.extend([arc.from, arc.to]);
            }
        }
        if part.len() == before {
            return part;
        }
    }
}

/// Walks all arcs of a flow that hangs together, one after the other.
fn walk(
    problem: &RotatingProblem,
    stints: &[Stint],
    arcs: &[Arc],
    mut flow: Vec<u32>,
) -> RotatingSchedule {
    let mut out: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (at, arc) in arcs.iter().enumerate() {
        if flow[at] > 0 {
            out.entry(arc.from).or_default().push(at);
        }
    }
    let start = out.keys().next().copied().unwrap_or_default();
    // Walk until stuck, which is at the start; then step back and walk round from there.
    let mut path: Vec<(Place, Option<usize>)> = vec![(start, None)];
    let mut order = Vec::new();
    while let Some(&(place, by)) = path.last() {
        let choices = out.entry(place).or_default();
        while choices.last().is_some_and(|&a| flow[a] == 0) {
            choices.pop();
        }
        if let Some(&arc) = choices.last() {
            flow[arc] -= 1;
            path.push((arcs[arc].to, Some(arc)));
        } else {
            order.extend(by);
            path.pop();
        }
    }
    order.reverse();
    let total = problem.days * problem.employees;
    let mut days = vec![None; total];
    let mut day = start.0;
    for arc in order {
        let stint = &stints[arcs[arc].stint];
        for i in 0..stint.days() {
            if let Some(place) = days.get_mut((day + i) % total) {
                *place = stint.work.get(i).copied();
            }
        }
        day += stint.days();
    }
    RotatingSchedule {
        weeks: days.chunks(problem.days).map(<[_]>::to_vec).collect(),
    }
}
