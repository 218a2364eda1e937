//! Erlang B, C and A.

use wfm::queueing::{
    ErlangA, ErlangC, Objective, Performance, QueueModel, erlang_b, required_agents,
    required_agents_fractional, sustainable_load, wait_percentile,
};
use wfm::units::Probability;

use super::{Case, Failure, seconds};

pub(super) fn loss(case: &Case) -> Result<f64, Failure> {
    let servers = || case.number("servers");
    match case.quantity() {
        "blocking" => Ok(erlang_b::blocking_continuous(servers()?, case.load()?).get()),
        "required_servers" => Ok(erlang_b::required_servers(case.load()?, case.share()?)?.into()),
        "offered_load_for_blocking" => Ok(erlang_b::offered_load(servers()?, case.share()?)?.get()),
        _ => case.unknown(),
    }
}

pub(super) fn delay(case: &Case) -> Result<f64, Failure> {
    match case.quantity() {
        "offered_load_for_p_wait" => {
            let objective = Objective::STABLE.with_p_wait(case.share()?)?;
            let servers = case.number("servers")?;
            Ok(sustainable_load(&ErlangC, case.aht()?, servers, &objective)?.get())
        }
        "wait_p80_s" => percentile(&ErlangC, case, 0.8),
        "wait_p90_s" => percentile(&ErlangC, case, 0.9),
        "wait_p95_s" => percentile(&ErlangC, case, 0.95),
        quantity if quantity.starts_with("required") => required(&ErlangC, case),
        _ => seen(&ErlangC, case),
    }
}

pub(super) fn abandonment(case: &Case) -> Result<f64, Failure> {
    let model = ErlangA::new(case.patience()?)?;
    match case.quantity() {
        "wait_p90_all_s" => percentile(&model, case, 0.9),
        quantity if quantity.starts_with("required") => required(&model, case),
        _ => seen(&model, case),
    }
}

/// The fewest agents that meet every condition of the row.
fn required(model: &dyn QueueModel, case: &Case) -> Result<f64, Failure> {
    let stable = Objective::STABLE;
    let mut objective = match case.quantity() {
        "required_servers_for_p_wait" => stable.with_p_wait(case.share()?)?,
        "required_servers_for_asa" => stable.with_asa(seconds(case.number("target_s")?)?)?,
        "required_servers_for_abandon" => stable.with_abandonment(case.share()?)?,
        _ => Objective::service_level(case.share()?, case.answer_within()?)?,
    };
    if case.extra("max_occupancy").is_some() {
        let cap = Probability::new(case.extra_number("max_occupancy")?)?;
        objective = objective.with_occupancy_cap(cap)?;
    }
    if case.extra("max_abandon").is_some() {
        let limit = Probability::new(case.extra_number("max_abandon")?)?;
        objective = objective.with_abandonment(limit)?;
    }
    let traffic = case.traffic()?;
    if case.quantity() == "required_servers_fractional" {
        return Ok(required_agents_fractional(model, &traffic, &objective)?);
    }
    Ok(required_agents(model, &traffic, &objective)?.as_f64())
}

fn percentile(model: &dyn QueueModel, case: &Case, share: f64) -> Result<f64, Failure> {
    let (traffic, servers) = (case.traffic()?, case.number("servers")?);
    let share = Probability::new(share)?;
    Ok(wait_percentile(model, &traffic, servers, share)?)
}

fn seen(model: &dyn QueueModel, case: &Case) -> Result<f64, Failure> {
    let traffic = case.traffic()?;
    let seen = model.performance(&traffic, case.number("servers")?, case.answer_within()?);
    measure(case, &seen)
}

/// The row's quantity among those of a performance.
pub(super) fn measure(case: &Case, seen: &Performance) -> Result<f64, Failure> {
    let level = seen.service_level;
    Ok(match case.quantity() {
        "p_wait" => seen.p_wait.get(),
        "service_level" | "sl_offered" => level.offered.get(),
        "sl_answered" => level.answered.get(),
        "sl_virtual" => level.virtual_wait.get(),
        "sl_excl_short_abandons" => level.excluding_short_abandons.get(),
        "p_abandon" => seen.abandonment.get(),
        "asa_s" | "mean_wait_served_s" => seen.asa_seconds,
        "mean_wait_all_s" => seen.mean_wait_seconds,
        "queue_length" => seen.queue_length,
        "occupancy" => seen.occupancy.get(),
        _ => return case.unknown(),
    })
}
