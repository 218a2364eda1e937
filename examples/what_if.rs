//! What if? A scenario and some changes of it, planned side by side.

mod terminal;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use terminal::{Bar, Failure, tell};
use wfm::format::{ReadOptions, read_change, read_scenario};
use wfm::planning::{Change, PlanError, what_if};
use wfm::reporting::{Locale, html_what_if_in, what_if_summary, what_if_table};
use wfm::scheduling::{Solvers, Strategy};

/// Plans a scenario as it is and with each change, and shows what each costs.
///
/// A change is WORD=VALUE: `volume=1.1`, `aht=0.95`, `need=1.05`, `staffing=silo`,
/// `occupancy_cap=0.8`, `service_level=0.85`, `csat_floor=none`, `vendor_share=0.45`, `close=PHL`,
/// `week_hours_max=PHL:0.5`. Several at once are joined by commas.
#[derive(Debug, Parser)]
struct Flags {
    /// Folder with scenario.toml and the files it names.
    scenario: PathBuf,
    /// A change, or several joined by commas; may be repeated.
    #[arg(long = "change", required = true)]
    changes: Vec<String>,
    /// Seconds that each plan may take.
    #[arg(long, default_value_t = 60.0)]
    time_limit: f64,
    /// Relative gap between cost and lower bound that is good enough.
    #[arg(long, default_value_t = 0.005)]
    gap: f64,
    /// Folder with data that the scenario names but does not hold.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Folder to write `what_if.csv` and `what_if.html` to.
    #[arg(long)]
    out: Option<PathBuf>,
    /// How numbers are written in `what_if.html`, such as de-DE, fr-FR, en-GB or es-ES.
    #[arg(long, default_value = "en")]
    locale: Locale,
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    terminal::require_gap(flags.gap)?;
    let strategy = Strategy {
        time_limit: terminal::time_limit(flags.time_limit)?,
        gap: flags.gap,
        ..Strategy::new(Solvers::compiled_in()?)
    };
    let changes = (flags.changes.iter())
        .map(|list| list.split(',').map(read_change).collect())
        .collect::<Result<Vec<Vec<Change>>, String>>()?;
    let options = ReadOptions {
        data: flags.data.clone(),
    };
    let scenario = read_scenario(&flags.scenario, &options)?.scenario;
    if let Some(out) = &flags.out {
        fs::create_dir_all(out)?;
    }
    let variants = what_if(&scenario, &changes, &strategy, &Bar::new()?);
    tell(&what_if_summary(&variants))?;
    if let Some(out) = &flags.out {
        fs::write(out.join("what_if.csv"), what_if_table(&variants).to_csv()?)?;
        let page = html_what_if_in(&variants, &scenario, flags.locale);
        fs::write(out.join("what_if.html"), page)?;
    }
    // Other variants may have no plan, which is an answer; a change that names nothing is a mistake.
    for variant in &variants {
        match &variant.plan {
            Err(error @ PlanError::Input(_)) => {
                return Err(format!("{}: {error}", variant.name).into());
            }
            Err(error) if variant.name.is_empty() => {
                return Err(format!("there is no plan for the scenario as it is: {error}").into());
            }
            _ => {}
        }
    }
    Ok(())
}
