//! Rounding by diving: solve the relaxation, raise the shifts it wants most to whole people, and
//! solve again until nothing is fractional. Always the same for the same input.

use std::collections::{BTreeSet, HashMap};

use super::breaks::Places;
use super::options::Clock;
use crate::milp::{Backend, MilpError, Model, Restriction, Sense, Termination, Variable, cost};

/// A value this close to a whole number is one.
const WHOLE: f64 = 1e-5;

/// Fractions below this are rounded down at once: nobody is called in for a minute.
pub(super) const TINY: f64 = 0.1;

/// One in so many fractional people is settled in each step.
const PEOPLE: usize = 7;

/// The same for breaks, which are nearly a flow, in one try after the other, as long as they cost so
/// many times the loss that is allowed more than the relaxation.
const BREAKS: [(usize, f64); 3] = [(3, 1.0), (8, 3.0), (30, 15.0)];

/// How to dive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner<'a> {
    /// Solves the relaxations.
    pub(super) linear: Backend,
    /// Says when to stop.
    pub(super) clock: Clock<'a>,
    /// Fractions below this are rounded down at once: [`TINY`], or 0 where shortage is dear.
    pub(super) tiny: f64,
    /// Money that whole breaks may cost more than fractions of them before another rounding is
    /// tried.
    pub(super) loss: f64,
}

/// Rounds the whole variables of a model around a point: first the people, then, with the people
/// settled, their breaks. `None` when a relaxation has no point, or it is time to stop.
pub(super) fn dive(
    model: &Model,
    start: &[f64],
    breaks: &[Places],
    how: &Manner<'_>,
) -> Result<Option<Vec<f64>>, MilpError> {
    let mut is_break = vec![false; model.variable_count()];
    (breaks.iter().flatten()).for_each(|&v| is_break[v] = true);
    let is_person = |v: &Variable| model.is_integer(*v) && !is_break[v.index()];
    let people: Vec<usize> = (model.variables().filter(is_person))
        .map(Variable::index)
        .collect();
    if people.is_empty() && !breaks.is_empty() {
        return place(model, start, breaks, how);
    }
    let Some(mut point) = settle(model, start, (&people, PEOPLE), how)? else {
        return Ok(None);
    };
    if breaks.is_empty() {
        return Ok(Some(point));
    }
    let rest = model.variables().filter(|v| !is_person(v));
    let inner = Restriction::new(model, &point, rest);
    let breaks = inside(&inner, breaks);
    let start = inner.project(&point);
    let Some(placed) = place(inner.model(), &start, &breaks, how)? else {
        return Ok(None);
    };
    inner.lift(&placed, &mut point);
    Ok(Some(point))
}

/// Those of the breaks of a model that are free in a restriction, by position there.
pub(super) fn inside(restriction: &Restriction, breaks: &[Places]) -> Vec<Places> {
    let position: HashMap<usize, usize> = restriction.free().iter().copied().zip(0..).collect();
    let of_inner = |places: &Places| places.iter().map(|v| position.get(v).copied()).collect();
    breaks.iter().filter_map(of_inner).collect()
}

/// Makes breaks whole: spread as the relaxation spreads them, or, where that costs more than it
/// may, one in so many at a time, ever fewer.
fn place(
    model: &Model,
    start: &[f64],
    breaks: &[Places],
    how: &Manner<'_>,
) -> Result<Option<Vec<f64>>, MilpError> {
    let mut bounds: Vec<(f64, f64)> = model.variables().map(|v| model.bounds(v)).collect();
    let mut relaxed = start.to_vec();
    if how.clock.must_stop() || !relax(model, &bounds, &mut relaxed, how)? {
        return Ok(None);
    }
    let least = cost(model, &relaxed);
    let mut point = relaxed.clone();
    for places in breaks {
        let people: f64 = places.iter().map(|&v| point[v]).sum();
        spread(places, people.round(), &mut point);
        for &v in places {
            bounds[v] = (point[v], point[v]);
        }
    }
    let mut best = None;
    if relax(model, &bounds, &mut point, how)? {
        best = Some((cost(model, &point), point));
    }
    let whole: Vec<usize> = breaks.iter().flatten().copied().collect();
    for (one_in, times) in BREAKS {
        let most = least + times * how.loss;
        if best.as_ref().is_some_and(|(cost, _)| *cost <= most) {
            break;
        }
        let settled = settle(model, &relaxed, (&whole, one_in), how)?;
        let settled = settled.map(|point| (cost(model, &point), point));
        best = (best.into_iter().chain(settled)).min_by(|a, b| a.0.total_cmp(&b.0));
    }
    Ok(best.map(|(_, point)| point))
}

