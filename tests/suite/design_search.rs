//! The search for shift designs: against every plan of tiny problems, by laws, at its limits, and
//! on published instances. Each answer and each proof is checked by code of its own.

mod benchmarks;
mod edges;
mod enumeration;
mod laws;
mod limits;
mod proof;

use std::time::Duration;

use wfm::milp::{Silent, Termination};
use wfm::scheduling::design::{
    DesignProblem, DesignShiftType, DesignStrategy, DesignedSolution, design_shifts, verify_design,
};

/// Solves, and checks whatever came of it.
#[track_caller]
fn solve(problem: &DesignProblem, strategy: &DesignStrategy) -> DesignedSolution {
    let solution = design_shifts(problem, strategy, &Silent).unwrap();
    assert_sound(problem, &solution);
    solution
}

/// More than enough time for a small problem.
fn to_the_end() -> DesignStrategy {
    DesignStrategy {
        time_limit: Duration::from_secs(20),
        ..DesignStrategy::default()
    }
}

/// The least cost of a problem that is small enough to be solved to the end.
#[track_caller]
fn optimum(problem: &DesignProblem) -> i64 {
    let solution = solve(problem, &to_the_end());
    assert_eq!(solution.termination, Termination::Optimal, "{problem:?}");
    solution.cost
}

/// What holds for every design that ever leaves the search.
#[track_caller]
fn assert_sound(problem: &DesignProblem, solution: &DesignedSolution) {
    let report = verify_design(problem, &solution.plan);
    assert_eq!(report.violations, Vec::<String>::new());
    assert_eq!(report.cost, i128::from(solution.cost));
    let certified = solution.certificate.bound(problem).unwrap();
    assert_eq!(solution.bound, certified.min(solution.cost) as f64);
    proof::assert_proves(problem, &solution.certificate, certified);
    assert!((0.0..=1.0).contains(&solution.gap()));
}

fn by_work(work: u64) -> DesignStrategy {
    DesignStrategy {
        work: Some(work),
        ..DesignStrategy::default()
    }
}

fn kind(first_start: usize, last_start: usize, shortest: usize, longest: usize) -> DesignShiftType {
    DesignShiftType {
        first_start,
        last_start,
        shortest,
        longest,
    }
}

/// A day of eight intervals of three hours, with one kind of shift.
fn day(required: [u32; 8], kind: DesignShiftType) -> DesignProblem {
    DesignProblem {
        name: "a day".to_owned(),
        interval_minutes: 180,
        days: 1,
        intervals_per_day: 8,
        required: required.to_vec(),
        shift_types: vec![kind],
        under: 1,
        over: 1,
        per_shift: 60,
    }
}

/// A week of quarter-hours that takes long to solve: two humps a day, noisy like real demand.
fn week() -> DesignProblem {
    let required = (0..7 * 96_usize).map(|t| {
        let hump = |peak: usize| 14_usize.saturating_sub((t % 96).abs_diff(peak) / 3);
        u32::try_from(3 + hump(40) + hump(68) + t * 7919 / 5 % 4).unwrap()
    });
    DesignProblem {
        name: "noisy".to_owned(),
        interval_minutes: 15,
        days: 7,
        intervals_per_day: 96,
        required: required.collect(),
        shift_types: vec![
            kind(20, 32, 28, 36),
            kind(52, 60, 28, 36),
            kind(84, 92, 28, 36),
        ],
        under: 1,
        over: 1,
        per_shift: 15,
    }
}
