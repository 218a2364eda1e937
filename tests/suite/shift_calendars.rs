//! Calendar files, read by the rules of RFC 5545 and by nothing of the crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use wfm::calendar::{DateTime, NaiveDateTime, TimeDelta, Utc};
use wfm::format::{ReadOptions, parse_scenario, plan_json, read_scenario};
use wfm::milp::Silent;
use wfm::planning::{Plan, plan};
use wfm::reporting::{CalendarFile, shift_calendars};
use wfm::scheduling::{Solvers, Strategy};
use wfm::workforce::{BreakPlacement, Shift};

use super::support::{date, utc, zone};

/// Two weeks of named agents around the change of clocks in Madrid.
pub(crate) fn helpdesk() -> Option<&'static Plan> {
    static PLAN: OnceLock<Option<Plan>> = OnceLock::new();
    PLAN.get_or_init(|| {
        let solvers = Solvers::compiled_in().ok()?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/helpdesk");
        let read = read_scenario(&folder, &ReadOptions::default()).unwrap();
        let strategy = Strategy {
            gap: 0.05,
            ..Strategy::new(solvers)
        };
        Some(plan(&read.scenario, &strategy, &Silent).unwrap())
    })
    .as_ref()
}

/// Properties of a component: name with parameters, and value.
type Properties = Vec<(String, String)>;

/// The lines of a file, unfolded.
fn lines(file: &CalendarFile) -> Vec<String> {
    assert!(file.text.ends_with("\r\n"), "{}", file.name);
    let raw: Vec<&str> = file.text.split("\r\n").collect();
    for line in &raw {
        assert!(line.len() <= 75, "{}: {line}", file.name);
        assert!(!line.contains(['\r', '\n']), "{}: {line:?}", file.name);
    }
    let mut whole: Vec<String> = Vec::new();
    for line in raw {
        match line.strip_prefix(' ') {
            Some(more) => whole.last_mut().unwrap().push_str(more),
            None if line.is_empty() => {}
            None => whole.push(line.to_owned()),
        }
    }
    whole
}

/// Every component of a kind; all components must be balanced.
fn components(file: &CalendarFile, kind: &str) -> Vec<Properties> {
    let mut open: Vec<(String, Properties)> = Vec::new();
    let mut found = Vec::new();
    for line in lines(file) {
        let (name, value) = line.split_once(':').expect("a property has a value");
        match name {
            "BEGIN" => open.push((value.to_owned(), Vec::new())),
            "END" => {
                let (name, properties) = open.pop().expect("what ends was begun");
                assert_eq!(name, value);
                if name == kind {
                    found.push(properties);
                }
            }
            _ => {
                let inner = open.last_mut().expect("inside a calendar");
                inner.1.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    assert!(open.is_empty());
    found
}

fn value<'p>(properties: &'p Properties, name: &str) -> Option<(&'p str, &'p str)> {
    let found = properties.iter().find(|(key, _)| {
        let rest = key.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(';'))
    });
    found.map(|(key, value)| (key.as_str(), value.as_str()))
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap()
}

fn offset(text: &str) -> TimeDelta {
    let (sign, digits) = text.split_at(1);
    let number: i64 = digits.parse().unwrap();
    let minutes = number / 100 * 60 + number % 100;
    TimeDelta::minutes(if sign == "-" { -minutes } else { minutes })
}

/// The offsets of the file's zone: from which local time on, and how far ahead of UTC.
fn observances(file: &CalendarFile) -> Vec<(NaiveDateTime, TimeDelta)> {
    let kinds = ["STANDARD", "DAYLIGHT"];
    let all = kinds.iter().flat_map(|kind| components(file, kind));
    let mut all: Vec<_> = all
        .map(|o| {
            let start = local(value(&o, "DTSTART").unwrap().1);
            (start, offset(value(&o, "TZOFFSETTO").unwrap().1))
        })
        .collect();
    all.sort();
    all
}

/// The instant of a date-time property: in UTC, or by the last observance that has begun.
fn instant(file: &CalendarFile, (name, text): (&str, &str)) -> DateTime<Utc> {
    if let Some(text) = text.strip_suffix('Z') {
        assert!(!name.contains("TZID"));
        return local(text).and_utc();
    }
    let zones = components(file, "VTIMEZONE");
    let known = value(&zones[0], "TZID").unwrap().1;
    assert!(name.ends_with(&format!(";TZID={known}")), "{name}");
    let at = local(text);
    let all = observances(file);
    let last = all.iter().rev().find(|(from, _)| *from <= at);
    (at - last.expect("an offset for every event").1).and_utc()
}

/// Start and end of every event, in order.
fn spans(file: &CalendarFile) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let events = components(file, "VEVENT");
    let at = |event: &Properties, name| instant(file, value(event, name).unwrap());
    let mut all: Vec<_> = (events.iter())
        .map(|event| (at(event, "DTSTART"), at(event, "DTEND")))
        .collect();
    all.sort();
    all
}

