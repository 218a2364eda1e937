//! History files: layouts that are accepted, and rows that are not.

use std::fmt::Write as _;

use wfm::calendar::NaiveDate;
use wfm::forecasting::History;
use wfm::planning::{Demand, Source};
use wfm::workforce::FaultCode;

use super::{Case, assert_fault};

pub(super) fn history(case: &Case) -> History {
    let Source::History { history, .. } = case.ok().scenario.streams[0].source.clone() else {
        panic!("a history")
    };
    *history
}

pub(super) fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// Settings added to `[history]`.
pub(super) fn set(settings: &str) -> Case {
    Case::belgium().toml("file =", &format!("{settings}\nfile ="))
}

#[test]
fn empty_history() {
    let header = Case::belgium()
        .file("history.csv")
        .lines()
        .next()
        .unwrap()
        .to_owned();
    for (text, what) in [("", "empty"), (header.as_str(), "no row below the header")] {
        let fault = Case::belgium().with("history.csv", text).fault();
        let action = "one row for each interval";
        assert_fault(&fault, FaultCode::EmptyHistory, "history.csv", what, action);
    }
    let fault = set("filter = { tier = \"L2\" }").fault();
    let what = "none of the 1200 rows";
    assert_fault(
        &fault,
        FaultCode::EmptyHistory,
        "history.csv",
        what,
        "`history.filter`",
    );
}

#[test]
fn filter_and_constants() {
    let case = set("filter = { tier = \"L1\" }\nconstants = { channel = \"phone\" }");
    assert_eq!(case.ok().scenario, Case::belgium().ok().scenario);
    let fault = set("filter = { teir = \"L1\" }").fault();
    let place = "history.csv, row 1, column `teir`";
    assert_fault(
        &fault,
        FaultCode::MissingColumn,
        place,
        "no column `teir`",
        "`tier`",
    );
    let fault = set("constants = { language = \"de\" }").fault();
    let place = "scenario.toml, `history.constants.language`";
    assert_fault(&fault, FaultCode::UnknownReference, place, "`de`", "`fr`");
}

#[test]
fn not_a_number() {
    for (bad, what) in [
        ("NaN", "no finite"),
        ("inf", "no finite"),
        ("x", "no number"),
    ] {
        let fault = Case::belgium()
            .csv("L1,20,19,1", &format!("L1,{bad},19,1"))
            .fault();
        let place = "history.csv, row 2, column `offered`";
        assert_fault(
            &fault,
            FaultCode::NotANumber,
            place,
            what,
            "leave the cell empty",
        );
    }
}

#[test]
fn negative_volume() {
    let fault = Case::belgium().csv("L1,20,19,1", "L1,-20,19,1").fault();
    let place = "history.csv, row 2, column `offered`";
    assert_fault(
        &fault,
        FaultCode::NegativeVolume,
        place,
        "-20 is below zero",
        "give 0",
    );
}

#[test]
fn duplicate_interval() {
    let text = Case::belgium().file("history.csv");
    let row = text.lines().nth(3).unwrap();
    let fault = Case::belgium()
        .with("history.csv", &format!("{text}{row}\n"))
        .fault();
    let place = "history.csv, row 1202, column `start`";
    let what = "fr-L1 phone of BE at 2027-02-15 08:30:00 is in row 4";
    assert_fault(
        &fault,
        FaultCode::DuplicateInterval,
        place,
        what,
        "remove one",
    );
}

fn with_gap() -> Case {
    let text = Case::belgium().file("history.csv");
    let gone = |line: &&str| !line.starts_with("2027-03-02T09:00,30,BE,fr");
    let kept: Vec<&str> = text.lines().filter(gone).collect();
    Case::belgium().with("history.csv", &kept.join("\n"))
}

#[test]
fn gap_in_the_history() {
    let fault = with_gap().fault();
    let row = 2 + 11 * 48 + 5;
    let place = format!("history.csv, row {row}, column `start`");
    let what = "fr-L1 phone of BE at 2027-03-02 09:00:00 has no row";
    assert_fault(
        &fault,
        FaultCode::GapInHistory,
        &place,
        what,
        "`history.gaps`",
    );
    let volume = |rule: &str| {
        let case = with_gap().toml("file =", &format!("gaps = \"{rule}\"\nfile ="));
        history(&case).day(day(2027, 3, 2)).unwrap()[18].volume
    };
    assert_eq!(volume("missing"), None);
    assert_eq!(volume("zero"), Some(0.0));
}

