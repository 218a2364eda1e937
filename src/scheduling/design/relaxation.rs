//! The linear relaxation, with rows added as they are broken.
//!
//! Cover is written as differences, `Σ starts − Σ ends + Δu − Δo = Δr` in each interval but the
//! first, so that a shift of a day has two or three entries and a basis is close to a tree.

use std::collections::HashSet;

use super::certificate::{DesignPrices, DesignRow};
use super::layout::Layout;
use super::limits::Limits;
use super::program::{Program, Sense};
use super::rows::{LinearRow, Point, Separator};

/// Rounds that a row may take no part before it is dropped.
const IDLE: u8 = 3;

/// The relaxation and its present rows.
#[derive(Debug, Clone)]
pub(super) struct Relaxation<'a> {
    layout: &'a Layout<'a>,
    pub(super) program: Program,
    separator: Separator,
    /// Workers that count as one, to keep numbers small.
    unit: f64,
    /// Rows beyond cover, and for how long they have taken no part.
    rows: Vec<(LinearRow, u8)>,
    present: HashSet<LinearRow>,
}

/// The differences of cover: entries of a shift of a day.
fn entries(layout: &Layout<'_>, shift: usize, day: usize) -> Vec<(usize, f64)> {
    let (first, end) = (layout.first(shift, day), layout.end(shift, day));
    let mut entries = Vec::new();
    if layout.covers(shift, day, 0) {
        entries.push((0, 1.0));
    }
    if first != end {
        entries.extend((first > 0).then_some((first, 1.0)));
        entries.extend((end > 0).then_some((end, -1.0)));
    }
    entries
}

/// The cover rows of a program whose variables are the workers of each shift and day, then
/// `other` ones, then the missing, then the superfluous.
pub(super) fn cover(layout: &Layout<'_>, program: &mut Program, unit: f64, other: usize) {
    let n = layout.intervals;
    let mut rows = vec![Vec::new(); n];
    let pairs = (0..layout.shifts.len()).flat_map(|j| (0..layout.days).map(move |d| (j, d)));
    for (variable, (shift, day)) in pairs.enumerate() {
        for (row, value) in entries(layout, shift, day) {
            rows[row].push((variable, value));
        }
    }
    let missing = layout.shifts.len() * layout.days + other;
    for (sign, first) in [(1.0, missing), (-1.0, missing + n)] {
        for interval in 0..n {
            rows[interval].push((first + interval, sign));
            if interval + 1 < n {
                rows[interval + 1].push((first + interval, -sign));
            }
        }
    }
    for (interval, terms) in rows.into_iter().enumerate() {
        let before = interval.checked_sub(1).map_or(0, |t| layout.required(t));
        let right = (layout.required(interval) - before) as f64 / unit;
        program.row(&terms, Sense::Equal, right);
    }
}

/// Workers that count as one in a program.
pub(super) fn unit(layout: &Layout<'_>) -> f64 {
    (layout.highest() as f64 / 32.0).max(1.0)
}

/// Missing and superfluous workers as variables.
pub(super) fn deviations(layout: &Layout<'_>, program: &mut Program, unit: f64) {
    for interval in 0..layout.intervals {
        let required = layout.required(interval) as f64 / unit;
        program.variable(layout.under as f64 * unit, 0.0, required);
    }
    // The bound of the certificate: beyond a closer one, prices would prove nothing.
    for interval in 0..layout.intervals {
        let most = (2 * layout.highest() - layout.required(interval)) as f64 / unit;
        program.variable(layout.over as f64 * unit, 0.0, most);
    }
}

/// The size of a cost that matters.
pub(super) fn cost_scale(layout: &Layout<'_>, unit: f64) -> f64 {
    let dearest = (layout.under.max(layout.over) as f64 * unit).max(1.0);
    let fixed = layout.problem.per_shift as f64;
    if fixed > 0.0 {
        dearest.min(fixed)
    } else {
        dearest
    }
}

impl<'a> Relaxation<'a> {
    pub(super) fn new(layout: &'a Layout<'a>) -> Self {
        let unit = unit(layout);
        let mut program = Program::new(cost_scale(layout, unit));
        for shift in 0..layout.shifts.len() {
            for day in 0..layout.days {
                program.variable(0.0, 0.0, layout.peak(shift, day) as f64 / unit);
            }
        }
        for _ in &layout.shifts {
            program.variable(layout.problem.per_shift as f64, 0.0, 1.0);
        }
        deviations(layout, &mut program, unit);
        cover(layout, &mut program, unit, layout.shifts.len());
        Self {
            program,
            separator: Separator::new(layout),
            layout,
            unit,
            rows: Vec::new(),
            present: HashSet::new(),
        }
    }

    fn workers(&self, shift: usize, day: usize) -> usize {
        shift * self.layout.days + day
    }

    fn in_use(&self, shift: usize) -> usize {
        self.layout.shifts.len() * self.layout.days + shift
    }

    fn missing(&self, interval: usize) -> usize {
        self.layout.shifts.len() * (self.layout.days + 1) + interval
    }

    fn extra(&self, interval: usize) -> usize {
        self.missing(interval) + self.layout.intervals
    }

    /// Restricts the program to the plans of a node.
    pub(super) fn restrict(&mut self, limits: &Limits) {
        for shift in 0..self.layout.shifts.len() {
            let is_out = limits.in_use[shift] == Some(false);
            let (least, most) = match limits.in_use[shift] {
                None => (0.0, 1.0),
                Some(is_in) => (f64::from(u8::from(is_in)), f64::from(u8::from(is_in))),
            };
            self.program.set_bounds(self.in_use(shift), least, most);
            for day in 0..self.layout.days {
                let (least, most) = limits.workers[self.workers(shift, day)];
                let most = if is_out { 0 } else { most };
                let (least, most) = (least.min(most) as f64, most as f64);
                let variable = self.workers(shift, day);
                self.program
                    .set_bounds(variable, least / self.unit, most / self.unit);
            }
        }
    }

