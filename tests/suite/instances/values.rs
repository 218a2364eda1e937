//! Values that are out of their range or do not fit together.

use serde_json::{Value, json};
use wfm::workforce::FaultCode;

use super::{assert_fault, changed, crew, design, named, pools, read, with};

use FaultCode::{
    BreakDoesNotFit, ImpossibleLimits, Misaligned, OutOfRange, Unsupported, WrongLength,
};

/// Each of some values may be neither negative nor a part of one.
fn whole(base: fn() -> Value, pointers: &[&str]) {
    for pointer in pointers {
        changed(base(), pointer, json!(-1), OutOfRange, "-1 is below 0");
        let fraction = "2.5 is not a whole number";
        changed(base(), pointer, json!(2.5), OutOfRange, fraction);
    }
}

#[test]
fn numbers_out_of_their_range() {
    whole(
        crew,
        &[
            "/required/3",
            "/slot_wage/11",
            "/base_slot_wage",
            "/fixed_cost_per_shift",
            "/under_penalty_per_slot",
        ],
    );
    whole(
        pools,
        &[
            "/required/fr/0",
            "/pools/1/slot_wage/2",
            "/pools/1/base_slot_wage",
            "/pools/0/max_shifts_per_day",
            "/site_max_seats/E",
            "/site_min_paid_slots_week/W",
            "/under_penalty_per_slot",
        ],
    );
    whole(
        design,
        &[
            "/required/3",
            "/weights/under",
            "/weights/over",
            "/weights/shift",
        ],
    );
    let pointer = "/shift_types/1/duration";
    changed(crew(), pointer, json!(-1), OutOfRange, "-1 is below 1");
    let fraction = "2.5 is not a whole number";
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
