//! The automatic forecast: one queue, many queues, and a rolling backtest.
//!
//! For comparison, one fit of the usual packages on the same kind of data (automatic exponential
//! smoothing or Prophet on day totals, spread by a profile) takes 0.07 to 1.4 s of processor time and
//! 210 to 270 MB.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench fails by panicking, and prints its ratios"
)]

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use rayon::prelude::*;
use wfm::calendar::NaiveDate;
use wfm::forecasting::backtest::{Backtest, MeanOfWeeks, Rolling};
use wfm::forecasting::{Automatic, Days, IntervalState};

/// Processor seconds of one fit of automatic exponential smoothing with a profile, median on the
/// real sets, measured with another package on the machine of the reference figures.
const PEER_SECONDS: f64 = 0.17;

/// A year of half hours, around 600 contacts a day.
fn queue(seed: u64) -> Days {
    let mut state = seed;
    let mut uniform = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / 9_007_199_254_740_992.0
    };
    let rows = (0..365)
        .map(|day| {
            let week = [1.2, 1.1, 1.0, 1.0, 1.0, 0.6, 0.4][day % 7];
            (0..48)
                .map(|interval| {
                    let hour = f64::from(interval) / 2.0 - 13.0;
                    let mean = 40.0 * week * (-hour * hour / 30.0).exp() + 1.0;
                    IntervalState::Known((mean * (0.6 + 0.8 * uniform())).round())
                })
                .collect()
        })
        .collect();
    Days::new(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(), 48, rows).unwrap()
}

fn forecast(days: &Days) -> f64 {
    let fitted = Automatic::default().fit(days, &[]).unwrap();
    fitted.forecast(28).unwrap().days[0].total.mean
}

fn one_queue(bench: &mut Criterion) {
    let days = queue(1);
    bench.bench_function(
        "a year of half hours, four weeks ahead with quantiles",
        |b| {
            b.iter(|| forecast(black_box(&days)));
        },
    );
    let fitted = Automatic::default().fit(&days, &[]).unwrap();
    let ahead = fitted.forecast(28).unwrap();
    bench.bench_function("one joint sample path of four weeks", |b| {
        let mut turn = 0.5_f64;
        b.iter(|| {
            ahead.draw_path(&mut || {
                turn = (turn + 0.618_033_988_749_895).fract();
                turn
            })
        });
    });
}

fn rolling(bench: &mut Criterion) {
    let days = queue(2);
    let rolling = Rolling {
        first: 112,
        step: 8,
        horizon: 28,
    };
    let backtest = Backtest::new(&days, &[], rolling);
    let mut group = bench.benchmark_group("backtest of a year");
    group.sample_size(10);
    group.bench_function("automatic", |b| {
        b.iter(|| backtest.run(&Automatic::default()).unwrap());
    });
    group.bench_function("mean of four weeks", |b| {
        b.iter(|| backtest.run(&MeanOfWeeks { weeks: 4 }).unwrap());
    });
    group.finish();
}

/// Prints the time for 500 queues and how many fits of the usual packages one of ours is worth.
fn many_queues(_: &mut Criterion) {
    let queues: Vec<Days> = (1..=500).map(queue).collect();
    let alone = Instant::now();
    let some = queues.iter().take(20).map(forecast).sum::<f64>();
    let seconds = alone.elapsed().as_secs_f64() / 20.0;
    let together = Instant::now();
    let sum: f64 = queues.par_iter().map(forecast).sum();
    println!(
        "one queue {:.1} ms, {:.0} times less than {PEER_SECONDS} s of a peer; 500 queues {:.1} s ({:.0} contacts)",
        seconds * 1e3,
        PEER_SECONDS / seconds,
        together.elapsed().as_secs_f64(),
        sum + some
    );
}

criterion_group!(benches, one_queue, rolling, many_queues);
criterion_main!(benches);
