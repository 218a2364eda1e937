//! The hand check: one market, two languages, two pools. Numbers are in
//! `tests/reference/scenario_s.csv`.

mod clocks;
mod deferred;
mod plan_file;
mod scope;

use std::collections::BTreeMap;
use std::time::Duration;

use wfm::calendar::{Timelike, Zone};
use wfm::milp::Silent;
use wfm::planning::{Plan, Scenario, plan};
use wfm::queueing::{ErlangC, Objective, Performance, QueueModel, Traffic, required_agents};
use wfm::requirements::Requirement;
use wfm::scheduling::Strategy;
use wfm::units::{Erlangs, Fte, Probability, Shrinkage};
use wfm::workforce::{Commitment, Shift, Skill};

use super::reference::{Reference, needs, read, solvers};

const AHT: Duration = Duration::from_secs(300);
const WITHIN: Duration = Duration::from_secs(20);

fn table() -> Reference {
    Reference::read("scenario_s.csv")
}

fn belgium() -> Scenario {
    read("belgium").scenario
}

/// The same calls in one queue, for agents who speak both languages.
fn bilingual() -> Scenario {
    let mut scenario = belgium();
    let skill = Skill::new("L1", "fr+nl");
    scenario.queues.truncate(1);
    scenario.queues[0].skill = skill.clone();
    for stream in &mut scenario.streams {
        stream.skill = skill.clone();
    }
    scenario
}

fn planned(scenario: &Scenario) -> Option<Plan> {
    Some(plan(scenario, &Strategy::new(solvers()?), &Silent).unwrap())
}

fn erlang_c(load: f64, agents: f64) -> Performance {
    ErlangC.performance(
        &Traffic::new(Erlangs::new(load).unwrap(), AHT),
        agents,
        WITHIN,
    )
}

fn intervals_of(block: &str, requirement: &Requirement, zone: Zone) -> Vec<usize> {
    let start: u32 = block[..2].parse().unwrap();
    let hour = |&i: &usize| zone.local(requirement.grid.instant(i)).hour();
    (0..requirement.grid.len())
        .filter(|i| (start..start + 2).contains(&hour(i)))
        .collect()
}

/// The one value that every interval of a block has.
fn uniform(intervals: &[usize], value: impl Fn(usize) -> f64) -> f64 {
    let first = value(intervals[0]);
    assert!(intervals.iter().all(|&i| (value(i) - first).abs() < 1e-9));
    first
}

fn group_of(requirement: &Requirement, language: &str) -> usize {
    let groups = &requirement.groups;
    let found = groups
        .iter()
        .position(|g| g.skill.language.as_str() == language);
    found.unwrap()
}

#[test]
fn every_table_is_checked() {
    let known = [
        "clock",
        "day",
        "deferred",
        "erlang_c",
        "optimum",
        "requirement",
        "shrinkage",
    ];
    assert_eq!(table().tables(), known.into());
}

#[test]
fn erlang_c_gives_the_anchor_values_and_the_smallest_staffing() {
    let target = Objective::service_level(Probability::new(0.8).unwrap(), WITHIN).unwrap();
    let target = target
        .with_occupancy_cap(Probability::new(0.85).unwrap())
        .unwrap();
    table().check("erlang_c", |key, quantity| {
        let load: f64 = key.parse().unwrap();
        let traffic = Traffic::new(Erlangs::new(load).unwrap(), AHT);
        let agents = required_agents(&ErlangC, &traffic, &target)
            .unwrap()
            .as_f64();
        let seen = erlang_c(load, agents);
        match quantity {
            "agents" => agents,
            "wait_probability" => seen.p_wait.get(),
            "service_level" => seen.service_level.offered.get(),
            "service_level_one_fewer" => erlang_c(load, agents - 1.0).service_level.offered.get(),
            "asa_seconds" => seen.asa_seconds,
            "occupancy" => seen.occupancy.get(),
            _ => panic!("{quantity}"),
        }
    });
}

#[test]
fn each_block_needs_what_the_table_says() {
    let (silo, pooled) = (needs(&belgium()), needs(&bilingual()));
    let zone = belgium().horizon.zone;
    table().check("requirement", |key, quantity| {
        let (who, block) = key.split_once(' ').unwrap();
        let inside = intervals_of(block, &silo, zone);
        let agents =
            |r: &Requirement, g: usize| uniform(&inside, |i| r.groups[g].live[i].agents.as_f64());
        match who {
            "sum" => (0..silo.groups.len()).map(|g| agents(&silo, g)).sum(),
            "pooled" => agents(&pooled, 0),
            language => {
                let g = group_of(&silo, language);
                let live = &silo.groups[g].live;
                match quantity {
                    "calls_per_hour" => uniform(&inside, |i| live[i].volume) / 0.5,
                    "load" => uniform(&inside, |i| live[i].load),
                    "agents" => agents(&silo, g),
                    "service_level" => uniform(&inside, |i| {
                        let need = &live[i];
                        erlang_c(need.load, need.agents.as_f64())
                            .service_level
                            .offered
                            .get()
                    }),
                    _ => panic!("{quantity}"),
                }
            }
        }
    });
}

