//! The verifier of shift designs: a sound plan, and everything that may be wrong with one.

use wfm::scheduling::design::{
    DesignPlan, DesignProblem, DesignShiftType, DesignedShift, verify_design,
};

/// Two days of four intervals of six hours.
fn design() -> (DesignProblem, DesignPlan) {
    let problem = DesignProblem {
        name: "two days".to_owned(),
        interval_minutes: 360,
        days: 2,
        intervals_per_day: 4,
        required: vec![1, 2, 2, 0, 0, 2, 1, 1],
        shift_types: vec![
            DesignShiftType {
                first_start: 0,
                last_start: 1,
                shortest: 1,
                longest: 2,
            },
            DesignShiftType {
                first_start: 3,
                last_start: 3,
                shortest: 2,
                longest: 3,
            },
        ],
        under: 2,
        over: 1,
        per_shift: 60,
    };
    let shift = |start: usize, length: usize, workers: [u32; 2]| DesignedShift {
        start,
        length,
        workers: workers.to_vec(),
    };
    let plan = DesignPlan {
        shifts: vec![shift(1, 2, [3, 1]), shift(3, 2, [0, 1])],
    };
    (problem, plan)
}

#[test]
fn designed_shifts_wrap_around_and_cost_what_they_cost() {
    let (problem, plan) = design();
    let report = verify_design(&problem, &plan);
    assert_eq!(report.violations, Vec::<String>::new());
    assert_eq!(report.staffed, [1, 3, 3, 0, 0, 1, 1, 1]);
    assert_eq!((report.under, report.over), (1, 2));
    assert_eq!(report.cost, 360 * (2 + 2) + 2 * 60);
}

#[test]
fn designed_shifts_that_may_not_be() {
    let said = |change: fn(&mut DesignPlan)| {
        let (problem, mut plan) = design();
        change(&mut plan);
        let violations = verify_design(&problem, &plan).violations;
        assert_eq!(violations.len(), 1, "{violations:#?}");
        violations[0].clone()
    };
    assert_eq!(
        said(|p| p.shifts[0].length = 3),
        "shift from 1 of length 3: no kind of shift allows it",
        "start and length are in windows, but not in those of one kind"
    );
    assert!(said(|p| p.shifts[0].start = 2).contains("no kind of shift allows it"));
    assert!(said(|p| p.shifts[0].length = 0).contains("no kind of shift allows it"));
    assert!(said(|p| p.shifts[0].length = usize::MAX).contains("no kind of shift allows it"));
    assert!(said(|p| p.shifts[0].start = usize::MAX).contains("no kind of shift allows it"));
    assert!(said(|p| p.shifts[0].workers = vec![0, 0]).contains("nobody works it"));
    assert!(said(|p| p.shifts[0].workers.push(1)).contains("3 days instead of 2"));
    assert!(said(|p| p.shifts.push(p.shifts[0].clone())).contains("it is listed twice"));
    let (mut problem, plan) = design();
    problem.required.pop();
    let violations = verify_design(&problem, &plan).violations;
    assert!(
        violations[0].contains("7 numbers for 8 intervals"),
        "{violations:#?}"
    );
}
