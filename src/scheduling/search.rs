//! The search for one part of a problem: a bound from the relaxation, then whole shifts.

use std::time::Duration;

use super::coarse::Coarse;
use super::cover::CoverModel;
use super::explain::{self, BindingRule};
use super::extract;
use super::options::{Clock, Strategy};
use super::track::Track;
use super::{Problem, Schedule, ScheduleError, refused};
use crate::milp::{
    Backend, Event, SolveOptions, Termination, certified_bound, lp_duals, next_attainable,
};

/// Models up to this many whole variables and terms go to the integer backend as they are.
const SMALL: (usize, usize) = (60, 4_000);

/// Exact models up to this many variables are not worth a coarse one.
const PLAIN: usize = 6_000;

/// Rounds of improvement in a row that may bring nothing before the search gives up.
const PATIENCE: usize = 2;

/// Share of the cost by which a bound from the coarse model may fall short of its own.
const LOOSE: f64 = 2e-4;

/// Share of the time after which a backend that has not solved a small model whole is not asked again.
const FOR_WHOLE: f64 = 0.1;

/// Time of its first try; each further one has twice as much, so that cancelling need not wait for long.
const FIRST_TRY: Duration = Duration::from_secs(1);

/// Share of the time after which the coarse search makes way for the breaks.
const FOR_COARSE: f64 = 0.45;

/// The search for one part: what is proven, and the best schedule so far.
#[derive(Debug)]
pub(super) struct Search<'a> {
    exact: Track<'a>,
    /// The same on longer intervals, with its relaxed point.
    coarse: Option<(&'a Coarse, Track<'a>, Vec<f64>)>,
    strategy: &'a Strategy,
    clock: Clock<'a>,
    /// No schedule of this part costs less.
    pub(super) bound: f64,
    /// Rules that bind in the relaxation.
    pub(super) binding: Vec<BindingRule>,
    /// Money that other parts leave of the gap they are allowed, negative where they miss it.
    pub(super) spare: f64,
    /// Cost of the best schedule that was told.
    told: f64,
}

impl<'a> Search<'a> {
    /// Proves a bound and finds a first schedule.
    pub(super) fn begin(
        problem: &'a Problem,
        coarse: Option<&'a Coarse>,
        strategy: &'a Strategy,
        clock: Clock<'a>,
    ) -> Result<Self, ScheduleError> {
        let cover = CoverModel::build(problem);
        let is_plain = strategy.whole_model || cover.model.variable_count() <= PLAIN;
        let coarse = match coarse.filter(|_| !is_plain) {
            Some(coarse) => relax_coarse(coarse, &cover, strategy, clock)?,
            None => None,
        };
        let exact = match &coarse {
            Some(coarse) if !coarse.is_loose => None,
            _ => Some(relax(&cover, strategy, clock)?),
        };
        let relaxed = match (exact, &coarse) {
            (Some(exact), _) => exact,
            (None, Some(coarse)) => Relaxed {
                point: coarse.coarse.expand(&coarse.cover, &cover, &coarse.point),
                duals: coarse.duals.clone(),
                bound: coarse.bound,
            },
            (None, None) => return Err(nothing("no relaxation")),
        };
        let bound = next_attainable(relaxed.bound.max(0.0), cover.cost_step());
        clock.tell(&Event::Bound { bound });
        let track =
            |c: RelaxedCoarse<'a>| (c.coarse, Track::new(c.cover, strategy, clock), c.point);
        let mut binding = explain::binding(&cover, &relaxed.duals);
        binding.extend(refused::prices(&cover, &relaxed.duals));
        let mut search = Self {
            binding,
            exact: Track::new(cover, strategy, clock),
            coarse: coarse.map(track),
            strategy,
            clock,
            bound,
            spare: 0.0,
            told: f64::INFINITY,
        };
        let point = relaxed.point;
        search.first(&point)?;
        Ok(search)
    }

    /// The best schedule found.
    pub(super) fn schedule(&self) -> Schedule {
        extract::schedule(&self.exact.cover, &self.exact.best.point)
    }

