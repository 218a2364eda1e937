//! What cannot be simulated says so, and what can ends in bounded time.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::*;
use wfm::format::{CaseFacts, case_result_json, parse_case};
use wfm::simulation::{Close, Ended, Retry, SimulationError, Transfer};
use wfm::workforce::FaultCode;

const CASE: &str = include_str!("../../../examples/centres/help-desk.json");

#[test]
fn all_faults_of_a_layout_at_once() {
    let mut layout = one_queue(-1.0, 3, 10.0);
    layout.warm_up = 10.0;
    layout.types[0].patience = vec![exponential(-2.0)];
    layout.types[0].answer_within = f64::NAN;
    layout.service[0].law = vec![exponential(1.0); 3];
    layout.groups[0].agents = vec![1, 2];
    layout.types.push(ContactType::new("nobody's", vec![1.0]));
    let faults = Centre::new(layout).unwrap_err();
    let found: Vec<(FaultCode, String)> = (faults.as_slice().iter())
        .map(|fault| (fault.code, fault.place.path.clone().unwrap()))
        .collect();
    let expected = [
        (FaultCode::OutOfRange, "warm_up"),
        (FaultCode::OutOfRange, "types[0].arrival_rate[0]"),
        (FaultCode::OutOfRange, "types[0].patience.mean"),
        (FaultCode::OutOfRange, "types[0].answer_within"),
        (FaultCode::UnservedQueue, "routing.arrival.nobody's"),
        (FaultCode::WrongLength, "groups[0].agents"),
        (FaultCode::WrongLength, "service[0]"),
    ];
    for (code, path) in expected {
        assert!(found.contains(&(code, path.to_owned())), "{path}: {faults}");
    }
    assert_eq!(found.len(), expected.len(), "{faults}");
}

#[test]
fn routes_need_service_times_and_warm_circles_are_refused() {
    let mut layout = one_queue(1.0, 3, 10.0);
    layout.service.clear();
    let faults = Centre::new(layout).unwrap_err();
    assert_eq!(faults.as_slice()[0].code, FaultCode::MissingKey);
    let mut layout = one_queue(1.0, 3, 10.0);
    layout.types[0].transfers = vec![Transfer {
        probability: 0.1,
        to: 0,
        warm: true,
    }];
    let faults = Centre::new(layout.clone()).unwrap_err();
    assert_eq!(faults.as_slice()[0].code, FaultCode::ImpossibleLimits);
    layout.types[0].transfers[0].warm = false;
    assert!(Centre::new(layout).is_ok());
}

#[test]
fn too_many_contacts_are_refused_before_or_while_they_come() {
    let faults = Centre::new(one_queue(1e6, 3, 1000.0)).unwrap_err();
    assert!(faults.as_slice()[0].what.contains("1000000000 contacts"));
    // Everybody hangs up at once and comes again at once.
    let mut layout = one_queue(1.0, 0, 10.0);
    layout.types[0].patience = vec![Law::Deterministic { value: 0.0 }];
    layout.types[0].retry = Some(Retry {
        probability: 1.0,
        delay: Law::Deterministic { value: 0.0 },
        fresh: false,
    });
    let options = Options {
        most_contacts: 100_000,
        ..Options::new(3, 1)
    };
    let centre = Centre::new(layout).unwrap();
    let error = simulate(&centre, &options).unwrap_err();
    assert_eq!(
        error,
        SimulationError::TooManyContacts {
            replication: 0,
            most: 100_000
        }
    );
    assert!(error.to_string().contains("lower the arrival rates"));
    // A contact that is handed on for ever.
    let mut layout = one_queue(1.0, 1, 10.0);
    layout.types[0].transfers = vec![Transfer {
        probability: 1.0,
        to: 0,
        warm: false,
    }];
    let centre = Centre::new(layout).unwrap();
    assert!(simulate(&centre, &options).is_err());
}

