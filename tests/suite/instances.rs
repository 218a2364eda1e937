//! Neutral instances: what is read from them, every kind of fault with its place, and the answer.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy excuses tests, but not the functions that they share"
)]

mod answers;
mod faults;
mod names;
mod noise;
mod reading;
mod values;

use serde_json::{Value, json};
use wfm::format::{Instance, parse_instance};
use wfm::scheduling::design::DesignProblem;
use wfm::scheduling::week::Week;
use wfm::workforce::{Fault, FaultCode, Faults};

/// `ccshift-1`: two days of six slots.
fn crew() -> Value {
    json!({
        "format": "ccshift-1",
        "name": "small crew",
        "seed": 7,
        "slot_minutes": 240,
        "slots": 12,
        "slots_per_day": 6,
        "cyclic": true,
        "required": [0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1],
        "slot_wage": [7, 7, 5, 5, 5, 5, 7, 7, 5, 5, 5, 5],
        "base_slot_wage": 5,
        "fixed_cost_per_shift": 6,
        "under_penalty_per_slot": null,
        "max_share": {"short": 0.35, "long": 1},
        "shift_types": [
            {"id": "long", "duration": 6, "start_from": 0, "start_to": 4, "start_step": 2,
             "breaks": [
                {"id": "b1", "len": 1, "first": 1, "last": 2, "paid": true},
                {"id": "lunch", "len": 2, "first": 3, "last": 4, "paid": false}]},
            {"id": "short", "duration": 2, "start_from": 5, "start_to": 5, "start_step": 1,
             "breaks": []},
        ],
        "notes": "further keys are allowed",
    })
}

/// `ccpool-1`: two sites, two languages, clocks on either side of UTC.
fn pools() -> Value {
    json!({
        "format": "ccpool-1",
        "name": "small pools",
        "slot_minutes": 240,
        "slots": 12,
        "slots_per_day": 6,
        "cyclic": true,
        "languages": ["en", "fr"],
        "required": {"en": [0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1],
                     "fr": [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]},
        "pools": [
            {"id": "east", "site": "E", "utc_offset_hours": 4, "kind": "inhouse",
             "languages": ["fr", "en"], "slot_wage": [7, 7, 5, 5, 5, 5, 7, 7, 5, 5, 5, 5],
             "base_slot_wage": 5, "fixed_cost_per_shift": 6, "max_shifts_per_day": 9,
             "start_from_local": 1, "start_to_local": 3, "start_step": 2},
            {"id": "west", "site": "W", "utc_offset_hours": -8.0, "kind": "bpo",
             "languages": ["en"], "slot_wage": [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
             "base_slot_wage": 4, "fixed_cost_per_shift": 0, "max_shifts_per_day": 4,
             "start_from_local": 0, "start_to_local": 5, "start_step": 1},
        ],
        "under_penalty_per_slot": 50,
        "site_min_paid_slots_week": {"W": 8},
        "site_max_seats": {"E": 5, "W": 3},
        "shift_types": [
            {"id": "long", "duration": 6, "breaks": [
                {"id": "lunch", "len": 1, "first": 2, "last": 4, "paid": false}]},
            {"id": "short", "duration": 2, "breaks": []},
        ],
    })
}

/// `sd-1`: two days of six slots.
fn design() -> Value {
    json!({
        "format": "sd-1",
        "name": "small design",
        "slot_minutes": 240,
        "days": 2,
        "cyclic": true,
        "required": [0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1],
        "shift_types": [
            {"min_start": 1, "max_start": 2, "min_length": 2, "max_length": 3},
            {"min_start": 5, "max_start": 5, "min_length": 1, "max_length": 4},
        ],
        "weights": {"under": 2, "over": 1, "shift": 60, "duties_per_week": 0.5},
        "duties": {"min_per_week": 3},
    })
}

/// The place behind a pointer such as `/pools/0/id`.
fn place<'a>(instance: &'a mut Value, pointer: &str) -> &'a mut Value {
    let found = instance.pointer_mut(pointer);
    found.unwrap_or_else(|| panic!("there is no {pointer}"))
}

/// An instance with other values at some places, which must be there.
fn with(mut instance: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        *place(&mut instance, pointer) = value.clone();
    }
    instance
}

/// An instance without a key.
fn without(mut instance: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let removed = place(&mut instance, parent)
        .as_object_mut()
        .unwrap()
        .remove(key);
    assert!(removed.is_some(), "there is no {pointer}");
    instance
}

fn read(instance: &Value) -> Result<Instance, Faults> {
    parse_instance(instance.to_string().as_bytes())
}

fn week(instance: &Value) -> Week {
    match read(instance) {
        Ok(Instance::Week(_, week)) => week,
        Ok(Instance::Design(_)) => panic!("a design is no week"),
        Err(faults) => panic!("{faults}"),
    }
}

fn designed(instance: &Value) -> DesignProblem {
    match read(instance) {
        Ok(Instance::Design(problem)) => problem,
        Ok(Instance::Week(..)) => panic!("a week is no design"),
        Err(faults) => panic!("{faults}"),
    }
}

/// The only fault.
#[track_caller]
fn single(faults: &Faults) -> Fault {
    assert_eq!(faults.as_slice().len(), 1, "{faults}");
    faults.as_slice()[0].clone()
}

/// Asserts that a change brings one fault, with words of what is said and of what to do.
#[track_caller]
fn assert_fault(instance: &Value, code: FaultCode, path: &str, what: &str, action: &str) {
    let faults = read(instance).expect_err(path);
    let fault = single(&faults);
    assert_eq!(fault.code, code, "{fault}");
    assert_eq!(fault.place.path.as_deref(), Some(path), "{fault}");
    assert!(fault.what.contains(what), "{fault}");
    assert!(fault.action.contains(action), "{fault}");
}

/// A pointer as a fault names it: `/pools/0/id` is `pools[0].id`.
fn named(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            path += "[";
            path += part;
            path += "]";
        } else {
            path += if path.is_empty() { "" } else { "." };
            path += part;
        }
    }
    path
}

/// Asserts one fault after one value was changed, at the place of that value.
#[track_caller]
fn changed(base: Value, pointer: &str, value: Value, code: FaultCode, what: &str) {
    let instance = with(base, &[(pointer, value)]);
    assert_fault(&instance, code, &named(pointer), what, "");
}
