//! The same problem on longer intervals, for problems that hardly change inside them: half hours
//! instead of quarters leave the shifts their choice and a model of a fraction of the size, with
//! breaks that take a share of an interval. Whole shifts are found there; the exact model then
//! places the breaks and has the last word.

use std::collections::{BTreeMap, HashMap};

use super::breaks::{BreakStep, BreakVariable};
use super::cover::CoverModel;
use super::{Candidate, Problem};
use crate::calendar::{Grid, IntervalLength};
use crate::milp::Variable;
use crate::requirements::{DeferredClass, Group, Job, LiveNeed, Rounding, ScopedPromise};

/// Share of the live need by which it may differ from its mean over the longer interval.
const UNEVEN: f64 = 0.01;

/// A problem on longer intervals.
#[derive(Debug)]
pub(super) struct Coarse {
    pub(super) problem: Problem,
    /// Intervals of the exact problem in one of this.
    pub(super) factor: usize,
    /// The candidates of the exact problem, in the same order and at the same cost.
    candidates: Vec<Candidate>,
    step: BreakStep,
}

impl Coarse {
    /// The problem on the longest intervals that hold every shift and flat enough a need; `None`
    /// when there are none.
    pub(super) fn of(problem: &Problem) -> Option<Self> {
        let candidates = Candidate::all(problem);
        let minutes = problem.grid.interval_length().minutes();
        let longer = (2..=60 / minutes).rev().filter_map(|factor| {
            let length = IntervalLength::from_minutes(minutes * factor);
            Some((usize::try_from(factor).ok()?, length.ok()?))
        });
        longer
            .filter(|(factor, _)| problem.grid.len().is_multiple_of(*factor))
            .find_map(|(factor, length)| Self::by(problem, &candidates, factor, length))
    }

    fn by(
        problem: &Problem,
        exact: &[Candidate],
        factor: usize,
        length: IntervalLength,
    ) -> Option<Self> {
        let step = problem.grid.interval_length().duration();
        let mut shifts = problem.pools.iter().flat_map(|p| &p.shifts);
        let is_aligned = shifts.all(|s| {
            s.length
                .as_secs()
                .is_multiple_of(length.duration().as_secs())
        });
        let promises = problem.groups.iter().flat_map(|g| &g.promises);
        let mut ranges = promises.flat_map(|p| &p.ranges);
        let is_aligned = is_aligned && ranges.all(|r| r.start.is_multiple_of(factor));
        if !is_aligned || uneven(problem, factor) > UNEVEN {
            return None;
        }
        let grid = Grid::new(problem.grid.start(), length, problem.grid.len() / factor).ok()?;
        let groups = problem.groups.iter().map(|g| group(problem, g, factor));
        let coarse = Problem {
            grid,
            groups: groups.collect(),
            rounding: Rounding::Fractional,
            ..problem.clone()
        };
        let mut candidates = Candidate::all(&coarse);
        let is_same = |(a, b): (&Candidate, &Candidate)| {
            let covers = a.covers.start * factor..a.covers.end * factor;
            (a.pool, a.shift_type, a.start) == (b.pool, b.shift_type, b.start) && covers == b.covers
        };
        if candidates.len() != exact.len() || !candidates.iter().zip(exact).all(is_same) {
            return None;
        }
        for (candidate, exact) in candidates.iter_mut().zip(exact) {
            candidate.cost = exact.cost;
        }
        Some(Self {
            problem: coarse,
            factor,
            candidates,
            step: BreakStep {
                length: step,
                is_whole: false,
            },
        })
    }

