//! Tests of the drift within a day.

use chrono::NaiveDate;

use super::*;
use crate::forecasting::automatic::numbers::normal_quantile;
use crate::forecasting::respread::tests::uniform;

/// Days of 48 intervals with a slow autoregressive error and independent noise.
fn days(slow: f64, reach: f64, scale: f64, start: u64) -> Days {
    let mut next = uniform(start);
    let mut normal = move || normal_quantile(next());
    let step = (-1.0 / 48.0 / reach).exp();
    let rows = (0..160)
        .map(|_| {
            let level = 1.0 + 0.1 * normal();
            let mut drift = normal();
            (0..48)
                .map(|_| {
                    drift = step * drift + (1.0 - step * step).sqrt() * normal();
                    let mean = 100.0 * level * (1.0 + slow.sqrt() * drift);
                    IntervalState::Known(scale * (mean + 10.0 * normal()).max(0.0))
                })
                .collect()
        })
        .collect();
    Days::new(NaiveDate::default(), 48, rows).unwrap()
}

/// The slow error is measured over the reach it has; of ten histories all lie within a factor of
/// two. Without drift at most a tenth of that is found in each.
#[test]
fn drift_is_found_where_there_is_one() {
    for run in 0..10 {
        let found = WithinDay::learn(&days(0.01, 0.2, 1.0, run));
        let middle = found.slow * (found.correlation(0.0, 0.15) - found.correlation(0.0, 0.6));
        let truth = 0.01 * ((-0.75_f64).exp() - (-3.0_f64).exp());
        assert!(middle > 0.5 * truth && middle < 2.0 * truth, "{found:?}");
        let none = WithinDay::learn(&days(0.0, 0.2, 1.0, 50 + run));
        assert!(none.slow * none.correlation(0.0, 0.15) < 0.001, "{none:?}");
    }
}

#[test]
fn doubled_volumes_have_the_same_drift() {
    let once = WithinDay::learn(&days(0.01, 0.2, 1.0, 3));
    assert_eq!(WithinDay::learn(&days(0.01, 0.2, 2.0, 3)), once);
}

#[test]
fn little_history_and_few_intervals_have_stated_outcomes() {
    let short = days(0.01, 0.2, 1.0, 3).truncated(20).unwrap();
    assert_eq!(WithinDay::learn(&short), WithinDay::assumed());
    let daily = Days::new(
        NaiveDate::default(),
        1,
        vec![vec![IntervalState::Known(3.0)]; 90],
    )
    .unwrap();
    assert_eq!(WithinDay::learn(&daily), WithinDay::none());
}

#[test]
fn parts_about_their_mean_sum_to_zero() {
    for row in part_kernel(0.25) {
        assert!(row.iter().sum::<f64>().abs() < 1e-12);
    }
    assert_eq!(places(&[1.0, 2.0, 1.0]), vec![0.125, 0.5, 0.875]);
}
