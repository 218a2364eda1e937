//! Planning anew from shifts that are agreed.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;
use wfm::format::{parse_scenario, plan_json};
use wfm::milp::Silent;
use wfm::scheduling::{Problem, verify};
use wfm::workforce::{Announced, FaultCode, KeptShifts, Shift};

use super::support::{
    cases, close, exact, group, money, morning, planned, pool, problem, shift, solved,
};
use super::tiny::{Enumeration, tiny_under_way};

/// Two overlapping kinds of shift over eight hours.
fn two_kinds(needs: [u32; 8]) -> Problem {
    let crew = pool("crew", &["de"], 20.0)
        .with_shift(shift("short", 4, 10, 14))
        .with_shift(shift("long", 6, 10, 12));
    problem(morning(8), vec![crew], vec![group("de", &needs)])
}

fn kept(problem: &mut Problem, shifts: Vec<Shift>, price: f64) {
    problem.kept = Some(KeptShifts {
        shifts,
        price_per_change: money(price),
        announced: Announced::default(),
    });
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn the_optimum_counts_changes(tiny in tiny_under_way()) {
        let Some(strategy) = exact().filter(|s| s.solvers.integer.is_some()) else { return Ok(()) };
        let optimum = Enumeration::optimum(&tiny);
        let found = solved(&tiny.problem(), &strategy).unwrap();
        prop_assert!(close(found.schedule.cost.total().get(), optimum, 1e-6));
        prop_assert!(found.bound <= optimum + 1e-6);
    }

    #[test]
    fn a_higher_price_of_changes_never_costs_less_nor_changes_more(tiny in tiny_under_way()) {
        let Some(strategy) = exact().filter(|s| s.solvers.integer.is_some()) else { return Ok(()) };
        let mut problem = tiny.problem();
        let shifts = problem.kept.take().unwrap().shifts;
        let free = solved(&problem, &strategy).unwrap().schedule.cost.total().get();
        let (mut cost, mut changes) = (f64::NEG_INFINITY, i64::MAX);
        for price in [0.0, 1.5, 7.5, 200.5] {
            kept(&mut problem, shifts.clone(), price);
            let found = solved(&problem, &strategy).unwrap().schedule;
            let (total, moved) = (found.cost.total().get(), verify(&problem, &found).changes);
            if price == 0.0 {
                prop_assert!(close(total, free, 1e-9));
            } else {
                prop_assert!(moved <= changes, "{} after {}", moved, changes);
                changes = moved;
            }
            prop_assert!(total >= cost - 1e-6);
            cost = total;
        }
    }
}

#[test]
fn a_plan_that_is_kept_is_kept() {
    let Some(strategy) = exact() else { return };
    let mut problem = two_kinds([1, 2, 3, 3, 2, 2, 1, 1]);
    let first = solved(&problem, &strategy).unwrap().schedule;
    kept(&mut problem, first.shifts.clone(), 1.0);
    let again = solved(&problem, &strategy).unwrap().schedule;
    assert_eq!(again.shifts, first.shifts);
    assert_eq!(verify(&problem, &again).changes, 0);
}

#[test]
fn changes_are_made_where_they_are_worth_their_price() {
    let Some(strategy) = exact() else { return };
    let mut problem = two_kinds([2; 8]);
    let first = solved(&problem, &strategy).unwrap().schedule;
    // One person more is wanted in the last four hours: a short shift of 80, or 400 missing.
    problem.groups[0] = group("de", &[2, 2, 2, 2, 3, 3, 3, 3]);
    for (price, changes, total) in [(10.0, 1, 410.0), (319.0, 1, 719.0), (321.0, 0, 720.0)] {
        kept(&mut problem, first.shifts.clone(), price);
        let found = solved(&problem, &strategy).unwrap().schedule;
        assert_eq!(verify(&problem, &found).changes, changes, "at {price}");
        assert!(close(found.cost.total().get(), total, 1e-9), "at {price}");
    }
}

