//! Evaluates staffing formulas: every row of a cases file, or the table a planner wants.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its user"
)]

mod cases;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use cases::{Failure, seconds};
use wfm::queueing::{ErlangC, Objective, QueueModel, Traffic, required_agents};
use wfm::units::{Erlangs, Probability, Shrinkage};

/// Evaluates Erlang B and C: a file of cases, or one interval.
#[derive(Debug, Parser)]
struct Flags {
    /// Cases: one number a row, with the model, its inputs, the expected value and a tolerance.
    #[arg(long, conflicts_with_all = ["volume", "aht"])]
    cases: Option<PathBuf>,
    /// Contacts in the interval.
    #[arg(long, requires = "aht")]
    volume: Option<f64>,
    /// Length of the interval in minutes.
    #[arg(long, default_value_t = 30.0)]
    interval_minutes: f64,
    /// Handling time in seconds.
    #[arg(long)]
    aht: Option<f64>,
    /// Threshold of the service level in seconds.
    #[arg(long, default_value_t = 20.0)]
    answer_within: f64,
    /// Share of contacts to answer within the threshold.
    #[arg(long, default_value_t = 0.8)]
    target: f64,
    /// Share of paid time not spent available.
    #[arg(long, default_value_t = 0.0)]
    shrinkage: f64,
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    let done = match (&flags.cases, flags.volume, flags.aht) {
        (Some(file), _, _) => check(file),
        (None, Some(volume), Some(aht)) => interval(&flags, volume, aht),
        _ => Err("give --cases FILE, or --volume and --aht; --help explains".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Agents around the smallest that meets the target, and what each number of them gives.
fn interval(flags: &Flags, volume: f64, aht: f64) -> Result<(), Failure> {
    let load = Erlangs::offered(
        volume,
        seconds(flags.interval_minutes * 60.0)?,
        seconds(aht)?,
    )?;
    let traffic = Traffic::new(load, seconds(aht)?);
    let within = seconds(flags.answer_within)?;
    let objective = Objective::service_level(Probability::new(flags.target)?, within)?;
    let shrinkage = Shrinkage::new(flags.shrinkage)?;
    let chosen = required_agents(&ErlangC, &traffic, &objective)?.get();
    println!(
        "load {:.4} erlangs; * marks the fewest agents that meet the target",
        load.get()
    );
    println!("  agents      SL     ASA s  occupancy  scheduled");
    for agents in chosen.saturating_sub(3)..=chosen.saturating_add(5) {
        let seen = ErlangC.performance(&traffic, f64::from(agents), within);
        let mark = if agents == chosen { '*' } else { ' ' };
        let scheduled = shrinkage.gross_up(f64::from(agents));
        let (level, occupancy) = (seen.service_level.offered.get(), seen.occupancy.get());
        let asa = if seen.is_stable {
            format!("{:.2}", seen.asa_seconds)
        } else {
            "grows".to_owned()
        };
        println!(
            "{mark} {agents:>6}  {:>5.1} %  {asa:>8}    {:>5.1} %  {scheduled:>9.2}",
            level * 100.0,
            occupancy * 100.0
        );
    }
    Ok(())
}

/// Evaluates every row of a cases file and writes it with its verdict.
fn check(file: &Path) -> Result<(), Failure> {
    let rows = cases::read(file)?;
    println!("id,quantity,computed,expected,tolerance,ok");
    let mut passed = 0;
    for case in &rows {
        let (id, quantity) = (case.text("id"), case.quantity());
        let (expected, tolerance) = (case.text("value"), case.text("tolerance"));
        match cases::evaluate(case) {
            Ok(computed) => {
                let ok = case.accepts(computed)?;
                passed += usize::from(ok);
                println!("{id},{quantity},{computed},{expected},{tolerance},{ok}");
            }
            Err(error) => {
                eprintln!("{error}");
                println!("{id},{quantity},,{expected},{tolerance},false");
            }
        }
    }
    eprintln!("{passed} of {} rows within tolerance", rows.len());
    if passed == rows.len() {
        Ok(())
    } else {
        Err("some rows are out of tolerance".into())
    }
}
