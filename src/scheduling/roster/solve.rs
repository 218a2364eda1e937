use super::layout::Layout;
use super::problem::RosterProblem;
use super::search::Search;
use super::strategy::{RosterStrategy, SolvedRoster};
use super::verify::verify_roster;
use crate::milp::{Event, Observer, Termination};
use crate::scheduling::ScheduleError;
use crate::scheduling::budget::Budget;

/// Finds a cheap roster, with a proven bound on what any roster must cost.
///
/// The answer depends on the problem, the seed and the work alone, unless the clock or the
/// observer stops the search.
///
/// # Errors
/// [`ScheduleError::Malformed`] when the problem has a fault, [`ScheduleError::Infeasible`] when
/// an agent has no tour at all, [`ScheduleError::NothingFound`] when no roster that covers what is
/// hard was found.
///
/// ```
/// use wfm::calendar::Weekday;
/// use wfm::milp::Silent;
/// use wfm::scheduling::roster::{
///     DayKinds, Edges, RosterAgent, RosterCover, RosterLimits, RosterProblem, RosterRule,
///     RosterShift, RosterStrategy, RosterWeight, RunLength, solve_roster,
/// };
///
/// // Two agents share three days; nobody works more than two days in a row.
/// let rule = RosterRule::RunLength(RunLength {
///     of: DayKinds::WORK,
///     limits: RosterLimits::default().at_most(2, RosterWeight::Hard),
///     edges: Edges::Open,
/// });
/// let agent = |name: &str| RosterAgent {
///     name: name.to_owned(),
///     skills: vec![],
///     unsuited: vec![],
///     days_off: vec![],
///     requests: vec![],
///     history: vec![],
///     rules: vec![rule.clone()],
/// };
/// let problem = RosterProblem {
///     name: "three days".to_owned(),
///     days: 3,
///     first_weekday: Weekday::Mon,
///     shifts: vec![RosterShift {
///         id: "D".to_owned(),
///         start: None,
///         minutes: 480,
///         is_night: false,
///         forbidden_next: vec![],
///     }],
///     agents: vec![agent("Ada"), agent("Ben")],
///     cover: (0..3)
///         .map(|day| RosterCover {
///             day,
///             shift: 0,
///             skill: None,
///             required: 2,
///             under: RosterWeight::Soft(10),
///             over: RosterWeight::Soft(1),
///         })
///         .collect(),
/// };
/// let solved = solve_roster(&problem, &RosterStrategy::default(), &Silent)?;
/// assert_eq!((solved.cost, solved.bound), (20, 20));
/// # Ok::<(), wfm::scheduling::ScheduleError>(())
/// ```
pub fn solve_roster(
    problem: &RosterProblem,
    strategy: &RosterStrategy,
    observer: &dyn Observer,
) -> Result<SolvedRoster, ScheduleError> {
    let budget = Budget::start(strategy.time_limit, strategy.work, observer);
    budget.tell(&Event::Stage { name: "roster" });
    let layout = Layout::new(problem)?;
    let mut search = Search::begin(&layout, budget, strategy.seed)?;
    search.run();
    let roster = search.standing.roster();
    let report = verify_roster(problem, &roster);
    let is_optimal = search.is_optimal();
    if let Some(first) = report.violations.first() {
        let reason = format!(
            "of the best roster, {first} ({} in all)",
            report.violations.len()
        );
        return Err(ScheduleError::NothingFound { reason });
    }
    if report.cost != search.standing.cost {
        let what = format!("it costs {}, not {}", report.cost, search.standing.cost);
        return Err(ScheduleError::Unverified(what));
    }
    Ok(SolvedRoster {
        roster,
        cost: report.cost,
        bound: search.bound,
        prices: search.prices,
        termination: match () {
            () if is_optimal => Termination::Optimal,
            () if budget.is_cancelled() => Termination::Interrupted,
            () if budget.is_late() => Termination::TimeLimit,
            () => Termination::WorkLimit,
        },
    })
}
