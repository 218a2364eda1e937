//! Forecasts: what must come out of histories and shapes that can be worked out by hand.

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::calendar::{
    Datelike, Grid, NaiveDate, OpeningHours, Span, TimeDelta, Timelike, WEEK, Weekday, Zone,
};
use wfm::forecasting::{Cell, Forecast, ForecastError, History, PlannersRule, WeekShape};

use super::support::{cases, close, date, interval, zone};

/// Days with a volume in each of their intervals, by day and local hour.
fn history(
    zone: Zone,
    minutes: u32,
    days: &[NaiveDate],
    volume: impl Fn(NaiveDate, u32) -> f64,
) -> History {
    let mut history = History::new(zone, interval(minutes));
    for &day in days {
        for instant in grid(zone, minutes, day, 1).instants() {
            let local = zone.local(instant);
            let seen = Cell {
                volume: Some(volume(day, local.hour())),
                ..Cell::default()
            };
            history.record(instant, seen).unwrap();
        }
    }
    history
}

fn grid(zone: Zone, minutes: u32, first: NaiveDate, days: u32) -> Grid {
    Grid::of_days(zone, first, days, interval(minutes)).unwrap()
}

fn days_before(day: NaiveDate, count: i64) -> Vec<NaiveDate> {
    (1..=count)
        .rev()
        .map(|k| day - TimeDelta::days(k))
        .collect()
}

/// Forecast of the planner's rule for some days after the last one of the history.
fn forecast(history: &History, minutes: u32, first: NaiveDate, days: u32) -> Forecast {
    let origin = first.pred_opt().unwrap();
    let fitted = PlannersRule::default().fit(history, &OpeningHours::always(), origin);
    fitted
        .unwrap()
        .forecast(&grid(history.zone(), minutes, first, days), |_| 1.0)
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn a_constant_series_forecasts_the_constant_over_every_clock_change(
        volume in 0.1..900.0, place in 0usize..8, length in 0usize..2,
    ) {
        // Five weeks around a change: it lies in the history or in the forecast.
        let (name, first) = [
            ("Europe/Berlin", date(2027, 3, 30)),
            ("Europe/Berlin", date(2027, 3, 24)),
            ("Europe/Berlin", date(2027, 11, 3)),
            ("Europe/Berlin", date(2027, 10, 28)),
            ("Africa/Cairo", date(2024, 11, 4)),
            ("Australia/Lord_Howe", date(2023, 4, 4)),
            ("Australia/Lord_Howe", date(2023, 3, 30)),
            ("Asia/Kolkata", date(2027, 3, 30)),
        ][place];
        let (zone, minutes) = (zone(name), [15, 30][length]);
        let history = history(zone, minutes, &days_before(first, 28), |_, _| volume);
        for &mean in forecast(&history, minutes, first, 7).mean().values() {
            prop_assert!(close(mean, volume, 1e-9), "{} {} instead of {}", name, mean, volume);
        }
    }

    #[test]
    fn twice_the_history_is_twice_the_forecast(volumes in vec(0.0..50.0, 28 * 24), factor in 0.0..4.0) {
        let first = date(2027, 6, 7);
        let days = days_before(first, 28);
        let place = |day, hour: u32| {
            let day = days.iter().position(|&d| d == day).unwrap();
            volumes[day * 24 + usize::try_from(hour).unwrap()]
        };
        let berlin = zone("Europe/Berlin");
        let once = history(berlin, 60, &days, place);
        let more = history(berlin, 60, &days, |d, h| factor * place(d, h));
        let (once, more) = (forecast(&once, 60, first, 7), forecast(&more, 60, first, 7));
        for (a, b) in once.mean().values().iter().zip(more.mean().values()) {
            prop_assert!(close(a * factor, *b, 1e-9));
        }
    }

    #[test]
    fn finer_and_coarser_grids_hold_the_same_volume(volumes in vec(0.0..50.0, 24), finest in 0usize..2) {
        let first = date(2027, 3, 23);
        let berlin = zone("Europe/Berlin");
        let hour = |h: u32| volumes[usize::try_from(h).unwrap()];
        let history = history(berlin, [15, 30][finest], &days_before(first, 28), |_, h| hour(h));
        // The week of the spring change, in which 02:00 on Sunday does not exist.
        let per_hour = [4.0, 2.0][finest];
        let expected = per_hour * (7.0 * volumes.iter().sum::<f64>() - hour(2));
        for minutes in [5, 15, 20, 30, 60] {
            let total = forecast(&history, minutes, first, 7).mean().total();
            prop_assert!(close(total, expected, 1e-9), "{} min: {} {}", minutes, total, expected);
        }
    }
}