/// Makes some variables whole, one in so many at a time; others that should be are left as they
/// come.
fn settle(
    model: &Model,
    start: &[f64],
    (whole, one_in): (&[usize], usize),
    how: &Manner<'_>,
) -> Result<Option<Vec<f64>>, MilpError> {
    let mut bounds: Vec<(f64, f64)> = model.variables().map(|v| model.bounds(v)).collect();
    let mut room = Room::of(model);
    let mut reach = Reach::of(model);
    let mut point = start.to_vec();
    // Each step settles at least one variable, so this many steps always suffice.
    for _ in 0..=2 * whole.len() {
        room.close(whole, &mut bounds);
        if how.clock.must_stop() {
            return Ok(None);
        }
        if !relax(model, &bounds, &mut point, how)? {
            return Ok(None);
        }
        let mut fractional: Vec<(f64, usize)> = (whole.iter())
            .map(|&v| (point[v] - point[v].floor(), v))
            .filter(|(f, _)| *f > WHOLE && *f < 1.0 - WHOLE)
            .collect();
        if fractional.is_empty() {
            for &v in whole {
                point[v] = point[v].round();
            }
            return Ok(Some(point));
        }
        fractional.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let needed = needed(model, &point);
        for &(_, v) in fractional
            .iter()
            .filter(|(f, v)| *f < how.tiny && !needed.contains(v))
        {
            let down = point[v].floor().max(bounds[v].0);
            if reach.spares(v, bounds[v].1 - down) {
                bounds[v].1 = down;
            }
        }
        fractional.retain(|(f, v)| *f >= how.tiny || needed.contains(v));
        for &(_, v) in fractional.iter().take(fractional.len().div_ceil(one_in)) {
            let (lower, upper) = bounds[v];
            let up = point[v].ceil().min(upper);
            bounds[v] = if up <= lower {
                // A solver short of its last digits: the variable is where it may not go below.
                (lower, lower)
            } else if room.takes(v, up - lower) {
                (up, upper)
            } else {
                let down = point[v].floor().max(lower);
                reach.spares(v, upper - down);
                (lower, down)
            };
        }
    }
    Ok(None)
}

/// Moves `point` to the optimum of the relaxation within `bounds`; false when there is none.
/// Variables without any play are taken out first, since they leave interior point methods no
/// interior.
fn relax(
    model: &Model,
    bounds: &[(f64, f64)],
    point: &mut [f64],
    how: &Manner<'_>,
) -> Result<bool, MilpError> {
    let has_play = |v: &Variable| bounds[v.index()].0 < bounds[v.index()].1;
    for v in model.variables().filter(|v| !has_play(v)) {
        point[v.index()] = bounds[v.index()].0;
    }
    let mut restriction = Restriction::new(model, point, model.variables().filter(has_play));
    for inner in 0..restriction.free().len() {
        let (lower, upper) = bounds[restriction.free()[inner]];
        restriction.set_bounds(inner, lower, upper);
    }
    let outcome = how
        .linear
        .solve(&restriction.model().relaxed(), &how.clock.options())?;
    let (Termination::Optimal, Some(inner)) = (outcome.termination, outcome.point) else {
        return Ok(false);
    };
    restriction.lift(&inner, point);
    Ok(true)
}

/// Rounds people up wherever the rows that limit them leave room, and down elsewhere. True when
/// everybody could be rounded up, so that whatever they do in `point` can still be done.
pub(super) fn round_up(model: &Model, people: &[Variable], point: &mut [f64]) -> bool {
    let mut room = Room::of(model);
    let mut is_up = true;
    for v in people.iter().map(|v| v.index()) {
        let (low, high) = (
            (point[v] + WHOLE).floor().max(0.0),
            (point[v] - WHOLE).ceil().max(0.0),
        );
        // Room is counted from the lower bounds, so the whole value is taken.
        if room.takes(v, high) {
            point[v] = high;
        } else {
            is_up = false;
            point[v] = if room.takes(v, low) { low } else { 0.0 };
        }
    }
    is_up
}

