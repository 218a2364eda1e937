//! Named agents of a pool: what can be wrong with them, and how they limit its contracts.

use std::collections::{BTreeMap, BTreeSet};

use super::scenario::Scenario;
use crate::calendar::{DateTime, Utc};
use crate::workforce::{Contract, Fault, FaultCode, Pool, Staff, WishFor};

/// Weights up to here; open shifts count more than any wish.
const HEAVIEST: f64 = 1000.0;

/// A pool as the schedule sees it: of each contract there are at most as many agents as are named,
/// and at least those who are never away.
pub(super) fn limited(pool: &Pool) -> Pool {
    let mut pool = pool.clone();
    let Some(staff) = &pool.staff else {
        return pool;
    };
    pool.contracts = pool.contracts_in_force();
    for contract in &mut pool.contracts {
        let [named, present] = counts(staff, &contract.id);
        contract.agents_max = Some(contract.agents_max.map_or(named, |most| most.min(named)));
        contract.agents_min = contract.agents_min.max(present);
    }
    pool
}

/// Agents of a contract who are named, and those of them who are never away.
fn counts(staff: &Staff, contract: &str) -> [u32; 2] {
    let own = || staff.agents.iter().filter(|a| a.contract == contract);
    let is_away = |name: &str| staff.absences.iter().any(|a| a.agent == name);
    let present = own().filter(|a| !is_away(&a.name));
    [own().count(), present.count()].map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

/// The faults of a pool's agents and of what is said about them.
pub(super) fn faults(path: &str, pool: &Pool, scenario: &Scenario, found: &mut Vec<Fault>) {
    let Some(staff) = &pool.staff else { return };
    limits(path, pool, staff, found);
    let path = format!("{path}.staff");
    agents(&path, pool, staff, found);
    let names: BTreeSet<&str> = staff.agents.iter().map(|a| a.name.as_str()).collect();
    let absences = staff
        .absences
        .iter()
        .map(|a| (a.agent.as_str(), a.start, a.end));
    known(
        &format!("{path}.absences"),
        &names,
        absences.clone().map(|a| a.0),
        found,
    );
    times(&format!("{path}.absences"), "absence", absences, found);
    let wishes = staff.wishes.iter().map(|w| w.agent.as_str());
    known(&format!("{path}.wishes"), &names, wishes, found);
    wished(&format!("{path}.wishes"), pool, staff, found);
    let worked = staff
        .worked
        .iter()
        .map(|w| (w.agent.as_str(), w.start, w.end));
    known(
        &format!("{path}.worked"),
        &names,
        worked.clone().map(|w| w.0),
        found,
    );
    times(&format!("{path}.worked"), "shift", worked, found);
    history(&format!("{path}.worked"), scenario, staff, found);
    let fairness = staff.fairness;
    if !(fairness.weight >= 0.0 && fairness.weight <= HEAVIEST) {
        found.push(Fault::at(
            format!("{path}.fairness.weight"),
            FaultCode::OutOfRange,
            format!("a weight of {}", fairness.weight),
            "give a weight from 0 to 1000",
        ));
    }
}

fn agents(path: &str, pool: &Pool, staff: &Staff, found: &mut Vec<Fault>) {
    if staff.agents.is_empty() {
        found.push(Fault::at(
            format!("{path}.agents"),
            FaultCode::MissingKey,
            format!("pool `{}` names no agent", pool.id),
            "name its agents, or leave them out for anonymous ones",
        ));
    }
    let contracts = pool.contracts_in_force();
    let mut seen = BTreeSet::new();
    for (index, agent) in staff.agents.iter().enumerate() {
        if !seen.insert(&agent.name) {
            found.push(Fault::at(
                format!("{path}.agents[{index}].agent"),
                FaultCode::Duplicate,
                format!("agent `{}` is given twice", agent.name),
                "give each agent a name of their own; more rows of one agent are for other days",
            ));
        }
        if !contracts.iter().any(|c| c.id == agent.contract) {
            found.push(Fault::at(
                format!("{path}.agents[{index}].contract"),
                FaultCode::UnknownReference,
                format!(
                    "agent `{}` has contract `{}`, which pool `{}` does not",
                    agent.name, agent.contract, pool.id
                ),
                unknown_contract(&contracts),
            ));
        }
        for entry in &agent.available {
            if entry
                .minutes
                .is_some_and(|(from, to)| from >= to || from >= 1440 || to > 2880)
            {
                found.push(Fault::at(
                    format!("{path}.agents[{index}].to"),
                    FaultCode::OverlappingHours,
                    format!("agent `{}` is available at no time of the day", agent.name),
                    "let `to` be another time than `from`; leave both out for any time",
                ));
            }
        }
    }
}

/// Contracts have at least and at most as many agents as their names can make up.
fn limits(path: &str, pool: &Pool, staff: &Staff, found: &mut Vec<Fault>) {
    if staff.agents.is_empty() {
        return;
    }
    for (index, contract) in pool.contracts.iter().enumerate() {
        let path = format!("{path}.contracts[{index}]");
        let [named, present] = counts(staff, &contract.id);
        let (id, least) = (&contract.id, contract.agents_min);
        if least > named {
            found.push(Fault::at(
                format!("{path}.agents_min"),
                FaultCode::ImpossibleLimits,
                format!("contract `{id}` has at least {least} agents, and {named} are named"),
                "name as many agents with this contract, or let its fewest agents be fewer",
            ));
        }
        if let Some(most) = contract.agents_max.filter(|&most| most < present) {
            found.push(Fault::at(
                format!("{path}.agents_max"),
                FaultCode::ImpossibleLimits,
                format!(
                    "contract `{id}` has at most {most} agents, and {present} are named who are \
                     never away"
                ),
                "leave the most agents out where agents have names, or name fewer",
            ));
        }
    }
}

fn unknown_contract(contracts: &[Contract]) -> String {
    let names: Vec<&str> = contracts.iter().map(|c| c.id.as_str()).collect();
    if names == [""] {
        "leave the contract empty, or define `contracts` of the pool".to_owned()
    } else {
        format!("name one of {}", names.join(", "))
    }
}

/// Every name belongs to an agent.
fn known<'a>(
    path: &str,
    names: &BTreeSet<&str>,
    used: impl Iterator<Item = &'a str>,
    found: &mut Vec<Fault>,
) {
    for (index, name) in used.enumerate().filter(|(_, name)| !names.contains(name)) {
        let near = names
            .iter()
            .max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)));
        let action = near.map_or_else(
            || "name the agents of the pool first".to_owned(),
            |near| format!("name an agent of the pool; the nearest is `{near}`"),
        );
        found.push(Fault::at(
            format!("{path}[{index}].agent"),
            FaultCode::UnknownReference,
            format!("unknown agent `{name}`"),
            action,
        ));
    }
}