    /// A first schedule: everybody the relaxation asks for rounded up within limits, then, where
    /// no coarse model does it later, window by window, then all windows at once.
    fn first(&mut self, relaxed: &[f64]) -> Result<(), ScheduleError> {
        self.exact.keep()?;
        if self.is_good_enough() {
            self.tell();
            return Ok(());
        }
        self.exact.round_up(relaxed)?;
        self.tell();
        if self.coarse.is_none() || !self.exact.is_found() {
            if !self.exact.make_whole(relaxed)? && !self.exact.is_found() {
                self.exact.make_whole_at_once(relaxed)?;
            }
            self.tell();
        }
        if let (true, Some(backend)) = (self.goes_whole(), self.strategy.solvers.integer) {
            self.whole_model(backend)?;
        }
        if self.exact.is_found() {
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
        if self.coarse.as_ref().is_some_and(|c| !c.1.is_found()) {
            self.find_shifts()?;
        }
        if let Some((coarse, mut track, _)) = self.coarse.take() {
            self.improve_coarse(coarse, &mut track)?;
        }
        let mut idle = 0;
        for _ in 0..self.strategy.rounds {
            if self.is_good_enough() || self.clock.must_stop() || idle == PATIENCE {
                break;
            }
            let (bound, gap) = (self.bound + self.spare, self.strategy.gap);
            let is_better = self.exact.improve(|cost| is_within(cost, bound, gap))?;
            self.tell();
            idle = if is_better { 0 } else { idle + 1 };
        }
        Ok(())
    }

    /// Finds first whole shifts on the coarse model, where there is one, and places their breaks.
    pub(super) fn find_shifts(&mut self) -> Result<(), ScheduleError> {
        if self.is_good_enough() {
            return Ok(());
        }
        let Some((coarse, mut track, relaxed)) = self.coarse.take() else {
            return Ok(());
        };
        // Where a window cannot be made whole alone, improvement starts from everybody rounded up.
        if track.make_whole(&relaxed)? || track.round_up(&relaxed)? {
            self.take_over(coarse, &track)?;
            self.coarse = Some((coarse, track, relaxed));
        }
        Ok(())
    }

    /// Whether a coarse model can be of use.
    pub(super) const fn has_coarse(&self) -> bool {
        self.coarse.is_some()
    }

    /// Improves the shifts on the coarse model. It should be good enough once the breaks are placed,
    /// if they cost what they cost the last time.
    fn improve_coarse(
        &mut self,
        coarse: &Coarse,
        track: &mut Track<'a>,
    ) -> Result<(), ScheduleError> {
        let (bound, gap) = (self.bound + self.spare, self.strategy.gap);
        let breaks =
            |search: &Self, track: &Track<'_>| (search.exact.best.cost - track.best.cost).max(0.0);
        let (mut placing, mut taken, mut idle) = (breaks(self, track), track.best.cost, 0);
        for _ in 0..self.strategy.rounds {
            if self.is_good_enough()
                || idle == PATIENCE
                || self.clock.must_stop()
                || self.clock.has_used(FOR_COARSE)
            {
                break;
            }
            let is_better = track.improve(|cost| is_within(cost + placing, bound, gap))?;
            idle = if is_better { 0 } else { idle + 1 };
            if is_within(track.best.cost + placing, bound, gap) {
                self.take_over(coarse, track)?;
                (placing, taken) = (breaks(self, track), track.best.cost);
            }
        }
        if track.best.cost < taken {
            self.take_over(coarse, track)?;
        }
        Ok(())
    }

    /// Places the breaks of the people of a coarse schedule.
    fn take_over(&mut self, coarse: &Coarse, track: &Track<'a>) -> Result<(), ScheduleError> {
        let point = coarse.expand(&track.cover, &self.exact.cover, &track.best.point);
        if !self.exact.place_breaks(point.clone())? {
            self.exact.spread(point)?;
        }
        self.tell();
        Ok(())
    }

    fn goes_whole(&self) -> bool {
        let model = &self.exact.cover.model;
        let is_small = model.integer_count() <= SMALL.0 && model.term_count() <= SMALL.1;
        (self.strategy.whole_model || is_small) && !self.is_good_enough() && !self.clock.must_stop()
    }

    fn whole_model(&mut self, backend: Backend) -> Result<(), ScheduleError> {
        let mut most = FIRST_TRY;
        loop {
            let start = (self.exact.is_found()).then(|| self.exact.best.point.clone());
            let options = self.clock.options();
            let options = SolveOptions {
                gap: self.strategy.gap,
                start,
                time_limit: options.time_limit.map(|left| left.min(most)),
                ..options
            };
            let outcome = backend.solve(&self.exact.cover.model, &options)?;
            self.exact.offer(outcome.point);
            self.tell();
            let is_enough = !self.strategy.whole_model && self.clock.has_used(FOR_WHOLE);
            let is_open = outcome.termination == Termination::TimeLimit;
            if !is_open || is_enough || self.clock.must_stop() {
                return Ok(());
            }
            most *= 2;
        }
    }

    /// Tells of a better schedule.
    fn tell(&mut self) {
        let (cost, bound) = (self.exact.best.cost, self.bound);
        if cost < self.told {
            self.told = cost;
            self.clock.tell(&Event::Incumbent { cost, bound });
        }
    }

    fn is_good_enough(&self) -> bool {
        self.left_of_gap() >= 0.0
    }

    /// Money by which the best schedule could cost more and still be good enough.
    pub(super) fn left_of_gap(&self) -> f64 {
        let cost = self.exact.best.cost;
        if cost.is_finite() {
            self.bound + self.spare + self.strategy.gap * cost.abs() - cost
        } else {
            f64::NEG_INFINITY
        }
    }
}

fn is_within(cost: f64, bound: f64, gap: f64) -> bool {
    cost - bound <= gap * cost.abs()
}

/// What a relaxation says of the exact model.
struct Relaxed {
    point: Vec<f64>,
    duals: Vec<f64>,
    bound: f64,
}

fn relax(
    cover: &CoverModel<'_>,
    strategy: &Strategy,
    clock: Clock<'_>,
) -> Result<Relaxed, ScheduleError> {
    let linear = strategy.solvers.linear;
    let relaxed = lp_duals(linear, &cover.model, &clock.options())?;
    match (relaxed.termination, relaxed.point, relaxed.duals) {
        (Termination::Optimal, Some(point), Some(duals)) => Ok(Relaxed {
            point,
            duals,
            bound: relaxed.bound,
        }),
        (Termination::Infeasible, _, _) => {
            Err(ScheduleError::Infeasible(explain::conflict(cover, linear)?))
        }
        _ => Err(nothing(&relaxed.raw_status)),
    }
}

/// The coarse model, its relaxed point, and what it says of the exact model.
struct RelaxedCoarse<'a> {
    coarse: &'a Coarse,
    cover: CoverModel<'a>,
    point: Vec<f64>,
    duals: Vec<f64>,
    bound: f64,
    /// Whether the exact relaxation could give a better bound.
    is_loose: bool,
}

