//! Files in the layouts of other systems: the same plan as from the canonical one.

use std::fmt::Write as _;

use serde_json::Value;
use wfm::calendar::{DateTime, TimeDelta, Utc, Zone};
use wfm::format::{IntervalContacts, Preset, interval_file, plan_json};
use wfm::milp::Silent;
use wfm::planning::{Plan, Scenario, Source, plan};
use wfm::scheduling::Strategy;
use wfm::workforce::{Channel, FaultCode};

use super::{Case, assert_fault};
use crate::reference::solvers;
use crate::support::zone;

/// What the names of queues mean, for layouts that know nothing else.
const QUEUES: &str = "[history.queues]\n\
    \"Support FR\" = { queue = \"fr-phone\", market = \"BE\" }\n\
    \"Support NL\" = { market = \"BE\", language = \"nl\", channel = \"phone\", tier = \"L1\" }\n";

/// The rows of the canonical history, with queues named as another system would.
fn contacts() -> Vec<IntervalContacts> {
    let brussels = zone("Europe/Brussels");
    let text = Case::belgium().file("history.csv");
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let local = cells[0].parse::<chrono::NaiveDateTime>();
        let local = local
            .or_else(|_| format!("{}:00", cells[0]).parse())
            .unwrap();
        let start = brussels.instant(local, wfm::calendar::RepeatedHour::Refuse);
        IntervalContacts {
            queue: format!("Support {}", cells[3].to_uppercase())
                .as_str()
                .into(),
            market: cells[2].into(),
            language: cells[3].into(),
            channel: Channel::Phone,
            tier: cells[5].into(),
            start: start.unwrap(),
            minutes: 30,
            offered: cells[6].parse().unwrap(),
            handled: cells[7].parse().unwrap(),
            handle_seconds: cells[9].parse().unwrap(),
        }
    };
    text.lines().skip(1).map(row).collect()
}

fn written(preset: Preset) -> String {
    let file = interval_file(preset, &contacts(), zone("Europe/Brussels"));
    String::from_utf8(file.unwrap()).unwrap()
}

/// The canonical scenario with its history in another layout.
fn imported(preset: Preset, file: &str) -> Case {
    let case = Case::belgium()
        .with("history.csv", file)
        .toml("[history]", &format!("[history]\npreset = \"{preset}\""));
    if preset == Preset::Canonical {
        return case;
    }
    case.append(QUEUES)
}

/// The plan file of a scenario without the hash of its input; nothing without a backend.
fn plan_file(scenario: &Scenario) -> Option<Value> {
    let mut file =
        serde_json::from_str::<Value>(&plan_json(&planned(scenario)?, "").unwrap()).unwrap();
    assert!(file.as_object_mut().unwrap().remove("input_hash").is_some());
    Some(file)
}

fn planned(scenario: &Scenario) -> Option<Plan> {
    Some(plan(scenario, &Strategy::new(solvers()?), &Silent).unwrap())
}

#[test]
fn every_layout_gives_the_plan_of_the_canonical_one() {
    let canonical = Case::belgium().ok().scenario;
    let expected = plan_file(&canonical);
    for preset in Preset::ALL {
        if preset == Preset::GenesysCloudForecast {
            continue;
        }
        let case = imported(preset, &written(preset));
        let scenario = case.ok().scenario;
        assert_eq!(scenario.streams.len(), 2, "{preset}");
        let whole = |s: &wfm::planning::Stream| {
            let Source::History { history, origin } = &s.source else {
                panic!("a history")
            };
            (
                history.span(),
                *origin,
                s.skill.clone(),
                s.channel,
                s.market.clone(),
            )
        };
        for stream in &canonical.streams {
            assert!(
                scenario.streams.iter().any(|s| whole(s) == whole(stream)),
                "{preset}"
            );
        }
        assert_eq!(plan_file(&scenario), expected, "{preset}");
    }
}

/// The contacts of the horizon as the plan from the history has them.
fn given(plan: &Plan, preset: Preset) -> Case {
    let file = interval_file(
        preset,
        &IntervalContacts::forecast_of(plan),
        zone("Europe/Brussels"),
    );
    let text = String::from_utf8(file.unwrap()).unwrap();
    let case = Case::belgium().with("forecast.csv", &text);
    let toml = case.file("scenario.toml").replace("origin =", "# origin =");
    let toml = toml
        .replace(
            "[history]",
            &format!("[demand]\npreset = \"{preset}\"\nconstants.market = \"BE\""),
        )
        .replace("history.csv", "forecast.csv");
    case.with("scenario.toml", &toml)
}

