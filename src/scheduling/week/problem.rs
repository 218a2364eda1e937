use std::collections::HashMap;

use super::PlannedShifts;

/// A typical week that repeats: who is needed when, and which shifts could be worked.
///
/// Intervals are numbered on one axis from the start of the week and wrap around: a shift that
/// starts late on the last day ends early on the first. Money is in whole minor units (cents).
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Name of the problem.
    pub name: String,
    /// Length of an interval in minutes.
    pub interval_minutes: u32,
    /// Intervals of the week.
    pub intervals: usize,
    /// Intervals of a day; the week is a whole number of days.
    pub intervals_per_day: usize,
    /// What is to be covered.
    pub languages: Vec<WeekLanguage>,
    /// Kinds of shift, shared by all pools.
    pub shift_types: Vec<WeekShiftType>,
    /// Who works.
    pub pools: Vec<WeekPool>,
    /// Where they sit.
    pub sites: Vec<WeekSite>,
    /// Caps on the share of a kind of shift among all shifts of the week.
    pub share_caps: Vec<ShareCap>,
    /// Price of one agent missing for one interval; without one, coverage is a rule.
    pub understaffing: Option<i64>,
    /// Shifts to start from and to keep where moving is not worth its price.
    pub kept: Option<KeptWeek>,
}

/// Shifts that are agreed, and what it costs to move away from them.
///
/// One person more or fewer on a shift (of a pool, a kind and a start) than agreed is one change;
/// a person moved from one shift to another is two. Breaks may move for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWeek {
    /// The shifts. Those that can no longer be worked are passed over: dropping them is no choice.
    pub shifts: Vec<PlannedShifts>,
    /// Price of one change, at least 0.
    pub price_per_change: i64,
}

/// Agents wanted in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekLanguage {
    /// Name; a week of one queue may leave it empty.
    pub id: String,
    /// Agents wanted in each interval.
    pub required: Vec<u32>,
}

/// A kind of shift.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekShiftType {
    /// Name.
    pub id: String,
    /// Length in intervals.
    pub length: usize,
    /// Breaks, whose windows do not overlap.
    pub breaks: Vec<WeekBreak>,
}

/// A break of a kind of shift: it starts `first..=last` intervals after the shift.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekBreak {
    /// Name.
    pub id: String,
    /// Length in intervals.
    pub length: usize,
    /// Earliest start after the start of the shift.
    pub first: usize,
    /// Latest start after the start of the shift.
    pub last: usize,
    /// Whether it is paid.
    pub is_paid: bool,
}

/// People with the same site, languages and price.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekPool {
    /// Name; a week of one queue may leave it empty.
    pub id: String,
    /// Position of its site.
    pub site: usize,
    /// Positions of the languages its people speak.
    pub languages: Vec<usize>,
    /// Price of one person in each interval of the week.
    pub wages: Vec<i64>,
    /// Price taken off for each interval of an unpaid break.
    pub base_wage: i64,
    /// Price of each shift beside its hours.
    pub fixed_cost: i64,
    /// Local time minus the time of the axis, in intervals.
    pub offset: i64,
    /// Local starts of each kind of shift, by position; `None` where the pool does not work it.
    pub starts: Vec<Option<WeekStarts>>,
    /// Most shifts that may start on one local day, all kinds together.
    pub shifts_per_day: Option<u32>,
}

/// Intervals of the day at which shifts may start: `from`, `from + step`, … up to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekStarts {
    /// First start.
    pub from: usize,
    /// Last start.
    pub to: usize,
    /// Intervals between starts.
    pub step: usize,
}

/// A place with seats and perhaps a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekSite {
    /// Name; a week of one queue may leave it empty.
    pub id: String,
    /// Most people present at once, those on a break included.
    pub seats: Option<u32>,
    /// Fewest paid intervals that must be bought from it over the week.
    pub paid_minimum: u64,
}

/// At most so many hundredths of all shifts of the week are of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareCap {
    /// Position of the kind of shift.
    pub shift_type: usize,
    /// The cap in hundredths.
    pub hundredths: u32,
}

