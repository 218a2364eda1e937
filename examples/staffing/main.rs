//! Evaluates staffing formulas: every row of a cases file, or the table a planner wants.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its user"
)]

mod cases;
#[path = "../terminal/mod.rs"]
mod terminal;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use cases::{Failure, seconds};
use wfm::queueing::{ErlangA, ErlangC, Objective, QueueModel, Traffic, required_agents};
use wfm::units::{Agents, Erlangs, Probability, Shrinkage};

/// Evaluates staffing formulas: a file of cases, or one interval.
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
    /// Mean patience in seconds; customers never hang up without it.
    #[arg(long)]
    patience: Option<f64>,
    /// Largest share of contacts that may hang up; only with a patience.
    #[arg(long, requires = "patience")]
    max_abandonment: Option<f64>,
    /// Largest share of their time that agents may be busy.
    #[arg(long)]
    max_occupancy: Option<f64>,
    /// Share of paid time not spent available; whole agents are scheduled for it.
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
    terminal::exit(done)
}

/// Agents around the smallest that meets the target, and what each number of them gives.
fn interval(flags: &Flags, volume: f64, aht: f64) -> Result<(), Failure> {
    let (interval, aht) = (seconds(flags.interval_minutes * 60.0)?, seconds(aht)?);
    let load = Erlangs::offered(volume, interval, aht)?;
    let traffic = Traffic::new(load, aht);
    let within = seconds(flags.answer_within)?;
    let mut objective = Objective::service_level(Probability::new(flags.target)?, within)?;
    if let Some(cap) = flags.max_occupancy {
        objective = objective.with_occupancy_cap(Probability::new(cap)?)?;
    }
    if let Some(limit) = flags.max_abandonment {
        objective = objective.with_abandonment(Probability::new(limit)?)?;
    }
    let model: Box<dyn QueueModel> = match flags.patience {
        Some(patience) => Box::new(ErlangA::new(seconds(patience)?)?),
        None => Box::new(ErlangC),
    };
    let shrinkage = Shrinkage::new(flags.shrinkage)?;
    let chosen = required_agents(model.as_ref(), &traffic, &objective)?.get();
    println!(
        "{volume} contacts in {} minutes at {} s each: {:.4} erlangs",
        flags.interval_minutes,
        aht.as_secs_f64(),
        load.get()
    );
    match flags.patience {
        Some(patience) => println!("Erlang A: customers hang up after {patience} s on average"),
        None => println!("Erlang C: nobody hangs up; --patience makes it Erlang A"),
    }
    println!(
        "* fewest agents with {} answered within {} s, of all offered\n",
        Probability::new(flags.target)?,
        within.as_secs_f64()
    );
    println!("  agents      SL     ASA s  occupancy  abandoned  scheduled");
    for agents in chosen.saturating_sub(3)..=chosen.saturating_add(5) {
        let seen = model.performance(&traffic, f64::from(agents), within);
        let mark = if agents == chosen { '*' } else { ' ' };
        let scheduled = shrinkage.gross_up_agents(Agents(agents));
        let asa = if seen.asa_seconds.is_finite() {
            format!("{:.2}", seen.asa_seconds)
        } else {
            "grows".to_owned()
        };
        println!(
            "{mark} {agents:>6}  {:>5.1} %  {asa:>8}    {:>5.1} %    {:>5.1} %  {:>9}",
            seen.service_level.offered.get() * 100.0,
            seen.occupancy.get() * 100.0,
            seen.abandonment.get() * 100.0,
            scheduled.get()
        );
    }
    let lost = model
        .performance(&traffic, f64::from(chosen), within)
        .abandonment;
    if lost.get() > 0.05 && flags.max_abandonment.is_none() {
        println!(
            "\nWith {chosen} agents {lost} hang up: a service level alone lets large queues lose many. \
             Add --max-abandonment 0.05 to keep them."
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