#[test]
fn nobody_there_and_nobody_calling() {
    // Nobody works: whoever is patient is left over, others hang up.
    let mut layout = one_queue(5.0, 0, 10.0);
    let seen = run(&layout, 5, 1);
    let arrivals = mean(&seen, Quantity::Arrivals, Scope::All);
    assert_eq!(mean(&seen, Quantity::Unserved, Scope::All), arrivals);
    assert_eq!(mean(&seen, Quantity::SlOffered, Scope::All), 0.0);
    assert_eq!(seen.estimate(Quantity::Occupancy, Scope::All), None);
    assert_eq!(seen.estimate(Quantity::SlAnswered, Scope::All), None);
    layout.types[0].patience = vec![exponential(1.0)];
    let seen = run(&layout, 5, 1);
    assert_eq!(mean(&seen, Quantity::PAbandon, Scope::All), 1.0);
    // Nobody calls.
    let seen = run(&one_queue(0.0, 3, 10.0), 5, 1);
    assert_eq!(mean(&seen, Quantity::Arrivals, Scope::All), 0.0);
    assert_eq!(mean(&seen, Quantity::Occupancy, Scope::All), 0.0);
    assert_eq!(seen.estimate(Quantity::SlOffered, Scope::All), None);
    // A group that serves nobody is idle.
    let mut layout = one_queue(1.0, 3, 10.0);
    layout.groups.push(Group::new("idle", vec![4], &[]));
    let seen = run(&layout, 5, 1);
    assert_eq!(mean(&seen, Quantity::Occupancy, Scope::Group(1)), 0.0);
    // An endless service, and one of no time at all.
    let mut layout = one_queue(1.0, 3, 10.0);
    layout.service[0].law = vec![Law::Deterministic { value: 0.0 }];
    assert_eq!(mean(&run(&layout, 5, 1), Quantity::PWait, Scope::All), 0.0);
}

