//! Tests of joint scenarios.

use super::*;
use crate::forecasting::respread::tests::{plain, uniform};

/// Correlated normal series with a common part.
fn series(queues: usize, days: usize, common: f64, start: u64) -> Vec<Vec<Option<f64>>> {
    let mut next = uniform(start);
    let mut list = vec![Vec::new(); queues];
    for _ in 0..days {
        let shared = normal_quantile(next()) * common.sqrt();
        for one in &mut list {
            one.push(Some(
                shared + (1.0 - common).sqrt() * normal_quantile(next()),
            ));
        }
    }
    list
}

/// Correlation 0.6 from 2,000 days: standard error 0.015, four of them allowed for each pair.
#[test]
fn recovers_an_equal_correlation_and_ignores_outliers() {
    let mut errors = series(4, 2_000, 0.6, 31);
    errors[1][5] = Some(1e9);
    errors[2][7] = Some(-1e9);
    let estimate = DayCorrelation::estimate(&errors).unwrap();
    for first in 0..4 {
        for second in 0..first {
            let value = estimate.between(first, second).unwrap();
            assert!((value - 0.6).abs() < 0.06, "{value}");
        }
    }
    assert!(estimate.shrinkage > 0.3);
    for one in errors.iter_mut().flatten() {
        *one = one.map(|value| 2.0 * value);
    }
    assert_eq!(DayCorrelation::estimate(&errors).unwrap(), estimate);
}

#[test]
fn distinct_pairs_stay_distinct() {
    let mut errors = series(2, 1_000, 0.8, 32);
    errors.extend(series(2, 1_000, 0.0, 33));
    let estimate = DayCorrelation::estimate(&errors).unwrap();
    assert!(estimate.between(0, 1).unwrap() > 0.7);
    assert!(estimate.between(2, 3).unwrap().abs() < 0.15);
    assert!(estimate.shrinkage < 0.1);
}

#[test]
fn contradicting_pairs_become_positive_definite() {
    // Each pair is seen on its own days: 1 with 2 and 1 with 3 agree, 2 with 3 oppose.
    let value = |day: usize| (day * 37 % 101) as f64;
    let days = 300;
    let signs = [[1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, -1.0]];
    let errors: Vec<Vec<Option<f64>>> = (0..3)
        .map(|queue| {
            (0..days)
                .map(|day| (signs[day % 3][queue], value(day)))
                .map(|(sign, value)| (sign != 0.0).then_some(sign * value))
                .collect()
        })
        .collect();
    let estimate = DayCorrelation::estimate(&errors).unwrap();
    assert!(cholesky(&estimate.matrix).is_some());
    assert!(estimate.between(0, 1).unwrap() > estimate.between(1, 2).unwrap());
}

#[test]
fn little_or_bad_data_have_stated_outcomes() {
    let constant = vec![vec![Some(1.0); 50], series(1, 50, 0.0, 3).remove(0)];
    assert_eq!(
        DayCorrelation::estimate(&constant).unwrap().between(0, 1),
        Some(0.0)
    );
    let short = series(2, 5, 0.9, 4);
    assert_eq!(
        DayCorrelation::estimate(&short).unwrap().between(0, 1),
        Some(0.0)
    );
    assert!(DayCorrelation::estimate(&[]).is_err());
    assert!(DayCorrelation::estimate(&[vec![None], vec![]]).is_err());
    assert!(DayCorrelation::estimate(&[vec![Some(f64::NAN)]]).is_err());
    for (queues, correlation) in [(3, -1.0), (5, 1.0), (2, f64::NAN), (1, 0.5)] {
        let equal = DayCorrelation::equal(queues, correlation);
        assert!(cholesky(&equal.matrix).is_some());
    }
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let (x, y) = pairs
        .iter()
        .fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let (x, y) = (x / count, y / count);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for pair in pairs {
        xx += (pair.0 - x).powi(2);
        xy += (pair.0 - x) * (pair.1 - y);
        yy += (pair.1 - y).powi(2);
    }
    xy / (xx * yy).sqrt()
}

/// 8,000 draws: standard error of a correlation at most 0.012, five of them allowed.
#[test]
fn levels_have_the_stated_correlations() {
    let joint = DayCorrelation::equal(2, 0.7);
    let mut next = uniform(8);
    let open = vec![vec![true; 6]; 2];
    for coefficients in [[0.5, 0.5], [0.3, 0.6]] {
        let draws: Vec<Vec<Vec<f64>>> = (0..8_000)
            .map(|_| joint.draw_levels(&coefficients, &open, &mut next))
            .collect();
        let between = |one: (usize, usize), other: (usize, usize)| {
            let pairs: Vec<(f64, f64)> = draws
                .iter()
                .map(|draw| (draw[one.0][one.1], draw[other.0][other.1]))
                .collect();
            correlation(&pairs)
        };
        for day in [0, 5] {
            assert!((between((0, day), (1, day)) - 0.7).abs() < 0.06);
        }
        assert!((between((0, 3), (0, 4)) - coefficients[0]).abs() < 0.06);
        let square = draws.iter().map(|draw| draw[1][5].powi(2)).sum::<f64>() / 8_000.0;
        assert!((square - 1.0).abs() < 0.08, "{square}");
    }
    // Impossible together: still finite, with unit variance.
    let tight = DayCorrelation::equal(2, 0.99);
    let mut squares = 0.0;
    for _ in 0..8_000 {
        let levels = tight.draw_levels(&[0.0, 0.95], &open, &mut next);
        squares += levels[1][5].powi(2);
    }
    assert!((squares / 8_000.0 - 1.0).abs() < 0.08);
}

/// Day totals of two queues: level variance 0.04 of a mean of 400 gives a variance of
/// 6,400 + 400, so a correlation of 0.8 of levels is about 0.8 x 6,400 / 6,800 = 0.753 of totals.
/// 4,000 draws: five standard errors are 0.035; the cube-root margins cost less than 0.01.
#[test]
fn paths_of_queues_move_together() {
    let (one, two) = (
        plain(&[200.0; 2], 3, 0.04, true),
        plain(&[100.0; 4], 3, 0.04, true),
    );
    let joint = DayCorrelation::equal(2, 0.8);
    let mut next = uniform(12);
    let mut pairs = Vec::new();
    for _ in 0..4_000 {
        let paths = joint.draw_paths(&[&one, &two], &mut next).unwrap();
        pairs.push((paths[0][2].iter().sum(), paths[1][2].iter().sum()));
    }
    let value = correlation(&pairs);
    assert!((value - 0.753).abs() < 0.045, "{value}");
    let draw = || joint.draw_paths(&[&one, &two], &mut uniform(1)).unwrap();
    assert_eq!(draw(), draw());
}

#[test]
fn horizons_must_agree_and_closed_days_stay_empty() {
    let mut one = plain(&[200.0; 2], 3, 0.04, true);
    let two = plain(&[100.0; 4], 2, 0.04, true);
    let joint = DayCorrelation::equal(2, 0.8);
    let mut next = uniform(12);
    assert!(joint.draw_paths(&[&one, &two], &mut next).is_err());
    assert!(joint.draw_paths(&[&one], &mut next).is_err());
    one.days[1].total.mean = 0.0;
    let other = plain(&[50.0], 3, 0.04, true);
    let paths = joint.draw_paths(&[&one, &other], &mut next).unwrap();
    assert_eq!(paths[0][1], vec![0.0; 2]);
    one.days.remove(0);
    let shifted = plain(&[50.0], 2, 0.04, true);
    assert!(joint.draw_paths(&[&one, &shifted], &mut next).is_err());
}
