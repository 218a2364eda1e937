//! The shifts that start on a local day have so many hours of work at most.

use std::collections::BTreeMap;

use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::time::{HOURS, start_day, worked};
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct DayHours;

impl LawRule for DayHours {
    fn name(&self) -> &'static str {
        "day_hours"
    }

    fn judges_one_shift(&self) -> bool {
        true
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let Some(most) = context.law.day_hours else {
            return Vec::new();
        };
        let mut days = BTreeMap::new();
        for shift in &tour.shifts {
            let day = days.entry(start_day(context.zone, shift));
            let (hours, _) = day.or_insert((0.0, shift.start));
            *hours += worked(shift);
        }
        days.into_iter()
            .filter(|(_, (hours, _))| *hours > most + HOURS)
            .map(|(day, (hours, at))| LawViolation {
                rule: self.name(),
                at,
                what: format!("{hours:.2} hours on {day}, at most {most} are allowed"),
            })
            .collect()
    }
}
