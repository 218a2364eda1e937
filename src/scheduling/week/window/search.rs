use std::collections::BTreeSet;
use std::time::Duration;

use super::master::Master;
use super::{Window, breaks};
use crate::milp::growing::{Growth, Var};
use crate::milp::{Backend, SolveOptions};
use crate::scheduling::week::frame::Pattern;
use crate::scheduling::week::strategy::Watch;
use crate::units::whole;

/// A number this close to a whole one is whole.
const WHOLE: f64 = 1e-5;

/// Time a backend has for one window.
const RESTRICTED: Duration = Duration::from_secs(1);

/// Costs this near are equal, in minor currency units.
const EQUAL: f64 = 1e-3;

/// A plan this near to its program, in minor currency units, is as good as it.
const NEAR: f64 = 1.0;

/// How hard a window is searched.
#[derive(Debug, Clone, Copy)]
pub(in crate::scheduling::week) struct Effort<'a> {
    /// Programs that may be solved.
    pub(in crate::scheduling::week) nodes: usize,
    /// Of the fractional options, one in so many is raised at once while there are many.
    pub(in crate::scheduling::week) batch: usize,
    /// Whether the first plan found is good enough.
    pub(in crate::scheduling::week) is_first_enough: bool,
    /// Columns whose reduced cost is not below minus this are not looked for.
    pub(in crate::scheduling::week) tolerance: f64,
    /// Solves the program over the columns of the root instead of the search, if there is one.
    pub(in crate::scheduling::week) backend: Option<Backend>,
    /// When to stop whatever has been found.
    pub(in crate::scheduling::week) watch: Watch<'a>,
}

/// People by option of the week and pattern.
pub(in crate::scheduling::week) type People = Vec<(usize, Pattern, u32)>;

/// What came of a window.
#[derive(Debug, Clone, Default)]
pub(in crate::scheduling::week) struct Found {
    /// People by option of the week and pattern, if a plan was found.
    pub(in crate::scheduling::week) people: Option<People>,
    /// Whether every choice was tried.
    pub(in crate::scheduling::week) is_complete: bool,
    /// Pivots made.
    pub(in crate::scheduling::week) pivots: u64,
    /// Rows of the program at the end.
    pub(in crate::scheduling::week) rows: usize,
}

/// A choice that was made, with the bounds before it.
struct Choice {
    moved: Vec<(Var, (f64, f64))>,
    /// The other way, if it is still to be tried and covers the rest.
    other: Option<(Var, (f64, f64))>,
    /// What to try alone when many raised at once turn out to be too many.
    alone: Option<(Var, f64)>,
}

/// Searches a window for its cheapest plan below a cost, agents missing in its intervals included:
/// depth first, the option nearest to its next whole number raised first.
pub(in crate::scheduling::week) fn search(
    window: &Window<'_>,
    seeds: &[(usize, Pattern)],
    below: f64,
    effort: &Effort<'_>,
) -> Found {
    let mut master = Master::new(window);
    for &(place, pattern) in seeds {
        master.add_column(place, pattern);
    }
    let mut found = Found::default();
    let mut below = below;
    let mut path: Vec<Choice> = Vec::new();
    for _ in 0..effort.nodes {
        let growth = master.solve(effort);
        if growth == Growth::Stopped {
            break;
        }
        let mut is_leaf = growth != Growth::Optimal || master.cost() > below - EQUAL;
        if !is_leaf && let Some((people, cost)) = settle(window, &master) {
            if cost < below - EQUAL {
                below = cost;
                found.people = Some(people);
                if effort.is_first_enough {
                    break;
                }
            }
            is_leaf = cost < master.cost() + NEAR;
        }
        if !is_leaf
            && path.is_empty()
            && let Some(backend) = effort.backend
        {
            // The backend is given the columns the root asked for.
            if let Some(people) = restricted(window, &master, (backend, effort), below) {
                found.people = Some(people);
            }
            break;
        }
        if !is_leaf {
            match branch(&mut master, effort.batch) {
                Some(choice) => path.push(choice),
                None => is_leaf = true,
            }
        }
        if effort.watch.must_stop() {
            break;
        }
        if is_leaf && !go_back(&mut master, &mut path) {
            found.is_complete = true;
            break;
        }
    }
    found.pivots = master.pivots();
    found.rows = master.rows();
    found
}

