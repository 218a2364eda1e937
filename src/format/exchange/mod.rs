//! Files that go to vendors and come back: what a plan asks for, and what is committed.

mod asked_file;
mod commitment;
mod gap;

use std::path::{Path, PathBuf};

use super::plan_folder::{PlanFolder, read_plan};
use crate::planning::Plan;
use crate::planning::exchange::{AskedPool, Commitment, asked};
use crate::workforce::{Fault, FaultCode, Faults, Place};

/// A file of the folder `exchange` of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeFile {
    /// Its name within the folder.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The folder `exchange` of a plan: for each pool of a vendor that something is asked of, the gap as
/// `POOL-gap.csv` and in the layout of Calabrio's BPO exchange as `POOL-gap-calabrio.csv`, both to be
/// sent; and `asked.json`, to be kept: with it the answer is compared ([`read_exchange`]). Nothing
/// when no vendor is asked.
///
/// `POOL-gap.csv` has one row for each group and interval: pool, group, tier, language, `start` in UTC,
/// `start_local` on the vendor's clock with its zone, minutes, agents, agent-hours. The other layout
/// has no header and seven columns: group, start and end on the clock of the plan (`yyyyMMdd HH:mm`),
/// three zeros, agents.
///
/// # Errors
/// An error of the writers, which finite plans do not cause.
pub fn exchange_files(plan: &Plan, input_hash: &str) -> Result<Vec<ExchangeFile>, csv::Error> {
    let pools = asked(plan);
    let mut files = Vec::new();
    if pools.is_empty() {
        return Ok(files);
    }
    for pool in &pools {
        let name = file_name(pool.pool.as_str());
        let length = plan.problem.grid.interval_length();
        files.push(ExchangeFile {
            name: format!("{name}-gap.csv"),
            text: gap::canonical(pool, length)?,
        });
        files.push(ExchangeFile {
            name: format!("{name}-gap-calabrio.csv"),
            text: gap::calabrio(pool, length, plan.scenario.horizon.zone)?,
        });
    }
    let text = asked_file::write(plan, &pools, input_hash);
    files.push(ExchangeFile {
        name: "asked.json".to_owned(),
        text: text.map_err(std::io::Error::from)?,
    });
    Ok(files)
}

/// A name as a part of a file name.
fn file_name(id: &str) -> String {
    let safe = |c: char| {
        if c.is_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '_'
        }
    };
    id.chars().map(safe).collect()
}

/// A plan read back with what it asks of its vendors.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// The plan.
    pub plan: PlanFolder,
    /// Code of the currency of prices.
    pub currency: String,
    /// What it asks of each pool.
    pub asked: Vec<AskedPool>,
    /// Agents of each line of [`PlanFolder::live`] beyond its live crew, by interval.
    pub spare: Vec<Vec<f64>>,
}

/// Reads a plan folder with its `exchange/asked.json`.
///
/// # Errors
/// As for [`read_plan`], and all that is wrong with the other file, each fault with its path.
pub fn read_exchange(folder: &Path) -> Result<Exchange, Faults> {
    let plan = read_plan(folder)?;
    let path = folder.join("exchange").join("asked.json");
    if !path.is_file() {
        return Err(Faults::from(Fault {
            place: Place::default().in_file(path.display().to_string()),
            code: FaultCode::MissingFile,
            what: "there is no such file: no vendor is asked for anything, or the plan is older"
                .to_owned(),
            action: "make the plan again with the example `plan`".to_owned(),
        }));
    }
    super::one_file::read(&path, |bytes| asked_file::parse(bytes, plan))
}

/// Reads what vendors commit to, in either of the layouts in which they were asked. Rows with
/// `agents` and `start` are needed; `pool` may be left out where `pool` is said or there is one only,
/// `group` where the pool is asked for one only. Every interval that was asked for needs a row; 0 is
/// an answer.
///
/// # Errors
/// Everything that is wrong with the file, each fault with its row and column.
pub fn read_commitment(
    path: &Path,
    exchange: &Exchange,
    pool: Option<&str>,
) -> Result<Vec<Commitment>, Faults> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| Fault {
        place: Place::default().in_file(name.as_str()),
        code: FaultCode::MissingFile,
        what: format!("the file cannot be read: {e}"),
        action: "check its name and who may read it".to_owned(),
    })?;
    commitment::parse(&bytes, &name, exchange, pool)
}

/// Reads what vendors commit to from the bytes of a file, which faults call `file`.
///
/// # Errors
/// As for [`read_commitment`].
pub fn parse_commitment(
    bytes: &[u8],
    file: impl Into<PathBuf>,
    exchange: &Exchange,
    pool: Option<&str>,
) -> Result<Vec<Commitment>, Faults> {
    let name = file.into().display().to_string();
    commitment::parse(bytes, &name, exchange, pool)
}
