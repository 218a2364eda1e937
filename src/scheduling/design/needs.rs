//! Broken *need* rows: sums of steps of the requirement.
//!
//! A step is the difference of cover between an interval and the one before it. Who starts there
//! counts for it, who ends there against it. Sums of a few steps, each taken with a sign, give the
//! weights of a row; larger sums grow from the most broken smaller ones.

use std::cmp::Ordering;

use super::certificate::DesignRow;
use super::layout::Layout;
use super::rows::{Broken, LEAST, LinearRow, Point};

/// Sums that are grown by another step.
const BEAM: usize = 400;

/// Rows of one first step.
const SAME: usize = 8;

/// Sums that are broken by less than this (that is, that hold by more) are not grown.
const HOPELESS: f64 = -0.5;

/// Most steps of a sum.
pub(super) const DEEPEST: usize = 6;

/// A step with a sign.
type Step = (usize, i64);

/// A sum of steps.
#[derive(Debug, Clone, Copy)]
struct Sum {
    steps: [Step; DEEPEST],
    len: usize,
    need: i64,
    by: f64,
}

impl Sum {
    fn steps(&self) -> &[Step] {
        &self.steps[..self.len]
    }

    fn with(mut self, step: Step) -> Self {
        let mut at = self.len;
        while at > 0 && self.steps[at - 1] > step {
            self.steps[at] = self.steps[at - 1];
            at -= 1;
        }
        self.steps[at] = step;
        self.len += 1;
        self
    }
}

/// The most broken first, by their steps among equals.
fn by_worst(a: &Sum, b: &Sum) -> Ordering {
    b.by.total_cmp(&a.by).then_with(|| a.steps().cmp(b.steps()))
}

/// Who starts and ends where.
#[derive(Debug, Clone)]
pub(super) struct Needs {
    starting: Vec<Vec<usize>>,
    ending: Vec<Vec<usize>>,
    longest: usize,
    least: i64,
}

/// A point by steps.
struct Steps<'a> {
    layout: &'a Layout<'a>,
    point: &'a Point,
    /// Steps that matter, in order, and where each one is in that order.
    list: Vec<usize>,
    /// Shifts and days with workers that start or end at a step: 1 or −1.
    moves: Vec<Vec<(usize, i64)>>,
}

