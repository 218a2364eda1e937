//! One neutral instance in, the cheapest shifts with a proven bound out.
#![allow(
    clippy::print_stderr,
    reason = "an example tells its user what went wrong"
)]

#[path = "../terminal/mod.rs"]
mod terminal;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use terminal::{Bar, Failure, tell};
use wfm::format::{
    Instance, SolutionFacts, WeekFormat, design_solution_json, read_instance, week_solution_json,
};
use wfm::milp::Backend;
use wfm::reporting::{design_summary, proof_summary, week_summary};
use wfm::scheduling::ScheduleError;
use wfm::scheduling::design::{DesignProblem, DesignStrategy, design_shifts, verify_design};
use wfm::scheduling::week::{Week, WeekStrategy, solve_week, verify_week};

/// Name of the search that needs no backend.
const OWN: &str = "wfm";

/// Schedules a typical week, or designs its shifts, at least cost.
#[derive(Debug, Parser)]
struct Flags {
    /// Instance: a JSON file of the format ccshift-1, ccpool-1 or sd-1.
    #[arg(long)]
    instance: PathBuf,
    /// File to write the answer to.
    #[arg(long)]
    out: PathBuf,
    /// Solver by its name, such as microlp, clarabel or highs; it takes no part in shift
    /// designs.
    #[arg(long)]
    backend: Option<Backend>,
    /// Seconds the search may take.
    #[arg(long, default_value_t = 120.0)]
    time_limit: f64,
    /// Relative gap between cost and lower bound that is good enough.
    #[arg(long, default_value_t = 0.0001)]
    gap: f64,
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

/// How the search is to go, from the flags.
#[derive(Debug)]
struct Search {
    backend: Option<Backend>,
    time_limit: Duration,
    gap: f64,
    work: Option<u64>,
    seed: u64,
}

/// An answer as text, and what to tell people.
struct Answer {
    json: String,
    screen: String,
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    let begun = Instant::now();
    let time_limit = terminal::time_limit(flags.time_limit)?;
    terminal::require_gap(flags.gap)?;
    terminal::use_threads(flags.threads)?;
    if let Some(backend) = flags.backend {
        backend.require()?;
    }
    terminal::require_place("--out", &flags.out)?;
    let search = Search {
        backend: flags.backend,
        time_limit,
        gap: flags.gap,
        work: flags.work,
        seed: flags.seed,
    };
    let instance = read_instance(&flags.instance)?;
    if let (Instance::Design(_), Some(backend)) = (&instance, flags.backend) {
        eprintln!(
            "note: shift designs (sd-1) are searched without a backend; {backend} takes no part"
        );
    }
    let observer = Bar::new()?;
    let answer = match &instance {
        Instance::Week(format, week) => schedule(*format, week, &search, &observer, begun),
        Instance::Design(problem) => design(problem, &search, &observer, begun),
    };
    drop(observer);
    let answer = answer?;
    terminal::replace(&flags.out, &answer.json)?;
    tell(&format!(
        "{}\nWritten to {}\n",
        answer.screen,
        flags.out.display()
    ))
}

fn schedule(
    format: WeekFormat,
    week: &Week,
    search: &Search,
    observer: &Bar,
    begun: Instant,
) -> Result<Answer, Failure> {
    let strategy = WeekStrategy {
        time_limit: search.time_limit.saturating_sub(begun.elapsed()),
        gap: search.gap,
        work: search.work,
        seed: search.seed,
        backend: search.backend,
    };
    let solved = solve_week(week, &strategy, observer)?;
    let report = verify_week(week, &solved.plan);
    require_clean(&report.violations, report.cost, solved.cost, solved.bound)?;
    let facts = SolutionFacts {
        backend: search.backend.map_or(OWN, Backend::name),
        cost: solved.cost,
        bound: solved.bound,
        termination: solved.termination,
        seconds: begun.elapsed().as_secs_f64(),
    };
    let (cost, bound) = (solved.cost as f64 / 100.0, facts.written_bound() / 100.0);
    Ok(Answer {
        json: week_solution_json(format, week, &solved.plan, &facts)?,
        screen: format!(
            "{}\n{}",
            week_summary(week, &solved.plan, &solved.prices),
            proof_summary(cost, bound, "", facts.termination, facts.seconds)
        ),
    })
}

fn design(
    problem: &DesignProblem,
    search: &Search,
    observer: &Bar,
    begun: Instant,
) -> Result<Answer, Failure> {
    let strategy = DesignStrategy {
        time_limit: search.time_limit.saturating_sub(begun.elapsed()),
        gap: search.gap,
        work: search.work,
        seed: search.seed,
    };
    let solved = design_shifts(problem, &strategy, observer)?;
    let report = verify_design(problem, &solved.plan);
    require_clean(&report.violations, report.cost, solved.cost, solved.bound)?;
    let facts = SolutionFacts {
        backend: OWN,
        cost: solved.cost,
        bound: solved.bound,
        termination: solved.termination,
        seconds: begun.elapsed().as_secs_f64(),
    };
    let (cost, bound) = (solved.cost as f64, facts.written_bound());
    Ok(Answer {
        json: design_solution_json(problem, &solved.plan, &facts)?,
        screen: format!(
            "{}\n{}",
            design_summary(problem, &solved.plan),
            proof_summary(
                cost,
                bound,
                "weighted minutes",
                facts.termination,
                facts.seconds
            )
        ),
    })
}

/// Nothing is written that the independent check does not accept.
fn require_clean(
    violations: &[String],
    checked: i128,
    stated: i64,
    bound: f64,
) -> Result<(), ScheduleError> {
    let wrong = if let Some(first) = violations.first() {
        format!("{first} ({} in all)", violations.len())
    } else if checked != i128::from(stated) {
        format!("it costs {checked}, not {stated}")
    } else if bound > stated as f64 * (1.0 + 1e-9) + 1e-6 {
        format!("its cost of {stated} is below the bound of {bound}")
    } else {
        return Ok(());
    };
    Err(ScheduleError::Unverified(wrong))
}
