//! Local times and values as a matrix of days and intervals.

use std::collections::BTreeMap;

use super::super::table::RowFaults;
use super::rows::{Observation, Observations};
use super::{SeriesFile, SeriesLayout};
use crate::calendar::{
    Datelike, IntervalLength, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Zone,
    minute_of, weekday_index,
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
    /// Minutes that the rows cover.
    minutes: u32,
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
        Some(step(read, layout.interval, faults)?)
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
    let mut notes = read.notes.clone();
    if step.is_none() && layout.interval.is_some() {
        notes.push("every row is a whole day, so no intervals can be made".to_owned());
    }
    if step.is_none() && layout.open.is_some() {
        notes.push("every row is a whole day, so opening hours are passed over".to_owned());
    }
    let mut builder = Builder {
        layout,
        column: &read.timestamp_column,
        step,
        interval,
        seen: BTreeMap::new(),
        notes,
        false_zeros: 0,
        folded: 0,
        averaged: 0,
        partial: 0,
        odd_days: BTreeMap::new(),
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

/// Length of a row: the smallest distance between two local times. Rows further apart than an hour
/// are of the length that was asked for.
fn step(
    read: &Observations,
    wanted: Option<IntervalLength>,
    faults: &mut RowFaults,
) -> Option<IntervalLength> {
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
    let length = match wanted {
        Some(wanted) if minutes > 60 => Ok(wanted),
        None if minutes == u32::MAX => IntervalLength::from_minutes(60),
        _ => IntervalLength::from_minutes(minutes),
    };
    let aligned = |o: &Observation, length: IntervalLength| {
        o.local.second() == 0 && o.local.minute().is_multiple_of(length.minutes())
    };
    let bad = |row: Option<u64>, what: String, faults: &mut RowFaults| {
        let action = "give rows of one length that divides the hour, starting on the hour; \
                      of rows further apart, say how long an interval is";
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
            let what = format!("rows are {minutes} minutes apart at least: {e}");
            bad(None, what, faults);
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
    averaged: usize,
    partial: usize,
    /// Whether a day has more or fewer than 24 hours.
    odd_days: BTreeMap<NaiveDate, bool>,
}

impl Builder<'_> {
    fn take(&mut self, o: &Observation, faults: &mut RowFaults) {
        let length = self.step.map_or(0, IntervalLength::minutes);
        let slot = self
            .step
            .map_or(0, |s| minute_of(o.local) / s.minutes() as usize);
        let lasts = self.lasts(o.local);
        if lasts == 0 && length > 0 {
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
        let times = if length > 0 && lasts == 2 * length {
            2
        } else {
            1
        };
        let seen = self.seen.entry((o.local.date(), slot)).or_default();
        if seen.rows >= times {
            let what = format!("{} is in row {} already", o.local, seen.row);
            let action = "remove one of the rows, pick one series with a filter, or name the time \
                          zone when the clock was put back";
            let code = FaultCode::DuplicateInterval;
            faults.push(Some(o.row), Some(self.column), code, what, action);
            return;
        }
        if seen.rows == 0 {
            seen.row = o.row;
        }
        seen.rows += 1;
        seen.minutes = if o.is_instant {
            seen.minutes + length
        } else {
            lasts
        };
        if let Some(value) = o.value {
            seen.sum += value;
            seen.known += 1;
        }
    }

    /// Minutes that a step of a local day lasts: none when the clock skips it, twice as many when
    /// it happens twice.
    fn lasts(&mut self, local: NaiveDateTime) -> u32 {
        let Some(step) = self.step else {
            return 0;
        };
        let Some(zone) = self.layout.zone else {
            return step.minutes();
        };
        let odd = *(self.odd_days.entry(local.date()))
            .or_insert_with_key(|date| zone.day_length(*date) != TimeDelta::hours(24));
        if odd {
            lasting(zone, local, step)
        } else {
            step.minutes()
        }
    }

    fn days(&mut self, faults: &mut RowFaults) -> Option<Days> {
        let first = self.seen.first_key_value()?.0.0;
        let newest = self.seen.last_key_value()?.0.0;
        let last = self.layout.origin.map_or(newest, |o| o.max(first));
        let length = (last - first).num_days();
        if length > LONGEST {
            let what = format!("the days from {first} to {last} are more than a century");
            let action = "check the years of the time stamps and of the origin";
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
        let outside = self.outside();
        let unknown = (last - newest).num_days();
        if unknown > 0 {
            self.notes.push(format!(
                "the last row is on {newest}; the {unknown} days from there to the origin are unknown"
            ));
        }
        let rows: Vec<Vec<IntervalState>> = first
            .iter_days()
            .take_while(|day| *day <= last)
            .map(|date| {
                (0..slots)
                    .map(|slot| self.state(date, slot, per, &pattern))
                    .collect()
            })
            .collect();
        self.tell(outside);
        self.tell_unknown(&rows);
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

    /// Which steps of each interval of each weekday ever have a row within the opening hours.
    fn pattern(&self, slots: usize, per: usize) -> Vec<Vec<Vec<bool>>> {
        let mut pattern = vec![vec![vec![false; per]; slots]; 7];
        for &(date, step) in self.seen.keys().filter(|(_, step)| self.is_open(*step)) {
            if let Some(parts) = pattern[weekday_index(date.weekday())].get_mut(step / per) {
                parts[step % per] = true;
            }
        }
        pattern
    }

    /// Whether a step begins within the opening hours.
    fn is_open(&self, step: usize) -> bool {
        let (Some(length), Some(open)) = (self.step, self.layout.open) else {
            return true;
        };
        u32::try_from(step).is_ok_and(|step| open.contains(step.saturating_mul(length.minutes())))
    }

    /// Rows outside the opening hours.
    fn outside(&self) -> usize {
        (self.seen.iter())
            .filter(|((_, step), seen)| seen.sum > 0.0 && !self.is_open(*step))
            .count()
    }

    fn state(
        &mut self,
        date: NaiveDate,
        slot: usize,
        per: usize,
        pattern: &[Vec<Vec<bool>>],
    ) -> IntervalState {
        let ever = &pattern[weekday_index(date.weekday())][slot];
        if !ever.contains(&true) {
            return IntervalState::Closed;
        }
        let (mut volume, mut is_estimate) = (0.0, false);
        let (mut steps, mut skipped) = (0_usize, 0_usize);
        for (part, _) in ever.iter().enumerate().filter(|(_, ever)| **ever) {
            let step = slot * per + part;
            let lasts = self.lasts(self.begin(date, step));
            steps += 1;
            if self.step.is_some() && lasts == 0 {
                skipped += 1;
                continue;
            }
            let Some(seen) = self.seen.get(&(date, step)) else {
                return IntervalState::Missing;
            };
            if seen.known < seen.rows {
                return IntervalState::Missing;
            }
            let length = self.step.map_or(0, IntervalLength::minutes);
            if seen.minutes == length {
                volume += seen.sum;
                continue;
            }
            volume += seen.sum * f64::from(length) / f64::from(seen.minutes);
            let twice = seen.minutes == 2 * length;
            self.folded += usize::from(twice && seen.rows == 1);
            self.averaged += usize::from(twice && seen.rows == 2);
            self.partial += usize::from(!twice);
            is_estimate = true;
        }
        if skipped == steps {
            return IntervalState::Absent;
        }
        if is_estimate || skipped > 0 {
            IntervalState::Imputed(volume * steps as f64 / (steps - skipped) as f64)
        } else {
            IntervalState::Known(volume)
        }
    }

    /// Local time at which a step of a day begins.
    fn begin(&self, date: NaiveDate, step: usize) -> NaiveDateTime {
        let length = self.step.map_or(0, IntervalLength::minutes);
        let minutes = i64::from(length) * i64::try_from(step).unwrap_or(0);
        date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes)
    }

    fn tell_unknown(&mut self, rows: &[Vec<IntervalState>]) {
        let open = || rows.iter().flatten().filter(|state| state.is_open());
        let unknown = open()
            .filter(|state| **state == IntervalState::Missing)
            .count();
        if unknown > 0 {
            let of = open().count();
            let (what, action) = (
                "have no value and count as unknown",
                "write 0 where none came",
            );
            self.notes
                .push(format!("{unknown} of {of} open intervals {what}; {action}"));
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
            self.averaged,
            "times that happened twice have a row for each, and the mean of both is used",
        );
        note(
            self.partial,
            "rows are cut short or drawn out by the clock, and brought to their usual length",
        );
        note(
            outside,
            "rows with contacts outside the opening hours are passed over",
        );
    }
}

/// Minutes that an interval from a local time on lasts on that day.
fn lasting(zone: Zone, local: NaiveDateTime, length: IntervalLength) -> u32 {
    (0..length.minutes())
        .map(|minute| zone.happenings(local + TimeDelta::minutes(i64::from(minute))))
        .map(|times| u32::try_from(times).unwrap_or(0))
        .sum()
}
