//! The only file that names `good_lp`.

#[cfg(any(feature = "microlp", feature = "highs", feature = "coin_cbc"))]
use good_lp::SolutionStatus;
use good_lp::solvers::ObjectiveDirection;
#[cfg(feature = "microlp")]
use good_lp::solvers::WithTimeLimit;
#[cfg(any(feature = "microlp", feature = "highs", feature = "coin_cbc"))]
use good_lp::solvers::{WithInitialSolution, WithMipGap};
use good_lp::variable::{ProblemVariables, UnsolvedProblem};
use good_lp::{
    Constraint, Expression, ResolutionError, Solution, SolverModel, constraint, variable,
};

use super::{Backend, Kind, MilpError, Model, Outcome, Sense, SolveOptions, Termination};

/// The model in `good_lp`'s terms, its rows, and the handles of its variables.
struct Translated {
    problem: UnsolvedProblem,
    rows: Vec<Constraint>,
    handles: Vec<good_lp::Variable>,
}

fn translate(model: &Model) -> Translated {
    let mut variables = ProblemVariables::new();
    let mut objective = Expression::with_capacity(model.variables.len());
    let mut handles = Vec::with_capacity(model.variables.len());
    for data in &model.variables {
        let mut definition = variable().min(data.lower);
        if data.upper.is_finite() && !data.is_upper_implied {
            definition = definition.max(data.upper);
        }
        if data.kind == Kind::Integer {
            definition = definition.integer();
        }
        let handle = variables.add(definition);
        objective.add_mul(data.cost, handle);
        handles.push(handle);
    }
    let rows = model
        .rows
        .iter()
        .map(|row| {
            let mut left = Expression::with_capacity(row.terms.len());
            for &(v, a) in &row.terms {
                left.add_mul(a, handles[v]);
            }
            match row.sense {
                Sense::AtMost => constraint::leq(left, row.right),
                Sense::AtLeast => constraint::geq(left, row.right),
                Sense::Equal => constraint::eq(left, row.right),
            }
        })
        .collect();
    Translated {
        problem: variables.optimise(ObjectiveDirection::Minimisation, objective),
        rows,
        handles,
    }
}

fn values(handles: &[good_lp::Variable], solution: &impl Solution) -> Vec<f64> {
    handles.iter().map(|&v| solution.value(v)).collect()
}

#[cfg(any(feature = "microlp", feature = "highs", feature = "coin_cbc"))]
fn start(handles: &[good_lp::Variable], options: &SolveOptions) -> Vec<(good_lp::Variable, f64)> {
    let known = options.start.as_deref().unwrap_or(&[]);
    handles.iter().copied().zip(known.iter().copied()).collect()
}

#[cfg(any(feature = "microlp", feature = "highs", feature = "coin_cbc"))]
#[expect(
    clippy::cast_possible_truncation,
    reason = "solvers take the gap in single precision; a gap needs no more"
)]
fn gap(options: &SolveOptions) -> f32 {
    options.gap.max(0.0) as f32
}

#[cfg(feature = "microlp")]
pub(super) fn microlp(model: &Model, options: &SolveOptions) -> Result<Outcome, MilpError> {
    let Translated {
        problem,
        rows,
        handles,
    } = translate(model);
    let mut solver = problem.using(good_lp::microlp);
    for row in rows {
        solver.add_constraint(row);
    }
    if let Some(limit) = options.time_limit {
        solver = solver.with_time_limit(limit.as_secs_f64());
    }
    if model.has_integers() {
        solver = solver
            .with_mip_gap(gap(options))
            .map_err(|e| failed(Backend::Microlp, &e))?;
        if options.start.is_some() {
            solver = solver.with_initial_solution(start(&handles, options));
        }
    }
    match solver.solve() {
        Ok(solution) => {
            let point = values(&handles, &solution);
            if is_at_whole_limit(model, &point) {
                let raw = "a whole variable has no limit";
                return Ok(Outcome::stopped(model, Termination::Unbounded, raw));
            }
            Ok(solved(model, solution.status(), point, None))
        }
        Err(error) => unsolved(model, Backend::Microlp, &error),
    }
}

