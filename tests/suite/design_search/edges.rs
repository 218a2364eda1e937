//! Problems at the edge: nothing wanted, millions wanted, free things, nothing that fits.

use wfm::milp::{Silent, Termination};
use wfm::scheduling::ScheduleError;
use wfm::scheduling::design::{DesignProblem, DesignShiftType, DesignStrategy, design_shifts};

use super::{day, kind, optimum, solve};

#[test]
fn nothing_wanted_costs_nothing() {
    let problem = day([0; 8], kind(0, 7, 1, 8));
    let solution = solve(&problem, &DesignStrategy::default());
    assert_eq!(
        (solution.cost, solution.termination),
        (0, Termination::Optimal)
    );
    assert!(solution.plan.shifts.is_empty());
}

#[test]
fn no_shift_reaches_what_is_wanted() {
    // The evening is out of reach: two people are missing for one interval, whatever the plan.
    let mut problem = day([0, 0, 3, 3, 0, 0, 0, 2], kind(2, 3, 1, 3));
    assert_eq!(optimum(&problem), 60 + 2 * 180);
    // Nothing can be worked at all.
    problem.shift_types.clear();
    assert_eq!(optimum(&problem), (3 + 3 + 2) * 180);
}

#[test]
fn millions_are_wanted() {
    for crowd in [1_000_000, 70_000_000, u32::MAX] {
        let wanted = [0, 0, crowd, crowd, crowd, 0, 0, 0];
        let solution = solve(&day(wanted, kind(2, 2, 2, 3)), &DesignStrategy::default());
        assert_eq!(
            (solution.cost, solution.termination),
            (60, Termination::Optimal)
        );
        assert_eq!(solution.plan.shifts[0].workers, [crowd]);
        // With lengths that do not fit somebody is too many for each one who comes.
        let wanted = [0, 0, crowd, crowd, 0, 0, 0, 0];
        let solution = solve(&day(wanted, kind(2, 2, 3, 3)), &DesignStrategy::default());
        assert_eq!(solution.cost, 60 + 180 * i64::from(crowd));
        assert_eq!(solution.termination, Termination::Optimal);
    }
}

#[test]
fn one_in_a_million_counts() {
    // The last shift saves one person for one interval, next to a million of them.
    let wanted = [0, 0, 1_000_000, 1_000_001, 0, 0, 0, 0];
    let solution = solve(&day(wanted, kind(2, 3, 1, 2)), &DesignStrategy::default());
    assert_eq!(
        (solution.cost, solution.termination),
        (120, Termination::Optimal)
    );
}

#[test]
fn weights_of_nothing() {
    let wanted = [0, 1, 4, 4, 1, 0, 2, 0];
    let with = |under, over, per_shift| DesignProblem {
        under,
        over,
        per_shift,
        ..day(wanted, kind(1, 6, 2, 3))
    };
    assert_eq!(optimum(&with(0, 0, 0)), 0);
    assert_eq!(optimum(&with(0, 5, 60)), 0, "nobody need come");
    assert_eq!(optimum(&with(5, 0, 0)), 0, "everybody may come");
    // From 1 to 3 and from 4 to 6, with as many workers as anybody likes.
    assert_eq!(optimum(&with(5, 0, 60)), 120);
    // Whoever is there at 6 is there at 5 or 7 too; the others fit.
    assert_eq!(optimum(&with(1, 1, 0)), 2 * 180);
}

#[test]
fn shifts_as_long_as_the_axis() {
    // Everybody is there all the time: with four or five of them, ten are missing or too many.
    let problem = day([1, 2, 3, 4, 5, 5, 5, 5], kind(0, 7, 8, 8));
    assert_eq!(optimum(&problem), 60 + 10 * 180);
}

#[test]
fn problems_that_make_no_sense_are_refused() {
    let refused = |change: fn(&mut DesignProblem), what: &str| {
        let mut problem = day([1; 8], kind(0, 3, 1, 3));
        change(&mut problem);
        let strategy = DesignStrategy::default();
        match design_shifts(&problem, &strategy, &Silent) {
            Err(ScheduleError::Malformed(said)) => assert!(said.contains(what), "{said}"),
            other => panic!("{what}: {other:?}"),
        }
    };
    let no_days = |p: &mut DesignProblem| {
        p.days = 0;
        p.required.clear();
    };
    let windows: [fn(&mut DesignShiftType); 5] = [
        |k| k.last_start = 8,
        |k| k.first_start = 4,
        |k| k.shortest = 0,
        |k| k.shortest = 4,
        |k| k.longest = 9,
    ];
    refused(no_days, "0 requirements for 0 intervals");
    refused(|p| p.required.clear(), "0 requirements for 8 intervals");
    refused(|p| p.days = 2, "8 requirements for 16 intervals");
    refused(|p| p.under = -1, "`under` is -1");
    refused(|p| p.over = 1_000_000_001, "`over` is 1000000001");
    refused(|p| p.per_shift = -1, "`per_shift` is -1");
    for change in windows {
        let mut problem = day([1; 8], kind(0, 3, 1, 3));
        change(&mut problem.shift_types[0]);
        let refused = design_shifts(&problem, &DesignStrategy::default(), &Silent);
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("windows of shift type 0"), "{said}");
    }
    refused(
        |p| {
            p.under = 1_000_000_000;
            p.required.fill(u32::MAX);
        },
        "64 bits",
    );
}
