//! Broken *need* rows: sums of steps of the requirement.
//!
//! A step is the difference of cover between an interval and the one before it. Who starts there
//! counts for it, who ends there against it. Sums of a few steps, each taken with a sign, give the
//! weights of a row; larger sums grow from the most broken smaller ones.

use std::collections::HashSet;

use super::certificate::DesignRow;
use super::layout::Layout;
use super::rows::{Broken, LEAST, LinearRow, Point};

/// Sums that are grown by another step.
const BEAM: usize = 1_500;

/// Rows of one first step.
const SAME: usize = 12;

/// A step with a sign.
type Step = (usize, i64);

/// A sum of steps.
#[derive(Debug, Clone)]
struct Sum {
    steps: Vec<Step>,
    need: i64,
    left: f64,
}

impl Sum {
    fn by(&self) -> f64 {
        (self.need as f64 - self.left) / self.need as f64
    }
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
    pub(super) fn members(&self, layout: &Layout<'_>, weights: &[(usize, i64)]) -> Vec<(usize, i64)> {
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
        let mut sums = Vec::new();
        let mut best: Vec<Sum> = Vec::new();
        for &step in &steps.list {
            for sign in [1, -1] {
                sums.extend(self.sum(&steps, vec![(step, sign)]));
            }
        }
        let mut seen = HashSet::new();
        for level in 1..=depth {
            best.extend(sums.iter().filter(|s| s.by() > LEAST).cloned());
            if level == depth {
                break;
            }
            let grown = if level == 1 {
                self.pairs(&steps)
            } else {
                sums.sort_by(|a, b| b.by().total_cmp(&a.by()).then_with(|| a.steps.cmp(&b.steps)));
                sums.truncate(BEAM);
                sums.iter().flat_map(|sum| self.grown(&steps, sum, &mut seen)).collect()
            };
            sums = grown;
        }
        best.sort_by(|a, b| b.by().total_cmp(&a.by()).then_with(|| a.steps.cmp(&b.steps)));
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

    fn pairs(&self, steps: &Steps<'_>) -> Vec<Sum> {
        let mut sums = Vec::new();
        for (number, &first) in steps.list.iter().enumerate() {
            for second in self.after(steps, number) {
                for signs in [(1, 1), (1, -1), (-1, 1), (-1, -1)] {
                    let mut pair = vec![(first, signs.0), (second, signs.1)];
                    pair.sort_unstable();
                    sums.extend(self.sum(steps, pair));
                }
            }
        }
        sums
    }

    /// Steps within reach after one of the list.
    fn after<'a>(&self, steps: &'a Steps<'_>, number: usize) -> impl Iterator<Item = usize> + 'a {
        let n = steps.layout.intervals;
        let (list, reach) = (&steps.list, (self.longest + 1).min(n / 2));
        let first = list[number];
        (1..list.len())
            .map(move |k| list[(number + k) % list.len()])
            .take_while(move |&t| (t + n - first) % n <= reach)
    }

    fn grown(
        &self,
        steps: &Steps<'_>,
        sum: &Sum,
        seen: &mut HashSet<Vec<Step>>,
    ) -> Vec<Sum> {
        let n = steps.layout.intervals;
        let reach = (self.longest + 1).min(n / 2);
        let near = steps.list.iter().filter(|&&t| {
            let distances = sum.steps.iter().map(|s| ((t + n - s.0) % n).min((s.0 + n - t) % n));
            distances.min().is_some_and(|d| d > 0 && d <= reach)
        });
        let mut sums = Vec::new();
        for &step in near {
            for sign in [1, -1] {
                let mut grown = sum.steps.clone();
                let place = grown.partition_point(|s| s.0 < step);
                grown.insert(place, (step, sign));
                if let Some(new) = self.sum(steps, grown)
                    && seen.insert(new.steps.clone())
                {
                    sums.push(new);
                }
            }
        }
        sums
    }

    /// A sum of steps, if it needs anything.
    fn sum(&self, steps: &Steps<'_>, list: Vec<Step>) -> Option<Sum> {
        let (layout, point) = (steps.layout, steps.point);
        let need: i64 = list.iter().map(|&(t, sign)| sign * rise(layout, t)).sum();
        if need <= self.least {
            return None;
        }
        let most = need as f64;
        let mut left = 0.0;
        for (t, weight) in weights(layout, &list) {
            left += if weight > 0 {
                weight as f64 * point.missing[t]
            } else {
                -weight as f64 * point.extra[t]
            };
        }
        let mut members: Vec<(usize, i64)> = Vec::with_capacity(16);
        for &(t, sign) in &list {
            for &(at, way) in &steps.moves[t] {
                match members.iter_mut().find(|m| m.0 == at) {
                    Some(member) => member.1 += sign * way,
                    None => members.push((at, sign * way)),
                }
            }
        }
        members.sort_unstable();
        for same in members.chunk_by(|a, b| a.0 / layout.days == b.0 / layout.days) {
            let worked: f64 = same
                .iter()
                .map(|&(at, share)| share.max(0) as f64 * point.workers[at])
                .sum();
            left += worked.min(most * point.in_use[same[0].0 / layout.days]);
        }
        Some(Sum {
            steps: list,
            need,
            left,
        })
    }

    /// The row of a sum, with the shifts that count by being in use.
    fn row(&self, steps: &Steps<'_>, sum: &Sum) -> Broken {
        let (layout, point) = (steps.layout, steps.point);
        let weights = weights(layout, &sum.steps);
        let members = self.members(layout, &weights);
        let members: Vec<_> = members.into_iter().filter(|m| m.1 > 0).collect();
        let mut in_use = Vec::new();
        for same in members.chunk_by(|a, b| a.0 / layout.days == b.0 / layout.days) {
            let shift = same[0].0 / layout.days;
            let worked: f64 = same.iter().map(|&(at, share)| share as f64 * point.workers[at]).sum();
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
        Broken { by: sum.by(), row }
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
