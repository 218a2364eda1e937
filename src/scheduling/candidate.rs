use std::ops::Range;

use super::Problem;
use super::law::{ClockPay, days_of, permits};
use crate::calendar::{DateTime, Datelike, NaiveDate, RepeatedHour, TimeDelta, Utc};
use crate::workforce::{BreakType, Pool, Shift, ShiftType};

/// A shift that somebody of a pool could work.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Position of the pool.
    pub pool: usize,
    /// Position of the kind of shift within the pool.
    pub shift_type: usize,
    /// First instant.
    pub start: DateTime<Utc>,
    /// Local day of the pool on which it starts.
    pub day: NaiveDate,
    /// Position of the start in intervals, negative before the horizon.
    pub position: i64,
    /// Intervals of the horizon it lies in.
    pub covers: Range<usize>,
    /// Cost of one person: the hours inside the horizon with premiums, unpaid breaks taken off.
    pub cost: f64,
    /// Premiums of the law among them.
    pub premiums: f64,
}

impl Candidate {
    /// Every shift that overlaps the horizon, ordered by pool, kind and start. A local start that
    /// clocks jump over is no shift; one that happens twice is its first instant.
    pub fn all(problem: &Problem) -> Vec<Self> {
        let is_free = |rules: Vec<_>| rules.is_empty().then_some(());
        let all = Self::judged(problem, is_free).into_iter();
        all.map(|(candidate, ())| candidate).collect()
    }

    /// Every shift that would be there if no law stood in its way, with the rules that do.
    pub(super) fn refused(problem: &Problem) -> Vec<(Self, Vec<&'static str>)> {
        Self::judged(problem, |rules| (!rules.is_empty()).then_some(rules))
    }

