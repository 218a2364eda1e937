//! The holiday tables against those of the Python package `holidays`.
//!
//! `tests/reference/holidays.csv` holds the public holidays of that package: for each date the
//! calendars that have it (`-` the country without a region, `*` all calendars that are compared,
//! `* but` all without some).
//! Every difference is listed with its reason in `holiday_differences.csv`; one that is not listed
//! fails the test, and so does a listed one that has gone.

mod published;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use wfm::calendar::holidays::{Country, Holiday, HolidayCalendar};

const REFERENCE: &str = include_str!("../reference/holidays.csv");

/// Years that are compared for every calendar.
const YEARS: std::ops::RangeInclusive<i32> = 2024..=2030;

/// Further years: country, region, years.
const FURTHER_YEARS: &[(&str, &str, &[i32])] = &[
    ("IL", "-", &[1999]),
    ("US", "-", &[2003]),
    ("GB", "ENG", &[2013, 2014, 2015, 2016, 2017, 2018, 2019]),
];

/// What is different, each with its reason: country, calendars (as in the other file), side, name,
/// dates.
const DIFFERENCES: &str = include_str!("../reference/holiday_differences.csv");

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// A day off here, not in the package.
    OnlyHere,
    /// A day off in the package, not here.
    OnlyThere,
}

/// A day that one side has: country, calendar, date, side, name.
type Difference = (String, String, NaiveDate, Side, String);

