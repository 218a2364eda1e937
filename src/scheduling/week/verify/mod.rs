//! The independent check of a finished plan for a week. It reads the week and the plan, walks
//! every shift, break and interval, and recomputes the cost in whole numbers. It shares nothing
//! with any search but the nouns.

mod cover;
mod limits;
mod shape;
mod shifts;

use super::{Week, WeekPlan};

/// What the check of a plan found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekReport {
    /// Everything that is wrong, in words; empty for a plan that does what it says.
    pub violations: Vec<String>,
    /// The cost, worked out again, changes and missing agents as the plan states them included.
    pub cost: i128,
    /// People more or fewer than on the shifts that are kept, shift by shift.
    pub changes: i128,
    /// People present, those on a break included, by pool and interval.
    pub present: Vec<Vec<i64>>,
    /// People present and not on a break, by pool and interval.
    pub on_duty: Vec<Vec<i64>>,
}

impl WeekReport {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Walks a plan and reports everything that is wrong with it.
///
/// What a plan must keep:
///
/// ```text
/// shifts      each pool, kind and start once, by somebody, at a start the pool allows
/// breaks      everybody takes every break of the kind, within its window
/// day caps    shifts that start on one day of the pool's clock
/// share caps  100 · shifts of the kind ≤ hundredths · all shifts
/// seats       people present at a site, those on a break included
/// minima      paid intervals bought from a site over the week
/// serving     languages the pool speaks, no more agents than are on duty
/// missing     exactly what is wanted and not served; nobody where cover is a rule
/// ```
///
/// Where one pool serves one language, an empty list of [`Serving`](super::Serving) means that
/// everybody on duty serves it.
pub fn verify_week(week: &Week, plan: &WeekPlan) -> WeekReport {
    let mut violations = Vec::new();
    if let Some(fault) = shape::fault(week) {
        violations.push(format!("the week itself makes no sense: {fault}"));
        return WeekReport {
            violations,
            cost: 0,
            changes: 0,
            present: Vec::new(),
            on_duty: Vec::new(),
        };
    }
    let staff = shifts::walk(week, &plan.shifts, &mut violations);
    limits::check(week, &staff, &mut violations);
    let missing = cover::check(week, plan, &staff.on_duty, &mut violations);
    let penalty = i128::from(week.understaffing.unwrap_or(0));
    let changes = staff.changes(week);
    let price = (week.kept.as_ref()).map_or(0, |kept| i128::from(kept.price_per_change));
    WeekReport {
        violations,
        cost: staff.cost(week) + penalty * missing + price * changes,
        changes,
        present: staff.present,
        on_duty: staff.on_duty,
    }
}

/// A pool in words.
fn pool_name(week: &Week, pool: usize) -> String {
    match week.pools[pool].id.as_str() {
        "" => "the crew".to_owned(),
        id => format!("pool `{id}`"),
    }
}

/// A language in words.
fn language_name(week: &Week, language: usize) -> String {
    match week.languages[language].id.as_str() {
        "" => "the queue".to_owned(),
        id => format!("language `{id}`"),
    }
}

/// Reports a position that does not exist, of a noun of which there are `count`.
fn exists(noun: &str, position: usize, count: usize, violations: &mut Vec<String>) -> bool {
    let exists = position < count;
    if !exists {
        violations.push(format!("there is no {noun} at position {position}"));
    }
    exists
}