fn sorted<'s>(shifts: impl Iterator<Item = &'s Shift>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut all: Vec<_> = shifts.map(|s| (s.start, s.end)).collect();
    all.sort();
    all
}

#[test]
fn every_shift_is_in_the_calendars_of_its_pool_and_its_agent() {
    let Some(plan) = helpdesk() else { return };
    let files = shift_calendars(plan);
    let named: usize = plan.rosters.iter().map(|own| own.tours.len()).sum();
    assert_eq!(files.len(), plan.scenario.pools.len() + named);
    let of = |name: &str| files.iter().find(|f| f.name == name).expect("a file");
    assert_eq!(
        spans(of("MAD.ics")),
        sorted(plan.solved.schedule.shifts.iter())
    );
    let mut shifts = 0;
    for tour in &plan.rosters[0].tours {
        let name = format!("MAD--{}.ics", tour.agent.replace([' ', '.', '\''], "_"));
        assert_eq!(spans(of(&name)), sorted(tour.shifts.iter()), "{name}");
        shifts += tour.shifts.len();
    }
    assert!(shifts > 50, "{shifts} shifts");
    // Winter and summer time, and the change between them as the law has it.
    let clocks: Vec<String> = (observances(of("MAD.ics")).iter())
        .map(|(from, ahead)| format!("{from} {}", ahead.num_hours()))
        .collect();
    assert_eq!(clocks, ["2026-10-25 03:00:00 1", "2027-03-28 02:00:00 2"]);
}

#[test]
fn identifiers_are_unique_and_stay_when_an_agents_shift_moves() {
    let Some(plan) = helpdesk() else { return };
    let identifiers = |plan: &Plan| {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for file in shift_calendars(plan) {
            let events = components(&file, "VEVENT");
            let own = events.iter().map(|e| value(e, "UID").unwrap().1.to_owned());
            all.insert(file.name.clone(), own.collect());
        }
        all
    };
    let before = identifiers(plan);
    let all: Vec<&String> = before.values().flatten().collect();
    let different: BTreeSet<&String> = all.iter().copied().collect();
    assert_eq!(all.len(), different.len());
    let mut moved = plan.clone();
    let tours = &mut moved.rosters[0].tours;
    let tour = tours.iter_mut().find(|t| !t.shifts.is_empty()).unwrap();
    let (agent, shift) = (tour.agent.clone(), &mut tour.shifts[0]);
    let day = zone("Europe/Madrid").local(shift.start).date();
    shift.start += TimeDelta::hours(1);
    assert_eq!(
        zone("Europe/Madrid").local(shift.start).date(),
        day,
        "{agent}"
    );
    assert_eq!(identifiers(&moved), before);
    moved.scenario.name.push('2');
    let other = identifiers(&moved);
    assert!(
        before
            .values()
            .flatten()
            .all(|id| !other.values().flatten().any(|o| o == id))
    );
}