#[test]
fn many_gaps_are_counted() {
    let text = Case::belgium().file("history.csv");
    let gone = |line: &&str| !(line.starts_with("2027-03-02") && line.contains(",fr,"));
    let kept: Vec<&str> = text.lines().filter(gone).collect();
    let faults = Case::belgium()
        .with("history.csv", &kept.join("\n"))
        .faults();
    assert_eq!(faults.len(), 3);
    assert!(
        faults[2].what.contains("21 more intervals"),
        "{}",
        faults[2]
    );
}

#[test]
fn days_after_the_origin_may_have_gaps() {
    let case = Case::belgium().toml("origin = \"2027-03-22\"", "origin = \"2027-03-01\"");
    let text = with_gap().file("history.csv");
    let case = case.with("history.csv", &text);
    assert_eq!(history(&case).span().unwrap().1, day(2027, 3, 19));
}

#[test]
fn semicolons_and_decimal_commas() {
    let plain = Case::belgium();
    let semicolons = plain
        .file("history.csv")
        .replace(',', ";")
        .replace(";20;19;", ";20,0;19;");
    let case = plain.clone().with("history.csv", &semicolons);
    let faults = case.faults();
    let place = "history.csv, row 1, column `start`";
    let action = "`history.delimiter = \";\"`";
    assert_fault(
        &faults[0],
        FaultCode::MissingColumn,
        place,
        "no column `start`",
        action,
    );
    assert!(faults.iter().all(|f| f.code == FaultCode::MissingColumn));
    let delimiter = case.toml("file =", "delimiter = \";\"\nfile =");
    let faults = delimiter.faults();
    let place = "history.csv, row 2, column `offered`";
    let action = "`history.decimal = \",\"`";
    assert_fault(&faults[0], FaultCode::NotANumber, place, "`20,0`", action);
    let declared = delimiter.toml("file =", "decimal = \",\"\nfile =");
    assert_eq!(declared.ok().scenario, plain.ok().scenario);
}

#[test]
fn byte_order_mark() {
    let plain = Case::belgium();
    let mut marked = plain.clone();
    for name in ["history.csv", "scenario.toml"] {
        let text = format!("\u{feff}{}", plain.file(name));
        marked = marked.with(name, &text);
    }
    assert_eq!(marked.ok().scenario, plain.ok().scenario);
    assert_ne!(marked.ok().input_hash, plain.ok().input_hash);
}

#[test]
fn handling_time_in_minutes() {
    let plain = Case::belgium();
    let text = plain.file("history.csv");
    let mut lines = text.lines();
    let header = lines
        .next()
        .unwrap()
        .replace("handle_seconds_total", "AHT (min)");
    let rows = lines.map(|line| format!("{},5.0", line.rsplit_once(',').unwrap().0));
    let text: Vec<String> = std::iter::once(header).chain(rows).collect();
    let case = plain.clone().with("history.csv", &text.join("\n"));
    let case = case.toml(
        "file =",
        "columns = { aht_minutes = \"AHT (min)\" }\nfile =",
    );
    assert_eq!(case.ok().scenario, plain.ok().scenario);
}

#[test]
fn misspelled_columns() {
    let fault = Case::belgium()
        .csv("handle_seconds_total", "handle_second_total")
        .fault();
    let place = "history.csv, row 1, column `handle_second_total`";
    assert_fault(
        &fault,
        FaultCode::UnknownKey,
        place,
        "unknown column",
        "`handle_seconds_total`",
    );
    let fault = set("columns = { ofered = \"calls\" }").fault();
    let place = "scenario.toml, `history.columns.ofered`";
    assert_fault(
        &fault,
        FaultCode::UnknownKey,
        place,
        "`ofered`",
        "`offered`",
    );
    let faults = Case::belgium().csv("offered", "calls").faults();
    let place = "history.csv, row 1, column `offered`";
    let action = "`history.columns`";
    assert_fault(
        &faults[0],
        FaultCode::MissingColumn,
        place,
        "no column `offered`",
        action,
    );
}