#[test]
fn overload_without_patience_ends() {
    // Ten million contacts for one agent: all are served, long after the close.
    let layout = one_queue(1000.0, 1, 10_000.0);
    let begun = Instant::now();
    let seen = run(&layout, 1, 1);
    assert!(seen.contacts > 9_900_000);
    assert_eq!(mean(&seen, Quantity::Unserved, Scope::All), 0.0);
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn limits_of_time_and_a_word_to_stop() {
    let centre = Centre::new(one_queue(100.0, 120, 1000.0)).unwrap();
    let stop = AtomicBool::new(true);
    let options = Options {
        cancel: Some(&stop),
        ..Options::new(10, 1)
    };
    assert_eq!(simulate(&centre, &options), Err(SimulationError::Stopped));
    let options = Options {
        time_limit: Some(Duration::from_millis(300)),
        ..Options::new(1_000_000, 1)
    };
    let begun = Instant::now();
    match simulate(&centre, &options) {
        Ok(seen) => {
            assert_eq!(seen.ended, Ended::TimeLimit);
            assert!(seen.replications < 1_000_000);
        }
        Err(error) => assert_eq!(error, SimulationError::Stopped),
    }
    assert!(begun.elapsed() < Duration::from_secs(20));
    let none = simulate(&centre, &Options::new(0, 1));
    assert_eq!(none, Err(SimulationError::NoReplication));
    let options = Options {
        spans: std::iter::once(0..2).collect(),
        ..Options::new(1, 1)
    };
    let error = simulate(&centre, &options).unwrap_err();
    assert!(error.to_string().contains("0..2"));
}

#[test]
fn one_long_run_is_cut_into_batches() {
    // Occupancy 0.8 exactly; a single day that is drained has no interval.
    let mut layout = one_queue(8.0, 10, 20_000.0);
    layout.warm_up = 100.0;
    layout.close = Close::Cut;
    let seen = run(&layout, 1, 1);
    let busy = estimate(&seen, Quantity::Occupancy, Scope::All);
    assert_close(busy, 0.8, 4.5, "occupancy");
    let arrivals = estimate(&seen, Quantity::Arrivals, Scope::All);
    assert_close(arrivals, 8.0 * 19_900.0, 4.5, "arrivals");
    let half_width = 2.045 * (8.0_f64 * 19_900.0).sqrt();
    assert!((arrivals.half_width.unwrap() / half_width - 1.0).abs() < 0.4);
    layout.close = Close::Drain;
    let seen = run(&layout, 1, 1);
    assert_eq!(
        estimate(&seen, Quantity::Arrivals, Scope::All).half_width,
        None
    );
}

#[test]
fn files_are_refused_with_all_their_faults() {
    let changed = |from: &str, to: &str| {
        assert!(CASE.contains(from), "{from}");
        let faults = parse_case(CASE.replacen(from, to, 1).as_bytes()).unwrap_err();
        faults
            .as_slice()
            .iter()
            .map(|f| (f.code, f.to_string()))
            .collect::<Vec<_>>()
    };
    let one = |from: &str, to: &str, code: FaultCode, words: &str| {
        let found = changed(from, to);
        assert!(
            found
                .iter()
                .any(|(c, text)| *c == code && text.contains(words)),
            "{from} → {to}: {found:?}"
        );
    };
    one(
        "\"warm_up\"",
        "\"warmup\"",
        FaultCode::UnknownKey,
        "nearest known key, `warm_up`",
    );
    one(
        "\"drain\"",
        "\"drains\"",
        FaultCode::UnknownReference,
        "nearest is `drain`",
    );
    one(
        "\"schema_version\": 1",
        "\"schema_version\": 2",
        FaultCode::SchemaVersion,
        "use version 1",
    );
    one(
        "\"dist\": \"lognormal\"",
        "\"dist\": \"normal\"",
        FaultCode::UnknownReference,
        "lognormal",
    );
    one(
        "\"answer_within\": 20",
        "\"answer_within\": -20",
        FaultCode::OutOfRange,
        "types[0].answer_within",
    );
    one(
        "\"answer_within\": 20",
        "\"answer_within\": \"20\"",
        FaultCode::WrongType,
        "a number",
    );
    one(
        "\"to\": \"second level\"",
        "\"to\": \"third level\"",
        FaultCode::UnknownReference,
        "second level",
    );
    one(
        "\"start\": \"carried_over\"",
        "\"start\": \"empty\"",
        FaultCode::ImpossibleLimits,
        "carried over",
    );
    one(
        "\"lines\": 60",
        "\"lines\": 0",
        FaultCode::OutOfRange,
        "blocked",
    );
    one(
        "\"lines\": 60",
        "\"lines\": 0.5",
        FaultCode::OutOfRange,
        "whole number",
    );
    let both = CASE.replacen("\"answer_within\": 20", "\"answer_whithin\": 20", 1);
    let both = both.replacen("\"drain\"", "\"cutt\"", 1);
    assert!(parse_case(both.as_bytes()).unwrap_err().as_slice().len() >= 3);
    for text in ["", "[]", "{}", "{\"schema_version\": 1}", "null"] {
        assert!(parse_case(text.as_bytes()).is_err());
    }
}

#[test]
fn the_answer_names_every_measure() {
    let case = parse_case(CASE.as_bytes()).unwrap();
    let layout = case.centre.layout();
    let seen = simulate(&case.centre, &Options::new(4, 1)).unwrap();
    let measures = seen.measures(layout);
    let facts = CaseFacts {
        case: &layout.name,
        replications: seen.replications,
        seed: 1,
        seconds: 0.5,
        contacts: seen.contacts,
    };
    let text = case_result_json(&facts, &measures).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["replications"], 4);
    for name in [
        "served",
        "sl_offered.phone",
        "arrivals.phone.p2",
        "occupancy.first line",
        "p_wait",
    ] {
        let measure = &json["measures"][name];
        assert!(
            measure["mean"].is_number() && measure["half_width"].is_number(),
            "{name}"
        );
    }
    let names: std::collections::HashSet<&str> = measures.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names.len(), measures.len());
}
