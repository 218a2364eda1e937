use rayon::prelude::*;

use super::coarse::Coarse;
use super::explain::BindingRule;
use super::options::{Clock, Strategy};
use super::problem::Part;
use super::search::Search;
use super::tally::Tally;
use super::tours::PoolTours;
use super::{Problem, Schedule, ScheduleError, verify};
use crate::milp::{Observer, Termination};

/// A gap that counts as none.
const OPTIMAL: f64 = 1e-6;

/// A schedule and what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Solved {
    /// The schedule, which has passed [`verify`](super::verify()).
    pub schedule: Schedule,
    /// No schedule costs less: a certified lower bound.
    pub bound: f64,
    /// Why the search stopped.
    pub termination: Termination,
    /// Rules that bind, with what they cost at the margin, dearest first.
    pub binding: Vec<BindingRule>,
}

impl Solved {
    /// `(cost − bound) / cost`, 0 for a free schedule.
    pub fn gap(&self) -> f64 {
        let cost = self.schedule.cost.total().get();
        if cost > 0.0 {
            ((cost - self.bound) / cost).max(0.0)
        } else {
            0.0
        }
    }
}

impl Solved {
    /// Takes over what tours cost: the headcount says what contracts cost at the least, tours say it
    /// exactly. A gap that is wider for it is no longer the one that was asked for.
    pub fn pay(&mut self, tours: &[PoolTours], gap: f64) {
        for own in tours {
            let paid = &mut self.schedule.cost.pools[own.pool];
            if own.unused > paid.guaranteed {
                paid.guaranteed = own.unused;
            }
            let premiums = own.premiums.values().copied().sum();
            if premiums > paid.premiums {
                paid.premiums = premiums;
            }
        }
        let is_met = match self.termination {
            Termination::Optimal => self.gap() <= OPTIMAL,
            Termination::GapReached => self.gap() <= gap,
            _ => true,
        };
        if !is_met {
            self.termination = if self.gap() <= gap {
                Termination::GapReached
            } else {
                Termination::WorkLimit
            };
        }
    }
}

/// Finds the cheapest schedule it can, with a proven bound on the cheapest there is.
///
/// Independent parts of the problem (tiers, for instance) are solved side by side. The result is
/// the same on any number of threads unless the time limit strikes.
///
/// # Errors
/// [`ScheduleError::Infeasible`] with the rules that contradict each other,
/// [`ScheduleError::NothingFound`] when time runs out before the first schedule, a solver's own
/// error, or [`ScheduleError::Unverified`] when the independent check finds fault.
pub fn solve(
    problem: &Problem,
    strategy: &Strategy,
    observer: &dyn Observer,
) -> Result<Solved, ScheduleError> {
    let clock = Clock::start(strategy, observer);
    let parts = problem.parts();
    let coarse: Vec<Option<Coarse>> = (parts.par_iter())
        .map(|part| Coarse::of(&part.problem))
        .collect();
    let tally = Tally::new(observer, parts.len());
    let counters = tally.counters();
    let clocks = counters.iter().map(|counter| clock.told_to(counter));
    let mut searches = (parts
        .par_iter()
        .zip(&coarse)
        .zip(clocks.collect::<Vec<_>>()))
    .with_max_len(1)
    .map(|((part, coarse), clock)| Search::begin(&part.problem, coarse.as_ref(), strategy, clock))
    .collect::<Result<Vec<_>, _>>()?;
    improve(&mut searches)?;
    let mut solved = Solved {
        schedule: Schedule::default(),
        bound: 0.0,
        termination: Termination::WorkLimit,
        binding: Vec::new(),
    };
    let mut costs = vec![None; problem.pools.len()];
    for (part, search) in parts.iter().zip(searches) {
        solved.bound += search.bound;
        join(&mut solved.schedule, part, search.schedule(), &mut costs);
        solved.binding.extend(search.binding);
    }
    solved.schedule.cost.pools = costs.into_iter().flatten().collect();
    order(problem, &mut solved.schedule);
    solved.binding.sort_by(|a, b| {
        b.price
            .total_cmp(&a.price)
            .then_with(|| a.rule.cmp(&b.rule))
    });
    let report = verify(problem, &solved.schedule);
    if let Some(fault) = report.faults.first() {
        return Err(ScheduleError::Unverified(fault.clone()));
    }
    solved.bound = solved.bound.min(solved.schedule.cost.total().get());
    solved.termination = match solved.gap() {
        gap if gap <= OPTIMAL => Termination::Optimal,
        gap if gap <= strategy.gap => Termination::GapReached,
        _ if observer.is_cancelled() => Termination::Interrupted,
        _ if clock.is_over() => Termination::TimeLimit,
        _ => Termination::WorkLimit,
    };
    Ok(solved)
}

/// Improves every part. Where the dearest has a coarse model, its rounds come last, with what the
/// others leave of the gap or overrun it, since only the gap of the whole counts.
fn improve(searches: &mut [Search<'_>]) -> Result<(), ScheduleError> {
    let dearest = (0..searches.len()).max_by(|&a, &b| {
        let bounds = searches[a].bound.total_cmp(&searches[b].bound);
        bounds.then(b.cmp(&a))
    });
    let last = dearest.filter(|&d| searches[d].has_coarse());
    (searches.par_iter_mut().enumerate().with_max_len(1)).try_for_each(|(index, search)| {
        if Some(index) == last {
            search.find_shifts()
        } else {
            search.improve()
        }
    })?;
    let Some(last) = last else { return Ok(()) };
    let others = searches.iter().enumerate().filter(|(i, _)| *i != last);
    searches[last].spare = others.map(|(_, s)| s.left_of_gap()).sum();
    searches[last].improve()
}

/// Adds the schedule of a part, its positions translated into those of the whole.
fn join(
    whole: &mut Schedule,
    part: &Part,
    schedule: Schedule,
    costs: &mut [Option<super::PoolCost>],
) {
    whole.shifts.extend(schedule.shifts);
    whole
        .assignments
        .extend(schedule.assignments.into_iter().map(|mut a| {
            (a.pool, a.group) = (part.pools[a.pool], part.groups[a.group]);
            a
        }));
    whole
        .shortages
        .extend(schedule.shortages.into_iter().map(|mut s| {
            s.group = part.groups[s.group];
            s
        }));
    whole.crews.extend(schedule.crews.into_iter().map(|mut c| {
        c.group = part.groups[c.group];
        c
    }));
    whole
        .headcount
        .extend(schedule.headcount.into_iter().map(|mut h| {
            h.pool = part.pools[h.pool];
            h
        }));
    whole.cost.understaffing += schedule.cost.understaffing;
    whole.cost.changes += schedule.cost.changes;
    for (&pool, cost) in part.pools.iter().zip(schedule.cost.pools) {
        costs[pool] = Some(cost);
    }
}

fn order(problem: &Problem, schedule: &mut Schedule) {
    let place = |id: &crate::workforce::PoolId| problem.pools.iter().position(|p| p.id == *id);
    schedule.shifts.sort_by(|a, b| {
        let pools = place(&a.pool).cmp(&place(&b.pool));
        pools
            .then_with(|| a.start.cmp(&b.start))
            .then_with(|| a.cmp(b))
    });
    schedule
        .assignments
        .sort_by_key(|a| (a.pool, a.group, a.interval));
    schedule.shortages.sort_by_key(|s| (s.group, s.interval));
    (schedule.headcount).sort_by_key(|h| (h.pool, h.week, h.contract));
    schedule.crews.sort_by_key(|c| (c.group, c.interval));
}
