//! Who works what, and everything that follows from it, kept up to date shift by shift.

use std::collections::BTreeMap;

use super::frame::{Frame, Pattern};

/// Shifts with their breaks, and what they add up to.
#[derive(Debug, Clone)]
pub(super) struct Roster {
    /// People by break pattern, for each option.
    pub(super) worked: Vec<BTreeMap<Pattern, u32>>,
    /// People on each option.
    people: Vec<i64>,
    /// People more or fewer than agreed, option by option.
    pub(super) changes: i64,
    /// People on duty by pool and interval.
    pub(super) duty: Vec<Vec<i64>>,
    /// People present by site and interval.
    pub(super) present: Vec<Vec<i64>>,
    /// Shifts that start on each local day of each pool.
    pub(super) day_starts: Vec<Vec<i64>>,
    /// Shifts by kind.
    pub(super) by_type: Vec<i64>,
    /// Paid intervals by site.
    pub(super) paid: Vec<i64>,
    /// Agents missing in each interval.
    pub(super) missing: Vec<i64>,
    /// Cost of the shifts.
    pub(super) shift_cost: i64,
}

impl Roster {
    pub(super) fn empty(frame: &Frame<'_>) -> Self {
        let week = frame.week;
        let n = week.intervals;
        Self {
            worked: vec![BTreeMap::new(); frame.options.len()],
            people: vec![0; frame.options.len()],
            changes: frame.agreed.iter().sum(),
            duty: vec![vec![0; n]; week.pools.len()],
            present: vec![vec![0; n]; week.sites.len()],
            day_starts: vec![vec![0; week.days()]; week.pools.len()],
            by_type: vec![0; week.shift_types.len()],
            paid: vec![0; week.sites.len()],
            missing: (0..n).map(|t| frame.missing(t, |_| 0)).collect(),
            shift_cost: 0,
        }
    }

    /// People on an option.
    pub(super) fn people(&self, option: usize) -> i64 {
        self.people[option]
    }

    /// Shifts in all.
    pub(super) fn total(&self) -> i64 {
        self.by_type.iter().sum()
    }

    /// Cost of the shifts, of what is missing or changed and of limits that are broken.
    pub(super) fn cost(&self, frame: &Frame<'_>) -> i64 {
        let missing = frame.missing_price * self.missing.iter().sum::<i64>();
        let changed = frame.change_price * self.changes;
        self.shift_cost + missing + changed + self.broken(frame)
    }

    /// Price of the limits that are broken; 0 when all are kept.
    pub(super) fn broken(&self, frame: &Frame<'_>) -> i64 {
        let week = frame.week;
        let mut price = 0;
        for (pool, starts) in week.pools.iter().zip(&self.day_starts) {
            if let Some(cap) = pool.shifts_per_day {
                let over = starts.iter().map(|s| (s - i64::from(cap)).max(0));
                price += frame.broken_price * over.sum::<i64>();
            }
        }
        for cap in &week.share_caps {
            let hundredths = i64::from(cap.hundredths);
            let over = 100 * self.by_type[cap.shift_type] - hundredths * self.total();
            price += frame.broken_share(cap.hundredths) * over.max(0);
        }
        for (site, paid) in week.sites.iter().zip(&self.paid) {
            let short = i64::try_from(site.paid_minimum).unwrap_or(i64::MAX) - paid;
            price += frame.broken_paid() * short.max(0);
        }
        price
    }

    /// Takes everybody off some options.
    pub(super) fn clear(&mut self, frame: &Frame<'_>, options: &[usize]) {
        for &option in options {
            for (pattern, count) in std::mem::take(&mut self.worked[option]) {
                self.count(frame, option, pattern, -i64::from(count));
            }
        }
    }

    /// Adds people on an option.
    pub(super) fn add(&mut self, frame: &Frame<'_>, option: usize, pattern: Pattern, count: u32) {
        *self.worked[option].entry(pattern).or_default() += count;
        self.count(frame, option, pattern, i64::from(count));
    }

    fn count(&mut self, frame: &Frame<'_>, option: usize, pattern: Pattern, by: i64) {
        let o = &frame.options[option];
        let shift = &frame.week.shift_types[o.shift_type];
        let site = frame.week.pools[o.pool].site;
        let (people, agreed) = (&mut self.people[option], frame.agreed[option]);
        self.changes += (*people + by - agreed).abs() - (*people - agreed).abs();
        *people += by;
        let duty = &mut self.duty[o.pool];
        frame.on_duty(option, pattern, |t| duty[t] += by);
        for j in 0..shift.length {
            self.present[site][frame.week.after(o.start, j)] += by;
        }
        self.day_starts[o.pool][o.day] += by;
        self.by_type[o.shift_type] += by;
        self.paid[site] += by * i64::try_from(shift.paid()).unwrap_or(i64::MAX);
        self.shift_cost += by * o.cost;
    }

    /// Works out anew what is missing in some intervals.
    pub(super) fn recount_missing(&mut self, frame: &Frame<'_>, intervals: &[usize]) {
        for &t in intervals {
            self.missing[t] = frame.missing(t, |p| self.duty[p][t]);
        }
    }
}
