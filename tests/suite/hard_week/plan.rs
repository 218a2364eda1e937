//! The plan of the hard week.

use std::time::Duration;

use wfm::calendar::TimeDelta;
use wfm::milp::Silent;
use wfm::planning::plan;
use wfm::scheduling::{Strategy, verify};

use super::{at, hard_week};
use crate::reference::{large_solvers, only};

#[test]
fn the_week_of_the_clock_change_is_planned_without_a_fault() {
    let Some(solvers) = large_solvers() else {
        return;
    };
    let strategy = Strategy {
        rounds: 0,
        time_limit: Duration::from_secs(1800),
        ..Strategy::new(solvers)
    };
    let plan = plan(&only(hard_week(), "L1"), &strategy, &Silent).unwrap();
    let report = verify(&plan.problem, &plan.solved.schedule);
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    assert!(
        plan.solved.bound > 0.0 && plan.solved.gap() < 0.05,
        "{}",
        plan.solved.gap()
    );
    // A shift keeps its length over the change: eight hours are eight hours.
    let change = at("2027-03-28T01:00:00Z");
    let shifts = &plan.solved.schedule.shifts;
    let over = shifts.iter().filter(|s| s.start < change && change < s.end);
    let mut crossed = 0;
    for shift in over {
        let pool = plan
            .problem
            .pools
            .iter()
            .find(|p| p.id == shift.pool)
            .unwrap();
        let kind = pool
            .shifts
            .iter()
            .find(|k| k.id == shift.shift_type)
            .unwrap();
        let length = TimeDelta::from_std(kind.length).unwrap();
        assert_eq!(
            shift.end - shift.start,
            length,
            "{} {}",
            shift.pool,
            shift.start
        );
        crossed += shift.count;
    }
    assert!(crossed > 0);
}
