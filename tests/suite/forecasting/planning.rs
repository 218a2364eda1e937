//! The automatic model inside a plan: histories on the local calendar, forecasts on the grid.

use wfm::calendar::{Grid, NaiveDate, OpeningHours, TimeDelta, Timelike, Zone};
use wfm::forecasting::{Automatic, Cell, ForecastError, History, IntervalState};
use wfm::planning::{Demand, ForecastModel};

use crate::reference::read;
use crate::support::{date, interval, zone};

/// A history whose local hours have their volumes on every day, from `first` to `last`.
fn history(zone: Zone, first: NaiveDate, last: NaiveDate, volume: impl Fn(u32) -> f64) -> History {
    let mut history = History::new(zone, interval(30));
    for day in first.iter_days().take_while(|day| *day <= last) {
        let grid = Grid::of_days(zone, day, 1, interval(30)).unwrap();
        for instant in grid.instants() {
            let seen = Cell {
                volume: Some(volume(zone.local(instant).hour())),
                ..Cell::default()
            };
            history.record(instant, seen).unwrap();
        }
    }
    history
}

fn shape(hour: u32) -> f64 {
    10.0 + f64::from(hour)
}

#[test]
fn clock_changes_are_told_apart_from_missing_hours() {
    let madrid = zone("Europe/Madrid");
    let known = history(madrid, date(2026, 10, 1), date(2027, 4, 10), shape);
    let days = known
        .local_days(&OpeningHours::always(), date(2027, 4, 10))
        .unwrap();
    let row = |day| &days.rows()[days.position(day).unwrap()];
    let spring = row(date(2027, 3, 28));
    assert_eq!(spring[4..6], [IntervalState::Absent; 2]);
    assert_eq!(spring[6], IntervalState::Known(13.0));
    let autumn = row(date(2026, 10, 25));
    assert_eq!(autumn[4..6], [IntervalState::Imputed(12.0); 2]);
    assert_eq!(row(date(2026, 12, 1))[0], IntervalState::Known(10.0));
}

#[test]
fn the_local_profile_goes_through_every_clock_change() {
    for name in [
        "Europe/Madrid",
        "America/Costa_Rica",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
    ] {
        let zone = zone(name);
        let origin = date(2027, 3, 20);
        let known = history(zone, date(2026, 9, 14), origin, shape);
        let days = known.local_days(&OpeningHours::always(), origin).unwrap();
        let model = Automatic {
            horizon_days: 28,
            ..Automatic::default()
        };
        let forecast = model.fit(&days, &[]).unwrap().forecast(28).unwrap();
        let grid = Grid::of_days(zone, date(2027, 3, 21), 28, interval(30)).unwrap();
        let mean = forecast.on_grid(&grid, zone, |_| 1.0);
        for (instant, volume) in grid.instants().zip(mean.mean().values()) {
            let local = zone.local(instant);
            // Lord Howe puts its clocks back by half an hour: one interval of the day is learnt from
            // the half that it shows twice.
            let off = (volume / shape(local.hour()) - 1.0).abs();
            assert!(off < 0.01, "{name} {local}: {volume}");
        }
    }
}

#[test]
fn longer_and_shorter_intervals_have_the_same_total() {
    let origin = date(2027, 3, 20);
    let known = history(Zone::UTC, date(2026, 12, 1), origin, shape);
    let days = known.local_days(&OpeningHours::always(), origin).unwrap();
    let forecast = Automatic::default()
        .fit(&days, &[])
        .unwrap()
        .forecast(7)
        .unwrap();
    let totals = [15, 30, 60].map(|minutes| {
        let grid = Grid::of_days(Zone::UTC, date(2027, 3, 21), 7, interval(minutes)).unwrap();
        forecast.on_grid(&grid, Zone::UTC, |_| 1.0).mean().total()
    });
    let days: f64 = forecast.days.iter().map(|day| day.total.mean).sum();
    for total in totals {
        assert!((total / days - 1.0).abs() < 1e-9, "{totals:?}");
    }
}

#[test]
fn a_weekday_that_is_open_must_occur() {
    let monday = date(2027, 3, 15);
    let known = history(Zone::UTC, monday, monday + TimeDelta::days(4), shape);
    let error = known.local_days(&OpeningHours::always(), monday + TimeDelta::days(4));
    assert!(matches!(error, Err(ForecastError::MissingWeekday { .. })));
    let none = known.local_days(&OpeningHours::always(), date(2026, 1, 1));
    assert!(matches!(none, Err(ForecastError::NoHistory { .. })));
}

#[test]
fn a_scenario_may_choose_the_automatic_model() {
    let mut scenario = read("belgium").scenario;
    assert_eq!(scenario.forecast, ForecastModel::PlannersRule);
    let by_rule = Demand::forecast(&scenario).unwrap();
    scenario.forecast = ForecastModel::Automatic;
    let automatic = Demand::forecast(&scenario).unwrap();
    for (one, other) in by_rule.streams.iter().zip(&automatic.streams) {
        let (rule, ours) = (one.forecast.mean().total(), other.forecast.mean().total());
        // The history of this scenario repeats itself, so both must say the same.
        assert!((ours / rule - 1.0).abs() < 0.02, "{rule} {ours}");
        assert_eq!(one.agent_seconds, other.agent_seconds);
    }
}