    /// Every shift of which something is to be said, by the rules of law in its way.
    fn judged<T>(
        problem: &Problem,
        judge: impl Fn(Vec<&'static str>) -> Option<T>,
    ) -> Vec<(Self, T)> {
        let mut found = Vec::new();
        for (index, pool) in problem.pools.iter().enumerate() {
            let prices = prices(problem, pool);
            let pay = ClockPay::of(problem, pool);
            for (kind, shift) in pool.shifts.iter().enumerate() {
                for (day, start) in windowed_starts(problem, pool, shift) {
                    let Some(said) = judge(breaches(pool, shift, start)) else {
                        continue;
                    };
                    let terms = (prices.as_slice(), pay.as_ref());
                    let at = Self::at(problem, (index, kind), (day, start), terms);
                    found.extend(at.map(|candidate| (candidate, said)));
                }
            }
        }
        found
    }

    /// One shift, if it overlaps the horizon and starts on its steps.
    fn at(
        problem: &Problem,
        (pool_index, kind): (usize, usize),
        (day, start): (NaiveDate, DateTime<Utc>),
        (prices, pay): (&[f64], Option<&ClockPay<'_>>),
    ) -> Option<Self> {
        let pool = &problem.pools[pool_index];
        let shift = &pool.shifts[kind];
        let position = problem.grid.position(start)?;
        let covers = inside(problem, position, shift)?;
        let end = start + TimeDelta::from_std(shift.length).unwrap_or_default();
        let premiums = pay.map_or(0.0, |pay| pay.of_shift(start, end));
        let cost = cost(problem, pool, shift, &covers, prices) + premiums;
        Some(Self {
            pool: pool_index,
            shift_type: kind,
            start,
            day,
            position,
            covers,
            cost,
            premiums,
        })
    }
}

/// Local days and starts of a kind of shift that may overlap the horizon, by its window alone.
fn windowed_starts(
    problem: &Problem,
    pool: &Pool,
    kind: &ShiftType,
) -> Vec<(NaiveDate, DateTime<Utc>)> {
    let length = TimeDelta::from_std(kind.length).unwrap_or_default();
    let first = pool.zone.local(problem.grid.start() - length).date();
    let last = pool.zone.local(problem.grid.end()).date();
    let days = first.iter_days().take_while(|&day| day <= last);
    let is_open = |day: &NaiveDate| !pool.special_days.iter().any(|d| d.date == *day && d.closed);
    days.filter(is_open)
        .flat_map(|day| {
            in_window(pool, kind, day)
                .into_iter()
                .map(move |s| (day, s))
        })
        .collect()
}

/// When a kind of shift may start on a local day by its window and the pool's law, whose breaks are
/// not placed yet and not looked at. A local start that clocks jump over is none; one that happens
/// twice is its first instant.
pub(crate) fn starts(pool: &Pool, kind: &ShiftType, day: NaiveDate) -> Vec<DateTime<Utc>> {
    let mut found = in_window(pool, kind, day);
    found.retain(|&start| breaches(pool, kind, start).is_empty());
    found
}

/// When a kind of shift may start on a local day by its window alone.
fn in_window(pool: &Pool, kind: &ShiftType, day: NaiveDate) -> Vec<DateTime<Utc>> {
    let window = &kind.starts;
    if !window.weekdays.contains(&day.weekday()) {
        return Vec::new();
    }
    let every = TimeDelta::from_std(window.every).unwrap_or_default();
    let mut found = Vec::new();
    let mut local = day.and_time(window.from);
    while local <= day.and_time(window.to) && local.date() == day {
        found.extend(pool.zone.instant(local, RepeatedHour::First));
        if every <= TimeDelta::zero() {
            break;
        }
        local += every;
    }
    found
}

/// The rules of the pool's law that stand in the way of a shift, breaks left out.
fn breaches(pool: &Pool, kind: &ShiftType, start: DateTime<Utc>) -> Vec<&'static str> {
    let Some(law) = &pool.law else {
        return Vec::new();
    };
    let shift = Shift {
        pool: pool.id.clone(),
        shift_type: kind.id.clone(),
        start,
        end: start + TimeDelta::from_std(kind.length).unwrap_or_default(),
        count: 1,
        breaks: Vec::new(),
    };
    let breaches = permits(law, pool.zone, &shift).err().unwrap_or_default();
    let mut rules: Vec<_> = breaches.iter().map(|breach| breach.rule).collect();
    rules.retain(|&rule| rule != "breaks");
    rules.dedup();
    let days = days_of(pool.zone, shift.start, shift.end);
    if !law.holiday_allowed && days.into_iter().any(|day| pool.is_holiday(day)) {
        rules.push("holiday_work");
    }
    rules
}

/// Price of an on-queue hour of a pool in each interval.
fn prices(problem: &Problem, pool: &Pool) -> Vec<f64> {
    problem
        .grid
        .instants()
        .map(|t| pool.hourly_price(t).get())
        .collect()
}

/// The part of a shift inside the horizon, if there is any.
fn inside(problem: &Problem, position: i64, shift: &ShiftType) -> Option<Range<usize>> {
    let intervals = i64::try_from(intervals(problem, shift.length)).ok()?;
    let end = usize::try_from(position + intervals)
        .ok()?
        .min(problem.grid.len());
    let start = usize::try_from(position.max(0)).ok()?;
    (start < end).then_some(start..end)
}

/// A duration in whole intervals.
pub(super) fn intervals(problem: &Problem, duration: std::time::Duration) -> usize {
    let step = u64::from(problem.grid.interval_length().minutes()) * 60;
    usize::try_from(duration.as_secs() / step).unwrap_or(usize::MAX)
}

fn cost(
    problem: &Problem,
    pool: &Pool,
    shift: &ShiftType,
    covers: &Range<usize>,
    prices: &[f64],
) -> f64 {
    let hours = problem.interval_hours();
    let worked: f64 = prices[covers.clone()].iter().sum::<f64>() * hours;
    let unpaid: f64 = (shift.breaks.iter().filter(|b| !b.paid))
        .map(|b: &BreakType| b.length.as_secs_f64() / 3600.0)
        .sum();
    // At the edge of the horizon a shift and its breaks count for the part inside.
    let inside = covers.len() as f64 / intervals(problem, shift.length).max(1) as f64;
    worked - unpaid * inside * pool.price.per_hour.get()
}
