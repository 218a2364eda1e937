//! The stages of a week of the largest scenario, and of the small one from end to end.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a bench fails by panicking"
)]

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use wfm::format::{ReadOptions, plan_json, read_scenario};
use wfm::milp::Silent;
use wfm::planning::{Demand, Scenario, plan, problem, requirement};
use wfm::reporting::html;
use wfm::scheduling::{Solvers, Strategy, allocate};

fn scenario(name: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/scenarios")
        .join(name);
    read_scenario(&folder, &ReadOptions::default())
        .unwrap()
        .scenario
}

fn stages(bench: &mut Criterion) {
    let ondara = scenario("ondara");
    bench.bench_function("ondara/read", |b| b.iter(|| scenario("ondara")));
    bench.bench_function("ondara/forecast", |b| {
        b.iter(|| Demand::forecast(&ondara).unwrap());
    });
    let demand = Demand::forecast(&ondara).unwrap();
    bench.bench_function("ondara/requirement", |b| {
        b.iter(|| requirement(&ondara, &demand).unwrap());
    });
    let needs = requirement(&ondara, &demand).unwrap();
    let solvers = Solvers::compiled_in().unwrap();
    bench.bench_function("ondara/allocation", |b| {
        b.iter(|| allocate(&problem(&ondara, &needs), &"L1".into(), solvers).unwrap());
    });
}

fn whole(bench: &mut Criterion) {
    let belgium = scenario("belgium");
    let strategy = Strategy::new(Solvers::compiled_in().unwrap());
    bench.bench_function("belgium/plan", |b| {
        b.iter(|| plan(&belgium, &strategy, &Silent).unwrap());
    });
    let done = plan(&belgium, &strategy, &Silent).unwrap();
    bench.bench_function("belgium/report", |b| {
        b.iter(|| (html(&done, "hash"), plan_json(&done, "hash").unwrap()));
    });
}

criterion_group!(benches, stages, whole);
criterion_main!(benches);
