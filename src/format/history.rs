//! Contacts by interval in a CSV file as streams: observed ones, or those of the horizon.

use super::layout::Layout;
use super::naming::Naming;
use super::rows;
use super::settings::Settings;
use super::streams::{self, Context, Make};
use super::table::{Form, RowFaults, Table};
use crate::workforce::FaultCode;

/// The streams in a file, each with the row and the name of the file it begins in.
pub(super) fn streams(
    bytes: &[u8],
    make: Make,
    settings: &Settings,
    context: &Context<'_>,
) -> Vec<streams::Found> {
    let mut faults = RowFaults::new(&settings.file);
    let found = read(bytes, make, settings, context, &mut faults);
    if found.is_empty() {
        context.report.mark_without_streams();
    }
    faults.tell(context.report);
    found
}

fn read(
    bytes: &[u8],
    make: Make,
    settings: &Settings,
    context: &Context<'_>,
    faults: &mut RowFaults,
) -> Vec<streams::Found> {
    let form = Form {
        delimiter: settings.delimiter,
        header: settings.header,
        skip: settings.skip_rows,
    };
    let Some(table) = Table::read_as(bytes, form, faults) else {
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
    let mut naming = Naming::new(settings, &layout, context.queues, context.report);
    let observed = rows::observe(&table, &layout, settings, &mut naming, faults);
    if observed.is_empty() && faults.is_empty() {
        let what = match table.rows.len() {
            0 => "there is no row below the header".to_owned(),
            n => format!("none of the {n} rows can be used"),
        };
        let action = format!(
            "give one row for each interval; check `{}.filter`",
            settings.table
        );
        faults.push(None, None, FaultCode::EmptyHistory, what, action);
    }
    streams::build(observed, make, &layout, settings, context, faults)
}
