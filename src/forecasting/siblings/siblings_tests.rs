//! Tests of forecasts that borrow.

use chrono::NaiveDate;

use super::*;
use crate::forecasting::automatic::days::IntervalState;
use crate::forecasting::respread::tests::{plain, uniform};

/// Normal approximation of counts, rounded.
fn count(mean: f64, next: &mut impl FnMut() -> f64) -> f64 {
    (mean + mean.sqrt() * normal_quantile(next()))
        .round()
        .max(0.0)
}

/// Days before the forecast of `plain` with the given interval means.
fn history(means: &[f64], days: u64, scale: f64, start: u64) -> Days {
    let mut next = uniform(start);
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() - chrono::Days::new(days);
    let rows = (0..days)
        .map(|_| {
            means
                .iter()
                .map(|mean| IntervalState::Known(scale * count(*mean, &mut next)))
                .collect()
        })
        .collect();
    Days::new(first, means.len(), rows).unwrap()
}

const BIG: [f64; 4] = [100.0, 200.0, 150.0, 50.0];
const OTHER: [f64; 4] = [80.0, 160.0, 170.0, 40.0];

fn borrow(own: Option<&Days>, share: Option<f64>) -> Result<BorrowedForecast, InputError> {
    let (one, two) = (history(&BIG, 140, 1.0, 1), history(&OTHER, 140, 1.0, 2));
    let (first, second) = (plain(&BIG, 14, 0.01, true), plain(&OTHER, 14, 0.01, true));
    let siblings = [
        Sibling {
            history: &one,
            forecast: &first,
        },
        Sibling {
            history: &two,
            forecast: &second,
        },
    ];
    let settings = SiblingSettings {
        expected_share: share,
        ..SiblingSettings::default()
    };
    forecast_from_siblings(own, &siblings, &settings)
}

#[test]
fn a_new_queue_is_all_borrowed() {
    let made = borrow(None, Some(0.1)).unwrap();
    assert_eq!(made.borrowed.level, 1.0);
    assert_eq!(made.borrowed.profiles, [1.0; 7]);
    let day = &made.forecast.days[3];
    assert!((day.total.mean - 95.0).abs() < 1e-9);
    assert!((day.intervals[1].mean - 36.0).abs() < 1e-9);
    assert!((day.level_variance - 0.1).abs() < 1e-9);
    assert!(matches!(borrow(None, None), Err(InputError::Empty(_))));
}

#[test]
fn more_history_borrows_less() {
    // Level three times what the planner expects, another profile.
    let means = [40.0, 10.0, 10.0, 240.0];
    let mut last = borrow(None, Some(0.1)).unwrap();
    for days in [2, 7, 28, 112] {
        let made = borrow(Some(&history(&means, days, 1.0, 3)), Some(0.1)).unwrap();
        // The recent window stops growing at 28 days.
        assert!(made.borrowed.level <= last.borrowed.level + 0.01);
        assert!(made.borrowed.profiles[0] <= last.borrowed.profiles[0]);
        assert!(made.borrowed.error <= last.borrowed.error);
        assert!(made.share > last.share - 0.01);
        last = made;
    }
    let day = &last.forecast.days[3];
    assert!((day.total.mean - 300.0).abs() < 15.0, "{}", day.total.mean);
    assert!((day.intervals[3].mean - 240.0).abs() < 15.0);
    assert!(last.borrowed.level < 0.05 && last.borrowed.profiles[0] < 0.2);
}

