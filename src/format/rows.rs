//! Rows of a file of contacts as observations, sorted by market, tier, language and channel.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{BadCell, LocalTime, Stamp, minutes, number, seconds};
use super::layout::{Column, Layout};
use super::naming::{Key, NameFrom, Naming};
use super::settings::Settings;
use super::table::{Row, RowFaults, Table};
use crate::calendar::{DateTime, NaiveDateTime, RepeatedHour, TimeDelta, Utc, Zone};
use crate::forecasting::Cell;
use crate::workforce::FaultCode;

/// What one row says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observation {
    pub(super) row: u64,
    /// Rows of one interval that differ in it are parts of a whole.
    pub(super) part: usize,
    pub(super) start: DateTime<Utc>,
    pub(super) minutes: Option<u32>,
    pub(super) cell: Cell,
}

/// The observations of a key.
pub(super) struct Observed {
    pub(super) key: Key,
    /// Where its names are from.
    pub(super) from: [NameFrom; 4],
    /// At least one.
    pub(super) observations: Vec<Observation>,
}

/// The observations of each key, in order of first appearance.
pub(super) fn observe(
    table: &Table,
    layout: &Layout,
    settings: &Settings,
    naming: &mut Naming<'_>,
    faults: &mut RowFaults,
) -> Vec<Observed> {
    let mut order: BTreeMap<Key, usize> = BTreeMap::new();
    let mut all: Vec<Observed> = Vec::new();
    let mut reader = RowReader {
        layout,
        settings,
        faults,
        told: BTreeSet::new(),
        seen: BTreeSet::new(),
    };
    for row in &table.rows {
        let wanted = |(column, value): &(Column, String)| *column.text(row) == **value;
        if !layout.filter.iter().all(wanted) {
            continue;
        }
        let Some(names) = naming.of(row, reader.faults) else {
            continue;
        };
        let Some(seen) = reader.observation(row, names.part) else {
            continue;
        };
        let index = *order.entry(names.key.clone()).or_insert(all.len());
        match all.get_mut(index) {
            Some(known) => known.observations.push(seen),
            None => all.push(Observed {
                key: names.key,
                from: names.from,
                observations: vec![seen],
            }),
        }
    }
    all
}

struct RowReader<'a> {
    layout: &'a Layout,
    settings: &'a Settings,
    faults: &'a mut RowFaults,
    /// Rows and columns of bad cells: more than one number may be made of a cell.
    told: BTreeSet<(u64, String)>,
    /// Local times of the hour that happens twice that had a row.
    seen: BTreeSet<(usize, NaiveDateTime)>,
}

