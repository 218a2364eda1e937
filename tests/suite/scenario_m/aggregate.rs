//! The aggregate allocation and its what-ifs.

use std::collections::BTreeMap;

use wfm::planning::{Scenario, problem};
use wfm::scheduling::{Allocation, AllocationPlan, Problem, allocate};
use wfm::units::Probability;
use wfm::workforce::{Policy, Pool, Scope, Skill, Tier};

use super::{needs, plain_week, silo, table};
use crate::reference::solvers;

/// The scenario of the document's allocation: a tenth on top for shifts, no residency rule.
pub(super) fn base() -> Scenario {
    budgeted(plain_week())
}

fn budgeted(mut scenario: Scenario) -> Scenario {
    scenario.staffing.allowance = 1.10;
    scenario.policies.retain(|p| p.kind() != "residency");
    scenario
}

pub(super) fn pool<'a>(scenario: &'a mut Scenario, id: &str) -> &'a mut Pool {
    let found = scenario.pools.iter_mut().find(|p| p.id.as_str() == id);
    found.unwrap()
}

fn set_floor(scenario: &mut Scenario, new: f64) {
    for policy in &mut scenario.policies {
        if let Policy::CsatFloor {
            scope: Scope::Overall,
            floor,
            ..
        } = policy
        {
            *floor = Probability::new(new).unwrap();
        }
    }
}

fn set_share(scenario: &mut Scenario, new: f64) {
    for policy in &mut scenario.policies {
        if let Policy::VendorShare { share, .. } = policy {
            *share = Probability::new(new).unwrap();
        }
    }
}

/// The scenario of a key of the reference table: what changes, and by how much.
pub(super) fn variant(key: &str) -> Scenario {
    if let Some(allowance) = key.strip_prefix("silo_allowance_") {
        let mut scenario = budgeted(silo());
        scenario.staffing.allowance = allowance.parse().unwrap();
        return scenario;
    }
    let mut scenario = base();
    let words: Vec<&str> = key.split('_').collect();
    let drop = |scenario: &mut Scenario, kind| scenario.policies.retain(|p| p.kind() != kind);
    match words[..] {
        ["base"] => {}
        ["silo"] => return budgeted(silo()),
        ["no", "policies"] => scenario.policies.clear(),
        ["no", "csat", "floor"] => drop(&mut scenario, "csat_floor"),
        ["no", "vendor", "share"] => drop(&mut scenario, "vendor_share"),
        ["csat", "floor", floor] => set_floor(&mut scenario, floor.parse().unwrap()),
        ["vendor", "share", share] => set_share(&mut scenario, share.parse().unwrap()),
        ["need", factor] => scenario.staffing.allowance *= factor[1..].parse::<f64>().unwrap(),
        ["volume", factor] => {
            for stream in &mut scenario.streams {
                stream.volume_factor *= factor[1..].parse::<f64>().unwrap();
            }
        }
        [id, "max", hours] => {
            pool(&mut scenario, id).limits.week_hours_max = Some(hours.parse().unwrap());
        }
        [id, "closed"] => scenario.pools.retain(|p| p.id.as_str() != id),
        _ => panic!("{key}"),
    }
    scenario
}

pub(super) fn allocated(scenario: &Scenario) -> Option<AllocationPlan> {
    let problem = problem(scenario, &needs(scenario));
    Some(allocate(&problem, &Tier::from("L1"), solvers()?).unwrap())
}

struct Cheapest {
    cost: f64,
    bound: f64,
    hours: Vec<Allocation>,
    contacts: f64,
    problem: Problem,
}

fn cheapest(scenario: &Scenario) -> Option<Cheapest> {
    let requirement = needs(scenario);
    let problem = problem(scenario, &requirement);
    let first = scenario.queues.iter().zip(&requirement.queues);
    let first = first.filter(|(q, _)| q.skill.tier.as_str() == "L1");
    let contacts = first.map(|(_, need)| need.contacts()).sum();
    match allocate(&problem, &Tier::from("L1"), solvers()?).unwrap() {
        AllocationPlan::Cheapest { cost, bound, hours } => Some(Cheapest {
            cost: cost.get(),
            bound,
            hours,
            contacts,
            problem,
        }),
        AllocationPlan::Impossible(refusal) => panic!("{refusal}"),
    }
}

