//! The whole model of a week: every backend against every plan of tiny weeks, and against the others.

use std::fs;
use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;
use wfm::format::{Instance, read_instance};
use wfm::milp::{Backend, SolveOptions, Termination};
use wfm::scheduling::week::{
    Prices, Week, WeekBreak, WeekShiftType, WholeModel, WholeModelOutcome, certified_week_bound,
    solve_whole_model, verify_week,
};

use super::milp::available;
use super::support::{cases, close};
use super::week_bound::{a_week, cheapest, columns, under_way};
use super::week_verifier;

/// People on one column up to which every plan is tried.
const MOST: u32 = 3;

/// Seven columns at most, whose broken shift has one short break, two breaks, or a long one.
pub(crate) fn tiny() -> impl Strategy<Value = Week> {
    let pause = |length, first, last| WeekBreak {
        id: format!("pause of {length}"),
        length,
        first,
        last,
        is_paid: length == 1,
    };
    let broken = prop_oneof![
        Just(None),
        Just(Some((5, vec![pause(1, 1, 2), pause(1, 3, 3)]))),
        Just(Some((5, vec![pause(2, 1, 2)]))),
        Just(Some((6, vec![pause(1, 1, 1), pause(2, 2, 3)]))),
    ];
    (a_week(), broken).prop_map(|(mut week, broken)| {
        if let Some((length, breaks)) = broken {
            week.shift_types[1] = WeekShiftType {
                id: "broken".into(),
                length,
                breaks,
            };
        }
        week
    })
}

fn solve(week: &Week, backend: Backend) -> WholeModelOutcome {
    solve_whole_model(week, backend, &SolveOptions::default()).unwrap()
}

/// Most people who work the same shift.
fn most_alike(found: &WholeModelOutcome) -> u32 {
    let shifts = found.plan.iter().flat_map(|plan| &plan.shifts);
    shifts.map(|s| s.count).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn optima_are_those_of_brute_force(week in prop_oneof![3 => tiny(), 1 => under_way(tiny())]) {
        prop_assume!(columns(&week).len() <= 7);
        let best = cheapest(&week, MOST);
        let mut costs = Vec::new();
        for backend in available() {
            let found = solve(&week, backend);
            let told = format!("{backend}: {found:?}, brute force {best:?}");
            prop_assert_eq!(found.bound, certified_week_bound(&week, &found.prices));
            if !backend.has_integers() {
                prop_assert_eq!(&found.plan, &None);
                prop_assert!(best.is_none_or(|best| found.bound <= best), "{}", told);
                continue;
            }
            costs.push(found.cost);
            let (Some(plan), Some(cost)) = (&found.plan, found.cost) else {
                prop_assert_eq!(found.termination, Termination::Infeasible, "{}", told);
                prop_assert_eq!(best, None, "{}", told);
                continue;
            };
            prop_assert_eq!(found.termination, Termination::Optimal, "{}", told);
            let report = verify_week(&week, plan);
            prop_assert!(report.is_clean(), "{} {:?}", told, report.violations);
            prop_assert_eq!(report.cost, i128::from(cost));
            prop_assert!(found.bound <= cost, "{}", told);
            prop_assert!(best.is_none_or(|best| cost <= best), "{}", told);
            if most_alike(&found) <= MOST {
                prop_assert!(best.is_some_and(|best| best <= cost), "{}", told);
            }
        }
        prop_assert!(costs.windows(2).all(|pair| pair[0] == pair[1]), "{:?}", costs);
    }

    #[test]
    fn relaxations_of_all_backends_prove_nearly_the_same(week in tiny()) {
        let bounds: Vec<i64> = (available())
            .map(|backend| solve(&week, backend))
            .filter(|found| found.termination == Termination::Optimal)
            .map(|found| found.bound)
            .collect();
        for pair in bounds.windows(2) {
            // Costs are multiples of 12, and prices are rounded.
            prop_assert!((pair[0] - pair[1]).abs() <= 12, "{:?}", bounds);
        }
    }
}

#[test]
fn a_week_of_two_pools_costs_what_its_plan_at_the_edge_of_every_rule_does() {
    let week = week_verifier::week();
    let sound = verify_week(&week, &week_verifier::plan());
    assert!(sound.is_clean());
    let mut costs = Vec::new();
    for backend in available().filter(|b| b.has_integers()) {
        let found = solve(&week, backend);
        assert_eq!(found.termination, Termination::Optimal, "{backend}");
        let cost = found.cost.unwrap();
        assert!(
            i128::from(cost) <= sound.cost && found.bound <= cost,
            "{backend}"
        );
        costs.push(cost);
    }
    assert!(costs.windows(2).all(|pair| pair[0] == pair[1]), "{costs:?}");
}

#[test]
fn the_model_costs_a_plan_as_the_independent_check_does() {
    let week = week_verifier::week();
    let whole = WholeModel::new(&week);
    for backend in available().filter(|b| b.has_integers()) {
        let point = backend
            .solve(whole.model(), &SolveOptions::default())
            .unwrap();
        let plan = whole.plan(&point.point.unwrap());
        // Breaks between whole positions are no plan yet.
        let Some(plan) = plan else { continue };
        let report = verify_week(&week, &plan);
        assert!(report.is_clean(), "{:?}", report.violations);
        let cost = i64::try_from(report.cost).unwrap() as f64;
        assert!(
            close(point.cost, cost, 1e-6),
            "{backend}: {} {cost}",
            point.cost
        );
    }
    assert_eq!(whole.plan(&[]), None);
    let nobody = vec![0.0; whole.model().variable_count()];
    assert!(whole.plan(&nobody).unwrap().shifts.is_empty());
    let somebody_halved = vec![0.5; whole.model().variable_count()];
    assert_eq!(whole.plan(&somebody_halved), None);
    let nothing = whole.prices(&[]);
    assert_eq!(
        certified_week_bound(&week, &nothing),
        certified_week_bound(&week, &Prices::default())
    );
}

#[test]
fn no_time_gives_no_plan_and_still_a_bound() {
    let week = week_verifier::week();
    let options = SolveOptions {
        time_limit: Some(Duration::ZERO),
        ..SolveOptions::default()
    };
    for backend in available() {
        let found = solve_whole_model(&week, backend, &options).unwrap();
        assert_eq!(found.termination, Termination::TimeLimit, "{backend}");
        assert_eq!((found.plan, found.cost), (None, None), "{backend}");
        assert_eq!(found.bound, certified_week_bound(&week, &Prices::default()));
    }
    for backend in Backend::ALL.into_iter().filter(|b| !b.is_available()) {
        assert!(solve_whole_model(&week, backend, &options).is_err());
    }
}

#[test]
fn shipped_instances_are_small_and_the_first_costs_the_same_everywhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/instances");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "json") {
            assert!(fs::metadata(&path).unwrap().len() < 30_000);
            names.push(read_instance(&path).unwrap().name().to_owned());
        }
    }
    names.sort();
    assert_eq!(names, ["bakery", "corner shop", "help desk", "two sites"]);
    let shop = read_instance(&folder.join("corner-shop.json")).unwrap();
    let Instance::Week(_, shop) = shop else {
        panic!("it is a week")
    };
    for backend in available() {
        let found = solve(&shop, backend);
        assert_eq!(found.bound, 243_000, "{backend}");
        // What four solvers agree on.
        let optimum = backend.has_integers().then_some(251_400);
        assert_eq!(found.cost, optimum, "{backend}");
    }
}