impl Needs {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let n = layout.intervals;
        let (mut starting, mut ending) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        for shift in 0..layout.shifts.len() {
            for day in 0..layout.days {
                if layout.peak(shift, day) > 0 && layout.shifts[shift].1 < n {
                    starting[layout.first(shift, day)].push(shift * layout.days + day);
                    ending[layout.end(shift, day)].push(shift * layout.days + day);
                }
            }
        }
        Self {
            starting,
            ending,
            longest: layout.shifts.iter().map(|s| s.1).max().unwrap_or(0),
            least: layout.highest() / 1_500,
        }
    }

    /// Shifts and days whose sum of weights is not 0, with that sum.
    pub(super) fn members(
        &self,
        layout: &Layout<'_>,
        weights: &[(usize, i64)],
    ) -> Vec<(usize, i64)> {
        let n = layout.intervals;
        // Weights are differences of steps: where their running sum is not 0, there is one.
        let mut around = Vec::new();
        let mut sum = 0;
        for (k, &(t, weight)) in weights.iter().enumerate() {
            sum += weight;
            let next = weights.get(k + 1).map_or(n, |w| w.0);
            if sum != 0 {
                around.extend((t + 1..=next).map(|t| t % n));
            }
        }
        let starting = around.iter().flat_map(|&t| &self.starting[t]);
        let ending = around.iter().flat_map(|&t| &self.ending[t]);
        let mut all: Vec<usize> = starting.chain(ending).copied().collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter()
            .map(|at| (at, share(layout, at, weights)))
            .filter(|m| m.1 != 0)
            .collect()
    }

    /// The rows that a point breaks.
    pub(super) fn broken(
        &self,
        layout: &Layout<'_>,
        point: &Point,
        depth: usize,
        found: &mut Vec<Broken>,
    ) {
        let steps = self.steps(layout, point);
        let nothing = Sum {
            steps: [(0, 0); DEEPEST],
            len: 0,
            need: 0,
            by: 0.0,
        };
        let mut scratch = Vec::new();
        let mut sums = Vec::new();
        let mut best: Vec<Sum> = Vec::new();
        for level in 1..=depth.min(DEEPEST) {
            let mut grown = Vec::new();
            if level == 1 {
                for &step in &steps.list {
                    self.both(&steps, nothing, step, &mut scratch, &mut grown);
                }
            } else if level == 2 {
                self.pairs(&steps, nothing, &mut scratch, &mut grown);
            } else {
                for &sum in &sums {
                    self.grow(&steps, sum, &mut scratch, &mut grown);
                }
            }
            grown.sort_unstable_by(by_worst);
            grown.dedup_by(|a, b| a.steps() == b.steps());
            best.extend(grown.iter().take_while(|s| s.by > LEAST));
            grown.truncate(BEAM);
            sums = grown;
        }
        best.sort_unstable_by(by_worst);
        let mut uses = vec![0; layout.intervals];
        for sum in best {
            let first = sum.steps[0].0;
            uses[first] += 1;
            if uses[first] <= SAME {
                found.push(self.row(&steps, &sum));
            }
        }
    }

    fn steps<'a>(&self, layout: &'a Layout<'a>, point: &'a Point) -> Steps<'a> {
        let n = layout.intervals;
        let mut moves = vec![Vec::new(); n];
        for (t, moves) in moves.iter_mut().enumerate() {
            for (list, sign) in [(&self.starting[t], 1), (&self.ending[t], -1)] {
                let worked = list.iter().filter(|&&at| point.workers[at] > 1e-7);
                moves.extend(worked.map(|&at| (at, sign)));
            }
        }
        let list = (0..n)
            .filter(|&t| !moves[t].is_empty() || rise(layout, t) != 0)
            .collect();
        Steps {
            layout,
            point,
            list,
            moves,
        }
    }

    fn pairs(
        &self,
        steps: &Steps<'_>,
        nothing: Sum,
        scratch: &mut Vec<(usize, i64)>,
        sums: &mut Vec<Sum>,
    ) {
        let (n, list) = (steps.layout.intervals, &steps.list);
        let reach = (self.longest + 1).min(n / 2);
        for (number, &first) in list.iter().enumerate() {
            for k in 1..list.len() {
                let second = list[(number + k) % list.len()];
                if (second + n - first) % n > reach {
                    break;
                }
                for sign in [1, -1] {
                    let mut one = nothing.with((first, sign));
                    one.need = sign * rise(steps.layout, first);
                    self.both(steps, one, second, scratch, sums);
                }
            }
        }
    }

    fn grow(
        &self,
        steps: &Steps<'_>,
        sum: Sum,
        scratch: &mut Vec<(usize, i64)>,
        sums: &mut Vec<Sum>,
    ) {
        let n = steps.layout.intervals;
        let reach = (self.longest + 1).min(n / 2);
        for &step in &steps.list {
            let distances = sum.steps().iter();
            let nearest = distances
                .map(|s| ((step + n - s.0) % n).min((s.0 + n - step) % n))
                .min();
            if nearest.is_some_and(|d| d > 0 && d <= reach) {
                self.both(steps, sum, step, scratch, sums);
            }
        }
    }

    /// A sum with another step, taken with either sign.
    fn both(
        &self,
        steps: &Steps<'_>,
        sum: Sum,
        step: usize,
        scratch: &mut Vec<(usize, i64)>,
        sums: &mut Vec<Sum>,
    ) {
        for sign in [1, -1] {
            let mut grown = sum.with((step, sign));
            grown.need = sum.need + sign * rise(steps.layout, step);
            if grown.need > self.least {
                let left = steps.left(&grown, scratch);
                grown.by = 1.0 - left / grown.need as f64;
                if grown.by > HOPELESS {
                    sums.push(grown);
                }
            }
        }
    }

    /// The row of a sum, with the shifts that count by being in use.
    fn row(&self, steps: &Steps<'_>, sum: &Sum) -> Broken {
        let (layout, point) = (steps.layout, steps.point);
        let weights = weights(layout, sum.steps());
        let members = self.members(layout, &weights);
        let members: Vec<_> = members.into_iter().filter(|m| m.1 > 0).collect();
        let mut in_use = Vec::new();
        for same in members.chunk_by(|a, b| a.0 / layout.days == b.0 / layout.days) {
            let shift = same[0].0 / layout.days;
            let worked: f64 = same
                .iter()
                .map(|&(at, share)| share as f64 * point.workers[at])
                .sum();
            let open = sum.need as f64 * point.in_use[shift];
            let is_cheaper = if worked.max(open) > 1e-9 {
                open < worked
            } else {
                // Nobody works it: what it would bring if it were in use a little.
                let day = same[0].0 % layout.days;
                let least = layout.covered(shift, day).map(|t| layout.required(t)).min();
                sum.need <= least.unwrap_or(0)
            };
            if is_cheaper {
                in_use.push(shift);
            }
        }
        let row = LinearRow::Known(DesignRow::Need { weights, in_use });
        Broken { by: sum.by, row }
    }
}

