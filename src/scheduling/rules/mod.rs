//! The rules a schedule keeps beyond coverage, one in each file.
//!
//! A rule has two halves that share data only: *constrain* adds named rows to the model, and
//! *violations* walks a finished schedule. [`all`] is the registry: the model, the verifier and
//! the tests go through it, so a rule cannot be forgotten in one of them.

mod commitment;
mod csat_floor;
mod headcount;
mod named_agents;
mod residency;
mod service_level;
mod share;
mod shifts_per_day;
mod vendor_share;
mod week_hours;

use std::collections::BTreeMap;
use std::fmt;

pub(super) use commitment::{commits_shifts, unused_commitment};
pub(super) use headcount::{
    Head, HeadcountVariable, is_weekend, noons, unused_guarantee, unworked_hours,
};
pub(super) use service_level::kept as kept_promises;
pub(super) use share::{ShareRow, rows as share_rows};
pub(super) use week_hours::limits as week_limits;

use super::cover::CoverModel;
use super::{Problem, Schedule};
use crate::calendar::NaiveDate;
use crate::workforce::{Commitment, Pool};

/// A rule of a schedule.
pub trait Rule: fmt::Debug + Sync {
    /// Short name, the first part of the names of its rows.
    fn name(&self) -> &'static str;

    /// What a schedule does against the rule, in words; empty when it keeps it.
    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String>;

    /// Adds the rows of the rule to a model.
    #[doc(hidden)]
    fn constrain(&self, cover: &mut Cover<'_, '_>);
}

/// A model under construction, as rules see it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Cover<'m, 'p>(pub(super) &'m mut CoverModel<'p>);

/// Every rule, in the order in which their rows are added.
pub fn all() -> Vec<&'static dyn Rule> {
    vec![
        &shifts_per_day::ShiftsPerDay,
        &week_hours::WeekHours,
        &commitment::TakeOrPay,
        &headcount::AgentsByContract,
        &named_agents::NamedAgents,
        &csat_floor::CsatFloor,
        &vendor_share::VendorShare,
        &residency::Residency,
        &service_level::ServiceLevel,
    ]
}

/// Local days of a pool that rules by the day look at: those whose noon lies in the horizon.
pub(in crate::scheduling) fn days(problem: &Problem, pool: &Pool) -> Vec<NaiveDate> {
    let noon = |d: &NaiveDate| {
        pool.zone
            .instant_reached(d.and_hms_opt(12, 0, 0).unwrap_or_default())
    };
    let inside = |d: &NaiveDate| problem.grid.index_of(noon(d)).is_some();
    problem
        .grid
        .local_days(pool.zone)
        .into_iter()
        .filter(inside)
        .collect()
}

/// People who start on each local day of a pool.
pub(super) fn people_by_day(schedule: &Schedule, pool: &Pool) -> BTreeMap<NaiveDate, u32> {
    let mut people = BTreeMap::new();
    for shift in schedule.shifts.iter().filter(|s| s.pool == pool.id) {
        *people
            .entry(pool.zone.local(shift.start).date())
            .or_default() += shift.count;
    }
    people
}

/// Hours of the shifts of a pool inside the horizon.
pub(super) fn hours_of(problem: &Problem, schedule: &Schedule, pool: &Pool) -> f64 {
    let shifts = schedule.shifts.iter().filter(|s| s.pool == pool.id);
    shifts
        .map(|s| {
            let inside = problem.grid.inside(s.start, s.end);
            inside.num_minutes() as f64 / 60.0 * f64::from(s.count)
        })
        .sum()
}

/// The most people that minima could force onto a single shift.
pub(super) fn most_forced(problem: &Problem) -> f64 {
    let forced = |pool: &Pool| {
        let shortest = pool
            .shifts
            .iter()
            .map(|s| s.length.as_secs_f64() / 3600.0)
            .fold(24.0, f64::min);
        let interval = problem.interval_hours();
        let hours =
            pool.limits.week_hours_min.unwrap_or(0.0) * problem.weeks / shortest.min(interval);
        let committed = match pool.commitment {
            Some(Commitment::ShiftsPerDay(n)) => f64::from(n),
            Some(Commitment::HoursPerWeek(h)) => h * problem.weeks / interval,
            None => 0.0,
        };
        hours
            .max(f64::from(pool.limits.shifts_per_day_min.unwrap_or(0)))
            .max(committed)
    };
    problem.pools.iter().map(forced).fold(0.0, f64::max)
}
