//! Shifts against the aggregate allocation.

use std::time::Duration;

use wfm::milp::{Silent, Termination};
use wfm::planning::{Plan, Scenario, plan};
use wfm::scheduling::{AllocationPlan, Strategy, allocate, verify};
use wfm::workforce::Tier;

use crate::reference::{large_solvers, only, read, solvers};

fn planned(scenario: &Scenario, rounds: usize) -> Option<Plan> {
    let strategy = Strategy {
        rounds,
        // Work ends the search, not the clock of whatever machine this is.
        time_limit: Duration::from_secs(1800),
        ..Strategy::new(large_solvers()?)
    };
    let plan = plan(scenario, &strategy, &Silent).unwrap();
    let report = verify(&plan.problem, &plan.solved.schedule);
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    Some(plan)
}

/// What the first line costs in shifts, and at least in the aggregate.
fn first_line(plan: &Plan) -> (f64, f64) {
    let tier = Tier::from("L1");
    let first = |p: &usize| plan.problem.pools[*p].skills.iter().any(|s| s.tier == tier);
    let pools = &plan.solved.schedule.cost.pools;
    let shifts = (0..pools.len())
        .filter(first)
        .map(|p| pools[p].total().get());
    match allocate(&plan.problem, &tier, solvers().unwrap()).unwrap() {
        AllocationPlan::Cheapest { bound, .. } => (shifts.sum(), bound),
        AllocationPlan::Impossible(refusal) => panic!("{refusal}"),
    }
}

#[test]
fn a_monday_in_shifts_is_dearer_than_in_the_aggregate() {
    let mut monday = only(read("ondara").scenario, "L1");
    monday.horizon.days = 1;
    let Some(plan) = planned(&monday, 1) else {
        return;
    };
    assert_eq!(plan.problem.groups[0].allowance, 1.0);
    let (shifts, aggregate) = first_line(&plan);
    assert!(
        aggregate > 0.0 && shifts >= aggregate,
        "{shifts}, {aggregate}"
    );
    assert!(
        plan.solved.bound >= aggregate,
        "{} {aggregate}",
        plan.solved.bound
    );
}

/// The one plan of a whole week of all tiers in the suite: it takes half a minute.
#[test]
fn the_whole_week_is_planned_within_three_percent() {
    let week = read("ondara").scenario;
    let Some(plan) = planned(&week, 1) else {
        return;
    };
    let solved = &plan.solved;
    assert!(solved.bound > 0.0 && solved.bound <= plan.cost().get());
    assert!(solved.gap() < 0.03, "{}", solved.gap());
    assert_eq!(solved.termination, Termination::WorkLimit);
    assert_eq!(plan.problem.groups[0].allowance, 1.0);
    let (shifts, aggregate) = first_line(&plan);
    assert!(shifts > aggregate, "{shifts}, {aggregate}");
}
