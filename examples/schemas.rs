//! The JSON Schemas of scenario and plan files, written anew.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its user"
)]

mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use terminal::Failure;
use wfm::format::{plan_schema, scenario_schema};

/// Writes the JSON Schemas (draft 2020-12) of scenario.toml and plan.json; the repository keeps them
/// in `schemas`, and a test compares.
#[derive(Debug, Parser)]
struct Flags {
    /// Folder to write to.
    #[arg(long, default_value = "schemas")]
    out: PathBuf,
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    std::fs::create_dir_all(&flags.out)?;
    for (name, schema) in [
        ("scenario.schema.json", scenario_schema()),
        ("plan.schema.json", plan_schema()),
    ] {
        let path = flags.out.join(name);
        std::fs::write(&path, format!("{schema:#}\n"))?;
        println!("{}", path.display());
    }
    Ok(())
}
