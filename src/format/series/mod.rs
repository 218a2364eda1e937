//! A single series from a CSV file: one time stamp and one value a row, on the local wall clock.
//!
//! What planners export is messy at the clock changes. The hour that does not exist may be missing
//! or hold zeros; both are taken for what they are. The hour that happens twice may come as two rows
//! or as one that holds both: one row is halved, two are averaged. Every such step is told in
//! [`SeriesFile::notes`].

mod matrix;
mod rows;

use std::path::Path;

use super::report::Report;
use super::table::{RowFaults, Table};
use crate::calendar::{IntervalLength, NaiveDate, Span, Zone};
use crate::forecasting::Days;
use crate::workforce::{Fault, FaultCode, Faults, Place};

/// How the file is laid out and meant; everything has a default that suits plain exports.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SeriesLayout {
    /// Column of the time stamps; by default the first of the usual names.
    pub timestamp_column: Option<String>,
    /// Column of the values; by default the first of the usual names.
    pub value_column: Option<String>,
    /// Only rows in which these columns hold these values.
    pub filters: Vec<(String, String)>,
    /// Length of the intervals to add rows up to; by default that of the rows.
    pub interval: Option<IntervalLength>,
    /// Only day totals are wanted.
    pub by_day: bool,
    /// Time zone of the local times; without one every day has 24 hours.
    pub zone: Option<Zone>,
    /// Hours in which contacts may arrive; by default those in which any ever did.
    pub open: Option<Span>,
    /// The last day to learn from; rows after it are passed over.
    pub origin: Option<NaiveDate>,
}

/// A series as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFile {
    /// Local days and their intervals, from the first day with a row to the origin.
    pub days: Days,
    /// Length of the intervals; `None` when a row is a day.
    pub interval: Option<IntervalLength>,
    /// What was passed over, halved or averaged, in words.
    pub notes: Vec<String>,
}

/// Reads a series.
///
/// # Errors
/// All faults of the file, each with its row, what is wrong and what to do.
pub fn read_series(path: &Path, layout: &SeriesLayout) -> Result<SeriesFile, Faults> {
    let report = Report::default();
    let name = path.display().to_string();
    let mut faults = RowFaults::new(&name);
    let file = match std::fs::read(path) {
        Ok(bytes) => parse(&bytes, layout, &mut faults),
        Err(e) => {
            let action = "check the path";
            faults.add(None, None, FaultCode::MissingFile, e.to_string(), action);
            None
        }
    };
    faults.tell(&report);
    Faults::check(report.into_faults())?;
    file.ok_or_else(|| {
        Faults::from(Fault {
            place: Place {
                file: Some(name),
                ..Place::default()
            },
            code: FaultCode::EmptyHistory,
            what: "no row can be used".to_owned(),
            action: "check the filters, the origin and the columns".to_owned(),
        })
    })
}

fn parse(bytes: &[u8], layout: &SeriesLayout, faults: &mut RowFaults) -> Option<SeriesFile> {
    let table = Table::read(bytes, delimiter(bytes), faults)?;
    let read = rows::read(&table, layout, faults)?;
    matrix::build(&read, layout, faults)
}

/// The mark that splits the header most often.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| header.split(|&b| b == mark).count();
    *[b',', b';', b'\t']
        .iter()
        .max_by_key(|&&mark| (count(mark), mark == b','))
        .unwrap_or(&b',')
}
