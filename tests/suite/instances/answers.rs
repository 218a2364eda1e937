//! The answer to an instance: keys and lists in their order, and nothing lost.

use serde_json::Value;
use wfm::format::{SolutionFacts, WeekFormat, design_solution_json, week_solution_json};
use wfm::milp::Termination;
use wfm::scheduling::design::{DesignPlan, DesignedShift};
use wfm::scheduling::week::{
    BreakStart, Missing, PlannedShifts, Serving, Week, WeekPlan, verify_week,
};

use super::super::week_verifier;
use super::{crew, design, designed, week};

const FACTS: SolutionFacts<'_> = SolutionFacts {
    backend: "microlp",
    cost: 254,
    bound: 190.5,
    termination: Termination::TimeLimit,
    seconds: 1.25,
};

fn begun(list: &[(usize, u32)]) -> Vec<BreakStart> {
    let start = |&(offset, count): &(usize, u32)| BreakStart { offset, count };
    list.iter().map(start).collect()
}

#[test]
fn pools_and_languages() {
    let (week, plan) = (week_verifier::week(), week_verifier::plan());
    let text = week_solution_json(WeekFormat::Pools, &week, &plan, &FACTS).unwrap();
    let expected = r#"{
  "format": "ccpool-1",
  "instance": "two days",
  "backend": "microlp",
  "cost": 254,
  "bound": 190.5,
  "gap": 0.25,
  "seconds": 1.25,
  "termination": "time_limit",
  "shifts": [
    {"pool":"home","shift_type":"long","start":2,"count":3,"breaks":{"meal":[{"offset":1,"count":1},{"offset":2,"count":2}]}},
    {"pool":"away","shift_type":"short","start":11,"count":2,"breaks":{}}
  ],
  "allocation": [
    {"pool":"home","slot":2,"language":"en","agents":2},
    {"pool":"home","slot":3,"language":"en","agents":2},
    {"pool":"home","slot":4,"language":"en","agents":1},
    {"pool":"home","slot":5,"language":"en","agents":2},
    {"pool":"home","slot":5,"language":"fr","agents":1},
    {"pool":"away","slot":11,"language":"fr","agents":2}
  ],
  "under": [
    {"language":"fr","slot":11,"agents":1}
  ]
}
"#;
    assert_eq!(text, expected);
    // Whatever the order of a plan, and whoever is listed as nobody, the answer is the same.
    let mut shuffled = plan.clone();
    shuffled.shifts.reverse();
    shuffled.serving.reverse();
    shuffled.shifts.push(PlannedShifts {
        start: 8,
        count: 0,
        ..plan.shifts[1].clone()
    });
    shuffled.shifts[1].breaks[0] = begun(&[(2, 2), (1, 1)]);
    shuffled.serving.push(Serving {
        agents: 0,
        interval: 8,
        ..plan.serving[0]
    });
    shuffled.missing.push(Missing {
        agents: 0,
        interval: 8,
        ..plan.missing[0]
    });
    let again = week_solution_json(WeekFormat::Pools, &week, &shuffled, &FACTS).unwrap();
    assert_eq!(again, expected);
}

/// A plan read back from its text by names.
fn read_back(text: &str, week: &Week) -> WeekPlan {
    let file: Value = serde_json::from_str(text).unwrap();
    let whole = |v: &Value| usize::try_from(v.as_u64().unwrap()).unwrap();
    let count = |v: &Value| u32::try_from(v.as_u64().unwrap()).unwrap();
    let name = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let pool = |v: &Value| week.pools.iter().position(|p| p.id == name(v)).unwrap();
    let language = |v: &Value| week.languages.iter().position(|l| l.id == name(v)).unwrap();
    let list = |key: &str| file[key].as_array().cloned().unwrap_or_default();
    let shifts = list("shifts").into_iter().map(|s| {
        let shift_type = week
            .shift_types
            .iter()
            .position(|k| k.id == name(&s["shift_type"]));
        let kind = &week.shift_types[shift_type.unwrap()];
        let breaks = kind.breaks.iter().map(|b| {
            let starts = s["breaks"][&b.id].as_array().unwrap().iter();
            starts
                .map(|x| BreakStart {
                    offset: whole(&x["offset"]),
                    count: count(&x["count"]),
                })
                .collect()
        });
        PlannedShifts {
            pool: pool(&s["pool"]),
            shift_type: shift_type.unwrap(),
            start: whole(&s["start"]),
            count: count(&s["count"]),
            breaks: breaks.collect(),
        }
    });
    let serving = list("allocation")
        .iter()
        .map(|a| Serving {
            pool: pool(&a["pool"]),
            interval: whole(&a["slot"]),
            language: language(&a["language"]),
            agents: count(&a["agents"]),
        })
        .collect();
    let missing = list("under")
        .iter()
        .map(|u| Missing {
            language: language(&u["language"]),
            interval: whole(&u["slot"]),
            agents: count(&u["agents"]),
        })
        .collect();
    WeekPlan {
        shifts: shifts.collect(),
        serving,
        missing,
    }
}

