//! Benchmark rosters with short limits of work, priced again by the independent check.

use std::fs;

use serde_json::Value;
use wfm::format::{RosterInstance, parse_roster_instance, read_roster_instance};
use wfm::milp::{Backend, Silent};
use wfm::scheduling::ScheduleError;
use wfm::scheduling::roster::{
    RosterProblem, RosterStrategy, certified_roster_bound, solve_roster, verify_roster,
};
use wfm::scheduling::rotating::{solve_rotating, verify_rotating};
use wfm::workforce::FaultCode;

use super::support::{hours, shared};

/// The published value of an instance.
fn known(family: &str, name: &str) -> Option<i64> {
    let folder = shared("benchmarks", name)?;
    let text = fs::read_to_string(folder.join("best_known.json")).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    known[family][name]["ub"].as_i64()
}

fn read(family: &str, name: &str) -> Option<RosterProblem> {
    let path = shared("benchmarks", name)?.join(format!("{family}/{name}.txt"));
    match read_roster_instance(&path) {
        Ok(RosterInstance::Roster(problem)) => Some(problem),
        other => panic!("{name}: {other:?}"),
    }
}

/// Makes a roster with so much work: no cheaper than the best known, at most `times` as dear, and
/// no bound above the best known.
fn comes_near(family: &str, name: &str, work: u64, times: f64) {
    let (Some(problem), Some(best)) = (read(family, name), known(family, name)) else {
        return;
    };
    let strategy = RosterStrategy {
        time_limit: hours(1),
        work: Some(work),
        seed: 1,
    };
    let solved = solve_roster(&problem, &strategy, &Silent).unwrap();
    let report = verify_roster(&problem, &solved.roster);
    assert_eq!(report.violations, Vec::<String>::new());
    assert_eq!(report.cost, solved.cost);
    assert!(solved.cost >= best, "{name}: {} {best}", solved.cost);
    assert!(solved.bound <= best, "{name}: {} {best}", solved.bound);
    let cost = solved.cost as f64;
    assert!(cost <= best as f64 * times, "{name}: {cost} {best}");
}

#[test]
fn two_weeks_of_twenty_agents_come_near() {
    comes_near("nrp24", "Instance3", 12_000_000, 1.01);
}

#[test]
fn a_sprint_comes_near() {
    comes_near("inrc1", "sprint01", 5_000_000, 2.0);
}

#[test]
fn a_bound_is_proven_again() {
    let Some(problem) = read("nrp24", "Instance3") else {
        return;
    };
    let strategy = RosterStrategy {
        work: Some(5_000_000),
        ..RosterStrategy::default()
    };
    let solved = solve_roster(&problem, &strategy, &Silent).unwrap();
    let proven = certified_roster_bound(&problem, &solved.prices).unwrap();
    assert!(proven >= solved.bound && proven <= solved.cost);
}

#[test]
fn every_instance_can_be_read() {
    let Some(folder) = shared("benchmarks", "rosters") else {
        return;
    };
    for family in ["nrp24", "inrc1", "rotating"] {
        for file in fs::read_dir(folder.join(family)).unwrap() {
            let path = file.unwrap().path();
            let read = read_roster_instance(&path);
            assert!(read.is_ok(), "{}: {read:?}", path.display());
        }
    }
}

#[test]
fn rotations_are_decided_as_published() {
    let Some(folder) = shared("benchmarks", "rotating") else {
        return;
    };
    let text = fs::read_to_string(folder.join("best_known.json")).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    for (name, status) in known["rotating"].as_object().unwrap() {
        let path = folder.join(format!("rotating/{name}.txt"));
        let Ok(RosterInstance::Rotating(problem)) = read_roster_instance(&path) else {
            panic!("{name} cannot be read");
        };
        match solve_rotating(&problem, Backend::Microlp, hours(1)) {
            Ok(schedule) => {
                assert_eq!(verify_rotating(&problem, &schedule), Vec::<String>::new());
                assert_eq!(status["status"], "OPTIMAL", "{name}");
            }
            Err(ScheduleError::Infeasible(_)) => {
                assert_eq!(status["status"], "INFEASIBLE", "{name}");
            }
            Err(ScheduleError::Solver(why)) => println!("skipped: {name}, {why}"),
            Err(other) => panic!("{name}: {other}"),
        }
    }
}

/// What is said of a text: codes and rows.
fn faults(text: &str) -> Vec<(FaultCode, Option<u64>)> {
    let faults = parse_roster_instance("test", text.as_bytes()).unwrap_err();
    let faults = faults.as_slice().iter();
    faults.map(|f| (f.code, f.place.row)).collect()
}

const SECTIONS: &str = "SECTION_HORIZON\n7\nSECTION_SHIFTS\nD,480,\nSECTION_STAFF\n\
    A,D=7,4320,0,5,2,2,1\nSECTION_DAYS_OFF\nA,0\nSECTION_SHIFT_ON_REQUESTS\n\
    SECTION_SHIFT_OFF_REQUESTS\nSECTION_COVER\n0,D,1,100,1\n";

#[test]
fn faults_have_their_lines() {
    assert!(parse_roster_instance("test", SECTIONS.as_bytes()).is_ok());
    let with = |from: &str, to: &str| faults(&SECTIONS.replace(from, to));
    let unknown = FaultCode::UnknownReference;
    assert_eq!(with("0,D,1,", "0,E,1,"), [(unknown, Some(12))]);
    assert_eq!(with("A,0", "B,0"), [(unknown, Some(8))]);
    assert_eq!(
        with("0,D,1,", "7,D,1,"),
        [(FaultCode::OutOfRange, Some(12))]
    );
    assert_eq!(with("D,480,", "D,x,"), [(FaultCode::NotANumber, Some(4))]);
    assert_eq!(
        with(",2,2,1", ",2,2"),
        [(FaultCode::WrongLength, Some(6)), (unknown, Some(8))]
    );
    assert_eq!(
        with("SECTION_COVER", "SECTION_CLOVER")[0],
        (FaultCode::UnknownKey, Some(11))
    );
    assert_eq!(
        with("SECTION_HORIZON\n7", "SECTION_HORIZON\n"),
        [(FaultCode::MissingKey, None)]
    );
}

#[test]
fn a_rotation_that_breaks_off_is_a_fault() {
    assert_eq!(faults("7\n9\n"), [(FaultCode::MissingKey, None)]);
    assert_eq!(
        faults("7\n9\n1\n1 1\n"),
        [(FaultCode::WrongLength, Some(4))]
    );
    assert_eq!(faults("0\n9\n1\n"), [(FaultCode::OutOfRange, None)]);
}
