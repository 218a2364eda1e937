//! Lines, chat, blending and two skills.

use wfm::queueing::{Blend, Chat, FiniteLines, MDesign, QueueModel};
use wfm::units::Erlangs;

use super::{Case, Failure, seconds};

pub(super) fn finite_lines(case: &Case) -> Result<f64, Failure> {
    let lines = FiniteLines::new(case.count("trunks")?, case.optional_patience()?)?;
    let seen = lines.evaluate(
        &case.traffic()?,
        case.number("servers")?,
        case.answer_within()?,
    );
    match case.quantity() {
        "blocking" => Ok(seen.blocking.get()),
        "p_wait_of_admitted" => Ok(seen.admitted.p_wait.get()),
        "p_abandon_of_admitted" => Ok(seen.admitted.abandonment.get()),
        "mean_wait_admitted_s" => Ok(seen.admitted.mean_wait_seconds),
        "sl_offered_of_admitted" => Ok(seen.admitted.service_level.offered.get()),
        _ => case.unknown(),
    }
}

pub(super) fn chat(case: &Case) -> Result<f64, Failure> {
    let aht = case
        .extra_list("aht_by_concurrency")?
        .into_iter()
        .map(seconds)
        .collect::<Result<Vec<_>, _>>()?;
    let chat = Chat::new(&aht, case.optional_patience()?)?;
    let (traffic, agents) = (case.traffic()?, case.number("servers")?);
    let seen = chat.performance(&traffic, agents, case.answer_within()?);
    match case.quantity() {
        "p_wait" => Ok(seen.p_wait.get()),
        "p_abandon" => Ok(seen.abandonment.get()),
        "mean_wait_all_s" => Ok(seen.mean_wait_seconds),
        "sl_offered" => Ok(seen.service_level.offered.get()),
        "mean_concurrency" => Ok(chat.mean_concurrency(&traffic, agents)),
        _ => case.unknown(),
    }
}

pub(super) fn blend(case: &Case) -> Result<f64, Failure> {
    let threshold = wfm::units::whole::round(case.extra_number("threshold")?);
    let blend = Blend::new(threshold, case.optional_patience()?)?;
    let seen = blend.evaluate(
        &case.traffic()?,
        case.number("servers")?,
        case.answer_within()?,
    );
    match case.quantity() {
        "outbound_per_hour" => Ok(seen.outbound_per_hour),
        "occupancy" => Ok(seen.inbound.occupancy.get()),
        "p_abandon" => Ok(seen.inbound.abandonment.get()),
        "mean_wait_all_s" => Ok(seen.inbound.mean_wait_seconds),
        "sl_offered" => Ok(seen.inbound.service_level.offered.get()),
        _ => case.unknown(),
    }
}

pub(super) fn multi_skill(case: &Case) -> Result<f64, Failure> {
    let design = design(case)?;
    if case.extra("design") == Some("M-delay") {
        let seen = design.delay(case.aht()?, case.patience()?)?;
        return match case.quantity() {
            "p_wait_type1" => Ok(seen.p_wait[0].get()),
            "p_wait_type2" => Ok(seen.p_wait[1].get()),
            "p_abandon_type1" => Ok(seen.abandonment[0].get()),
            "p_abandon_type2" => Ok(seen.abandonment[1].get()),
            "occupancy_generalists" => Ok(seen.generalist_occupancy.get()),
            _ => case.unknown(),
        };
    }
    let seen = design.loss()?;
    match case.quantity() {
        "blocking_type1" => Ok(seen.blocking[0].get()),
        "blocking_type2" => Ok(seen.blocking[1].get()),
        "generalist_occupancy" => Ok(seen.generalist_occupancy.get()),
        _ => case.unknown(),
    }
}

pub(super) fn hayward(case: &Case) -> Result<f64, Failure> {
    match case.quantity() {
        "blocking_overall" => Ok(design(case)?.hayward_blocking().get()),
        _ => case.unknown(),
    }
}

fn design(case: &Case) -> Result<MDesign, Failure> {
    let hours = case.aht()?.as_secs_f64() / 3600.0;
    let load =
        |key| -> Result<Erlangs, Failure> { Ok(Erlangs::new(case.extra_number(key)? * hours)?) };
    let agents =
        |key| -> Result<u32, Failure> { Ok(wfm::units::whole::round(case.extra_number(key)?)) };
    Ok(MDesign::new(
        [load("lambda1")?, load("lambda2")?],
        [agents("s1")?, agents("s2")?],
        agents("s_general")?,
    ))
}
