//! A cases file: each row one number of one model, with its inputs, the expected value and how near
//! to it the computed one must be.

mod case;
mod chains;
mod day;
mod erlang;
mod laws;

use std::path::Path;

pub(crate) use case::{Case, seconds};

pub(crate) type Failure = Box<dyn std::error::Error>;

/// The rows of a cases file.
pub(crate) fn read(file: &Path) -> Result<Vec<Case>, Failure> {
    let told = |error| format!("{}: {error}", file.display());
    let mut reader = csv::Reader::from_path(file).map_err(told)?;
    let rows = reader
        .deserialize()
        .map(|row| Ok(Case(row.map_err(told)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    Ok(rows)
}

/// The value of a row's quantity.
pub(crate) fn evaluate(case: &Case) -> Result<f64, Failure> {
    match case.model() {
        "erlang_b" | "erlang_b_continuous" => erlang::loss(case),
        "erlang_c" | "erlang_c_continuous" => erlang::delay(case),
        "erlang_a" | "erlang_a_continuous" => erlang::abandonment(case),
        "erlang_a_finite_lines" => chains::finite_lines(case),
        "chat" => chains::chat(case),
        "blend_threshold" => chains::blend(case),
        "multi_skill" => chains::multi_skill(case),
        "multi_skill_hayward" => chains::hayward(case),
        "modified_offered_load" => day::modified_offered_load(case),
        "transient" => day::instant(case),
        "day_from_empty" => day::constant_day(case),
        "time_varying" => day::varying_day(case),
        "sipp" => day::steady_intervals(case),
        "erlang_b_extended" => laws::loss_with_retrials(case),
        "engset" => laws::finite_sources(case),
        "overflow" => laws::overflow(case),
        "erlang_x" => laws::redials(case),
        "halfin_whitt" | "garnett" => laws::limits(case),
        "m_d_c" | "m_g_c" | "m_g_c_allen_cunneen" => laws::handling_times(case),
        "erlang_a_random_rate" | "erlang_c_random_rate" => laws::random_rate(case),
        "deferred_work" => laws::deferred_work(case),
        _ => case.unknown(),
    }
}
