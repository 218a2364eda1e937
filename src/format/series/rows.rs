//! Rows as local times and values.

use super::super::cells::{BadCell, Stamp, number};
use super::super::report::nearest;
use super::super::table::{Row, RowFaults, Table};
use super::super::value::plausible;
use super::SeriesLayout;
use crate::calendar::{NaiveDate, NaiveDateTime, NaiveTime, Zone};
use crate::workforce::FaultCode;

/// Usual names of the time stamp, in order of preference.
const TIMESTAMPS: [&str; 7] = [
    "timestamp_local",
    "start",
    "timestamp",
    "datetime",
    "date",
    "time",
    "ds",
];
/// Usual names of the value.
const VALUES: [&str; 7] = [
    "contacts_offered",
    "offered",
    "volume",
    "contacts",
    "calls",
    "value",
    "y",
];
const FORMATS: [&str; 4] = [
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y/%m/%dT%H:%M",
];

/// One row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observation {
    pub(super) row: u64,
    pub(super) local: NaiveDateTime,
    /// Whether the offset was written, so that the instant is known.
    pub(super) is_instant: bool,
    pub(super) value: Option<f64>,
}

/// The rows wanted, in order of their local time.
pub(super) struct Observations {
    pub(super) timestamp_column: String,
    pub(super) all: Vec<Observation>,
    pub(super) notes: Vec<String>,
}

/// Picks the columns and reads the rows that the filters let through.
pub(super) fn read(
    table: &Table,
    layout: &SeriesLayout,
    faults: &mut RowFaults,
) -> Option<Observations> {
    if table.header.iter().all(String::is_empty) {
        let action = "give a header with the names of the columns, and rows below it";
        faults.add(
            None,
            None,
            FaultCode::EmptyHistory,
            "the file is empty",
            action,
        );
        return None;
    }
    let timestamp = column(
        table,
        layout.timestamp_column.as_deref(),
        &TIMESTAMPS,
        faults,
    );
    let value = column(table, layout.value_column.as_deref(), &VALUES, faults);
    let mut filters = Vec::new();
    for (name, wanted) in &layout.filters {
        match column(table, Some(name), &[], faults) {
            Some(index) => filters.push((index, wanted)),
            None => return None,
        }
    }
    let (timestamp, value) = (timestamp?, value?);
    let (timestamp_column, value_column) = (&table.header[timestamp], &table.header[value]);
    let passes = |row: &Row| {
        filters
            .iter()
            .all(|(i, wanted)| row.cell(*i) == wanted.as_str())
    };
    let (mut all, mut later, mut passed) = (Vec::new(), 0_usize, 0_usize);
    let mut offsets = false;
    for row in table.rows.iter().filter(|row| passes(row)) {
        passed += 1;
        let Some(stamp) = stamp(row.cell(timestamp)) else {
            let what = format!(
                "`{}` is no time stamp between the years 1900 and 2200",
                row.cell(timestamp)
            );
            let action = "write 2027-03-23T08:00 or 2027-03-23 08:00, or a day as 2027-03-23";
            let code = FaultCode::BadTimestamp;
            faults.push(Some(row.number), Some(timestamp_column), code, what, action);
            continue;
        };
        let local = local_time(stamp, layout.zone);
        if layout.origin.is_some_and(|origin| local.date() > origin) {
            later += 1;
            continue;
        }
        let has_offset = matches!(stamp, Stamp::Instant(_));
        offsets |= layout.zone.is_none() && has_offset;
        match volume(row.cell(value)) {
            Ok(value) => all.push(Observation {
                row: row.number,
                local,
                is_instant: layout.zone.is_some() && has_offset,
                value,
            }),
            Err(bad) => faults.push(
                Some(row.number),
                Some(value_column),
                bad.code,
                bad.what,
                bad.action,
            ),
        }
    }
    if all.is_empty() && faults.is_empty() {
        let (what, action) = nothing_left(table, layout, passed);
        faults.add(None, None, FaultCode::EmptyHistory, what, action);
    }
    let mut notes = Vec::new();
    if offsets {
        let note = "offsets are written but no time zone is named; times stand as written";
        notes.push(note.to_owned());
    }
    if later > 0 {
        notes.push(format!("{later} rows after the origin are passed over"));
    }
    // A stable order keeps both rows of a repeated hour as they were written.
    if !all.is_sorted_by_key(|o| o.local) {
        notes.push("rows are not in order of time and were sorted".to_owned());
        all.sort_by_key(|o| o.local);
    }
    (!all.is_empty()).then(|| Observations {
        timestamp_column: timestamp_column.clone(),
        all,
        notes,
    })
}

