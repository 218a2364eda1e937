use super::layout::Layout;
use super::search::Search;
use super::{DesignProblem, DesignStrategy, DesignedSolution};
use crate::milp::{Event, Observer, Termination};
use crate::scheduling::ScheduleError;
use crate::scheduling::budget::Budget;

/// A gap below this is none.
const OPTIMAL: f64 = 1e-6;

/// Finds few shifts that cover a demand well, with a proven bound on what any shifts must cost.
///
/// Somebody missing or superfluous has a price, so there is always a plan: of shifts that reach
/// nothing that is wanted, none. The answer depends on the problem, the seed, the gap and the work
/// alone, unless the clock or the observer stops the search.
///
/// # Errors
/// [`ScheduleError::Malformed`] when the problem has a fault.
///
/// ```
/// use wfm::milp::{Silent, Termination};
/// use wfm::scheduling::design::{
///     DesignProblem, DesignShiftType, DesignStrategy, design_shifts,
/// };
///
/// // Two days of six intervals; one shift of three intervals covers both.
/// let problem = DesignProblem {
///     name: "two days".to_owned(),
///     interval_minutes: 60,
///     days: 2,
///     intervals_per_day: 6,
///     required: vec![0, 2, 2, 2, 0, 0, 0, 5, 5, 5, 0, 0],
///     shift_types: vec![DesignShiftType {
///         first_start: 0,
///         last_start: 3,
///         shortest: 2,
///         longest: 3,
///     }],
///     under: 1,
///     over: 1,
///     per_shift: 60,
/// };
/// let solution = design_shifts(&problem, &DesignStrategy::default(), &Silent)?;
/// assert_eq!(solution.termination, Termination::Optimal);
/// assert_eq!(solution.cost, 60);
/// assert_eq!(solution.plan.shifts[0].workers, [2, 5]);
/// assert_eq!(solution.certificate.bound(&problem)?, 60);
/// # Ok::<(), wfm::scheduling::ScheduleError>(())
/// ```
pub fn design_shifts(
    problem: &DesignProblem,
    strategy: &DesignStrategy,
    observer: &dyn Observer,
) -> Result<DesignedSolution, ScheduleError> {
    let budget = Budget::start(strategy.time_limit, strategy.work, observer);
    budget.tell(&Event::Stage {
        name: "shift design",
    });
    let layout = Layout::new(problem)?;
    let mut search = Search::new(&layout, budget, strategy.gap, strategy.seed);
    search.run()?;
    let (best, bound, certificate) = search.finish();
    let mut solution = DesignedSolution {
        plan: layout.plan(&best.workers),
        cost: best.cost,
        bound: bound as f64,
        termination: Termination::WorkLimit,
        certificate,
    };
    solution.termination = match solution.gap() {
        gap if gap <= OPTIMAL => Termination::Optimal,
        gap if gap <= strategy.gap => Termination::GapReached,
        _ if budget.is_cancelled() => Termination::Interrupted,
        _ if budget.is_late() => Termination::TimeLimit,
        _ => Termination::WorkLimit,
    };
    Ok(solution)
}