#[test]
fn the_forecast_is_the_mean_of_the_last_four_same_weekdays() {
    let first = date(2027, 6, 14);
    let mondays = [9000.0, 10.0, 20.0, 30.0, 60.0, 7000.0];
    let volume = |day: NaiveDate, hour: u32| {
        let week = usize::try_from((day - date(2027, 5, 10)).num_days() / 7).unwrap();
        let busy = day.weekday() == Weekday::Mon && hour == 9;
        if busy { mondays[week] } else { 1.0 }
    };
    // Six Mondays, the last of which is after the origin.
    let days = days_before(date(2027, 6, 21), 42);
    let seen = history(zone("Europe/Berlin"), 60, &days, volume);
    let mean = forecast(&seen, 60, first, 1);
    assert!(close(mean.mean().values()[9], 30.0, 1e-12));
    assert!(close(mean.mean().total(), 53.0, 1e-12));
    // Passing over the dearest one lets the first one in.
    let rule = PlannersRule {
        excluded: vec![date(2027, 6, 7)],
        ..PlannersRule::default()
    };
    let origin = date(2027, 6, 13);
    let fitted = rule.fit(&seen, &OpeningHours::always(), origin).unwrap();
    let monday = grid(seen.zone(), 60, first, 1);
    let mean = fitted.forecast(&monday, |_| 1.0);
    assert!(close(
        mean.mean().values()[9],
        (9000.0 + 10.0 + 20.0 + 30.0) / 4.0,
        1e-12
    ));
    let half = fitted.forecast(&monday, |_| 0.5);
    assert!(close(half.mean().total() * 2.0, mean.mean().total(), 1e-12));
}

#[test]
fn the_spring_hour_has_no_interval_and_business_hours_keep_their_total() {
    let berlin = zone("Europe/Berlin");
    let sunday = date(2027, 3, 28);
    let office = |_, hour| if (8..20).contains(&hour) { 5.0 } else { 0.0 };
    let history = history(berlin, 60, &days_before(sunday, 28), office);
    let spring = forecast(&history, 60, sunday, 1);
    assert_eq!(spring.mean().values().len(), 23);
    assert!(close(spring.mean().total(), 60.0, 1e-12));
    let missing = |i| berlin.local(spring.grid().instant(i)).hour() == 2;
    assert!(!(0..23).any(missing));
}

#[test]
fn the_autumn_hour_is_two_intervals_that_add_up_in_the_history() {
    let berlin = zone("Europe/Berlin");
    let sunday = date(2027, 10, 31);
    let night = |_, hour| if hour == 2 { 7.0 } else { 1.0 };
    let seen = history(berlin, 60, &[sunday], night);
    assert_eq!(seen.day(sunday).unwrap()[2].volume, Some(14.0));
    assert_eq!(seen.day_volume(sunday), Some(37.0));
    let first = date(2027, 11, 7);
    let days: Vec<NaiveDate> = days_before(first, 28);
    let usual = forecast(&history(berlin, 60, &days, night), 60, first, 1);
    assert!(close(usual.mean().values()[2], 7.0, 1e-12));
    assert!(close(usual.mean().total(), 30.0, 1e-12));
}

#[test]
fn a_weekday_without_history_is_an_error_only_where_it_is_open() {
    let origin = date(2027, 6, 11);
    let workdays: Vec<NaiveDate> = days_before(date(2027, 6, 12), 26)
        .into_iter()
        .filter(|d| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun))
        .collect();
    let seen = history(zone("Europe/Berlin"), 60, &workdays, |_, _| 3.0);
    let rule = PlannersRule::default();
    let weekday = Weekday::Sat;
    let missing = Err(ForecastError::MissingWeekday { weekday, origin });
    assert_eq!(rule.fit(&seen, &OpeningHours::always(), origin), missing);
    let office = OpeningHours::closed().with(&WEEK[..5], Span::DAY).unwrap();
    let fitted = rule.fit(&seen, &office, origin).unwrap();
    let week = fitted.forecast(&grid(seen.zone(), 60, date(2027, 6, 14), 7), |_| 1.0);
    assert!(close(week.mean().total(), 5.0 * 72.0, 1e-12));
    let early = date(2020, 1, 1);
    let none = Err(ForecastError::NoHistory { origin: early });
    assert_eq!(rule.fit(&seen, &office, early), none);
}

