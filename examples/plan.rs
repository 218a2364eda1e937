//! The main job: a scenario folder in, a plan folder out.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its user"
)]

mod terminal;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use terminal::{Bar, Failure};
use wfm::format::{ReadOptions, exchange_files, plan_json, read_scenario, run_json};
use wfm::milp::Backend;
use wfm::planning::{Correction, Plan, corrected, plan};
#[cfg(feature = "xlsx")]
use wfm::reporting::workbook;
use wfm::reporting::{html, shift_calendars, summary, tables};
use wfm::scheduling::{Solvers, Strategy};

/// Turns contact history and a scenario into a least-cost coverage plan.
#[derive(Debug, Parser)]
struct Flags {
    /// Folder with scenario.toml and the files it names.
    scenario: PathBuf,
    /// Folder to write the plan to: plan.json, run.json, report.html, plan.xlsx, CSV tables,
    /// shifts/*.ics, and what is asked of vendors in exchange/.
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
    /// Simulate the plan and correct it until every promise holds, or say why one cannot; the time limit
    /// is for all rounds.
    #[arg(long)]
    correct: bool,
    /// Threads; all cores when left out. The plan does not depend on it.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    let begun = Instant::now();
    let time_limit = terminal::time_limit(flags.time_limit)?;
    terminal::require_gap(flags.gap)?;
    terminal::use_threads(flags.threads)?;
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
        time_limit,
        gap: flags.gap,
        ..Strategy::new(solvers)
    };
    let plan = if flags.correct {
        corrected(
            &read.scenario,
            &strategy,
            &Correction::default(),
            &Bar::new()?,
        )?
    } else {
        plan(&read.scenario, &strategy, &Bar::new()?)?
    };
    write(&flags.out, &plan, &read.input_hash, begun)?;
    print!("{}", summary(&plan));
    println!("  Time              {:.1} s", begun.elapsed().as_secs_f64());
    println!(
        "\nWritten to {}: plan.json, report.html, {}CSV tables and calendars in shifts/",
        flags.out.display(),
        if cfg!(feature = "xlsx") {
            "plan.xlsx, "
        } else {
            ""
        }
    );
    Ok(())
}

/// Takes away what an earlier plan may have left that this one does not write again: calendars of
/// people who are gone, what was asked of vendors, tables of rosters, the spreadsheet of another build.
fn clear(out: &Path) -> Result<(), Failure> {
    let mut stale: Vec<PathBuf> = ["roster.csv", "open_shifts.csv", "plan.xlsx"]
        .map(|name| out.join(name))
        .to_vec();
    // Answers of vendors may be kept beside what was asked.
    let folders = [
        ("shifts", &[".ics"][..]),
        ("exchange", &["-gap.csv", "-gap-calabrio.csv", "asked.json"]),
    ];
    for (folder, endings) in folders {
        let Ok(files) = std::fs::read_dir(out.join(folder)) else {
            continue;
        };
        for entry in files {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if endings.iter().any(|ending| name.ends_with(ending)) {
                stale.push(path);
            }
        }
    }
    for file in stale.into_iter().filter(|file| file.is_file()) {
        std::fs::remove_file(file)?;
    }
    Ok(())
}

fn write(out: &Path, plan: &Plan, hash: &str, begun: Instant) -> Result<(), Failure> {
    std::fs::create_dir_all(out)?;
    clear(out)?;
    std::fs::write(out.join("plan.json"), plan_json(plan, hash)?)?;
    std::fs::write(out.join("report.html"), html(plan, hash))?;
    #[cfg(feature = "xlsx")]
    std::fs::write(out.join("plan.xlsx"), workbook(plan, hash)?)?;
    let shifts = out.join("shifts");
    std::fs::create_dir_all(&shifts)?;
    for file in shift_calendars(plan) {
        std::fs::write(shifts.join(&file.name), &file.text)?;
    }
    for file in exchange_files(plan, hash)? {
        let exchange = out.join("exchange");
        std::fs::create_dir_all(&exchange)?;
        std::fs::write(exchange.join(&file.name), &file.text)?;
    }
    for table in tables(plan) {
        std::fs::write(out.join(format!("{}.csv", table.name)), table.to_csv()?)?;
    }
    std::fs::write(out.join("run.json"), run_json(begun.elapsed())?)?;
    Ok(())
}