    /// The model of this problem; its people are those of the exact model, in the same order.
    pub(super) fn model(&self) -> CoverModel<'_> {
        CoverModel::with_breaks(&self.problem, self.candidates.clone(), self.step)
    }

    /// A point of the exact model that does in each interval what a point of this one does in the
    /// longer one. The people and rules are right, the breaks are not placed, and deferred work
    /// is right at the ends of longer intervals.
    pub(super) fn expand(
        &self,
        coarse: &CoverModel<'_>,
        exact: &CoverModel<'_>,
        point: &[f64],
    ) -> Vec<f64> {
        let mut fine = vec![0.0; exact.model.variable_count()];
        for (from, to) in coarse.people.iter().zip(&exact.people) {
            fine[to.index()] = point[from.index()];
        }
        // Breaks are counted in the same steps; the exact model has more of them.
        let mut places = exact.breaks.iter();
        for from in &coarse.breaks {
            let place = |b: &BreakVariable| (b.candidate, b.break_type, b.offset);
            if let Some(to) = places.find(|to| place(to) == place(from)) {
                fine[to.variable.index()] = point[from.variable.index()];
            }
        }
        for (from, to) in coarse.changes.iter().zip(&exact.changes) {
            fine[to.more.index()] = point[from.more.index()];
            fine[to.fewer.index()] = point[from.fewer.index()];
        }
        for ((_, from), (_, to)) in coarse.unused.iter().zip(&exact.unused) {
            fine[to.index()] = point[from.index()];
        }
        for (from, to) in coarse.headcount.iter().zip(&exact.headcount) {
            fine[to.variable.index()] = point[from.variable.index()];
        }
        for ((_, from), (_, to)) in coarse.serving.iter().zip(&exact.serving) {
            for (t, to) in to.iter().enumerate() {
                if let (Some(from), Some(to)) = (from[t / self.factor], to) {
                    fine[to.index()] = point[from.index()];
                }
            }
        }
        for (from, to) in coarse.missing.iter().zip(&exact.missing) {
            for (t, to) in to.iter().enumerate() {
                fine[to.index()] = point[from[t / self.factor].index()];
            }
        }
        self.expand_crews(coarse, exact, point, &mut fine);
        let groups = exact.problem.groups.iter();
        for (group, (from, to)) in groups.zip(coarse.deferred.iter().zip(&exact.deferred)) {
            for (from, to) in from.flows.iter().zip(&to.flows) {
                for (t, to) in to.iter().enumerate() {
                    fine[to.index()] = point[from[t / self.factor].index()];
                }
            }
            let classes = group.deferred.iter();
            for (class, (from, to)) in classes.zip(from.done.iter().zip(&to.done)) {
                self.interpolate(class.total(), point, (from, to), &mut fine);
            }
        }
        fine
    }

    /// Live crews of the size that they have in the longer intervals, as far as they are chosen.
    fn expand_crews(
        &self,
        coarse: &CoverModel<'_>,
        exact: &CoverModel<'_>,
        point: &[f64],
        fine: &mut [f64],
    ) {
        let base = |cover: &CoverModel<'_>, group: usize, t: usize| {
            cover.problem.groups[group].base_agents(t, cover.problem.rounding)
        };
        for (g, (from, to)) in coarse.live.iter().zip(&exact.live).enumerate() {
            for (t, steps) in to.iter().enumerate() {
                let at = t / self.factor;
                let beyond: f64 = from[at].agents.iter().map(|v| point[v.index()]).sum();
                let mut left = base(coarse, g, at) + beyond - base(exact, g, t);
                for (v, step) in steps.agents.iter().zip(&steps.curve.steps) {
                    let on_step = left.clamp(0.0, step.agents);
                    fine[v.index()] = on_step;
                    left -= on_step;
                }
            }
        }
    }

    /// Multipliers for the rows of the exact model from those of this one: a row of a longer
    /// interval stands for the mean of its parts, one over people for itself. Rows are told by
    /// their names; one that is missed only makes the bound weaker.
    pub(super) fn lift(
        &self,
        coarse: &CoverModel<'_>,
        exact: &CoverModel<'_>,
        duals: &[f64],
    ) -> Vec<f64> {
        let rows = coarse.model.rows();
        let known: HashMap<&str, f64> = rows
            .map(|row| (coarse.model.row_name(row), duals[row.index()]))
            .collect();
        let part = 1.0 / self.factor as f64;
        let lifted = |row| {
            let name = exact.model.row_name(row);
            let at = (name.rsplit_once(" +")).and_then(|(what, t)| Some((what, t.parse().ok()?)));
            if let Some(&dual) = known.get(name)
                && at.is_none()
            {
                let counts_people = exact
                    .model
                    .terms(row)
                    .any(|(v, _)| exact.model.is_integer(v));
                return if counts_people { dual } else { dual * part };
            }
            let (what, t): (&str, usize) = at.unwrap_or_default();
            let longer = format!("{what} +{}", t / self.factor);
            known.get(longer.as_str()).map_or(0.0, |dual| dual * part)
        };
        exact.model.rows().map(lifted).collect()
    }

    /// Deferred work done by the end of each interval: as due inside the longer intervals, exact
    /// at their ends.
    fn interpolate(
        &self,
        total: f64,
        point: &[f64],
        (from, to): (&[Variable], &[Variable]),
        fine: &mut [f64],
    ) {
        let scale = self.factor as f64;
        for (t, to) in to.iter().enumerate() {
            let (at, part) = (t / self.factor, t % self.factor + 1);
            let end = point[from[at].index()] * scale;
            let before = match at.checked_sub(1) {
                Some(before) => point[from[before].index()] * scale,
                None => from
                    .last()
                    .map_or(end, |v| point[v.index()] * scale - total),
            };
            let share = part as f64 / scale;
            fine[to.index()] = before + (end - before) * share;
        }
    }
}

