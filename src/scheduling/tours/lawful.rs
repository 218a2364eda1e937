//! What tours do against the law of their pool.

use super::PoolTours;
use super::terms::law_of;
use crate::scheduling::Problem;
use crate::scheduling::law::{LawContext, LawViolation, law_rules};
use crate::scheduling::rules::days;

/// Everything in which the tours of a pool break its law, with the agent. Its holidays are the pool's
/// special days and public holidays. Breaks are looked at where the kinds of shift state any;
/// elsewhere they are part of the shrinkage.
pub fn law_breaches(problem: &Problem, own: &PoolTours) -> Vec<(String, LawViolation)> {
    let pool = &problem.pools[own.pool];
    let first = days(problem, pool).first().copied().unwrap_or_default();
    let law = law_of(pool, first);
    let mut context = LawContext::new(&law, pool.zone, first);
    context.holidays = pool.holidays_by_law(&law);
    let has_breaks = pool.shifts.iter().any(|s| !s.breaks.is_empty());
    let rules = law_rules::all().into_iter();
    let rules: Vec<_> = rules
        .filter(|r| has_breaks || r.name() != "breaks")
        .collect();
    let mut found = Vec::new();
    for tour in &own.tours {
        for rule in &rules {
            let breaches = rule.violations(&context, tour).into_iter();
            found.extend(breaches.map(|breach| (tour.agent.clone(), breach)));
        }
    }
    found
}