#[test]
fn zero_volume() {
    let text = Case::belgium().file("history.csv");
    let mut lines = text.lines().map(str::to_owned);
    let header = lines.next().unwrap();
    let zero = |line: String| {
        let cells: Vec<&str> = line.split(',').take(6).collect();
        format!("{},0,0,0,0", cells.join(","))
    };
    let text: Vec<String> = std::iter::once(header).chain(lines.map(zero)).collect();
    let scenario = Case::belgium()
        .with("history.csv", &text.join("\n"))
        .ok()
        .scenario;
    let demand = Demand::forecast(&scenario).unwrap();
    assert!(
        demand
            .streams
            .iter()
            .all(|s| s.forecast.mean().total() == 0.0)
    );
}

#[test]
fn rows_of_unknown_names() {
    let row = "2027-02-15T08:00,30,BE,fr,phone,L1";
    let read = |to: &str| {
        let faults = Case::belgium().csv(row, to).faults();
        faults
            .into_iter()
            .find(|f| f.code == FaultCode::UnknownReference)
            .unwrap()
    };
    let cases = [
        (
            "2027-02-15T08:00,30,BX,fr,phone,L1",
            "market",
            "unknown market `BX`",
            "`BE`",
        ),
        (
            "2027-02-15T08:00,30,BE,fx,phone,L1",
            "language",
            "unknown language `fx`",
            "`fr`",
        ),
        (
            "2027-02-15T08:00,30,BE,fr,fone,L1",
            "channel",
            "unknown channel `fone`",
            "`phone`",
        ),
        (
            "2027-02-15T08:00,30,BE,fr,phone,L2",
            "tier",
            "unknown tier `L2`",
            "`L1`",
        ),
        (
            "2027-02-15T08:00,30,BE,fr,chat,L1",
            "channel",
            "no queue has it",
            "`phone`",
        ),
    ];
    for (to, column, what, action) in cases {
        let place = format!("history.csv, row 2, column `{column}`");
        let code = FaultCode::UnknownReference;
        assert_fault(&read(to), code, &place, what, action);
    }
}

#[test]
fn intervals_of_other_lengths() {
    // Quarter hours are added up, hours stay hours.
    let rows = |minutes: u32| {
        let mut text = "start,market,language,channel,tier,offered\n".to_owned();
        for day in 15..20 {
            for at in (480..1200).step_by(minutes as usize) {
                for language in ["fr", "nl"] {
                    let (hour, minute) = (at / 60, at % 60);
                    let start = format!("2027-03-{day}T{hour:02}:{minute:02}");
                    writeln!(text, "{start},BE,{language},phone,L1,2").unwrap();
                }
            }
        }
        let case = Case::belgium().with("history.csv", &text);
        let history = history(&case);
        let volume = history.day_volume(day(2027, 3, 16));
        (history.interval_length().minutes(), volume)
    };
    assert_eq!(rows(15), (30, Some(96.0)));
    assert_eq!(rows(30), (30, Some(48.0)));
    assert_eq!(rows(60), (60, Some(24.0)));
    let fault = Case::belgium().csv("2027-02-15T08:30,30,BE,fr", "2027-02-15T08:31,30,BE,fr");
    let faults = fault.faults();
    let place = "history.csv, row 4, column `start`";
    assert_fault(
        &faults[0],
        FaultCode::Misaligned,
        place,
        "08:31",
        "whole number of intervals",
    );
}

#[test]
fn rows_with_other_lengths_than_the_header() {
    let faults = Case::belgium()
        .csv("L1,20,19,1,5700", "L1,20,19,1")
        .faults();
    let place = "history.csv, row 2";
    assert_fault(
        &faults[0],
        FaultCode::Syntax,
        place,
        "9 cells where the header has 10",
        "delimiter",
    );
}

#[test]
fn not_utf8() {
    let mut case = Case::belgium();
    case.0.get_mut("history.csv").unwrap()[200] = 0xE9;
    let place = "history.csv, row 4";
    assert_fault(
        &case.fault(),
        FaultCode::Syntax,
        place,
        "not UTF-8",
        "save it as UTF-8",
    );
}
