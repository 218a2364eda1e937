//! Days with changing arrivals and agents.

use std::time::Duration;

use wfm::queueing::time_varying::modified_offered_load::{self, Sinusoid};
use wfm::queueing::time_varying::sipp::{self, ArrivalsOf};
use wfm::queueing::time_varying::{Day, DayInterval, NumberInSystem, Outcome, transient};
use wfm::queueing::{ErlangA, ErlangC, QueueModel};
use wfm::units::{Agents, Erlangs};

use super::{Case, Failure, seconds};

/// Length of a day whose rows give none.
const DAY_SECONDS: f64 = 480.0 * 60.0;

/// The load with unlimited agents at a clock time.
pub(super) fn modified_offered_load(case: &Case) -> Result<f64, Failure> {
    let hours = |key: &str| seconds(case.extra_number(key)? * 3600.0);
    match case.quantity() {
        "offered_load_at_time" if case.extra("hourly_rates").is_some() => {
            let rates = case.extra_list("hourly_rates")?;
            let day = day(case, seconds(3600.0)?, &rates, &vec![0; rates.len()])?;
            let seen = modified_offered_load::at(&day, Erlangs::ZERO, hours("time_h")?)?;
            Ok(seen.get())
        }
        "offered_load_at_time" => {
            let amplitude = case.extra_number("amplitude_per_hour")?;
            let period = hours("period_h")?;
            let rate = Sinusoid::new(case.number("lambda_per_hour")?, amplitude, period)?;
            Ok(rate.offered_load(case.aht()?, hours("time_h")?).get())
        }
        _ => case.unknown(),
    }
}

/// One rate and one staffing from empty, at an instant.
pub(super) fn instant(case: &Case) -> Result<f64, Failure> {
    let time = seconds(case.extra_number("time_s")?)?;
    let day = constant(case, time)?;
    let seen = transient::at(&day, &NumberInSystem::empty(), time, case.answer_within()?)?;
    match case.quantity() {
        "number_in_system_at_time" => Ok(seen.number_in_system.mean()),
        "p_wait_at_time" => Ok(seen.p_wait.get()),
        "sl_offered_at_time" => Ok(seen.service_level.get()),
        _ => case.unknown(),
    }
}

/// One rate and one staffing from empty, over a day.
pub(super) fn constant_day(case: &Case) -> Result<f64, Failure> {
    let day = constant(case, seconds(DAY_SECONDS)?)?;
    let seen = transient::day(&day, &NumberInSystem::empty(), case.answer_within()?)?.whole;
    match case.quantity() {
        "service_level" => Ok(seen.service_level().get()),
        "asa_s" => Ok(seen.mean_wait_seconds()),
        "occupancy" => Ok(seen.occupancy().get()),
        "abandoned_count" => Ok(seen.abandoned),
        "answered_in_target_count" => Ok(seen.answered_in_time),
        _ => case.unknown(),
    }
}

/// Changing rates and staffing from empty.
pub(super) fn varying_day(case: &Case) -> Result<f64, Failure> {
    let day = varying(case)?;
    let seen = transient::day(&day, &NumberInSystem::empty(), case.answer_within()?)?;
    match case.quantity() {
        "number_in_system_at_close" => Ok(seen.at_close.mean()),
        _ => average(case, &seen.whole),
    }
}

/// Changing rates and staffing, each interval in steady state.
pub(super) fn steady_intervals(case: &Case) -> Result<f64, Failure> {
    let day = varying(case)?;
    let model: &dyn QueueModel = match day.mean_patience() {
        Some(patience) => &ErlangA::new(patience)?,
        None => &ErlangC,
    };
    let seen = sipp::evaluate(&day, ArrivalsOf::Interval, model, case.answer_within()?);
    average(case, &seen.into_iter().sum())
}

fn average(case: &Case, seen: &Outcome) -> Result<f64, Failure> {
    match case.quantity() {
        "sl_offered_day" => Ok(seen.service_level().get()),
        "p_abandon_day" => Ok(seen.abandonment().get()),
        "mean_wait_all_day_s" => Ok(seen.mean_wait_seconds()),
        "occupancy_day" => Ok(seen.occupancy().get()),
        _ => case.unknown(),
    }
}

fn constant(case: &Case, length: Duration) -> Result<Day, Failure> {
    let (rate, agents) = (case.number("lambda_per_hour")?, case.count("servers")?);
    day(case, length, &[rate], &[agents])
}

fn varying(case: &Case) -> Result<Day, Failure> {
    let length = seconds(case.extra_number("period_s")?)?;
    let (rates, staffing) = (
        case.extra_list("hourly_rates")?,
        case.extra_list("staffing")?,
    );
    if rates.len() != staffing.len() {
        return Err("as many rates as numbers of agents are needed".into());
    }
    day(case, length, &rates, &staffing)
}

fn day(case: &Case, length: Duration, rates: &[f64], staffing: &[u32]) -> Result<Day, Failure> {
    let interval = |(&rate, &agents)| DayInterval::new(length, rate, Agents(agents));
    let intervals = rates.iter().zip(staffing).map(interval);
    let patience = match case.text("patience_s") {
        "" => None,
        _ => Some(case.patience()?),
    };
    Ok(Day::new(
        intervals.collect::<Result<_, _>>()?,
        case.aht()?,
        patience,
    )?)
}
