use super::layout::Layout;
use super::options::Budget;
use super::search::Search;
use super::{DesignProblem, DesignStrategy, DesignedSolution};
use crate::milp::{Observer, Termination};
use crate::scheduling::ScheduleError;

/// Finds few shifts that cover a demand well, with a proven bound.
///
/// # Errors
/// [`ScheduleError::Malformed`] when the problem has a fault.
pub fn design_shifts(
    problem: &DesignProblem,
    strategy: &DesignStrategy,
    observer: &dyn Observer,
) -> Result<DesignedSolution, ScheduleError> {
    let budget = Budget::start(strategy, observer);
    let layout = Layout::new(problem)?;
    let mut search = Search::new(&layout, budget, strategy.gap, strategy.seed);
    search.run()?;
    if std::env::var("LAB").is_ok() { eprintln!("nodes {} evals {} pivots {} of {}", search.node_count, search.improver.evals,search.improver.work(), search.work()); }
    let (best, certificate) = search.finish();
    let bound = certificate.bound(problem)?.min(best.cost) as f64;
    let mut solution = DesignedSolution {
        plan: layout.plan(&best.workers),
        cost: best.cost,
        bound,
        termination: Termination::WorkLimit,
        certificate,
    };
    solution.termination = match solution.gap() {
        gap if gap <= 1e-6 => Termination::Optimal,
        gap if gap <= strategy.gap => Termination::GapReached,
        _ if observer.is_cancelled() => Termination::Interrupted,
        _ if budget.is_late() => Termination::TimeLimit,
        _ => Termination::WorkLimit,
    };
    Ok(solution)
}