#[test]
fn a_forecast_is_taken_as_it_is() {
    let Some(from_history) = planned(&Case::belgium().ok().scenario) else {
        return;
    };
    let mut files = Vec::new();
    for preset in [
        Preset::Canonical,
        Preset::CalabrioForecast,
        Preset::GenesysCloudForecast,
        Preset::AmazonConnect,
    ] {
        let scenario = given(&from_history, preset).ok().scenario;
        assert!(matches!(scenario.streams[0].source, Source::Given(_)));
        files.push(plan_file(&scenario).unwrap());
    }
    assert!(files.iter().all(|file| *file == files[0]));
    // A forecast without its uncertainty: volumes, agents and cost are those of the history's plan.
    let expected = serde_json::from_str::<Value>(&plan_json(&from_history, "").unwrap()).unwrap();
    for key in ["cost", "requirement", "contacts", "bound"] {
        assert_eq!(files[0][key], expected[key], "{key}");
    }
}

#[test]
fn a_forecast_may_be_read_as_a_history() {
    let case = imported(Preset::CalabrioForecast, &written(Preset::CalabrioForecast));
    let Source::History { history, .. } = &case.ok().scenario.streams[0].source else {
        panic!("a history")
    };
    assert_eq!(history.interval_length().minutes(), 30);
}

#[test]
fn what_the_layout_cannot_know_is_asked_for() {
    let text = written(Preset::AmazonConnect);
    let bare = Case::belgium()
        .with("history.csv", &text)
        .toml("[history]", "[history]\npreset = \"amazon-connect\"");
    let faults = bare.faults();
    assert_eq!(faults.len(), 2);
    let place = "history.csv, row 2, column `QueueName`";
    let code = FaultCode::UnknownReference;
    assert_fault(
        &faults[0],
        code,
        place,
        "`Support FR`",
        "`[history.queues]`",
    );
    let half = bare
        .append("[history.queues]\n\"Support FR\" = \"fr-phone\"\n\"Support NL\" = \"nl-phone\"");
    let faults = half.faults();
    assert_eq!(faults.len(), 2);
    let what = "the market of queue `Support FR` is not known";
    assert_fault(
        &faults[0],
        FaultCode::MissingKey,
        place,
        what,
        "`history.constants.market`",
    );
    let market = half
        .clone()
        .toml("preset =", "constants.market = \"BE\"\npreset =");
    assert!(market.read().is_ok());
    let other = half.toml("preset =", "constants.market = \"NL\"\npreset =");
    let place = "scenario.toml, `history.constants.market`";
    assert_fault(&other.faults()[0], code, place, "`NL`", "`BE`");
}

#[test]
fn names_that_are_wrong_are_told_where_they_are_written() {
    let case = |from: &str, to: &str| {
        let text = written(Preset::AmazonConnect);
        imported(Preset::AmazonConnect, &text)
            .toml(from, to)
            .faults()
    };
    let code = FaultCode::UnknownReference;
    let faults = case("queue = \"fr-phone\"", "queue = \"fr-fone\"");
    let place = "history.csv, row 2, column `QueueName`";
    assert_fault(&faults[0], code, place, "`fr-fone`", "`fr-phone`");
    let faults = case(
        "language = \"nl\", channel = \"phone\", tier",
        "language = \"nk\", tier",
    );
    let place = "scenario.toml, `history.queues.Support NL.language`";
    assert_fault(&faults[0], code, place, "`nk`", "`nl`");
    let faults = case("preset = \"amazon-connect\"", "preset = \"amazon-conect\"");
    let place = "scenario.toml, `history.preset`";
    assert_fault(
        &faults[0],
        code,
        place,
        "`amazon-conect`",
        "`amazon-connect`",
    );
    let faults = case("\"Support NL\" = { market", "\"Support NL\" = { markt");
    let place = "scenario.toml, `history.queues.Support NL.markt`";
    assert_fault(
        &faults[0],
        FaultCode::UnknownKey,
        place,
        "`markt`",
        "`market`",
    );
    let faults = case("\"Support NL\"", "\"Suport NL\"");
    assert!(
        faults[0].what.contains("there is `Suport NL`"),
        "{}",
        faults[0]
    );
    // Rows that are not wanted; the queue of the scenario is then without contacts.
    let faults = case(
        "{ market = \"BE\", language = \"nl\", channel = \"phone\", tier = \"L1\" }",
        "false",
    );
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].code, FaultCode::NoDemand);
}

