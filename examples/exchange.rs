//! What a vendor commits to, beside what a plan asks for.

mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use terminal::{Failure, tell};
use wfm::format::{read_commitment, read_exchange};
use wfm::planning::exchange::difference;
use wfm::reporting::{difference_summary, difference_table};

/// Compares what a vendor commits to with what a plan asks for: hours, cost and service.
#[derive(Debug, Parser)]
struct Flags {
    /// Folder that the example `plan` wrote; what was asked is in its folder `exchange`.
    #[arg(long)]
    plan: PathBuf,
    /// The vendor's answer: the file with what is asked, with the agents it can give; in the
    /// canonical layout or in that of Calabrio's BPO exchange.
    #[arg(long)]
    commitment: PathBuf,
    /// The pool that the answer is of, where its rows do not say so.
    #[arg(long)]
    pool: Option<String>,
    /// Folder to write difference.csv to.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    let exchange = read_exchange(&flags.plan)?;
    let committed = read_commitment(&flags.commitment, &exchange, flags.pool.as_deref())?;
    let plan = &exchange.plan;
    let found = difference(&plan.live, &exchange.asked, &exchange.spare, &committed);
    tell(&format!(
        "{}: {}",
        plan.scenario,
        difference_summary(&found, &exchange.currency)
    ))?;
    if let Some(out) = &flags.out {
        std::fs::create_dir_all(out)?;
        let file = out.join("difference.csv");
        let text = String::from_utf8(difference_table(&found).to_csv()?)?;
        terminal::replace(&file, &text)?;
        tell(&format!("\nWritten to {}\n", file.display()))?;
    }
    Ok(())
}
