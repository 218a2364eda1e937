//! The rules of labour law, one in each file.
//!
//! A rule reads its parameters from the law of the context and says nothing where the law has
//! none. [`all`] is the registry; the tests go through it, so every rule has tours that keep it
//! and one that breaks it alone.

mod average_hours;
mod breaks;
mod class_hours;
mod closed;
mod consecutive_days;
mod daily_rest;
mod day_hours;
mod holiday_work;
mod night_worker;
mod overtime_limit;
mod rest_after_nights;
mod roster_notice;
mod span;
mod sunday_work;
mod week_hours;
mod weekly_rest;
mod year_hours;

use std::fmt;

pub(super) use daily_rest::kept as daily_rest_kept;
pub(super) use rest_after_nights::least_after as rest_after_one_night;

use super::LawContext;
use crate::calendar::{DateTime, Utc};
use crate::workforce::Tour;

/// What a tour does against a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawViolation {
    /// Name of the rule.
    pub rule: &'static str,
    /// The instant at which it shows: the start of a shift, of a rest or of a week.
    pub at: DateTime<Utc>,
    /// What is wrong, in words.
    pub what: String,
}

impl fmt::Display for LawViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.rule, self.what, self.at)
    }
}

/// A rule of labour law.
pub trait LawRule: fmt::Debug + Sync {
    /// Short name, the same as that of its file.
    fn name(&self) -> &'static str;

    /// What a tour does against the rule; empty when it keeps it.
    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation>;

    /// Whether a shift can be judged by it without the ones before and after.
    fn judges_one_shift(&self) -> bool {
        false
    }
}

/// Every rule.
pub fn all() -> Vec<&'static dyn LawRule> {
    vec![
        &daily_rest::DailyRest,
        &weekly_rest::WeeklyRestRule,
        &rest_after_nights::RestAfterNights,
        &consecutive_days::ConsecutiveDays,
        &day_hours::DayHours,
        &class_hours::ClassHoursRule,
        &span::DaySpan,
        &week_hours::WeekHours,
        &average_hours::AverageHoursRule,
        &year_hours::YearHours,
        &night_worker::NightWorkerRule,
        &overtime_limit::OvertimeLimit,
        &breaks::Breaks,
        &sunday_work::SundayWork,
        &holiday_work::HolidayWork,
        &roster_notice::RosterNotice,
    ]
}

/// What a tour does against any rule, in the order of the registry.
pub fn violations(context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
    all()
        .into_iter()
        .flat_map(|rule| rule.violations(context, tour))
        .collect()
}
