//! Tests of rates by weekday and interval.

use super::*;
use crate::forecasting::rates::rate_history::Exposed;
use crate::forecasting::respread::tests::uniform;

fn first() -> NaiveDate {
    // A Monday.
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap()
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "cells of a history may be unknown"
)]
fn cell(amount: f64, exposure: f64) -> Option<Exposed> {
    Some(Exposed { amount, exposure })
}

fn learn(rows: Vec<Vec<Option<Exposed>>>, kind: RateKind) -> Result<RateForecast, InputError> {
    let intervals = rows[0].len();
    RateForecast::learn(&RateHistory::new(first(), intervals, rows)?, kind, 28.0)
}

/// Gamma-like seconds for a number of contacts, exponential each.
fn seconds(contacts: usize, mean: f64, next: &mut impl FnMut() -> f64) -> f64 {
    (0..contacts).map(|_| -next().ln() * mean).sum()
}

#[test]
fn the_overall_rate_is_a_ratio_of_sums() {
    let row = vec![cell(100.0, 1.0), cell(9_000.0, 45.0)];
    let rates = learn(vec![row; 28], RateKind::Duration).unwrap();
    assert!((rates.overall.value - 9_100.0 / 46.0).abs() < 1e-9);
}

#[test]
fn a_constant_handling_time_is_forecast_as_such() {
    let rows = (0..35)
        .map(|day| {
            (0..6)
                .map(|interval| {
                    let contacts = f64::from((day * 7 + interval * 3) % 11);
                    if contacts > 8.0 {
                        None
                    } else {
                        cell(240.0 * contacts, contacts)
                    }
                })
                .collect()
        })
        .collect();
    let rates = learn(rows, RateKind::Duration).unwrap();
    for interval in 0..6 {
        let rate = rates.on(first(), interval).unwrap();
        assert!((rate.value - 240.0).abs() < 1e-6, "{rate:?}");
        assert!(rate.standard_error.unwrap() < 1e-4);
    }
    assert_eq!(rates.on(first(), 6), None);
}

/// A interval at 300 s among intervals at 200 s is found; a rare one is held back. Exponential times,
/// 20 contacts an interval, 140 days: standard error about 5 s, the bounds four of them.
#[test]
fn real_intervals_are_found_and_thin_cells_are_shrunk() {
    let mut next = uniform(5);
    let rows: Vec<Vec<Option<Exposed>>> = (0..140)
        .map(|day| {
            (0..8)
                .map(|interval| {
                    // Interval seven is open on the first Sunday only, with one endless contact.
                    if interval == 7 {
                        return if day == 6 { cell(3_000.0, 1.0) } else { None };
                    }
                    let mean = if interval == 3 { 300.0 } else { 200.0 };
                    cell(seconds(20, mean, &mut next), 20.0)
                })
                .collect()
        })
        .collect();
    let rates = learn(rows, RateKind::Duration).unwrap();
    let busy = rates.on(first(), 3).unwrap();
    assert!((busy.value - 300.0).abs() < 25.0, "{busy:?}");
    let error = busy.standard_error.unwrap();
    assert!(error > 1.0 && error < 20.0, "{error}");
    let sunday = first() + chrono::Days::new(6);
    let thin = rates.on(sunday, 7).unwrap();
    assert!(thin.value < 450.0, "{thin:?}");
    let unseen = rates.on(first(), 7).unwrap();
    assert!(unseen.value.is_finite() && unseen.value < 450.0);
}

/// Exponential patience of 90 s cut off by waits of at most 60 s: total wait over abandonments
/// recovers it. About 12,000 abandonments, so 1 % standard error and four of them allowed.
#[test]
fn censored_patience_is_recovered() {
    let mut next = uniform(9);
    let rows = (0..60)
        .map(|_| {
            (0..10)
                .map(|_| {
                    let (mut wait, mut abandoned) = (0.0, 0.0);
                    for _ in 0..70 {
                        let patience = -90.0 * next().ln();
                        let offered = 60.0 * next();
                        wait += patience.min(offered);
                        abandoned += f64::from(u8::from(patience < offered));
                    }
                    cell(abandoned, wait)
                })
                .collect()
        })
        .collect();
    let rates = learn(rows, RateKind::Hazard).unwrap();
    let patience = rates.on(first(), 2).unwrap().reciprocal().unwrap();
    assert!((patience.value - 90.0).abs() < 5.0, "{patience:?}");
    assert!(patience.standard_error.unwrap() < 5.0);
}

#[test]
fn a_bucket_without_abandonment_borrows() {
    let mut rows = vec![vec![cell(5.0, 400.0), cell(4.0, 500.0)]; 21];
    for row in &mut rows {
        row.push(cell(0.0, 3.0));
    }
    let rates = learn(rows, RateKind::Hazard).unwrap();
    let patience = rates.on(first(), 2).unwrap().reciprocal().unwrap();
    assert!(
        patience.value > 60.0 && patience.value < 200.0,
        "{patience:?}"
    );
}

#[test]
fn no_events_and_bad_numbers_have_stated_outcomes() {
    let calm = vec![vec![cell(0.0, 50.0)]; 14];
    assert!(matches!(
        learn(calm.clone(), RateKind::Hazard),
        Err(InputError::NoEvents(_))
    ));
    let share = learn(calm, RateKind::Share).unwrap();
    assert_eq!(share.overall.value, 0.0);
    assert_eq!(share.overall.reciprocal(), None);
    for bad in [f64::NAN, -1.0, f64::INFINITY] {
        assert!(learn(vec![vec![cell(bad, 1.0)]], RateKind::Duration).is_err());
        assert!(learn(vec![vec![cell(1.0, bad)]], RateKind::Duration).is_err());
    }
    assert!(learn(vec![vec![None]], RateKind::Duration).is_err());
    assert!(learn(vec![vec![cell(0.0, 0.0)]], RateKind::Share).is_err());
    let history = RateHistory::new(first(), 1, vec![vec![cell(1.0, 1.0)]]).unwrap();
    for bad in [f64::NAN, 0.0, -3.0] {
        assert!(RateForecast::learn(&history, RateKind::Duration, bad).is_err());
    }
    let single = RateForecast::learn(&history, RateKind::Duration, 28.0).unwrap();
    assert_eq!(single.overall.standard_error, None);
}

#[test]
fn more_abandoned_than_offered_stays_a_share() {
    let rows = vec![vec![cell(3.0, 1.0), cell(1.0, 1.0)]; 14];
    let rates = learn(rows, RateKind::Share).unwrap();
    assert!(rates.on(first(), 0).unwrap().value <= 1.0);
}

#[test]
fn recent_days_weigh_more_and_doubles_double() {
    let mut rows = vec![vec![cell(2_000.0, 10.0); 3]; 140];
    for row in rows.iter_mut().skip(112) {
        *row = vec![
            cell(3_000.0, 10.0),
            cell(3_100.0, 10.0),
            cell(2_900.0, 10.0),
        ];
    }
    let once = learn(rows.clone(), RateKind::Duration).unwrap();
    assert!(once.overall.value > 248.0 && once.overall.value < 256.0);
    for cell in rows.iter_mut().flatten().flatten() {
        cell.amount *= 2.0;
    }
    let twice = learn(rows, RateKind::Duration).unwrap();
    for interval in 0..3 {
        let (a, b) = (
            once.on(first(), interval).unwrap(),
            twice.on(first(), interval).unwrap(),
        );
        assert!((2.0 * a.value - b.value).abs() < 1e-9);
        assert!((2.0 * a.standard_error.unwrap() - b.standard_error.unwrap()).abs() < 1e-9);
    }
}
