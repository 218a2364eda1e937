//! The search for one part of a problem: a bound from the relaxation, then whole shifts.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cover::CoverModel;
use super::dive::{Manner, TINY, dive, round_up};
use super::explain::{self, BindingRule};
use super::extract;
use super::options::{Clock, Strategy};
use super::windows::{self, free, windows};
use super::{Problem, Schedule, ScheduleError};
use crate::milp::{
    Backend, Event, Restriction, SolveOptions, Termination, Variable, check, cost, lp_duals,
    next_attainable,
};

/// Models up to this many whole variables and terms go to the integer backend as they are.
const SMALL: (usize, usize) = (60, 4_000);

/// Rounds of improvement in a row that may bring nothing before the search gives up.
const PATIENCE: usize = 2;

/// A point may be off a row by this much, relative to the numbers in the row.
const FEASIBLE: f64 = 1e-6;

/// The search for one part: what is proven, and the best schedule so far.
#[derive(Debug)]
pub(super) struct Search<'a> {
    cover: CoverModel<'a>,
    strategy: &'a Strategy,
    clock: Clock<'a>,
    /// Positions of the break variables.
    breaks: BTreeSet<usize>,
    /// No schedule of this part costs less.
    pub(super) bound: f64,
    /// Rules that bind in the relaxation.
    pub(super) binding: Vec<BindingRule>,
    best: Incumbent,
}

/// A point of the model and its cost.
#[derive(Debug, Clone)]
struct Incumbent {
    point: Vec<f64>,
    cost: f64,
}

impl<'a> Search<'a> {
    /// Proves a bound and finds a first schedule.
    pub(super) fn begin(
        problem: &'a Problem,
        strategy: &'a Strategy,
        clock: Clock<'a>,
    ) -> Result<Self, ScheduleError> {
        let cover = CoverModel::build(problem);
        let linear = strategy.solvers.linear;
        let relaxed = lp_duals(linear, &cover.model, &clock.options())?;
        let (point, duals) = match (relaxed.termination, relaxed.point, relaxed.duals) {
            (Termination::Optimal, Some(point), Some(duals)) => (point, duals),
            (Termination::Infeasible, _, _) => {
                return Err(ScheduleError::Infeasible(explain::conflict(
                    &cover, linear,
                )?));
            }
            _ => return Err(nothing(&relaxed.raw_status)),
        };
        let bound = next_attainable(relaxed.bound.max(0.0), cover.cost_step());
        clock.tell(&Event::Bound { bound });
        let mut search = Self {
            breaks: cover.breaks.iter().map(|b| b.variable.index()).collect(),
            binding: explain::binding(&cover, &duals),
            best: Incumbent {
                point: Vec::new(),
                cost: f64::INFINITY,
            },
            cover,
            strategy,
            clock,
            bound,
        };
        search.first(&point)?;
        Ok(search)
    }

    /// The best schedule found.
    pub(super) fn schedule(&self) -> Schedule {
        extract::schedule(&self.cover, &self.best.point)
    }

    /// A first schedule: everybody the relaxation asks for rounded up within limits, then day by
    /// day, then all days at once.
    fn first(&mut self, relaxed: &[f64]) -> Result<(), ScheduleError> {
        let up = self.rounded_up(relaxed)?;
        self.offer(up);
        let length = windows::length(&self.cover);
        if !self.by_windows(relaxed, length)? && !self.is_found() {
            self.by_windows(relaxed, self.cover.problem.grid.len())?;
        }
        if let (true, Some(backend)) = (self.goes_whole(), self.strategy.solvers.integer) {
            self.whole_model(backend)?;
        }
        if self.is_found() {
            return Ok(());
        }
        Err(nothing(
            match (self.clock.is_cancelled(), self.clock.is_over()) {
                (true, _) => "interrupted",
                (_, true) => "time limit",
                _ => "no rounding keeps all rules",
            },
        ))
    }

    /// Improves the schedule until it is good enough, the work is done or it is time to stop.
    pub(super) fn improve(&mut self) -> Result<(), ScheduleError> {
        let mut idle = 0;
        for round in 0..self.strategy.rounds {
            let before = self.best.cost;
            let length = windows::length(&self.cover);
            // Cuts move on by a little over a third, so that no two rounds share them.
            let offset = (round + 1) * (length * 3 / 8).max(1);
            for window in windows(&self.cover, length, offset) {
                if self.is_good_enough() || self.clock.must_stop() {
                    return Ok(());
                }
                let point = self.best.point.clone();
                let tiny = if self.is_short(&window) { 0.0 } else { TINY };
                let manner = self.manner(tiny);
                self.offer(self.refilled(point, &free(&self.cover, &window), &manner)?);
            }
            idle = if self.best.cost < before * (1.0 - 1e-6) {
                0
            } else {
                idle + 1
            };
            if idle == PATIENCE {
                break;
            }
        }
        Ok(())
    }

