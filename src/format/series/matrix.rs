//! Local times and values as a matrix of days and intervals.

use std::collections::BTreeMap;

use super::super::table::RowFaults;
use super::rows::{Observation, Observations};
use super::{SeriesFile, SeriesLayout};
use crate::calendar::{
    Datelike, IntervalLength, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, minute_of,
    weekday_index,
};
use crate::forecasting::{Days, IntervalState};
use crate::workforce::FaultCode;

/// Days of a matrix at most: a century.
const LONGEST: i64 = 36_600;

/// What the rows say of one step of a local day.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    sum: f64,
    known: usize,
    rows: usize,
    instants: usize,
    row: u64,
}

/// The matrix of the rows.
pub(super) fn build(
    read: &Observations,
    layout: &SeriesLayout,
    faults: &mut RowFaults,
) -> Option<SeriesFile> {
    let daily = read.all.iter().all(|o| o.local.time() == NaiveTime::MIN);
    let step = if daily {
        None
    } else {
        Some(step(read, faults)?)
    };
    let interval = match (step, layout.interval) {
        (Some(step), Some(wanted)) if wanted.minutes() % step.minutes() != 0 => {
            let what = format!("intervals of {wanted} cannot be made of rows of {step}");
            let action = "ask for a multiple of the rows' length";
            faults.add(
                None,
                Some(&read.timestamp_column),
                FaultCode::Misaligned,
                what,
                action,
            );
            return None;
        }
        (Some(step), wanted) => Some(wanted.unwrap_or(step)),
        (None, _) => None,
    };
    let mut builder = Builder {
        layout,
        column: &read.timestamp_column,
        step,
        interval,
        seen: BTreeMap::new(),
        notes: read.notes.clone(),
        false_zeros: 0,
        folded: 0,
    };
    for observation in &read.all {
        builder.take(observation, faults);
    }
    let days = builder.days(faults)?;
    Some(SeriesFile {
        days,
        interval: if layout.by_day { None } else { interval },
        notes: builder.notes,
    })
}

/// Length of a row: the smallest distance between two local times.
fn step(read: &Observations, faults: &mut RowFaults) -> Option<IntervalLength> {
    let mut last: Option<NaiveDateTime> = None;
    let mut smallest = i64::from(u32::MAX);
    for observation in &read.all {
        if let Some(before) = last {
            let minutes = (observation.local - before).num_minutes();
            if minutes > 0 {
                smallest = smallest.min(minutes);
            }
        }
        last = Some(observation.local);
    }
    let minutes = u32::try_from(smallest).unwrap_or(u32::MAX);
    let length = IntervalLength::from_minutes(if minutes == u32::MAX { 60 } else { minutes });
    let aligned = |o: &Observation, length: IntervalLength| {
        o.local.second() == 0 && o.local.minute().is_multiple_of(length.minutes())
    };
    let bad = |row: Option<u64>, what: String, faults: &mut RowFaults| {
        let action = "give rows of one length that divides the hour, starting on the hour";
        faults.add(
            row,
            Some(&read.timestamp_column),
            FaultCode::Misaligned,
            what,
            action,
        );
    };
    match length {
        Ok(length) => match read.all.iter().find(|o| !aligned(o, length)) {
            Some(o) => {
                let what = format!("{} is not the start of an interval of {length}", o.local);
                bad(Some(o.row), what, faults);
                None
            }
            None => Some(length),
        },
        Err(e) => {
            bad(None, e.to_string(), faults);
            None
        }
    }
}

struct Builder<'a> {
    layout: &'a SeriesLayout,
    column: &'a str,
    step: Option<IntervalLength>,
    interval: Option<IntervalLength>,
    seen: BTreeMap<(NaiveDate, usize), Seen>,
    notes: Vec<String>,
    false_zeros: usize,
    folded: usize,
}

