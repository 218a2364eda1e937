//! Calendars and holiday rules in files: what is read, and what is refused by name.

use std::fs;
use std::path::Path;

use wfm::calendar::holidays::Class;
use wfm::workforce::{DayClass, FaultCode, HolidayEffect};

use super::{Case, assert_fault};

fn fixture() -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/holidays");
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    Case::of(&[
        ("scenario.toml", &text("scenario.toml")),
        ("volumes.csv", &text("volumes.csv")),
    ])
}

/// The fixture with other days in its calendar.
fn days(list: &str) -> Case {
    fixture().toml(
        "{ name = \"Day of the firm\", date = \"2027-12-10\" },",
        &format!("{{ name = \"Day of the firm\", date = \"2027-12-10\" }}, {list}"),
    )
}

#[test]
fn every_kind_of_day_of_ones_own() {
    let scenario = days(
        "{ name = \"Eight\", easter = 8 },
         { name = \"Ring\", nth = -1, weekday = \"fri\", month = 5, from_year = 2027, to_year = 2028 },
         { name = \"Sale\", dates = [\"2027-12-13\", \"2028-12-11\"], working = true },
         { name = \"Founder\", month = 9, day = 25, observed = { sat = -1, sun = 1 } },",
    )
    .ok()
    .scenario;
    let set = &scenario.markets[0].holidays;
    let on = |day: &str| set.on(day.parse().unwrap());
    let name = |day: &str| on(day).map(|h| h.name.as_ref());
    // Easter Sunday is 28 March 2027; 9 November 2025 is a Sunday, 25 September 2027 a Saturday.
    assert_eq!(name("2027-04-05"), Some("Eight"));
    assert_eq!(name("2027-05-28"), Some("Ring"));
    assert_eq!(name("2028-05-26"), Some("Ring"));
    assert_eq!(name("2026-05-29"), None);
    assert_eq!(on("2028-12-11").unwrap().class, Class::Observance);
    assert_eq!(name("2025-11-10"), Some("La Almudena"));
    assert_eq!(name("2025-11-09"), None);
    assert_eq!(name("2027-09-24"), Some("Founder"));
    assert_eq!(name("2027-09-25"), Some("Founder"));
    // Beside those of the region, and of the country.
    assert_eq!(name("2027-05-02"), None);
    assert_eq!(name("2027-05-03"), Some("Madrid Day"));
    assert_eq!(name("2027-12-25"), Some("Christmas Day"));
}

#[test]
fn rules_as_they_are_read() {
    let scenario = fixture().ok().scenario;
    let rules = &scenario.markets[0].holiday_rules;
    let classes: Vec<DayClass> = rules.iter().map(|r| r.class).collect();
    let (holiday, bridge, eve) = (DayClass::Holiday, DayClass::Bridge, DayClass::Eve);
    assert_eq!(classes, [holiday, holiday, eve, bridge]);
    assert_eq!(rules[0].effect, HolidayEffect::Closed);
    let HolidayEffect::Open {
        hours,
        volume_factor,
    } = &rules[1].effect
    else {
        panic!("{rules:?}");
    };
    assert_eq!(hours[0].to_string(), "10:00-14:00");
    assert_eq!(*volume_factor, Some(0.4));
    assert!(scenario.queues[0].holiday_rules.is_empty());
    assert_eq!(scenario.queues[1].holiday_rules.len(), 2);
    let portugal = &scenario.pools[1].holidays;
    assert!(portugal.day_off("2027-06-10".parse().unwrap()).is_some());
}

#[test]
fn markets_that_share_a_table_may_have_their_own_calendars() {
    let case = fixture()
        .toml(
            "id = \"ES\"\ntimezone = \"Europe/Madrid\"",
            "ids = { ES = \"Europe/Madrid\", PT = \"Europe/Lisbon\" }",
        )
        .toml(
            "holidays = [\"ES-MD\", \"firm\"]\nholiday_rules",
            "holidays = { ES = [\"ES-MD\", \"firm\"], PT = \"PT\" }\nholiday_rules",
        );
    let scenario = case.ok().scenario;
    let day = "2027-04-26".parse().unwrap();
    let off = |i: usize, day| scenario.markets[i].holidays.day_off(day).is_some();
    let liberty = "2027-04-25".parse().unwrap();
    assert!(!off(0, liberty) && off(1, liberty) && !off(1, day));
    let fault = case.toml("PT = \"PT\"", "PTT = \"PT\"").fault();
    let place = "scenario.toml, `markets[0].holidays.PTT`";
    let code = FaultCode::UnknownReference;
    assert_fault(&fault, code, place, "market `PTT`", "`PT`");
}

#[test]
fn unknown_calendars_are_named_with_the_nearest() {
    let chosen = |name: &str| {
        let to = format!("holidays = \"{name}\"  ");
        fixture().toml("holidays = \"PT\"  ", &to).fault()
    };
    let place = "scenario.toml, `pools[1].holidays`";
    let code = FaultCode::UnknownReference;
    assert_fault(&chosen("UK"), code, place, "calendar `UK`", "`GB`");
    assert_fault(&chosen("Espana"), code, place, "`Espana`", "`ES`");
    assert_fault(&chosen("frim"), code, place, "`frim`", "`firm`");
    let what = "unknown region `Madird` of ES";
    assert_fault(&chosen("ES-Madird"), code, place, what, "`ES-MD`");
    assert_fault(&chosen("IE-Cork"), code, place, "no regions", "`IE`");
    let fault = fixture()
        .toml("[\"ES-MD\", \"firm\"]", "[\"ES-MD\", \"farm\"]")
        .fault();
    let place = "scenario.toml, `markets[0].holidays[1]`";
    assert_fault(&fault, code, place, "`farm`", "`firm`");
}

#[test]
fn the_same_calendar_or_day_twice() {
    let code = FaultCode::Duplicate;
    let fault = fixture()
        .toml("[\"ES-MD\", \"firm\"]", "[\"ES-MD\", \"ES-MD\", \"firm\"]")
        .fault();
    let place = "scenario.toml, `markets[0].holidays[1]`";
    assert_fault(&fault, code, place, "`ES-MD` is named twice", "once");
    let fault = days("{ name = \"Other\", dates = [\"2027-12-13\", \"2027-12-10\"] }").fault();
    let place = "scenario.toml, `calendars[0].days[3]`";
    assert_fault(
        &fault,
        code,
        place,
        "on a day of `Day of the firm`",
        "keep one",
    );
    let fault = days("{ name = \"Isidore\", month = 5, day = 15 }").fault();
    assert_fault(&fault, code, place, "on a day of `San Isidro`", "keep one");
    let fault = days("{ name = \"x\", dates = [\"2028-01-10\", \"2028-01-10\"] }").fault();
    let inside = "scenario.toml, `calendars[0].days[3].dates[1]`";
    assert_fault(&fault, code, inside, "given twice", "keep one");
    // In years that do not meet it is the same holiday moved for good.
    let moved = "{ name = \"A\", month = 3, day = 1, to_year = 2026 },
                 { name = \"A\", month = 3, day = 1, from_year = 2027 }";
    assert!(days(moved).read().is_ok());
    for (id, what) in [("ES-MD", "public calendar"), ("firm", "defined twice")] {
        let again = format!(
            "[[calendars]]\nid = \"{id}\"\ndays = [{{ name = \"x\", date = \"2027-01-01\" }}]"
        );
        let fault = fixture().append(&again).faults();
        let place = "scenario.toml, `calendars[1].id`";
        assert_fault(&fault[0], code, place, what, "another name");
    }
}

#[test]
fn days_without_a_date_or_with_two() {
    let place = "scenario.toml, `calendars[0].days[3]`";
    let fault = days("{ name = \"x\" }").fault();
    assert_fault(&fault, FaultCode::MissingKey, place, "no date", "`easter`");
    let fault = days("{ name = \"x\", date = \"2027-01-02\", easter = 1 }").fault();
    assert_fault(
        &fault,
        FaultCode::Duplicate,
        place,
        "more than one",
        "give one",
    );
    for never in [
        "{ name = \"x\", month = 2, day = 30 }",
        "{ name = \"x\", month = 3, day = 1, from_year = 2028, to_year = 2027 }",
        "{ name = \"x\", date = \"2027-01-02\", from_year = 2028 }",
    ] {
        let fault = days(never).fault();
        assert_fault(
            &fault,
            FaultCode::OutOfRange,
            place,
            "on no day",
            "from_year",
        );
    }
    let fault = days("{ name = \"x\", month = 13, day = 1 }").fault();
    let month = "scenario.toml, `calendars[0].days[3].month`";
    assert_fault(&fault, FaultCode::OutOfRange, month, "13", "1 to 12");
    let fault = days("{ name = \"x\", month = 1, day = 2, moved = { sunday = 1 } }").fault();
    let moved = "scenario.toml, `calendars[0].days[3].moved.sunday`";
    let code = FaultCode::UnknownReference;
    assert_fault(&fault, code, moved, "`sunday`", "`sun`");
    let fault = days("{ name = \"x\", month = 1, day = 2, moved = { sun = 0 } }").fault();
    let moved = "scenario.toml, `calendars[0].days[3].moved.sun`";
    assert_fault(&fault, FaultCode::OutOfRange, moved, "0 days", "at most 14");
    let fault = fixture()
        .append("[[calendars]]\nid = \"empty\"\ndays = []")
        .fault();
    let place = "scenario.toml, `calendars[1].days`";
    assert_fault(&fault, FaultCode::OutOfRange, place, "no day", "add days");
}

#[test]
fn rules_that_no_day_can_fit() {
    let with = |rule: &str| {
        let line = "  { names = [\"Constitution Day\"], closed = true },";
        fixture().toml(line, &format!("{line}\n{rule},"))
    };
    let place = "scenario.toml, `markets[0].holiday_rules[1].names[0]`";
    let code = FaultCode::UnknownReference;
    let fault = with("{ names = [\"Constitution\"], closed = true }").fault();
    assert_fault(&fault, code, place, "`Constitution`", "`Constitution Day`");
    let fault = with("{ on = \"brigde\", closed = true }").faults();
    let place = "scenario.toml, `markets[0].holiday_rules[1].on`";
    assert_fault(&fault[0], code, place, "`brigde`", "`bridge`");
    let place = "scenario.toml, `markets[0].holiday_rules[1]`";
    let code = FaultCode::ImpossibleLimits;
    // The eve of San Isidro is an eve; San Isidro itself never is one.
    let fault = with("{ on = \"observance\", names = [\"San Isidro\"] }").fault();
    assert_fault(&fault, code, place, "observances", "remove the rule");
    let fault = with("{ closed = true, volume_factor = 0.5 }").fault();
    assert_fault(&fault, code, place, "closes the day", "remove `closed`");
    let fault = with("{ from = \"10:10\" }").fault();
    let code = FaultCode::Misaligned;
    assert_fault(&fault, code, place, "10:10", "horizon.interval_minutes");
    let faults = fixture()
        .toml(
            "holidays = [\"ES-MD\", \"firm\"]\nholiday_rules",
            "holiday_rules",
        )
        .faults();
    let code = FaultCode::MissingKey;
    let place = "scenario.toml, `markets[0].holiday_rules`";
    assert_fault(&faults[0], code, place, "no holidays", "add `holidays`");
    let place = "scenario.toml, `queues[1].holiday_rules`";
    assert_fault(&faults[1], code, place, "no holidays", "add `holidays`");
    assert_eq!(faults.len(), 2);
}

#[test]
fn horizons_outside_the_years_of_a_public_calendar() {
    let faults = fixture().toml("2027-12-06", "2036-12-06").faults();
    let place = "scenario.toml, `markets[0].holidays[0]`";
    let code = FaultCode::OutOfRange;
    assert_fault(
        &faults[0],
        code,
        place,
        "from 1990 to 2035",
        "`[[calendars]]`",
    );
    let public = |f: &&wfm::workforce::Fault| f.what.contains("1990 to 2035");
    assert_eq!(faults.iter().filter(public).count(), 3);
}

#[test]
fn a_special_day_comes_before_a_holiday_of_the_same_date() {
    let day = "[[special_days]]\ndate = \"2027-12-08\"\nname = \"Open day\"\n\
               markets = [\"ES\"]\nvolume_factor = 1.5";
    let scenario = fixture().append(day).ok().scenario;
    let terms = scenario.queues[0].day(&scenario.markets[0], "2027-12-08".parse().unwrap());
    assert_eq!(terms.as_ref().map(|t| t.name), Some("Open day"));
    assert_eq!(terms.and_then(|t| t.volume_factor), Some(1.5));
}