#[test]
fn genesys_rows_of_one_interval_add_up() {
    // Every row as two sets of skills: three contacts, and the others.
    let text = written(Preset::GenesysCloud);
    let mut split = String::new();
    for (index, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        if index == 0 {
            split = format!("{line}\n");
            continue;
        }
        let numbers: Vec<f64> = cells[5..].iter().map(|c| c.parse().unwrap()).collect();
        let (few, seconds) = (numbers[1].min(3.0), numbers[2] / 4.0);
        let rest = [numbers[0] - few, numbers[1] - few, numbers[2] - seconds];
        let head = cells[..3].join(",");
        let language = cells[4];
        writeln!(
            split,
            "{head},billing|||returns,{language},{few},{few},{seconds}"
        )
        .unwrap();
        writeln!(
            split,
            "{head},billing,{language},{},{},{}",
            rest[0], rest[1], rest[2]
        )
        .unwrap();
    }
    let parts = imported(Preset::GenesysCloud, &split);
    let whole = imported(Preset::GenesysCloud, &text);
    assert_eq!(parts.ok().scenario, whole.ok().scenario);
    let row = split.lines().nth(2).unwrap().to_owned();
    let fault = imported(Preset::GenesysCloud, &format!("{split}{row}\n")).fault();
    let place = "history.csv, row 2402, column `Interval Start UTC Date`";
    assert_fault(
        &fault,
        FaultCode::DuplicateInterval,
        place,
        "in row 3 already",
        "`part`",
    );
}

#[test]
fn genesys_faults() {
    let text = written(Preset::GenesysCloud);
    let callback = imported(Preset::GenesysCloud, &text.replacen("Voice", "callback", 1));
    let faults = callback.clone().toml(
        "language = \"nl\", channel = \"phone\",",
        "language = \"nl\",",
    );
    // The queue says what a callback is; where it does not, it is asked for.
    assert!(faults.read().is_ok());
    let nl = text.replace("Support NL,Voice", "Support NL,callback");
    let faults = imported(Preset::GenesysCloud, &nl)
        .toml(
            "language = \"nl\", channel = \"phone\",",
            "language = \"nl\",",
        )
        .faults();
    let place = "history.csv, row 602, column `Media Type`";
    let code = FaultCode::UnknownReference;
    assert_fault(&faults[0], code, place, "`callback`", "`");
    let chat = imported(Preset::GenesysCloud, &text.replacen("Voice", "Chat", 1)).faults();
    let place = "history.csv, row 2, column `Media Type`";
    let code = FaultCode::ConflictingNames;
    assert_fault(
        &chat[0],
        code,
        place,
        "channel `chat`",
        "`history.values.channel`",
    );
    let header = text.replacen("Total Handle Time", "Total Handle Time (Seconds)", 1);
    assert!(imported(Preset::GenesysCloud, &header).read().is_ok());
    let header = text.replacen("Total Handle Time", "Handle Time", 1);
    let fault = imported(Preset::GenesysCloud, &header).fault();
    let place = "history.csv, row 1, column `Total Handle Time`";
    let action = "the nearest one is `Handle Time`";
    assert_fault(&fault, FaultCode::MissingColumn, place, "no column", action);
    assert!(fault.action.contains("preset `genesys-cloud`"), "{fault}");
}

#[test]
fn totals_and_averages_are_not_mixed_up() {
    let text = written(Preset::GenesysCloud);
    let wrong = imported(Preset::GenesysCloud, &text).toml(
        "preset =",
        "columns.aht_minutes = \"Total Handle Time\"\npreset =",
    );
    let fault = &wrong.faults()[0];
    let place = "history.csv, column `Total Handle Time`";
    let action = "`handle_seconds_total`";
    assert_fault(fault, FaultCode::OutOfRange, place, "s a contact", action);
}

