//! Clocks of the world: zones with odd offsets and changes, grids, opening hours.

use chrono::Days;
use proptest::prelude::*;
use wfm::calendar::{
    CalendarError, Grid, IntervalLength, NaiveDate, OpeningHours, RepeatedHour, Series, Span,
    TimeDelta, WEEK, Weekday, Zone,
};

use super::support::{cases, date, interval, time, utc, zone};

const ZONES: [&str; 9] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "America/Asuncion",
    "Australia/Lord_Howe",
    "Pacific/Apia",
];

fn hours(zone: Zone, day: NaiveDate) -> f64 {
    f64::from(i32::try_from(zone.day_length(day).num_minutes()).unwrap()) / 60.0
}

fn quarters(zone: Zone, day: NaiveDate) -> usize {
    Grid::of_days(zone, day, 1, interval(15)).unwrap().len()
}

#[test]
fn days_have_the_quarter_hours_that_their_clocks_leave() {
    for (name, day, expected) in [
        ("Europe/Berlin", date(2027, 3, 27), 96),
        ("Europe/Berlin", date(2027, 3, 28), 92),
        ("Europe/Berlin", date(2027, 10, 31), 100),
        ("America/New_York", date(2027, 3, 14), 92),
        ("America/New_York", date(2027, 11, 7), 100),
        ("Asia/Kolkata", date(2027, 3, 28), 96),
        ("Africa/Cairo", date(2024, 4, 26), 92),
        ("Africa/Cairo", date(2024, 10, 31), 100),
        ("America/Asuncion", date(2023, 10, 1), 92),
        ("America/Asuncion", date(2023, 3, 25), 100),
        ("Australia/Lord_Howe", date(2023, 10, 1), 94),
        ("Australia/Lord_Howe", date(2023, 4, 2), 98),
        // Samoa crossed the date line and had no 30 December 2011.
        ("Pacific/Apia", date(2011, 12, 29), 96),
    ] {
        assert_eq!(quarters(zone(name), day), expected, "{name} {day}");
    }
    let skipped = zone("Pacific/Apia").day_length(date(2011, 12, 30));
    assert_eq!(skipped, TimeDelta::zero());
    let no_day = Grid::of_days(zone("Pacific/Apia"), date(2011, 12, 30), 1, interval(15));
    assert!(matches!(no_day, Err(CalendarError::HorizonLength { .. })));
}

#[test]
fn a_year_of_days_is_a_year_of_hours_wherever_clocks_change() {
    for name in ZONES {
        let zone = zone(name);
        let days = date(2023, 1, 1).iter_days().take(365);
        let total: f64 = days.map(|d| hours(zone, d)).sum();
        assert_eq!(total, 8760.0, "{name}");
    }
    // Without changes every day has 24 hours.
    for name in ["UTC", "Asia/Kolkata", "Asia/Kathmandu"] {
        let mut days = date(2023, 1, 1).iter_days().take(365);
        assert!(days.all(|d| hours(zone(name), d) == 24.0), "{name}");
    }
}

#[test]
fn a_day_whose_midnight_is_skipped_begins_when_the_clocks_have_jumped() {
    for (name, day) in [
        ("Africa/Cairo", date(2024, 4, 26)),
        ("America/Asuncion", date(2023, 10, 1)),
    ] {
        let zone = zone(name);
        let start = zone.day_start(day);
        assert_eq!(zone.local(start), day.and_time(time(1, 0)), "{name}");
        let before = zone.local(start - TimeDelta::seconds(1));
        assert_eq!(before.date(), day.pred_opt().unwrap(), "{name}");
        let midnight = day.and_time(time(0, 0));
        let missing = zone.instant(midnight, RepeatedHour::First);
        assert!(matches!(missing, Err(CalendarError::MissingHour { .. })));
        assert_eq!(zone.instant_reached(midnight), start);
    }
}