/// Gives some people whole breaks, spread over the places as the point spreads them: as many up
/// to each place as the share of the people up to it, rounded.
pub(super) fn spread(places: &[usize], people: f64, point: &mut [f64]) {
    let wanted: Vec<f64> = places.iter().map(|&v| point[v].max(0.0)).collect();
    let all: f64 = wanted.iter().sum();
    let (mut sum, mut given) = (0.0, 0.0);
    for (place, (&v, wanted)) in places.iter().zip(&wanted).enumerate() {
        sum += if all > WHOLE {
            wanted / all
        } else {
            1.0 / places.len() as f64
        };
        let up_to = if place + 1 == places.len() {
            people
        } else {
            (people * sum).round().min(people)
        };
        point[v] = up_to - given;
        given = up_to;
    }
}

/// Whole variables of rows that ask for a least amount of them and get little more: rounding
/// these down would leave the row unmet.
fn needed(model: &Model, point: &[f64]) -> BTreeSet<usize> {
    let mut needed = BTreeSet::new();
    for row in model.rows().filter(|&r| model.sense(r) == Sense::AtLeast) {
        let terms = || model.terms(row);
        if !terms().all(|(v, a)| model.is_integer(v) && a > 0.0) {
            continue;
        }
        let sum: f64 = terms().map(|(v, a)| a * point[v.index()]).sum();
        let largest = terms().map(|t| t.1).fold(0.0, f64::max);
        if sum <= model.right(row) + largest {
            needed.extend(terms().map(|(v, _)| v.index()));
        }
    }
    needed
}

/// How far above its least amount each row of whole variables gets when every variable is at its
/// upper bound.
struct Reach {
    above: Vec<f64>,
    /// Rows of each variable, with what one unit adds.
    adds: Vec<Vec<(usize, f64)>>,
}

impl Reach {
    fn of(model: &Model) -> Self {
        let mut reach = Self {
            above: Vec::new(),
            adds: vec![Vec::new(); model.variable_count()],
        };
        for row in model.rows().filter(|&r| model.sense(r) == Sense::AtLeast) {
            let terms = || model.terms(row);
            if !terms().all(|(v, a)| model.is_integer(v) && a > 0.0) {
                continue;
            }
            let most: f64 = terms().map(|(v, a)| a * model.bounds(v).1).sum();
            for (v, a) in terms() {
                reach.adds[v.index()].push((reach.above.len(), a));
            }
            reach.above.push(most - model.right(row));
        }
        reach
    }

    /// Lowers the upper bound of a variable, if every row still reaches its least amount.
    fn spares(&mut self, variable: usize, units: f64) -> bool {
        let adds = &self.adds[variable];
        let is_spare = adds.iter().all(|&(row, a)| a * units <= self.above[row]);
        if is_spare {
            for &(row, a) in adds {
                self.above[row] -= a * units;
            }
        }
        is_spare
    }
}

/// What rows that limit whole variables only, such as hours a week or people to send on a break,
/// still leave free once every variable is at its lower bound.
struct Room {
    left: Vec<f64>,
    /// Rows of each variable, with what one unit takes.
    uses: Vec<Vec<(usize, f64)>>,
}

impl Room {
    fn of(model: &Model) -> Self {
        let mut room = Self {
            left: Vec::new(),
            uses: vec![Vec::new(); model.variable_count()],
        };
        for row in model.rows() {
            let is_limit = model.sense(row) != Sense::AtLeast
                && model
                    .terms(row)
                    .all(|(v, a)| model.is_integer(v) && a > 0.0);
            if !is_limit {
                continue;
            }
            let used: f64 = model.terms(row).map(|(v, a)| a * model.bounds(v).0).sum();
            let index = room.left.len();
            room.left.push(model.right(row) - used);
            for (v, a) in model.terms(row) {
                room.uses[v.index()].push((index, a));
            }
        }
        room
    }

    /// Fixes every variable at its lower bound that cannot take one unit more.
    fn close(&self, whole: &[usize], bounds: &mut [(f64, f64)]) {
        for &v in whole {
            if self.uses[v]
                .iter()
                .any(|&(row, a)| a > self.left[row] + 1e-9)
            {
                bounds[v].1 = bounds[v].0;
            }
        }
    }

    /// Takes room for more units of a variable, if every row has it.
    fn takes(&mut self, variable: usize, units: f64) -> bool {
        let uses = &self.uses[variable];
        let fits = uses
            .iter()
            .all(|&(row, a)| a * units <= self.left[row] + 1e-9);
        if fits {
            for &(row, a) in uses {
                self.left[row] -= a * units;
            }
        }
        fits
    }
}
