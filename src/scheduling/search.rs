//! The search for one part of a problem: a bound from the relaxation, then whole shifts.

use super::cover::CoverModel;
use super::dive::dive;
use super::explain::{self, BindingRule};
use super::extract;
use super::options::{Deadline, Strategy};
use super::windows::{free, windows};
use super::{Problem, Schedule, ScheduleError};
use crate::milp::{
    Event, Observer, Restriction, SolveOptions, Termination, certified_bound, check, cost,
    lp_duals, next_attainable,
};

/// Models up to this many whole variables and terms go to the integer backend as they are.
const SMALL: (usize, usize) = (400, 20_000);

/// A point may be off a row by this much, relative to the numbers in the row.
pub(super) const FEASIBLE: f64 = 1e-6;

/// What the search found for one part.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) schedule: Schedule,
    pub(super) bound: f64,
    pub(super) is_late: bool,
    pub(super) binding: Vec<BindingRule>,
}

/// A point of the model and its cost.
struct Incumbent {
    point: Vec<f64>,
    cost: f64,
}

pub(super) fn search(
    problem: &Problem,
    strategy: &Strategy,
    deadline: Deadline,
    observer: &dyn Observer,
) -> Result<Found, ScheduleError> {
    let cover = CoverModel::build(problem);
    let linear = strategy.solvers.linear;
    let relaxed = lp_duals(linear, &cover.model, &deadline.options(strategy.seed))?;
    let (point, duals) = match (relaxed.termination, relaxed.point, relaxed.duals) {
        (Termination::Optimal, Some(point), Some(duals)) => (point, duals),
        (Termination::Infeasible, _, _) => {
            return Err(ScheduleError::Infeasible(explain::conflict(
                &cover, linear,
            )?));
        }
        (_, _, _) => {
            let reason = relaxed.raw_status;
            return Err(ScheduleError::NothingFound { reason });
        }
    };
    let proven = certified_bound(&cover.model, &duals).max(0.0);
    let bound = next_attainable(proven, cover.cost_step());
    observer.on(&Event::Bound { bound });
    let binding = explain::binding(&cover, &duals);
    let mut run = Run {
        cover: &cover,
        strategy,
        deadline,
        observer,
        bound,
    };
    let best = run.whole(point)?;
    Ok(Found {
        schedule: extract::schedule(&cover, &best.point),
        bound: bound.min(best.cost),
        is_late: deadline.is_over(),
        binding,
    })
}

struct Run<'a> {
    cover: &'a CoverModel<'a>,
    strategy: &'a Strategy,
    deadline: Deadline,
    observer: &'a dyn Observer,
    bound: f64,
}

impl Run<'_> {
    /// A point with whole shifts, from the relaxation.
    fn whole(&mut self, relaxed: Vec<f64>) -> Result<Incumbent, ScheduleError> {
        let rounded = self.rounded(relaxed)?;
        let model = &self.cover.model;
        let is_small = model.integer_count() <= SMALL.0 && model.term_count() <= SMALL.1;
        let is_whole = self.strategy.whole_model || is_small;
        if let (true, Some(backend)) = (is_whole, self.strategy.solvers.integer) {
            let options = SolveOptions {
                gap: self.strategy.gap,
                start: rounded.as_ref().map(|r| r.point.clone()),
                ..self.deadline.options(self.strategy.seed)
            };
            if let Some(best) = &rounded
                && self.is_good_enough(best)
            {
                return self.settled(rounded);
            }
            let outcome = backend.solve(model, &options)?;
            let found = outcome.point.and_then(|p| self.accept(p));
            return self.settled(better(found, rounded));
        }
        let Some(mut best) = rounded else {
            return self.settled(None);
        };
        for round in 0..self.strategy.rounds {
            if self.is_good_enough(&best) || self.must_stop() {
                break;
            }
            self.improve(round, &mut best)?;
        }
        self.settled(Some(best))
    }

    /// Goes through the horizon day by day and makes the shifts of each day whole, the days
    /// behind it already whole, the days before it as the relaxation wants them.
    fn rounded(&self, mut point: Vec<f64>) -> Result<Option<Incumbent>, ScheduleError> {
        let windows = windows(self.cover, 0);
        let total = windows.len();
        for (done, window) in windows.into_iter().enumerate() {
            let restriction =
                Restriction::new(&self.cover.model, &point, free(self.cover, &window));
            let Some(inner) = self.dive(&restriction, &point)? else {
                return Ok(None);
            };
            restriction.lift(&inner, &mut point);
            self.observer.on(&Event::Step {
                done: done + 1,
                total,
            });
        }
        Ok(self.accept(point))
    }

    /// Takes each day out and puts it back better, if it can be.
    fn improve(&self, round: usize, best: &mut Incumbent) -> Result<(), ScheduleError> {
        let half_day = self.cover.problem.grid.interval_length().per_day() / 2;
        let offset = if round.is_multiple_of(2) { half_day } else { 0 };
        for window in windows(self.cover, offset) {
            if self.must_stop() {
                return Ok(());
            }
            let restriction =
                Restriction::new(&self.cover.model, &best.point, free(self.cover, &window));
            let Some(inner) = self.dive(&restriction, &best.point)? else {
                continue;
            };
            let mut point = best.point.clone();
            restriction.lift(&inner, &mut point);
            if let Some(found) = self.accept(point)
                && found.cost < best.cost
            {
                *best = found;
                self.observer.on(&Event::Incumbent {
                    cost: best.cost,
                    bound: self.bound,
                });
            }
        }
        Ok(())
    }

    fn dive(
        &self,
        restriction: &Restriction,
        point: &[f64],
    ) -> Result<Option<Vec<f64>>, ScheduleError> {
        let (model, start) = (restriction.model(), restriction.project(point));
        Ok(dive(
            model,
            &start,
            self.strategy.solvers.linear,
            self.deadline,
        )?)
    }

    /// A point that passes every row, or nothing.
    fn accept(&self, mut point: Vec<f64>) -> Option<Incumbent> {
        for variable in self.cover.model.variables() {
            if self.cover.model.is_integer(variable) {
                let value = &mut point[variable.index()];
                *value = value.round();
            }
        }
        let model = &self.cover.model;
        check(model, &point, FEASIBLE)
            .is_empty()
            .then(|| Incumbent {
                cost: cost(model, &point),
                point,
            })
    }

    fn settled(&self, found: Option<Incumbent>) -> Result<Incumbent, ScheduleError> {
        let found = found.ok_or_else(|| ScheduleError::NothingFound {
            reason: if self.deadline.is_over() {
                "time limit"
            } else {
                "rounding failed"
            }
            .to_owned(),
        })?;
        self.observer.on(&Event::Incumbent {
            cost: found.cost,
            bound: self.bound,
        });
        Ok(found)
    }

    fn is_good_enough(&self, best: &Incumbent) -> bool {
        best.cost - self.bound <= self.strategy.gap * best.cost.abs()
    }

    fn must_stop(&self) -> bool {
        self.deadline.is_over() || self.observer.is_cancelled()
    }
}

fn better(a: Option<Incumbent>, b: Option<Incumbent>) -> Option<Incumbent> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if a.cost <= b.cost { a } else { b }),
        (a, b) => a.or(b),
    }
}
