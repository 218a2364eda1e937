//! Whatever is in a file, it is read or its faults are told.

use std::panic::catch_unwind;

use serde_json::{Value, json};
use wfm::format::{Instance, parse_instance};
use wfm::scheduling::design::{DesignPlan, verify_design};
use wfm::scheduling::week::{WeekPlan, verify_week};

use super::{crew, design, pools, with};

/// Pointers to every value of an instance but the format.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(items) => (items.iter().enumerate())
            .map(|(i, item)| (format!("{at}/{i}"), item))
            .collect(),
        Value::Object(entries) => (entries.iter())
            .map(|(key, item)| (format!("{at}/{key}"), item))
            .collect(),
        _ => Vec::new(),
    };
    for (pointer, item) in inner {
        if pointer != "/format" {
            pointers(item, &pointer, found);
            found.push(pointer);
        }
    }
}

#[test]
fn no_odd_value_brings_a_panic() {
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1),
        json!(2.5),
        json!(13),
        json!(1e9),
        json!(1e18),
        json!(-1e300),
        json!(""),
        json!("x"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({"x": 1}),
        json!([3, 3]),
    ];
    let mut read = 0;
    for base in [crew(), pools(), design()] {
        let mut places = Vec::new();
        pointers(&base, "", &mut places);
        for (pointer, value) in places.iter().flat_map(|p| odd.iter().map(move |v| (p, v))) {
            let text = with(base.clone(), &[(pointer, value.clone())]).to_string();
            let found = catch_unwind(|| match parse_instance(text.as_bytes()) {
                Ok(Instance::Week(_, week)) => {
                    let report = verify_week(&week, &WeekPlan::default());
                    assert!(report.cost >= 0);
                    true
                }
                Ok(Instance::Design(problem)) => {
                    let report = verify_design(&problem, &DesignPlan::default());
                    assert!(report.is_clean() && report.cost >= 0);
                    true
                }
                Err(faults) => {
                    assert!(!faults.as_slice().is_empty() && !faults.to_string().is_empty());
                    false
                }
            });
            read += usize::from(found.unwrap_or_else(|_| panic!("{pointer} = {value}")));
        }
    }
    assert!(read > 100, "only {read} harmless changes were read");
}

#[test]
fn no_cut_brings_a_panic() {
    let text = pools().to_string();
    for end in 0..text.len() {
        assert!(parse_instance(&text.as_bytes()[..end]).is_err());
    }
}
