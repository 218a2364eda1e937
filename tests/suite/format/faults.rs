//! Bad scenarios: each fault has a stable code, a place, what is wrong and what to do.

use wfm::workforce::Commitment::{HoursPerWeek, ShiftsPerDay};
use wfm::workforce::FaultCode;

use super::{Case, assert_fault};

#[test]
fn unknown_key() {
    let fault = Case::belgium()
        .toml("occupancy_cap", "ocupancy_cap")
        .fault();
    let place = "scenario.toml, `queues[0].ocupancy_cap`";
    let action = "nearest known key, `occupancy_cap`";
    assert_fault(
        &fault,
        FaultCode::UnknownKey,
        place,
        "`ocupancy_cap`",
        action,
    );
}

#[test]
fn unknown_key_at_the_top_and_in_a_small_table() {
    let fault = Case::belgium().toml("seed = 1", "sede = 1").fault();
    let place = "scenario.toml, `sede`";
    assert_fault(&fault, FaultCode::UnknownKey, place, "`sede`", "`seed`");
    let fault = Case::belgium().toml("out = 0.20", "aut = 0.20").fault();
    let place = "scenario.toml, `pools[0].shrinkage.aut`";
    assert_fault(&fault, FaultCode::UnknownKey, place, "`aut`", "`out`");
}

#[test]
fn missing_key_and_wrong_type() {
    let fault = Case::belgium().toml("days = 1\n", "").fault();
    let place = "scenario.toml, `horizon.days`";
    assert_fault(
        &fault,
        FaultCode::MissingKey,
        place,
        "missing",
        "add `days`",
    );
    let fault = Case::belgium()
        .toml("contract_hours = 40", "contract_hours = \"40\"")
        .fault();
    let place = "scenario.toml, `pools[0].contract_hours`";
    let what = "the text \"40\"";
    assert_fault(&fault, FaultCode::WrongType, place, what, "without quotes");
    let fault = Case::belgium()
        .toml("contract_hours = 40", "contract_hours = inf")
        .fault();
    assert_fault(
        &fault,
        FaultCode::OutOfRange,
        place,
        "not finite",
        "finite number",
    );
}

#[test]
fn a_percentage_for_a_share() {
    let fault = Case::belgium().toml("share = 0.80", "share = 80").fault();
    let place = "scenario.toml, `queues[0].target.share`";
    assert_fault(&fault, FaultCode::OutOfRange, place, "80", "0.8 for 80 %");
}

#[test]
fn schema_version() {
    let read = |to: &str| Case::belgium().toml("schema_version = 1", to).fault();
    let place = "scenario.toml, `schema_version`";
    let action = "schema_version = 1";
    assert_fault(
        &read("schema_version = 2"),
        FaultCode::SchemaVersion,
        place,
        "version 2",
        action,
    );
    assert_fault(
        &read("schema_version = \"1\""),
        FaultCode::WrongType,
        place,
        "string",
        action,
    );
    assert_fault(
        &read(""),
        FaultCode::MissingKey,
        place,
        "no `schema_version`",
        action,
    );
}

#[test]
fn missing_scenario() {
    let fault = Case::of(&[]).fault();
    let action = "folder of a scenario";
    assert_fault(
        &fault,
        FaultCode::MissingFile,
        "scenario.toml",
        "no such file",
        action,
    );
}

#[test]
fn missing_file() {
    let mut case = Case::belgium();
    case.0.remove("history.csv");
    let place = "scenario.toml, `history.file`";
    let what = "`history.csv` cannot be read";
    assert_fault(
        &case.fault(),
        FaultCode::MissingFile,
        place,
        what,
        "data folder",
    );
}

#[test]
fn broken_toml() {
    let fault = Case::belgium()
        .toml("currency = \"EUR\"", "currency = EUR")
        .fault();
    assert_fault(
        &fault,
        FaultCode::Syntax,
        "scenario.toml, row 4",
        "TOML",
        "correct the line",
    );
}

