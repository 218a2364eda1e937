//! Evaluates staffing formulas: every row of a cases file, or the table a planner wants.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its user"
)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use wfm::queueing::{ErlangC, Objective, QueueModel, Traffic, erlang_b, required_agents};
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

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let flags = Flags::parse();
    let done = match (&flags.cases, flags.volume, flags.aht) {
        (Some(file), _, _) => cases(file),
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
        let (level, occupancy) = (seen.service_level.get(), seen.occupancy.get());
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

/// Evaluates every row of a cases file that this version knows the model of.
fn cases(file: &Path) -> Result<(), Failure> {
    let mut reader = csv::Reader::from_path(file)?;
    let (mut passed, mut evaluated, mut unknown) = (0, 0, 0);
    println!("id,quantity,computed,expected,tolerance,ok");
    for row in reader.deserialize() {
        let row: HashMap<String, String> = row?;
        let case = Case(&row);
        let Some(computed) = case.evaluate()? else {
            unknown += 1;
            continue;
        };
        let (expected, tolerance) = (case.number("value")?, case.number("tolerance")?);
        let ok = match case.text("tolerance_kind") {
            "rel" => (computed - expected).abs() <= tolerance * expected.abs(),
            "abs" => (computed - expected).abs() <= tolerance,
            _ => computed == expected,
        };
        println!(
            "{},{},{computed},{expected},{tolerance},{ok}",
            case.text("id"),
            case.text("quantity")
        );
        evaluated += 1;
        passed += i32::from(ok);
    }
    eprintln!(
        "{passed} of {evaluated} rows within tolerance; {unknown} rows of other models passed over"
    );
    if passed == evaluated {
        Ok(())
    } else {
        Err("some rows are out of tolerance".into())
    }
}

/// One row of a cases file.
struct Case<'a>(&'a HashMap<String, String>);

impl Case<'_> {
    fn text(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    fn number(&self, column: &str) -> Result<f64, Failure> {
        let text = self.text(column);
        let told = |_| {
            format!(
                "row {}: `{text}` in column `{column}` is no number",
                self.text("id")
            )
        };
        Ok(text.parse::<f64>().map_err(told)?)
    }

    fn load(&self) -> Result<Erlangs, Failure> {
        let load = match self.text("load_erl") {
            "" => self.number("lambda_per_hour")? * self.number("aht_s")? / 3600.0,
            _ => self.number("load_erl")?,
        };
        Ok(Erlangs::new(load)?)
    }

    /// The value of the row's quantity; `None` for models that are not here yet.
    fn evaluate(&self) -> Result<Option<f64>, Failure> {
        let (model, quantity) = (self.text("model"), self.text("quantity"));
        Ok(match (model, quantity) {
            ("erlang_b" | "erlang_b_continuous", "blocking") => {
                Some(erlang_b::blocking_continuous(self.number("servers")?, self.load()?).get())
            }
            ("erlang_b", "required_servers") => {
                let limit = Probability::new(self.number("target_frac")?)?;
                erlang_b::required_servers(self.load()?, limit).map(f64::from)
            }
            ("erlang_c" | "erlang_c_continuous", _) => self.erlang_c(quantity)?,
            _ => None,
        })
    }

    fn erlang_c(&self, quantity: &str) -> Result<Option<f64>, Failure> {
        const STAFFING: [&str; 2] = ["required_servers", "required_servers_with_occupancy_cap"];
        const SEEN: [&str; 5] = [
            "p_wait",
            "service_level",
            "asa_s",
            "queue_length",
            "occupancy",
        ];
        if !STAFFING.contains(&quantity) && !SEEN.contains(&quantity) {
            return Ok(None);
        }
        let or = |column: &str, default| match self.text(column) {
            "" => Ok(default),
            _ => self.number(column),
        };
        let traffic = Traffic::new(self.load()?, seconds(or("aht_s", 1.0)?)?);
        let within = seconds(or("target_s", 0.0)?)?;
        if STAFFING.contains(&quantity) {
            let share = Probability::new(self.number("target_frac")?)?;
            let mut objective = Objective::service_level(share, within)?;
            if let Some(cap) = self.text("extra").split("max_occupancy=").nth(1) {
                objective = objective.with_occupancy_cap(Probability::new(cap.parse()?)?)?;
            }
            return Ok(Some(
                required_agents(&ErlangC, &traffic, &objective)?.as_f64(),
            ));
        }
        let seen = ErlangC.performance(&traffic, self.number("servers")?, within);
        Ok(Some(match quantity {
            "p_wait" => seen.p_wait.get(),
            "service_level" => seen.service_level.get(),
            "asa_s" => seen.asa_seconds,
            "queue_length" => seen.queue_length,
            _ => seen.occupancy.get(),
        }))
    }
}

fn seconds(value: f64) -> Result<Duration, Failure> {
    Duration::try_from_secs_f64(value).map_err(|e| format!("{value} seconds: {e}").into())
}
