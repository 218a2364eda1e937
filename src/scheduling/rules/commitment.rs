//! Take or pay: what was committed is paid whether it is used or not.
//!
//! ```text
//! Σ_j used_j x_j + unused ≥ committed        each committed pool, local day or horizon
//! unused costs the pool's price
//! ```

use super::{Cover, Rule, days, hours_of, people_by_day};
use crate::milp::{Kind, Sense, Variable};
use crate::scheduling::cover::CoverModel;
use crate::scheduling::{Problem, Schedule};
use crate::units::Money;
use crate::workforce::{Commitment, Pool};

#[derive(Debug)]
pub(super) struct TakeOrPay;

/// Whether a pool commits whole shifts, so that what it pays for nothing is whole shifts too.
pub(in crate::scheduling) fn commits_shifts(pool: &Pool) -> bool {
    matches!(pool.commitment, Some(Commitment::ShiftsPerDay(_)))
}

/// Price of one unused unit of a commitment: a shift of the first kind, or an hour.
fn unit_price(pool: &Pool) -> f64 {
    let hour = pool.price.per_hour.get();
    match pool.commitment {
        Some(Commitment::ShiftsPerDay(_)) => {
            hour * pool
                .shifts
                .first()
                .map_or(0.0, |s| s.length.as_secs_f64() / 3600.0)
        }
        _ => hour,
    }
}

/// What a pool is paid for commitments that a schedule does not use.
pub(in crate::scheduling) fn unused_commitment(
    problem: &Problem,
    schedule: &Schedule,
    pool: &Pool,
) -> Money {
    let unused = match pool.commitment {
        Some(Commitment::ShiftsPerDay(committed)) => {
            let people = people_by_day(schedule, pool);
            let unused = |d| committed.saturating_sub(people.get(&d).copied().unwrap_or(0));
            days(problem, pool)
                .into_iter()
                .map(|d| f64::from(unused(d)))
                .sum()
        }
        Some(Commitment::HoursPerWeek(committed)) => {
            (committed * problem.weeks - hours_of(problem, schedule, pool)).max(0.0)
        }
        None => 0.0,
    };
    Money::new(unused * unit_price(pool)).unwrap_or_default()
}

/// Adds the row of one commitment, with the variable for what of it is not used.
fn commit(
    cover: &mut CoverModel<'_>,
    pool: usize,
    name: String,
    committed: f64,
    mut used: Vec<(Variable, f64)>,
    kind: Kind,
) {
    let price = unit_price(&cover.problem.pools[pool]);
    let unused = cover
        .model
        .add_variable(format!("unused {name}"), 0.0, committed, price, kind);
    cover.unused.push((pool, unused));
    used.push((unused, 1.0));
    cover.add_rule_row(name, used, Sense::AtLeast, committed);
}

impl Rule for TakeOrPay {
    fn name(&self) -> &'static str {
        "take_or_pay"
    }

    fn constrain(&self, Cover(cover): &mut Cover<'_, '_>) {
        let problem = cover.problem;
        let hours = problem.interval_hours();
        for (p, pool) in problem.pools.iter().enumerate() {
            match pool.commitment {
                Some(Commitment::ShiftsPerDay(committed)) => {
                    for day in days(problem, pool) {
                        let name = format!("take_or_pay {} {day}", pool.id);
                        let used = cover.people_where(|c| c.pool == p && c.day == day, |_| 1.0);
                        commit(cover, p, name, f64::from(committed), used, Kind::Integer);
                    }
                }
                Some(Commitment::HoursPerWeek(committed)) => {
                    let name = format!("take_or_pay {}", pool.id);
                    let used =
                        cover.people_where(|c| c.pool == p, |c| c.covers.len() as f64 * hours);
                    commit(
                        cover,
                        p,
                        name,
                        committed * problem.weeks,
                        used,
                        Kind::Continuous,
                    );
                }
                None => {}
            }
        }
    }

    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        let mut found = Vec::new();
        for pool in &problem.pools {
            let owed = unused_commitment(problem, schedule, pool);
            let costs = schedule.cost.pools.iter().filter(|c| c.pool == pool.id);
            let paid: Money = costs.map(|c| c.unused).sum();
            if (paid - owed).get().abs() > 1e-6 * owed.get().max(1.0) {
                found.push(format!(
                    "pool `{}` is paid {paid} for unused commitments, not {owed}",
                    pool.id
                ));
            }
        }
        found
    }
}
