//! Rounding by diving: solve the relaxation, raise the shifts it wants most to whole people, and
//! solve again until nothing is fractional. Always the same for the same input.

use super::options::Deadline;
use crate::milp::{Backend, MilpError, Restriction, Termination, Variable};

/// A value this close to a whole number is one.
const WHOLE: f64 = 1e-5;

/// One in so many fractional variables is raised in each step.
const RAISED: usize = 7;

/// Rounds the whole variables of a restriction. `None` when the relaxation has no point, or the
/// deadline passes.
pub(super) fn dive(
    mut restriction: Restriction,
    linear: Backend,
    deadline: Deadline,
) -> Result<Option<(Restriction, Vec<f64>)>, MilpError> {
    let whole: Vec<usize> = {
        let model = restriction.model();
        model
            .variables()
            .filter(|&v| model.is_integer(v))
            .map(Variable::index)
            .collect()
    };
    // Each step settles at least one variable, so this many steps always suffice.
    for _ in 0..=2 * whole.len() {
        let relaxed = restriction.model().relaxed();
        let outcome = linear.solve(&relaxed, &deadline.options(1))?;
        let (Termination::Optimal, Some(mut point)) = (outcome.termination, outcome.point) else {
            return Ok(None);
        };
        let mut fractional: Vec<(f64, usize)> = (whole.iter())
            .map(|&v| (point[v] - point[v].floor(), v))
            .filter(|(f, _)| *f > WHOLE && *f < 1.0 - WHOLE)
            .collect();
        if fractional.is_empty() {
            for &v in &whole {
                point[v] = point[v].round();
            }
            return Ok(Some((restriction, point)));
        }
        fractional.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let raised = fractional.len().div_ceil(RAISED);
        for &(_, v) in fractional.iter().take(raised) {
            let (_, upper) = restriction.bounds(v);
            let up = point[v].ceil();
            restriction.set_bounds(v, up.min(upper), upper);
        }
    }
    Ok(None)
}