    /// The present point.
    pub(super) fn point(&self) -> Point {
        let count = self.layout.shifts.len();
        let value = |v: usize| self.program.value(v);
        let unit = self.unit;
        Point {
            workers: (0..count * self.layout.days)
                .map(|v| value(v) * unit)
                .collect(),
            in_use: (0..count).map(|j| value(self.in_use(j))).collect(),
            missing: (0..self.layout.intervals)
                .map(|t| value(self.missing(t)) * unit)
                .collect(),
            extra: (0..self.layout.intervals)
                .map(|t| value(self.extra(t)) * unit)
                .collect(),
        }
    }

    /// Adds rows that the present point breaks, and says how many.
    pub(super) fn tighten(&mut self, point: &Point, depth: usize) -> usize {
        let batch = 60 + self.layout.intervals / 2;
        let broken = self.separator.broken(self.layout, point, depth);
        let new = broken.into_iter().map(|b| b.row);
        let new: Vec<_> = new
            .filter(|row| !self.present.contains(row))
            .take(batch)
            .collect();
        if new.is_empty() {
            return 0;
        }
        let count = new.len();
        for row in new {
            let (terms, right) = self.terms(&row);
            self.program.row(&terms, Sense::AtLeast, right);
            self.present.insert(row.clone());
            self.rows.push((row, 0));
        }
        count
    }

    /// Drops rows that have taken no part for long.
    pub(super) fn loosen(&mut self) {
        let n = self.layout.intervals;
        let mut any = false;
        for (number, (_, idle)) in self.rows.iter_mut().enumerate() {
            *idle = if self.program.is_idle(n + number) {
                *idle + 1
            } else {
                0
            };
            any |= *idle > IDLE;
        }
        if !any {
            return;
        }
        let mut keep = vec![true; n];
        keep.extend(self.rows.iter().map(|r| r.1 <= IDLE));
        self.program.drop_rows(&mut keep);
        let mut number = n;
        let present = &mut self.present;
        self.rows.retain(|(row, _)| {
            number += 1;
            if !keep[number - 1] {
                present.remove(row);
            }
            keep[number - 1]
        });
    }

    fn terms(&self, row: &LinearRow) -> (Vec<(usize, f64)>, f64) {
        let layout = self.layout;
        match row {
            LinearRow::Peak { shift, day } => {
                let peak = layout.peak(*shift, *day) as f64 / self.unit;
                let workers = self.workers(*shift, *day);
                (vec![(self.in_use(*shift), peak), (workers, -1.0)], 0.0)
            }
            LinearRow::Known(DesignRow::Presence { shift, interval }) => {
                let required = layout.required(*interval) as f64 / self.unit;
                let mut terms = vec![(self.extra(*interval), 1.0)];
                if required > 0.0 {
                    terms.push((self.in_use(*shift), required));
                }
                let days = (0..layout.days).filter(|&d| layout.covers(*shift, d, *interval));
                terms.extend(days.map(|d| (self.workers(*shift, d), -1.0)));
                (terms, 0.0)
            }
            LinearRow::Known(DesignRow::Need { weights, in_use }) => {
                let need = self.need(weights);
                let mut terms: Vec<_> = weights
                    .iter()
                    .map(|&(t, w)| {
                        let variable = if w > 0 {
                            self.missing(t)
                        } else {
                            self.extra(t)
                        };
                        (variable, w.abs() as f64 / need)
                    })
                    .collect();
                terms.extend(in_use.iter().map(|&s| (self.in_use(s), 1.0)));
                let members = self.separator.members(layout, weights);
                let members = members.into_iter().filter(|m| m.1 > 0);
                for (at, share) in members {
                    if in_use.binary_search(&(at / layout.days)).is_err() {
                        terms.push((at, share as f64 / need));
                    }
                }
                (terms, 1.0)
            }
        }
    }

    fn need(&self, weights: &[(usize, i64)]) -> f64 {
        let need: i64 = weights
            .iter()
            .map(|&(t, w)| w * self.layout.required(t))
            .sum();
        need as f64 / self.unit
    }

    /// The multipliers as prices; rows get their numbers from `number`.
    pub(super) fn prices(&self, mut number: impl FnMut(&DesignRow) -> usize) -> DesignPrices {
        let n = self.layout.intervals;
        let scale = DesignPrices::SCALE as f64 / self.unit;
        let mut cover = vec![0; n];
        for (interval, price) in cover.iter_mut().enumerate() {
            let next = if interval + 1 < n {
                self.program.multiplier(interval + 1)
            } else {
                0.0
            };
            *price = whole((self.program.multiplier(interval) - next) * scale);
        }
        let mut rows = Vec::new();
        for (at, (row, _)) in self.rows.iter().enumerate() {
            let LinearRow::Known(row) = row else { continue };
            let share = match row {
                DesignRow::Need { weights, .. } => 1.0 / self.need(weights),
                DesignRow::Presence { .. } => 1.0,
            };
            let price = whole(self.program.multiplier(n + at) * share * scale);
            if price > 0 {
                rows.push((number(row), price));
            }
        }
        DesignPrices { cover, rows }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates and maps NaN to 0; any price gives a valid bound"
)]
fn whole(value: f64) -> i64 {
    value.round() as i64
}