/// Share of the live need that differs from its mean over the longer intervals; of the load where the
/// schedule chooses the crew.
fn uneven(problem: &Problem, factor: usize) -> f64 {
    let (mut off, mut all) = (0.0, 0.0);
    for group in &problem.groups {
        let need: Vec<f64> = (0..problem.grid.len())
            .map(|t| {
                if group.promises.is_empty() {
                    group.live_agents(t, problem.rounding)
                } else {
                    group.live[t].load
                }
            })
            .collect();
        for inside in need.chunks(factor) {
            let mean = inside.iter().sum::<f64>() / inside.len() as f64;
            off += inside.iter().map(|n| (n - mean).abs()).sum::<f64>();
            all += inside.iter().sum::<f64>();
        }
    }
    if all > 0.0 { off / all } else { 0.0 }
}

fn group(problem: &Problem, group: &Group, factor: usize) -> Group {
    let scale = factor as f64;
    let need: Vec<f64> = (0..problem.grid.len())
        .map(|t| group.live_agents(t, problem.rounding) / group.allowance)
        .collect();
    let live = (group.live.chunks(factor).zip(need.chunks(factor))).map(|(live, need)| LiveNeed {
        fractional: need.iter().sum::<f64>() / scale,
        load: live.iter().map(|n| n.load).sum::<f64>() / scale,
        volume: live.iter().map(|n| n.volume).sum(),
        ..live[0]
    });
    // Weights of contacts are means like everything else, so that multipliers of their rows are
    // divided like all.
    let promises = group.promises.iter().map(|p| ScopedPromise {
        ranges: (p.ranges.iter())
            .map(|r| r.start / factor..r.end / factor)
            .collect(),
        volume: (p.volume.chunks(factor))
            .map(|inside| inside.iter().sum::<f64>() / scale)
            .collect(),
        ..p.clone()
    });
    let idle = |inside: &[f64]| inside.iter().sum::<f64>() / scale;
    Group {
        live: live.collect(),
        promises: promises.collect(),
        idle: group.idle.chunks(factor).map(idle).collect(),
        deferred: group.deferred.iter().map(|k| class(k, factor)).collect(),
        ..group.clone()
    }
}

fn class(class: &DeferredClass, factor: usize) -> DeferredClass {
    let mut jobs: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for job in &class.jobs {
        let place = (job.arrival / factor, job.due / factor);
        *jobs.entry(place).or_default() += job.work / factor as f64;
    }
    let jobs = jobs.into_iter();
    DeferredClass {
        queue: class.queue,
        jobs: jobs
            .map(|((arrival, due), work)| Job { arrival, due, work })
            .collect(),
    }
}
