//! Rows of a history file as observations, sorted by market, tier, language and channel.

use std::collections::BTreeMap;

use super::cells::{BadCell, number};
use super::layout::{Column, Layout, NameOf};
use super::settings::Settings;
use super::table::{Row, RowFaults, Table};
use crate::calendar::{DateTime, Utc};
use crate::forecasting::Cell;
use crate::workforce::FaultCode;

/// Market, language, channel and tier as the file names them, in the order of
/// [`NAMES`](super::settings::NAMES).
pub(super) type Key = [String; 4];

/// What one row says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observation {
    pub(super) row: u64,
    pub(super) start: DateTime<Utc>,
    pub(super) minutes: Option<u32>,
    pub(super) cell: Cell,
}

/// The observations of each key, in order of first appearance.
pub(super) fn observe(
    table: &Table,
    layout: &Layout,
    settings: &Settings,
    faults: &mut RowFaults,
) -> Vec<(Key, Vec<Observation>)> {
    let mut order: BTreeMap<Key, usize> = BTreeMap::new();
    let mut all: Vec<(Key, Vec<Observation>)> = Vec::new();
    for row in &table.rows {
        if layout
            .filter
            .iter()
            .any(|(column, value)| column.cell(row) != value)
        {
            continue;
        }
        let key: Key = layout.names.each_ref().map(|from| match from {
            NameOf::Constant(value) => value.clone(),
            NameOf::Column(column) => column.cell(row).to_owned(),
        });
        let Some(seen) = observation(row, layout, settings, faults) else {
            continue;
        };
        let index = *order.entry(key.clone()).or_insert(all.len());
        match all.get_mut(index) {
            Some((_, observations)) => observations.push(seen),
            None => all.push((key, vec![seen])),
        }
    }
    all
}

fn observation(
    row: &Row,
    layout: &Layout,
    settings: &Settings,
    faults: &mut RowFaults,
) -> Option<Observation> {
    let bad = |column: &Column, e: BadCell, faults: &mut RowFaults| {
        faults.push(
            Some(row.number),
            Some(&column.name),
            e.code,
            e.what,
            e.action,
        );
    };
    let start = match settings.time.instant(layout.start.cell(row)) {
        Ok(start) => start,
        Err(e) => {
            bad(&layout.start, e, faults);
            None
        }
    };
    let mut count = |column: &Column| match number(column.cell(row), settings.decimal) {
        Ok(value) => value,
        Err(e) => {
            bad(column, e, faults);
            None
        }
    };
    let volume = count(&layout.offered);
    let handled = layout.handled.as_ref().and_then(&mut count);
    let abandoned = layout.abandoned.as_ref().and_then(&mut count);
    let total = layout.total.as_ref().and_then(&mut count);
    let average = layout.average.as_ref();
    let average = average.and_then(|(column, unit)| Some(count(column)? * unit));
    let length = layout.minutes.as_ref().and_then(|c| Some((c, count(c)?)));
    let minutes = length.and_then(|(column, value)| {
        let whole = crate::units::whole::round(value);
        if whole > 0 && f64::from(whole).total_cmp(&value).is_eq() {
            return Some(whole);
        }
        let e = BadCell {
            code: FaultCode::Misaligned,
            what: format!("an interval of {value} minutes"),
            action: "give a whole number of minutes, such as 30".to_owned(),
        };
        bad(column, e, faults);
        None
    });
    // What is not said of handled contacts follows from the others; an average needs them.
    let left = || Some((volume? - abandoned?).max(0.0));
    let handled = handled.or_else(left).or_else(|| average.and(volume));
    let seconds = total.or_else(|| Some(average? * handled?));
    Some(Observation {
        row: row.number,
        start: start?,
        minutes,
        cell: Cell {
            volume,
            handled,
            handle_seconds: seconds,
            instants: 1,
        },
    })
}
