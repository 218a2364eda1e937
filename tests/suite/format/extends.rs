//! Scenarios that extend others.

use wfm::workforce::FaultCode;

use super::{Case, assert_fault};

#[test]
fn an_extended_file_is_named_where_it_speaks() {
    let base = Case::belgium()
        .file("scenario.toml")
        .replacen("share = 0.80", "share = 1.0", 1);
    let history = Case::belgium().file("history.csv");
    let top =
        "schema_version = 1\nextends = \"../base\"\nname = \"top\"\n[horizon]\ndays = \"2\"\n";
    let case = Case::of(&[
        ("scenario.toml", top),
        ("../base/scenario.toml", &base),
        ("../base/history.csv", &history),
    ]);
    let place = "scenario.toml, `horizon.days`";
    assert_fault(
        &case.fault(),
        FaultCode::WrongType,
        place,
        "\"2\"",
        "whole number",
    );
    let case = case.toml("days = \"2\"", "days = 2");
    let place = "../base/scenario.toml, `queues[0].target.share`";
    assert_fault(
        &case.fault(),
        FaultCode::UnreachableTarget,
        place,
        "every contact",
        "less",
    );
    let case = case.change("../base/scenario.toml", "share = 1.0", "share = 0.8");
    let read = case.ok();
    assert_eq!(
        (read.scenario.name.as_str(), read.scenario.horizon.days),
        ("top", 2)
    );
}

#[test]
fn chains_end() {
    let file = |base: &str| format!("schema_version = 1\nextends = \"{base}\"\n");
    let case = Case::of(&[
        ("scenario.toml", &file("../a")),
        ("../a/scenario.toml", &file("../a")),
    ]);
    let place = "../a/scenario.toml, `extends`";
    let action = "without `extends`";
    assert_fault(
        &case.fault(),
        FaultCode::ImpossibleLimits,
        place,
        "extends itself",
        action,
    );
    let mut case = Case::of(&[("scenario.toml", &file("../l1"))]);
    for i in 1..9 {
        let (name, base) = (
            format!("../l{i}/scenario.toml"),
            file(&format!("../l{}", i + 1)),
        );
        case = case.with(&name, &base);
    }
    let place = "../l4/scenario.toml, `extends`";
    assert_fault(
        &case.fault(),
        FaultCode::ImpossibleLimits,
        place,
        "more than 4",
        "nearer",
    );
}
