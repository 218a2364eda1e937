use chrono::{Datelike, NaiveDate};

use super::*;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn calendar(text: &str) -> HolidayCalendar {
    HolidayCalendar::parse(text).unwrap()
}

fn every_calendar() -> Vec<HolidayCalendar> {
    Country::ALL
        .into_iter()
        .flat_map(|country| {
            std::iter::once(None)
                .chain(country.regions().map(Some))
                .map(move |region| HolidayCalendar::new(country, region).unwrap())
        })
        .collect()
}

#[test]
fn sorted_unique_and_within_the_range() {
    for calendar in every_calendar() {
        let (from, to) = (date(2001, 3, 2), date(2033, 10, 30));
        let days: Vec<&Holiday> = calendar.between(from, to).collect();
        assert!(days.len() > 200);
        assert!(days.windows(2).all(|pair| pair[0].date < pair[1].date));
        assert!(days.iter().all(|h| from <= h.date && h.date <= to));
        assert!(days.iter().all(|h| calendar.on(h.date) == Some(*h)));
        let all = calendar.between(NaiveDate::MIN, NaiveDate::MAX);
        assert!(all.into_iter().all(|h| YEARS.contains(&h.date.year())));
    }
}

#[test]
fn a_reversed_or_outer_range_is_empty() {
    let france = calendar("FR");
    assert_eq!(
        france.between(date(2026, 12, 31), date(2026, 1, 1)).count(),
        0
    );
    assert_eq!(
        france.between(date(1980, 1, 1), date(1989, 12, 31)).count(),
        0
    );
    assert_eq!(france.between(NaiveDate::MAX, NaiveDate::MIN).count(), 0);
    let one = france.between(date(2026, 7, 14), date(2026, 7, 14));
    assert_eq!(
        one.map(|h| h.name.as_ref()).collect::<Vec<_>>(),
        ["National Day"]
    );
}

#[test]
fn national_days_hold_in_every_region() {
    for country in Country::ALL {
        let national = HolidayCalendar::new(country, None).unwrap();
        for region in country.regions() {
            let regional = HolidayCalendar::new(country, Some(region)).unwrap();
            for holiday in national.between(date(1990, 1, 1), date(2035, 12, 31)) {
                assert!(regional.on(holiday.date).is_some(), "{region} {holiday}");
            }
        }
    }
}

#[test]
fn rules_name_known_regions_only_and_every_region_has_a_rule() {
    for country in Country::ALL {
        let codes: Vec<&str> = country.regions().map(|r| r.code()).collect();
        let named: Vec<&str> = country
            .rules()
            .iter()
            .flat_map(|rule| rule.region_codes().iter().copied())
            .collect();
        assert!(named.iter().all(|code| codes.contains(code)), "{country}");
        for code in codes {
            let common = matches!(
                (country, code),
                (Country::UnitedKingdom, "ENG" | "WLS") | (Country::France, "PM")
            );
            assert!(common || named.contains(&code), "{country}-{code}");
        }
    }
}

#[test]
fn one_off_days() {
    let name = |text: &str, y, m, d| calendar(text).name(date(y, m, d)).map(str::to_owned);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        name("GB", 2022, 6, 3),
        some("Platinum Jubilee of Elizabeth II")
    );
    assert_eq!(
        name("GB", 2022, 9, 19),
        some("State Funeral of Elizabeth II")
    );
    assert_eq!(name("GB", 2023, 5, 8), some("Coronation of Charles III"));
    assert_eq!(name("DE-BE", 2025, 5, 8), some("Liberation Day"));
    assert_eq!(name("DE-BB", 2025, 5, 8), None);
    assert_eq!(name("PH", 2023, 10, 30), some("Election Day"));
    assert_eq!(name("PL", 2018, 11, 12), some("Independence Day Centenary"));
}

