//! Files that are no instance, and keys that must be there.

use std::env;
use std::fs;

use serde_json::{Value, json};
use wfm::format::{parse_instance, read_instance};
use wfm::workforce::{Fault, FaultCode, Faults};

use super::{assert_fault, crew, design, named, pools, read, single, with, without};

use FaultCode::{MissingFile, MissingKey, SchemaVersion, Syntax, WrongType};

#[test]
fn files_that_are_no_instance() {
    let path = env::temp_dir().join(format!("wfm-instance-{}.json", std::process::id()));
    let fault = single(&read_instance(&path).unwrap_err());
    assert_eq!(fault.code, MissingFile);
    assert_eq!(fault.place.file.as_deref(), path.to_str());
    fs::write(&path, "{\"format\": \"ccshift-1\",\n\n]").unwrap();
    let fault = single(&read_instance(&path).unwrap_err());
    fs::remove_file(&path).unwrap();
    assert_eq!((fault.code, fault.place.row), (Syntax, Some(3)));
    assert_eq!(fault.place.file.as_deref(), path.to_str());
    let code = |bytes: &[u8]| single(&parse_instance(bytes).unwrap_err()).code;
    assert_eq!(code(b""), Syntax);
    assert_eq!(code(b"hello"), Syntax);
    assert_eq!(code(b"\xff\xfe"), Syntax);
    assert_eq!(code(b"{} {}"), Syntax);
    assert_eq!(code(b"{\"format\": NaN}"), Syntax);
    assert_eq!(code(b"{\"format\": 1e999}"), Syntax);
    assert_eq!(code("[".repeat(100_000).as_bytes()), Syntax);
    assert_eq!(code(b"[]"), WrongType);
    assert_eq!(code(b"3"), WrongType);
    assert_eq!(code(b"{}"), MissingKey);
    assert_eq!(code(b"{\"format\": 3}"), WrongType);
}

#[test]
fn unknown_format() {
    let instance = with(crew(), &[("/format", json!("ccshift-2"))]);
    let nearest = "the nearest is `ccshift-1`";
    assert_fault(&instance, SchemaVersion, "format", "`ccshift-2`", nearest);
}

/// Keys that must be there, by format.
fn needed() -> [(Value, Vec<&'static str>); 3] {
    let axis = [
        "/name",
        "/slot_minutes",
        "/slots",
        "/slots_per_day",
        "/cyclic",
    ];
    let of_crew = [
        "/required",
        "/slot_wage",
        "/base_slot_wage",
        "/fixed_cost_per_shift",
        "/under_penalty_per_slot",
        "/max_share",
        "/shift_types",
        "/shift_types/0/id",
        "/shift_types/0/duration",
        "/shift_types/0/start_from",
        "/shift_types/0/start_to",
        "/shift_types/0/start_step",
        "/shift_types/1/breaks",
        "/shift_types/0/breaks/1/len",
        "/shift_types/0/breaks/1/first",
        "/shift_types/0/breaks/1/last",
        "/shift_types/0/breaks/1/paid",
        "/shift_types/0/breaks/1/id",
    ];
    let of_pools = [
        "/languages",
        "/required",
        "/required/fr",
        "/pools",
        "/under_penalty_per_slot",
        "/site_min_paid_slots_week",
        "/site_max_seats",
        "/shift_types",
        "/pools/1/id",
        "/pools/0/site",
        "/pools/1/utc_offset_hours",
        "/pools/1/languages",
        "/pools/1/slot_wage",
        "/pools/1/base_slot_wage",
        "/pools/1/fixed_cost_per_shift",
        "/pools/1/max_shifts_per_day",
        "/pools/1/start_from_local",
        "/pools/1/start_to_local",
        "/pools/1/start_step",
        "/shift_types/0/duration",
    ];
    let of_design = [
        "/name",
        "/slot_minutes",
        "/days",
        "/cyclic",
        "/required",
        "/shift_types",
        "/shift_types/1/min_start",
        "/shift_types/1/max_start",
        "/shift_types/1/min_length",
        "/shift_types/1/max_length",
        "/weights",
        "/weights/under",
        "/weights/over",
        "/weights/shift",
    ];
    [
        (crew(), [&axis[..], &of_crew].concat()),
        (pools(), [&axis[..], &of_pools].concat()),
        (design(), of_design.to_vec()),
    ]
}

#[test]
fn every_key_must_be_there_and_of_its_type() {
    for (base, pointers) in needed() {
        for pointer in pointers {
            let path = named(pointer);
            let find = |faults: &Faults, code: FaultCode| {
                let here = |f: &&Fault| f.code == code && f.place.path.as_deref() == Some(&path);
                assert!(
                    faults.as_slice().iter().any(|f| here(&f)),
                    "{path}: {faults}"
                );
            };
            let missing = read(&without(base.clone(), pointer)).expect_err(pointer);
            find(&missing, MissingKey);
            // No key is a flag and a text, or anything else, at the same time.
            let odd = if base.pointer(pointer).unwrap().is_boolean() {
                json!("yes")
            } else {
                json!(true)
            };
            let mistyped = read(&with(base.clone(), &[(pointer, odd)])).expect_err(pointer);
            find(&mistyped, WrongType);
        }
    }
}

#[test]
fn missing_keys_say_what_to_add() {
    let path = "pools[1].max_shifts_per_day";
    let instance = without(pools(), "/pools/1/max_shifts_per_day");
    let what = "`max_shifts_per_day` is missing";
    assert_fault(
        &instance,
        MissingKey,
        path,
        what,
        "add `max_shifts_per_day`",
    );
    let instance = with(pools(), &[("/under_penalty_per_slot", Value::Null)]);
    let path = "under_penalty_per_slot";
    assert_fault(&instance, WrongType, path, "`null`", "a whole number");
    let instance = with(crew(), &[("/slot_wage", json!("much"))]);
    assert_fault(
        &instance,
        WrongType,
        "slot_wage",
        "the text \"much\"",
        "a list",
    );
}
