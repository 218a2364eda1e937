//! Bad instances: each fault has a code, a place, what is wrong and what to do.

use std::env;
use std::fs;

use serde_json::{Value, json};
use wfm::format::{parse_instance, read_instance};
use wfm::workforce::{Fault, FaultCode, Faults};

use super::{crew, design, pools, read, with, without};

use FaultCode::{
    BreakDoesNotFit, Duplicate, ImpossibleLimits, Misaligned, MissingFile, MissingKey, OutOfRange,
    SchemaVersion, Syntax, UnknownReference, Unsupported, WrongLength, WrongType,
};

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

#[test]
fn numbers_out_of_their_range() {
    let (below, fraction) = ("-1 is below 0", "2.5 is not a whole number");
    for pointer in [
        "/required/3",
        "/slot_wage/11",
        "/base_slot_wage",
        "/fixed_cost_per_shift",
        "/under_penalty_per_slot",
    ] {
        changed(crew(), pointer, json!(-1), OutOfRange, below);
        changed(crew(), pointer, json!(2.5), OutOfRange, fraction);
    }
    for pointer in [
        "/required/fr/0",
        "/pools/1/slot_wage/2",
        "/pools/1/base_slot_wage",
        "/pools/0/max_shifts_per_day",
        "/site_max_seats/E",
        "/site_min_paid_slots_week/W",
        "/under_penalty_per_slot",
    ] {
        changed(pools(), pointer, json!(-1), OutOfRange, below);
        changed(pools(), pointer, json!(2.5), OutOfRange, fraction);
    }
    for pointer in [
        "/required/3",
        "/weights/under",
        "/weights/over",
        "/weights/shift",
    ] {
        changed(design(), pointer, json!(-1), OutOfRange, below);
        changed(design(), pointer, json!(2.5), OutOfRange, fraction);
    }
    let pointer = "/shift_types/1/duration";
    changed(crew(), pointer, json!(-1), OutOfRange, "-1 is below 1");
    changed(crew(), pointer, json!(2.5), OutOfRange, fraction);
    changed(crew(), pointer, json!(0), OutOfRange, "0 is below 1");
    changed(
        crew(),
        "/shift_types/0/breaks/0/len",
        json!(0),
        OutOfRange,
        "0 is below 1",
    );
    changed(
        crew(),
        "/shift_types/0/start_step",
        json!(0),
        OutOfRange,
        "0 is below 1",
    );
    changed(
        pools(),
        "/pools/0/start_step",
        json!(0),
        OutOfRange,
        "0 is below 1",
    );
    changed(
        crew(),
        "/slot_minutes",
        json!(0),
        OutOfRange,
        "0 is below 1",
    );
    changed(
        crew(),
        "/slots_per_day",
        json!(0),
        OutOfRange,
        "0 is below 1",
    );
    changed(
        pools(),
        "/pools/0/utc_offset_hours",
        json!(-25),
        OutOfRange,
        "-25 hours",
    );
    changed(crew(), "/name", json!(""), OutOfRange, "empty");
    changed(pools(), "/pools/0/id", json!(""), OutOfRange, "empty");
}

#[test]
fn numbers_that_are_too_large_say_the_limit() {
    let most = "give a whole number from 0 to 1000000";
    let instance = with(crew(), &[("/required/3", json!(1e300))]);
    assert_fault(
        &instance,
        OutOfRange,
        "required[3]",
        "1e300 is above 1000000",
        most,
    );
    let instance = with(crew(), &[("/slot_wage/3", json!(u64::MAX))]);
    assert_fault(
        &instance,
        OutOfRange,
        "slot_wage[3]",
        "is above 1000000000",
        "",
    );
    changed(
        crew(),
        "/slots",
        json!(1_000_000),
        OutOfRange,
        "is above 20160",
    );
    changed(
        design(),
        "/days",
        json!(10_000),
        OutOfRange,
        "more than 20160",
    );
    // Each number is within its limit, what they may come to is not.
    let instance = with(
        crew(),
        &[
            ("/required", json!(vec![1_000_000; 12])),
            ("/slot_wage", json!(vec![1_000_000_000; 12])),
        ],
    );
    assert_fault(
        &instance,
        OutOfRange,
        "required",
        "may pass 2^53",
        "smaller numbers",
    );
    let instance = with(
        design(),
        &[
            ("/required", json!(vec![1_000_000; 12])),
            ("/weights/under", json!(1_000_000_000)),
        ],
    );
    assert_fault(
        &instance,
        OutOfRange,
        "required",
        "may pass 2^53",
        "smaller numbers",
    );
}

#[test]
fn a_list_has_one_value_for_each_slot() {
    let short = json!([1, 2, 3]);
    for (base, pointer) in [
        (crew(), "/required"),
        (crew(), "/slot_wage"),
        (pools(), "/required/en"),
        (pools(), "/pools/1/slot_wage"),
        (design(), "/required"),
    ] {
        let instance = with(base, &[(pointer, short.clone())]);
        let what = "3 values where 12 are expected";
        assert_fault(
            &instance,
            WrongLength,
            &named(pointer),
            what,
            "exactly 12 values",
        );
    }
}