#[test]
fn the_day_adds_up() {
    let requirement = needs(&belgium());
    let plan = planned(&belgium());
    let hours = requirement.grid.interval_length().hours();
    table().check("day", |key, quantity| {
        if key == "total" {
            let load = requirement.queues.iter().flat_map(|q| &q.load);
            return match quantity {
                "calls" => requirement.contacts(),
                "workload_hours" => load.sum::<f64>() * hours,
                _ => panic!("{quantity}"),
            };
        }
        let group = &requirement.groups[group_of(&requirement, key)];
        let calls: f64 = group.live.iter().map(|n| n.volume).sum();
        let answered = group.live.iter().map(|n| {
            n.volume
                * erlang_c(n.load, n.agents.as_f64())
                    .service_level
                    .offered
                    .get()
        });
        let level = answered.sum::<f64>() / calls;
        if let Some(plan) = &plan {
            let queue = &plan.queues[group.queues[0]];
            assert!((queue.service_level.get() - level).abs() < 1e-9, "{key}");
        }
        match quantity {
            "calls" => calls,
            "service_level" => level,
            _ => panic!("{quantity}"),
        }
    });
}

/// People who start in a pool, all day or in one local hour.
fn starting(plan: &Plan, pool: &str, hour: Option<u32>) -> f64 {
    let zone = plan.scenario.horizon.zone;
    let starts = |hour: u32| move |s: &&Shift| zone.local(s.start).hour() == hour;
    let shifts = plan.solved.schedule.shifts.iter();
    let own = shifts.filter(|s| s.pool.as_str() == pool);
    let people: u32 = match hour {
        Some(hour) => own.filter(starts(hour)).map(|s| s.count).sum(),
        None => own.map(|s| s.count).sum(),
    };
    f64::from(people)
}

#[test]
fn the_optimum_is_found_and_proven() {
    let mut plans = BTreeMap::new();
    for key in table().keys("optimum") {
        let mut scenario = belgium();
        match key {
            "base" => {}
            "cap_11" => scenario.pools[1].limits.shifts_per_day_max = Some(11),
            "take_or_pay_15" => scenario.pools[1].commitment = Some(Commitment::ShiftsPerDay(15)),
            _ => panic!("{key}"),
        }
        let Some(plan) = planned(&scenario) else {
            return;
        };
        assert!(
            plan.report.faults.is_empty(),
            "{key}: {:?}",
            plan.report.faults
        );
        plans.insert(key.to_owned(), plan);
    }
    table().check("optimum", |key, quantity| {
        let plan = &plans[key];
        match quantity {
            "cost" => plan.cost().get(),
            "bound" => plan.solved.bound,
            "gap" => plan.solved.gap(),
            "cost_per_contact" => plan.cost_per_contact().unwrap().get(),
            shifts => {
                let (pool, hour) = shifts["shifts_".len()..].split_once('_').map_or_else(
                    || (&shifts["shifts_".len()..], None),
                    |(pool, hour)| (pool, Some(hour.parse().unwrap())),
                );
                starting(plan, pool, hour)
            }
        }
    });
}

#[test]
fn shrinkage_multiplies_and_is_never_added_up() {
    let pool = &belgium().pools[0];
    let on_queue = 6.0 * 8.0 * 5.0;
    let sum = pool.shrinkage_out.get() + pool.shrinkage_in.get();
    let additive = Shrinkage::new(sum).unwrap().gross_up(on_queue);
    let paid = pool.paid_hours(on_queue);
    let together = pool.shrinkage_out.and(pool.shrinkage_in).gross_up(on_queue);
    assert!((together - paid).abs() < 1e-9);
    let fte = |hours| {
        Fte::from_weekly_hours(hours, pool.contract_hours)
            .unwrap()
            .get()
    };
    table().check("shrinkage", |_, quantity| match quantity {
        "on_queue_hours" => on_queue,
        "paid_hours" => paid,
        "fte" => fte(paid),
        "additive_hours" => additive,
        "additive_fte" => fte(additive),
        _ => panic!("{quantity}"),
    });
}
