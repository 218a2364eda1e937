//! What others found: published values with their intervals, and exact ones.

use super::super::json::{Json, wrong};
use super::object::{Object, number};
use crate::simulation::Expectation;

pub(super) fn read(root: &Object<'_>) -> Vec<Expectation> {
    let mut all = Vec::new();
    for key in ["expected", "expected_exact"] {
        let Some(json) = root.optional(key) else {
            continue;
        };
        if let Some(object) = Object::new(json, root.path_of(key), root.report) {
            for (measure, value) in object.entries() {
                all.extend(one(&object, measure, value));
            }
        }
    }
    all
}

/// A number, or an object with `value` and perhaps `low` and `high`. Other keys of such an object are
/// remarks.
fn one(object: &Object<'_>, measure: &str, json: &Json) -> Option<Expectation> {
    let path = object.path_of(measure);
    let (value, interval) = match json {
        Json::Number(value) => (*value, None),
        Json::Table(_) => {
            let entry = Object::new(json, path, object.report)?;
            let (low, high) = (entry.number("low"), entry.number("high"));
            let value = number(entry.need("value")?, &entry.path_of("value"), object.report)?;
            (value, low.zip(high))
        }
        other => {
            return wrong(
                other,
                "a number, or an object with `value`",
                &path,
                object.report,
            );
        }
    };
    Some(Expectation {
        measure: measure.to_owned(),
        value,
        interval,
    })
}
