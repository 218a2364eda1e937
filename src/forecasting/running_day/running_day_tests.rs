//! Tests of the running day.

use super::*;
use crate::forecasting::respread::tests::{plain, uniform};

fn cells(volumes: &[f64], intervals: usize) -> Vec<IntervalState> {
    let mut cells: Vec<IntervalState> = volumes
        .iter()
        .map(|volume| IntervalState::Known(*volume))
        .collect();
    cells.resize(intervals, IntervalState::Missing);
    cells
}

#[test]
fn nothing_observed_is_the_original_forecast() {
    let forecast = plain(&[3.0, 20.0, 60.0, 0.0], 2, 0.03, true);
    let running = forecast
        .running_day(1, &[IntervalState::Missing; 4], WithinDay::none())
        .unwrap();
    assert_eq!(running.day, forecast.days[1]);
    assert_eq!(running.level, 1.0);
}

#[test]
fn without_level_variance_open_intervals_stay() {
    let forecast = plain(&[30.0, 20.0, 60.0], 1, 0.0, true);
    let running = forecast
        .running_day(0, &cells(&[90.0], 3), WithinDay::none())
        .unwrap();
    assert_eq!(running.day.intervals[1..], forecast.days[0].intervals[1..]);
    assert_eq!(running.day.total.mean, 170.0);
}

#[test]
fn poisson_intervals_follow_the_closed_form() {
    // Shape 1/0.04 + 130, rate 1/0.04 + 110.
    let forecast = plain(&[50.0, 60.0, 40.0], 1, 0.04, true);
    let running = forecast
        .running_day(0, &cells(&[60.0, 70.0], 3), WithinDay::none())
        .unwrap();
    let level = (25.0 + 130.0) / (25.0 + 110.0);
    assert!((running.level - level).abs() < 1e-12);
    assert!((running.day.intervals[2].mean - 40.0 * level).abs() < 1e-9);
    // Relative variance of a gamma variable is one over its shape.
    assert!((running.day.level_variance - 1.0 / 155.0).abs() < 1e-12);
    let rest = running.remaining.mean;
    assert!((running.day.total.mean - 130.0 - rest).abs() < 1e-9);
    assert!((rest - running.day.intervals[2].mean).abs() < 1e-9);
}

#[test]
fn one_wild_interval_does_not_swing_the_day() {
    let forecast = plain(&[50.0; 20], 1, 0.02, true);
    let mut volumes = vec![50.0; 10];
    volumes[4] = 2_000.0;
    let wild = forecast
        .running_day(0, &cells(&volumes, 20), WithinDay::none())
        .unwrap();
    assert_eq!(wild.wild_intervals, 1);
    assert!(wild.level < 1.1, "{}", wild.level);
    // All intervals twice as high do move it.
    let all = forecast
        .running_day(0, &cells(&[100.0; 10], 20), WithinDay::none())
        .unwrap();
    assert!(all.level > 1.85, "{}", all.level);
}

/// With drift the estimate equals the one from the joint covariance of all contacts, written
/// out for one observed and one open interval of equal volume.
#[test]
fn drift_holds_the_update_back() {
    let forecast = plain(&[400.0, 400.0], 1, 0.04, true);
    let drift = WithinDay {
        slow: 0.02,
        reach: 0.5,
    };
    let running = forecast.running_day(0, &cells(&[480.0], 2), drift).unwrap();
    let kernel = (1.0 - (-1.0_f64).exp()) / 2.0;
    let (own, other) = (0.04 + 0.02 * kernel, 0.04 - 0.02 * kernel);
    // The interval noise of 400 loses its slow part but stays at least Poisson as evidence.
    let level = 1.0 + other / (own + 1.0 / 400.0) * 0.2;
    assert!((running.level - level).abs() < 1e-9, "{}", running.level);
    let plain = forecast
        .running_day(0, &cells(&[480.0], 2), WithinDay::none())
        .unwrap();
    assert!(running.level < plain.level);
    assert!(running.day.level_variance > plain.day.level_variance);
}

/// 2,000 simulated days with level and drift: as below, 0.767 to 0.833.
#[test]
fn bands_hold_their_share_with_drift() {
    let (intervals, slow, reach) = (16, 0.01, 0.3);
    let forecast = plain(&[200.0; 16], 1, 0.01, true);
    let drift = WithinDay { slow, reach };
    let mut next = uniform(17);
    let step = (-1.0 / 16.0 / reach).exp();
    let mut inside = 0;
    for _ in 0..2_000 {
        let mut state = normal_quantile(next());
        let mut path = Vec::new();
        for _ in 0..intervals {
            path.push(state);
            state = step * state + (1.0 - step * step).sqrt() * normal_quantile(next());
        }
        let centre = path.iter().sum::<f64>() / f64::from(intervals);
        let level = 1.0 + 0.1 * normal_quantile(next());
        let volumes: Vec<f64> = path
            .iter()
            .map(|drift| 200.0 * (level + 0.1 * (drift - centre)))
            .map(|mean| (mean + mean.sqrt() * normal_quantile(next())).round())
            .collect();
        let running = forecast
            .running_day(0, &cells(&volumes[..8], 16), drift)
            .unwrap();
        let rest: f64 = volumes[8..].iter().sum();
        let quantiles = &running.remaining.quantiles;
        inside += i32::from(rest >= quantiles[1] && rest <= quantiles[3]);
    }
    let share = f64::from(inside) / 2_000.0;
    assert!((0.767..0.833).contains(&share), "{share}");
}