#[test]
fn what_is_written_can_be_read_back() {
    let (week, plan) = (week_verifier::week(), week_verifier::plan());
    let text = week_solution_json(WeekFormat::Pools, &week, &plan, &FACTS).unwrap();
    assert_eq!(read_back(&text, &week), plan);
}

/// Five people who start late and work around the end of the week.
fn crew_plan() -> WeekPlan {
    WeekPlan {
        shifts: vec![PlannedShifts {
            pool: 0,
            shift_type: 0,
            start: 10,
            count: 5,
            breaks: vec![begun(&[(1, 2), (2, 3)]), begun(&[(3, 5)])],
        }],
        ..WeekPlan::default()
    }
}

#[test]
fn a_crew_has_no_pool_no_allocation_and_nobody_missing() {
    let (week, plan) = (week(&crew()), crew_plan());
    let text = week_solution_json(WeekFormat::Crew, &week, &plan, &FACTS).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["format"], "ccshift-1");
    assert_eq!(file["shifts"][0]["pool"], Value::Null);
    assert!(file.get("allocation").is_none() && file.get("under").is_none());
    assert!(text.contains(r#""breaks":{"b1":[{"offset":1,"count":2},{"offset":2,"count":3}],"lunch":[{"offset":3,"count":5}]}"#));
    assert_eq!(read_back(&text, &week), plan);
    let (mut soft, mut lacking) = (week, plan);
    soft.understaffing = Some(10);
    lacking.missing.push(Missing {
        language: 0,
        interval: 3,
        agents: 3,
    });
    let text = week_solution_json(WeekFormat::Crew, &soft, &lacking, &FACTS).unwrap();
    assert!(text.contains("\"under\": [\n    {\"language\":null,\"slot\":3,\"agents\":3}\n  ]"));
    assert_eq!(read_back(&text, &soft), lacking);
}

#[test]
fn one_pool_with_one_language_still_says_who_serves_it() {
    let mut week = week_verifier::week();
    week.pools.truncate(1);
    week.languages.truncate(1);
    week.pools[0].languages = vec![0];
    let mut plan = week_verifier::plan();
    plan.shifts.truncate(1);
    plan.serving.clear();
    plan.missing.clear();
    week.sites[1].paid_minimum = 0;
    week.share_caps.clear();
    assert!(verify_week(&week, &plan).is_clean());
    let text = week_solution_json(WeekFormat::Pools, &week, &plan, &FACTS).unwrap();
    let written = read_back(&text, &week);
    let agents: Vec<(usize, u32)> = (written.serving.iter())
        .map(|s| (s.interval, s.agents))
        .collect();
    assert_eq!(agents, [(2, 3), (3, 2), (4, 1), (5, 3)]);
    assert!(verify_week(&week, &written).is_clean());
}

#[test]
fn designed_shifts() {
    let problem = designed(&design());
    let shift = |start: usize, length: usize, workers: [u32; 2]| DesignedShift {
        start,
        length,
        workers: workers.to_vec(),
    };
    let plan = DesignPlan {
        shifts: vec![
            shift(5, 4, [1, 0]),
            shift(1, 3, [0, 0]),
            shift(1, 2, [2, 1]),
        ],
    };
    let text = design_solution_json(&problem, &plan, &FACTS).unwrap();
    assert!(text.starts_with("{\n  \"format\": \"sd-1\",\n  \"instance\": \"small design\",\n"));
    let list = "\"shifts\": [\n    {\"start\":1,\"length\":2,\"workers\":[2,1]},\n    \
                {\"start\":5,\"length\":4,\"workers\":[1,0]}\n  ]\n}\n";
    assert!(text.ends_with(list), "{text}");
    let none = design_solution_json(&problem, &DesignPlan::default(), &FACTS).unwrap();
    assert!(none.ends_with("\"shifts\": []\n}\n"), "{none}");
}

#[test]
fn bounds_are_written_as_they_may_be() {
    let written = |cost: i64, bound: f64| {
        let facts = SolutionFacts {
            cost,
            bound,
            ..FACTS
        };
        (facts.written_bound(), facts.gap())
    };
    assert_eq!(written(200, 150.0), (150.0, 0.25));
    assert_eq!(written(200, 200.000_000_1), (200.0, 0.0));
    assert_eq!(written(200, f64::NEG_INFINITY), (0.0, 1.0));
    assert_eq!(written(200, f64::NAN), (0.0, 1.0));
    assert_eq!(written(0, 0.0), (0.0, 0.0));
    assert_eq!(written(0, -1.0), (0.0, 0.0));
}