/// With eight contacts a day and two weeks of history the borrowed profile is nearer to the
/// truth than the own one, in each of 20 runs; chance would do so once in a million.
#[test]
fn small_queues_gain_from_borrowing() {
    let means = [1.6, 3.2, 2.7, 0.8];
    let total = 8.3;
    let mut better = 0;
    for run in 0..20 {
        let own = history(&means, 14, 1.0, 100 + run);
        let made = borrow(Some(&own), None).unwrap();
        let sums = WeekSums::of(&own);
        let distance = |shares: &[f64]| -> f64 {
            let pairs = shares.iter().zip(&means);
            pairs
                .map(|(share, mean)| (share - mean / total).powi(2))
                .sum()
        };
        let (mut mine, mut ours) = (0.0, 0.0);
        for day in &made.forecast.days[..7] {
            let volumes = &sums.volumes[weekday_index(day.date.weekday())];
            let sum: f64 = volumes.iter().sum();
            mine += distance(&volumes.iter().map(|v| v / sum).collect::<Vec<f64>>());
            let intervals: Vec<f64> = day
                .intervals
                .iter()
                .map(|interval| interval.mean / day.total.mean)
                .collect();
            ours += distance(&intervals);
        }
        better += i32::from(ours < mine);
    }
    assert_eq!(better, 20);
}

#[test]
fn own_opening_hours_hold() {
    let first = NaiveDate::from_ymd_opt(2023, 12, 18).unwrap();
    let open = vec![
        IntervalState::Closed,
        IntervalState::Known(20.0),
        IntervalState::Known(15.0),
        IntervalState::Known(5.0),
    ];
    let rows: Vec<Vec<IntervalState>> = (0..14)
        .map(|day| {
            if day % 7 == 6 {
                vec![IntervalState::Closed; 4]
            } else {
                open.clone()
            }
        })
        .collect();
    let made = borrow(Some(&Days::new(first, 4, rows).unwrap()), None).unwrap();
    assert_eq!(made.forecast.days[0].intervals[0].mean, 0.0);
    assert!(made.forecast.days[0].intervals[1].mean > 0.0);
    assert_eq!(made.forecast.days[6].total.mean, 0.0);
}

#[test]
fn doubled_volumes_double() {
    let run = |scale: f64| {
        let scaled = |means: &[f64; 4]| means.map(|mean| mean * scale);
        let (one, two) = (history(&BIG, 140, scale, 1), history(&OTHER, 140, scale, 2));
        let mut first = plain(&scaled(&BIG), 14, 0.01, false);
        let mut second = plain(&scaled(&OTHER), 14, 0.01, false);
        (first.noise.dispersion, second.noise.dispersion) = (scale, scale);
        let siblings = [(&one, &first), (&two, &second)]
            .map(|(history, forecast)| Sibling { history, forecast });
        let own = history(&[4.0, 8.0, 9.0, 1.0], 20, scale, 5);
        forecast_from_siblings(Some(&own), &siblings, &SiblingSettings::default()).unwrap()
    };
    let (once, twice) = (run(1.0), run(2.0));
    for (a, b) in once.forecast.days.iter().zip(&twice.forecast.days) {
        assert!((2.0 * a.total.mean - b.total.mean).abs() < 1e-9 * b.total.mean);
        for (p, q) in a.intervals.iter().zip(&b.intervals) {
            for (low, high) in p.quantiles.iter().zip(&q.quantiles) {
                assert!((2.0 * low - high).abs() < 1e-9 * (1.0 + high));
            }
        }
    }
}

#[test]
fn extremes_stay_finite_and_misfits_are_refused() {
    for volume in [0.0, 1e9] {
        let first = NaiveDate::from_ymd_opt(2023, 12, 25).unwrap();
        let own = Days::new(first, 4, vec![vec![IntervalState::Known(volume); 4]; 7]).unwrap();
        let made = borrow(Some(&own), None).unwrap();
        for day in &made.forecast.days {
            assert!(day.total.mean.is_finite() && day.level_variance.is_finite());
            assert!(
                day.total
                    .quantiles
                    .iter()
                    .all(|q| q.is_finite() && *q >= 0.0)
            );
        }
    }
    let wrong = history(&[1.0; 3], 7, 1.0, 1);
    assert!(borrow(Some(&wrong), None).is_err());
    assert!(borrow(None, Some(f64::NAN)).is_err());
    let none = forecast_from_siblings(None, &[], &SiblingSettings::default());
    assert!(none.is_err());
}
