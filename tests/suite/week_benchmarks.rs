//! Generated contact-centre weeks, against the plans and bounds that general solvers found.

use std::fs;

use serde_json::Value;
use wfm::format::{Instance, read_instance};
use wfm::milp::Silent;
use wfm::scheduling::week::{WeekStrategy, certified_week_bound, solve_week, verify_week};

use super::support::shared;

/// Share of the linear bound that the prices may miss.
const LOOSE: f64 = 2e-4;

/// Plans a week by a fixed work: no dearer than the best plan known, no bound above what others
/// found, and hardly below the linear bound.
fn beats_the_best_known(name: &str, work: u64) {
    let Some(folder) = shared("benchmarks", name) else {
        return;
    };
    let text = fs::read_to_string(folder.join("best_known.json")).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    let known = |key: &str| known["synthetic"][name][key].as_f64().unwrap();
    let path = folder.join(format!("synthetic/{name}.json"));
    let Ok(Instance::Week(_, week)) = read_instance(&path) else {
        panic!("{} is no week", path.display());
    };
    let strategy = WeekStrategy {
        gap: 0.0,
        work: Some(work),
        ..WeekStrategy::default()
    };
    let solved = solve_week(&week, &strategy, &Silent).unwrap();
    let report = verify_week(&week, &solved.plan);
    assert_eq!(report.violations, Vec::<String>::new());
    assert_eq!(report.cost, i128::from(solved.cost));
    let (cost, bound) = (
        solved.cost as f64,
        certified_week_bound(&week, &solved.prices) as f64,
    );
    let (best, linear) = (known("best"), known("lp_bound"));
    assert!(cost <= best && cost >= linear, "{name}: {cost} {best}");
    assert!(
        bound <= best && bound >= linear * (1.0 - LOOSE),
        "{name}: {bound} {linear}"
    );
}

#[test]
fn a_small_crew() {
    beats_the_best_known("cc_small_1", 200_000);
}

#[test]
fn a_medium_crew() {
    beats_the_best_known("cc_medium_1", 200_000);
}

#[test]
fn a_large_crew() {
    beats_the_best_known("cc_large_1", 500_000);
}
