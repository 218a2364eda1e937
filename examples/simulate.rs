//! One contact centre in, every measure with its interval out.

#[path = "terminal/mod.rs"]
mod terminal;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use terminal::{Failure, tell};
use wfm::format::{CaseFacts, case_result_json, read_case};
use wfm::reporting::simulation_summary;
use wfm::simulation::{Options, simulate};

/// Simulates a contact centre and says what customers and agents experience.
#[derive(Debug, Parser)]
struct Flags {
    /// Case: a JSON file with periods, contact types, groups, service times and routing.
    #[arg(long)]
    case: PathBuf,
    /// Independent replications.
    #[arg(long, default_value_t = 1000)]
    replications: u32,
    /// Seed of all randomness.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// File to write every measure to, by period too.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Seconds after which no further replications begin; no limit when left out.
    #[arg(long)]
    time_limit: Option<f64>,
    /// Threads; all cores when left out. The answer does not depend on it.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    terminal::use_threads(flags.threads)?;
    if let Some(out) = &flags.out {
        terminal::require_place(out)?;
    }
    let mut options = Options::new(flags.replications, flags.seed);
    if let Some(seconds) = flags.time_limit {
        options.time_limit = Some(terminal::time_limit(seconds)?);
    }
    let case = read_case(&flags.case)?;
    let layout = case.centre.layout();
    let begun = Instant::now();
    let seen = simulate(&case.centre, &options)?;
    let seconds = begun.elapsed().as_secs_f64();
    let measures = seen.measures(layout);
    let summary = simulation_summary(&seen, &measures, &case.expected, seconds);
    tell(&format!(
        "{} (times in the unit `{}`)\n{summary}",
        layout.name, case.time_unit
    ))?;
    if let Some(out) = &flags.out {
        let facts = CaseFacts {
            case: &layout.name,
            replications: seen.replications,
            seed: flags.seed,
            seconds,
            contacts: seen.contacts,
        };
        terminal::replace(out, &case_result_json(&facts, &measures)?)?;
        tell(&format!("\nWritten to {}\n", out.display()))?;
    }
    Ok(())
}
