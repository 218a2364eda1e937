//! `lp_solve`, through its own bindings: those of `good_lp` print with every solve, panic at bounds
//! that cross, and keep the status and the duals to themselves.

use std::ffi::{c_int, c_long};
use std::time::Duration;

use lpsolve::{ConstraintType, Problem, SolveStatus, Verbosity};

use super::{Backend, Kind, MilpError, Model, Outcome, Sense, SolveOptions, Termination};

/// What `lp_solve` takes for infinite.
const INFINITE: f64 = 1e30;

/// A gap up to which a point counts as an optimum.
const OPTIMAL: f64 = 1e-6;

pub(super) fn solve(model: &Model, options: &SolveOptions) -> Result<Outcome, MilpError> {
    if model.variables.iter().any(|v| v.lower > v.upper) {
        let raw = "bounds cross";
        return Ok(Outcome::stopped(model, Termination::Infeasible, raw));
    }
    let mut problem = translate(model)?;
    problem.set_verbose(Verbosity::Critical);
    problem.set_mip_gap(false, options.gap.max(0.0));
    // However deep it takes.
    problem.set_bb_depth_limit(0);
    if let Some(limit) = options.time_limit {
        problem.set_timeout(whole_seconds(limit));
    }
    let status = problem.solve();
    let raw = format!("{status:?}");
    let termination = match status {
        SolveStatus::Optimal | SolveStatus::Presolved => {
            if model.has_integers() && options.gap > OPTIMAL {
                Termination::GapReached
            } else {
                Termination::Optimal
            }
        }
        // Only the clock stops it early.
        SolveStatus::Suboptimal | SolveStatus::FeasibleFound | SolveStatus::Timeout => {
            Termination::TimeLimit
        }
        SolveStatus::Infeasible | SolveStatus::NoFeasibleFound => Termination::Infeasible,
        SolveStatus::Unbounded => Termination::Unbounded,
        SolveStatus::Degenerate | SolveStatus::NumericalFailure => Termination::NumericalTrouble,
        _ => return Err(failed(&raw)),
    };
    let has_point = matches!(
        status,
        SolveStatus::Optimal
            | SolveStatus::Presolved
            | SolveStatus::Suboptimal
            | SolveStatus::FeasibleFound
    );
    if !has_point {
        return Ok(Outcome::stopped(model, termination, &raw));
    }
    let mut point = vec![0.0; model.variables.len()];
    problem
        .get_solution_variables(&mut point)
        .ok_or_else(|| failed("it gave no point"))?;
    let duals = (!model.has_integers()).then(|| duals(model, &problem));
    Ok(Outcome::examined(
        model,
        termination,
        Some(point),
        duals,
        raw,
    ))
}

/// The model column by column, row 0 being the costs.
fn translate(model: &Model) -> Result<Problem, MilpError> {
    let rows = number(model.rows.len())?;
    let mut problem = Problem::new(rows, number(model.variables.len())?)
        .ok_or_else(|| failed("it gave no room for the model"))?;
    let mut columns: Vec<(Vec<f64>, Vec<c_int>)> = (model.variables.iter())
        .map(|v| (vec![v.cost], vec![0]))
        .collect();
    for (row, at) in model.rows.iter().zip(1..) {
        for &(variable, a) in &row.terms {
            columns[variable].0.push(a);
            columns[variable].1.push(at);
        }
        let sense = match row.sense {
            Sense::AtMost => ConstraintType::Le,
            Sense::AtLeast => ConstraintType::Ge,
            Sense::Equal => ConstraintType::Eq,
        };
        told(problem.set_constraint_type(at, sense))?;
        told(problem.set_rh(at, row.right))?;
    }
    for (((values, places), v), at) in columns.iter_mut().zip(&model.variables).zip(1..) {
        told(problem.set_columnex(at, values, places))?;
        told(problem.set_integer(at, v.kind == Kind::Integer))?;
        let upper = if v.is_upper_implied {
            INFINITE
        } else {
            v.upper.min(INFINITE)
        };
        told(problem.set_bounds(at, v.lower.max(-INFINITE), upper))?;
    }
    Ok(problem)
}

/// Multipliers of the rows; the first number is none of them.
fn duals(model: &Model, problem: &Problem) -> Vec<f64> {
    let (rows, variables) = (model.rows.len(), model.variables.len());
    let mut all = vec![0.0; 1 + rows + variables];
    let _ = problem.get_dual_solution(&mut all);
    all[1..=rows].to_vec()
}

/// Seconds, rounded up: 0 would be no limit.
fn whole_seconds(limit: Duration) -> c_long {
    let begun = u64::from(limit.subsec_nanos() > 0);
    c_long::try_from(limit.as_secs().saturating_add(begun)).unwrap_or(c_long::MAX)
}

fn number(count: usize) -> Result<c_int, MilpError> {
    c_int::try_from(count).map_err(|_| failed("the model is too large"))
}

fn told<T>(done: lpsolve::Result<T>) -> Result<T, MilpError> {
    done.map_err(|e| failed(&e.to_string()))
}

fn failed(message: &str) -> MilpError {
    MilpError::Solver {
        backend: Backend::LpSolve,
        message: message.to_owned(),
    }
}
