//! Days off together, weekends and the mix of contracts: what tours need of it at the least.
//!
//! ```text
//! Σ_p off_{c,p} = n_c                                       each contract with k days off together
//! Σ_{j on d} x_j ≤ Σ_c n_c − Σ_{c, p: d in p..p+k} off_{c,p}     each day
//! Σ_{j on d} x_j ≤ Σ_c weekend_c n_c                        Saturday, Sunday
//! least_c Σ n ≤ n_c ≤ most_c Σ n                            each contract with a share
//! ```
//!
//! **Source.** Days-off patterns as variables of their own: Bailey (1985).

use super::{Head, HeadcountVariable, Week, Worked};
use crate::calendar::{Datelike, NaiveDate, Weekday};
use crate::milp::{Kind, Sense, Variable};
use crate::scheduling::cover::CoverModel;
use crate::units::Probability;
use crate::workforce::Pool;

/// People on a day, as terms.
fn people(
    cover: &CoverModel<'_>,
    shifts: &[(usize, Worked)],
    day: NaiveDate,
) -> Vec<(Variable, f64)> {
    let on = shifts.iter().filter(|(_, s)| s.day == day);
    on.map(|(i, _)| (cover.people[*i], 1.0)).collect()
}

/// Agents whose contract has days off together are away on them.
pub(super) fn days_off(
    cover: &mut CoverModel<'_>,
    index: usize,
    week: &Week<'_>,
    shifts: &[(usize, Worked)],
    agents: &[Variable],
) {
    let days: Vec<NaiveDate> = week.days().collect();
    let mut away: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); days.len()];
    for ((contract, &member), &agent) in week.contracts.iter().zip(&week.members).zip(agents) {
        let off = usize::try_from(contract.days_off_together).unwrap_or(usize::MAX);
        // A week cut short by the horizon may have its days off beyond it.
        if off < 2 || days.len() < 7 {
            continue;
        }
        let most = cover.model.bounds(agent).1;
        let mut terms = vec![(agent, -1.0)];
        for first in 0..=days.len() - off.min(days.len()) {
            let name = format!(
                "{} {} off from {}",
                week.name("agents"),
                contract.id,
                days[first]
            );
            let variable = (cover.model).add_variable(name, 0.0, most, 0.0, Kind::Continuous);
            cover.model.imply_upper(variable);
            cover.headcount.push(HeadcountVariable {
                pool: index,
                week: week.number,
                what: Head::Off(member, first),
                variable,
            });
            terms.push((variable, 1.0));
            for away in &mut away[first..first + off] {
                away.push((variable, 1.0));
            }
        }
        let name = week.name(&format!("days off {}", contract.id));
        cover.model.add_row(name, terms, Sense::Equal, 0.0);
    }
    for (day, away) in days.into_iter().zip(away) {
        let mut terms = people(cover, shifts, day);
        if terms.is_empty() || away.is_empty() {
            continue;
        }
        terms.extend(away);
        terms.extend(agents.iter().map(|&agent| (agent, -1.0)));
        let name = week.name(&format!("{day} off"));
        cover.add_rule_row(name, terms, Sense::AtMost, 0.0);
    }
}

/// No more people on a Saturday or Sunday than contracts let work on a weekend.
pub(super) fn weekends(
    cover: &mut CoverModel<'_>,
    week: &Week<'_>,
    shifts: &[(usize, Worked)],
    agents: &[Variable],
) {
    if week.contracts.iter().all(|c| c.weekend_share_max.is_none()) {
        return;
    }
    for day in week.days().filter(|&day| is_weekend(day)) {
        let mut terms = people(cover, shifts, day);
        if terms.is_empty() {
            continue;
        }
        let shares = week
            .contracts
            .iter()
            .map(|c| c.weekend_share_max.map_or(1.0, Probability::get));
        terms.extend(
            agents
                .iter()
                .zip(shares)
                .map(|(&agent, share)| (agent, -share)),
        );
        let name = week.name(&format!("{day} weekend"));
        cover.add_rule_row(name, terms, Sense::AtMost, 0.0);
    }
}

/// Whether a day is a Saturday or a Sunday.
pub(in crate::scheduling) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Contracts keep to their shares of the pool's agents in every week.
pub(super) fn mix(cover: &mut CoverModel<'_>, index: usize, pool: &Pool) {
    let heads: Vec<HeadcountVariable> = cover
        .headcount
        .iter()
        .filter(|h| h.pool == index)
        .copied()
        .collect();
    let Some(last) = heads.iter().map(|h| h.week).max() else {
        return;
    };
    for week in 0..=last {
        let agents: Vec<(usize, Variable)> = (heads.iter().filter(|h| h.week == week))
            .filter_map(|h| match h.what {
                Head::Agents(contract) => Some((contract, h.variable)),
                _ => None,
            })
            .collect();
        for (place, contract) in pool.contracts.iter().enumerate() {
            let sides = [
                (contract.share_min, Sense::AtLeast, "least"),
                (contract.share_max, Sense::AtMost, "most"),
            ];
            for (share, sense, word) in sides {
                let Some(share) = share else { continue };
                let weight = |c: usize| f64::from(u8::from(c == place)) - share.get();
                let terms = agents.iter().map(|&(c, v)| (v, weight(c))).collect();
                let name = format!(
                    "headcount {} {} week {} {word} share",
                    pool.id,
                    contract.id,
                    week + 1
                );
                cover.add_rule_row(name, terms, sense, 0.0);
            }
        }
    }
}