#[test]
fn a_day_whose_midnight_comes_twice_begins_once() {
    // Clocks go from midnight back to 23:00, so the end of the day before comes twice.
    for (name, day) in [
        ("Africa/Cairo", date(2024, 11, 1)),
        ("America/Asuncion", date(2023, 3, 26)),
    ] {
        let zone = zone(name);
        let late = day.pred_opt().unwrap().and_time(time(23, 30));
        let first = zone.instant(late, RepeatedHour::First).unwrap();
        let second = zone.instant(late, RepeatedHour::Second).unwrap();
        assert_eq!(second - first, TimeDelta::hours(1), "{name}");
        assert_eq!(
            zone.day_start(day),
            second + TimeDelta::minutes(30),
            "{name}"
        );
    }
}

#[test]
fn half_an_hour_comes_twice_and_is_skipped_on_lord_howe() {
    let zone = zone("Australia/Lord_Howe");
    let twice = date(2023, 4, 2).and_time(time(1, 45));
    let refused = zone.instant(twice, RepeatedHour::Refuse);
    assert!(matches!(refused, Err(CalendarError::RepeatedHour { .. })));
    let first = zone.instant(twice, RepeatedHour::First).unwrap();
    let second = zone.instant(twice, RepeatedHour::Second).unwrap();
    assert_eq!(second - first, TimeDelta::minutes(30));
    let skipped = date(2023, 10, 1).and_time(time(2, 15));
    assert!(zone.instant(skipped, RepeatedHour::First).is_err());
    let reached = zone.local(zone.instant_reached(skipped));
    assert_eq!(reached, date(2023, 10, 1).and_time(time(2, 30)));
}

#[test]
fn a_local_day_of_india_begins_half_past_six_in_the_evening_before() {
    let grid = Grid::of_days(zone("Asia/Kolkata"), date(2027, 3, 1), 2, interval(30)).unwrap();
    assert_eq!(grid.start(), utc(date(2027, 2, 28), 18, 30));
    assert_eq!(grid.len(), 96);
    let days = grid.local_days(zone("Asia/Kolkata"));
    assert_eq!(days, [date(2027, 3, 1), date(2027, 3, 2)]);
    assert_eq!(grid.local_days(Zone::UTC).len(), 3);
    assert_eq!(zone("Asia/Kolkata").offset_minutes(grid.start()), 330);
    assert_eq!(zone("Asia/Kathmandu").offset_minutes(grid.start()), 345);
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn local_times_lead_back_to_their_instants(z in 0usize..ZONES.len(), minute in 0i64..2_600_000) {
        let zone = zone(ZONES[z]);
        let instant = utc(date(2023, 1, 1), 0, 0) + TimeDelta::minutes(minute);
        let local = zone.local(instant);
        let first = zone.instant(local, RepeatedHour::First).unwrap();
        let second = zone.instant(local, RepeatedHour::Second).unwrap();
        prop_assert!(instant == first || instant == second);
        prop_assert_eq!(first == second, zone.instant(local, RepeatedHour::Refuse).is_ok());
        prop_assert!(first <= second);
        let ahead = TimeDelta::minutes(i64::from(zone.offset_minutes(instant)));
        prop_assert_eq!(instant.naive_utc() + ahead, local);
        let start = zone.day_start(local.date());
        prop_assert!(start <= instant && instant < start + zone.day_length(local.date()));
    }

    #[test]
    fn positions_and_indices_agree_with_the_instants_of_a_grid(
        z in 0usize..ZONES.len(), day in 0u64..700, days in 1u32..9, length in 0usize..4,
    ) {
        let (zone, minutes) = (zone(ZONES[z]), [5, 10, 15, 30][length]);
        let first = date(2023, 1, 1) + Days::new(day);
        let grid = Grid::of_days(zone, first, days, interval(minutes)).unwrap();
        prop_assert_eq!(grid.start(), zone.day_start(first));
        prop_assert_eq!(grid.end(), zone.day_start(first + Days::new(u64::from(days))));
        prop_assert_eq!(grid.local_days(zone).len(), usize::try_from(days).unwrap());
        let step = grid.interval_length().delta();
        for (index, instant) in grid.instants().enumerate() {
            let position = i64::try_from(index).unwrap();
            prop_assert_eq!(grid.position(instant), Some(position));
            prop_assert_eq!(grid.position(instant + TimeDelta::minutes(1)), None);
            prop_assert_eq!(grid.index_of(instant), Some(index));
            prop_assert_eq!(grid.index_of(instant + step - TimeDelta::seconds(1)), Some(index));
        }
        prop_assert_eq!(grid.position(grid.start() - step), Some(-1));
        prop_assert_eq!(grid.index_of(grid.start() - TimeDelta::seconds(1)), None);
        prop_assert_eq!(grid.index_of(grid.end()), None);
    }

    #[test]
    fn spans_hold_the_minutes_from_their_first_to_before_their_last(
        from in 0u32..1500, to in 0u32..1500, minute in 0u32..1440,
    ) {
        let span = Span::from_minutes(from, to);
        prop_assert_eq!(span.is_ok(), from < to && to <= 1440);
        if let Ok(span) = span {
            prop_assert_eq!(span.contains(minute), (from..to).contains(&minute));
            prop_assert_eq!((span.from_minute(), span.to_minute()), (from, to));
        }
    }

    #[test]
    fn two_spans_of_a_day_are_refused_exactly_when_they_share_a_minute(
        a in 0u32..1400, b in 0u32..1400, lengths in (1u32..41, 1u32..400),
    ) {
        let first = Span::from_minutes(a, a + lengths.0).unwrap();
        let Ok(second) = Span::from_minutes(b, b + lengths.1) else { return Ok(()) };
        let overlap = (a..a + lengths.0).any(|m| second.contains(m));
        let hours = OpeningHours::closed().with(&[Weekday::Tue], first).unwrap();
        prop_assert!(hours.clone().with(&[Weekday::Mon], second).is_ok());
        let both = hours.with(&[Weekday::Mon, Weekday::Tue], second);
        prop_assert_eq!(both.is_err(), overlap);
        if let Ok(hours) = both {
            let spans = hours.spans(Weekday::Tue);
            prop_assert!(spans.len() == 2 && spans[0].to_minute() <= spans[1].from_minute());
        }
    }
}

