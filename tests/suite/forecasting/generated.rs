//! Backtests on generated series that no real set resembles. Twelve other seeds of each series stayed
//! within the bounds, most of them by two points and more.

use std::f64::consts::TAU;
use std::ops::Range;

use wfm::forecasting::backtest::{Backtest, Bands, Contender, Level, MeanOfWeeks, Rolling, Run};
use wfm::forecasting::{Automatic, Days, Event, ForecastError, IntervalState, LocalForecast};

use super::Random;
use crate::support::date;

/// What a series is made of.
struct Recipe {
    days: usize,
    intervals: usize,
    /// Mean contacts of a day at the start.
    level: f64,
    /// Growth of the logarithm in a day.
    growth: f64,
    /// Days and factors of jumps.
    jumps: &'static [(usize, f64)],
    lost: &'static [Range<usize>],
    /// Amplitude of the year.
    yearly: f64,
    /// Spread of the noise of a day.
    noise: f64,
    /// Spread of the daily step of the level.
    walk: f64,
    /// Spread of the noise of an interval's share.
    shape: f64,
    /// First origin and step.
    rolling: (usize, usize),
}

const PLAIN: Recipe = Recipe {
    days: 400,
    intervals: 1,
    level: 1000.0,
    growth: 0.0,
    jumps: &[],
    lost: &[],
    yearly: 0.0,
    noise: 0.05,
    walk: 0.0,
    shape: 0.0,
    rolling: (200, 8),
};
const WEEK: [f64; 7] = [1.25, 1.15, 1.1, 1.05, 1.1, 0.75, 0.6];
const HORIZON: usize = 28;

impl Recipe {
    /// Two peaks a day, busy around the clock.
    fn series(&self, seed: u64) -> Days {
        let mut random = Random(seed);
        let shape: Vec<f64> = (0..self.intervals)
            .map(|interval| {
                let hour = 24.0 * (interval as f64 + 0.5) / self.intervals as f64;
                let peak = |at: f64, width: f64| (-(hour - at).powi(2) / width).exp();
                0.08 + peak(10.5, 12.0) + 0.7 * peak(16.5, 14.0)
            })
            .collect();
        let sum: f64 = shape.iter().sum();
        let mut walk = 0.0;
        let rows = (0..self.days)
            .map(|day| {
                walk += self.walk * random.normal();
                let jumps = self.jumps.iter().filter(|(from, _)| day >= *from);
                let level = self.level
                    * (self.growth * day as f64 + walk + self.noise * random.normal()).exp()
                    * (1.0 + self.yearly * (TAU * day as f64 / 365.25).sin())
                    * jumps.map(|(_, factor)| factor).product::<f64>()
                    * WEEK[day % 7];
                let is_lost = self.lost.iter().any(|lost| lost.contains(&day));
                let cell = |share: &f64| {
                    let mean = level * share / sum * (self.shape * random.normal()).exp();
                    let count = random.count(mean);
                    if is_lost {
                        IntervalState::Missing
                    } else {
                        IntervalState::Known(count)
                    }
                };
                shape.iter().map(cell).collect()
            })
            .collect();
        Days::new(date(2022, 1, 3), self.intervals, rows).unwrap()
    }

    /// The automatic model and the planner's rule from the same origins.
    fn compared(&self, seed: u64) -> (Run, Run) {
        let days = self.series(seed);
        let (first, step) = self.rolling;
        let rolling = Rolling {
            first,
            step,
            horizon: HORIZON,
        };
        let backtest = Backtest::new(&days, &[], rolling);
        assert!(backtest.origins().len() >= 8);
        let rule = MeanOfWeeks { weeks: 4 };
        (
            backtest.run(&Checked).unwrap(),
            backtest.run(&rule).unwrap(),
        )
    }
}

/// The automatic model, every forecast of which must be sound.
#[derive(Debug)]
struct Checked;

impl Contender for Checked {
    fn forecast(
        &self,
        history: &Days,
        events: &[Event],
        horizon_days: usize,
    ) -> Result<LocalForecast, ForecastError> {
        let forecast = Automatic::default().forecast(history, events, horizon_days)?;
        for day in &forecast.days {
            for volume in day.intervals.iter().chain([&day.total]) {
                assert!(volume.mean.is_finite() && volume.mean >= 0.0);
                assert!(volume.quantiles.iter().all(|q| q.is_finite() && *q >= 0.0));
                assert!(volume.quantiles.is_sorted());
            }
            let sum: f64 = day.intervals.iter().map(|volume| volume.mean).sum();
            assert!((sum - day.total.mean).abs() <= 1e-9 * (1.0 + sum));
        }
        Ok(forecast)
    }
}

