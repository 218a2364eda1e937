//! Observed contacts in a CSV file as streams.

use super::layout::Layout;
use super::rows;
use super::settings::Settings;
use super::streams::{self, Context};
use super::table::{RowFaults, Table};
use crate::workforce::FaultCode;

/// The streams in a history file, each with the row and the name of the file it begins in.
pub(super) fn streams(
    bytes: &[u8],
    settings: &Settings,
    context: &Context<'_>,
) -> Vec<streams::Found> {
    let mut faults = RowFaults::new(&settings.file);
    let found = read(bytes, settings, context, &mut faults);
    if found.is_empty() {
        context.report.mark_without_streams();
    }
    faults.tell(context.report);
    found
}

fn read(
    bytes: &[u8],
    settings: &Settings,
    context: &Context<'_>,
    faults: &mut RowFaults,
) -> Vec<streams::Found> {
    let Some(table) = Table::read(bytes, settings.delimiter, faults) else {
        return Vec::new();
    };
    if table.header.is_empty() {
        let what = "the file is empty";
        let action = "give a header and one row for each interval";
        faults.push(None, None, FaultCode::EmptyHistory, what, action);
        return Vec::new();
    }
    let Some(layout) = Layout::find(&table, settings, faults) else {
        return Vec::new();
    };
    let observed = rows::observe(&table, &layout, settings, faults);
    if observed.is_empty() && faults.is_empty() {
        let what = match table.rows.len() {
            0 => "there is no row below the header".to_owned(),
            n => format!("none of the {n} rows can be used"),
        };
        let action = "give one row for each interval; check `history.filter`";
        faults.push(None, None, FaultCode::EmptyHistory, what, action);
    }
    streams::build(observed, &layout, settings, context, faults)
}
