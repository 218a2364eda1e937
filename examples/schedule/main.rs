//! One neutral instance in, the cheapest shifts with a proven bound out.
#![allow(
    clippy::print_stderr,
    reason = "an example tells its user what went wrong"
)]

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use wfm::format::{
    Instance, SolutionFacts, WeekFormat, design_solution_json, read_instance, week_solution_json,
};
use wfm::milp::{Backend, Event, Observer};
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
    /// Solver by its name, such as microlp, clarabel or highs; for weeks only.
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

/// Shows progress on a terminal, and nothing elsewhere.
#[derive(Debug)]
struct Bar(ProgressBar);

impl Observer for Bar {
    fn on(&self, event: &Event) {
        match event {
            Event::Stage { name } => self.0.set_message((*name).to_owned()),
            Event::Bound { bound } => self.0.set_message(format!("bound {bound:.0}")),
            Event::Incumbent { cost, bound } => {
                let gap = (cost - bound) / cost.max(1.0) * 100.0;
                let text = format!("cost {cost:.0}, bound {bound:.0}, gap {gap:.2} %");
                self.0.set_message(text);
            }
            Event::Step { done, total } => self.0.set_message(format!("step {done} of {total}")),
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

fn run(flags: &Flags) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let has_time = flags.time_limit.is_finite() && flags.time_limit > 0.0;
    if !has_time || !(0.0..1.0).contains(&flags.gap) {
        return Err(
            "--time-limit must be above 0 seconds, --gap a fraction from 0 to below 1".into(),
        );
    }
    if let Some(threads) = flags.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global()?;
    }
    if let Some(backend) = flags.backend {
        backend.require()?;
    }
    require_place(&flags.out)?;
    let search = Search {
        backend: flags.backend,
        time_limit: Duration::try_from_secs_f64(flags.time_limit).unwrap_or(Duration::MAX),
        gap: flags.gap,
        work: flags.work,
        seed: flags.seed,
    };
    let instance = read_instance(&flags.instance)?;
    if let (Instance::Design(_), Some(backend)) = (&instance, flags.backend) {
        return Err(format!(
            "--backend {backend}: shift designs (sd-1) are searched without a backend; leave it out"
        )
        .into());
    }
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {elapsed} {msg}")?);
    let observer = Bar(bar.clone());
    let answer = match &instance {
        Instance::Week(format, week) => schedule(*format, week, &search, &observer, begun),
        Instance::Design(problem) => design(problem, &search, &observer, begun),
    };
    bar.finish_and_clear();
    let answer = answer?;
    replace(&flags.out, &answer.json)?;
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
) -> Result<Answer, Box<dyn Error>> {
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
) -> Result<Answer, Box<dyn Error>> {
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

/// Says so before the search rather than after it when the answer cannot be written.
fn require_place(out: &Path) -> Result<(), String> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    if out.is_dir() || out.file_name().is_none() {
        return Err(format!("--out {} is no name of a file", out.display()));
    }
    match folder {
        Some(folder) if !folder.is_dir() => {
            Err(format!("--out: there is no folder {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Writes the whole file or leaves everything as it was. What a link points to is replaced, not
/// the link; a pipe or a device is written to.
fn replace(out: &Path, text: &str) -> Result<(), String> {
    let failed = |e| format!("{} cannot be written: {e}", out.display());
    if fs::metadata(out).is_ok_and(|there| !there.is_file()) {
        return fs::write(out, text).map_err(failed);
    }
    let target = fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let draft = target.with_file_name(format!(".{name}.{}.draft", std::process::id()));
    let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, &target));
    written.map_err(|e| {
        // The draft may not even have come into being.
        let _ = fs::remove_file(&draft);
        failed(e)
    })
}

/// Prints, and ends quietly when nobody reads on.
fn tell(text: &str) -> Result<(), Box<dyn Error>> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(()),
    }
}