#[test]
fn many_faults_of_one_list_are_counted() {
    let instance = with(crew(), &[("/required", json!(vec![-1; 12]))]);
    let faults = read(&instance).unwrap_err();
    assert_eq!(faults.as_slice().len(), 5);
    let last = &faults.as_slice()[4];
    assert!(last.what.contains("(and 7 more like it)"), "{last}");
}

#[test]
fn weeks_are_whole_days_and_repeat() {
    let instance = with(
        crew(),
        &[
            ("/slots_per_day", json!(5)),
            ("/shift_types/1/start_from", json!(4)),
            ("/shift_types/1/start_to", json!(4)),
        ],
    );
    let what = "12 slots are no whole number of days of 5";
    assert_fault(&instance, Misaligned, "slots", what, "multiple");
    let instance = with(design(), &[("/slot_minutes", json!(7))]);
    assert_fault(
        &instance,
        Misaligned,
        "slot_minutes",
        "7 minutes",
        "divides 1440",
    );
    for base in [crew(), pools(), design()] {
        let instance = with(base, &[("/cyclic", json!(false))]);
        assert_fault(
            &instance,
            Unsupported,
            "cyclic",
            "that repeat are supported",
            "`true`",
        );
    }
    let empty = [
        ("/slots", json!(0)),
        ("/required", json!([])),
        ("/slot_wage", json!([])),
    ];
    assert_fault(
        &with(crew(), &empty),
        OutOfRange,
        "slots",
        "0 is below 1",
        "",
    );
    let empty = [("/days", json!(0)), ("/required", json!([]))];
    assert_fault(
        &with(design(), &empty),
        OutOfRange,
        "days",
        "0 is below 1",
        "",
    );
}

#[test]
fn windows() {
    let late = with(crew(), &[("/shift_types/0/start_from", json!(2))]);
    for (base, pointer, value) in [
        (late, "/shift_types/0/start_to", 1),
        (crew(), "/shift_types/0/breaks/1/last", 2),
        (pools(), "/pools/0/start_to_local", 0),
        (design(), "/shift_types/0/max_start", 0),
        (design(), "/shift_types/0/max_length", 1),
    ] {
        changed(base, pointer, json!(value), ImpossibleLimits, "is below");
    }
    let beyond = "6 is beyond the day, which has 6 slots";
    changed(
        crew(),
        "/shift_types/0/start_to",
        json!(6),
        OutOfRange,
        beyond,
    );
    changed(
        pools(),
        "/pools/0/start_to_local",
        json!(6),
        OutOfRange,
        beyond,
    );
    changed(
        design(),
        "/shift_types/1/max_start",
        json!(6),
        OutOfRange,
        beyond,
    );
    let longer = "13 slots are longer than";
    changed(
        crew(),
        "/shift_types/1/duration",
        json!(13),
        OutOfRange,
        longer,
    );
    changed(
        pools(),
        "/shift_types/1/duration",
        json!(13),
        OutOfRange,
        longer,
    );
    changed(
        design(),
        "/shift_types/1/max_length",
        json!(13),
        OutOfRange,
        longer,
    );
    assert!(read(&with(crew(), &[("/shift_types/1/duration", json!(12))])).is_ok());
}

#[test]
fn breaks_stay_in_their_shift_and_apart() {
    let path = "/shift_types/0/breaks/1/last";
    changed(
        crew(),
        path,
        json!(5),
        BreakDoesNotFit,
        "7 slots after the start of its shift, which has 6",
    );
    let path = "/shift_types/0/breaks/0/last";
    let instance = with(crew(), &[(path, json!(3))]);
    let what = "break `lunch` may take slots 3 to 5 of the shift, break `b1` 1 to 3";
    let place = "shift_types[0].breaks[1].first";
    assert_fault(&instance, BreakDoesNotFit, place, what, "apart");
    // The windows of starts are apart, those of the breaks are not.
    let instance = with(crew(), &[("/shift_types/0/breaks/0/len", json!(2))]);
    assert_fault(
        &instance,
        BreakDoesNotFit,
        place,
        "break `b1` 1 to 3",
        "apart",
    );
}

#[test]
fn shares() {
    let pointer = "/max_share/short";
    changed(crew(), pointer, json!(1.01), OutOfRange, "1.01 is no share");
    changed(
        crew(),
        pointer,
        json!(-0.01),
        OutOfRange,
        "-0.01 is no share",
    );
    changed(crew(), pointer, json!(35), OutOfRange, "35 is no share");
    changed(
        crew(),
        pointer,
        json!(0.355),
        OutOfRange,
        "0.355 is no whole number of hundredths",
    );
    changed(
        crew(),
        pointer,
        json!(0.350_000_1),
        OutOfRange,
        "hundredths",
    );
}