fn bands(run: &Run, level: Level) -> Bands {
    run.score(level, HORIZON).bands.unwrap()
}

/// Error relative to the planner's rule, one week and four weeks ahead.
#[track_caller]
fn beside_the_rule((ours, rule): &(Run, Run), level: Level, limits: [f64; 2]) {
    for (reach, limit) in [7, HORIZON].into_iter().zip(limits) {
        let ratio = ours.score(level, reach).wape / rule.score(level, reach).wape;
        println!("{level:?} {reach} days: {ratio:.3} of the planner's rule");
        assert!(ratio <= limit, "{reach} days: {ratio}");
    }
}

#[track_caller]
fn covers(run: &Run, level: Level, eighty: Range<f64>, ninety_five: Range<f64>) {
    let found = bands(run, level);
    let (one, other) = (found.coverage_80, found.coverage_95);
    println!("{level:?}: {one:.3} {other:.3}");
    assert!(eighty.contains(&one), "{one}");
    assert!(ninety_five.contains(&other), "{other}");
}

#[test]
fn seven_contacts_an_hour_are_covered_as_often_as_said() {
    let hourly = Recipe {
        intervals: 24,
        level: 168.0,
        days: 365,
        rolling: (120, 8),
        ..PLAIN
    };
    let compared = hourly.compared(1);
    covers(&compared.0, Level::Interval, 0.76..0.86, 0.92..0.98);
    covers(&compared.0, Level::Day, 0.70..0.90, 0.90..1.0);
    beside_the_rule(&compared, Level::Interval, [0.95, 0.95]);
}

#[test]
fn three_contacts_a_half_hour_are_covered_as_often_as_said() {
    let small = Recipe {
        intervals: 48,
        level: 168.0,
        days: 365,
        shape: 0.1,
        rolling: (120, 8),
        ..PLAIN
    };
    let compared = small.compared(2);
    covers(&compared.0, Level::Interval, 0.78..0.88, 0.93..0.985);
    beside_the_rule(&compared, Level::Interval, [0.95, 0.95]);
}

#[test]
fn a_strong_year_is_followed() {
    let yearly = Recipe {
        days: 1400,
        yearly: 0.4,
        walk: 0.004,
        noise: 0.04,
        rolling: (760, 17),
        ..PLAIN
    };
    let compared = yearly.compared(3);
    beside_the_rule(&compared, Level::Day, [0.7, 0.6]);
    covers(&compared.0, Level::Day, 0.74..0.92, 0.90..1.0);
}

#[test]
fn growth_with_jumps_and_lost_weeks_is_followed_better_than_by_the_rule() {
    let growth = Recipe {
        days: 760,
        intervals: 48,
        level: 400.0,
        growth: 0.0012,
        noise: 0.06,
        shape: 0.1,
        walk: 0.005,
        jumps: &[(300, 2.2), (520, 2.0)],
        lost: &[180..187, 450..457],
        rolling: (150, 20),
        ..PLAIN
    };
    let compared = growth.compared(4);
    beside_the_rule(&compared, Level::Interval, [0.9, 0.95]);
    beside_the_rule(&compared, Level::Day, [0.85, 0.95]);
    covers(&compared.0, Level::Interval, 0.74..0.84, 0.90..0.98);
}

#[test]
fn steps_up_and_down_are_followed_better_than_by_the_rule() {
    let steps = Recipe {
        days: 500,
        intervals: 48,
        level: 900.0,
        jumps: &[(150, 1.25), (260, 0.7), (380, 1.5)],
        lost: &[200..214, 330..337],
        shape: 0.1,
        rolling: (120, 9),
        ..PLAIN
    };
    let compared = steps.compared(5);
    beside_the_rule(&compared, Level::Interval, [0.95, 0.97]);
    beside_the_rule(&compared, Level::Day, [0.9, 0.95]);
    covers(&compared.0, Level::Interval, 0.74..0.84, 0.90..0.98);
}

#[test]
fn daily_counts_with_little_history_are_no_worse_than_the_rule() {
    let short = Recipe {
        days: 160,
        level: 25.0,
        rolling: (20, 4),
        ..PLAIN
    };
    let compared = short.compared(6);
    beside_the_rule(&compared, Level::Day, [1.06, 1.05]);
    covers(&compared.0, Level::Day, 0.74..0.92, 0.90..1.0);
}

