//! The automatic forecast: what must hold for every series.

use chrono::NaiveDate;
use wfm::forecasting::{
    Automatic, ChangeReason, Days, Event, ForecastError, IntervalState, LocalForecast,
};

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Pseudo-random numbers in the range from 0 to 1.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

fn matrix(days: usize, intervals: usize, value: impl Fn(usize, usize) -> IntervalState) -> Days {
    let rows = (0..days)
        .map(|day| {
            (0..intervals)
                .map(|interval| value(day, interval))
                .collect()
        })
        .collect();
    Days::new(date(2023, 1, 2), intervals, rows).unwrap()
}

fn fitted(
    days: &Days,
    events: &[Event],
    horizon: usize,
    settings: Automatic,
) -> Result<LocalForecast, ForecastError> {
    let settings = Automatic {
        horizon_days: horizon,
        ..settings
    };
    settings.fit(days, events)?.forecast(horizon)
}

fn run(days: &Days, horizon: usize) -> LocalForecast {
    fitted(days, &[], horizon, Automatic::default()).unwrap()
}

fn noisy(days: usize, intervals: usize, factor: f64) -> Days {
    let mut random = Random(7);
    let noise: Vec<f64> = (0..days * intervals).map(|_| random.next()).collect();
    matrix(days, intervals, |day, interval| {
        let week = [1.2, 1.1, 1.0, 1.0, 1.0, 0.6, 0.4][day % 7];
        let base = 20.0
            * week
            * (1.0 + (interval % 5) as f64)
            * (0.7 + 0.6 * noise[day * intervals + interval]);
        IntervalState::Known(factor * base.round())
    })
}

fn sound(forecast: &LocalForecast) {
    for day in &forecast.days {
        for volume in day.intervals.iter().chain([&day.total]) {
            assert!(volume.mean.is_finite() && volume.mean >= 0.0);
            assert!(volume.quantiles.iter().all(|q| q.is_finite() && *q >= 0.0));
            assert!(volume.quantiles.windows(2).all(|pair| pair[0] <= pair[1]));
        }
        let sum: f64 = day.intervals.iter().map(|interval| interval.mean).sum();
        assert!((sum - day.total.mean).abs() <= 1e-9 * (1.0 + sum));
    }
}

#[test]
fn a_constant_series_forecasts_the_constant() {
    for intervals in [1, 4] {
        let forecast = run(
            &matrix(200, intervals, |_, _| IntervalState::Known(12.0)),
            28,
        );
        sound(&forecast);
        for interval in forecast.days.iter().flat_map(|day| &day.intervals) {
            assert!((interval.mean - 12.0).abs() < 1e-6, "{}", interval.mean);
            assert!(
                interval.quantiles.iter().all(|q| (q - 12.0).abs() < 0.01),
                "{:?}",
                interval.quantiles
            );
        }
    }
}

#[test]
fn doubling_the_series_doubles_the_forecast() {
    let (one, two) = (run(&noisy(300, 12, 1.0), 28), run(&noisy(300, 12, 2.0), 28));
    for (first, second) in one.days.iter().zip(&two.days) {
        assert!((second.total.mean / first.total.mean - 2.0).abs() < 1e-6);
        for (a, b) in first.total.quantiles.iter().zip(&second.total.quantiles) {
            assert!((b / a - 2.0).abs() < 0.02, "{a} {b}");
        }
    }
}

#[test]
fn all_zeros_give_zero_and_say_so() {
    let forecast = run(&matrix(60, 4, |_, _| IntervalState::Known(0.0)), 14);
    sound(&forecast);
    assert!(forecast.days.iter().all(|day| day.total.mean == 0.0));
    assert!(forecast.chosen.iter().any(|chosen| chosen.name == "zero"));
}

#[test]
fn short_histories_name_the_simpler_model() {
    for days in [1, 3, 9, 13] {
        let forecast = run(&noisy(days, 6, 1.0), 14);
        sound(&forecast);
        assert!(forecast.chosen[0].reason.contains("less than two weeks"));
        assert!(forecast.days.iter().all(|day| day.total.mean > 0.0));
        let total = &forecast.days[0].total;
        assert!(total.quantiles[4] > total.quantiles[0]);
    }
    for days in 14..60 {
        sound(&run(&noisy(days, 3, 1.0), 28));
    }
}

#[test]
fn nothing_known_is_an_error() {
    let empty = matrix(30, 2, |_, _| IntervalState::Missing);
    let result = fitted(&empty, &[], 7, Automatic::default());
    assert_eq!(result, Err(ForecastError::NothingKnown));
    let result = fitted(&noisy(30, 2, 1.0), &[], 0, Automatic::default());
    assert_eq!(result, Err(ForecastError::EmptyHorizon));
    let bad = Days::new(
        date(2024, 1, 1),
        1,
        vec![vec![IntervalState::Known(f64::NAN)]],
    );
    assert!(matches!(
        bad,
        Err(ForecastError::InvalidVolume { interval: 0, .. })
    ));
}

