use std::time::Instant;

use super::{
    Backend, Kind, MilpError, Model, Outcome, Sense, SolveOptions, Termination, certified_bound,
};

/// Solves a linear model and gives multipliers of its rows, whatever the backend: one without
/// duals solves the dual model as a model of its own.
///
/// ```text
/// primal: min c x,  A x ≥ b (≤, =),  l ≤ x ≤ u
/// dual:   max b y + l p − u q,  yA + p − q = c,  p, q ≥ 0,  y of the sign of its row
/// ```
///
/// # Errors
/// As [`Backend::solve`].
pub fn lp_duals(
    backend: Backend,
    model: &Model,
    options: &SolveOptions,
) -> Result<Outcome, MilpError> {
    let begun = Instant::now();
    let relaxed = model.relaxed();
    let mut outcome = backend.solve(&relaxed, options)?;
    if outcome.termination == Termination::Optimal && outcome.duals.is_none() {
        let dual = dual_model(&relaxed);
        let rest = SolveOptions {
            time_limit: (options.time_limit).map(|limit| limit.saturating_sub(begun.elapsed())),
            start: None,
            ..options.clone()
        };
        if let Some(point) = backend.solve(&dual, &rest)?.point {
            let multipliers = point[..relaxed.row_count()].to_vec();
            outcome.bound = certified_bound(&relaxed, &multipliers);
            outcome.duals = Some(multipliers);
        }
    }
    Ok(outcome)
}

/// Multipliers of a linear model beyond this, as a multiple of its largest cost, are not looked for.
/// Where rows are redundant they may grow without gain or loss, and some solvers let them.
const LARGEST: f64 = 1e5;

/// The dual as a minimisation; its first variables are the multipliers of the rows.
fn dual_model(primal: &Model) -> Model {
    let mut dual = Model::new();
    let largest = primal
        .variables
        .iter()
        .fold(1.0_f64, |most, v| most.max(v.cost.abs()))
        * LARGEST;
    let multipliers: Vec<_> = primal
        .rows
        .iter()
        .map(|row| {
            let (lower, upper) = match row.sense {
                Sense::AtLeast => (0.0, largest),
                Sense::AtMost => (-largest, 0.0),
                Sense::Equal => (-largest, largest),
            };
            dual.add_variable(&row.name, lower, upper, -row.right, Kind::Continuous)
        })
        .collect();
    let mut columns: Vec<Vec<_>> = vec![Vec::new(); primal.variables.len()];
    for (row, &y) in primal.rows.iter().zip(&multipliers) {
        for &(variable, a) in &row.terms {
            columns[variable].push((y, a));
        }
    }
    for (mut terms, variable) in columns.into_iter().zip(&primal.variables) {
        let mut add = |name: &str, lower: f64, cost: f64, sign: f64| {
            let variable = dual.add_variable(name, lower, f64::INFINITY, cost, Kind::Continuous);
            terms.push((variable, sign));
        };
        if variable.lower == variable.upper {
            add("p − q", f64::NEG_INFINITY, -variable.lower, 1.0);
        } else {
            if variable.lower.is_finite() {
                add("p", 0.0, -variable.lower, 1.0);
            }
            if variable.upper.is_finite() {
                add("q", 0.0, variable.upper, -1.0);
            }
        }
        dual.add_row(&variable.name, terms, Sense::Equal, variable.cost);
    }
    dual
}
