//! Which choice splits a node: the one that moves the bound most on both sides, as far as short
//! trials and past splits tell.
//!
//! **Source.** Reliability branching, Achterberg, Koch and Martin (2005).

use super::certificate::DesignChoice;
use super::layout::Layout;
use super::limits::Limits;
use super::relaxation::Relaxation;
use super::rows::Point;
use crate::units::whole;

/// Shifts tried at a node.
const TRIALS: usize = 10;

/// Trials after which the past is believed.
const RELIABLE: u32 = 3;

/// Pivots of a trial.
const PIVOTS: u64 = 60;

/// A number this close to a whole one is whole.
const WHOLE: f64 = 1e-5;

/// What moving a shift in or out of use has brought.
#[derive(Debug, Clone, Copy, Default)]
struct Gain {
    sum: f64,
    count: u32,
}

impl Gain {
    fn mean(self, other: f64) -> f64 {
        if self.count == 0 {
            other
        } else {
            self.sum / f64::from(self.count)
        }
    }
}

/// Memory of past trials.
#[derive(Debug, Clone)]
pub(super) struct Branching {
    /// Gains for each unit, of a shift taken out of use and into it.
    gains: Vec<[Gain; 2]>,
    /// Work spent on trials.
    pub(super) work: u64,
}

impl Branching {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        Self {
            gains: vec![[Gain::default(); 2]; layout.shifts.len()],
            work: 0,
        }
    }

    /// Whether a point leaves nothing to split.
    pub(super) fn is_whole(layout: &Layout<'_>, limits: &Limits, point: &Point) -> bool {
        let open = point.in_use.iter().zip(&limits.in_use);
        let mut open = open.filter(|(y, fixed)| fixed.is_none() && (*y - y.round()).abs() > WHOLE);
        open.next().is_none() && Self::workers(layout, limits, point).is_none()
    }

    /// The split of a node; `None` when its point is whole.
    pub(super) fn choose(
        &mut self,
        layout: &Layout<'_>,
        limits: &Limits,
        point: &Point,
        relaxation: &Relaxation<'_>,
        best: i64,
        stop: &dyn Fn(u64) -> bool,
    ) -> Option<DesignChoice> {
        let cutoff = (best - layout.step) as f64;
        let mut open: Vec<(f64, usize)> = point
            .in_use
            .iter()
            .enumerate()
            .filter(|&(shift, _)| limits.in_use[shift].is_none())
            .filter(|(_, y)| (*y - y.round()).abs() > WHOLE)
            .map(|(shift, &y)| (self.score(layout, shift, y), shift))
            .collect();
        if open.is_empty() {
            return Self::workers(layout, limits, point);
        }
        open.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best = (f64::NEG_INFINITY, open[0].1);
        for &(score, shift) in open.iter().take(TRIALS) {
            let y = point.in_use[shift];
            let is_known = self.gains[shift].iter().all(|g| g.count >= RELIABLE);
            let score = if is_known || stop(0) {
                score
            } else {
                self.trial(limits, shift, y, relaxation, cutoff, stop)
            };
            if score > best.0 {
                best = (score, shift);
            }
        }
        Some(DesignChoice::InUse { shift: best.1 })
    }

    /// The split of a node that is not proven although its point is whole but for roundings, or
    /// that has no point: the open shift with most workers, or the widest range of workers.
    pub(super) fn unproven(
        layout: &Layout<'_>,
        limits: &Limits,
        point: Option<&Point>,
    ) -> Option<DesignChoice> {
        let days = layout.days;
        let workers = |shift: usize| -> f64 {
            let of_days = shift * days..(shift + 1) * days;
            point.map_or(0.0, |p| p.workers[of_days].iter().sum())
        };
        let open = (0..limits.in_use.len()).filter(|&s| limits.in_use[s].is_none());
        if let Some(shift) = open.max_by(|&a, &b| workers(a).total_cmp(&workers(b))) {
            return Some(DesignChoice::InUse { shift });
        }
        let ranges = limits.workers.iter().enumerate();
        let (at, &(least, most)) = ranges
            .filter(|(at, (least, most))| least < most && limits.in_use[at / days] == Some(true))
            .max_by_key(|(_, (least, most))| most - least)?;
        let cut = point.map_or(least.midpoint(most), |p| {
            i64::from(whole::floor(p.workers[at])).clamp(least, most - 1)
        });
        Some(DesignChoice::Workers {
            shift: at / days,
            day: at % days,
            at_most: u32::try_from(cut).unwrap_or(u32::MAX),
        })
    }

    fn score(&self, layout: &Layout<'_>, shift: usize, y: f64) -> f64 {
        let price = layout.problem.per_shift as f64;
        let [out, into] = self.gains[shift];
        product(out.mean(price) * y, into.mean(price) * (1.0 - y))
    }

    /// Tries both sides for a few pivots.
    fn trial(
        &mut self,
        limits: &Limits,
        shift: usize,
        y: f64,
        relaxation: &Relaxation<'_>,
        cutoff: f64,
        stop: &dyn Fn(u64) -> bool,
    ) -> f64 {
        let mut scores = [0.0; 2];
        let mut is_cut = false;
        for (side, score) in scores.iter_mut().enumerate() {
            let mut trial = relaxation.clone();
            let before = (trial.program.objective(), trial.program.work);
            let mut part = limits.clone();
            part.in_use[shift] = Some(side == 1);
            trial.restrict(&part);
            let end = before.1 + PIVOTS * trial.program.row_count() as u64;
            trial
                .program
                .solve(f64::INFINITY, &|work| work >= end || stop(work - before.1));
            self.work += trial.program.work - before.1;
            let value = trial.program.dual_objective();
            if value > cutoff {
                is_cut = true;
            }
            let gain = (value - before.0).max(0.0);
            let way = if side == 1 { 1.0 - y } else { y };
            let known = &mut self.gains[shift][side];
            known.sum += gain / way.max(1e-3);
            known.count += 1;
            *score = gain;
        }
        // One side is done with at once: the other one is all that is left.
        if is_cut {
            return f64::INFINITY;
        }
        product(scores[0], scores[1])
    }

    /// With every shift in or out, some workers may still be parts: the largest part is split.
    fn workers(layout: &Layout<'_>, limits: &Limits, point: &Point) -> Option<DesignChoice> {
        let mut best = (1e-4, None);
        for (at, &x) in point.workers.iter().enumerate() {
            let off = (x - x.round()).abs();
            let (least, most) = limits.workers[at];
            if off > best.0 && least < most {
                let (shift, day) = (at / layout.days, at % layout.days);
                let at_most = whole::floor(x);
                best = (
                    off,
                    Some(DesignChoice::Workers {
                        shift,
                        day,
                        at_most,
                    }),
                );
            }
        }
        best.1
    }
}

fn product(a: f64, b: f64) -> f64 {
    a.max(1e-6) * b.max(1e-6)
}