#[test]
fn amazon_faults() {
    let text = written(Preset::AmazonConnect);
    let read = |from: &str, to: &str| {
        imported(Preset::AmazonConnect, &text.replacen(from, to, 1)).faults()
    };
    let place = |column: &str| format!("history.csv, row 2, column `{column}`");
    let faults = read("30mins", "daily");
    let code = FaultCode::Misaligned;
    let action = "`history.filter`";
    assert_fault(
        &faults[0],
        code,
        &place("IntervalDuration"),
        "`daily`",
        action,
    );
    let faults = read("30mins", "15mins");
    assert_eq!(faults[0].code, FaultCode::Misaligned);
    let local = text.replacen("T07:00:00Z", "T08:00", 1);
    let without = imported(Preset::AmazonConnect, &local)
        .toml("timezone = \"Europe/Brussels\"    # for", "# for")
        .faults();
    let code = FaultCode::BadTimestamp;
    let action = "`history.timezone`";
    assert_fault(
        &without[0],
        code,
        &place("TimeStamp"),
        "time zone is not given",
        action,
    );
    assert!(imported(Preset::AmazonConnect, &local).read().is_ok());
    let faults = read("2027-02-15T07:00:00Z", "15/02/2027 07:00");
    let code = FaultCode::BadTimestamp;
    assert_fault(
        &faults[0],
        code,
        &place("TimeStamp"),
        "no time stamp",
        "offset",
    );
}

/// Quarter hours with averages: the half hour has the sum of the seconds, not the mean of the means.
#[test]
fn averages_are_weighed_by_what_was_handled() {
    let mut text = "QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,\
                    IncomingContactVolume,AverageHandleTime,ContactsHandled\n"
        .to_owned();
    for queue in ["Support FR", "Support NL"] {
        for (minute, offered, average, handled) in [(0, 12, 200, 10), (15, 31, 400, 30)] {
            let start = format!("2027-02-15T08:{minute:02}:00+01:00");
            let cells = format!("{offered},{average},{handled}");
            writeln!(text, "{queue},id,VOICE,{start},15mins,{cells}").unwrap();
        }
    }
    let case = imported(Preset::AmazonConnect, &text);
    let Source::History { history, .. } = &case.ok().scenario.streams[0].source else {
        panic!("a history")
    };
    let day = super::history::day(2027, 2, 15);
    let cell = history.day(day).unwrap()[16];
    assert_eq!(cell.volume, Some(43.0));
    assert_eq!(cell.handled, Some(40.0));
    assert_eq!(cell.handle_seconds, Some(14_000.0));
    assert_eq!(history.aht_seconds(day, day), Some(350.0));
}

#[test]
fn calabrio_faults() {
    let text = written(Preset::CalabrioForecast);
    let read = |text: &str| imported(Preset::CalabrioForecast, text).faults();
    let place = |column: &str| format!("history.csv, row 1, column `{column}`");
    let faults = read(&text.replacen("20270215 08:00", "2027-02-15 08:00", 1));
    let code = FaultCode::BadTimestamp;
    assert_fault(
        &faults[0],
        code,
        &place("2"),
        "no time stamp",
        "`history.time_format`",
    );
    let faults = read(&text.replacen("20270215 08:30", "20270215 08:00", 1));
    let code = FaultCode::Misaligned;
    assert_fault(&faults[0], code, &place("3"), "not after its start", "end");
    let faults = read(&text.replace(',', ";"));
    let action = "the first row is a single cell with ';' in it";
    let code = FaultCode::MissingColumn;
    assert_fault(&faults[0], code, &place("2"), "no column `2`", action);
    let first = text.lines().next().unwrap();
    let cells: Vec<&str> = first.split(',').collect();
    let short = text.replacen(first, &cells[..6].join(","), 1);
    assert_eq!(read(&short)[0].code, FaultCode::Syntax);
    let zone = imported(Preset::CalabrioForecast, &text)
        .toml("timezone = \"Europe/Brussels\"    # for", "# for")
        .faults();
    let code = FaultCode::BadTimestamp;
    assert_fault(
        &zone[0],
        code,
        &place("2"),
        "time zone is not given",
        "`history.timezone`",
    );
}

