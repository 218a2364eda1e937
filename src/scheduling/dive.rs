//! Rounding by diving: solve the relaxation, raise the shifts it wants most to whole people, and
//! solve again until nothing is fractional. Always the same for the same input.

use super::options::Deadline;
use crate::milp::{Backend, MilpError, Model, Restriction, Sense, Termination, Variable};

/// A value this close to a whole number is one.
const WHOLE: f64 = 1e-5;

/// One in so many fractional variables is settled in each step.
const SETTLED: usize = 7;

/// Rounds the whole variables of a model around a point: the model's best point with whole values
/// that diving finds. `None` when a relaxation has no point, or the deadline passes.
pub(super) fn dive(
    model: &Model,
    start: &[f64],
    linear: Backend,
    deadline: Deadline,
) -> Result<Option<Vec<f64>>, MilpError> {
    let mut bounds: Vec<(f64, f64)> = model.variables().map(|v| model.bounds(v)).collect();
    let whole: Vec<usize> = (model.variables())
        .filter(|&v| model.is_integer(v))
        .map(Variable::index)
        .collect();
    let mut room = Room::of(model);
    let mut point = start.to_vec();
    // Each step settles at least one variable, so this many steps always suffice.
    for _ in 0..=2 * whole.len() {
        room.close(&whole, &mut bounds);
        if !relax(model, &bounds, &mut point, linear, deadline)? {
            return Ok(None);
        }
        let mut fractional: Vec<(f64, usize)> = (whole.iter())
            .map(|&v| (point[v] - point[v].floor(), v))
            .filter(|(f, _)| *f > WHOLE && *f < 1.0 - WHOLE)
            .collect();
        if fractional.is_empty() {
            for &v in &whole {
                point[v] = point[v].round();
            }
            return Ok(Some(point));
        }
        fractional.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for &(_, v) in fractional.iter().take(fractional.len().div_ceil(SETTLED)) {
            let (lower, upper) = bounds[v];
            let up = point[v].ceil().min(upper);
            bounds[v] = if room.takes(v, up - lower) {
                (up, upper)
            } else {
                (lower, point[v].floor().max(lower))
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
    linear: Backend,
    deadline: Deadline,
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
    let outcome = linear.solve(&restriction.model().relaxed(), &deadline.options(1))?;
    let (Termination::Optimal, Some(inner)) = (outcome.termination, outcome.point) else {
        return Ok(false);
    };
    restriction.lift(&inner, point);
    Ok(true)
}

/// What rows that limit whole variables only, such as hours a week, still leave free once every
/// variable is at its lower bound.
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
            let is_limit = model.sense(row) == Sense::AtMost
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
