//! Time stamps of history files: local times, offsets, clock changes.

use std::fmt::Write as _;

use wfm::workforce::FaultCode;

use super::history::{day, history, set};
use super::{Case, assert_fault};

/// A night of half hours around a clock change, given as local times.
fn night(date: &str, times: &[&str], settings: &str) -> Case {
    let mut text = "start,market,language,channel,tier,offered\n".to_owned();
    for time in times {
        for language in ["fr", "nl"] {
            writeln!(text, "{date} {time}:00,BE,{language},phone,L1,4").unwrap();
        }
    }
    let hours = "from = \"08:00\", to = \"20:00\"";
    set(settings)
        .with("history.csv", &text)
        .toml(hours, "from = \"00:00\", to = \"24:00\"")
        .toml(", days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]", "")
}

#[test]
fn the_repeated_hour() {
    let times = ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"];
    let faults = night("2026-10-25", &times, "").faults();
    let place = "history.csv, row 6, column `start`";
    let action = "`history.repeated_hour`";
    assert_fault(
        &faults[0],
        FaultCode::RepeatedHour,
        place,
        "happened twice",
        action,
    );
    assert!(faults.iter().all(|f| f.code == FaultCode::RepeatedHour));
    for rule in ["first", "second"] {
        let case = night("2026-10-25", &times, &format!("repeated_hour = \"{rule}\""));
        let history = history(&case);
        let cells = history.day(day(2026, 10, 25)).unwrap();
        assert_eq!((cells[4].volume, cells[4].instants), (Some(4.0), 2));
        assert_eq!((cells[6].volume, cells[6].instants), (Some(4.0), 1));
    }
}

#[test]
fn the_missing_hour() {
    let times = ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"];
    let faults = night("2026-03-29", &times, "").faults();
    let place = "history.csv, row 6, column `start`";
    let action = "`history.missing_hour";
    assert_fault(
        &faults[0],
        FaultCode::MissingHour,
        place,
        "does not exist",
        action,
    );
    assert!(faults.iter().all(|f| f.code == FaultCode::MissingHour));
    let history = history(&night("2026-03-29", &times, "missing_hour = \"skip\""));
    let cells = history.day(day(2026, 3, 29)).unwrap();
    let known: Vec<usize> = (0..48).filter(|&i| cells[i].volume.is_some()).collect();
    assert_eq!(known, [2, 3, 6, 7]);
}

#[test]
fn offsets_need_no_zone() {
    let plain = Case::belgium();
    let mut offset = plain.file("history.csv");
    for minutes in ["00", "30"] {
        offset = offset.replace(
            &format!(":{minutes},30,"),
            &format!(":{minutes}:00+01:00,30,"),
        );
    }
    let zone = "timezone = \"Europe/Brussels\"    # for";
    let case = plain
        .clone()
        .with("history.csv", &offset)
        .toml(zone, "# for");
    assert_eq!(case.ok().scenario, plain.ok().scenario);
    let faults = plain.toml(zone, "# for").faults();
    let place = "history.csv, row 2, column `start`";
    assert_fault(
        &faults[0],
        FaultCode::BadTimestamp,
        place,
        "time zone",
        "`history.timezone`",
    );
    assert_eq!(faults.len(), 5);
    assert!(
        faults[4].what.ends_with("(and 1195 more like it)"),
        "{}",
        faults[4]
    );
}

#[test]
fn bad_time_stamp() {
    let fault = Case::belgium()
        .csv("2027-02-15T08:00,30,BE,fr", "15/02/2027 08:00,30,BE,fr")
        .fault();
    let place = "history.csv, row 2, column `start`";
    assert_fault(
        &fault,
        FaultCode::BadTimestamp,
        place,
        "15/02/2027",
        "2027-03-23T08:00",
    );
}
