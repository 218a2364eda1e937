//! The problem on one axis: which shifts there are, and which intervals each one covers.

use super::{DesignPlan, DesignPrices, DesignProblem, DesignedShift};
use crate::scheduling::ScheduleError;

/// A problem with its shifts numbered.
#[derive(Debug, Clone)]
pub(super) struct Layout<'a> {
    pub(super) problem: &'a DesignProblem,
    /// Distinct starts and lengths, in order.
    pub(super) shifts: Vec<(usize, usize)>,
    /// Intervals of all days.
    pub(super) intervals: usize,
    pub(super) days: usize,
    /// Most workers wanted at once while a shift of a day lasts, by shift and day.
    peaks: Vec<i64>,
    /// Price of one worker missing for one interval.
    pub(super) under: i64,
    /// Price of one worker too many for one interval.
    pub(super) over: i64,
    /// Every cost is a multiple of this.
    pub(super) step: i64,
}

impl<'a> Layout<'a> {
    /// Numbers the shifts of a problem.
    pub(super) fn new(problem: &'a DesignProblem) -> Result<Self, ScheduleError> {
        check(problem).map_err(ScheduleError::Malformed)?;
        let mut shifts: Vec<_> = problem
            .shift_types
            .iter()
            .flat_map(|t| {
                (t.first_start..=t.last_start)
                    .flat_map(|start| (t.shortest..=t.longest).map(move |l| (start, l)))
            })
            .collect();
        shifts.sort_unstable();
        shifts.dedup();
        let minutes = i64::from(problem.interval_minutes);
        let (under, over) = (problem.under * minutes, problem.over * minutes);
        let mut layout = Self {
            problem,
            intervals: problem.required.len(),
            days: problem.days,
            peaks: Vec::new(),
            under,
            over,
            step: gcd(gcd(under, over), problem.per_shift).max(1),
            shifts,
        };
        layout.peaks = (0..layout.shifts.len())
            .flat_map(|shift| (0..layout.days).map(move |day| (shift, day)))
            .map(|(shift, day)| layout.covered(shift, day).map(|t| layout.required(t)).max())
            .map(|peak| peak.unwrap_or(0))
            .collect();
        Ok(layout)
    }

    pub(super) fn required(&self, interval: usize) -> i64 {
        i64::from(self.problem.required[interval])
    }

    /// The first interval of a shift of a day.
    pub(super) fn first(&self, shift: usize, day: usize) -> usize {
        day * self.problem.intervals_per_day + self.shifts[shift].0
    }

    /// The interval after the last one of a shift of a day.
    pub(super) fn end(&self, shift: usize, day: usize) -> usize {
        (self.first(shift, day) + self.shifts[shift].1) % self.intervals
    }

    /// The intervals that a shift of a day covers.
    pub(super) fn covered(&self, shift: usize, day: usize) -> impl Iterator<Item = usize> {
        let (first, intervals) = (self.first(shift, day), self.intervals);
        (0..self.shifts[shift].1).map(move |j| (first + j) % intervals)
    }

    /// Whether a shift of a day covers an interval.
    pub(super) fn covers(&self, shift: usize, day: usize, interval: usize) -> bool {
        let since = (interval + self.intervals - self.first(shift, day)) % self.intervals;
        since < self.shifts[shift].1
    }

    pub(super) fn peak(&self, shift: usize, day: usize) -> i64 {
        self.peaks[shift * self.days + day]
    }

    /// The most workers wanted at once.
    pub(super) fn highest(&self) -> i64 {
        i64::from(self.problem.required.iter().copied().max().unwrap_or(0))
    }

    /// The least cost that is not below a bound in fractions of a money unit.
    pub(super) fn rounded_up(&self, value: i128) -> i64 {
        let step = i128::from(self.step) * i128::from(DesignPrices::SCALE);
        let steps = value.div_euclid(step) + i128::from(value.rem_euclid(step) > 0);
        let bound = (steps * i128::from(self.step)).max(0);
        i64::try_from(bound).unwrap_or(i64::MAX)
    }

    /// Cost of worker numbers, by shift and day.
    pub(super) fn cost(&self, workers: &[u32]) -> i64 {
        let mut level = vec![0_i64; self.intervals];
        let mut shifts = 0;
        for (shift, workers) in workers.chunks(self.days).enumerate() {
            shifts += i64::from(workers.iter().any(|&w| w > 0));
            for (day, &count) in workers.iter().enumerate().filter(|w| *w.1 > 0) {
                for interval in self.covered(shift, day) {
                    level[interval] += i64::from(count);
                }
            }
        }
        let off = level.iter().enumerate().map(|(t, &level)| {
            let off = level - self.required(t);
            if off < 0 {
                -off * self.under
            } else {
                off * self.over
            }
        });
        off.sum::<i64>() + shifts * self.problem.per_shift
    }

    /// The plan of worker numbers.
    pub(super) fn plan(&self, workers: &[u32]) -> DesignPlan {
        let used = workers.chunks(self.days).zip(&self.shifts);
        let used = used.filter(|(workers, _)| workers.iter().any(|&w| w > 0));
        DesignPlan {
            shifts: used
                .map(|(workers, &(start, length))| DesignedShift {
                    start,
                    length,
                    workers: workers.to_vec(),
                })
                .collect(),
        }
    }
}

/// What is wrong with a problem.
fn check(problem: &DesignProblem) -> Result<(), String> {
    const MOST: i64 = 1_000_000_000;
    let intervals = problem.days * problem.intervals_per_day;
    if intervals == 0 || problem.required.len() != intervals {
        let found = problem.required.len();
        return Err(format!("{found} requirements for {intervals} intervals"));
    }
    for (name, weight) in [
        ("under", problem.under),
        ("over", problem.over),
        ("per_shift", problem.per_shift),
    ] {
        if !(0..=MOST).contains(&weight) {
            return Err(format!(
                "the price `{name}` is {weight}, not within 0 and {MOST}"
            ));
        }
    }
    for (number, kind) in problem.shift_types.iter().enumerate() {
        let is_ordered = kind.first_start <= kind.last_start && kind.shortest <= kind.longest;
        let is_inside = kind.last_start < problem.intervals_per_day
            && kind.shortest > 0
            && kind.longest <= intervals;
        if !(is_ordered && is_inside) {
            return Err(format!(
                "the windows of shift type {number} are empty or too wide"
            ));
        }
    }
    let minutes = i128::from(problem.interval_minutes);
    let worst = i128::from(problem.under.max(problem.over)) * minutes;
    let total: i128 = problem.required.iter().map(|&r| i128::from(r) + 1).sum();
    if worst * total > i128::from(i64::MAX / 1_000) {
        return Err("costs would not fit whole numbers of 64 bits".to_owned());
    }
    Ok(())
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
