//! Agents behind the shifts: a week has as many as its contracts ask for, and their guaranteed
//! hours are paid whether they are worked or not.
//!
//! ```text
//! Σ_{j on day d} x_j ≤ Σ_c n_c                                     each day
//! Σ_{j on d, end > τ} x_j + Σ_{j on d+1, start < τ + rest} x_j ≤ Σ_c n_c   each day, end τ
//! Σ_j x_j ≤ Σ_c days_c n_c                                         each week
//! Σ_j hours_j x_j ≤ Σ_c hours_c n_c                                each week
//! Σ_c guaranteed_c n_c − Σ_j hours_j x_j ≤ unused                  each week
//! unused costs the pool's price
//! ```
//!
//! At the edges of the horizon the most hours take a shift whole, guaranteed ones only its part inside,
//! which is what is paid.
//!
//! `pattern` adds days off together, weekends and the mix of contracts.
//!
//! These are what tours need at the least; fractions of agents may do. Contracts that share a kind
//! of shift are counted together. Where all of them say how many agents there are at most, that
//! number stands in place of `Σ n`. Source of the rests: Hall's condition for the matching of one
//! day's shifts with the next day's.

mod check;
mod pattern;

use std::collections::BTreeSet;

pub(in crate::scheduling) use check::{noons, unworked_hours};
pub(in crate::scheduling) use pattern::is_weekend;

use super::{Cover, Rule, days};
use crate::calendar::{DateTime, NaiveDate, TimeDelta, Utc};
use crate::milp::{Kind, Sense, Variable};
use crate::scheduling::cover::CoverModel;
use crate::scheduling::tours::rest_between_shifts;
use crate::scheduling::{Problem, Schedule};
use crate::units::{Money, whole};
use crate::workforce::{Contract, Pool, ShiftTypeId};

#[derive(Debug)]
pub(super) struct AgentsByContract;

/// Variables for the agents of one contract in one week, or what they are paid for nothing.
#[derive(Debug, Clone, Copy)]
pub(in crate::scheduling) struct HeadcountVariable {
    pub(in crate::scheduling) pool: usize,
    pub(in crate::scheduling) week: usize,
    pub(in crate::scheduling) what: Head,
    pub(in crate::scheduling) variable: Variable,
}

/// What a headcount variable counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scheduling) enum Head {
    /// Agents of the contract at a position.
    Agents(usize),
    /// Agents of the contract at a position whose days off together begin on a day of the week.
    Off(usize, usize),
    /// Guaranteed hours that nobody works, of all contracts of a cluster.
    Unused,
}

/// Contracts of a pool that share kinds of shift, by position.
fn clusters(pool: &Pool) -> Vec<Vec<usize>> {
    let kinds = |c: &Contract| -> BTreeSet<usize> {
        let kinds = pool.shifts.iter().enumerate();
        kinds
            .filter(|(_, k)| c.allows(&k.id))
            .map(|(i, _)| i)
            .collect()
    };
    let mut clusters: Vec<(BTreeSet<usize>, Vec<usize>)> = Vec::new();
    for (index, contract) in pool.contracts.iter().enumerate() {
        let mut joined = (kinds(contract), vec![index]);
        clusters.retain(|(known, members)| {
            let is_apart = known.is_disjoint(&joined.0);
            if !is_apart {
                joined.0.extend(known);
                joined.1.extend(members);
            }
            is_apart
        });
        joined.1.sort_unstable();
        clusters.push(joined);
    }
    clusters.into_iter().map(|(_, members)| members).collect()
}

/// One week of some contracts: the shifts are those of a list, by position.
struct Week<'p> {
    pool: &'p Pool,
    contracts: Vec<&'p Contract>,
    members: Vec<usize>,
    number: usize,
    /// First local day of the horizon.
    first: NaiveDate,
    /// Part of a full week that lies in the horizon.
    share: f64,
}

/// A shift as the rule sees it.
#[derive(Debug, Clone, Copy)]
struct Worked {
    day: NaiveDate,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

/// A row of the rule: what it is about, its shifts with weights, and what one agent of each
/// contract adds to the other side.
struct Need {
    about: String,
    shifts: Vec<(usize, f64)>,
    agent: fn(&Contract) -> f64,
    /// Whether it is the law that asks; the others only say what agents are.
    is_law: bool,
}

fn weeks<'p>(problem: &Problem, pool: &'p Pool) -> Vec<Week<'p>> {
    let days = days(problem, pool);
    let mut found = Vec::new();
    for number in 0..days.len().div_ceil(7) {
        for members in clusters(pool) {
            found.push(Week {
                pool,
                contracts: members.iter().map(|&c| &pool.contracts[c]).collect(),
                members,
                number,
                first: days.first().copied().unwrap_or_default(),
                share: (days.len() - number * 7).min(7) as f64 / 7.0,
            });
        }
    }
    found
}