#[test]
fn a_plain_week_is_learnt_better_than_four_weeks_can() {
    let compared = PLAIN.compared(7);
    // The noise alone leaves 0.89 of the error of a mean of four.
    beside_the_rule(&compared, Level::Day, [0.97, 0.97]);
    covers(&compared.0, Level::Day, 0.70..0.90, 0.88..1.0);
}

#[test]
fn a_wandering_level_is_no_worse_than_the_rule() {
    let walk = Recipe {
        walk: 0.03,
        noise: 0.02,
        ..PLAIN
    };
    beside_the_rule(&walk.compared(8), Level::Day, [0.85, 1.05]);
}

#[test]
fn three_contacts_a_day_are_counts() {
    let rare = Recipe {
        level: 3.0,
        ..PLAIN
    };
    let compared = rare.compared(9);
    beside_the_rule(&compared, Level::Day, [1.0, 1.0]);
    covers(&compared.0, Level::Day, 0.70..0.90, 0.88..1.0);
}

#[test]
fn a_weekday_seen_only_on_a_holiday_gets_a_forecast() {
    // Sundays are closed but for one, which is a holiday.
    let open = 48;
    let rows = (0..120)
        .map(|day| {
            let cell = match day % 7 {
                6 if day != open => IntervalState::Closed,
                _ => IntervalState::Known(100.0 + (day % 7) as f64),
            };
            vec![cell; 4]
        })
        .collect();
    let days = Days::new(date(2022, 1, 3), 4, rows).unwrap();
    let holiday = days.date(open).unwrap();
    let mut last = days.clone();
    for (length, events) in [
        (120, vec![Event::holiday(holiday, "Fair")]),
        (50, vec![Event::holiday(holiday, "Fair")]),
        (50, Vec::new()),
    ] {
        last = last.truncated(length).unwrap();
        let forecast = Automatic::default()
            .fit(&last, &events)
            .unwrap()
            .forecast(28)
            .unwrap();
        for day in &forecast.days {
            assert!(
                day.total.mean.is_finite() && day.total.mean <= 500.0,
                "{day:?}"
            );
            assert!(day.total.quantiles.is_sorted());
        }
    }
}

/// Says what it is asked, and forecasts nothing.
#[derive(Debug)]
struct Silent;

impl Contender for Silent {
    fn forecast(
        &self,
        history: &Days,
        _: &[Event],
        _: usize,
    ) -> Result<LocalForecast, ForecastError> {
        let origin = history.date(history.len() - 1)?;
        Err(ForecastError::NoHistory { origin })
    }
}

#[test]
fn a_backtest_without_origins_or_with_a_failing_contender_says_so() {
    let days = PLAIN.series(10);
    let rolling = |first, step, horizon| Rolling {
        first,
        step,
        horizon,
    };
    let none = Backtest::new(&days, &[], rolling(390, 8, 28));
    assert!(none.origins().is_empty());
    assert_eq!(
        none.run(&Automatic::default())
            .unwrap()
            .score(Level::Day, 28)
            .count,
        0
    );
    // The first origin has at least one day behind it, whatever is asked.
    let early = Backtest::new(&days, &[], rolling(0, 0, 380));
    assert_eq!(early.origins().first(), Some(&1));
    assert_eq!(early.origins().len(), 20);
    assert!(early.run(&MeanOfWeeks { weeks: 4 }).is_ok());
    let origin = days.date(199).unwrap();
    let some = Backtest::new(&days, &[], rolling(200, 8, 28));
    assert_eq!(
        some.run(&Silent).unwrap_err(),
        ForecastError::NoHistory { origin }
    );
    let nowhere = Backtest::new(&days, &[], rolling(200, 8, 0));
    assert_eq!(
        nowhere.run(&Automatic::default()).unwrap_err(),
        ForecastError::EmptyHorizon
    );
}

#[test]
fn quantiles_at_other_probabilities_are_not_scored_as_bands() {
    let days = PLAIN.series(11);
    let rolling = Rolling {
        first: 350,
        step: 8,
        horizon: 7,
    };
    let other = Automatic {
        probabilities: vec![0.1, 0.2, 0.3, 0.4, 0.5],
        ..Automatic::default()
    };
    let run = Backtest::new(&days, &[], rolling).run(&other).unwrap();
    assert_eq!(run.score(Level::Day, 7).bands, None);
    assert!(run.score(Level::Day, 7).wape > 0.0);
}