#[test]
fn moved_days_keep_their_name() {
    let andalusia = calendar("ES-AN");
    assert_eq!(
        andalusia.name(date(2024, 12, 9)),
        Some("Immaculate Conception")
    );
    assert!(andalusia.on(date(2024, 12, 9)).unwrap().observed);
    assert_eq!(andalusia.on(date(2024, 12, 8)), None);
    let federal = calendar("US");
    let friday = federal.on(date(2026, 7, 3)).unwrap();
    assert_eq!(friday.to_string(), "2026-07-03 Independence Day (observed)");
    assert!(!federal.on(date(2026, 7, 4)).unwrap().observed);
    assert_eq!(calendar("NL").name(date(2025, 4, 26)), Some("King's Day"));
    assert_eq!(
        calendar("CR").name(date(2024, 7, 29)),
        Some("Annexation of Nicoya")
    );
}

#[test]
fn undecided_years_are_provisional() {
    let status = |text: &str, y, m, d| calendar(text).on(date(y, m, d)).map(|h| h.status);
    assert_eq!(status("ES-MD", 2026, 12, 7), Some(Status::Gazetted));
    assert_eq!(status("ES-AN", 2027, 8, 16), Some(Status::Provisional));
    assert_eq!(status("ES-AN", 2027, 8, 14), None);
    assert_eq!(status("PH", 2026, 3, 20), Some(Status::Gazetted));
    assert_eq!(status("PH", 2028, 2, 26), Some(Status::Provisional));
    assert_eq!(status("DE", 2034, 10, 3), Some(Status::Gazetted));
}

#[test]
fn eves_and_observances_are_no_days_off() {
    let israel = calendar("IL");
    let eve = israel.on(date(2024, 4, 22)).unwrap();
    assert_eq!((eve.name.as_ref(), eve.class), ("Passover eve", Class::Eve));
    assert!(!israel.is_day_off(eve.date) && israel.is_day_off(date(2024, 4, 23)));
    let poland = calendar("PL");
    assert!(!poland.is_day_off(date(2024, 12, 24)) && poland.is_day_off(date(2025, 12, 24)));
    assert_eq!(
        poland.name(date(2024, 12, 24)),
        poland.name(date(2025, 12, 24))
    );
}

#[test]
fn israel_moves_remembrance_and_independence_together() {
    let israel = calendar("IL");
    // 5 Iyar on Monday, Saturday, Friday and Wednesday.
    for (year, month, day) in [(2024, 5, 14), (2025, 5, 1), (2022, 5, 5), (2026, 4, 22)] {
        let independence = date(year, month, day);
        assert_eq!(israel.name(independence), Some("Independence Day"));
        assert_eq!(
            israel.name(independence.pred_opt().unwrap()),
            Some("Memorial Day")
        );
    }
}

#[test]
fn users_add_remove_and_rename() {
    let (patron, bridge) = (date(2026, 5, 15), date(2026, 12, 7));
    let madrid = calendar("ES-MD");
    assert_eq!(madrid.on(patron), None);
    assert!(madrid.is_day_off(bridge));
    let own = madrid
        .with_day(patron, "Saint Isidore's Day")
        .without_day(bridge)
        .with_name("National Day", "Columbus Day")
        .without_name("Christmas Eve");
    assert!(own.is_day_off(patron));
    assert_eq!(own.on(bridge), None);
    assert_eq!(own.name(date(2026, 10, 12)), Some("Columbus Day"));
    assert_eq!(own.on(date(2027, 12, 24)), None);
    let renamed = own.with_day(patron, "Patron");
    assert_eq!(renamed.name(patron), Some("Patron"));
    let outside = renamed.with_day(date(2050, 1, 1), "Far away");
    assert!(outside.is_day_off(date(2050, 1, 1)));
}

#[test]
fn a_region_of_another_country_is_refused() {
    let bavaria = Region::parse(Country::Germany, "BY").unwrap();
    let error = HolidayCalendar::new(Country::France, Some(bavaria)).unwrap_err();
    assert_eq!(error.to_string(), "region DE-BY does not belong to FR");
    assert!(HolidayCalendar::parse("DE-Atlantis").is_err());
    assert_eq!(calendar("de-bavaria"), calendar("DE-BY"));
}

#[test]
fn the_strongest_name_is_kept_when_two_feasts_meet() {
    // Ascension Day met Labour Day in 2008.
    assert_eq!(calendar("FR").name(date(2008, 5, 1)), Some("Labour Day"));
}
