//! One roster instance in, a cheap roster with a proven bound out.

#[path = "../terminal/mod.rs"]
mod terminal;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use terminal::{Bar, Failure, tell};
use wfm::format::{
    RosterInstance, read_roster_instance, roster_solution_json, rotating_solution_json,
};
use wfm::milp::Backend;
use wfm::reporting::{roster_table, rotating_table};
use wfm::scheduling::roster::{RosterProblem, RosterStrategy, solve_roster, verify_roster};
use wfm::scheduling::rotating::{RotatingProblem, solve_rotating};

/// Makes a roster: who works which shift on which day.
#[derive(Debug, Parser)]
struct Flags {
    /// Instance: staff rostering sections, nurse rostering competition 2010, or rotating
    /// workforce schedule.
    #[arg(long)]
    instance: PathBuf,
    /// File to write the answer to.
    #[arg(long)]
    out: PathBuf,
    /// Seconds the search may take.
    #[arg(long, default_value_t = 60.0)]
    time_limit: f64,
    /// Threads; all cores when left out. The answer does not depend on it.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
    /// Units of work after which the search stops, on any machine at the same place.
    #[arg(long)]
    work: Option<u64>,
    /// Seed of the search.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    let begun = Instant::now();
    let time_limit = terminal::time_limit(flags.time_limit)?;
    terminal::use_threads(flags.threads)?;
    terminal::require_place("--out", &flags.out)?;
    let strategy = RosterStrategy {
        time_limit,
        work: flags.work,
        seed: flags.seed,
    };
    let (json, screen) = match read_roster_instance(&flags.instance)? {
        RosterInstance::Roster(problem) => roster(&problem, &strategy, begun)?,
        RosterInstance::Rotating(problem) => rotating(&problem, time_limit, begun)?,
    };
    terminal::replace(&flags.out, &json)?;
    tell(&format!("{screen}\nWritten to {}\n", flags.out.display()))
}

fn roster(
    problem: &RosterProblem,
    strategy: &RosterStrategy,
    begun: Instant,
) -> Result<(String, String), Failure> {
    let observer = Bar::new()?;
    let solved = solve_roster(problem, strategy, &observer)?;
    drop(observer);
    let report = verify_roster(problem, &solved.roster);
    let seconds = begun.elapsed().as_secs_f64();
    let screen = format!(
        "{}\nagents {}, cover {}\ncost {}, bound {}, {seconds:.1} s, {}\n",
        roster_table(problem, &solved.roster, &report),
        report.cost - report.of_cover,
        report.of_cover,
        solved.cost,
        solved.bound,
        solved.termination
    );
    Ok((roster_solution_json(problem, &solved, seconds)?, screen))
}

fn rotating(
    problem: &RotatingProblem,
    time_limit: Duration,
    begun: Instant,
) -> Result<(String, String), Failure> {
    let schedule = solve_rotating(problem, Backend::Microlp, time_limit)?;
    let seconds = begun.elapsed().as_secs_f64();
    let screen = format!(
        "{}\nfeasible, {seconds:.1} s\n",
        rotating_table(problem, &schedule)
    );
    Ok((rotating_solution_json(problem, &schedule, seconds)?, screen))
}