impl Steps<'_> {
    /// What the point brings towards the need of a sum.
    fn left(&self, sum: &Sum, members: &mut Vec<(usize, i64)>) -> f64 {
        let (layout, point) = (self.layout, self.point);
        let n = layout.intervals;
        let need = sum.need as f64;
        let mut left = 0.0;
        members.clear();
        for &(t, sign) in sum.steps() {
            for &(at, way) in &self.moves[t] {
                match members.iter_mut().find(|m| m.0 == at) {
                    Some(member) => member.1 += sign * way,
                    None => members.push((at, sign * way)),
                }
            }
            // The weight of this interval, and of the one before unless it is a step itself.
            let others = sum.steps();
            let next = others
                .iter()
                .find(|s| s.0 == (t + 1) % n)
                .map_or(0, |s| s.1);
            let before = (t + n - 1) % n;
            left += self.off(t, sign - next);
            if !others.iter().any(|s| s.0 == before) {
                left += self.off(before, -sign);
            }
        }
        members.sort_unstable();
        for same in members.chunk_by(|a, b| a.0 / layout.days == b.0 / layout.days) {
            let worked: f64 = same
                .iter()
                .map(|&(at, share)| share.max(0) as f64 * point.workers[at])
                .sum();
            left += worked.min(need * point.in_use[same[0].0 / layout.days]);
        }
        left
    }

    /// Missing or superfluous workers of an interval, weighed.
    fn off(&self, interval: usize, weight: i64) -> f64 {
        let off = if weight > 0 {
            self.point.missing[interval]
        } else {
            self.point.extra[interval]
        };
        weight.abs() as f64 * off
    }
}

/// How much more is wanted in an interval than in the one before.
fn rise(layout: &Layout<'_>, interval: usize) -> i64 {
    let n = layout.intervals;
    layout.required(interval) - layout.required((interval + n - 1) % n)
}

/// The weights of the intervals of a sum of steps.
fn weights(layout: &Layout<'_>, steps: &[Step]) -> Vec<(usize, i64)> {
    let n = layout.intervals;
    let mut all: Vec<(usize, i64)> = Vec::with_capacity(2 * steps.len());
    for &(t, sign) in steps {
        for (t, weight) in [(t, sign), ((t + n - 1) % n, -sign)] {
            match all.iter_mut().find(|w| w.0 == t) {
                Some(known) => known.1 += weight,
                None => all.push((t, weight)),
            }
        }
    }
    all.retain(|w| w.1 != 0);
    all.sort_unstable();
    all
}

/// The weights that a shift of a day covers.
fn share(layout: &Layout<'_>, at: usize, weights: &[(usize, i64)]) -> i64 {
    let (shift, day) = (at / layout.days, at % layout.days);
    let covered = weights.iter().filter(|w| layout.covers(shift, day, w.0));
    covered.map(|w| w.1).sum()
}