#[test]
fn handling_time_is_total_seconds_over_total_contacts() {
    let mut history = History::new(Zone::UTC, interval(60));
    for (hour, handled, seconds) in [(9, 1.0, 600.0), (10, 9.0, 900.0)] {
        let seen = Cell {
            volume: Some(handled),
            handled: Some(handled),
            handle_seconds: Some(seconds),
            instants: 1,
        };
        let at = super::support::utc(date(2027, 3, 1), hour, 0);
        history.record(at, seen).unwrap();
    }
    let day = date(2027, 3, 1);
    assert_eq!(history.aht_seconds(day, day), Some(150.0));
    assert_eq!(
        history.aht_seconds(date(2027, 3, 2), date(2027, 3, 9)),
        None
    );
}

#[test]
fn numbers_that_cannot_be_counts_are_errors_and_leave_the_history_as_it_was() {
    let at = super::support::utc(date(2027, 3, 1), 9, 0);
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0] {
        for field in 0..3 {
            let value = |f| (f == field).then_some(bad);
            let seen = Cell {
                volume: value(0),
                handled: value(1),
                handle_seconds: value(2),
                instants: 1,
            };
            let mut history = History::new(Zone::UTC, interval(60));
            let refused = history.record(at, seen);
            assert!(
                matches!(refused, Err(ForecastError::BadNumber { .. })),
                "{bad}"
            );
            assert_eq!(history.span(), None);
        }
        let fine = shape(100.0, &OpeningHours::always());
        let mut weekday = fine.clone();
        weekday.weekday_weights[3] = bad;
        let mut hour = fine.clone();
        hour.hour_weights[3] = bad;
        let day = grid(Zone::UTC, 60, date(2027, 3, 1), 1);
        for shape in [shape(bad, &fine.opening), weekday, hour] {
            let refused = shape.forecast(&day, Zone::UTC, |_| 1.0);
            assert!(
                matches!(refused, Err(ForecastError::BadNumber { .. })),
                "{bad}"
            );
        }
    }
}

fn shape(week_volume: f64, opening: &OpeningHours) -> WeekShape {
    WeekShape {
        week_volume,
        weekday_weights: [5.0, 4.0, 4.0, 4.0, 3.0, 2.0, 1.0],
        hour_weights: std::array::from_fn(|h| f64::from(u32::try_from(h % 7).unwrap()) + 0.5),
        opening: opening.clone(),
    }
}

#[test]
fn a_shape_keeps_the_volume_of_an_ordinary_week_wherever_the_opening_hours_begin() {
    for (name, from, to) in [
        ("Europe/Berlin", 0, 1440),
        ("Europe/Berlin", 8 * 60, 20 * 60),
        ("Europe/Berlin", 8 * 60 + 30, 17 * 60 + 45),
        ("Asia/Kolkata", 9 * 60, 18 * 60),
    ] {
        let span = Span::from_minutes(from, to).unwrap();
        let open = OpeningHours::closed().with(&WEEK[..6], span).unwrap();
        for minutes in [5, 15, 30, 60] {
            let week = grid(zone(name), minutes, date(2027, 6, 7), 7);
            let spread = shape(1234.5, &open)
                .forecast(&week, zone(name), |_| 1.0)
                .unwrap();
            let total = spread.mean().total();
            assert!(
                close(total, 1234.5, 1e-9),
                "{name} {span} {minutes} min: {total}"
            );
        }
    }
}

#[test]
fn a_shape_drops_the_hour_that_is_missing_and_repeats_the_one_that_comes_twice() {
    let berlin = zone("Europe/Berlin");
    let shape = shape(1000.0, &OpeningHours::always());
    let total = |first| {
        let week = grid(berlin, 15, first, 7);
        shape
            .forecast(&week, berlin, |_| 1.0)
            .unwrap()
            .mean()
            .total()
    };
    let weights: f64 = shape.hour_weights.iter().sum();
    let hour = 1000.0 * (1.0 / 23.0) * shape.hour_weights[2] / weights;
    assert!(close(total(date(2027, 3, 22)), 1000.0 - hour, 1e-9));
    assert!(close(total(date(2027, 10, 25)), 1000.0 + hour, 1e-9));
}

#[test]
fn a_volume_without_a_place_is_an_error() {
    let day = grid(Zone::UTC, 60, date(2027, 3, 1), 1);
    let nowhere = shape(1.0, &OpeningHours::closed()).forecast(&day, Zone::UTC, |_| 1.0);
    assert_eq!(nowhere, Err(ForecastError::NoWeight));
    let nothing = shape(0.0, &OpeningHours::closed()).forecast(&day, Zone::UTC, |_| 1.0);
    assert_eq!(nothing.unwrap().mean().total(), 0.0);
}