/// A shift somebody could work: a pool, a kind of shift and a start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartOption {
    /// Position of the pool.
    pub pool: usize,
    /// Position of the kind of shift.
    pub shift_type: usize,
    /// First interval, on the axis of the week.
    pub start: usize,
    /// Day of the pool's own clock on which it starts.
    pub day: usize,
    /// Price of one person, unpaid breaks taken off.
    pub cost: i64,
}

impl Week {
    /// Days of the week.
    pub fn days(&self) -> usize {
        self.intervals / self.intervals_per_day.max(1)
    }

    /// The interval `distance` after another, around the week.
    pub fn after(&self, interval: usize, distance: usize) -> usize {
        (interval + distance) % self.intervals
    }

    /// Day and time at which an interval begins, such as `day 1 18:30`.
    pub fn clock(&self, interval: usize) -> String {
        let per_day = self.intervals_per_day.max(1);
        let minutes = (interval % per_day) * self.interval_minutes as usize;
        let (day, hour, minute) = (interval / per_day + 1, minutes / 60, minutes % 60);
        format!("day {day} {hour:02}:{minute:02}")
    }

    /// Every shift somebody could work, ordered by pool, kind and start.
    pub fn options(&self) -> Vec<StartOption> {
        let mut found = Vec::new();
        for (p, pool) in self.pools.iter().enumerate() {
            for (k, starts) in pool.starts.iter().enumerate() {
                let Some(starts) = starts else { continue };
                let mut of_type: Vec<StartOption> = (0..self.days())
                    .flat_map(|day| {
                        (starts.from..=starts.to)
                            .step_by(starts.step.max(1))
                            .map(move |at| (day, at))
                    })
                    .map(|(day, at)| self.option(p, k, day, at))
                    .collect();
                of_type.sort_by_key(|o| o.start);
                found.extend(of_type);
            }
        }
        found
    }

    /// People agreed on each of some options; 0 for all where nothing is kept.
    pub(super) fn agreed(&self, options: &[StartOption]) -> Vec<i64> {
        let mut agreed: HashMap<(usize, usize, usize), i64> = HashMap::new();
        for s in self.kept.iter().flat_map(|kept| &kept.shifts) {
            *agreed.entry((s.pool, s.shift_type, s.start)).or_default() += i64::from(s.count);
        }
        let of = |o: &StartOption| agreed.get(&(o.pool, o.shift_type, o.start));
        (options.iter())
            .map(|o| of(o).copied().unwrap_or(0))
            .collect()
    }

    /// Price of a change; 0 where nothing is kept.
    pub(super) fn change_price(&self) -> i64 {
        self.kept
            .as_ref()
            .map_or(0, |kept| kept.price_per_change.max(0))
    }

    fn option(&self, p: usize, k: usize, day: usize, at: usize) -> StartOption {
        let n = i64::try_from(self.intervals).unwrap_or(i64::MAX);
        let local = i64::try_from(day * self.intervals_per_day + at).unwrap_or(0);
        let start = (local - self.pools[p].offset).rem_euclid(n);
        let start = usize::try_from(start).unwrap_or(0);
        StartOption {
            pool: p,
            shift_type: k,
            start,
            day,
            cost: self.cost_of(p, k, start),
        }
    }

    /// Price of one person of pool `p` on a shift of kind `k` from `start` on.
    pub fn cost_of(&self, p: usize, k: usize, start: usize) -> i64 {
        let (pool, shift) = (&self.pools[p], &self.shift_types[k]);
        let worked: i64 = (0..shift.length)
            .map(|j| pool.wages[self.after(start, j)])
            .sum();
        let unpaid = i64::try_from(shift.unpaid()).unwrap_or(i64::MAX);
        pool.fixed_cost + worked - pool.base_wage * unpaid
    }
}

impl WeekShiftType {
    /// Intervals of unpaid breaks.
    pub fn unpaid(&self) -> usize {
        let unpaid = self.breaks.iter().filter(|b| !b.is_paid);
        unpaid.map(|b| b.length).sum()
    }

    /// Paid intervals.
    pub fn paid(&self) -> usize {
        self.length - self.unpaid()
    }
}