fn listed_differences() -> BTreeSet<Difference> {
    let mut reader = csv::Reader::from_reader(DIFFERENCES.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let columns = ["country", "regions", "side", "name", "dates", "reason"];
    assert_eq!(header, columns);
    let mut listed = BTreeSet::new();
    for row in reader.records().map(Result::unwrap) {
        let (country, name) = (row[0].to_owned(), row[3].to_owned());
        let side = match &row[2] {
            "only here" => Side::OnlyHere,
            "only there" => Side::OnlyThere,
            other => panic!("side `{other}`"),
        };
        assert!(
            row[5].ends_with('.') && row[5].len() > 40,
            "no reason: {row:?}"
        );
        for region in expand(&country, &row[1]) {
            for date in row[4].split(' ').map(|d| d.parse().unwrap()) {
                let day = (country.clone(), region.clone(), date, side, name.clone());
                assert!(listed.insert(day), "listed twice: {row:?}");
            }
        }
    }
    listed
}

/// Names that differ: country or `*`, the package's name, ours.
const OTHER_NAMES: &[(&str, &str, &str)] = &[
    ("*", "Labor Day", "Labour Day"),
    (
        "CR",
        "Annexation of the Party of Nicoya to Costa Rica",
        "Annexation of Nicoya",
    ),
    (
        "CR",
        "Day of the Black Person and Afro-Costa Rican Culture",
        "Afro-Costa Rican Culture Day",
    ),
    (
        "CR",
        "Feast of Our Lady of the Angels",
        "Our Lady of the Angels",
    ),
    ("CR", "International Labor Day", "Labour Day"),
    (
        "DE",
        "75th anniversary of the East German uprising of 1953",
        "Uprising of 1953",
    ),
    (
        "DE",
        "80th anniversary of the liberation from Nazism and the end of the Second World War in Europe",
        "Liberation Day",
    ),
    ("ES", "Day of Our Lady of Victory", "Our Lady of Victory"),
    ("ES", "Day of the Balearic Islands", "Balearic Islands Day"),
    ("ES", "Day of the Canary Islands", "Canary Islands Day"),
    ("ES", "Galician National Day", "Galicia Day"),
    ("ES", "National Day of Catalonia", "Catalonia Day"),
    ("ES", "Saint John the Baptist", "Saint John's Day"),
    ("ES", "Santa Maria of Africa", "Our Lady of Africa"),
    ("ES", "Shrove Tuesday", "Carnival Tuesday"),
    ("FR", "Mi-Careme", "Mid-Lent"),
    (
        "GB",
        "Scotland's participation in the FIFA World Cup final",
        "Football World Cup",
    ),
    ("IL", "Pesach", "Passover"),
    ("IL", "Seventh day of Pesach", "Seventh day of Passover"),
    ("IL", "Simchat Torah / Shemini Atzeret", "Simchat Torah"),
    ("IT", "Assumption Of Mary Day", "Assumption Day"),
    ("IT", "Saint Anthony of Padua's Day", "Saint Anthony's Day"),
    (
        "IT",
        "Saint Francis of Assisi, Patron Saint of Italy",
        "Saint Francis of Assisi",
    ),
    ("IT", "Saint Hilary of Poitiers's Day", "Saint Hilary's Day"),
    (
        "IT",
        "Saint Saturninus of Cagliari's Day",
        "Saint Saturninus's Day",
    ),
    (
        "PH",
        "Additional special (non-working) day",
        "Additional Special Day",
    ),
    (
        "PH",
        "Additional special (non-working) day",
        "All Souls' Day",
    ),
    (
        "PH",
        "Additional special (non-working) day",
        "Christmas Eve",
    ),
    (
        "PH",
        "Additional special (non-working) day",
        "Iglesia ni Cristo Anniversary",
    ),
    ("PH", "Elections special (non-working) day", "Election Day"),
    ("US", "Confederate Memorial Day", "Confederate Heroes Day"),
    ("US", "Day After Christmas", "Day after Christmas"),
    ("US", "Friday After Thanksgiving", "Day after Thanksgiving"),
    ("US", "Presidents' Day", "Washington's Birthday"),
    ("PL", "National Day", "Labour Day"),
    ("PL", "National Day of the Third of May", "Constitution Day"),
    ("PL", "National Independence Day", "Independence Day"),
    ("PT", "1st Octave", "First Octave"),
    (
        "PT",
        "Day of Portugal, Camões, and the Portuguese Communities",
        "Portugal Day",
    ),
    (
        "PT",
        "Day of the Autonomous Region of Madeira and the Madeiran Communities",
        "Madeira Day",
    ),
    (
        "PT",
        "Day of the Autonomous Region of the Azores",
        "Azores Day",
    ),
    ("PT", "Feast of Our Lady of Graces", "Our Lady of Graces"),
    (
        "PT",
        "Feast of Our Lady of Mércoles",
        "Our Lady of Mércoles",
    ),
    ("PT", "Feast of Our Lady of Sorrows", "Our Lady of Sorrows"),
    ("PT", "Municipal Holiday of Faro", "Municipal Holiday"),
    ("PT", "Municipal Holiday of Guarda", "Municipal Holiday"),
    ("PT", "Municipal Holiday of Leiria", "Municipal Holiday"),
    ("PT", "Municipal Holiday of Portalegre", "Municipal Holiday"),
];

/// Country and calendar, to date and name.
type Days = BTreeMap<(String, String), BTreeMap<NaiveDate, String>>;

fn calendars() -> Vec<(Country, String, HolidayCalendar)> {
    Country::ALL
        .into_iter()
        .flat_map(|country| {
            std::iter::once(None)
                .chain(country.regions().map(Some))
                .map(move |region| {
                    let code = region.map_or("-", |r| r.code()).to_owned();
                    (
                        country,
                        code,
                        HolidayCalendar::new(country, region).unwrap(),
                    )
                })
        })
        .collect()
}

fn reference() -> Days {
    let mut days = Days::new();
    let mut lines = REFERENCE.lines();
    assert_eq!(lines.next(), Some("country,region,date,name,source"));
    for line in lines {
        let (before, source) = line.rsplit_once(',').unwrap();
        assert!(source.starts_with("holidays 0."), "{line}");
        let mut fields = before.splitn(4, ',');
        let (country, regions) = (fields.next().unwrap(), fields.next().unwrap());
        let date: NaiveDate = fields.next().unwrap().parse().unwrap();
        let name = fields.next().unwrap().trim_matches('"');
        for region in expand(country, regions) {
            let key = (country.to_owned(), region);
            let earlier = days.entry(key).or_default().insert(date, name.to_owned());
            assert_eq!(earlier, None, "{line}");
        }
    }
    days
}

fn expand(country: &str, regions: &str) -> Vec<String> {
    let but: Vec<&str> = match regions.strip_prefix("* but ") {
        Some(but) => but.split(' ').collect(),
        None if regions == "*" => Vec::new(),
        None => return regions.split(' ').map(str::to_owned).collect(),
    };
    let country: Country = country.parse().unwrap();
    std::iter::once("-")
        .chain(country.regions().map(|r| r.code()))
        .filter(|code| !but.contains(code))
        .map(str::to_owned)
        .collect()
}

fn compared_years(country: Country, region: &str) -> BTreeSet<i32> {
    let further = FURTHER_YEARS
        .iter()
        .filter(|(c, r, _)| *c == country.code() && *r == region)
        .flat_map(|(_, _, years)| years.iter().copied());
    YEARS.chain(further).collect()
}

fn days_off(calendar: &HolidayCalendar, year: i32) -> BTreeMap<NaiveDate, &Holiday> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    calendar
        .between(day(1, 1), day(12, 31))
        .filter(|holiday| holiday.is_day_off())
        .map(|holiday| (holiday.date, holiday))
        .collect()
}

