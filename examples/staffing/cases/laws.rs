//! The other laws: retrials, finite sources, overflow, redials, limits, uncertain rates, other laws
//! of handling times, deferred work.

use wfm::queueing::deferred::{self, Task};
use wfm::queueing::{
    Delay, ErlangA, ErlangC, ErlangX, PhaseType, QueueModel, RandomRate, allen_cunneen,
    deterministic, engset, extended_b, garnett, halfin_whitt,
};
use wfm::units::Probability;

use super::{Case, Failure};

pub(super) fn loss_with_retrials(case: &Case) -> Result<f64, Failure> {
    let (load, recall) = (
        case.load()?,
        Probability::new(case.extra_number("recall")?)?,
    );
    if case.quantity() == "required_servers" {
        return Ok(extended_b::required_servers(load, recall, case.share()?)?.into());
    }
    let seen = extended_b::outcome(case.number("servers")?, load, recall);
    match case.quantity() {
        "blocking" => Ok(seen.blocking.get()),
        "total_load" => Ok(seen.total_load),
        _ => case.unknown(),
    }
}

pub(super) fn finite_sources(case: &Case) -> Result<f64, Failure> {
    let sources = case.extra_number("sources")?;
    let (sources, load) = (wfm::units::whole::round(sources), case.load()?);
    match case.quantity() {
        "call_congestion" => {
            Ok(engset::call_congestion(case.count("servers")?, sources, load).get())
        }
        "required_servers" => Ok(f64::from(engset::required_servers(
            sources,
            load,
            case.share()?,
        ))),
        _ => case.unknown(),
    }
}

pub(super) fn overflow(case: &Case) -> Result<f64, Failure> {
    let stream = wfm::queueing::overflow::of(case.number("servers")?, case.load()?);
    match case.quantity() {
        "overflow_mean" => Ok(stream.mean),
        "overflow_variance" => Ok(stream.variance),
        _ => case.unknown(),
    }
}

/// Two types of contacts, each with its own group, and a common group for what overflows.
pub(super) fn redials(case: &Case) -> Result<f64, Failure> {
    let redial = Probability::new(case.extra_number("redial_prob")?)?;
    let model = ErlangX::new(ErlangA::new(case.patience()?)?, redial)?;
    let (traffic, agents) = (case.traffic()?, case.number("servers")?);
    let seen = model.redialling(&traffic, agents);
    match case.quantity() {
        "total_rate_per_hour" => Ok(case.number("lambda_per_hour")? * seen.attempts_per_contact),
        "p_abandon_per_attempt" => Ok(seen.abandonment.get()),
        "fraction_never_served" => Ok(seen.never_served.get()),
        "sl_offered_per_attempt" => {
            let attempt = model.performance(&traffic, agents, case.answer_within()?);
            Ok(attempt.service_level.offered.get())
        }
        _ => case.unknown(),
    }
}

pub(super) fn limits(case: &Case) -> Result<f64, Failure> {
    let beta = case.extra_number("beta")?;
    match (case.model(), case.quantity()) {
        ("halfin_whitt", "p_wait_asymptotic") => Ok(halfin_whitt::wait_probability(beta)?.get()),
        ("garnett", "p_wait_asymptotic") => {
            Ok(garnett::wait_probability(beta, case.extra_number("theta_over_mu")?)?.get())
        }
        _ => case.unknown(),
    }
}

pub(super) fn handling_times(case: &Case) -> Result<f64, Failure> {
    let traffic = case.traffic()?;
    let seen: Delay = match (case.model(), case.extra("service")) {
        ("m_g_c_allen_cunneen", _) => {
            allen_cunneen::delay(&traffic, case.number("servers")?, case.extra_number("scv")?)?
        }
        ("m_d_c", _) => deterministic::delay(&traffic, case.count("servers")?),
        (_, Some("Erlang-2")) => PhaseType::ERLANG_2.delay(&traffic, case.count("servers")?)?,
        (_, Some("H2 balanced means")) => PhaseType::hyperexponential(case.extra_number("scv")?)?
            .delay(&traffic, case.count("servers")?)?,
        _ => return case.unknown(),
    };
    match case.quantity() {
        "p_wait" => Ok(seen.p_wait.get()),
        "asa_s" => Ok(seen.asa_seconds),
        _ => case.unknown(),
    }
}

pub(super) fn random_rate(case: &Case) -> Result<f64, Failure> {
    let cv = case.extra_number("gamma_cv")?;
    if case.model() == "erlang_c_random_rate" {
        mixed(case, &RandomRate::new(ErlangC, cv)?)
    } else {
        mixed(case, &RandomRate::new(ErlangA::new(case.patience()?)?, cv)?)
    }
}

fn mixed(case: &Case, model: &dyn QueueModel) -> Result<f64, Failure> {
    let agents = case.number("servers")?;
    let seen = model.performance(&case.traffic()?, agents, case.answer_within()?);
    match case.quantity() {
        "service_level" | "sl_offered" => Ok(seen.service_level.offered.get()),
        "p_abandon" => Ok(seen.abandonment.get()),
        _ => case.unknown(),
    }
}

pub(super) fn deferred_work(case: &Case) -> Result<f64, Failure> {
    let work: Vec<f64> = case.extra_list("work_agent_intervals")?;
    let allowed = case.extra_number("deadline_intervals")?;
    let tasks = Task::released(&work, wfm::units::whole::round(allowed) as usize)?;
    match case.quantity() {
        "min_constant_agents_fluid" => {
            deferred::minimum_constant_agents(&tasks, &vec![true; work.len()])?
                .ok_or_else(|| "some work can never be done".into())
        }
        _ => case.unknown(),
    }
}
