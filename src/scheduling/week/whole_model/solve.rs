use std::time::Instant;

use super::super::{Prices, Week, WeekPlan, certified_week_bound, verify_week};
use super::WholeModel;
use crate::milp::{Backend, Kind, MilpError, Restriction, SolveOptions, Termination, lp_duals};

/// What a backend made of the whole model of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeModelOutcome {
    /// Its plan, which has passed the independent check; none where it found none or knows no
    /// whole variables.
    pub plan: Option<WeekPlan>,
    /// What the plan costs, by the independent check.
    pub cost: Option<i64>,
    /// A lower bound on the cost of every plan, proved by the prices.
    pub bound: i64,
    /// Prices from the relaxation; all 0 where it was not solved.
    pub prices: Prices,
    /// Why the backend stopped; of the relaxation where it does no more than that.
    pub termination: Termination,
    /// The backend's own words.
    pub raw_status: String,
}

impl WholeModelOutcome {
    /// `(cost − bound) / cost`: 0 when both agree; nothing without a plan.
    pub fn gap(&self) -> Option<f64> {
        let cost = self.cost?;
        let difference = cost.saturating_sub(self.bound).max(0);
        Some(if difference == 0 {
            0.0
        } else {
            difference as f64 / cost as f64
        })
    }
}

/// Hands the whole model of a week to a backend.
///
/// First the relaxation, for at most half of the time, whose multipliers become prices and prove
/// the bound; then the model with whole variables, where the backend knows them, for the rest.
///
/// # Errors
/// [`MilpError`] when the backend is missing or fails.
pub fn solve_whole_model(
    week: &Week,
    backend: Backend,
    options: &SolveOptions,
) -> Result<WholeModelOutcome, MilpError> {
    let begun = Instant::now();
    let rest = || SolveOptions {
        time_limit: (options.time_limit).map(|limit| limit.saturating_sub(begun.elapsed())),
        ..options.clone()
    };
    let whole = WholeModel::new(week);
    let mut linear = rest();
    linear.time_limit = linear.time_limit.map(|limit| limit / 2);
    linear.start = None;
    let relaxed = lp_duals(backend, whole.model(), &linear)?;
    let prices = whole.prices(relaxed.duals.as_deref().unwrap_or(&[]));
    let mut found = WholeModelOutcome {
        plan: None,
        cost: None,
        bound: certified_week_bound(week, &prices),
        prices,
        termination: relaxed.termination,
        raw_status: relaxed.raw_status,
    };
    if !backend.has_integers() || found.termination == Termination::Infeasible {
        return Ok(found);
    }
    let solved = backend.solve(whole.model(), &rest())?;
    found.termination = solved.termination;
    found.raw_status = solved.raw_status;
    let Some(point) = solved.point else {
        return Ok(found);
    };
    let plan = match whole.plan(&point) {
        None => finished(week, &whole, backend, &point, &rest())?,
        made => made,
    };
    match plan.map(|plan| accepted(week, plan)) {
        Some(Ok((plan, cost))) => (found.plan, found.cost) = (Some(plan), Some(cost)),
        Some(Err(fault)) => trouble(&mut found, &fault),
        None => trouble(&mut found, "shifts or breaks are not whole"),
    }
    Ok(found)
}

/// Makes the short breaks whole, shifts and longer breaks fixed.
fn finished(
    week: &Week,
    whole: &WholeModel<'_>,
    backend: Backend,
    point: &[f64],
    options: &SolveOptions,
) -> Result<Option<WeekPlan>, MilpError> {
    let stated = WholeModel::stated(week, Kind::Integer);
    let model = whole.model();
    let mut point: Vec<f64> = (model.variables().zip(point))
        .map(|(v, &x)| if model.is_integer(v) { x.round() } else { x })
        .collect();
    let rest = Restriction::new(stated.model(), &point, whole.followers());
    let options = SolveOptions {
        start: None,
        gap: 0.0,
        ..options.clone()
    };
    let Some(inner) = backend.solve(rest.model(), &options)?.point else {
        return Ok(None);
    };
    rest.lift(&inner, &mut point);
    Ok(stated.plan(&point))
}

/// The plan and its cost, if the independent check has nothing to say.
fn accepted(week: &Week, plan: WeekPlan) -> Result<(WeekPlan, i64), String> {
    let report = verify_week(week, &plan);
    if let Some(first) = report.violations.into_iter().next() {
        return Err(first);
    }
    match i64::try_from(report.cost) {
        Ok(cost) => Ok((plan, cost)),
        Err(_) => Err("its cost is beyond all limits".to_owned()),
    }
}

fn trouble(found: &mut WholeModelOutcome, what: &str) {
    found.termination = Termination::NumericalTrouble;
    found.raw_status = format!("{}; {what}", found.raw_status);
}
