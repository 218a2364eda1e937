//! One contact centre or one plan in, what its customers experience out.

mod terminal;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{ArgGroup, Parser};
use terminal::{Bar, Failure, tell};
use wfm::format::{
    CaseFacts, TrialFacts, case_result_json, mix_json, plan_trial_json, read_case, read_plan,
};
use wfm::planning::{MixOptions, least_cost_mix};
use wfm::reporting::{mix_summary, simulation_summary, trial_summary};
use wfm::scheduling::Solvers;
use wfm::simulation::{Options, simulate};

/// Simulates a contact centre, or a plan, and says what customers and agents experience.
#[derive(Debug, Parser)]
#[command(group = ArgGroup::new("input").required(true).args(["case", "plan"]))]
struct Flags {
    /// Case: a JSON file with periods, contact types, groups, service times and routing.
    #[arg(long)]
    case: Option<PathBuf>,
    /// Plan: a folder that the example `plan` wrote.
    #[arg(long)]
    plan: Option<PathBuf>,
    /// Find the least-cost sizes of the groups of the case that keep its targets.
    #[arg(long, requires = "case")]
    staff: bool,
    /// Independent replications; 1,000 for a case, as many as when it was made for a plan.
    #[arg(long)]
    replications: Option<u32>,
    /// Seed of all randomness; 1 for a case, the plan's own for a plan.
    #[arg(long)]
    seed: Option<u64>,
    /// File to write every measure to, by period or day too.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Seconds after which no further replications begin; no limit when left out.
    #[arg(long)]
    time_limit: Option<f64>,
    /// Threads; all cores when left out. The answer does not depend on it.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
}

impl Flags {
    /// Options with what the flags say in place of their own.
    fn over(&self, mut options: Options<'static>) -> Result<Options<'static>, Failure> {
        options.replications = self.replications.unwrap_or(options.replications);
        options.seed = self.seed.unwrap_or(options.seed);
        if let Some(seconds) = self.time_limit {
            options.time_limit = Some(terminal::time_limit(seconds)?);
        }
        Ok(options)
    }

    fn write(
        &self,
        text: impl FnOnce() -> Result<String, serde_json::Error>,
    ) -> Result<(), Failure> {
        if let Some(out) = &self.out {
            terminal::replace(out, &text()?)?;
            tell(&format!("\nWritten to {}\n", out.display()))?;
        }
        Ok(())
    }
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    terminal::use_threads(flags.threads)?;
    if let Some(out) = &flags.out {
        terminal::require_place("--out", out)?;
    }
    match (&flags.case, &flags.plan) {
        (Some(case), _) if flags.staff => run_staff(flags, case),
        (Some(case), _) => run_case(flags, case),
        (_, Some(plan)) => run_plan(flags, plan),
        _ => Ok(()),
    }
}

fn run_case(flags: &Flags, path: &Path) -> Result<(), Failure> {
    let options = flags.over(Options::new(1000, 1))?;
    let case = read_case(path)?;
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
    flags.write(|| {
        let facts = CaseFacts {
            case: &layout.name,
            replications: seen.replications,
            seed: options.seed,
            seconds,
            contacts: seen.contacts,
        };
        case_result_json(&facts, &measures)
    })
}

fn run_staff(flags: &Flags, path: &Path) -> Result<(), Failure> {
    let problem = read_case(path)?.mix;
    let mut options = MixOptions::new(&problem, Solvers::compiled_in()?);
    if let Some(replications) = flags.replications {
        options.replications = replications;
        options.proof = replications.saturating_mul(8);
    }
    options.seed = flags.seed.unwrap_or(options.seed);
    if let Some(seconds) = flags.time_limit {
        options.time_limit = Some(terminal::time_limit(seconds)?);
    }
    let mix = least_cost_mix(&problem, &options, &Bar::new()?)?;
    let name = &problem.layout.name;
    tell(&format!("{name}\n\n{}", mix_summary(&problem, &mix)))?;
    flags.write(|| mix_json(&problem.layout, &mix, options.seed))
}

fn run_plan(flags: &Flags, folder: &Path) -> Result<(), Failure> {
    let plan = read_plan(folder)?;
    let options = flags.over(plan.live.options())?;
    let trials = plan.live.simulate(&options)?;
    let summary = trial_summary(&trials, options.replications, options.seed);
    tell(&format!("{}: {summary}", plan.scenario))?;
    flags.write(|| {
        let facts = TrialFacts {
            scenario: &plan.scenario,
            input_hash: &plan.input_hash,
            replications: options.replications,
            seed: options.seed,
        };
        plan_trial_json(&facts, &trials)
    })
}
