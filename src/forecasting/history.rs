use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Timelike, Utc};

use super::ForecastError;
use super::error::checked;
use crate::calendar::{CalendarError, IntervalLength, RepeatedHour, Zone};

/// What is known of one local interval of one day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// Contacts offered; `None` when unknown, `Some(0.0)` when none came.
    pub volume: Option<f64>,
    /// Contacts handled, where it is known.
    pub handled: Option<f64>,
    /// Seconds spent on the handled contacts, where it is known.
    pub handle_seconds: Option<f64>,
    /// Instants behind the cell: 1, or 2 in the local hour that happened twice.
    pub instants: u32,
}

/// Observed contacts of one stream on its local wall clock: days × intervals of the day.
///
/// The local interval that clocks jump over is never filled. The one that happens twice adds up
/// both instants and remembers that there were two.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    zone: Zone,
    length: IntervalLength,
    days: BTreeMap<NaiveDate, Vec<Cell>>,
}

impl History {
    /// A history without a day.
    pub fn new(zone: Zone, length: IntervalLength) -> Self {
        Self {
            zone,
            length,
            days: BTreeMap::new(),
        }
    }

    /// Local time of the stream.
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// Length of an interval.
    pub const fn interval_length(&self) -> IntervalLength {
        self.length
    }

    /// Local day and interval of the day that an instant falls into.
    pub fn slot(&self, instant: DateTime<Utc>) -> (NaiveDate, usize) {
        let local = self.zone.local(instant);
        let minute = local.hour() * 60 + local.minute();
        (local.date(), (minute / self.length.minutes()) as usize)
    }

    /// Adds an observation of the interval that starts at `start`. Parts of one interval add up,
    /// so finer data may be recorded as they come.
    ///
    /// # Errors
    /// [`ForecastError::BadNumber`] when a number is negative, NaN or infinite.
    pub fn record(&mut self, start: DateTime<Utc>, seen: Cell) -> Result<(), ForecastError> {
        let (date, slot) = self.slot(start);
        for (what, value) in [
            ("volume", seen.volume),
            ("handled contacts", seen.handled),
            ("handling seconds", seen.handle_seconds),
        ] {
            value.map_or(Ok(0.0), |v| checked(what, v))?;
        }
        let local = self.zone.local(start);
        let repeated = matches!(
            self.zone.instant(local, RepeatedHour::Refuse),
            Err(CalendarError::RepeatedHour { .. })
        );
        let per_day = self.length.per_day();
        let day = self
            .days
            .entry(date)
            .or_insert_with(|| vec![Cell::default(); per_day]);
        let Some(cell) = day.get_mut(slot) else {
            return Ok(());
        };
        add(&mut cell.volume, seen.volume);
        add(&mut cell.handled, seen.handled);
        add(&mut cell.handle_seconds, seen.handle_seconds);
        cell.instants = if repeated { 2 } else { 1 };
        Ok(())
    }

    /// Days with their intervals, in order.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = (NaiveDate, &[Cell])> {
        self.days
            .iter()
            .map(|(&date, cells)| (date, cells.as_slice()))
    }

    /// The intervals of a day, if it was observed.
    pub fn day(&self, date: NaiveDate) -> Option<&[Cell]> {
        self.days.get(&date).map(Vec::as_slice)
    }

    /// First and last observed day.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.days.first_key_value()?.0;
        let last = self.days.last_key_value()?.0;
        Some((*first, *last))
    }

    /// Sum of the known volumes of a day, `None` when none is known.
    pub fn day_volume(&self, date: NaiveDate) -> Option<f64> {
        let cells = self.day(date)?;
        let known: Vec<f64> = cells.iter().filter_map(|c| c.volume).collect();
        (!known.is_empty()).then(|| known.iter().sum())
    }

    /// Volume-weighted handling time in seconds over the days `from ..= to`: total seconds over
    /// total handled contacts, never a mean of means. `None` when nothing was handled.
    pub fn aht_seconds(&self, from: NaiveDate, to: NaiveDate) -> Option<f64> {
        let (mut seconds, mut handled) = (0.0, 0.0);
        for cell in self.days.range(from..=to).flat_map(|(_, cells)| cells) {
            if let (Some(s), Some(h)) = (cell.handle_seconds, cell.handled) {
                seconds += s;
                handled += h;
            }
        }
        (handled > 0.0).then(|| seconds / handled)
    }
}

fn add(total: &mut Option<f64>, value: Option<f64>) {
    if let Some(value) = value {
        *total = Some(total.unwrap_or(0.0) + value);
    }
}
