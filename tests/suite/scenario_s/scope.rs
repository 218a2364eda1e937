//! The day's promise instead of every block's. Costs are from another model of the same day: convex
//! combinations of the points (agents, Erlang C by recursion) of each two-hour block, with missing
//! agents at 1,000 a block, solved by HiGHS through `SciPy` 1.17 to a gap of 1e-9. Any scope as long as
//! the day is the same here.

use serde_json::Value;
use wfm::format::plan_json;
use wfm::milp::{Silent, Termination};
use wfm::planning::{Plan, Scenario, plan};
use wfm::reporting::{html, summary};
use wfm::scheduling::Strategy;
use wfm::units::Probability;
use wfm::workforce::{PromiseScope, ServiceTarget};

use super::super::reference::solvers;
use super::belgium;

/// Target, floor and cost.
const COSTS: [(f64, f64, f64); 7] = [
    (0.80, 0.70, 2376.0),
    (0.80, 0.50, 2080.0),
    (0.80, 0.00, 2080.0),
    (0.90, 0.70, 2496.0),
    (0.90, 0.80, 2616.0),
    (0.85, 0.60, 2376.0),
    (0.80, 0.79, 2496.0),
];

fn scoped(target: f64, scope: PromiseScope) -> Scenario {
    let mut scenario = belgium();
    for queue in &mut scenario.queues {
        if let ServiceTarget::Live { share, .. } = &mut queue.target {
            *share = Probability::new(target).unwrap();
        }
        queue.scope = scope;
    }
    scenario
}

fn solved(scenario: &Scenario) -> Option<Plan> {
    let gap = 0.0;
    let strategy = Strategy {
        gap,
        ..Strategy::new(solvers()?)
    };
    Some(plan(scenario, &strategy, &Silent).unwrap())
}

#[test]
fn a_day_costs_what_another_model_of_it_costs() {
    for (target, floor, cost) in COSTS {
        let floor = Probability::new(floor).unwrap();
        for scope in [PromiseScope::Day { floor }, PromiseScope::Week { floor }] {
            let Some(plan) = solved(&scoped(target, scope)) else {
                return;
            };
            let found = plan.cost().get();
            assert!(
                plan.solved.bound <= cost + 1e-3,
                "{target} {floor}: {} {cost}",
                plan.solved.bound
            );
            if plan.solved.termination == Termination::Optimal {
                assert!(
                    (found - cost).abs() < 1e-2,
                    "{target} {floor}: {found} {cost}"
                );
            }
            assert!(found >= cost - 1e-2);
            for kept in &plan.report.promises {
                assert!(kept.service_level.get() >= target - 1e-5, "{kept:?}");
                assert!(kept.share.get() >= target && kept.scope == scope);
            }
            // 100 simulated days of 204 calls and more: a standard error of less than a point. Of an
            // agent who divides a half hour between languages the simulation knows nothing.
            for (g, queue) in plan.queues.iter().enumerate() {
                let mut crews = plan.solved.schedule.crews.iter().filter(|c| c.group == g);
                let simulated = queue.simulated.unwrap().service_level.get();
                if crews.all(|c| c.agents.fract() == 0.0) && plan.missing_hours() == 0.0 {
                    assert!(simulated >= target - 0.03, "{}: {simulated}", queue.id);
                }
            }
        }
    }
}

#[test]
fn deferred_work_has_no_scope() {
    let day = PromiseScope::Day {
        floor: Probability::ZERO,
    };
    let mut scenario = scoped(0.8, day);
    scenario.queues[0].target = ServiceTarget::deferred(0.9, 4).unwrap();
    let faults = scenario.check().unwrap_err();
    let mut paths = faults.as_slice().iter().map(|f| f.place.path.as_deref());
    assert!(
        paths.any(|p| p == Some("queues[0].target.scope")),
        "{faults}"
    );
}

#[test]
fn what_the_day_gets_is_in_every_output() {
    let floor = Probability::new(0.7).unwrap();
    let Some(plan) = solved(&scoped(0.8, PromiseScope::Day { floor })) else {
        return;
    };
    let file: Value = serde_json::from_str(&plan_json(&plan, "sha256:0").unwrap()).unwrap();
    let queue = &file["queues"][0];
    assert_eq!(queue["service_level_scope"], "day");
    assert_eq!(queue["service_level_floor"], 0.7);
    let promises = file["promises"].as_array().unwrap();
    assert_eq!(promises.len(), 2);
    for (promise, id) in promises.iter().zip(["fr-phone", "nl-phone"]) {
        assert_eq!(promise["id"], id);
        assert_eq!(promise["start"], "2027-03-22T23:00:00Z");
        assert_eq!(promise["end"], "2027-03-23T23:00:00Z");
        let planned = promise["service_level_planned"].as_f64().unwrap();
        assert!((0.8..1.0).contains(&planned));
    }
    // Crews are of the open half hours, within those who are there.
    let crews = file["live_crews"].as_array().unwrap();
    assert_eq!(crews.len(), 2 * 24);
    for crew in crews {
        let sent = file["assignments"].as_array().unwrap().iter();
        let sent = sent.filter(|a| a["group"] == crew["group"] && a["start"] == crew["start"]);
        let sent: f64 = sent.map(|a| a["agents"].as_f64().unwrap()).sum();
        assert!(sent >= crew["agents"].as_f64().unwrap() - 1e-5);
    }
    let page = html(&plan, "sha256:0");
    assert!(page.contains("Table of the days and weeks"));
    assert!(page.contains("70.0\u{a0}% in each interval"));
    let text = summary(&plan);
    assert!(text.contains("Promises over days and weeks") && text.contains("80 % a day"));
    let every = solved(&belgium()).unwrap();
    assert!(!html(&every, "sha256:0").contains("days and weeks"));
    assert!(!summary(&every).contains("days and weeks"));
}