#[test]
fn names_that_come_twice() {
    let twice = |base: Value, pointer: &str, name: &str| {
        let instance = with(base, &[(pointer, json!(name))]);
        assert_fault(
            &instance,
            Duplicate,
            &named(pointer),
            &format!("`{name}`"),
            "another name",
        );
    };
    let open = with(crew(), &[("/max_share", json!({}))]);
    twice(open, "/shift_types/1/id", "long");
    twice(crew(), "/shift_types/0/breaks/1/id", "b1");
    twice(pools(), "/pools/1/id", "east");
    twice(pools(), "/pools/0/languages/1", "fr");
    let instance = with(pools(), &[("/languages", json!(["en", "fr", "en"]))]);
    assert_fault(
        &instance,
        Duplicate,
        "languages[2]",
        "`en` is at `languages[0]`",
        "",
    );
    let text = crew()
        .to_string()
        .replacen('{', "{\"name\": \"other\", ", 1);
    let fault = single(&parse_instance(text.as_bytes()).unwrap_err());
    assert_eq!(
        fault.to_string(),
        "WFM-1009 `name`: the key `name` is given twice; keep one of them"
    );
    let text =
        pools()
            .to_string()
            .replacen("\"id\":\"east\"", "\"id\":\"east\",\"id\":\"west\"", 1);
    let fault = single(&parse_instance(text.as_bytes()).unwrap_err());
    assert_eq!(fault.place.path.as_deref(), Some("pools[0].id"));
}

#[test]
fn names_that_are_not_defined() {
    let instance = with(crew(), &[("/max_share", json!({"shirt": 0.5}))]);
    let (what, near) = ("no shift type `shirt`", "the nearest is `short`");
    assert_fault(&instance, UnknownReference, "max_share.shirt", what, near);
    let instance = with(pools(), &[("/site_max_seats", json!({"N": 5}))]);
    assert_fault(
        &instance,
        UnknownReference,
        "site_max_seats.N",
        "site `N`",
        "known site",
    );
    let instance = with(pools(), &[("/site_min_paid_slots_week", json!({"N": 5}))]);
    let path = "site_min_paid_slots_week.N";
    assert_fault(&instance, UnknownReference, path, "site `N`", "known site");
    let instance = with(pools(), &[("/pools/1/languages/0", json!("de"))]);
    let path = "pools[1].languages[0]";
    assert_fault(
        &instance,
        UnknownReference,
        path,
        "no language `de`",
        "nearest",
    );
    let mut instance = pools();
    instance["required"]["de"] = json!(vec![0; 12]);
    assert_fault(
        &instance,
        UnknownReference,
        "required.de",
        "no language `de`",
        "nearest",
    );
}

#[test]
fn unpaid_breaks_do_not_take_off_more_than_a_shift_earns() {
    let instance = with(crew(), &[("/base_slot_wage", json!(1000))]);
    let what = "a shift `long` would cost -1960";
    assert_fault(
        &instance,
        OutOfRange,
        "base_slot_wage",
        what,
        "lower `base_slot_wage`",
    );
    let instance = with(pools(), &[("/pools/1/base_slot_wage", json!(25))]);
    let path = "pools[1].base_slot_wage";
    assert_fault(
        &instance,
        OutOfRange,
        path,
        "a shift `long` would cost -1",
        "",
    );
    assert!(read(&with(pools(), &[("/pools/1/base_slot_wage", json!(24))])).is_ok());
}

#[test]
fn all_faults_are_told_together_in_the_order_they_are_read() {
    let instance = with(
        without(pools(), "/name"),
        &[
            ("/cyclic", json!(false)),
            ("/languages/1", json!("en")),
            ("/required/en/2", json!(0.5)),
            ("/shift_types/0/breaks/0/last", json!(9)),
            ("/pools/0/start_step", json!(0)),
            ("/pools/1/site", json!(7)),
            ("/site_max_seats", json!(null)),
        ],
    );
    let faults = read(&instance).unwrap_err();
    let found: Vec<(FaultCode, &str)> = (faults.as_slice().iter())
        .map(|f| (f.code, f.place.path.as_deref().unwrap()))
        .collect();
    let expected = [
        (MissingKey, "name"),
        (Unsupported, "cyclic"),
        (Duplicate, "languages[1]"),
        (UnknownReference, "required.fr"),
        (OutOfRange, "required.en[2]"),
        (OutOfRange, "required.en[2]"),
        (BreakDoesNotFit, "shift_types[0].breaks[0].last"),
        (UnknownReference, "pools[0].languages[0]"),
        (OutOfRange, "pools[0].start_step"),
        (WrongType, "pools[1].site"),
        (WrongType, "site_max_seats"),
        (UnknownReference, "site_min_paid_slots_week.W"),
    ];
    assert_eq!(found, expected, "{faults}");
}