/// A stretch of time and its place in the list.
type Placed = (DateTime<Utc>, DateTime<Utc>, usize);

/// Stretches of time end after they begin, and those of one agent do not overlap.
fn times<'a>(
    path: &str,
    noun: &str,
    stretches: impl Iterator<Item = (&'a str, DateTime<Utc>, DateTime<Utc>)>,
    found: &mut Vec<Fault>,
) {
    let mut by_agent: BTreeMap<&str, Vec<Placed>> = BTreeMap::new();
    for (index, (agent, start, end)) in stretches.enumerate() {
        if start >= end {
            found.push(Fault::at(
                format!("{path}[{index}].end"),
                FaultCode::ImpossibleLimits,
                format!("the {noun} of `{agent}` ends before it begins"),
                "let it end after it begins",
            ));
            continue;
        }
        by_agent.entry(agent).or_default().push((start, end, index));
    }
    for (agent, mut own) in by_agent {
        own.sort_unstable();
        let mut until: Option<DateTime<Utc>> = None;
        for (start, end, index) in own {
            if until.is_some_and(|until| start < until) {
                found.push(Fault::at(
                    format!("{path}[{index}].start"),
                    FaultCode::Duplicate,
                    format!("this {noun} of `{agent}` overlaps another one"),
                    "join them, or let one end where the next begins",
                ));
            }
            until = Some(until.map_or(end, |u| u.max(end)));
        }
    }
}

fn wished(path: &str, pool: &Pool, staff: &Staff, found: &mut Vec<Fault>) {
    for (index, wish) in staff.wishes.iter().enumerate() {
        if let WishFor::Shift(kind) = &wish.what
            && !pool.shifts.iter().any(|s| s.id == *kind)
        {
            let names: Vec<&str> = pool.shifts.iter().map(|s| s.id.as_str()).collect();
            found.push(Fault::at(
                format!("{path}[{index}].wish"),
                FaultCode::UnknownReference,
                format!("pool `{}` offers no shift `{kind}`", pool.id),
                format!(
                    "wish for free, work, early, late, night or one of {}",
                    names.join(", ")
                ),
            ));
        }
        if !(wish.weight >= 0.0 && wish.weight <= HEAVIEST) {
            found.push(Fault::at(
                format!("{path}[{index}].weight"),
                FaultCode::OutOfRange,
                format!("a weight of {}", wish.weight),
                "give a weight from 0 to 1000",
            ));
        }
    }
}

/// What was worked began before the horizon and was a shift of at most a day.
fn history(path: &str, scenario: &Scenario, staff: &Staff, found: &mut Vec<Fault>) {
    let Ok(grid) = scenario.horizon.grid() else {
        return;
    };
    for (index, worked) in staff.worked.iter().enumerate() {
        if worked.start >= grid.start() {
            found.push(Fault::at(
                format!("{path}[{index}].start"),
                FaultCode::ImpossibleLimits,
                format!("this shift of `{}` lies in the horizon", worked.agent),
                "give shifts that began before the first day of the horizon",
            ));
        }
        if (worked.end - worked.start).num_hours() >= 24 {
            found.push(Fault::at(
                format!("{path}[{index}].end"),
                FaultCode::OutOfRange,
                format!("this shift of `{}` has a day or more", worked.agent),
                "give each shift a row of its own",
            ));
        }
    }
}
