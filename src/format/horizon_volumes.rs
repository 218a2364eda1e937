//! `[demand]`: contacts of the horizon as they are given, not forecast again.

use std::collections::BTreeMap;

use super::settings::Gaps;
use super::streams::{Builder, Context, Placed, TOLD};
use super::table::RowFaults;
use crate::calendar::{DateTime, Grid, IntervalLength, Series, Utc};
use crate::forecasting::Cell;
use crate::planning::{GivenVolume, Source};
use crate::workforce::FaultCode;

/// The contacts of each interval of the horizon. Finer rows are added up, longer ones divided
/// evenly; rows outside of the horizon are passed over.
pub(super) fn given(
    builder: &Builder<'_>,
    placed: &BTreeMap<DateTime<Utc>, Placed>,
    step: IntervalLength,
    context: &Context<'_>,
    faults: &mut RowFaults,
) -> Option<Source> {
    // A horizon that cannot be counted is told elsewhere.
    let grid = context.horizon?.grid().ok()?;
    let (ours, theirs) = (grid.interval_length().minutes(), step.minutes());
    let first = placed.values().next().map(|placed| placed.row);
    if ours % theirs != 0 && theirs % ours != 0 {
        let what = format!("intervals of {theirs} minutes where the horizon has {ours}");
        let action = "give intervals that divide those of the horizon, or are divided by them";
        let column = Some(builder.start_column());
        faults.push(first, column, FaultCode::Misaligned, what, action);
        return None;
    }
    let mut sums = Sums::new(&grid);
    for (start, row, cell) in unfolded(builder, placed) {
        sums.add(start, step, row, cell);
    }
    // Rows or opening hours that could not be read would show gaps that are none.
    if !faults.lost_rows() && !context.report.is_incomplete() {
        tell_outside(builder, &sums, faults);
        tell_missing(builder, &sums, first.unwrap_or(1), faults);
    }
    let volume = Series::new(grid, sums.volume).ok()?;
    let aht_seconds = (sums.handled > 0.0).then(|| sums.seconds / sums.handled);
    Some(Source::Given(Box::new(GivenVolume {
        volume,
        aht_seconds,
    })))
}

/// The intervals one by one: where a row stands for both times of the hour that happens twice, each
/// gets half.
fn unfolded(
    builder: &Builder<'_>,
    placed: &BTreeMap<DateTime<Utc>, Placed>,
) -> Vec<(DateTime<Utc>, u64, Cell)> {
    let mut all = Vec::with_capacity(placed.len());
    for (&start, seen) in placed {
        match builder
            .twin(start)
            .filter(|twin| !placed.contains_key(twin))
        {
            Some(twin) => {
                let half = |value: Option<f64>| value.map(|v| v / 2.0);
                let cell = Cell {
                    volume: half(seen.cell.volume),
                    handled: half(seen.cell.handled),
                    handle_seconds: half(seen.cell.handle_seconds),
                    ..seen.cell
                };
                all.extend([(start, seen.row, cell), (twin, seen.row, cell)]);
            }
            None => all.push((start, seen.row, seen.cell)),
        }
    }
    all
}

/// What the rows come to by interval of the horizon.
struct Sums<'g> {
    grid: &'g Grid,
    volume: Vec<f64>,
    /// Part of each interval that has rows with a volume.
    known: Vec<f64>,
    /// The last row of each interval.
    row: Vec<Option<u64>>,
    seconds: f64,
    handled: f64,
}

impl<'g> Sums<'g> {
    fn new(grid: &'g Grid) -> Self {
        Self {
            grid,
            volume: vec![0.0; grid.len()],
            known: vec![0.0; grid.len()],
            row: vec![None; grid.len()],
            seconds: 0.0,
            handled: 0.0,
        }
    }

    fn add(&mut self, start: DateTime<Utc>, step: IntervalLength, row: u64, cell: Cell) {
        let length = self.grid.interval_length();
        // Pieces as long as the shorter of both kinds of intervals.
        let pieces = (step.minutes() / length.minutes()).max(1);
        let part = f64::from(step.minutes().min(length.minutes())) / f64::from(length.minutes());
        let share = 1.0 / f64::from(pieces);
        let mut at = start;
        for _ in 0..pieces {
            if let Some(index) = self.grid.index_of(at) {
                self.row[index] = Some(row);
                if let Some(volume) = cell.volume {
                    self.volume[index] += volume * share;
                    self.known[index] += part;
                }
                if let (Some(seconds), Some(handled)) = (cell.handle_seconds, cell.handled) {
                    self.seconds += seconds * share;
                    self.handled += handled * share;
                }
            }
            at += length.delta();
        }
    }
}

/// Contacts that arrive while the market is closed would be lost.
fn tell_outside(builder: &Builder<'_>, sums: &Sums<'_>, faults: &mut RowFaults) {
    for (index, &volume) in sums.volume.iter().enumerate() {
        let at = sums.grid.instant(index);
        if volume > 0.0 && !builder.queue.is_open(builder.market, at) {
            let local = builder.market.zone.local(at);
            let what = format!(
                "{} has contacts at {local}, when it is closed",
                builder.name
            );
            let action = "open the market then, or give 0; check the time zone of the file";
            let column = Some(builder.start_column());
            faults.push(sums.row[index], column, FaultCode::OutOfRange, what, action);
        }
    }
}

/// Open intervals without a row, or whose row has no volume.
fn tell_missing(builder: &Builder<'_>, sums: &Sums<'_>, first: u64, faults: &mut RowFaults) {
    let mut told = Vec::new();
    let mut count = 0;
    for (index, &known) in sums.known.iter().enumerate() {
        let at = sums.grid.instant(index);
        let is_unsaid = builder.settings.gaps != Gaps::Zero && sums.row[index].is_none();
        let is_empty = known < 1.0 - 1e-9 && sums.row[index].is_some();
        if (is_unsaid || is_empty) && builder.queue.is_open(builder.market, at) {
            count += 1;
            if told.len() < TOLD {
                let local = builder.market.zone.local(at).to_string();
                told.push((sums.row[index].unwrap_or(first), local));
            }
        }
    }
    builder.tell_gaps(told, count, "with its contacts", faults);
}