    /// People rounded up within their limits, and everything else as well as it can be with them.
    fn rounded_up(&self, relaxed: &[f64]) -> Result<Option<Vec<f64>>, ScheduleError> {
        let mut point = relaxed.to_vec();
        let is_up = round_up(&self.cover.model, &self.cover.people, &mut point);
        if is_up && self.breaks.is_empty() {
            return Ok(Some(point));
        }
        let people: BTreeSet<_> = self.cover.people.iter().copied().collect();
        let rest = self.cover.model.variables().filter(|v| !people.contains(v));
        let patient = Manner {
            clock: self.clock.patient(),
            ..self.manner(TINY)
        };
        self.refilled(point, &rest.collect::<Vec<_>>(), &patient)
    }

    /// Goes through the horizon and makes the shifts of each window whole, those behind it
    /// already whole, those before it as the relaxation wants them. False when a window fails.
    fn by_windows(&mut self, relaxed: &[f64], length: usize) -> Result<bool, ScheduleError> {
        let mut point = relaxed.to_vec();
        let windows = windows(&self.cover, length, 0);
        let manner = self.manner(TINY);
        let total = windows.len();
        for (done, window) in windows.into_iter().enumerate() {
            let Some(next) = self.refilled(point, &free(&self.cover, &window), &manner)? else {
                return Ok(false);
            };
            point = next;
            let done = done + 1;
            self.clock.tell(&Event::Step { done, total });
        }
        Ok(self.offer(Some(point)))
    }

    /// The point with some of its variables free to move, and whole where they must be.
    fn refilled(
        &self,
        mut point: Vec<f64>,
        free: &[Variable],
        how: &Manner<'_>,
    ) -> Result<Option<Vec<f64>>, ScheduleError> {
        let restriction = Restriction::new(&self.cover.model, &point, free.iter().copied());
        let (model, start) = (restriction.model(), restriction.project(&point));
        let is_people = |inner: usize| !self.breaks.contains(&restriction.free()[inner]);
        let inner = dive(model, &start, is_people, how)?;
        Ok(inner.map(|inner| {
            restriction.lift(&inner, &mut point);
            point
        }))
    }

    /// Whether the best schedule misses anybody in a window.
    fn is_short(&self, window: &Range<usize>) -> bool {
        let missing = self
            .cover
            .missing
            .iter()
            .flat_map(|group| &group[window.clone()]);
        missing
            .into_iter()
            .any(|v| self.best.point[v.index()] > FEASIBLE)
    }

    fn manner(&self, tiny: f64) -> Manner<'a> {
        Manner {
            linear: self.strategy.solvers.linear,
            clock: self.clock,
            tiny,
        }
    }

    fn goes_whole(&self) -> bool {
        let model = &self.cover.model;
        let is_small = model.integer_count() <= SMALL.0 && model.term_count() <= SMALL.1;
        (self.strategy.whole_model || is_small) && !self.is_good_enough() && !self.clock.must_stop()
    }

    fn whole_model(&mut self, backend: Backend) -> Result<(), ScheduleError> {
        let options = SolveOptions {
            gap: self.strategy.gap,
            start: self.is_found().then(|| self.best.point.clone()),
            ..self.clock.options()
        };
        let outcome = backend.solve(&self.cover.model, &options)?;
        self.offer(outcome.point);
        Ok(())
    }

    /// Takes a point if it keeps every row and costs less than the best so far.
    fn offer(&mut self, point: Option<Vec<f64>>) -> bool {
        let Some(mut point) = point else { return false };
        let model = &self.cover.model;
        for variable in model.variables().filter(|&v| model.is_integer(v)) {
            let value = &mut point[variable.index()];
            *value = value.round();
        }
        let cost = cost(model, &point);
        if !check(model, &point, FEASIBLE).is_empty() {
            return false;
        }
        if cost < self.best.cost {
            self.best = Incumbent { point, cost };
            let bound = self.bound;
            self.clock.tell(&Event::Incumbent { cost, bound });
        }
        true
    }

    fn is_found(&self) -> bool {
        self.best.cost.is_finite()
    }

    fn is_good_enough(&self) -> bool {
        self.is_found() && self.best.cost - self.bound <= self.strategy.gap * self.best.cost.abs()
    }
}

fn nothing(reason: &str) -> ScheduleError {
    ScheduleError::NothingFound {
        reason: reason.to_owned(),
    }
}