/// The plan with the shifts of its only pool replaced, in a zone.
fn with_shifts(zone_name: &str, shifts: &[(DateTime<Utc>, i64)]) -> Option<Plan> {
    let mut plan = helpdesk()?.clone();
    plan.scenario.pools[0].zone = zone(zone_name);
    plan.rosters.clear();
    let of = |&(start, hours): &(DateTime<Utc>, i64)| Shift {
        pool: plan.scenario.pools[0].id.clone(),
        shift_type: "late; \"long\", 8h\\x".into(),
        start,
        end: start + TimeDelta::hours(hours),
        count: 3,
        breaks: vec![BreakPlacement {
            start: start + TimeDelta::hours(2),
            end: start + TimeDelta::minutes(150),
            count: 2,
            paid: false,
        }],
    };
    plan.solved.schedule.shifts = shifts.iter().map(of).collect();
    Some(plan)
}

#[test]
fn a_night_without_an_hour_is_longer_on_the_wall() {
    let Some(plan) = with_shifts("Europe/Madrid", &[(utc(date(2027, 3, 27), 22, 0), 8)]) else {
        return;
    };
    let file = &shift_calendars(&plan)[0];
    assert_eq!(spans(file), sorted(plan.solved.schedule.shifts.iter()));
    // Eight hours of work, from 23:00 in winter time to 07:00 of it, which is 08:00.
    assert!(
        file.text
            .contains("DTSTART;TZID=Europe/Madrid:20270327T230000\r\n")
    );
    assert!(
        file.text
            .contains("DTEND;TZID=Europe/Madrid:20270328T080000\r\n")
    );
}

#[test]
fn hours_that_happen_twice_are_told_apart() {
    let night = date(2027, 10, 31);
    // 02:30 in summer time, 02:30 in winter time, and one that ends in the second hour.
    let shifts = [
        (utc(date(2027, 10, 30), 22, 30), 3),
        (utc(night, 0, 30), 4),
        (utc(night, 1, 30), 4),
    ];
    let Some(plan) = with_shifts("Europe/Madrid", &shifts) else {
        return;
    };
    let file = &shift_calendars(&plan)[0];
    assert_eq!(spans(file), sorted(plan.solved.schedule.shifts.iter()));
    assert!(
        file.text
            .contains("DTSTART;TZID=Europe/Madrid:20271031T023000\r\n")
    );
    assert!(file.text.contains("DTSTART:20271031T013000Z\r\n"));
}

#[test]
fn zones_west_of_greenwich_of_half_hours_and_without_changes() {
    let shifts = [
        (utc(date(2027, 3, 13), 20, 0), 8),
        (utc(date(2027, 3, 14), 20, 0), 8),
        (utc(date(2027, 4, 3), 10, 0), 9),
        (utc(date(2027, 4, 5), 10, 0), 9),
    ];
    for (name, offsets) in [
        ("America/Los_Angeles", vec![-480, -420]),
        ("Asia/Manila", vec![480]),
        ("Asia/Kolkata", vec![330]),
        // Summer time ends in April there, and is half an hour.
        ("Australia/Lord_Howe", vec![660, 630]),
    ] {
        let Some(plan) = with_shifts(name, &shifts) else {
            return;
        };
        let file = &shift_calendars(&plan)[0];
        assert_eq!(
            spans(file),
            sorted(plan.solved.schedule.shifts.iter()),
            "{name}"
        );
        let ahead: Vec<i64> = (observances(file).iter())
            .map(|o| o.1.num_minutes())
            .collect();
        assert_eq!(ahead, offsets, "{name}");
    }
}

#[test]
fn words_are_marked_breaks_are_shown_and_names_of_files_differ() {
    let shifts = [(utc(date(2027, 3, 29), 6, 0), 8)];
    let Some(mut plan) = with_shifts("Europe/Madrid", &shifts) else {
        return;
    };
    plan.scenario.pools[0].id = "a/b".into();
    plan.solved.schedule.shifts[0].pool = "a/b".into();
    let mut other = plan.scenario.pools[0].clone();
    other.id = "A:B".into();
    plan.scenario.pools.push(other);
    let files = shift_calendars(&plan);
    let names: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["a_b.ics", "A_B_2.ics"]);
    let events = components(&files[0], "VEVENT");
    assert_eq!(events.len(), 1);
    let text = |name| value(&events[0], name).unwrap().1;
    assert_eq!(text("SUMMARY"), "3 × late\\; \"long\"\\, 8h\\\\x a/b");
    assert_eq!(
        text("DESCRIPTION"),
        "Break 10:00–10:30\\, unpaid\\, 2 people"
    );
    assert_eq!(text("LOCATION"), "Madrid");
    assert!(components(&files[1], "VEVENT").is_empty());
}