#[test]
fn one_huge_outlier_is_reported_and_harmless() {
    let base = noisy(200, 4, 1.0);
    let spiked = matrix(200, 4, |day, interval| {
        if day == 180 {
            IntervalState::Known(1e7)
        } else {
            base.rows()[day][interval]
        }
    });
    let (clean, forecast) = (run(&base, 28), run(&spiked, 28));
    sound(&forecast);
    let outlier = forecast
        .changes
        .iter()
        .find(|change| change.reason == ChangeReason::Outlier);
    assert_eq!(outlier.map(|change| change.date), Some(date(2023, 7, 1)));
    for (one, other) in clean.days.iter().zip(&forecast.days) {
        assert!((one.total.mean / other.total.mean - 1.0).abs() < 0.1);
    }
}

#[test]
fn gaps_of_months_keep_the_pattern() {
    let base = noisy(400, 4, 1.0);
    for gap in [100..250, 150..390, 200..400] {
        let holed = matrix(400, 4, |day, interval| {
            if gap.contains(&day) {
                IntervalState::Missing
            } else {
                base.rows()[day][interval]
            }
        });
        let forecast = run(&holed, 28);
        sound(&forecast);
        let monday = forecast.days[6].total.mean;
        let sunday = forecast.days[5].total.mean;
        assert!(monday / sunday > 2.0, "{monday} {sunday}");
    }
}

#[test]
fn closed_weekdays_and_slots_are_zero() {
    let base = noisy(200, 6, 1.0);
    let closed = matrix(200, 6, |day, interval| {
        if day % 7 >= 5 || interval == 0 {
            IntervalState::Closed
        } else {
            base.rows()[day][interval]
        }
    });
    let forecast = run(&closed, 28);
    sound(&forecast);
    for (step, day) in forecast.days.iter().enumerate() {
        assert_eq!(day.total.mean == 0.0, (200 + step) % 7 >= 5);
        assert_eq!(day.intervals[0].mean, 0.0);
    }
}

#[test]
fn steps_are_followed_within_two_weeks() {
    let base = noisy(300, 6, 1.0);
    let grown = matrix(300, 6, |day, interval| {
        let factor = if day >= 280 {
            9.0
        } else if day >= 150 {
            3.0
        } else {
            1.0
        };
        base.rows()[day][interval]
            .volume()
            .map_or(IntervalState::Missing, |v| IntervalState::Known(v * factor))
    });
    let forecast = run(&grown, 28);
    sound(&forecast);
    assert_eq!(
        forecast
            .changes
            .iter()
            .filter(|c| c.reason == ChangeReason::LevelShift)
            .count(),
        2
    );
    let mean: f64 = forecast.days.iter().map(|day| day.total.mean).sum::<f64>() / 28.0;
    let expected: f64 = 9.0
        * run(&base, 28)
            .days
            .iter()
            .map(|d| d.total.mean)
            .sum::<f64>()
        / 28.0;
    assert!((mean / expected - 1.0).abs() < 0.1, "{mean} {expected}");
}

#[test]
fn holidays_repeat_and_closed_holidays_stay_closed() {
    let base = noisy(760, 4, 1.0);
    let events = [
        Event::holiday(date(2023, 5, 10), "Reduced"),
        Event::holiday(date(2024, 5, 10), "Reduced"),
        Event::holiday(date(2025, 2, 12), "Reduced"),
        Event::holiday(date(2023, 12, 25), "Closed"),
        Event::holiday(date(2024, 12, 25), "Closed"),
        Event::holiday(date(2025, 2, 20), "Closed"),
    ];
    let reduced = [date(2023, 5, 10), date(2024, 5, 10)];
    let closed = [date(2023, 12, 25), date(2024, 12, 25)];
    let history = matrix(760, 4, |day, interval| {
        let today = base.date(day).unwrap();
        match base.rows()[day][interval] {
            IntervalState::Known(v) if reduced.contains(&today) => {
                IntervalState::Known((0.3 * v).round())
            }
            _ if closed.contains(&today) => IntervalState::Closed,
            cell => cell,
        }
    });
    let with = fitted(&history, &events, 28, Automatic::default()).unwrap();
    let without = run(&history, 28);
    sound(&with);
    let place = |day: NaiveDate| with.days.iter().position(|d| d.date == day).unwrap();
    let first = place(date(2025, 2, 12));
    let ratio = with.days[first].total.mean / without.days[first].total.mean;
    assert!((ratio - 0.3).abs() < 0.1, "{ratio}");
    assert_eq!(with.days[place(date(2025, 2, 20))].total.mean, 0.0);
}