/// Makes a choice at the present point; `None` when everything is whole.
fn branch(master: &mut Master<'_>, batch: usize) -> Option<Choice> {
    let (totals, each) = master.point();
    let mut open: Vec<(f64, usize)> = (totals.iter().enumerate())
        .map(|(place, x)| (x - x.floor(), place))
        .filter(|(f, _)| *f > WHOLE && *f < 1.0 - WHOLE)
        .collect();
    if open.is_empty() {
        // Every option has whole people; patterns that have not are raised.
        let mut patterns: Vec<(f64, usize)> = (each.iter().enumerate())
            .map(|(index, x)| (x - x.floor(), index))
            .filter(|(f, _)| *f > WHOLE && *f < 1.0 - WHOLE)
            .collect();
        patterns.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let at_once = patterns.len().div_ceil(batch);
        // One pattern of an option at a time: its people are settled.
        let mut raised = BTreeSet::new();
        patterns.retain(|&(_, index)| raised.insert(master.people[index].place));
        patterns.truncate(at_once);
        let mut moved = Vec::new();
        for (_, index) in patterns {
            let var = master.people[index].var;
            let before = master.bounds(var);
            moved.push((var, before));
            master.set_bounds(var, (each[index].ceil(), before.1));
        }
        let other = match moved[..] {
            [(var, (lower, _))] => Some((var, (lower, master.bounds(var).0 - 1.0))),
            _ => None,
        };
        return (!moved.is_empty()).then_some(Choice {
            moved,
            other,
            alone: None,
        });
    }
    open.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let at_once = open.len().div_ceil(batch);
    let mut choice = Choice {
        moved: Vec::new(),
        other: None,
        alone: None,
    };
    for &(_, place) in &open[..at_once] {
        let x = master.total(place);
        let before = master.bounds(x);
        let up = totals[place].ceil();
        choice.moved.push((x, before));
        master.set_bounds(x, (up, before.1.max(up)));
        if at_once == 1 {
            choice.other = Some((x, (before.0, up - 1.0)));
        } else if choice.alone.is_none() {
            choice.alone = Some((x, up));
        }
    }
    Some(choice)
}

/// Takes choices back until one has another way, and goes it.
fn go_back(master: &mut Master<'_>, path: &mut Vec<Choice>) -> bool {
    while let Some(choice) = path.last_mut() {
        for &(var, bounds) in choice.moved.iter().rev() {
            master.set_bounds(var, bounds);
        }
        if let Some((x, up)) = choice.alone.take() {
            let before = master.bounds(x);
            choice.moved = vec![(x, before)];
            choice.other = Some((x, (before.0, up - 1.0)));
            master.set_bounds(x, (up, before.1.max(up)));
            return true;
        }
        if let Some((var, bounds)) = choice.other.take() {
            master.set_bounds(var, bounds);
            return true;
        }
        path.pop();
    }
    false
}

/// The plan of a point in which everybody is whole, with whole breaks, and its cost.
fn settle(window: &Window<'_>, master: &Master<'_>) -> Option<(People, f64)> {
    let (totals, each) = master.point();
    let is_whole = |x: &f64| (x - x.round()).abs() < WHOLE;
    if !totals.iter().all(is_whole) {
        return None;
    }
    if each.iter().all(is_whole) {
        let pairs = master.people.iter().zip(each);
        let people = pairs.map(|(p, x)| (window.options[p.place], p.pattern, whole::round(x)));
        return Some((people.filter(|p| p.2 > 0).collect(), master.cost()));
    }
    let (people, missing) = breaks::place(master, &totals);
    let cost = (totals.iter().enumerate())
        .map(|(place, x)| window.price(place) as f64 * x.round())
        .sum::<f64>()
        + window.changes(&totals)
        + missing * window.frame.missing_price as f64
        + master.unavoidable_cost()
        + window.broken(&totals);
    Some((people, cost))
}

/// The plan of a backend over the columns of the program, if it costs less than `below`.
fn restricted(
    window: &Window<'_>,
    master: &Master<'_>,
    (backend, effort): (Backend, &Effort<'_>),
    below: f64,
) -> Option<People> {
    let options = SolveOptions {
        time_limit: Some(RESTRICTED.min(effort.watch.left())),
        ..SolveOptions::default()
    };
    let outcome = backend.solve(&master.restricted(), &options).ok()?;
    let point = outcome.point?;
    if outcome.cost + master.unavoidable_cost() > below - EQUAL {
        return None;
    }
    let people = (master.people.iter())
        .map(|p| {
            (
                window.options[p.place],
                p.pattern,
                whole::round(point[p.var]),
            )
        })
        .filter(|(_, _, count)| *count > 0);
    Some(people.collect())
}