fn relax_coarse<'a>(
    coarse: &'a Coarse,
    exact: &CoverModel<'_>,
    strategy: &Strategy,
    clock: Clock<'_>,
) -> Result<Option<RelaxedCoarse<'a>>, ScheduleError> {
    let cover = coarse.model();
    let relaxed = lp_duals(strategy.solvers.linear, &cover.model, &clock.options())?;
    let (Termination::Optimal, Some(point), Some(duals)) =
        (relaxed.termination, relaxed.point, relaxed.duals)
    else {
        return Ok(None);
    };
    let duals = coarse.lift(&cover, exact, &duals);
    let bound = certified_bound(&exact.model, &duals);
    // Without deferred work nothing fills the quarters between breaks that longer intervals hide.
    let is_elastic = (exact.problem.groups.iter()).all(|g| !g.deferred.is_empty());
    let loss = (relaxed.cost - bound) / relaxed.cost.abs().max(f64::MIN_POSITIVE);
    Ok(Some(RelaxedCoarse {
        coarse,
        cover,
        point,
        duals,
        bound,
        is_loose: !is_elastic || loss > LOOSE.min(strategy.gap / 10.0),
    }))
}

fn nothing(reason: &str) -> ScheduleError {
    ScheduleError::NothingFound {
        reason: reason.to_owned(),
    }
}
