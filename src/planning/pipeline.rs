use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use thiserror::Error;

use super::outlook::outlooks;
use super::{Demand, Plan, Scenario, TrialError};
use crate::milp::{Event, Observer};
use crate::requirements::{Requirement, RequirementError, derive};
use crate::scheduling::named::{PoolRoster, rosters, verify_rosters};
use crate::scheduling::tours::{PoolTours, tours, verify_tours};
use crate::scheduling::{
    AllocationPlan, Problem, Refusal, Schedule, ScheduleError, Solved, Solvers, Strategy, allocate,
    solve, verify,
};
use crate::workforce::{Faults, KeptShifts, Tier};

/// A plan that could not be made.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The scenario has faults.
    #[error(transparent)]
    Input(#[from] Faults),
    /// The requirement has no finite answer.
    #[error(transparent)]
    Requirement(#[from] RequirementError),
    /// No schedule was found.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// A plan that was to be corrected could not be simulated.
    #[error(transparent)]
    Trial(#[from] TrialError),
}

/// Share of the time limit after which the schedule makes way for the tours.
const FOR_SCHEDULE: f64 = 0.94;

/// The same where shifts are given to named agents, too.
const FOR_NAMED: f64 = 0.7;

/// Named agents may take this share of the time limit even when nothing is left of it.
const AT_LEAST: f64 = 0.1;

/// Makes a plan: checks the scenario, forecasts, derives the requirement, schedules and verifies.
///
/// # Errors
/// [`PlanError`]: faults in the scenario (all together), a promise without finite staffing, or
/// rules that contradict each other.
pub fn plan(
    scenario: &Scenario,
    strategy: &Strategy,
    observer: &dyn Observer,
) -> Result<Plan, PlanError> {
    let (demand, requirement) = prepare(scenario, observer)?;
    let time = (Instant::now(), strategy.time_limit);
    let schedules = Schedules::new(scenario, strategy, observer);
    let solved = schedules.solve(&requirement)?;
    let problem = schedules.problem(&requirement);
    finish(
        scenario,
        (demand, requirement),
        problem,
        solved,
        strategy,
        time,
        observer,
    )
}

/// From a scenario to what has to be scheduled.
pub(super) fn prepare(
    scenario: &Scenario,
    observer: &dyn Observer,
) -> Result<(Demand, Requirement), PlanError> {
    scenario.check()?;
    observer.on(&Event::Stage { name: "forecast" });
    let demand = Demand::forecast(scenario)?;
    observer.on(&Event::Stage {
        name: "requirement",
    });
    let requirement = requirement(scenario, &demand)?;
    Ok((demand, requirement))
}

/// Schedules for one scenario and requirements that may differ.
pub(super) struct Schedules<'a> {
    scenario: &'a Scenario,
    strategy: &'a Strategy,
    observer: &'a dyn Observer,
    /// Time for one schedule and what comes after it.
    pub(super) time_limit: Duration,
    /// Shifts to start from, instead of the scenario's.
    kept: Option<KeptShifts>,
}

impl<'a> Schedules<'a> {
    pub(super) fn new(
        scenario: &'a Scenario,
        strategy: &'a Strategy,
        observer: &'a dyn Observer,
    ) -> Self {
        Self {
            scenario,
            strategy,
            observer,
            time_limit: strategy.time_limit,
            kept: None,
        }
    }

    /// Starts the next schedule from some shifts, unless the scenario has shifts to keep.
    pub(super) fn keep(&mut self, shifts: KeptShifts) {
        if self.scenario.kept.is_none() {
            self.kept = Some(shifts);
        }
    }

    /// What is to be scheduled.
    pub(super) fn problem(&self, requirement: &Requirement) -> Problem {
        let problem = problem(self.scenario, requirement);
        Problem {
            kept: self.kept.clone().or(problem.kept),
            ..problem
        }
    }

    pub(super) fn solve(&self, requirement: &Requirement) -> Result<Solved, PlanError> {
        let problem = self.problem(requirement);
        self.observer.on(&Event::Stage { name: "schedule" });
        let is_named = problem.pools.iter().any(|pool| pool.staff.is_some());
        let strategy = Strategy {
            seed: self.scenario.seed,
            time_limit: self
                .time_limit
                .mul_f64(if is_named { FOR_NAMED } else { FOR_SCHEDULE }),
            ..self.strategy.clone()
        };
        Ok(solve(&problem, &strategy, self.observer)?)
    }
}

/// From a schedule to a plan: tours, rosters, checks and what each queue gets.
pub(super) fn finish(
    scenario: &Scenario,
    (demand, requirement): (Demand, Requirement),
    problem: Problem,
    mut solved: Solved,
    strategy: &Strategy,
    time: (Instant, Duration),
    observer: &dyn Observer,
) -> Result<Plan, PlanError> {
    observer.on(&Event::Stage { name: "tours" });
    let tours = tours(&problem, &solved.schedule);
    solved.pay(&tours, strategy.gap);
    let rosters = match rosters_of(
        scenario,
        (&problem, &solved.schedule),
        &tours,
        time,
        observer,
    ) {
        Ok(rosters) => rosters,
        Err(fault) => return Err(ScheduleError::Unverified(fault).into()),
    };
    observer.on(&Event::Stage { name: "check" });
    if let Some(fault) = verify_tours(&problem, &solved.schedule, &tours).first() {
        return Err(ScheduleError::Unverified(fault.clone()).into());
    }
    let report = verify(&problem, &solved.schedule);
    let queues = outlooks(scenario, &requirement, &problem, &solved.schedule, &report);
    Ok(Plan {
        refusals: refusals(&problem, &solved.schedule, strategy.solvers)?,
        scenario: scenario.clone(),
        demand,
        requirement,
        problem,
        solved,
        tours,
        rosters,
        report,
        queues,
        corrected: None,
        backend: strategy.solvers.named,
    })
}

/// The rosters of the pools with named agents, checked; else what is wrong with them.
fn rosters_of(
    scenario: &Scenario,
    (problem, schedule): (&Problem, &Schedule),
    tours: &[PoolTours],
    (begun, limit): (Instant, Duration),
    observer: &dyn Observer,
) -> Result<Vec<PoolRoster>, String> {
    if problem.pools.iter().all(|pool| pool.staff.is_none()) {
        return Ok(Vec::new());
    }
    observer.on(&Event::Stage { name: "rosters" });
    let left = limit.saturating_sub(begun.elapsed());
    let left = left.max(limit.mul_f64(AT_LEAST));
    let rosters = rosters(problem, tours, scenario.seed, left, observer);
    match verify_rosters(problem, schedule, &rosters)
        .into_iter()
        .next()
    {
        Some(fault) => Err(fault),
        None => Ok(rosters),
    }
}

/// Why tiers are short of agents, where even their hours over the whole horizon do not suffice.
fn refusals(
    problem: &Problem,
    schedule: &Schedule,
    solvers: Solvers,
) -> Result<Vec<(Tier, Refusal)>, ScheduleError> {
    let short = schedule
        .shortages
        .iter()
        .map(|s| &problem.groups[s.group].skill.tier);
    let mut found = Vec::new();
    for tier in short.collect::<BTreeSet<_>>() {
        if let AllocationPlan::Impossible(refusal) = allocate(problem, tier, solvers)? {
            found.push((tier.clone(), refusal));
        }
    }
    Ok(found)
}

/// Agents that a scenario needs for its demand.
///
/// # Errors
/// [`RequirementError`] when a promise has no finite staffing.
pub fn requirement(scenario: &Scenario, demand: &Demand) -> Result<Requirement, RequirementError> {
    derive(
        demand.grid,
        &scenario.queues,
        &demand.means(scenario),
        &scenario.staffing,
    )
}

/// What a schedule has to do for a requirement.
pub fn problem(scenario: &Scenario, requirement: &Requirement) -> Problem {
    Problem {
        grid: requirement.grid,
        weeks: scenario.horizon.weeks(),
        pools: scenario.pools.iter().map(super::staff::limited).collect(),
        groups: requirement.groups.clone(),
        rounding: scenario.staffing.rounding,
        policies: scenario.policies.clone(),
        understaffing_per_hour: scenario.understaffing_per_hour,
        kept: scenario.kept.clone(),
    }
}
