//! A pool works at least so many and at most so many hours in a week.
//!
//! ```text
//! min_p · weeks ≤ Σ_j hours_j x_j ≤ max_p · weeks        each pool p
//! ```

use super::{Cover, Rule, hours_of};
use crate::milp::Sense;
use crate::scheduling::{Problem, Schedule};
use crate::workforce::Pool;

#[derive(Debug)]
pub(super) struct WeekHours;

/// The rows a pool's weekly limits ask for over some weeks: name, sense and hours.
pub(in crate::scheduling) fn limits(pool: &Pool, weeks: f64) -> Vec<(String, Sense, f64)> {
    let least = pool.limits.week_hours_min.filter(|&h| h > 0.0);
    let least = least.map(|h| {
        (
            format!("week_hours_min {}", pool.id),
            Sense::AtLeast,
            h * weeks,
        )
    });
    let most = pool.limits.week_hours_max;
    let most = most.map(|h| {
        (
            format!("week_hours_max {}", pool.id),
            Sense::AtMost,
            h * weeks,
        )
    });
    least.into_iter().chain(most).collect()
}

impl Rule for WeekHours {
    fn name(&self) -> &'static str {
        "week_hours"
    }

    fn constrain(&self, Cover(cover): &mut Cover<'_, '_>) {
        let problem = cover.problem;
        let hours = problem.interval_hours();
        for (p, pool) in problem.pools.iter().enumerate() {
            for (name, sense, limit) in limits(pool, problem.weeks) {
                let terms = cover.people_where(|c| c.pool == p, |c| c.covers.len() as f64 * hours);
                cover.add_rule_row(name, terms, sense, limit);
            }
        }
    }

    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        let mut found = Vec::new();
        for pool in &problem.pools {
            let hours = hours_of(problem, schedule, pool);
            let least = pool
                .limits
                .week_hours_min
                .map_or(0.0, |h| h * problem.weeks);
            let most = pool
                .limits
                .week_hours_max
                .map_or(f64::INFINITY, |h| h * problem.weeks);
            if hours < least - 1e-6 * least || hours > most + 1e-6 * most {
                found.push(format!(
                    "pool `{}` works {hours:.2} hours, not {least:.2} to {most:.2}",
                    pool.id
                ));
            }
        }
        found
    }
}