impl Week<'_> {
    /// Whether a shift of a kind that starts on a day is one of these.
    fn holds(&self, kind: &ShiftTypeId, day: NaiveDate) -> bool {
        let since = (day - self.first).num_days().max(0);
        usize::try_from(since / 7) == Ok(self.number)
            && self.contracts.iter().any(|c| c.allows(kind))
    }

    /// What the rule asks of these shifts.
    fn needs(&self, shifts: &[(usize, Worked)]) -> Vec<Need> {
        let days: BTreeSet<NaiveDate> = shifts.iter().map(|(_, s)| s.day).collect();
        let rest = rest_between_shifts(self.pool, self.first);
        let mut needs = Vec::new();
        for &day in &days {
            let on = |d: NaiveDate| shifts.iter().filter(move |(_, s)| s.day == d);
            needs.push(Need {
                about: day.to_string(),
                shifts: on(day).map(|(i, _)| (*i, 1.0)).collect(),
                agent: |_| 1.0,
                is_law: false,
            });
            let Some(next) = day.succ_opt() else { continue };
            let ends: BTreeSet<DateTime<Utc>> = on(day).map(|(_, s)| s.end).collect();
            for end in ends {
                let soon: Vec<_> = on(next).filter(|(_, s)| s.start < end + rest).collect();
                if soon.is_empty() {
                    continue;
                }
                let late = on(day).filter(|(_, s)| s.end >= end);
                needs.push(Need {
                    about: format!(
                        "{day} rest from {}",
                        self.pool.zone.local(end).format("%H:%M")
                    ),
                    shifts: late.chain(soon).map(|(i, _)| (*i, 1.0)).collect(),
                    agent: |_| 1.0,
                    is_law: true,
                });
            }
        }
        let all = shifts.iter();
        needs.push(Need {
            about: "days".to_owned(),
            shifts: all.clone().map(|(i, _)| (*i, 1.0)).collect(),
            agent: |c| f64::from(c.week_days),
            is_law: false,
        });
        needs.push(Need {
            about: "hours".to_owned(),
            shifts: all.map(|(i, s)| (*i, hours(s))).collect(),
            agent: |c| c.week_hours,
            is_law: false,
        });
        needs
    }

    fn name(&self, about: &str) -> String {
        let names: Vec<&str> = self.contracts.iter().map(|c| c.id.as_str()).collect();
        let week = if self.number == 0 {
            String::new()
        } else {
            format!(" week {}", self.number + 1)
        };
        format!(
            "headcount {} {}{week} {about}",
            self.pool.id,
            names.join("+")
        )
    }

    fn guarantees(&self) -> bool {
        self.contracts.iter().any(|c| c.guaranteed_hours > 0.0)
    }

    /// Days of the week that lie in the horizon.
    fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let begin = i64::try_from(self.number).unwrap_or(0) * 7;
        let first = self.first.checked_add_signed(TimeDelta::days(begin));
        let last: u32 = whole::round(self.share * 7.0);
        let days = first.unwrap_or(self.first).iter_days();
        days.take(usize::try_from(last).unwrap_or(7))
    }

    /// Most agents, where every contract says how many.
    fn most(&self) -> Option<Vec<f64>> {
        self.contracts
            .iter()
            .map(|c| c.agents_max.map(f64::from))
            .collect()
    }
}

fn hours(shift: &Worked) -> f64 {
    (shift.end - shift.start).num_minutes() as f64 / 60.0
}

/// What a schedule's agents are guaranteed and do not work, at the pool's price.
pub(in crate::scheduling) fn unused_guarantee(
    problem: &Problem,
    schedule: &Schedule,
    (index, pool): (usize, &Pool),
) -> Money {
    let unused = weeks(problem, pool).into_iter().map(|week| {
        let own = schedule.headcount.iter();
        let own = own.filter(|h| (h.pool, h.week) == (index, week.number));
        let guaranteed: f64 = own
            .filter(|h| week.members.contains(&h.contract))
            .map(|h| h.agents * pool.contracts[h.contract].guaranteed_hours * week.share)
            .sum();
        let shifts = schedule.shifts.iter().filter(|s| s.pool == pool.id);
        let worked: f64 = shifts
            .filter(|s| week.holds(&s.shift_type, pool.zone.local(s.start).date()))
            .map(|s| {
                let inside = problem.grid.inside(s.start, s.end).num_minutes();
                inside as f64 / 60.0 * f64::from(s.count)
            })
            .sum();
        (guaranteed - worked).max(0.0)
    });
    pool.price.per_hour * unused.sum::<f64>()
}