impl RowReader<'_> {
    /// Cells speak of `[history]`; `[demand]` has the same keys.
    fn bad(&mut self, row: &Row, column: &str, e: BadCell) {
        if !self.told.insert((row.number, column.to_owned())) {
            return;
        }
        let action = e
            .action
            .replace("`history.", &format!("`{}.", self.settings.table));
        self.faults
            .push(Some(row.number), Some(column), e.code, e.what, action);
    }

    fn observation(&mut self, row: &Row, part: usize) -> Option<Observation> {
        let layout = self.layout;
        let start = self.start(row, part);
        let volume = self.sum(row, Some(&layout.offered), number);
        let handled = self.sum(row, layout.handled.as_ref(), number);
        let abandoned = self.sum(row, layout.abandoned.as_ref(), number);
        let total = self.sum(row, layout.total.as_ref(), seconds);
        let average = layout.average.as_ref().and_then(|(column, unit)| {
            let read = if *unit == 1.0 { seconds } else { number };
            Some(self.sum(row, Some(column), read)? * unit)
        });
        let length = layout.minutes.as_ref().and_then(|column| {
            match minutes(&column.text(row), self.settings.decimal) {
                Ok(length) => length,
                Err(e) => {
                    self.bad(row, &column.name, e);
                    None
                }
            }
        });
        let (local, start) = start?;
        let length = length.or_else(|| self.until_end(row, local, start));
        // What is not said of handled contacts follows from the others; an average needs them.
        let left = || Some((volume? - abandoned?).max(0.0));
        let handled = handled.or_else(left).or_else(|| average.and(volume));
        // Systems leave the average of no contact empty.
        let none = || (layout.average.is_some() && handled == Some(0.0)).then_some(0.0);
        let handle_seconds = total.or_else(|| Some(average? * handled?)).or_else(none);
        Some(Observation {
            row: row.number,
            part,
            start,
            minutes: length,
            cell: Cell {
                volume,
                handled,
                handle_seconds,
                instants: 1,
            },
        })
    }

    /// The sum of the cells of a column; nothing when one of them is empty or bad.
    fn sum(
        &mut self,
        row: &Row,
        column: Option<&Column>,
        read: fn(&str, char) -> Result<Option<f64>, BadCell>,
    ) -> Option<f64> {
        let mut sum = Some(0.0);
        for (name, cell) in column?.cells(row) {
            let value = match read(cell, self.settings.decimal) {
                Ok(value) => value,
                Err(e) => {
                    self.bad(row, name, e);
                    None
                }
            };
            sum = sum.zip(value).map(|(a, b)| a + b);
        }
        sum
    }

    /// Where the interval begins: as written, and the instant.
    fn start(&mut self, row: &Row, part: usize) -> Option<(Stamp, DateTime<Utc>)> {
        let cell = self.layout.start.text(row);
        let time = self.settings.time;
        let read = Stamp::of(&cell, self.settings.format.as_deref()).and_then(|stamp| {
            let time = match (stamp, time.zone) {
                (Stamp::Local(local), Some(zone)) if self.settings.in_order => {
                    self.in_order(time, zone, local, part)
                }
                _ => time,
            };
            Ok(time.place(&cell, stamp)?.map(|start| (stamp, start)))
        });
        match read {
            Ok(start) => start,
            Err(e) => {
                let column = &self.layout.start.name;
                self.bad(row, column, e);
                None
            }
        }
    }

    /// Of two rows of the hour that happens twice, the first one is of the first time.
    fn in_order(
        &mut self,
        time: LocalTime,
        zone: Zone,
        local: NaiveDateTime,
        part: usize,
    ) -> LocalTime {
        let again = zone.happenings(local) == 2 && !self.seen.insert((part, local));
        let repeated = if again {
            RepeatedHour::Second
        } else {
            RepeatedHour::First
        };
        LocalTime { repeated, ..time }
    }

    /// Length of an interval that says when it ends; nothing where clocks change in between.
    fn until_end(&mut self, row: &Row, start: Stamp, instant: DateTime<Utc>) -> Option<u32> {
        let column = self.layout.end.as_ref()?;
        let cell = column.text(row);
        let (length, is_clock_change) = match Stamp::of(&cell, self.settings.format.as_deref()) {
            Err(e) => {
                self.bad(row, &column.name, e);
                return None;
            }
            Ok(Stamp::Instant(end)) => (end.to_utc() - instant, false),
            Ok(Stamp::Local(end)) => {
                let start = match start {
                    Stamp::Local(start) => start,
                    Stamp::Instant(start) => start.naive_local(),
                };
                let offset = |at| self.settings.time.zone.map(|zone| zone.offset_minutes(at));
                let later = instant + TimeDelta::hours(2);
                (end - start, offset(instant) != offset(later))
            }
        };
        let minutes = u32::try_from(length.num_minutes()).ok().filter(|&m| m > 0);
        if is_clock_change {
            return None;
        }
        if minutes.is_none() {
            let what = format!("the interval ends at {cell}, which is not after its start");
            let action = "give the end of the interval, or leave the column out".to_owned();
            let code = FaultCode::Misaligned;
            self.bad(row, &column.name, BadCell { code, what, action });
        }
        minutes
    }
}
