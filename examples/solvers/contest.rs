//! Every solver on one instance, under the same clock.

use std::time::{Duration, Instant};

use wfm::milp::{Backend, MilpError, Silent, SolveOptions};
use wfm::reporting::SolverRun;
use wfm::scheduling::design::{DesignProblem, DesignStrategy, design_shifts, verify_design};
use wfm::scheduling::week::{
    Week, WeekStrategy, WholeModel, solve_week, solve_whole_model, verify_week,
};

/// Name of the search that needs no backend.
const OWN: &str = "wfm";

/// Backends of this build.
pub(crate) fn backends() -> impl Iterator<Item = Backend> {
    Backend::ALL.into_iter().filter(|b| b.is_available())
}

/// How large the whole model of a week is.
pub(crate) fn size(week: &Week) -> String {
    let whole = WholeModel::new(week);
    let model = whole.model();
    format!(
        "{} shifts to choose from; whole model of {} variables ({} whole), {} rows, {} terms",
        week.options().len(),
        model.variable_count(),
        model.integer_count(),
        model.row_count(),
        model.term_count()
    )
}

/// Every way to solve a week: each backend on the whole model, then our own search without and with
/// each backend that knows whole variables.
pub(crate) fn week(name: &str, week: &Week, limit: Duration) -> Vec<SolverRun> {
    let helpers = backends().filter(|b| b.has_integers()).map(Some);
    let whole = backends().map(|backend| whole_model(name, week, backend, limit));
    let own = std::iter::once(None)
        .chain(helpers)
        .map(|backend| own_search(name, week, backend, limit));
    whole.chain(own).collect()
}

/// The only way to design shifts.
pub(crate) fn design(name: &str, problem: &DesignProblem, limit: Duration) -> SolverRun {
    let begun = Instant::now();
    let strategy = DesignStrategy {
        time_limit: limit,
        ..DesignStrategy::default()
    };
    let solved = design_shifts(problem, &strategy, &Silent);
    let mut run = blank(name, "shift design", OWN, limit);
    run.seconds = begun.elapsed().as_secs_f64();
    match solved {
        Ok(found) => {
            let report = verify_design(problem, &found.plan);
            run.objective = report.is_clean().then_some(report.cost as f64);
            run.bound = Some(found.bound);
            run.termination = Some(found.termination);
            run.remark = report.violations.into_iter().next().unwrap_or_default();
        }
        Err(error) => run.remark = error.to_string(),
    }
    run
}

/// Our own search, perhaps with a backend for its larger windows.
fn own_search(name: &str, week: &Week, backend: Option<Backend>, limit: Duration) -> SolverRun {
    let begun = Instant::now();
    let strategy = WeekStrategy {
        time_limit: limit,
        gap: 0.0,
        backend,
        ..WeekStrategy::default()
    };
    let solved = solve_week(week, &strategy, &Silent);
    let mut run = blank(
        name,
        "own search",
        backend.map_or(OWN, Backend::name),
        limit,
    );
    run.seconds = begun.elapsed().as_secs_f64();
    match solved {
        Ok(found) => {
            let report = verify_week(week, &found.plan);
            run.objective = report.is_clean().then_some(report.cost as f64);
            run.bound = Some(found.bound);
            run.termination = Some(found.termination);
            run.remark = report.violations.into_iter().next().unwrap_or_default();
        }
        Err(error) => run.remark = error.to_string(),
    }
    run
}

/// A backend on the whole model.
fn whole_model(name: &str, week: &Week, backend: Backend, limit: Duration) -> SolverRun {
    let begun = Instant::now();
    let options = SolveOptions {
        time_limit: Some(limit),
        ..SolveOptions::default()
    };
    let solved = solve_whole_model(week, backend, &options);
    let mut run = blank(name, "whole model", backend.name(), limit);
    run.seconds = begun.elapsed().as_secs_f64();
    match solved {
        Ok(found) => {
            run.objective = found.cost.map(|cost| cost as f64);
            run.bound = Some(found.bound as f64);
            run.termination = Some(found.termination);
            if !backend.has_integers() {
                "relaxation only".clone_into(&mut run.remark);
            } else if found.cost.is_none() {
                run.remark = format!("no plan ({})", found.raw_status);
            }
        }
        Err(MilpError::Solver { message, .. }) => run.remark = message,
        Err(error) => run.remark = error.to_string(),
    }
    run
}

fn blank(name: &str, way: &'static str, backend: &'static str, limit: Duration) -> SolverRun {
    SolverRun {
        instance: name.to_owned(),
        way,
        backend,
        objective: None,
        bound: None,
        seconds: 0.0,
        limit: limit.as_secs_f64(),
        termination: None,
        remark: String::new(),
    }
}