impl Builder<'_> {
    fn take(&mut self, o: &Observation, faults: &mut RowFaults) {
        let slot = self
            .step
            .map_or(0, |s| minute_of(o.local) / s.minutes() as usize);
        let times = self.times(o.local);
        if times == 0 {
            if o.value.unwrap_or(0.0) > 0.0 {
                let what = format!("{} was skipped by the clock, yet contacts came", o.local);
                let action = "check the time zone; without one every day has 24 hours";
                let code = FaultCode::MissingHour;
                faults.push(Some(o.row), Some(self.column), code, what, action);
            } else {
                self.false_zeros += 1;
            }
            return;
        }
        let seen = self.seen.entry((o.local.date(), slot)).or_default();
        if seen.rows >= times {
            let what = format!("{} is in row {} already", o.local, seen.row);
            let action = "remove one of the rows, or pick one series with a filter";
            let code = FaultCode::DuplicateInterval;
            faults.push(Some(o.row), Some(self.column), code, what, action);
            return;
        }
        if seen.rows == 0 {
            seen.row = o.row;
        }
        seen.rows += 1;
        seen.instants = if times == 2 && !o.is_instant { 2 } else { 1 };
        if let Some(value) = o.value {
            seen.sum += value;
            seen.known += 1;
        }
    }

    /// How often a local time happens.
    fn times(&self, local: NaiveDateTime) -> usize {
        match (self.step, self.layout.zone) {
            (Some(_), Some(zone)) => zone.happenings(local),
            _ => 1,
        }
    }

    fn days(&mut self, faults: &mut RowFaults) -> Option<Days> {
        let first = self.seen.first_key_value()?.0.0;
        let newest = self.seen.last_key_value()?.0.0;
        let last = self.layout.origin.map_or(newest, |o| o.max(first));
        let length = (last - first).num_days();
        if length > LONGEST {
            let what = format!("rows from {first} to {newest} span more than a century");
            let action = "check the years of the time stamps";
            faults.add(None, Some(self.column), FaultCode::OutOfRange, what, action);
            return None;
        }
        let (minutes, per) = match (self.step, self.interval) {
            (Some(step), Some(interval)) => (
                interval.minutes(),
                (interval.minutes() / step.minutes()) as usize,
            ),
            _ => (1440, 1),
        };
        let slots = (1440 / minutes) as usize;
        let pattern = self.pattern(slots, per);
        let outside = self.outside(minutes, per);
        let rows: Vec<Vec<IntervalState>> = first
            .iter_days()
            .take_while(|day| *day <= last)
            .map(|date| {
                (0..slots)
                    .map(|slot| self.state(date, slot, minutes, per, &pattern))
                    .collect()
            })
            .collect();
        self.tell(outside);
        match Days::new(first, slots, rows) {
            Ok(days) if self.layout.by_day && slots > 1 => Some(days.daily()),
            Ok(days) => Some(days),
            Err(e) => {
                let action = "check the values";
                faults.add(None, None, FaultCode::EmptyHistory, e.to_string(), action);
                None
            }
        }
    }

    /// How many steps of each interval of each weekday ever have a row.
    fn pattern(&self, slots: usize, per: usize) -> Vec<Vec<Vec<bool>>> {
        let mut pattern = vec![vec![vec![false; per]; slots]; 7];
        for &(date, step) in self.seen.keys() {
            if let Some(parts) = pattern[weekday_index(date.weekday())].get_mut(step / per) {
                parts[step % per] = true;
            }
        }
        pattern
    }

    fn is_open(&self, slot: usize, minutes: u32) -> bool {
        let begin = u32::try_from(slot)
            .unwrap_or(u32::MAX)
            .saturating_mul(minutes);
        self.interval.is_none() || self.layout.open.is_none_or(|span| span.contains(begin))
    }

    /// Rows outside the opening hours.
    fn outside(&self, minutes: u32, per: usize) -> usize {
        (self.seen.iter())
            .filter(|((_, step), seen)| seen.sum > 0.0 && !self.is_open(step / per, minutes))
            .count()
    }

    fn state(
        &mut self,
        date: NaiveDate,
        slot: usize,
        minutes: u32,
        per: usize,
        pattern: &[Vec<Vec<bool>>],
    ) -> IntervalState {
        let ever = &pattern[weekday_index(date.weekday())][slot];
        if !self.is_open(slot, minutes) || !ever.contains(&true) {
            return IntervalState::Closed;
        }
        let midnight = date.and_time(NaiveTime::MIN);
        let begin =
            midnight + TimeDelta::minutes(i64::from(minutes) * i64::try_from(slot).unwrap_or(0));
        if self.interval.is_some() && self.times(begin) == 0 {
            return IntervalState::Absent;
        }
        let (mut volume, mut is_estimate) = (0.0, false);
        for (part, ever) in ever.iter().enumerate() {
            let Some(seen) = self.seen.get(&(date, slot * per + part)) else {
                if *ever {
                    return IntervalState::Missing;
                }
                continue;
            };
            if seen.known < seen.rows {
                return IntervalState::Missing;
            }
            if seen.instants == 2 {
                self.folded += usize::from(seen.rows == 1);
                is_estimate = true;
                volume += seen.sum / 2.0;
            } else {
                volume += seen.sum / seen.rows as f64;
            }
        }
        if is_estimate {
            IntervalState::Imputed(volume)
        } else {
            IntervalState::Known(volume)
        }
    }

    fn tell(&mut self, outside: usize) {
        let mut note = |count: usize, what: &str| {
            if count > 0 {
                self.notes.push(format!("{count} {what}"));
            }
        };
        note(
            self.false_zeros,
            "zeros in an hour that the clock skipped are passed over",
        );
        note(
            self.folded,
            "rows of the hour that happened twice are taken to hold both, and halved",
        );
        note(
            outside,
            "rows with contacts outside the opening hours are passed over",
        );
    }
}
