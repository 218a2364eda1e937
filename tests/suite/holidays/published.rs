//! Against lists as governments and the press published them.

use chrono::{Datelike, NaiveDate};
use wfm::calendar::holidays::{Country, HolidayCalendar};

use super::{calendars, days_off};

/// Communities in which a day was a holiday, as press reports of the yearly resolution name them.
const SPANISH_RESOLUTIONS: &[(&str, &str, &str)] = &[
    ("BOE-A-2014-10823", "2015-03-19", "MC MD ML NC PV VC"),
    ("BOE-A-2014-10823", "2015-07-25", "GA NC PV"),
    (
        "BOE-A-2014-10823",
        "2015-11-02",
        "AN AR AS CB CE CL CN EX GA IB",
    ),
    (
        "BOE-A-2014-10823",
        "2015-12-07",
        "AN AR AS CE CL CM EX IB MC ML RI VC",
    ),
    ("BOE-A-2016-9244", "2017-01-02", "AN AR AS CL MC ML"),
    ("BOE-A-2016-9244", "2017-03-20", "EX MD"),
    ("BOE-A-2016-9244", "2017-07-25", "GA NC PV"),
    ("BOE-A-2017-11639", "2018-03-19", "MC VC"),
    ("BOE-A-2017-11639", "2018-04-02", "CT IB NC PV VC"),
    ("BOE-A-2017-11639", "2018-07-25", "GA"),
    ("BOE-A-2018-14369", "2019-06-10", "MC RI"),
    (
        "BOE-A-2018-14369",
        "2019-12-09",
        "AN AR AS CB CL EX MD ML RI",
    ),
    ("BOE-A-2021-17113", "2022-05-02", "AN AR AS CL EX MC MD"),
    (
        "BOE-A-2021-17113",
        "2022-12-26",
        "AN AR AS CB CL CM CN CT EX IB MC MD ML NC RI",
    ),
    ("BOE-A-2022-16755", "2023-01-02", "AN AR AS CL MC"),
    ("BOE-A-2023-22014", "2024-03-19", "MC VC"),
    ("BOE-A-2023-22014", "2024-04-01", "CB CT IB NC PV RI VC"),
    ("BOE-A-2023-22014", "2024-07-25", "CB GA MD NC PV"),
    ("BOE-A-2023-22014", "2024-12-09", "AN AR AS CL EX MC ML"),
    ("BOE-A-2024-21316", "2025-07-25", "GA MD NC PV"),
    ("BOE-A-2024-21316", "2025-10-13", "AN AR AS CL EX"),
    (
        "BOE-A-2025-21667",
        "2026-11-02",
        "AN AR AS CL CM CN EX MD NC",
    ),
];

#[test]
fn spanish_communities_of_the_gazette() {
    let calendars = calendars();
    for (resolution, date, communities) in SPANISH_RESOLUTIONS {
        let date: NaiveDate = date.parse().unwrap();
        let having: Vec<String> = calendars
            .iter()
            .filter(|(country, code, calendar)| {
                // Barcelona has the days of Catalonia.
                *country == Country::Spain && code.len() <= 2 && calendar.is_day_off(date)
            })
            .map(|(_, code, _)| code.clone())
            .collect();
        assert_eq!(having.join(" "), *communities, "{resolution} {date}");
    }
}

/// Bank holidays as published on gov.uk and federal holidays as published by the Office of
/// Personnel Management, which name the weekday that is free: calendar, year, month and day.
const FREE_WEEKDAYS: &[(&str, i32, &str)] = &[
    ("GB-ENG", 2021, "0101 0402 0405 0503 0531 0830 1227 1228"),
    (
        "GB-ENG",
        2022,
        "0103 0415 0418 0502 0602 0603 0829 0919 1226 1227",
    ),
    (
        "GB-WLS",
        2023,
        "0102 0407 0410 0501 0508 0529 0828 1225 1226",
    ),
    (
        "GB-SCT",
        2022,
        "0103 0104 0415 0502 0602 0603 0801 0919 1130 1226 1227",
    ),
    (
        "GB-SCT",
        2023,
        "0102 0103 0407 0501 0508 0529 0807 1130 1225 1226",
    ),
    (
        "GB-NIR",
        2022,
        "0103 0317 0415 0418 0502 0602 0603 0712 0829 0919 1226 1227",
    ),
    (
        "US",
        2021,
        "0101 0118 0215 0531 0618 0705 0906 1011 1111 1125 1224 1231",
    ),
    (
        "US",
        2022,
        "0117 0221 0530 0620 0704 0905 1010 1111 1124 1226",
    ),
    (
        "US",
        2023,
        "0102 0116 0220 0529 0619 0704 0904 1009 1110 1123 1225",
    ),
];

#[test]
fn free_weekdays_of_the_official_lists() {
    for &(name, year, expected) in FREE_WEEKDAYS {
        let calendar = HolidayCalendar::parse(name).unwrap();
        let found: Vec<String> = days_off(&calendar, year)
            .into_keys()
            .filter(|date| date.weekday().num_days_from_monday() < 5)
            .map(|date| date.format("%m%d").to_string())
            .collect();
        assert_eq!(found.join(" "), expected, "{name} {year}");
    }
}

/// Whole years as published: the Philippines by proclamation 1006 of 3 September 2025 (regular and
/// special non-working days; the two Eids were proclaimed later), Costa Rica by its ministry of
/// labour (2024 with the moves of law 9875 to Monday, 2025 without any).
const PUBLISHED: &[(&str, i32, &str, &[&str])] = &[
    (
        "PH",
        2026,
        "0101 0217 0402 0403 0404 0409 0501 0612 0821 0831 1101 1102 1130 1208 1224 1225 1230 1231",
        &["Eid al-Fitr", "Eid al-Adha"],
    ),
    (
        "CR",
        2024,
        "0101 0328 0329 0415 0501 0729 0802 0819 0831 0915 1201 1225",
        &[],
    ),
    (
        "CR",
        2025,
        "0101 0411 0417 0418 0501 0725 0802 0815 0831 0915 1201 1225",
        &[],
    ),
];

#[test]
fn whole_years_as_published() {
    for &(name, year, expected, later) in PUBLISHED {
        let calendar = HolidayCalendar::parse(name).unwrap();
        let found: Vec<String> = days_off(&calendar, year)
            .values()
            .filter(|holiday| !later.contains(&holiday.name.as_ref()))
            .map(|holiday| holiday.date.format("%m%d").to_string())
            .collect();
        assert_eq!(found.join(" "), expected, "{name} {year}");
    }
}
