//! Names that come twice or stand for nothing, and many faults at once.

use serde_json::{Value, json};
use wfm::format::parse_instance;
use wfm::workforce::FaultCode;

use super::{assert_fault, crew, named, pools, read, single, with, without};

use FaultCode::{
    BreakDoesNotFit, Duplicate, MissingKey, OutOfRange, UnknownReference, Unsupported, WrongType,
};

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
