//! Which variables may move while the rest of the horizon stays as it is.

use std::ops::Range;

use super::candidate::intervals;
use super::cover::CoverModel;
use crate::milp::Variable;

/// Ranges of intervals in which shifts start, one day long, from `offset` intervals on; what
/// lies before the first one belongs to it.
pub(super) fn windows(cover: &CoverModel<'_>, offset: usize) -> Vec<Range<usize>> {
    let grid = &cover.problem.grid;
    let (n, day) = (grid.len(), grid.interval_length().per_day());
    let mut cuts: Vec<usize> = (offset..n).step_by(day).filter(|&c| c > 0).collect();
    // A rest of less than half a day joins the day before it.
    if cuts.last().is_some_and(|&last| n - last < day / 2) {
        cuts.pop();
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([n]);
    starts
        .zip(ends)
        .filter(|(a, b)| a < b)
        .map(|(a, b)| a..b)
        .collect()
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
