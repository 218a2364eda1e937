//! The uncertainty of a forecast: sample paths follow its law, quantiles are those of the law.

use proptest::prelude::*;
use wfm::calendar::{Grid, Series, Zone};
use wfm::forecasting::Forecast;

use super::support::{cases, date, interval};

fn hourly(days: u32) -> Grid {
    Grid::of_days(Zone::UTC, date(2027, 3, 1), days, interval(60)).unwrap()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn quantiles_rise_with_their_probability_and_are_never_negative(
        scale in -9.0..8.0f64, cv in 0.0..1.5f64, p in 0.0..1.0f64, q in 0.0..1.0f64,
    ) {
        let grid = hourly(1);
let mean = Series::from_fn(grid, |_| 10f64.powf(scale));
        let law = Forecast::new(&mean, Zone::UTC, cv);
        let (low, high) = (law.quantile(p.min(q)).values()[0], law.quantile(p.max(q)).values()[0]);
        prop_assert!(0.0 <= low && low <= high && high.is_finite(), "{} {}", low, high);
    }
}

/// Two days with different means, uncertain by a fifth.
fn two_days(cv: f64) -> Forecast {
    let grid = hourly(2);
    let mean = Series::from_fn(grid, |i| if i < 24 { 3.0 } else { 0.4 });
    Forecast::new(&mean, Zone::UTC, cv)
}

/// Mean and variance are within four standard errors: one false alarm in 16,000 checks.
fn assert_law(samples: &[f64], mean: f64, variance: f64) {
    let n = f64::from(u32::try_from(samples.len()).unwrap());
    let moment = |k| samples.iter().map(|x| (x - mean).powi(k)).sum::<f64>() / n;
    let seen = samples.iter().sum::<f64>() / n;
    let error = (variance / n).sqrt();
    assert!(
        (seen - mean).abs() < 4.0 * error,
        "mean {seen}, expected {mean} ± {error}"
    );
    let error = ((moment(4) - variance * variance) / n).sqrt();
    let seen = moment(2);
    assert!(
        (seen - variance).abs() < 4.0 * error,
        "variance {seen}, expected {variance} ± {error}"
    );
}

#[test]
fn sums_of_stretches_follow_the_same_law_as_paths() {
    for cv in [0.0, 0.2, 0.7] {
        // Two stretches of the first day, and one over midnight: means 36, 18 and 18 + 7.2.
        let sums = two_days(cv).path_sums(&[0..12, 12..18, 18..42], 20_000, 11);
        let of =
            |add: fn(&[f64]) -> f64| -> Vec<f64> { sums.iter().map(|path| add(path)).collect() };
        let variance = |parts: &[f64]| {
            let mean: f64 = parts.iter().sum();
            mean + parts.iter().map(|m| (cv * m).powi(2)).sum::<f64>()
        };
        assert_law(&of(|p| p[0]), 36.0, variance(&[36.0]));
        assert_law(&of(|p| p[2]), 25.2, variance(&[18.0, 7.2]));
        // Stretches of a day share its factor.
        assert_law(&of(|p| p[0] + p[1]), 54.0, variance(&[54.0]));
        assert_law(&of(|p| p[0] + p[1] + p[2]), 79.2, variance(&[72.0, 7.2]));
    }
}

#[test]
fn paths_follow_the_stated_law_in_intervals_days_and_sums() {
    for cv in [0.0, 0.2, 0.7] {
        let paths = two_days(cv).paths(20_000, 7);
        let sums = |from: usize, to: usize| -> Vec<f64> {
            let sum = |p: &Series<f64>| p.values()[from..to].iter().sum();
            paths.iter().map(sum).collect()
        };
        // Poisson given a factor for the day: variance m + (cv m)².
        let law = |m: f64| m + (cv * m).powi(2);
        assert_law(&sums(0, 1), 3.0, law(3.0));
        assert_law(&sums(0, 24), 72.0, law(72.0));
        assert_law(&sums(24, 48), 9.6, law(9.6));
        assert_law(&sums(0, 48), 81.6, law(72.0) + law(9.6));
    }
}

#[test]
fn the_same_seed_gives_the_same_paths_and_another_one_others() {
    let law = two_days(0.3);
    assert_eq!(law.paths(5, 42), law.paths(5, 42));
    assert_eq!(law.paths(5, 42)[..3], law.paths(3, 42)[..]);
    assert_ne!(law.paths(5, 42), law.paths(5, 43));
    let paths = law.paths(5, 42);
    assert!((1..5).all(|i| paths[i] != paths[0]));
}

#[test]
fn quantiles_are_those_of_the_textbook() {
    let quantile = |m: f64, cv, p| {
        let grid = hourly(1);
        let mean = Series::from_fn(grid, |_| m);
        Forecast::new(&mean, Zone::UTC, cv).quantile(p).values()[0]
    };
    // Poisson of mean 3: 0.9161 up to 5, 0.9665 up to 6.
    assert_eq!(
        (quantile(3.0, 0.0, 0.91), quantile(3.0, 0.0, 0.95)),
        (5.0, 6.0)
    );
    // A day factor with coefficient of variation 1 is geometric: 1 − (m/(1+m))^(k+1).
    assert_eq!(
        (quantile(1.0, 1.0, 0.87), quantile(1.0, 1.0, 0.9)),
        (2.0, 3.0)
    );
    assert_eq!(
        (quantile(0.0, 0.3, 0.99), quantile(5.0, 0.3, 0.0)),
        (0.0, 0.0)
    );
    // Far out the normal law: 2,000,000 + 1.95996 · √2,000,000.
    assert!((quantile(2e6, 0.0, 0.975) - 2_002_771.8).abs() < 0.1);
}