#[test]
fn days_off_are_those_of_the_package_but_for_listed_differences() {
    let reference = reference();
    let mut found: BTreeSet<Difference> = BTreeSet::new();
    let (mut compared, mut days) = (0, 0);
    for (country, region, calendar) in calendars() {
        let code = country.code().to_owned();
        let theirs = &reference[&(code.clone(), region.clone())];
        for year in compared_years(country, &region) {
            let ours = days_off(&calendar, year);
            let theirs: BTreeMap<_, _> = theirs.iter().filter(|(d, _)| d.year() == year).collect();
            assert!(!theirs.is_empty(), "{country}-{region} {year}");
            compared += 1;
            days += theirs.len();
            let mut differs = |date, side, name: &str| {
                found.insert((code.clone(), region.clone(), date, side, name.to_owned()));
            };
            for (&date, holiday) in &ours {
                if !theirs.contains_key(&date) {
                    differs(date, Side::OnlyHere, &holiday.name);
                }
            }
            for (&&date, name) in &theirs {
                if !ours.contains_key(&date) {
                    differs(date, Side::OnlyThere, name);
                }
            }
        }
    }
    let listed = listed_differences();
    let unlisted: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(
        unlisted.is_empty(),
        "{} not listed: {unlisted:#?}",
        unlisted.len()
    );
    assert!(gone.is_empty(), "listed but gone: {gone:#?}");
    println!(
        "{compared} calendar years, {days} days off, {} differ",
        found.len()
    );
    assert_eq!(compared, 204 * 7 + 9);
}

#[test]
fn names_are_those_of_the_package_or_listed() {
    let reference = reference();
    let mut used = BTreeSet::new();
    let mut wrong = BTreeSet::new();
    for (country, region, calendar) in calendars() {
        let theirs = &reference[&(country.code().to_owned(), region.clone())];
        for (&date, name) in theirs {
            let Some(holiday) = calendar.on(date) else {
                continue;
            };
            let names: Vec<String> = name
                .split("; ")
                .map(|n| n.replace(" (observed)", "").replace(" (estimated)", ""))
                .map(|n| n.trim_start_matches("Monday following ").to_owned())
                .collect();
            if names.iter().any(|n| *n == holiday.name) {
                continue;
            }
            let alias = OTHER_NAMES.iter().find(|(c, theirs, ours)| {
                (*c == "*" || *c == country.code())
                    && names.iter().any(|n| n == theirs)
                    && holiday.name == *ours
            });
            match alias {
                Some(alias) => {
                    used.insert(*alias);
                }
                None => {
                    wrong.insert((country.code(), name.clone(), holiday.name.to_string()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let all: BTreeSet<_> = OTHER_NAMES.iter().copied().collect();
    let unused: Vec<_> = all.difference(&used).collect();
    assert!(unused.is_empty(), "listed but not met: {unused:#?}");
}