#[test]
fn unknown_zone() {
    let case = Case::belgium().toml(
        "id = \"BE\"\ntimezone = \"Europe/Brussels\"",
        "id = \"BE\"\ntimezone = \"Europe/Brusels\"",
    );
    let place = "scenario.toml, `markets[0].timezone`";
    let what = "unknown time zone `Europe/Brusels`";
    assert_fault(
        &case.fault(),
        FaultCode::UnknownZone,
        place,
        what,
        "`Europe/Brussels`",
    );
}

#[test]
fn queue_that_no_pool_serves() {
    let fault = Case::belgium()
        .toml("languages = [\"fr\", \"nl\"]", "languages = [\"fr\"]")
        .fault();
    let place = "scenario.toml, `queues[1]`";
    let what = "no pool serves L1 in nl";
    assert_fault(
        &fault,
        FaultCode::UnservedQueue,
        place,
        what,
        "skills of a pool",
    );
}

#[test]
fn faults_of_several_queues_in_one_table_point_to_it() {
    let queue = "[[queues]]\nid = \"{language}-x\"\nlanguages = { xx = 1.0, yy = 1.0 }\n\
                 channel = \"email\"\ntier = \"L1\"\n\
                 target = { share = 0.9, done_within_open_hours = 4 }";
    let faults = Case::belgium().append(queue).faults();
    let unserved = faults.iter().filter(|f| f.code == FaultCode::UnservedQueue);
    let places: Vec<String> = unserved.map(|f| f.place.to_string()).collect();
    assert_eq!(places, ["scenario.toml, `queues[2]`"; 2]);
}

#[test]
fn pool_without_shifts() {
    let case = Case::belgium();
    let text = case.file("scenario.toml");
    let last = text.rfind("shifts = [").unwrap();
    let end = text[last..].find("\n]\n").unwrap() + last + 3;
    let case = case.clone().with(
        "scenario.toml",
        &format!("{}{}", &text[..last], &text[end..]),
    );
    let place = "scenario.toml, `pools[1].shifts`";
    let action = "at least one shift";
    assert_fault(
        &case.fault(),
        FaultCode::PoolWithoutShifts,
        place,
        "`BPO` offers no shift",
        action,
    );
}

#[test]
fn target_of_a_hundred_per_cent() {
    let fault = Case::belgium().toml("share = 0.80", "share = 1.0").fault();
    let place = "scenario.toml, `queues[0].target.share`";
    let what = "no finite staffing";
    assert_fault(
        &fault,
        FaultCode::UnreachableTarget,
        place,
        what,
        "less than 1",
    );
    let blended = "mode = \"blended\"\nblended_target = { share = 1, answer_within_seconds = 20 }";
    let fault = Case::belgium().toml("mode = \"silo\"", blended).fault();
    let place = "scenario.toml, `staffing.blended_target.share`";
    assert_fault(
        &fault,
        FaultCode::UnreachableTarget,
        place,
        what,
        "less than 1",
    );
}

#[test]
fn target_without_and_with_two_thresholds() {
    let without = Case::belgium()
        .toml(", answer_within_seconds = 20", "")
        .fault();
    let place = "scenario.toml, `queues[0].target.answer_within_seconds`";
    assert_fault(
        &without,
        FaultCode::MissingKey,
        place,
        "no threshold",
        "answer_within_seconds",
    );
    let two = Case::belgium().toml("seconds = 20", "seconds = 20, done_within_open_hours = 1");
    assert_fault(
        &two.fault(),
        FaultCode::Duplicate,
        place,
        "two",
        "done_within_open_hours",
    );
}

#[test]
fn overlapping_opening_hours() {
    let more = "from = \"08:00\", to = \"20:00\" },\n  { channels = [\"phone\"], days = [\"fri\"], from = \"19:00\", to = \"22:00\" },";
    let fault = Case::belgium()
        .toml("from = \"08:00\", to = \"20:00\" },", more)
        .fault();
    let place = "scenario.toml, `markets[0].opening[1]`";
    let what = "08:00-20:00 and 19:00-22:00";
    assert_fault(
        &fault,
        FaultCode::OverlappingHours,
        place,
        what,
        "follow one another",
    );
    let empty = Case::belgium()
        .toml("to = \"20:00\"", "to = \"08:00\"")
        .fault();
    let place = "scenario.toml, `markets[0].opening[0]`";
    assert_fault(
        &empty,
        FaultCode::OverlappingHours,
        place,
        "empty",
        "`from` be before `to`",
    );
}

