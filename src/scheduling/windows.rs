//! Which variables may move while the rest of the horizon stays as it is.

use std::ops::Range;

use super::candidate::intervals;
use super::cover::CoverModel;
use crate::milp::Variable;

/// Variables that a window may free, more or less: relaxations of this size take a tenth of a
/// second.
const WINDOW: usize = 6_000;

/// Length of a window in intervals: whole half days, as many as keep it small.
pub(super) fn length(cover: &CoverModel<'_>) -> usize {
    let n = cover.problem.grid.len();
    let half_day = (cover.problem.grid.interval_length().per_day() / 2).max(1);
    let intervals = n * WINDOW / cover.model.variable_count().max(1);
    (intervals / half_day * half_day).max(2 * half_day)
}

/// Ranges of intervals of a `length` in which shifts start, cut at `offset` and from there on;
/// what lies before the first cut, and a short rest, are ranges too.
pub(super) fn windows(cover: &CoverModel<'_>, length: usize, offset: usize) -> Vec<Range<usize>> {
    let n = cover.problem.grid.len();
    let cuts: Vec<usize> = (offset % length..n)
        .step_by(length)
        .filter(|&c| c > 0)
        .collect();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([n]);
    starts.zip(ends).map(|(a, b)| a..b).collect()
}

/// Shifts that start in a window, their breaks, and everything in the intervals they reach.
pub(super) fn free(cover: &CoverModel<'_>, window: &Range<usize>) -> Vec<Variable> {
    let problem = cover.problem;
    let longest = problem
        .pools
        .iter()
        .map(|p| intervals(problem, p.longest_shift()))
        .max();
    let end = (window.end + longest.unwrap_or(0)).min(problem.grid.len());
    let starts_inside = |index: usize| window.contains(&cover.candidates[index].covers.start);
    let people = (0..cover.people.len())
        .filter(|&i| starts_inside(i))
        .map(|i| cover.people[i]);
    let breaks = cover
        .breaks
        .iter()
        .filter(|b| starts_inside(b.candidate))
        .map(|b| b.variable);
    let internal = cover.internal[window.start..end].iter().flatten().copied();
    let unused = cover.unused.iter().map(|(_, v)| *v);
    people.chain(breaks).chain(internal).chain(unused).collect()
}