/// Whether a whole variable without a bound is at the one that microlp gives it: 32 bits.
#[cfg(feature = "microlp")]
fn is_at_whole_limit(model: &Model, point: &[f64]) -> bool {
    let (least, most) = (f64::from(i32::MIN), f64::from(i32::MAX));
    let mut whole = (model.variables.iter().zip(point)).filter(|(v, _)| v.kind == Kind::Integer);
    whole.any(|(v, &x)| (v.upper > most && x >= most) || (v.lower < least && x <= least))
}

#[cfg(feature = "clarabel")]
pub(super) fn clarabel(model: &Model, options: &SolveOptions) -> Result<Outcome, MilpError> {
    use good_lp::{DualValues, SolutionWithDual};
    let Translated {
        problem,
        rows,
        handles,
    } = translate(model);
    let mut solver = problem.using(good_lp::clarabel);
    let references: Vec<_> = rows
        .into_iter()
        .map(|row| solver.add_constraint(row))
        .collect();
    // Models that have a solution take some twenty iterations; one that needs more is in trouble.
    solver.settings().max_iter(100);
    if let Some(limit) = options.time_limit {
        solver.settings().time_limit(limit.as_secs_f64());
    }
    match solver.solve() {
        Ok(mut solution) => {
            let mut point = values(&handles, &solution);
            // An interior point may lie a hair outside its bounds.
            for (x, v) in point.iter_mut().zip(&model.variables) {
                *x = if x.is_finite() {
                    x.max(v.lower).min(v.upper)
                } else {
                    *x
                };
            }
            let raw = format!("{:?}", solution.inner().status);
            let dual = solution.compute_dual();
            let duals = references.iter().map(|r| dual.dual(r.clone())).collect();
            Ok(if raw.contains("DualInfeasible") {
                Outcome::stopped(model, Termination::Unbounded, &raw)
            } else {
                Outcome::examined(model, Termination::Optimal, Some(point), Some(duals), raw)
            })
        }
        Err(error) => unsolved(model, Backend::Clarabel, &error),
    }
}

#[cfg(feature = "highs")]
pub(super) fn highs(model: &Model, options: &SolveOptions) -> Result<Outcome, MilpError> {
    use good_lp::solvers::highs::{HighsParallelType, HighsSolverType};
    use good_lp::{DualValues, SolutionWithDual};
    let Translated {
        problem,
        rows,
        handles,
    } = translate(model);
    let mut solver = problem.using(good_lp::highs);
    let references: Vec<_> = rows
        .into_iter()
        .map(|row| solver.add_constraint(row))
        .collect();
    let seed = i32::try_from(options.seed % 2_147_483_647).unwrap_or(1);
    solver = solver
        .set_parallel(HighsParallelType::Off)
        .set_threads(1)
        .set_option("random_seed", seed);
    if let Some(limit) = options.time_limit {
        solver = solver.set_time_limit(limit.as_secs_f64());
    }
    if model.has_integers() {
        solver = solver
            .with_mip_gap(gap(options))
            .map_err(|e| failed(Backend::Highs, &e))?;
        if options.start.is_some() {
            solver = solver.with_initial_solution(start(&handles, options));
        }
    } else {
        solver = solver.set_solver(HighsSolverType::Ipm);
    }
    match solver.solve() {
        Ok(mut solution) => {
            let (status, point) = (solution.status(), values(&handles, &solution));
            let duals = (!model.has_integers()).then(|| {
                let dual = solution.compute_dual();
                references.iter().map(|r| dual.dual(r.clone())).collect()
            });
            Ok(solved(model, status, point, duals))
        }
        Err(ResolutionError::Infeasible) if may_be_unbounded(model) => {
            settled(model, options, highs)
        }
        Err(error) => unsolved(model, Backend::Highs, &error),
    }
}

