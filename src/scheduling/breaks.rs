//! Where breaks may lie, and what they take off the horizon.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Candidate, Problem};
use crate::milp::Variable;
use crate::workforce::BreakType;

/// People of a candidate who start a break some steps after the shift's start.
#[derive(Debug, Clone, Copy)]
pub(super) struct BreakVariable {
    pub(super) candidate: usize,
    pub(super) break_type: usize,
    /// Steps of [`BreakStep::length`] since the start of the shift.
    pub(super) offset: u32,
    pub(super) variable: Variable,
}

/// The places in which people on a candidate may begin one of its breaks, by position of their
/// variables, from the first to the last.
pub(super) type Places = Vec<usize>;

/// How finely breaks are placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct BreakStep {
    pub(super) length: Duration,
    /// Whether the people who start a break at a step are counted whole.
    pub(super) is_whole: bool,
}

impl BreakStep {
    /// One step is an interval of the problem, and people are whole.
    pub(super) fn exact(problem: &Problem) -> Self {
        Self {
            length: problem.grid.interval_length().duration(),
            is_whole: true,
        }
    }

    /// Steps after the start of the shift at which a break may begin, from the first at or after
    /// its earliest start. Where intervals are longer than a step, places whose presence is a mix
    /// of two others are left out, since nobody has to be whole there.
    pub(super) fn offsets(self, problem: &Problem, pause: &BreakType) -> Vec<u32> {
        let all = self.window(pause);
        let interval = problem.grid.interval_length().duration();
        let per_interval = u32::try_from(interval.as_secs() / self.length.as_secs().max(1));
        let per_interval = per_interval.unwrap_or(1).max(1);
        let (first, last) = (*all.start(), *all.end());
        let is_mix = |o: u32| {
            let place = o % per_interval;
            let is_long = pause.length >= interval;
            // A short break takes the same share wherever it lies inside an interval.
            let is_repeated = !is_long && place != 0 && pause.length <= self.length;
            (is_long && place != 0 && o != first && o != last) || (is_repeated && o != first)
        };
        all.filter(|&o| !is_mix(o)).collect()
    }

    fn window(self, pause: &BreakType) -> RangeInclusive<u32> {
        let step = self.length.as_secs().max(1);
        let steps = |seconds: u64| u32::try_from(seconds / step).unwrap_or(u32::MAX);
        steps(pause.earliest.as_secs() + step - 1)..=steps(pause.latest.as_secs())
    }

    /// Intervals of the horizon that a break takes when it begins `offset` steps after the start
    /// of a candidate, with the share of each.
    pub(super) fn taken(
        self,
        problem: &Problem,
        candidate: &Candidate,
        offset: u32,
        pause: &BreakType,
    ) -> impl Iterator<Item = (usize, f64)> + use<> {
        let interval = problem.grid.interval_length().duration().as_secs().max(1);
        let (n, position) = (problem.grid.len(), candidate.position);
        let begin = self.length.as_secs() * u64::from(offset);
        let end = begin + pause.length.as_secs();
        (begin / interval..end.div_ceil(interval)).filter_map(move |k| {
            let inside = end.min((k + 1) * interval) - begin.max(k * interval);
            let at = usize::try_from(position + i64::try_from(k).ok()?).ok()?;
            (at < n).then_some((at, inside as f64 / interval as f64))
        })
    }
}
