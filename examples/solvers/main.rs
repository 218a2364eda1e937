//! Every compiled-in solver on the same instances: objective, bound, gap and seconds, side by side.
#![allow(
    clippy::print_stderr,
    reason = "an example tells its user what went wrong"
)]

mod contest;

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use wfm::format::{Instance, read_instance};
use wfm::reporting::{SolverRun, solver_comparison, solver_table};

/// Solves the same instances with every compiled-in backend and compares them.
///
/// A backend is handed the whole model of a week, with every break in it; our own search plans the
/// week without and with each backend. The objective is the cost of the plan by an independent
/// check; the bound is proved anew from prices, never quoted. Costs are in the unit of the instance.
#[derive(Debug, Parser)]
struct Flags {
    /// Folder of instances: JSON files of the formats ccshift-1, ccpool-1 or sd-1.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/instances"))]
    instances: PathBuf,
    /// Seconds each solver may take on each instance.
    #[arg(long, default_value_t = 10.0)]
    time_limit: f64,
    /// CSV file to write the comparison to.
    #[arg(long)]
    csv: Option<PathBuf>,
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

fn run(flags: &Flags) -> Result<(), Box<dyn Error>> {
    if !(flags.time_limit.is_finite() && flags.time_limit > 0.0) {
        return Err("--time-limit must be above 0 seconds".into());
    }
    let limit = Duration::try_from_secs_f64(flags.time_limit).unwrap_or(Duration::MAX);
    if contest::backends().next().is_none() {
        return Err("no solver is compiled in; build with `--features microlp,clarabel`".into());
    }
    // Everything is read before anything is solved, so that a fault in the last file is told first.
    let instances = (files(&flags.instances)?.iter())
        .map(|file| read_instance(file))
        .collect::<Result<Vec<_>, _>>()?;
    let mut all = Vec::new();
    for instance in &instances {
        let runs = compare(instance, limit)?;
        tell(&solver_comparison(&runs))?;
        all.extend(runs);
    }
    if let Some(file) = &flags.csv {
        fs::write(file, solver_table(&all).to_csv()?)
            .map_err(|e| format!("--csv {} cannot be written: {e}", file.display()))?;
    }
    Ok(())
}

/// The JSON files of a folder by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let told = |e| format!("--instances {} cannot be read: {e}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
    if found.is_empty() {
        return Err(format!(
            "--instances {} holds no .json file",
            folder.display()
        ));
    }
    found.sort();
    Ok(found)
}

fn compare(instance: &Instance, limit: Duration) -> Result<Vec<SolverRun>, Box<dyn Error>> {
    let (name, format) = (instance.name(), instance.format());
    match instance {
        Instance::Week(_, week) => {
            tell(&format!("{format}, {}\n", contest::size(week)))?;
            Ok(contest::week(name, week, limit))
        }
        Instance::Design(problem) => {
            tell(&format!("{format}\n"))?;
            Ok(vec![contest::design(name, problem, limit)])
        }
    }
}

/// Prints, and ends quietly when nobody reads on.
fn tell(text: &str) -> Result<(), Box<dyn Error>> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        done => Ok(done?),
    }
}