/// CBC. It knows no duals that its bindings would pass on.
#[cfg(feature = "coin_cbc")]
pub(super) fn coin_cbc(model: &Model, options: &SolveOptions) -> Result<Outcome, MilpError> {
    let Translated {
        problem,
        rows,
        handles,
    } = translate(model);
    let mut solver = problem.using(good_lp::coin_cbc);
    for row in rows {
        solver.add_constraint(row);
    }
    let seed = (options.seed % 1_000_000).to_string();
    solver.set_parameter("randomSeed", &seed);
    solver.set_parameter("randomCbcSeed", &seed);
    if let Some(limit) = options.time_limit {
        // By the wall and in parts of a second; good_lp would count whole seconds of work.
        solver.set_parameter("timeMode", "elapsed");
        solver.set_parameter("sec", &limit.as_secs_f64().to_string());
    }
    if model.has_integers() {
        solver = solver
            .with_mip_gap(gap(options))
            .map_err(|e| failed(Backend::CoinCbc, &e))?;
        if options.start.is_some() {
            solver = solver.with_initial_solution(start(&handles, options));
        }
    }
    match solver.solve() {
        Ok(solution) => {
            let (status, point) = (solution.status(), values(&handles, &solution));
            let outcome = solved(model, status, point, None);
            // Out of time it may give the point of a relaxation for want of a better one.
            Ok(match (status, outcome.termination) {
                (SolutionStatus::TimeLimit, Termination::NumericalTrouble) => {
                    Outcome::stopped(model, Termination::TimeLimit, "time limit without a point")
                }
                _ => outcome,
            })
        }
        Err(ResolutionError::Infeasible) if may_be_unbounded(model) => {
            settled(model, options, coin_cbc)
        }
        Err(error) => unsolved(model, Backend::CoinCbc, &error),
    }
}

/// Whether some variable could lower the cost for ever by its own bounds.
#[cfg(any(feature = "highs", feature = "coin_cbc"))]
fn may_be_unbounded(model: &Model) -> bool {
    let mut variables = model.variables.iter();
    variables.any(|v| {
        (v.cost < 0.0 && v.upper == f64::INFINITY) || (v.cost > 0.0 && v.lower == f64::NEG_INFINITY)
    })
}

/// Solvers may say "unbounded or infeasible", which arrives here as infeasible. Without costs
/// nothing is unbounded, so a point of that model settles it.
#[cfg(any(feature = "highs", feature = "coin_cbc"))]
fn settled(
    model: &Model,
    options: &SolveOptions,
    solve: fn(&Model, &SolveOptions) -> Result<Outcome, MilpError>,
) -> Result<Outcome, MilpError> {
    let outcome = solve(&model.with_costs(|_| 0.0), options)?;
    let (termination, raw) = match outcome.point {
        Some(_) => (Termination::Unbounded, "unbounded or infeasible"),
        None => (outcome.termination, outcome.raw_status.as_str()),
    };
    Ok(Outcome::stopped(model, termination, raw))
}

#[cfg(any(feature = "microlp", feature = "highs", feature = "coin_cbc"))]
fn solved(
    model: &Model,
    status: SolutionStatus,
    point: Vec<f64>,
    duals: Option<Vec<f64>>,
) -> Outcome {
    let (termination, raw) = match status {
        SolutionStatus::Optimal => (Termination::Optimal, "optimal"),
        SolutionStatus::GapLimit => (Termination::GapReached, "gap limit"),
        SolutionStatus::TimeLimit => (Termination::TimeLimit, "time limit"),
    };
    Outcome::examined(model, termination, Some(point), duals, raw.to_owned())
}

/// What a solver says when it has no point to give.
fn unsolved(
    model: &Model,
    backend: Backend,
    error: &ResolutionError,
) -> Result<Outcome, MilpError> {
    let raw = error.to_string();
    let termination = match error {
        ResolutionError::Infeasible => Termination::Infeasible,
        ResolutionError::Unbounded => Termination::Unbounded,
        _ if raw.to_lowercase().contains("time limit") || raw.contains("NoSolutionFound") => {
            Termination::TimeLimit
        }
        _ if raw.contains("umerical") || raw.contains("progress") || raw.contains("iterations") => {
            Termination::NumericalTrouble
        }
        _ => return Err(failed(backend, error)),
    };
    Ok(Outcome::stopped(model, termination, &raw))
}

fn failed(backend: Backend, error: &dyn std::fmt::Display) -> MilpError {
    MilpError::Solver {
        backend,
        message: error.to_string(),
    }
}
