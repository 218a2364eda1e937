//! Typical weeks and shift designs by name: objective, bound, gap and time together, since none of them says much
//! alone.
//!
//! `WFM_BENCH_SECONDS` is what each solver may take on each instance, 5 without it; for instance
//! `WFM_BENCH_SECONDS=120 cargo bench --bench scheduling -- help-desk`. Words behind `--` select
//! instances by a part of their name. The shared instances are found through `WFM_SHARED`, or in
//! `../shared`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench fails by panicking, and prints what it measured"
)]

#[path = "../examples/solvers/contest.rs"]
mod contest;

use std::path::{Path, PathBuf};
use std::time::Duration;

use wfm::format::{Instance, read_instance};
use wfm::reporting::solver_comparison;

/// Shipped with the crate.
const OWN: [&str; 4] = ["corner-shop", "two-sites", "help-desk", "bakery"];
/// Shared between projects, by folder.
const SHARED: [(&str, &str); 9] = [
    ("synthetic", "cc_small_1"),
    ("synthetic", "cc_medium_1"),
    ("synthetic", "cc_large_1"),
    ("synthetic", "cc_multi_1"),
    ("shift_design", "DataSet1_RandomExample1"),
    ("shift_design", "DataSet1_RandomExample3"),
    ("shift_design", "DataSet1_RandomExample5"),
    ("shift_design", "DataSet2_RandomExample28"),
    ("shift_design", "DataSet3_RandomExample23"),
];

fn main() {
    let seconds = std::env::var("WFM_BENCH_SECONDS").map_or(5.0, |text| text.parse().unwrap());
    let limit = Duration::from_secs_f64(seconds);
    // Cargo adds options of its own, such as `--bench`.
    let wanted: Vec<String> = (std::env::args().skip(1))
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|w| name.contains(w));
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared =
        std::env::var_os("WFM_SHARED").map_or_else(|| here.join("../shared"), PathBuf::from);
    let own = OWN.map(|name| (name, here.join("examples/instances")));
    let theirs = SHARED.map(|(folder, name)| (name, shared.join("benchmarks").join(folder)));
    for (name, folder) in own
        .into_iter()
        .chain(theirs)
        .filter(|(name, _)| is_wanted(name))
    {
        let file = folder.join(format!("{name}.json"));
        if !file.exists() {
            println!("{name}: skipped, {} is not there\n", file.display());
            assert_ne!(std::env::var("CI").as_deref(), Ok("true"));
            continue;
        }
        let runs = match read_instance(&file).unwrap() {
            Instance::Week(_, week) => {
                println!("{}", contest::size(&week));
                contest::week(name, &week, limit)
            }
            Instance::Design(problem) => vec![contest::design(name, &problem, limit)],
        };
        print!("{}", solver_comparison(&runs));
    }
}
