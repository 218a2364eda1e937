//! What `plan.json` says about the hand check, read by somebody who has nothing else.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wfm::calendar::{DateTime, Utc};
use wfm::format::plan_json;

use super::{belgium, planned};

const HASH: &str = "0123456789abcdef";

/// The plan as a reader of the file sees it, and the backend that made it.
fn written() -> Option<(Value, &'static str)> {
    let plan = planned(&belgium())?;
    let text = plan_json(&plan, HASH).unwrap();
    Some((serde_json::from_str(&text).unwrap(), plan.backend.name()))
}

fn rows<'a>(file: &'a Value, key: &str) -> &'a [Value] {
    file[key].as_array().unwrap()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap()
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap()
}

fn instant(row: &Value, key: &str) -> DateTime<Utc> {
    text(row, key).parse().unwrap()
}

/// People on shift at an instant: in one pool, or in all.
fn present(file: &Value, pool: Option<&str>, at: DateTime<Utc>) -> f64 {
    let is_on = |row: &Value| instant(row, "start") <= at && at < instant(row, "end");
    let shifts = rows(file, "shifts").iter();
    let own = shifts.filter(|s| pool.is_none_or(|pool| text(s, "pool") == pool));
    let on_break = |shift: &Value| -> f64 {
        let breaks = rows(shift, "breaks").iter().filter(|b| is_on(b));
        breaks.map(|b| number(b, "count")).sum()
    };
    own.filter(|s| is_on(s))
        .map(|s| number(s, "count") - on_break(s))
        .sum()
}

#[test]
fn the_head_has_every_key_and_its_value() {
    let Some((file, backend)) = written() else {
        return;
    };
    for (key, value) in [
        ("schema_version", json!(1)),
        ("scenario", json!("belgium")),
        ("input_hash", json!(HASH)),
        ("seed", json!(1)),
        ("backend", json!(backend)),
        ("termination", json!("optimal")),
        ("gap", json!(0.0)),
        ("bound", json!(2616.0)),
        ("cost_per_contact", json!(3.4603)),
        ("contacts", json!({ "total": 756.0 })),
    ] {
        assert_eq!(file[key], value, "{key}");
    }
    let horizon = &file["horizon"];
    assert_eq!(horizon["start"], "2027-03-22T23:00:00Z");
    assert_eq!(horizon["end"], "2027-03-23T23:00:00Z");
    assert_eq!(horizon["interval_minutes"], 30);
    let cost = &file["cost"];
    assert_eq!(
        (&cost["total"], &cost["currency"]),
        (&json!(2616.0), &json!("EUR"))
    );
    assert_eq!(cost["by_pool"], json!({ "IN": 1056.0, "BPO": 1560.0 }));
}

#[test]
fn pools_add_up_to_the_total() {
    let Some((file, _)) = written() else { return };
    let pools = file["cost"]["by_pool"].as_object().unwrap().values();
    let sum: f64 = pools.map(|v| v.as_f64().unwrap()).sum();
    assert_eq!(sum, number(&file["cost"], "total"));
}

#[test]
fn queues_state_promise_and_plan() {
    let Some((file, _)) = written() else { return };
    let expected = [("fr-phone", 552.0, 0.87816), ("nl-phone", 204.0, 0.86852)];
    assert_eq!(rows(&file, "queues").len(), expected.len());
    for (queue, (id, offered, level)) in rows(&file, "queues").iter().zip(expected) {
        assert_eq!((text(queue, "id"), number(queue, "offered")), (id, offered));
        assert_eq!(number(queue, "service_level_target"), 0.8);
        assert!(
            (number(queue, "service_level_planned") - level).abs() <= 5e-6,
            "{queue}"
        );
        assert!(
            queue
                .as_object()
                .unwrap()
                .contains_key("service_level_simulated")
        );
    }
}

#[test]
fn the_shifts_alone_cover_the_requirement() {
    let Some((file, _)) = written() else { return };
    let mut needs: BTreeMap<DateTime<Utc>, (f64, f64)> = BTreeMap::new();
    for row in rows(&file, "requirement") {
        let need = needs.entry(instant(row, "start")).or_default();
        need.0 += number(row, "agents");
        if text(row, "queue") == "nl-phone" {
            need.1 += number(row, "agents");
        }
    }
    assert_eq!(needs.len(), 24);
    // 9, 12, 11, 12, 10 and 6 agents, two hours each.
    let agent_hours: f64 = needs.values().map(|n| n.0 / 2.0).sum();
    assert_eq!(agent_hours, 120.0);
    for (at, (all, dutch)) in needs {
        assert!(present(&file, None, at) >= all, "{at}");
        assert!(present(&file, Some("IN"), at) >= dutch, "{at}");
    }
}

#[test]
fn the_shifts_alone_give_the_cost() {
    let Some((file, _)) = written() else { return };
    let hours = |pool| -> f64 {
        let own = rows(&file, "shifts")
            .iter()
            .filter(|s| text(s, "pool") == pool);
        own.map(|s| {
            let minutes = (instant(s, "end") - instant(s, "start")).num_minutes();
            number(s, "count") * minutes as f64 / 60.0
        })
        .sum()
    };
    assert_eq!((hours("IN"), hours("BPO")), (48.0, 104.0));
    assert_eq!(
        22.0 * hours("IN") + 15.0 * hours("BPO"),
        number(&file["cost"], "total")
    );
}
