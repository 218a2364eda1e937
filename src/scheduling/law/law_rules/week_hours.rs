//! A local week has so many hours of work at most, those of the history in it included.

use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::time::HOURS;
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct WeekHours;

impl LawRule for WeekHours {
    fn name(&self) -> &'static str {
        "week_hours"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let Some(most) = context.law.week_hours else {
            return Vec::new();
        };
        let weeks = context.week_hours(tour).into_iter();
        weeks
            .filter(|(_, hours)| *hours > most + HOURS)
            .map(|(week, hours)| LawViolation {
                rule: self.name(),
                at: context.zone.day_start(week),
                what: format!("{hours:.2} hours in the week of {week}, at most {most} are allowed"),
            })
            .collect()
    }
}
