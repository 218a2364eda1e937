//! Ondara in a plain week, in hourly intervals. Numbers are in `tests/reference/scenario_m.csv`.

mod aggregate;
mod full_plan;
mod refused;

use wfm::calendar::IntervalLength;
use wfm::planning::{Demand, Scenario, requirement};
use wfm::requirements::{DeferredClass, Group, Mode, Requirement};
use wfm::workforce::Language;

use super::reference::{Reference, needs, read};

fn table() -> Reference {
    Reference::read("scenario_m.csv")
}

/// The plain week on the hourly grid of the document.
fn plain_week() -> Scenario {
    let mut scenario = read("ondara").scenario;
    scenario.horizon.interval = IntervalLength::from_minutes(60).unwrap();
    // The document pools at 80 % in 20 seconds and leaves the promise of chat alone.
    scenario.staffing.keep_each_promise = false;
    scenario
}

fn silo() -> Scenario {
    let mut scenario = plain_week();
    scenario.staffing.mode = Mode::Silo;
    scenario
}

/// Languages of the first line, in the order of the queues.
fn languages(requirement: &Requirement) -> Vec<Language> {
    let first = requirement
        .groups
        .iter()
        .filter(|g| g.skill.tier.as_str() == "L1");
    first.map(|g| g.skill.language.clone()).collect()
}

fn in_language<'a>(r: &'a Requirement, tier: &'a str, language: &'a str) -> Vec<&'a Group> {
    let skill = wfm::workforce::Skill::new(tier, language);
    r.groups.iter().filter(|g| g.skill == skill).collect()
}

fn contacts(requirement: &Requirement, groups: &[&Group]) -> f64 {
    let queues = groups.iter().flat_map(|g| &g.queues);
    queues.map(|&q| requirement.queues[q].contacts()).sum()
}

fn workload(requirement: &Requirement, groups: &[&Group]) -> f64 {
    let queues = groups.iter().flat_map(|g| &g.queues);
    queues.flat_map(|&q| &requirement.queues[q].load).sum()
}

fn hours(groups: &[&Group]) -> f64 {
    groups.iter().map(|g| g.aggregate_hours(1.0)).sum()
}

#[test]
fn every_table_is_checked() {
    let known = [
        "allocation",
        "channel",
        "language",
        "refusal",
        "upper_tiers",
    ];
    assert_eq!(table().tables(), known.into());
}

#[test]
fn every_language_needs_what_the_table_says() {
    let (blended, silo) = (needs(&plain_week()), needs(&silo()));
    let languages = languages(&blended);
    assert_eq!(languages.len(), 9);
    let one = |language: &str, quantity: &str| -> f64 {
        let group = in_language(&blended, "L1", language)[0];
        let live = group.live.iter();
        match quantity {
            "contacts" => contacts(&blended, &[group]),
            "workload_hours" => workload(&blended, &[group]),
            "silo_hours" => hours(&in_language(&silo, "L1", language)),
            "blended_hours" => hours(&[group]),
            "blended_times_110" => hours(&[group]) * 1.10,
            "peak_agents" => group.peak_agents(),
            "blended_live_n_hours" => live.map(|n| n.agents.as_f64()).sum(),
            "live_workload_hours" => live.map(|n| n.load).sum(),
            "deferred_workload_hours" => group.deferred.iter().map(DeferredClass::total).sum(),
            "idle_at_85_hours" => group.idle.iter().sum(),
            "live_open_hours" => live.filter(|n| n.agents.get() > 0).count() as f64,
            _ => panic!("{quantity}"),
        }
    };
    let all = |quantity: &str| -> f64 { languages.iter().map(|l| one(l.as_str(), quantity)).sum() };
    table().check("language", |key, quantity| match (key, quantity) {
        ("L1_sum", "saving_fraction") => 1.0 - all("blended_hours") / all("silo_hours"),
        ("L1_sum", _) => all(quantity),
        _ => one(key, quantity),
    });
}

#[test]
fn every_channel_alone_needs_what_the_table_says() {
    let scenario = silo();
    let requirement = needs(&scenario);
    table().check("channel", |key, quantity| {
        let id = key.replace('/', "-");
        let queue = scenario
            .queues
            .iter()
            .position(|q| q.id.as_str() == id)
            .unwrap();
        let group = &requirement.groups[requirement.group_of(queue).unwrap()];
        match quantity {
            "contacts" => contacts(&requirement, &[group]),
            "workload_hours" => workload(&requirement, &[group]),
            "silo_hours" => hours(&[group]),
            "peak_agents" => group.peak_agents(),
            "silo_occupancy" => workload(&requirement, &[group]) / hours(&[group]),
            _ => panic!("{quantity}"),
        }
    });
}

#[test]
fn the_upper_tiers_get_their_share_of_the_first_line() {
    let scenario = plain_week();
    let demand = Demand::forecast(&scenario).unwrap();
    let requirement = requirement(&scenario, &demand).unwrap();
    table().check("upper_tiers", |tier, quantity| {
        let tiers = requirement
            .groups
            .iter()
            .filter(|g| g.skill.tier.as_str() == tier);
        let groups: Vec<&Group> = tiers.collect();
        match quantity {
            "contacts" => contacts(&requirement, &groups),
            "workload_hours" => workload(&requirement, &groups),
            "on_queue_hours" => hours(&groups),
            "non_native_contacts" => {
                // Other languages take a fifth longer.
                let foreign = (demand.streams.iter()).filter(|s| s.agent_seconds == 1.2 * 1100.0);
                foreign.map(|s| s.forecast.mean().total()).sum()
            }
            _ => panic!("{quantity}"),
        }
    });
}
