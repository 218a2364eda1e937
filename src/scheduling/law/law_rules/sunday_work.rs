//! Nobody works on a local Sunday where the law closes it.

use super::{LawContext, LawRule, LawViolation};
use crate::calendar::{Datelike, Weekday};
use crate::scheduling::law::time::{days_of, later, worked_between};
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct SundayWork;

impl LawRule for SundayWork {
    fn name(&self) -> &'static str {
        "sunday_work"
    }

    fn judges_one_shift(&self) -> bool {
        true
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        if context.law.sunday_allowed {
            return Vec::new();
        }
        let zone = context.zone;
        let mut found = Vec::new();
        for shift in &tour.shifts {
            for day in days_of(zone, shift.start, shift.end) {
                let (from, to) = (zone.day_start(day), zone.day_start(later(day, 1)));
                if day.weekday() == Weekday::Sun && worked_between(shift, from, to) > 0.0 {
                    found.push(LawViolation {
                        rule: self.name(),
                        at: shift.start.max(from),
                        what: format!("work on a Sunday, {day}"),
                    });
                }
            }
        }
        found
    }
}