#[test]
fn avaya_faults() {
    let text = written(Preset::AvayaCms);
    let read = |text: &str| imported(Preset::AvayaCms, text).faults();
    let faults = read(&format!("{text}Total,,Support FR,9,9,9,9\n"));
    let place = "history.csv, row 1202, column `Date Time`";
    let code = FaultCode::BadTimestamp;
    assert_fault(&faults[0], code, place, "`Total`", "rows of totals");
    // One bad cell is one fault, although two numbers are made of it.
    let faults = read(&text.replacen("Support FR,19,1", "Support FR,x,1", 1));
    let place = "history.csv, row 2, column `ACD Calls`";
    let code = FaultCode::NotANumber;
    assert_fault(&faults[0], code, place, "`x`", "leave the cell empty");
    assert_eq!(faults.len(), 1);
    // Report titles above the header, tabs, intervals with their end, times as minutes and seconds.
    let mut lines = text.lines();
    let mut report = format!(
        "Split/Skill interval\nAll skills\n{}\n",
        lines.next().unwrap()
    );
    for line in lines {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let seconds: f64 = cells[5].parse().unwrap();
        assert_eq!(seconds % 1.0, 0.0);
        cells[5] = format!("{:.0}:{:02.0}", (seconds / 60.0).floor(), seconds % 60.0);
        cells[1] = format!("{}-{}", cells[1], half_an_hour_later(&cells[1]));
        writeln!(report, "{}", cells.join(",")).unwrap();
    }
    let tabs = report.replace(',', "\t");
    let case = imported(Preset::AvayaCms, &tabs)
        .toml("preset =", "skip_rows = 2\ndelimiter = \"\\t\"\npreset =");
    let plain = imported(Preset::AvayaCms, &text);
    assert_eq!(case.ok().scenario, plain.ok().scenario);
}

fn half_an_hour_later(time: &str) -> String {
    let (hour, minute) = time.split_once(':').unwrap();
    let minutes = hour.parse::<u32>().unwrap() * 60 + minute.parse::<u32>().unwrap() + 30;
    format!("{}:{:02}", minutes / 60 % 24, minutes % 60)
}

#[test]
fn the_hour_that_happens_twice_comes_in_order() {
    // A night on which clocks go back, as a system without offsets exports it.
    let brussels = zone("Europe/Brussels");
    let start: DateTime<Utc> = "2026-10-24T22:00:00Z".parse().unwrap();
    let contacts: Vec<IntervalContacts> = (0..50)
        .map(|i: u32| IntervalContacts {
            start: start + TimeDelta::minutes(30 * i64::from(i)),
            offered: f64::from(1 + i),
            handled: f64::from(1 + i),
            handle_seconds: f64::from(300 * (1 + i)),
            ..contacts()[0].clone()
        })
        .collect();
    let text = interval_file(Preset::CalabrioForecast, &contacts, brussels).unwrap();
    let text = String::from_utf8(text).unwrap();
    let case = Case::belgium()
        .with("forecast.csv", &text)
        .toml("start = \"2027-03-23\"", "start = \"2026-10-25\"")
        .toml("[history]", "[demand]\npreset = \"calabrio-forecast\"")
        .toml("origin =", "# origin =")
        .toml("history.csv", "forecast.csv")
        .toml(
            "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"], from = \"08:00\", to = \"20:00\"",
            "[\"sun\"], from = \"00:00\", to = \"24:00\"",
        )
        .append("[demand.queues]\n\"Support FR\" = { queue = \"fr-phone\", market = \"BE\" }");
    let refused = case.faults();
    assert_eq!(refused[0].code, FaultCode::RepeatedHour);
    assert!(
        refused[0].action.contains("`demand.repeated_hour`"),
        "{}",
        refused[0]
    );
    let queue = case.file("scenario.toml");
    // Only the French queue has contacts here.
    let (from, to) = (
        queue.find("[[queues]]\nid = \"nl").unwrap(),
        queue.find("[[pools]]").unwrap(),
    );
    let toml = format!("{}{}", &queue[..from], &queue[to..]);
    let case = case.with("scenario.toml", &toml);
    let volumes = |case: &Case| {
        let scenario = case.ok().scenario;
        let Source::Given(given) = &scenario.streams[0].source else {
            panic!("given volumes")
        };
        given.volume.values().to_vec()
    };
    let in_order = case
        .clone()
        .toml("preset =", "repeated_hour = \"in_order\"\npreset =");
    let expected: Vec<f64> = contacts.iter().map(|c| c.offered).collect();
    assert_eq!(volumes(&in_order), expected);
    // One row for both times: each gets half of it.
    let mut folded: Vec<&str> = text.lines().collect();
    folded.drain(6..8);
    let once = case
        .with("forecast.csv", &folded.join("\n"))
        .toml("preset =", "repeated_hour = \"first\"\npreset =");
    let halves = volumes(&once);
    assert_eq!(halves[4..8], [2.5, 3.0, 2.5, 3.0]);
    assert_eq!(halves[8..], expected[8..]);
    // In order, the second row of a time that happens once is a duplicate.
    let rows: Vec<&str> = text.lines().collect();
    let twice = in_order.with("forecast.csv", &format!("{text}{}\n", rows[20]));
    assert_eq!(twice.faults()[0].code, FaultCode::DuplicateInterval);
}