/// Why no row is left, and what to do.
fn nothing_left(table: &Table, layout: &SeriesLayout, passed: usize) -> (String, String) {
    match layout.origin {
        _ if table.rows.is_empty() => (
            "the file has no row below its header".to_owned(),
            "give rows with a time stamp and a value".to_owned(),
        ),
        Some(origin) if passed > 0 => (
            format!("all {passed} rows come after the origin {origin}"),
            "give a later origin or an earlier history".to_owned(),
        ),
        _ => (
            format!(
                "no filter lets any of the {} rows through",
                table.rows.len()
            ),
            "check the filters: the value must be the whole cell".to_owned(),
        ),
    }
}

/// A volume; the mark of the decimals may be a comma.
fn volume(cell: &str) -> Result<Option<f64>, BadCell> {
    let decimals = cell.split_once(',').map(|(_, decimals)| decimals.len());
    match decimals {
        // Three digits after a comma may be thousands.
        Some(length) if length != 3 && !cell.contains('.') => number(cell, ','),
        Some(_) => Err(BadCell {
            code: FaultCode::NotANumber,
            what: format!("`{cell}` may be thousands or decimals"),
            action: "write 1234 or 1234.5, without a mark for thousands".to_owned(),
        }),
        None => number(cell, '.'),
    }
}

/// The position of a named column, or of the first usual name.
fn column(
    table: &Table,
    name: Option<&str>,
    usual: &[&str],
    faults: &mut RowFaults,
) -> Option<usize> {
    let found = match name {
        Some(name) => table.column(name),
        None => usual.iter().find_map(|name| table.column(name)),
    };
    if found.is_none() {
        let known = table.header.iter().map(String::as_str);
        let (what, action) = match name {
            Some(name) => (
                format!("no column `{name}`"),
                nearest(name, known).map_or_else(
                    || "check the header".to_owned(),
                    |near| format!("name a column of the header; the nearest is `{near}`"),
                ),
            ),
            None => (
                format!("none of the columns {} is there", usual.join(", ")),
                format!(
                    "name the column; the header has {}",
                    table.header.join(", ")
                ),
            ),
        };
        faults.add(Some(1), None, FaultCode::MissingColumn, what, action);
    }
    found
}

/// Time stamp or day of a cell, in a plausible year.
fn stamp(cell: &str) -> Option<Stamp> {
    let stamp = Stamp::read(cell, &FORMATS).or_else(|| {
        let date = NaiveDate::parse_from_str(cell, "%Y-%m-%d").ok()?;
        Some(Stamp::Local(date.and_time(NaiveTime::MIN)))
    })?;
    let date = match stamp {
        Stamp::Instant(instant) => instant.date_naive(),
        Stamp::Local(local) => local.date(),
    };
    plausible(date).then_some(stamp)
}

/// Wall-clock time. With a zone an offset is converted; without one the time stands as written.
fn local_time(stamp: Stamp, zone: Option<Zone>) -> NaiveDateTime {
    match (stamp, zone) {
        (Stamp::Instant(instant), Some(zone)) => zone.local(instant.to_utc()),
        (Stamp::Instant(instant), None) => instant.naive_local(),
        (Stamp::Local(local), _) => local,
    }
}