#[test]
fn kept_shifts_that_cannot_be_worked_any_more_are_no_changes() {
    let Some(strategy) = exact() else { return };
    let mut problem = two_kinds([2; 8]);
    let first = solved(&problem, &strategy).unwrap().schedule;
    let mut shifts = first.shifts.clone();
    let mut odd = shifts[0].clone();
    odd.start += Duration::from_secs(7 * 60);
    let mut elsewhere = shifts[0].clone();
    elsewhere.pool = "gone".into();
    let mut later = shifts[0].clone();
    later.start += Duration::from_secs(7 * 86_400);
    later.end += Duration::from_secs(7 * 86_400);
    shifts.extend([odd, elsewhere, later]);
    kept(&mut problem, shifts, 5.0);
    let again = solved(&problem, &strategy).unwrap().schedule;
    assert_eq!(again.shifts, first.shifts);
    assert_eq!(verify(&problem, &again).changes, 0);
}

#[test]
fn a_rule_goes_before_what_is_kept() {
    let Some(strategy) = exact() else { return };
    let mut problem = two_kinds([2; 8]);
    let first = solved(&problem, &strategy).unwrap().schedule;
    kept(&mut problem, first.shifts.clone(), 1000.0);
    problem.pools[0].limits.shifts_per_day_max = Some(1);
    let found = solved(&problem, &strategy).unwrap().schedule;
    assert_eq!(found.people(), 1);
    assert_eq!(
        verify(&problem, &found).changes,
        i64::from(first.people()) - 1
    );
}

/// The shipped belgium scenario with a `[keep]` table and the plan it names.
fn belgium(keep: &str, plan: Option<String>) -> BTreeMap<String, Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/scenarios/belgium/");
    let read = |name: &str| std::fs::read(format!("{folder}{name}")).unwrap();
    let mut toml = read("scenario.toml");
    toml.extend_from_slice(keep.as_bytes());
    let mut files = BTreeMap::from([("scenario.toml".to_owned(), toml)]);
    files.insert("history.csv".to_owned(), read("history.csv"));
    files.extend(plan.map(|plan| ("plan.json".to_owned(), plan.into_bytes())));
    files
}

const KEEP: &str = "\n[keep]\nplan = \"plan.json\"\nprice_per_change = 1\n";

#[test]
fn a_scenario_names_the_plan_it_keeps() {
    let Some(strategy) = exact() else { return };
    let first = parse_scenario(&belgium("", None)).unwrap();
    let plan = planned(&first.scenario, &strategy, &Silent).unwrap();
    let text = plan_json(&plan, &first.input_hash).unwrap();
    let again = parse_scenario(&belgium(KEEP, Some(text))).unwrap();
    assert_ne!(again.input_hash, first.input_hash);
    let kept = again.scenario.kept.as_ref().unwrap();
    assert_eq!(kept.shifts, plan.solved.schedule.shifts);
    let replanned = planned(&again.scenario, &strategy, &Silent).unwrap();
    assert_eq!(replanned.solved.schedule.shifts, kept.shifts);
    assert_eq!(replanned.report.changes, 0);
    assert!(close(replanned.cost().get(), 2616.0, 1e-9));
}

#[test]
fn a_plan_that_cannot_be_read_is_a_fault_with_its_place() {
    let ends = [
        (KEEP, None, FaultCode::MissingFile, "keep.plan"),
        (KEEP, Some("{}"), FaultCode::Syntax, "keep.plan"),
        (
            KEEP,
            Some(r#"{"schema_version": 9, "shifts": []}"#),
            FaultCode::Syntax,
            "keep.plan",
        ),
        (
            "\n[keep]\nplan = \"plan.json\"\nprice_per_change = -1\n",
            Some(r#"{"schema_version": 1, "shifts": []}"#),
            FaultCode::OutOfRange,
            "keep.price_per_change",
        ),
        (
            "\n[keep]\nplan = \"plan.json\"\n",
            Some(r#"{"schema_version": 1, "shifts": []}"#),
            FaultCode::MissingKey,
            "keep.price_per_change",
        ),
    ];
    for (keep, plan, code, path) in ends {
        let faults = parse_scenario(&belgium(keep, plan.map(str::to_owned))).unwrap_err();
        let fault = &faults.as_slice()[0];
        assert_eq!(
            (fault.code, fault.place.path.as_deref()),
            (code, Some(path))
        );
        assert!(!fault.action.is_empty());
    }
}
