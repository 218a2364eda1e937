//! A plan read back from its folder and simulated.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use wfm::format::{TrialFacts, parse_plan, plan_json, plan_trial_json, read_plan};
use wfm::milp::Silent;
use wfm::planning::{LivePlan, Plan, Scenario, plan};
use wfm::reporting::trial_summary;
use wfm::requirements::Rounding;
use wfm::scheduling::Strategy;
use wfm::workforce::{FaultCode, PromiseScope, ServiceTarget};

use super::reference::{read, solvers};
use super::support::share;

fn planned(scenario: &Scenario) -> Option<Plan> {
    Some(plan(scenario, &Strategy::new(solvers()?), &Silent).unwrap())
}

/// The hand check with what a file could lose: volumes with many digits, patience, a day's promise,
/// fractions of agents.
fn awkward() -> Scenario {
    let mut scenario = read("belgium").scenario;
    scenario.staffing.rounding = Rounding::Fractional;
    for stream in &mut scenario.streams {
        stream.volume_factor = 1.0 / 0.973;
        stream.aht_factor = 1.0 / 1.07;
    }
    for queue in &mut scenario.queues {
        queue.patience = Some(Duration::from_secs_f64(137.3));
    }
    scenario.queues[0].scope = PromiseScope::Day {
        floor: share(0.612),
    };
    scenario.seed = 77;
    scenario
}

#[test]
fn the_folder_gives_the_plans_own_outlook() {
    for scenario in [read("belgium").scenario, awkward()] {
        let Some(plan) = planned(&scenario) else {
            return;
        };
        let text = plan_json(&plan, "hash").unwrap();
        let folder = parse_plan(text.as_bytes()).unwrap();
        assert_eq!(folder.live, LivePlan::of(&plan));
        let trials = folder.live.simulate(&folder.live.options()).unwrap();
        let live = plan.queues.iter().filter(|q| q.target.is_live());
        assert_eq!(live.clone().count(), trials.len());
        for (queue, trial) in live.zip(&trials) {
            assert_eq!(queue.id, trial.queue.id);
            assert_eq!(queue.simulated, Some(trial.horizon), "{}", queue.id);
            let ServiceTarget::Live { answer_within, .. } = queue.target else {
                unreachable!()
            };
            assert_eq!(trial.queue.answer_within, answer_within);
            let planned = trial.queue.by_formula.unwrap().get();
            assert!((planned - queue.service_level.get()).abs() <= 5e-7);
            // One day, which is the horizon.
            assert_eq!(trial.days.len(), 1);
            let day = &trial.days[0].level;
            assert_eq!(
                (day.mean, day.chance),
                (trial.horizon.service_level.get(), trial.horizon.day.get())
            );
        }
    }
}

#[test]
fn other_seeds_and_replications_agree_and_are_written() {
    let Some(plan) = planned(&read("belgium").scenario) else {
        return;
    };
    let live = LivePlan::of(&plan);
    let mut options = live.options();
    options.seed = 12_345;
    options.replications = 400;
    let trials = live.simulate(&options).unwrap();
    let facts = TrialFacts {
        scenario: "belgium",
        input_hash: "hash",
        replications: 400,
        seed: 12_345,
    };
    let file: Value = serde_json::from_str(&plan_trial_json(&facts, &trials).unwrap()).unwrap();
    for (k, trial) in trials.iter().enumerate() {
        let own = plan.queues[k].simulated.unwrap();
        let (a, b) = (own.service_level.get(), trial.horizon.service_level.get());
        // Two independent means: four standard errors of their difference, 1 in 16,000.
        let error = (own.half_width.powi(2) + trial.horizon.half_width.powi(2)).sqrt() / 1.96;
        assert!(a != b && (a - b).abs() <= 4.0 * error, "{a} {b} {error}");
        let row = &file["queues"][k];
        assert_eq!(row["id"], json!(trial.queue.id.as_str()));
        assert!((row["service_level_simulated"].as_f64().unwrap() - b).abs() <= 5e-7);
        assert_eq!(row["days"][0]["date"], json!("2027-03-23"));
    }
    let words = trial_summary(&trials, 400, 12_345);
    assert!(
        words.contains("fr-phone") && words.contains("Tue 2027-03-23"),
        "{words}"
    );
}

/// The codes and places of the faults of a plan that somebody touched.
fn faults_of(plan: &Value) -> Vec<(FaultCode, String)> {
    let faults = parse_plan(plan.to_string().as_bytes()).unwrap_err();
    let found = faults.as_slice().iter();
    found
        .map(|f| (f.code, f.place.path.clone().unwrap_or_default()))
        .collect()
}

#[test]
fn what_is_wrong_with_a_folder_is_told() {
    let nowhere = std::env::temp_dir().join("wfm-no-such-plan");
    let missing = read_plan(&nowhere).unwrap_err();
    assert_eq!(missing.as_slice()[0].code, FaultCode::MissingFile);
    assert!(missing.to_string().contains("plan.json"), "{missing}");

    let folder = std::env::temp_dir().join(format!("wfm-plan-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("plan.json"),
        "{\n \"schema_version\": 1,\n oops }",
    )
    .unwrap();
    let broken = read_plan(&folder).unwrap_err();
    fs::remove_dir_all(&folder).unwrap();
    let fault = &broken.as_slice()[0];
    assert_eq!((fault.code, fault.place.row), (FaultCode::Syntax, Some(3)));

    let other = faults_of(&json!({ "schema_version": 9 }));
    assert_eq!(
        other,
        [(FaultCode::SchemaVersion, "schema_version".to_owned())]
    );
    let older = faults_of(&json!({ "schema_version": 1, "scenario": "x" }));
    assert_eq!(older[0].0, FaultCode::MissingKey);

    let Some(plan) = planned(&read("belgium").scenario) else {
        return;
    };
    let mut touched: Value = serde_json::from_str(&plan_json(&plan, "hash").unwrap()).unwrap();
    touched["queues"][1]["group"] = json!("fr-phnoe");
    touched["queues"][0]["service_level_target"] = json!(80.0);
    touched["queues"][0]["service_level_scope"] = json!("month");
    touched["requirement"][0]["volume"] = json!(-1.0);
    touched["requirement"][1]["start"] = json!("2027-03-23T06:10:00Z");
    touched["answering"][0]["start"] = json!("soon");
    let found = faults_of(&touched);
    for expected in [
        (FaultCode::UnknownReference, "queues[1].group"),
        (FaultCode::OutOfRange, "queues[0].service_level_target"),
        (FaultCode::UnknownReference, "queues[0].service_level_scope"),
        (FaultCode::OutOfRange, "requirement[0].volume"),
        (FaultCode::Misaligned, "requirement[1].start"),
        (FaultCode::Misaligned, "answering[0].start"),
    ] {
        let expected = (expected.0, expected.1.to_owned());
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert_eq!(found.len(), 6);
}
