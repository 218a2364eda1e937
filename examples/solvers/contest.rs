//! Every solver on one instance, under the same clock.

use std::time::{Duration, Instant};

use wfm::milp::{Backend, MilpError, SolveOptions};
use wfm::reporting::SolverRun;
use wfm::scheduling::week::{Week, WholeModel, solve_whole_model};

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

/// One backend on a week, in every way it can be asked.
pub(crate) fn week(name: &str, week: &Week, backend: Backend, limit: Duration) -> Vec<SolverRun> {
    vec![whole_model(name, week, backend, limit)]
}

/// A backend on the whole model.
fn whole_model(name: &str, week: &Week, backend: Backend, limit: Duration) -> SolverRun {
    let begun = Instant::now();
    let options = SolveOptions {
        time_limit: Some(limit),
        ..SolveOptions::default()
    };
    let solved = solve_whole_model(week, backend, &options);
    let mut run = blank(name, "whole model", backend, limit);
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

fn blank(name: &str, way: &'static str, backend: Backend, limit: Duration) -> SolverRun {
    SolverRun {
        instance: name.to_owned(),
        way,
        backend: backend.name(),
        objective: None,
        bound: None,
        seconds: 0.0,
        limit: limit.as_secs_f64(),
        termination: None,
        remark: String::new(),
    }
}