#[test]
fn opening_hours_are_open_from_their_first_minute_to_before_their_last() {
    let lunch = OpeningHours::closed()
        .with(&WEEK[..5], Span::from_minutes(13 * 60, 18 * 60).unwrap())
        .and_then(|h| h.with(&WEEK[..5], Span::from_minutes(8 * 60, 12 * 60).unwrap()))
        .unwrap();
    let monday = date(2027, 3, 1);
    for (hour, minute, open) in [
        (7, 59, false),
        (8, 0, true),
        (11, 59, true),
        (12, 0, false),
        (13, 0, true),
        (18, 0, false),
    ] {
        assert_eq!(lunch.is_open(monday.and_time(time(hour, minute))), open);
    }
    assert!(!lunch.is_open(date(2027, 3, 6).and_time(time(9, 0))));
    assert!(!lunch.is_closed() && OpeningHours::closed().is_closed());
    assert!(OpeningHours::always().is_open(monday.and_time(time(23, 59))));
}

#[test]
fn interval_lengths_divide_the_hour_and_horizons_have_limits() {
    for minutes in 0..=61 {
        let divides = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60].contains(&minutes);
        assert_eq!(IntervalLength::from_minutes(minutes).is_ok(), divides);
    }
    let start = utc(date(2027, 3, 1), 0, 0);
    for (count, fine) in [
        (0, false),
        (1, true),
        (Grid::LIMIT, true),
        (Grid::LIMIT + 1, false),
    ] {
        assert_eq!(Grid::new(start, interval(15), count).is_ok(), fine);
    }
    for days in [0, u32::MAX] {
        assert!(Grid::of_days(Zone::UTC, date(2027, 3, 1), days, interval(15)).is_err());
    }
    let grid = Grid::new(start, interval(15), 4).unwrap();
    assert!(Series::new(grid, vec![0; 3]).is_err() && Series::new(grid, vec![0; 4]).is_ok());
}

#[test]
fn an_unknown_zone_is_told_with_the_nearest_known_one() {
    let told = "Europe/Brussel".parse::<Zone>().unwrap_err().to_string();
    assert!(told.contains("Europe/Brussels"), "{told}");
    assert!("Mars/Olympus".parse::<Zone>().is_err());
}