/// A plan as it would be told to people who know an earlier one, which is read from its file.
fn keeping(plan: &Plan, earlier: &Plan) -> Plan {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/helpdesk");
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.insert(name, std::fs::read(path).unwrap());
    }
    let keep = "\n[keep]\nplan = \"plan.json\"\nprice_per_change = 10\n";
    files.get_mut("scenario.toml").unwrap().extend(keep.bytes());
    let json = plan_json(earlier, "hash").unwrap();
    files.insert("plan.json".to_owned(), json.into_bytes());
    let mut plan = plan.clone();
    plan.scenario.kept = parse_scenario(&files).unwrap().scenario.kept;
    plan
}

/// Number of each event by its identifier, and whether it is cancelled.
fn numbers(plan: &Plan) -> BTreeMap<String, (u32, bool)> {
    let mut all = BTreeMap::new();
    for file in shift_calendars(plan) {
        for event in components(&file, "VEVENT") {
            let text = |name| value(&event, name).map(|(_, text)| text);
            let number = text("SEQUENCE").unwrap().parse().unwrap();
            let state = (number, text("STATUS") == Some("CANCELLED"));
            assert!(all.insert(text("UID").unwrap().to_owned(), state).is_none());
        }
    }
    all
}

#[test]
fn what_changed_is_numbered_above_the_plan_that_is_kept() {
    let Some(first) = helpdesk() else { return };
    let before = numbers(first);
    assert!(before.values().all(|state| *state == (0, false)));
    // The same again: nothing is new.
    assert_eq!(numbers(&keeping(first, first)), before);

    // One agent starts an hour later, another loses a shift, and a shift of the pool is gone.
    let mut second = keeping(first, first);
    let tours = &mut second.rosters[0].tours;
    let busy: Vec<usize> = (0..tours.len())
        .filter(|&t| tours[t].shifts.len() > 2)
        .collect();
    tours[busy[0]].shifts[0].start += TimeDelta::hours(1);
    let lost = tours[busy[1]].shifts.remove(1);
    let gone = second.solved.schedule.shifts.remove(5);
    let after = numbers(&second);
    let changed = |now: &BTreeMap<String, (u32, bool)>, then: &BTreeMap<String, (u32, bool)>| {
        let new = now
            .iter()
            .filter(|(id, state)| then.get(*id) != Some(state));
        let mut states: Vec<(u32, bool)> = new.map(|(_, state)| *state).collect();
        states.sort_unstable();
        states
    };
    assert_eq!(after.len(), before.len());
    assert_eq!(changed(&after, &before), [(1, false), (1, true), (1, true)]);

    // They come back in a third plan, which keeps the second: above all that was told before.
    let mut third = keeping(&second, &second);
    third.rosters[0].tours[busy[1]].shifts.insert(1, lost);
    third.solved.schedule.shifts.insert(5, gone);
    let last = numbers(&third);
    assert_eq!(last.len(), before.len());
    assert_eq!(changed(&last, &after), [(2, false), (2, false)]);
    assert_eq!(
        changed(&last, &before),
        [(1, false), (2, false), (2, false)]
    );

    // Days before the horizon are over, not cancelled.
    let mut later = keeping(first, first);
    let kept = later.scenario.kept.as_mut().unwrap();
    for told in &mut kept.announced.shifts {
        told.shift.start -= TimeDelta::days(28);
    }
    assert!(numbers(&later).values().all(|state| *state == (1, false)));
}
