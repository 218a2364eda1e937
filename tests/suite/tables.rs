//! CSV tables, read back and added up beside `plan.json`.

use std::collections::BTreeMap;

use serde_json::Value;
use wfm::calendar::{DateTime, Utc};
use wfm::format::plan_json;
use wfm::milp::Silent;
use wfm::planning::{Plan, plan};
use wfm::reporting::tables;
use wfm::scheduling::Strategy;

use super::reference::{read, solvers};
use super::shift_calendars::helpdesk;

/// The rows of a table, each a text by column.
type Rows = Vec<BTreeMap<String, String>>;

fn csv(plan: &Plan) -> BTreeMap<&'static str, Rows> {
    let read = |bytes: Vec<u8>| -> Rows {
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        reader.deserialize().map(Result::unwrap).collect()
    };
    let all = tables(plan).into_iter();
    all.map(|table| (table.name, read(table.to_csv().unwrap())))
        .collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    let cell = &row[column];
    cell.parse()
        .unwrap_or_else(|_| panic!("{column}: {cell} is no number"))
}

fn total(rows: &Rows, column: &str) -> f64 {
    rows.iter().map(|row| number(row, column)).sum()
}

fn sum(items: &Value, key: &str) -> f64 {
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item[key].as_f64().unwrap())
        .sum()
}

/// Adds every table up and compares.
fn check(plan: &Plan) {
    let tables = csv(plan);
    let json: Value = serde_json::from_str(&plan_json(plan, "hash").unwrap()).unwrap();
    // Rows are rounded to six decimals.
    let close = |what: &str, a: f64, b: f64| assert!((a - b).abs() < 1e-2, "{what}: {a} {b}");

    let queues = json["queues"].as_array().unwrap();
    assert_eq!(tables["queues"].len(), queues.len());
    for (row, queue) in tables["queues"].iter().zip(queues) {
        assert_eq!(row["queue"], queue["id"].as_str().unwrap());
        for (column, key) in [
            ("contacts_offered", "offered"),
            ("service_level_target", "service_level_target"),
            ("service_level_planned", "service_level_planned"),
            ("occupancy", "occupancy"),
        ] {
            let told = queue[key].as_f64().unwrap();
            assert!((number(row, column) - told).abs() < 1e-4, "{column}");
        }
    }
    close(
        "contacts",
        total(&tables["queues"], "contacts_offered"),
        json["contacts"]["total"].as_f64().unwrap(),
    );

    let rows = &tables["queue_requirement"];
    assert_eq!(rows.len(), json["requirement"].as_array().unwrap().len());
    for (column, key) in [
        ("contacts", "volume"),
        ("agents", "agents"),
        ("agents_fractional", "agents_fractional"),
    ] {
        close(column, total(rows, column), sum(&json["requirement"], key));
    }
    close(
        "agents",
        total(&tables["requirement"], "live_agents"),
        sum(&json["requirement"], "agents"),
    );

    let shifts = &tables["shifts"];
    assert_eq!(total(shifts, "count"), sum(&json["shifts"], "count"));
    for row in shifts {
        let [start, end] = ["start", "end"].map(|at| row[at].parse::<DateTime<Utc>>().unwrap());
        assert!(start < end);
    }
    for pool in json["pools"].as_array().unwrap() {
        let id = pool["id"].as_str().unwrap();
        let own: Rows = shifts
            .iter()
            .filter(|row| row["pool"] == id)
            .cloned()
            .collect();
        assert_eq!(
            total(&own, "count"),
            pool["people_shifts"].as_f64().unwrap(),
            "{id}"
        );
        let costs = tables["costs"]
            .iter()
            .find(|row| row["pool"] == id)
            .unwrap();
        for (column, key) in [
            ("hours", "hours"),
            ("paid_hours", "paid_hours"),
            ("cost_shifts", "cost_shifts"),
            ("cost_languages", "cost_languages"),
            ("cost_unused_commitment", "cost_unused"),
            ("cost_guaranteed_hours", "cost_guaranteed_hours"),
            ("cost_law_premiums", "cost_law_premiums"),
        ] {
            // The file has cents, the table has millionths.
            let told = pool[key].as_f64().unwrap();
            assert!(
                (number(costs, column) - told).abs() < 0.005 + 1e-9,
                "{id}: {column}"
            );
        }
        let all = json["cost"]["by_pool"][id].as_f64().unwrap();
        assert!(
            (number(costs, "cost_total") - all).abs() < 0.005 + 1e-9,
            "{id}"
        );
    }
    let cost = json["cost"]["total"].as_f64().unwrap();
    let sum_of_rows = total(&tables["costs"], "cost_total");
    assert_eq!((sum_of_rows * 100.0).round() / 100.0, cost);

    let (missing, there): (Rows, Rows) = tables["coverage"]
        .iter()
        .cloned()
        .partition(|row| row["pool"] == "missing");
    close(
        "missing",
        total(&missing, "agents"),
        sum(&json["shortages"], "agents"),
    );
    close(
        "there",
        total(&there, "agents"),
        sum(&json["assignments"], "agents"),
    );

    let pools = json["pools"].as_array().unwrap();
    let tours: f64 = pools.iter().map(|pool| sum(&pool["tours"], "shifts")).sum();
    assert_eq!(tables["tours"].len() as f64, tours);
    if let Some(rosters) = json["rosters"].as_array() {
        let agents = rosters
            .iter()
            .flat_map(|own| own["agents"].as_array().unwrap());
        let given: usize = agents
            .map(|own| own["shifts"].as_array().unwrap().len())
            .sum();
        assert_eq!(tables["roster"].len(), given);
        let open: usize = rosters
            .iter()
            .map(|own| own["open"].as_array().unwrap().len())
            .sum();
        assert_eq!(tables["open_shifts"].len(), open);
    }
}

#[test]
fn tables_add_up_to_the_json_file() {
    let Some(solvers) = solvers() else { return };
    let strategy = Strategy::new(solvers);
    let mut scenario = read("belgium").scenario;
    check(&plan(&scenario, &strategy, &Silent).unwrap());
    // Too few people, a dearer language, and hours that are paid whether they are worked or not.
    for pool in &mut scenario.pools {
        pool.limits.shifts_per_day_max = Some(7);
    }
    let dear = wfm::units::Money::new(24.5).unwrap();
    scenario.pools[0]
        .price
        .by_language
        .insert("nl".into(), dear);
    scenario.pools[1].commitment = Some(wfm::workforce::Commitment::HoursPerWeek(600.0));
    let short = plan(&scenario, &strategy, &Silent).unwrap();
    assert!(short.missing_hours() > 0.0);
    assert!(short.solved.schedule.cost.pools[1].unused.get() > 0.0);
    check(&short);
}

#[test]
fn tables_of_named_agents_add_up_to_the_json_file() {
    if let Some(plan) = helpdesk() {
        check(plan);
    }
}