#[test]
fn times_of_day() {
    for bad in ["8:00", "25:00", "08:60", "24:30", "noon"] {
        let fault = Case::belgium()
            .toml("to = \"20:00\"", &format!("to = \"{bad}\""))
            .fault();
        let place = "scenario.toml, `markets[0].opening[0].to`";
        assert_fault(&fault, FaultCode::OutOfRange, place, bad, "08:00");
    }
    Case::belgium()
        .toml("to = \"20:00\"", "to = \"24:00\"")
        .toml("file =", "gaps = \"zero\"\nfile =")
        .ok();
    let fault = Case::belgium()
        .toml("start_to = \"12:00\"", "start_to = \"24:00\"")
        .fault();
    let place = "scenario.toml, `pools[0].shifts[0].start_to`";
    assert_fault(
        &fault,
        FaultCode::OutOfRange,
        place,
        "end of a day",
        "23:59",
    );
}

#[test]
fn policy_of_unknown_names() {
    let policy = |tier: &str, scope: &str| {
        let policy =
            format!("[[policies]]\nkind = \"csat_floor\"\ntier = \"{tier}\"\n{scope}\nfloor = 0.9");
        Case::belgium().append(&policy).fault()
    };
    let fault = policy("L1", "languages = [\"fr\", \"de\"]");
    let place = "scenario.toml, `policies[0].languages`";
    let what = "unknown language `de`";
    assert_fault(
        &fault,
        FaultCode::UnknownReference,
        place,
        what,
        "define it",
    );
    let fault = policy("L7", "scope = \"overall\"");
    let place = "scenario.toml, `policies[0].tier`";
    assert_fault(
        &fault,
        FaultCode::UnknownReference,
        place,
        "unknown tier `L7`",
        "`L1`",
    );
    let fault = policy("L1", "scope = \"overal\"");
    let place = "scenario.toml, `policies[0].scope`";
    assert_fault(
        &fault,
        FaultCode::UnknownReference,
        place,
        "`overal`",
        "`overall`",
    );
}

#[test]
fn special_day_of_unknown_names() {
    let day = "[[special_days]]\ndate = \"2027-03-26\"\nname = \"x\"\nmarkets = [\"BE\", \"XX\"]\npools = [\"INN\"]";
    let faults = Case::belgium().append(day).faults();
    assert_eq!(faults.len(), 2);
    let place = "scenario.toml, `special_days[0].markets[1]`";
    assert_fault(
        &faults[0],
        FaultCode::UnknownReference,
        place,
        "market `XX`",
        "`BE`",
    );
    let place = "scenario.toml, `special_days[0].pools[0]`";
    assert_fault(
        &faults[1],
        FaultCode::UnknownReference,
        place,
        "pool `INN`",
        "`IN`",
    );
}

#[test]
fn impossible_limits() {
    let limits = "{ shifts_per_day_min = 4, shifts_per_day_max = 3 }";
    let fault = Case::belgium()
        .toml("{ shifts_per_day_min = 4 }", limits)
        .fault();
    let place = "scenario.toml, `pools[1].limits.shifts_per_day_min`";
    assert_fault(
        &fault,
        FaultCode::ImpossibleLimits,
        place,
        "above the maximum",
        "lower the minimum",
    );
}

#[test]
fn break_that_does_not_fit() {
    let pause = "every_minutes = 120, breaks = [{ id = \"lunch\", length_minutes = 60, earliest_minutes = 180, latest_minutes = 450 }] }";
    let fault = Case::belgium().toml("every_minutes = 120 }", pause).fault();
    let place = "scenario.toml, `pools[0].shifts[0].breaks[0]`";
    assert_fault(
        &fault,
        FaultCode::BreakDoesNotFit,
        place,
        "`lunch`",
        "move its window",
    );
    let fits = pause.replace("450", "300");
    Case::belgium().toml("every_minutes = 120 }", &fits).ok();
}

