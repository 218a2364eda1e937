//! What a simulation says of a plan, as a file.

use serde::Serialize;

use super::{LiveTrial, Probability, round};

/// What is said about a run beside its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrialFacts<'a> {
    /// Name of the scenario.
    pub scenario: &'a str,
    /// Hash of the input of the plan.
    pub input_hash: &'a str,
    /// Replications asked for.
    pub replications: u32,
    /// Seed.
    pub seed: u64,
}

#[derive(Debug, Serialize)]
struct TrialFile<'a> {
    scenario: &'a str,
    input_hash: &'a str,
    replications: u32,
    seed: u64,
    queues: Vec<QueueFile<'a>>,
}

#[derive(Debug, Serialize)]
struct QueueFile<'a> {
    id: &'a str,
    replications: u32,
    offered: f64,
    answer_within_seconds: f64,
    service_level_target: f64,
    service_level_planned: Option<f64>,
    service_level_simulated: f64,
    service_level_half_width: f64,
    chance_of_a_day: f64,
    chance_of_a_week: f64,
    chance_of_a_month: f64,
    days: Vec<DayFile>,
}

#[derive(Debug, Serialize)]
struct DayFile {
    date: String,
    offered: f64,
    service_level: f64,
    half_width: f64,
    chance: f64,
}

/// The text of what a simulation of a plan found: the same plan, replications and seed give the same
/// bytes. Shares are fractions.
///
/// # Errors
/// An error of the JSON writer, which trials do not cause.
pub fn plan_trial_json(
    facts: &TrialFacts<'_>,
    trials: &[LiveTrial],
) -> Result<String, serde_json::Error> {
    let queues = trials.iter().map(|trial| QueueFile {
        id: trial.queue.id.as_str(),
        replications: trial.replications,
        offered: round(trial.queue.contacts(), 6),
        answer_within_seconds: trial.queue.answer_within.as_secs_f64(),
        service_level_target: trial.queue.share.get(),
        service_level_planned: trial.queue.by_formula.map(Probability::get),
        service_level_simulated: round(trial.horizon.service_level.get(), 6),
        service_level_half_width: round(trial.horizon.half_width, 6),
        chance_of_a_day: round(trial.horizon.day.get(), 4),
        chance_of_a_week: round(trial.horizon.week.get(), 4),
        chance_of_a_month: round(trial.horizon.month.get(), 4),
        days: (trial.days.iter())
            .map(|day| DayFile {
                date: day.date.to_string(),
                offered: round(day.level.offered, 6),
                service_level: round(day.level.mean, 6),
                half_width: round(day.level.half_width(), 6),
                chance: round(day.level.chance, 4),
            })
            .collect(),
    });
    let file = TrialFile {
        scenario: facts.scenario,
        input_hash: facts.input_hash,
        replications: facts.replications,
        seed: facts.seed,
        queues: queues.collect(),
    };
    let mut text = serde_json::to_string_pretty(&file)?;
    text.push('\n');
    Ok(text)
}