#[test]
fn paths_agree_with_the_bands_and_add_up() {
    let forecast = run(&noisy(300, 12, 1.0), 14);
    let mut random = Random(99);
    let mut totals: Vec<f64> = (0..2000)
        .map(|_| forecast.draw_path(&mut || random.next())[3].iter().sum())
        .collect();
    totals.sort_by(f64::total_cmp);
    let day = &forecast.days[3].total;
    let mean = totals.iter().sum::<f64>() / 2000.0;
    assert!((mean / day.mean - 1.0).abs() < 0.03, "{mean} {}", day.mean);
    let inside = totals
        .iter()
        .filter(|total| (day.quantiles[1]..=day.quantiles[3]).contains(total))
        .count();
    assert!((1300..=1900).contains(&inside), "{inside}");
}

#[test]
fn a_declared_level_and_a_regressor_are_used() {
    let base = noisy(300, 4, 1.0);
    let scaled = |from: usize, factor: f64| {
        matrix(300, 4, |day, interval| {
            let factor = if day >= from { factor } else { 1.0 };
            base.rows()[day][interval]
                .volume()
                .map_or(IntervalState::Missing, |v| IntervalState::Known(v * factor))
        })
    };
    let plain = run(&base, 14);
    let settings = Automatic {
        new_levels: vec![scaled(297, 1.5).date(297).unwrap()],
        ..Automatic::default()
    };
    let declared = fitted(&scaled(297, 1.5), &[], 14, settings.clone()).unwrap();
    let ratio = declared.days[6].total.mean / plain.days[6].total.mean;
    assert!((ratio - 1.5).abs() < 0.2, "{ratio}");

    let campaign = |day: usize| f64::from(u8::from(day % 30 >= 27));
    let boosted = matrix(300, 4, |day, interval| {
        base.rows()[day][interval]
            .volume()
            .map_or(IntervalState::Missing, |v| {
                IntervalState::Known(v * (0.4 * campaign(day)).exp())
            })
    });
    let values = (0..328).map(campaign).collect();
    let regressor = wfm::forecasting::Regressor {
        name: "campaign".to_owned(),
        values,
    };
    let settings = Automatic {
        regressors: vec![regressor],
        ..Automatic::default()
    };
    let with = fitted(&boosted, &[], 28, settings.clone()).unwrap();
    let without = run(&base, 28);
    let lift = with.days[27].total.mean / without.days[27].total.mean;
    assert!(lift > 1.25 && lift < 1.6, "{lift}");
    assert!((with.days[20].total.mean / without.days[20].total.mean - 1.0).abs() < 0.1);
}

/// A noisy series whose days from `from` on are multiplied.
fn stepped(from: usize, factor: f64) -> Days {
    let base = noisy(300, 6, 1.0);
    matrix(300, 6, |day, interval| {
        let factor = if day >= from { factor } else { 1.0 };
        (base.rows()[day][interval].volume()).map_or(IntervalState::Missing, |v| {
            IntervalState::Known((v * factor).round())
        })
    })
}

#[test]
fn a_level_that_has_just_begun_is_followed() {
    let usual: f64 = run(&noisy(300, 6, 1.0), 28)
        .days
        .iter()
        .map(|d| d.total.mean)
        .sum();
    for (days, factor) in [(3, 3.0), (5, 2.0), (7, 0.45), (12, 1.6)] {
        let forecast = run(&stepped(300 - days, factor), 28);
        sound(&forecast);
        let sum: f64 = forecast.days.iter().map(|day| day.total.mean).sum();
        let off = sum / (usual * factor) - 1.0;
        assert!(off.abs() < 0.12, "{days} days at {factor}: {off}");
        let told = forecast
            .changes
            .iter()
            .any(|c| c.reason == ChangeReason::LevelShift);
        assert!(told, "{days} days at {factor}");
    }
    // A series without a step has none.
    assert!(run(&noisy(300, 6, 1.0), 28).changes.is_empty());
}

#[test]
fn an_outage_at_the_end_is_no_level() {
    let usual: f64 = run(&noisy(300, 6, 1.0), 28)
        .days
        .iter()
        .map(|d| d.total.mean)
        .sum();
    for days in [1, 3, 8] {
        let forecast = run(&stepped(300 - days, 0.0), 28);
        let sum: f64 = forecast.days.iter().map(|day| day.total.mean).sum();
        assert!((sum / usual - 1.0).abs() < 0.05, "{days}: {sum} {usual}");
        assert_eq!(forecast.changes.len(), days);
    }
}
