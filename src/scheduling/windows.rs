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

/// Intervals of the longest shift.
pub(super) fn reach(cover: &CoverModel<'_>) -> usize {
    let pools = cover.problem.pools.iter();
    pools
        .map(|p| intervals(cover.problem, p.longest_shift()))
        .max()
        .unwrap_or(0)
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
    let starts_inside = |&i: &usize| window.contains(&cover.candidates[i].covers.start);
    let people = (0..cover.people.len()).filter(starts_inside);
    let mut free = around(cover, window, |_| true);
    free.extend(people.map(|i| cover.people[i]));
    free.extend(cover.unused.iter().map(|(_, v)| *v));
    free.extend(cover.headcount.iter().map(|h| h.variable));
    let changes = cover.changes.iter().filter(|c| starts_inside(&c.candidate));
    free.extend(changes.flat_map(|c| [c.more, c.fewer]));
    free
}

/// The same with people as they are in a point: what is left are the breaks of those who work.
pub(super) fn free_breaks(
    cover: &CoverModel<'_>,
    window: &Range<usize>,
    point: &[f64],
) -> Vec<Variable> {
    around(cover, window, |i| point[cover.people[i].index()] > 0.5)
}

/// Breaks of some of the candidates that start in a window, and what is in the intervals that
/// shifts from there reach.
fn around(
    cover: &CoverModel<'_>,
    window: &Range<usize>,
    wanted: impl Fn(usize) -> bool,
) -> Vec<Variable> {
    let end = (window.end + reach(cover)).min(cover.problem.grid.len());
    let starts_inside = |i: usize| window.contains(&cover.candidates[i].covers.start);
    let breaks = (cover.breaks.iter())
        .filter(|b| starts_inside(b.candidate) && wanted(b.candidate))
        .map(|b| b.variable);
    let internal = cover.internal[window.start..end].iter().flatten().copied();
    breaks.chain(internal).collect()
}
