//! A pool starts at least so many and at most so many shifts on each of its local days.
//!
//! ```text
//! min_p ≤ Σ_{j starts on d} x_j ≤ max_p        each pool p, local day d
//! ```

use super::{Cover, Rule, days, people_by_day};
use crate::milp::Sense;
use crate::scheduling::{Problem, Schedule};

#[derive(Debug)]
pub(super) struct ShiftsPerDay;

impl Rule for ShiftsPerDay {
    fn name(&self) -> &'static str {
        "shifts_per_day"
    }

    fn constrain(&self, Cover(cover): &mut Cover<'_, '_>) {
        let problem = cover.problem;
        for (p, pool) in problem.pools.iter().enumerate() {
            let limits = [
                (
                    pool.limits.shifts_per_day_min.filter(|&n| n > 0),
                    Sense::AtLeast,
                    "min",
                ),
                (pool.limits.shifts_per_day_max, Sense::AtMost, "max"),
            ];
            for (limit, sense, word) in limits {
                let Some(limit) = limit else { continue };
                for day in days(problem, pool) {
                    let name = format!("shifts_per_day_{word} {} {day}", pool.id);
                    let terms = cover.people_where(|c| c.pool == p && c.day == day, |_| 1.0);
                    cover.add_rule_row(name, terms, sense, f64::from(limit));
                }
            }
        }
    }

    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        let mut found = Vec::new();
        for pool in &problem.pools {
            let people = people_by_day(schedule, pool);
            for day in days(problem, pool) {
                let started = people.get(&day).copied().unwrap_or(0);
                if pool
                    .limits
                    .shifts_per_day_min
                    .is_some_and(|min| started < min)
                    || pool
                        .limits
                        .shifts_per_day_max
                        .is_some_and(|max| started > max)
                {
                    found.push(format!(
                        "pool `{}` starts {started} shifts on {day}",
                        pool.id
                    ));
                }
            }
        }
        found
    }
}