#[test]
fn closing_early_leaves_nothing_to_come() {
    let forecast = plain(&[50.0; 4], 1, 0.02, true);
    let cells = [
        IntervalState::Known(40.0),
        IntervalState::Closed,
        IntervalState::Closed,
        IntervalState::Absent,
    ];
    let running = forecast.running_day(0, &cells, WithinDay::none()).unwrap();
    assert_eq!(running.day.total.mean, 40.0);
    assert_eq!(running.day.total.quantiles, vec![40.0; 5]);
}

#[test]
fn extreme_volumes_stay_finite_and_bad_ones_are_refused() {
    let forecast = plain(&[50.0, 1e-9, 1e6, 0.0], 1, 0.5, true);
    for volumes in [[0.0, 0.0, 0.0], [1e12, 1e12, 1e12], [0.0, 1e12, 0.0]] {
        let running = forecast
            .running_day(0, &cells(&volumes, 4), WithinDay::none())
            .unwrap();
        let day = &running.day;
        for volume in day.intervals.iter().chain([&day.total, &running.remaining]) {
            let finite = volume.quantiles.iter().all(|q| q.is_finite() && *q >= 0.0);
            assert!(finite && volume.mean.is_finite() && volume.mean >= 0.0);
        }
    }
    for bad in [f64::NAN, -1.0, f64::INFINITY] {
        assert!(
            forecast
                .running_day(0, &cells(&[bad], 4), WithinDay::none())
                .is_err()
        );
    }
    assert!(
        forecast
            .running_day(0, &cells(&[], 3), WithinDay::none())
            .is_err()
    );
    assert!(
        forecast
            .running_day(9, &cells(&[], 4), WithinDay::none())
            .is_err()
    );
}

#[test]
fn doubled_series_double_the_update() {
    let mut once = plain(&[50.0, 60.0, 40.0], 1, 0.04, false);
    once.noise.dispersion = 3.0;
    let mut twice = plain(&[100.0, 120.0, 80.0], 1, 0.04, false);
    twice.noise.dispersion = 6.0;
    let a = once
        .running_day(0, &cells(&[65.0], 3), WithinDay::none())
        .unwrap();
    let b = twice
        .running_day(0, &cells(&[130.0], 3), WithinDay::none())
        .unwrap();
    assert!((a.level - b.level).abs() < 1e-12);
    assert!((2.0 * a.day.total.mean - b.day.total.mean).abs() < 1e-9);
}

/// 2,000 simulated days with gamma level and Poisson intervals: the 80 % band of the rest of the
/// day holds its share. Outside 0.767 to 0.833 with a probability below 3 in 10,000 if right.
#[test]
fn bands_of_the_rest_hold_their_share() {
    let means = vec![25.0; 16];
    let forecast = plain(&means, 1, 0.04, true);
    let mut next = uniform(7);
    let mut inside = 0;
    let mut error = [0.0_f64; 2];
    for _ in 0..2_000 {
        // The gamma variable with shape 25 as a sum of exponential variables.
        let level = (0..25).map(|_| -next().ln()).sum::<f64>() / 25.0;
        let volumes: Vec<f64> = means
            .iter()
            .map(|mean| poisson(mean * level, &mut next))
            .collect();
        let running = forecast
            .running_day(0, &cells(&volumes[..8], 16), WithinDay::none())
            .unwrap();
        let rest: f64 = volumes[8..].iter().sum();
        let quantiles = &running.remaining.quantiles;
        inside += i32::from(rest >= quantiles[1] && rest <= quantiles[3]);
        error[0] += (rest - 200.0).powi(2);
        error[1] += (rest - running.remaining.mean).powi(2);
    }
    let share = f64::from(inside) / 2_000.0;
    assert!((0.767..0.833).contains(&share), "{share}");
    // Variance of the rest: 200 + 200^2 / 225 against 200 + 200^2 / 25.
    let ratio = error[1] / error[0];
    assert!(ratio < 0.28 && ratio > 0.16, "{ratio}");
}

/// Counts the exponential gaps that fit into the mean.
fn poisson(mean: f64, next: &mut impl FnMut() -> f64) -> f64 {
    let (mut sum, mut count) = (-next().ln(), 0.0);
    while sum < mean {
        sum -= next().ln();
        count += 1.0;
    }
    count
}

#[test]
fn draws_keep_what_was_seen() {
    let forecast = plain(&[25.0; 8], 1, 0.04, true);
    let running = forecast
        .running_day(0, &cells(&[30.0, 31.0], 8), WithinDay::none())
        .unwrap();
    let mut next = uniform(3);
    let mut sum = 0.0;
    for _ in 0..4_000 {
        let path = forecast.draw_running_day(&running, &mut next);
        assert_eq!(path[..2], [30.0, 31.0]);
        sum += path.iter().sum::<f64>();
    }
    // Standard deviation of a day 17: four standard errors of the mean are 1.1, one in 16,000.
    let mean = sum / 4_000.0;
    assert!((mean - running.day.total.mean).abs() < 1.5, "{mean}");
}
