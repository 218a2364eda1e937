//! The shifts of a pool, alike ones together.

use std::collections::BTreeMap;

use super::Load;
use crate::calendar::{Datelike, NaiveDate, TimeDelta, Timelike, Weekday};
use crate::scheduling::law::{permits, shift_class};
use crate::scheduling::tours::PoolTours;
use crate::workforce::law::{ClockClass, LabourLaw};
use crate::workforce::{Fairness, Pool, Shift};

/// Things that are shared out: hours in shifts of eight, nights, weekends, unpopular starts.
pub(super) const MEASURES: usize = 4;

/// The place of weekends among them.
pub(super) const WEEKEND: usize = 2;

/// Shifts of one kind and start, for one person each.
#[derive(Debug, Clone)]
pub(super) struct Duty {
    /// One of the shifts; the others differ in when their breaks are at most.
    pub(super) shift: Shift,
    /// Position of the local day on which it starts.
    pub(super) day: usize,
    /// Week of the horizon; a shift from the day before belongs to the first one.
    pub(super) week: usize,
    /// Minute of the local day at which it starts.
    pub(super) minute: u32,
    /// Length in minutes.
    pub(super) minutes: i64,
    pub(super) is_night: bool,
    pub(super) loads: [f64; MEASURES],
    /// The law's rule against it, whoever works it.
    pub(super) unlawful: Option<&'static str>,
}

/// All shifts of a pool.
#[derive(Debug)]
pub(super) struct Work {
    /// By start, end and kind.
    pub(super) duties: Vec<Duty>,
    /// The shifts behind each duty.
    pub(super) stock: Vec<Vec<Shift>>,
    /// Duties of each day.
    pub(super) by_day: Vec<Vec<usize>>,
    /// Local date of the first day.
    pub(super) first: NaiveDate,
}

/// What two shifts share that are the same to every rule. Where breaks lie matters only to those
/// which pass midnight, whose hours are cut there.
fn likeness(pool: &Pool, shift: &Shift) -> Shift {
    let passes = pool.zone.local(shift.start).date() != pool.zone.local(shift.end).date();
    let mut like = shift.clone();
    if !passes {
        for pause in &mut like.breaks {
            let length = pause.end - pause.start;
            (pause.start, pause.end) = (shift.start, shift.start + length);
        }
    }
    like
}

impl Work {
    /// The work of some tours; `first` is the first local day of the horizon.
    pub(super) fn of(
        pool: &Pool,
        law: &LabourLaw,
        tours: &PoolTours,
        (first, days): (NaiveDate, usize),
        fairness: &Fairness,
    ) -> Self {
        let mut alike: BTreeMap<_, Vec<Shift>> = BTreeMap::new();
        for shift in tours.tours.iter().flat_map(|t| &t.shifts) {
            let like = likeness(pool, shift);
            let key = (shift.start, shift.end, shift.shift_type.clone(), like);
            alike.entry(key).or_default().push(shift.clone());
        }
        let date = |shift: &Shift| pool.zone.local(shift.start).date();
        let shifts = || alike.values().flatten();
        let earliest = shifts().map(date).min().map_or(first, |d| d.min(first));
        let latest = shifts().map(date).max().unwrap_or(first);
        let before = (first - earliest).num_days().max(0);
        let since = |date: NaiveDate| usize::try_from((date - earliest).num_days()).unwrap_or(0);
        let count = (since(latest) + 1).max(days + usize::try_from(before).unwrap_or(0));
        let mut work = Self {
            duties: Vec::new(),
            stock: Vec::new(),
            by_day: vec![Vec::new(); count],
            first: earliest,
        };
        for mut stock in alike.into_values() {
            stock.sort();
            stock.reverse();
            let Some(shift) = stock.last().cloned() else {
                continue;
            };
            let local = pool.zone.local(shift.start);
            let (own, minute) = (local.date(), local.hour() * 60 + local.minute());
            let week = (own - first).num_days().div_euclid(7).max(0);
            let class = shift_class(law, pool.zone, shift.start, shift.end).class;
            let minutes = (shift.end - shift.start).num_minutes();
            let is_night = class == ClockClass::Night;
            let load = load(fairness, minutes, is_night, own.weekday(), minute);
            let permitted = permits(law, pool.zone, &shift).err().unwrap_or_default();
            let against = permitted.iter().find(|breach| breach.rule != "breaks");
            let day = since(own);
            work.by_day[day].push(work.duties.len());
            work.duties.push(Duty {
                day,
                week: usize::try_from(week).unwrap_or(0),
                minute,
                minutes,
                is_night,
                loads: load,
                unlawful: against.map(|breach| breach.rule),
                shift,
            });
            work.stock.push(stock);
        }
        work
    }

    pub(super) fn days(&self) -> usize {
        self.by_day.len()
    }

    pub(super) fn date(&self, day: usize) -> NaiveDate {
        let days = TimeDelta::days(i64::try_from(day).unwrap_or(0));
        self.first.checked_add_signed(days).unwrap_or(self.first)
    }
}

/// What a shift adds to each measure.
pub(super) fn load(
    fairness: &Fairness,
    minutes: i64,
    is_night: bool,
    weekday: Weekday,
    minute: u32,
) -> [f64; MEASURES] {
    let one = |is: bool| f64::from(u8::from(is));
    let unpopular = minute < fairness.early_minute || minute >= fairness.late_minute;
    [
        minutes as f64 / 480.0,
        one(is_night),
        one(matches!(weekday, Weekday::Sat | Weekday::Sun)),
        one(unpopular),
    ]
}

/// Measures as they are told.
pub(super) fn told(loads: &[f64; MEASURES]) -> Load {
    use crate::units::whole::round;
    Load {
        hours: loads[0] * 8.0,
        nights: round(loads[1]),
        weekends: round(loads[WEEKEND]),
        unpopular: round(loads[3]),
    }
}
