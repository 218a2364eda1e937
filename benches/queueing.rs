//! Staffing formulas: one evaluation and one staffing decision at every size, the whole of a batch,
//! and the ratio to what a plain recursion takes.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic, and prints its ratios"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use wfm::queueing::{
    ErlangA, ErlangC, Objective, QueueModel, Traffic, erlang_b, required_agents,
    required_agents_each,
};
use wfm::units::{Erlangs, Probability, whole};

const SIZES: [f64; 5] = [10.0, 100.0, 1_000.0, 10_000.0, 100_000.0];
const AHT: Duration = Duration::from_secs(240);
const WITHIN: Duration = Duration::from_secs(20);

fn traffic(load: f64) -> Traffic {
    Traffic::new(Erlangs::new(load).unwrap(), AHT)
}

fn eighty_twenty() -> Objective {
    Objective::service_level(Probability::new(0.8).unwrap(), WITHIN).unwrap()
}

/// A number of agents that a planner would have on the load.
fn agents(load: f64) -> u32 {
    required_agents(&ErlangC, &traffic(load), &eighty_twenty())
        .unwrap()
        .get()
}

fn evaluations(c: &mut Criterion) {
    let patient = ErlangA::new(Duration::from_secs(180)).unwrap();
    let mut group = c.benchmark_group("one evaluation");
    for load in SIZES {
        let (n, arriving) = (agents(load), traffic(load));
        let id = |model: &str| BenchmarkId::new(model, load);
        group.bench_function(id("Erlang B"), |b| {
            b.iter(|| erlang_b::blocking(black_box(n), black_box(arriving.load)));
        });
        group.bench_function(id("Erlang C"), |b| {
            b.iter(|| ErlangC.performance(black_box(&arriving), black_box(f64::from(n)), WITHIN));
        });
        group.bench_function(id("Erlang A"), |b| {
            b.iter(|| patient.performance(black_box(&arriving), black_box(f64::from(n)), WITHIN));
        });
    }
    group.finish();
}

fn staffing(c: &mut Criterion) {
    let patient = ErlangA::new(Duration::from_secs(180)).unwrap();
    let objective = eighty_twenty();
    let mut group = c.benchmark_group("fewest agents");
    for load in SIZES {
        let arriving = traffic(load);
        group.bench_function(BenchmarkId::new("Erlang C", load), |b| {
            b.iter(|| required_agents(&ErlangC, black_box(&arriving), &objective));
        });
        group.bench_function(BenchmarkId::new("Erlang A", load), |b| {
            b.iter(|| required_agents(&patient, black_box(&arriving), &objective));
        });
    }
    group.finish();
}

fn batch(c: &mut Criterion) {
    let objective = eighty_twenty();
    let year: Vec<Traffic> = (0..100_000_u32)
        .map(|i| traffic(f64::from(i % 96) * 1.37 + f64::from(i % 7)))
        .collect();
    let mut group = c.benchmark_group("100,000 intervals, Erlang C");
    group
        .throughput(Throughput::Elements(100_000))
        .sample_size(20);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        group.bench_function(BenchmarkId::new("threads", threads), |b| {
            b.iter_batched(
                || (),
                |()| pool.install(|| required_agents_each(&ErlangC, &year, &objective)),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

/// What a plain program does: Erlang C by the recursion on `1/B` from one server up, restarted for
/// each number of agents until the target is met.
fn plain_search(load: f64) -> u32 {
    let mut n = load.ceil() + 1.0;
    loop {
        let mut inverse_b = 1.0;
        let mut k = 1.0;
        while k <= n {
            inverse_b = 1.0 + k / load * inverse_b;
            k += 1.0;
        }
        let p_wait = n / ((n - load) * inverse_b + load);
        let late = p_wait * (-(n - load) * WITHIN.as_secs_f64() / AHT.as_secs_f64()).exp();
        if 1.0 - late >= 0.8 {
            return whole::round(n);
        }
        n += 1.0;
    }
}

/// Time of one call in nanoseconds: the least of several rounds.
fn nanoseconds<T>(rounds: u32, mut call: impl FnMut() -> T) -> f64 {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..rounds {
                black_box(call());
            }
            start.elapsed().as_nanos() as f64 / f64::from(rounds)
        })
        .fold(f64::INFINITY, f64::min)
}

/// Prints how many times longer a plain recursion takes, both in the same run.
fn ratio_to_recursion(_: &mut Criterion) {
    let objective = eighty_twenty();
    println!("fewest agents, Erlang C 80/20: plain recursion against this crate");
    for load in SIZES {
        let arriving = traffic(load);
        assert_eq!(plain_search(load), agents(load));
        let rounds = whole::ceil(2e5 / load).min(2_000);
        let plain = nanoseconds(rounds, || plain_search(black_box(load)));
        let ours = nanoseconds(20_000, || {
            required_agents(&ErlangC, black_box(&arriving), &objective)
        });
        println!(
            "{load:>9} erlangs {plain:>14.0} ns {ours:>8.0} ns   ratio {:.0}",
            plain / ours
        );
    }
}

criterion_group!(benches, evaluations, staffing, batch, ratio_to_recursion);
criterion_main!(benches);
