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

use clap::{Parser, ValueEnum};
use terminal::{Bar, Failure};
use wfm::format::{ReadOptions, exchange_files, plan_json, read_scenario, run_json};
use wfm::milp::Backend;
use wfm::planning::{Correction, Plan, corrected, plan};
#[cfg(feature = "xlsx")]
use wfm::reporting::workbook;
use wfm::reporting::{Locale, charts, html_in, shift_calendars, summary, tables};
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
    /// How numbers are written in the report and the charts, such as de-DE, fr-FR, en-GB or es-ES.
    #[arg(long, default_value = "en")]
    locale: Locale,
    /// Writes each chart of the report to charts/ as well, in these formats: svg, png or both; png needs
    /// the feature `png`.
    #[arg(long, value_delimiter = ',')]
    charts: Vec<Picture>,
    /// Threads; all cores when left out. The plan does not depend on it.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
}

/// A format of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Picture {
    /// Vectors, for documents and the web.
    Svg,
    /// Pixels, for slides and mails.
    Png,
}

/// Pixels of a PNG for each unit of its SVG.
#[cfg(feature = "png")]
const SCALE: f32 = 2.0;

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    let begun = Instant::now();
    let time_limit = terminal::time_limit(flags.time_limit)?;
    terminal::require_gap(flags.gap)?;
    terminal::use_threads(flags.threads)?;
    if flags.charts.contains(&Picture::Png) && !cfg!(feature = "png") {
        return Err(
            "charts as png need the feature: cargo run --features png --example plan …".into(),
        );
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
    write(flags, &plan, &read.input_hash, begun)?;
    print!("{}", summary(&plan));
    println!("  Time              {:.1} s", begun.elapsed().as_secs_f64());
    println!(
        "\nWritten to {}: plan.json, report.html, {}CSV tables, calendars in shifts/{}{}",
        flags.out.display(),
        if cfg!(feature = "xlsx") {
            "plan.xlsx, "
        } else {
            ""
        },
        if flags.out.join("exchange").is_dir() {
            ", what vendors are asked in exchange/"
        } else {
            ""
        },
        if flags.charts.is_empty() {
            ""
        } else {
            ", charts/"
        }
    );
    Ok(())
}

/// Takes away what an earlier plan may have left that this one does not write again: calendars of
/// people who are gone, charts, what was asked of vendors, tables of rosters, the spreadsheet of another
/// build.
fn clear(out: &Path) -> Result<(), Failure> {
    let mut stale: Vec<PathBuf> = ["roster.csv", "open_shifts.csv", "plan.xlsx"]
        .map(|name| out.join(name))
        .to_vec();
    // Answers of vendors may be kept beside what was asked.
    let folders = [
        ("shifts", &[".ics"][..]),
        ("charts", &[".svg", ".png"]),
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

fn write(flags: &Flags, plan: &Plan, hash: &str, begun: Instant) -> Result<(), Failure> {
    let out = flags.out.as_path();
    std::fs::create_dir_all(out)?;
    clear(out)?;
    std::fs::write(out.join("plan.json"), plan_json(plan, hash)?)?;
    std::fs::write(out.join("report.html"), html_in(plan, hash, flags.locale))?;
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
    write_charts(flags, plan)?;
    std::fs::write(out.join("run.json"), run_json(begun.elapsed())?)?;
    Ok(())
}

/// Writes the charts in the formats that are asked for.
fn write_charts(flags: &Flags, plan: &Plan) -> Result<(), Failure> {
    if flags.charts.is_empty() {
        return Ok(());
    }
    let folder = flags.out.join("charts");
    std::fs::create_dir_all(&folder)?;
    for chart in charts(plan, flags.locale) {
        if flags.charts.contains(&Picture::Svg) {
            std::fs::write(folder.join(format!("{}.svg", chart.name)), &chart.svg)?;
        }
        #[cfg(feature = "png")]
        if flags.charts.contains(&Picture::Png) {
            std::fs::write(
                folder.join(format!("{}.png", chart.name)),
                chart.png(SCALE)?,
            )?;
        }
    }
    Ok(())
}
