//! Which backend is asked, and what is answered without any.

use super::{Backend, Kind, MilpError, Model, Outcome, SolveOptions, Termination};

/// Asks a backend that is part of this build.
pub(super) fn solve(
    backend: Backend,
    model: &Model,
    options: &SolveOptions,
) -> Result<Outcome, MilpError> {
    // Solvers disagree on models without rows; the answer is at the bounds.
    if model.row_count() == 0 {
        return Ok(at_the_bounds(model));
    }
    if options.time_limit.is_some_and(|t| t.is_zero()) {
        return Ok(Outcome::stopped(
            model,
            Termination::TimeLimit,
            "no time left",
        ));
    }
    match backend {
        #[cfg(feature = "microlp")]
        Backend::Microlp => super::good_lp::microlp(model, options),
        #[cfg(feature = "clarabel")]
        Backend::Clarabel => super::good_lp::clarabel(model, options),
        #[cfg(feature = "highs")]
        Backend::Highs => super::good_lp::highs(model, options),
        #[cfg(feature = "coin_cbc")]
        Backend::CoinCbc => super::good_lp::coin_cbc(model, options),
        #[cfg(feature = "lpsolve")]
        Backend::LpSolve => super::lp_solve::solve(model, options),
        #[allow(
            unreachable_patterns,
            reason = "with every feature on, every backend has its arm"
        )]
        _ => Err(MilpError::BackendUnavailable {
            backend,
            feature: backend.feature(),
        }),
    }
}

/// Optimum of a model without rows.
fn at_the_bounds(model: &Model) -> Outcome {
    let mut point = Vec::with_capacity(model.variables.len());
    for v in &model.variables {
        let (lower, upper) = match v.kind {
            Kind::Integer => (v.lower.ceil(), v.upper.floor()),
            Kind::Continuous => (v.lower, v.upper),
        };
        if lower > upper {
            return Outcome::stopped(model, Termination::Infeasible, "bounds cross");
        }
        let best = if v.cost < 0.0 { upper } else { lower };
        if !best.is_finite() && v.cost != 0.0 {
            return Outcome::stopped(model, Termination::Unbounded, "no row and no bound");
        }
        point.push(if best.is_finite() {
            best
        } else {
            upper.min(0.0).max(lower)
        });
    }
    Outcome::examined(
        model,
        Termination::Optimal,
        Some(point),
        Some(Vec::new()),
        "optimal".to_owned(),
    )
}
