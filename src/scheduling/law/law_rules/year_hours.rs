//! A year has so many ordinary hours at most: those already worked and those of the tour, less
//! its overtime.

use super::overtime_limit::overtime_by_week;
use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::time::{HOURS, worked};
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct YearHours;

impl LawRule for YearHours {
    fn name(&self) -> &'static str {
        "year_hours"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let (Some(most), Some(first)) = (context.law.year_hours, tour.shifts.first()) else {
            return Vec::new();
        };
        let overtime: f64 = overtime_by_week(context, tour).values().sum();
        let own: f64 = tour.shifts.iter().map(worked).sum();
        let hours = context.year_hours + own - overtime;
        if hours <= most + HOURS {
            return Vec::new();
        }
        vec![LawViolation {
            rule: self.name(),
            at: first.start,
            what: format!("{hours:.2} ordinary hours in the year, at most {most} are allowed"),
        }]
    }
}
