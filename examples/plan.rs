//! The main job: a scenario folder in, a plan folder out.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its user"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use wfm::format::{ReadOptions, plan_json, read_scenario, run_json};
use wfm::milp::{Backend, Event, Observer};
use wfm::planning::{Plan, plan};
use wfm::reporting::{html, summary, tables};
use wfm::scheduling::{Solvers, Strategy};

/// Turns contact history and a scenario into a least-cost coverage plan.
#[derive(Debug, Parser)]
struct Flags {
    /// Folder with scenario.toml and the files it names.
    scenario: PathBuf,
    /// Folder to write the plan to: plan.json, run.json, report.html and CSV tables.
    #[arg(long)]
    out: PathBuf,
    /// Folder with data that the scenario names but does not hold.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Solver by its name, such as microlp, clarabel or highs.
    #[arg(long)]
    backend: Option<Backend>,
    /// Seconds the search may take.
    #[arg(long, default_value_t = 120.0)]
    time_limit: f64,
    /// Relative gap between cost and lower bound that is good enough.
    #[arg(long, default_value_t = 0.001)]
    gap: f64,
    /// Seed, instead of the scenario's own.
    #[arg(long)]
    seed: Option<u64>,
    /// Threads; all cores when left out. The plan does not depend on it.
    #[arg(long)]
    threads: Option<usize>,
}

/// Shows progress on a terminal, and nothing elsewhere.
#[derive(Debug)]
struct Bar(ProgressBar);

impl Observer for Bar {
    fn on(&self, event: &Event) {
        match event {
            Event::Stage { name } => self.0.set_message((*name).to_owned()),
            Event::Bound { bound } => self.0.set_message(format!("bound {bound:.2}")),
            Event::Incumbent { cost, bound } => {
                let gap = (cost - bound) / cost * 100.0;
                self.0
                    .set_message(format!("cost {cost:.2}, bound {bound:.2}, gap {gap:.2} %"));
            }
            Event::Step { done, total } => self.0.set_message(format!("day {done} of {total}")),
            _ => {}
        }
        self.0.tick();
    }
}

fn main() -> ExitCode {
    match run(&Flags::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(flags: &Flags) -> Result<(), Box<dyn std::error::Error>> {
    let begun = Instant::now();
    let has_time = flags.time_limit.is_finite() && flags.time_limit > 0.0;
    if !has_time || !(0.0..1.0).contains(&flags.gap) {
        return Err(
            "--time-limit must be above 0 seconds, --gap a fraction from 0 to below 1".into(),
        );
    }
    if let Some(threads) = flags.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()?;
    }
    let solvers = flags
        .backend
        .map_or_else(Solvers::compiled_in, Solvers::named)?;
    let options = ReadOptions {
        data: flags.data.clone(),
    };
    let mut read = read_scenario(&flags.scenario, &options)?;
    if let Some(seed) = flags.seed {
        read.scenario.seed = seed;
    }
    let strategy = Strategy {
        time_limit: Duration::from_secs_f64(flags.time_limit),
        gap: flags.gap,
        ..Strategy::new(solvers)
    };
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {elapsed} {msg}")?);
    let plan = plan(&read.scenario, &strategy, &Bar(bar.clone()))?;
    bar.finish_and_clear();
    write(&flags.out, &plan, &read.input_hash, begun)?;
    print!("{}", summary(&plan));
    println!("  Time              {:.1} s", begun.elapsed().as_secs_f64());
    println!(
        "\nWritten to {}: plan.json, report.html and CSV tables",
        flags.out.display()
    );
    Ok(())
}

fn write(
    out: &Path,
    plan: &Plan,
    hash: &str,
    begun: Instant,
) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(out)?;
    std::fs::write(out.join("plan.json"), plan_json(plan, hash)?)?;
    std::fs::write(out.join("report.html"), html(plan, hash))?;
    for table in tables(plan) {
        std::fs::write(out.join(format!("{}.csv", table.name)), table.to_csv()?)?;
    }
    std::fs::write(out.join("run.json"), run_json(begun.elapsed())?)?;
    Ok(())
}
