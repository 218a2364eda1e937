use std::collections::BTreeSet;
use std::time::Instant;

use super::{Window, breaks};
use super::master::Master;
use crate::milp::growing::{Growth, Var};
use crate::scheduling::week::frame::Pattern;
use crate::units::whole;

/// A number this close to a whole one is whole.
const WHOLE: f64 = 1e-5;

/// A plan this near to its program, in minor currency units, is as good as it.
const NEAR: f64 = 1.0;

/// How hard a window is searched.
#[derive(Clone, Copy)]
pub(in crate::scheduling::week) struct Effort<'a> {
    /// Programs that may be solved.
    pub(in crate::scheduling::week) nodes: usize,
    /// Of the fractional options, one in so many is raised at once while there are many.
    pub(in crate::scheduling::week) batch: usize,
    /// Plans must cost less than this, agents missing in the intervals of the window included.
    pub(in crate::scheduling::week) below: f64,
    /// Whether the first plan found is good enough.
    pub(in crate::scheduling::week) first: bool,
    /// When to stop whatever has been found.
    pub(in crate::scheduling::week) deadline: Option<Instant>,
    pub(in crate::scheduling::week) is_cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl Effort<'_> {
    pub(super) fn is_over(&self) -> bool {
        self.deadline.is_some_and(|d| Instant::now() >= d) || (self.is_cancelled)()
    }
}

/// What came of a window.
#[derive(Debug, Clone)]
pub(in crate::scheduling::week) struct Found {
    /// People by option of the week and pattern, if a plan was found.
    pub(in crate::scheduling::week) people: Option<Vec<(usize, Pattern, u32)>>,
    /// Cost of the linear program.
    pub(in crate::scheduling::week) relaxation: f64,
    /// Whether nothing better exists.
    pub(in crate::scheduling::week) is_exhausted: bool,
    /// Programs solved and pivots made.
    pub(in crate::scheduling::week) nodes: usize,
    pub(in crate::scheduling::week) pivots: u64,
    pub(in crate::scheduling::week) size: (usize, usize),
    pub(in crate::scheduling::week) stat: [u64; 4],
}

/// A choice that was made, with the bounds before it.
struct Choice {
    moved: Vec<(Var, (f64, f64))>,
    /// The other way, if it is still to be tried and covers the rest.
    other: Option<(Var, (f64, f64))>,
    /// What to try alone when many raised at once turn out to be too many.
    alone: Option<(Var, f64)>,
}

/// Searches a window for its cheapest plan: depth first, the option nearest to its next whole
/// number raised first.
pub(in crate::scheduling::week) fn search(
    window: &Window<'_>,
    seeds: &[(usize, Pattern)],
    effort: &Effort<'_>,
) -> Found {
    let mut master = Master::new(window);
    for &(place, pattern) in seeds {
        master.add_column(place, pattern);
    }
    let mut found = Found {
        people: None,
        relaxation: f64::NEG_INFINITY,
        is_exhausted: false,
        nodes: 0,
        pivots: 0,
        size: (0, 0),
        stat: [0; 4],
    };
    let mut below = effort.below;
    let mut path: Vec<Choice> = Vec::new();
    loop {
        let growth = master.solve(effort);
        found.nodes += 1;
        if found.nodes == 1 && growth == Growth::Optimal {
            found.relaxation = master.cost();
        }
        if growth == Growth::Stopped {
            if std::env::var("DBG").is_ok() { eprintln!("stopped at node {} pivots {}", found.nodes, master.pivots()); }
            break;
        }
        if std::env::var("DBG2").is_ok() { let (t, e) = master.point(); eprintln!("node {} {:?} cost {:.1} below {:.1} depth {} open options {} patterns {}", found.nodes, growth, master.cost(), below, path.len(), t.iter().filter(|x| (*x - x.round()).abs() > WHOLE).count(), e.iter().filter(|x| (*x - x.round()).abs() > WHOLE).count()); }
        let is_open = growth == Growth::Optimal && master.cost() < below - 1e-3;
        let mut is_leaf = !is_open;
        if is_open {
            let settled = settle(window, &master);
            if let Some((people, cost)) = settled {
                if cost < below - 1e-3 {
                    below = cost;
                    found.people = Some(people);
                }
                is_leaf = cost < master.cost() + NEAR || effort.first;
                if effort.first {
                    break;
                }
            }
            if !is_leaf {
                match branch(&mut master, effort.batch) {
                    Some(choice) => path.push(choice),
                    None => is_leaf = true,
                }
            }
        }
        if found.nodes >= effort.nodes || effort.is_over() {
            break;
        }
        if is_leaf && !go_back(&mut master, &mut path) {
            found.is_exhausted = true;
            break;
        }
    }
    found.stat = master.stat;
    found.pivots = master.pivots();
    found.size = master.size();
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
        return (!moved.is_empty()).then_some(Choice {
            moved,
            other: None,
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
fn settle(window: &Window<'_>, master: &Master<'_>) -> Option<(Vec<(usize, Pattern, u32)>, f64)> {
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
    let cost = (people.iter())
        .map(|&(j, _, count)| window.frame.options[j].cost as f64 * f64::from(count))
        .sum::<f64>()
        + missing * window.frame.missing_price as f64
        + master.unavoidable_cost();
    Some((people, cost))
}
