//! Published instances of the TU Wien, against the best values and bounds known.

use std::fs;
use std::time::Duration;

use serde_json::Value;
use wfm::format::{Instance, read_instance};
use wfm::milp::Termination;
use wfm::scheduling::design::{DesignStrategy, DesignedSolution};

use super::super::support::shared;
use super::solve;

/// Solves an instance; neither cost nor bound may contradict what others proved.
fn solved(name: &str, seconds: u64) -> Option<(DesignedSolution, f64)> {
    let folder = shared("benchmarks", name)?;
    let text = fs::read_to_string(folder.join("best_known.json")).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    let known = |key: &str| known["shift_design"][name][key].as_f64().unwrap();
    let path = folder.join(format!("shift_design/{name}.json"));
    let Ok(Instance::Design(problem)) = read_instance(&path) else {
        panic!("{} is no shift design", path.display());
    };
    let strategy = DesignStrategy {
        time_limit: Duration::from_secs(seconds),
        ..DesignStrategy::default()
    };
    let solution = solve(&problem, &strategy);
    let (best, least) = (known("ub"), known("lb"));
    assert!(solution.bound <= best, "{name}: {} {best}", solution.bound);
    assert!(
        solution.cost as f64 >= least,
        "{name}: {} {least}",
        solution.cost
    );
    Some((solution, best))
}

/// The instance is solved to the end, at no more than the best cost known.
fn proven(names: &[&str]) {
    for name in names {
        if let Some((solution, best)) = solved(name, 60) {
            assert!(
                solution.cost as f64 <= best,
                "{name}: {} {best}",
                solution.cost
            );
            assert_eq!(solution.termination, Termination::Optimal, "{name}");
        }
    }
}

#[test]
fn random_examples_that_some_design_meets_exactly() {
    proven(&[
        "DataSet1_RandomExample1",
        "DataSet1_RandomExample3",
        "DataSet1_RandomExample5",
        "DataSet2_RandomExample26",
        "DataSet2_RandomExample28",
        "DataSet2_RandomExample30",
    ]);
}

#[test]
fn random_examples_that_no_design_meets() {
    proven(&["DataSet3_RandomExample23", "DataSet3_RandomExample25"]);
}

#[test]
fn a_random_example_that_nobody_has_proven() {
    solved("DataSet3_RandomExample21", 3);
}