#[test]
fn commitments() {
    let commit = |to: &str| {
        let text = format!("limits = {{ shifts_per_day_min = 4 }}\ncommitment = {to}");
        Case::belgium().toml("limits = { shifts_per_day_min = 4 }", &text)
    };
    let pool = |case: Case| case.ok().scenario.pools[1].commitment;
    assert_eq!(
        pool(commit("{ shifts_per_day = 4 }")),
        Some(ShiftsPerDay(4))
    );
    assert_eq!(
        pool(commit("{ hours_per_week = 80.5 }")),
        Some(HoursPerWeek(80.5))
    );
    let fault = commit("{ shifts_per_day = 4, hours_per_week = 80 }").fault();
    let place = "scenario.toml, `pools[1].commitment`";
    assert_fault(&fault, FaultCode::Duplicate, place, "not in both", "either");
}

#[test]
fn no_source_of_contacts() {
    let text = Case::belgium().file("scenario.toml");
    let (before, rest) = text.split_once("[history]").unwrap();
    let (_, after) = rest.split_once("[staffing]").unwrap();
    let case = Case::of(&[("scenario.toml", &format!("{before}[staffing]{after}"))]);
    let place = "scenario.toml, `history`";
    assert_fault(
        &case.fault(),
        FaultCode::MissingKey,
        place,
        "no contacts",
        "`[profile]`",
    );
}

#[test]
fn several_faults_come_together() {
    let faults = Case::belgium()
        .toml("seed = 1", "seed = 1.5")
        .toml("occupancy_cap = 0.85", "occupancy_cup = 0.85")
        .toml("share = 0.80", "share = 1.0")
        .toml(
            "{ shifts_per_day_min = 4 }",
            "{ shifts_per_day_min = 4, shifts_per_day_max = 3 }",
        )
        .csv("L1,20,19,1", "L1,NaN,19,1")
        .faults();
    let codes: Vec<FaultCode> = faults.iter().map(|f| f.code).collect();
    let expected = [
        FaultCode::WrongType,
        FaultCode::UnknownKey,
        FaultCode::NotANumber,
        FaultCode::UnreachableTarget,
        FaultCode::ImpossibleLimits,
    ];
    assert_eq!(codes, expected);
}

#[test]
fn times_off_the_interval_grid_are_refused_together() {
    let case = Case::belgium()
        .toml("start_from = \"08:00\"", "start_from = \"08:10\"")
        .toml(
            "from = \"08:00\", to = \"20:00\"",
            "from = \"08:20\", to = \"20:00\"",
        );
    let places = ["markets[0].opening", "pools[0].shifts[0].start_from"];
    for place in places {
        let faults = case.faults();
        let found = faults
            .iter()
            .find(|f| f.place.path.as_deref() == Some(place));
        let fault = found.unwrap_or_else(|| panic!("{place}: {faults:?}"));
        assert_eq!(fault.code, FaultCode::Misaligned);
        assert!(fault.action.contains("interval_minutes"), "{fault}");
    }
}

#[test]
fn a_scope_has_a_floor_that_fits_and_a_live_promise() {
    let with = |keys: &str| {
        let all = format!("answer_within_seconds = 20, {keys} }}\noccupancy_cap = 0.85");
        let toml = "answer_within_seconds = 20 }\noccupancy_cap = 0.85";
        Case::belgium().toml(toml, &all).fault()
    };
    let target = "scenario.toml, `queues[0].target";
    let place = |key: &str| format!("{target}.{key}`");
    let fault = with("scope = \"month\"");
    let code = FaultCode::UnknownReference;
    assert_fault(&fault, code, &place("scope"), "`month`", "interval");
    let fault = with("floor = 0.7");
    let code = FaultCode::ImpossibleLimits;
    assert_fault(&fault, code, &place("floor"), "each interval", "scope");
    let fault = with("scope = \"day\", floor = 0.9");
    assert_fault(&fault, code, &place("floor"), "90", "lower `floor`");
    let fault = with("scope = \"day\", floor = 7");
    let code = FaultCode::OutOfRange;
    assert_fault(&fault, code, &place("floor"), "7 is no share", "fraction");
    let fault = with("scope = \"day\", flor = 0.7");
    let code = FaultCode::UnknownKey;
    assert_fault(&fault, code, &place("flor"), "`flor`", "`floor`");
}