#[test]
fn demand_faults() {
    let Some(plan) = planned(&Case::belgium().ok().scenario) else {
        return;
    };
    let case = given(&plan, Preset::CalabrioForecast);
    let text = case.file("forecast.csv");
    let without = |n: usize| {
        let lines: Vec<&str> = text
            .lines()
            .enumerate()
            .filter(|(i, _)| *i != n)
            .map(|(_, l)| l)
            .collect();
        case.clone().with("forecast.csv", &lines.join("\n"))
    };
    let fault = without(5).fault();
    let place = "forecast.csv, row 1, column `2`";
    let what = "at 2027-03-23 10:30:00 has no row";
    assert_fault(
        &fault,
        FaultCode::GapInHistory,
        place,
        what,
        "`demand.gaps` to \"zero\"",
    );
    let zero = without(5).toml("preset =", "gaps = \"zero\"\npreset =");
    assert!(zero.read().is_ok());
    let night = text.replacen(
        "20270323 08:00,20270323 08:30",
        "20270323 06:00,20270323 06:30",
        1,
    );
    let faults = case.clone().with("forecast.csv", &night).faults();
    let what = "contacts at 2027-03-23 06:00:00, when it is closed";
    assert_fault(&faults[0], FaultCode::OutOfRange, place, what, "time zone");
    let faults = case
        .clone()
        .with("forecast.csv", &text.replace("20270323", "20270324"))
        .faults();
    assert_eq!(faults[0].code, FaultCode::GapInHistory);
    let both = case
        .clone()
        .append("[history]\nfile = \"history.csv\"\ntimezone = \"Europe/Brussels\"")
        .faults();
    let codes: Vec<FaultCode> = both.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [FaultCode::Duplicate; 2]);
    let faults = case
        .toml("preset =", "gaps = \"missing\"\npreset =")
        .faults();
    let place = "scenario.toml, `demand.gaps`";
    assert_fault(
        &faults[0],
        FaultCode::UnknownReference,
        place,
        "`missing`",
        "`refuse`",
    );
}

#[test]
fn intervals_of_a_forecast_are_added_up_or_divided() {
    let brussels: Zone = zone("Europe/Brussels");
    let day: DateTime<Utc> = "2027-03-23T07:00:00Z".parse().unwrap();
    let read = |minutes: u32| {
        let rows = ["fr-phone", "nl-phone"].into_iter().flat_map(|queue| {
            (0..720 / minutes).map(move |i| IntervalContacts {
                queue: queue.into(),
                start: day + TimeDelta::minutes(i64::from(minutes * i)),
                minutes,
                offered: f64::from(minutes),
                handled: f64::from(minutes),
                handle_seconds: 300.0 * f64::from(minutes),
                ..contacts()[0].clone()
            })
        });
        let file = interval_file(
            Preset::CalabrioForecast,
            &rows.collect::<Vec<_>>(),
            brussels,
        );
        let case = Case::belgium()
            .with("forecast.csv", &String::from_utf8(file.unwrap()).unwrap())
            .toml(
                "[history]",
                "[demand]\npreset = \"calabrio-forecast\"\nconstants.market = \"BE\"",
            )
            .toml("origin =", "# origin =")
            .toml("history.csv", "forecast.csv");
        let scenario = case.read().map_err(|faults| faults.as_slice()[0].code)?;
        let Source::Given(given) = &scenario.scenario.streams[1].source else {
            panic!("given volumes")
        };
        assert_eq!(given.aht_seconds, Some(300.0));
        let open: Vec<f64> = given
            .volume
            .values()
            .iter()
            .copied()
            .filter(|v| *v > 0.0)
            .collect();
        Ok(open)
    };
    for minutes in [10, 15, 30, 60] {
        assert_eq!(read(minutes), Ok(vec![30.0; 24]), "{minutes}");
    }
    assert_eq!(read(20), Err(FaultCode::Misaligned));
}
