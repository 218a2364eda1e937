//! Every compiled-in solver on the same instances: objective, bound, gap and seconds, side by side.
mod contest;
#[path = "../terminal/mod.rs"]
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use terminal::{Failure, tell};
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
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    let limit = terminal::time_limit(flags.time_limit)?;
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

fn compare(instance: &Instance, limit: Duration) -> Result<Vec<SolverRun>, Failure> {
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
