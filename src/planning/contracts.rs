//! What can be wrong with contracts.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::calendar::NaiveDate;
use crate::scheduling::law::contradictions;
use crate::scheduling::starts;
use crate::units::Probability;
use crate::workforce::{Contract, Fault, FaultCode, Pool};

/// Longer shifts are refused elsewhere.
const DAY: Duration = Duration::from_secs(86_400);

/// The faults of a pool's contracts, and shifts that none of them allows.
pub(super) fn faults(path: &str, pool: &Pool, first: NaiveDate, found: &mut Vec<Fault>) {
    let mut names = BTreeSet::new();
    for (index, contract) in pool.contracts.iter().enumerate() {
        let path = format!("{path}.contracts[{index}]");
        if !names.insert(&contract.id) {
            found.push(Fault::at(
                format!("{path}.id"),
                FaultCode::Duplicate,
                format!("contract `{}` is given twice", contract.id),
                "give each contract of a pool its own name",
            ));
        }
        own(&path, pool, contract, found);
    }
    if pool.price.base_pay.is_some() && pool.law.is_none() {
        found.push(Fault::at(
            format!("{path}.price.base_pay_per_hour"),
            FaultCode::ImpossibleLimits,
            format!(
                "base pay of pool `{}` is for the premiums of a law, and it has none",
                pool.id
            ),
            "give the pool a `law`, or remove the base pay",
        ));
    }
    if let Some(law) = &pool.law {
        let faults = law.check().into_iter();
        found.extend(faults.map(|fault| of_law(&format!("{path}.law"), &law.id, fault)));
        for (index, contract) in pool.contracts.iter().enumerate() {
            let faults = contradictions(law, contract.guaranteed_hours, contract.week_days);
            let path = format!("{path}.contracts[{index}]");
            found.extend(faults.into_iter().map(|fault| at(&path, fault)));
        }
        for (index, shift) in pool.shifts.iter().enumerate() {
            let mut week = first.iter_days().take(7);
            if shift.length <= DAY && week.all(|day| starts(pool, shift, day).is_empty()) {
                found.push(Fault::at(
                    format!("{path}.shifts[{index}]"),
                    FaultCode::ImpossibleLimits,
                    format!("law `{}` permits no start of shift `{}`", law.id, shift.id),
                    "shorten it, move its window, or change the law's parameters",
                ));
            }
        }
    }
    shares(path, pool, found);
    let contracts = pool.contracts_in_force();
    for (index, shift) in pool.shifts.iter().enumerate() {
        let hours = shift.length.as_secs_f64() / 3600.0;
        if !(contracts.iter()).any(|c| c.allows(&shift.id) && hours <= c.week_hours) {
            found.push(Fault::at(
                format!("{path}.shifts[{index}]"),
                FaultCode::ImpossibleLimits,
                format!(
                    "no contract of pool `{}` allows shift `{}` of {hours} hours",
                    pool.id, shift.id
                ),
                "name the shift in a contract with enough weekly hours, or remove it",
            ));
        }
    }
}

/// Shares of the contracts that leave no way to divide the agents.
fn shares(path: &str, pool: &Pool, found: &mut Vec<Fault>) {
    let least = |c: &Contract| c.share_min.map_or(0.0, Probability::get);
    let most = |c: &Contract| c.share_max.map_or(1.0, Probability::get);
    for (index, contract) in pool.contracts.iter().enumerate() {
        if least(contract) > most(contract) {
            found.push(Fault::at(
                format!("{path}.contracts[{index}].share_min"),
                FaultCode::ImpossibleLimits,
                format!("contract `{}` has at least more than at most", contract.id),
                "give a smallest share that is not above the largest",
            ));
        }
    }
    let sums = [least, most].map(|share| pool.contracts.iter().map(share).sum::<f64>());
    if !pool.contracts.is_empty() && (sums[0] > 1.0 + 1e-9 || sums[1] < 1.0 - 1e-9) {
        found.push(Fault::at(
            format!("{path}.contracts"),
            FaultCode::ImpossibleLimits,
            format!(
                "the shares of the contracts of pool `{}` add up to {} at least and {} at most",
                pool.id, sums[0], sums[1]
            ),
            "let the smallest shares add up to 1 or less and the largest to 1 or more",
        ));
    }
}

fn own(path: &str, pool: &Pool, contract: &Contract, found: &mut Vec<Fault>) {
    let (hours, guaranteed) = (contract.week_hours, contract.guaranteed_hours);
    if !(hours > 0.0 && hours <= 168.0) {
        found.push(Fault::at(
            format!("{path}.week_hours"),
            FaultCode::OutOfRange,
            format!("{hours} hours in a week"),
            "give hours above 0 and not above 168",
        ));
    }
    if !(guaranteed >= 0.0 && guaranteed <= hours) {
        found.push(Fault::at(
            format!("{path}.guaranteed_hours"),
            FaultCode::ImpossibleLimits,
            format!("{guaranteed} of at most {hours} hours are guaranteed"),
            "guarantee no more hours than may be worked",
        ));
    }
    if !(1..=7).contains(&contract.week_days) {
        found.push(Fault::at(
            format!("{path}.week_days"),
            FaultCode::OutOfRange,
            format!("{} days in a week", contract.week_days),
            "give 1 to 7 days",
        ));
    }
    if contract
        .agents_max
        .is_some_and(|most| most < contract.agents_min)
    {
        found.push(Fault::at(
            format!("{path}.agents_min"),
            FaultCode::ImpossibleLimits,
            format!(
                "at least {} agents and at most {}",
                contract.agents_min,
                contract.agents_max.unwrap_or_default()
            ),
            "let the fewest agents be no more than the most",
        ));
    }
    if contract.days_off_together > 3 {
        found.push(Fault::at(
            format!("{path}.days_off_together"),
            FaultCode::OutOfRange,
            format!("{} days off together", contract.days_off_together),
            "give at most 3, which a week with a single shift always has",
        ));
    }
    if contract
        .days_off_together
        .saturating_add(contract.week_days)
        > 7
    {
        found.push(Fault::at(
            format!("{path}.days_off_together"),
            FaultCode::ImpossibleLimits,
            format!(
                "{} days off together beside {} days of work in a week",
                contract.days_off_together, contract.week_days
            ),
            "let the days off and the days of work fit into seven days",
        ));
    }
    for kind in &contract.shifts {
        if !pool.shifts.iter().any(|s| s.id == *kind) {
            found.push(Fault::at(
                format!("{path}.shifts"),
                FaultCode::UnknownReference,
                format!("pool `{}` offers no shift `{kind}`", pool.id),
                "name one of the pool's shifts",
            ));
        }
    }
}

/// A fault at another place, its own place in front of what is wrong.
fn at(path: &str, fault: Fault) -> Fault {
    let what = format!("{}: {}", fault.place, fault.what);
    Fault::at(path, fault.code, what, fault.action)
}

/// A fault of a law's parameters where the pool names the law.
fn of_law(path: &str, id: &str, fault: Fault) -> Fault {
    let parameter = fault.place.path.unwrap_or_default();
    let parameter = parameter.strip_prefix(id).unwrap_or(&parameter);
    let what = format!("law `{id}`: {}", fault.what);
    Fault::at(format!("{path}{parameter}"), fault.code, what, fault.action)
}