impl Cheapest {
    /// Hours of every allocation, weighted by what its pool is worth.
    fn sum(&self, weight: impl Fn(&Pool) -> f64) -> f64 {
        let pool = |a: &Allocation| self.problem.pools.iter().find(|p| p.id == a.pool);
        let own = self.hours.iter();
        own.map(|a| weight(pool(a).unwrap()) * a.hours).sum()
    }

    fn csat(&self) -> f64 {
        let satisfied = self.sum(|p| p.csat.unwrap().get() * p.efficiency());
        satisfied / self.sum(Pool::efficiency)
    }
}

#[test]
fn every_what_if_costs_what_the_table_says() {
    let mut found = BTreeMap::new();
    for key in table().keys("allocation") {
        let Some(plan) = cheapest(&variant(key)) else {
            return;
        };
        assert!(
            plan.bound <= plan.cost + 1e-6,
            "{key}: bound {} above cost",
            plan.bound
        );
        assert!(
            plan.cost - plan.bound <= 1e-6 * plan.cost,
            "{key}: bound {}",
            plan.bound
        );
        found.insert(key.to_owned(), plan);
    }
    let base = found["base"].cost;
    table().check("allocation", |key, quantity| {
        let plan = &found[key];
        match quantity {
            "cost" => plan.cost,
            "delta" => plan.cost - base,
            "cost_per_contact" => plan.cost / plan.contacts,
            "csat_overall" => plan.csat(),
            hours => {
                let id = hours.strip_prefix("hours_").unwrap();
                plan.sum(|p| f64::from(p.id.as_str() == id))
            }
        }
    });
}

/// Costs along a chain of variants.
fn costs(keys: &[&str]) -> Option<Vec<f64>> {
    keys.iter()
        .map(|key| Some(cheapest(&variant(key))?.cost))
        .collect()
}

#[test]
fn tighter_rules_are_never_cheaper() {
    for chain in [
        &[
            "no_csat_floor",
            "base",
            "csat_floor_0.901",
            "csat_floor_0.9025",
            "csat_floor_0.906",
        ][..],
        &[
            "no_vendor_share",
            "base",
            "vendor_share_0.5",
            "vendor_share_0.45",
        ],
        &["no_policies", "no_csat_floor", "base"],
        &["base", "LIS_max_3200", "LIS_max_3000", "LIS_max_2800"],
        &["base", "PHL_max_1700", "PHL_max_1150", "PHL_max_600"],
        &["need_x0.90", "base", "need_x1.05", "need_x1.10"],
        &["volume_x0.90", "base", "volume_x1.05", "volume_x1.10"],
    ] {
        let Some(costs) = costs(chain) else { return };
        assert!(
            costs.is_sorted_by(|a, b| *a <= b + 0.01),
            "{chain:?}: {costs:?}"
        );
    }
}

#[test]
fn one_more_skill_is_never_dearer() {
    let scenario = base();
    let Some(plain) = cheapest(&scenario) else {
        return;
    };
    let skills: Vec<Skill> = (plain.problem.groups.iter())
        .map(|g| g.skill.clone())
        .filter(|s| s.tier.as_str() == "L1")
        .collect();
    for id in ["BCN", "PAR", "SAT", "CRI", "PHL"] {
        for skill in &skills {
            let mut wider = scenario.clone();
            let pool = pool(&mut wider, id);
            if pool.serves(skill) {
                continue;
            }
            pool.skills.push(skill.clone());
            let cost = cheapest(&wider).unwrap().cost;
            assert!(cost <= plain.cost + 0.01, "{id} {skill}: {cost}");
        }
    }
}