fn constrain_week(cover: &mut CoverModel<'_>, index: usize, week: &Week<'_>) {
    let shifts: Vec<(usize, Worked)> = (cover.candidates.iter().enumerate())
        .filter(|(_, c)| c.pool == index)
        .filter(|(_, c)| week.holds(&week.pool.shifts[c.shift_type].id, c.day))
        .map(|(i, c)| {
            let length = week.pool.shifts[c.shift_type].length;
            let end = c.start + TimeDelta::from_std(length).unwrap_or_default();
            let (day, start) = (c.day, c.start);
            (i, Worked { day, start, end })
        })
        .collect();
    let needs = week.needs(&shifts);
    if let Some(most) = week.most() {
        for need in &needs {
            let terms = need
                .shifts
                .iter()
                .map(|&(i, a)| (cover.people[i], a))
                .collect();
            let agents = week.contracts.iter().zip(&most);
            let right = agents.map(|(c, n)| (need.agent)(c) * n).sum();
            let name = week.name(&format!("most {}", need.about));
            cover.add_rule_row(name, terms, Sense::AtMost, right);
        }
    }
    if !week.pool.contracts.iter().any(Contract::counts_agents) {
        return;
    }
    // An agent for each shift keeps every row.
    let people = shifts.iter().map(|(i, _)| cover.people[*i]);
    let most: f64 = people.map(|v| cover.model.bounds(v).1).sum();
    let agents: Vec<Variable> = (week.contracts.iter().zip(&week.members))
        .map(|(contract, &member)| {
            let name = format!("{} {}", week.name("agents"), contract.id);
            let upper = contract.agents_max.map_or(most, |n| most.min(f64::from(n)));
            let lower = f64::from(contract.agents_min);
            let upper = upper.max(lower);
            let variable = (cover.model).add_variable(name, lower, upper, 0.0, Kind::Continuous);
            if contract.agents_max.is_none() {
                cover.model.imply_upper(variable);
            }
            cover.headcount.push(HeadcountVariable {
                pool: index,
                week: week.number,
                what: Head::Agents(member),
                variable,
            });
            variable
        })
        .collect();
    for need in &needs {
        let mut terms: Vec<_> = need
            .shifts
            .iter()
            .map(|&(i, a)| (cover.people[i], a))
            .collect();
        let sides = week.contracts.iter().zip(&agents);
        terms.extend(sides.map(|(c, &v)| (v, -(need.agent)(c))));
        let name = week.name(&need.about);
        if need.is_law {
            cover.add_rule_row(name, terms, Sense::AtMost, 0.0);
        } else {
            cover.model.add_row(name, terms, Sense::AtMost, 0.0);
        }
    }
    pattern::days_off(cover, index, week, &shifts, &agents);
    pattern::weekends(cover, week, &shifts, &agents);
    if !week.guarantees() {
        return;
    }
    let price = week.pool.price.per_hour.get();
    let name = week.name("unused hours");
    let paid: f64 = week.contracts.iter().map(|c| c.guaranteed_hours).sum();
    let unused = (cover.model).add_variable(&name, 0.0, paid * most, price, Kind::Continuous);
    cover.model.imply_upper(unused);
    cover.headcount.push(HeadcountVariable {
        pool: index,
        week: week.number,
        what: Head::Unused,
        variable: unused,
    });
    let mut terms: Vec<_> = (shifts.iter())
        .map(|(i, s)| {
            let inside = cover.problem.grid.inside(s.start, s.end);
            (cover.people[*i], -(inside.num_minutes() as f64) / 60.0)
        })
        .collect();
    let sides = week.contracts.iter().zip(&agents);
    terms.extend(sides.map(|(c, &v)| (v, c.guaranteed_hours * week.share)));
    terms.push((unused, -1.0));
    cover.model.add_row(name, terms, Sense::AtMost, 0.0);
}

impl Rule for AgentsByContract {
    fn name(&self) -> &'static str {
        "headcount"
    }

    fn constrain(&self, Cover(cover): &mut Cover<'_, '_>) {
        let problem = cover.problem;
        for (index, pool) in problem.pools.iter().enumerate() {
            for week in weeks(problem, pool) {
                constrain_week(cover, index, &week);
            }
            pattern::mix(cover, index, pool);
        }
    }

    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        check::violations(problem, schedule)
    }
}
