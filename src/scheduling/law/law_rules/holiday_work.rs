//! Nobody works on a public holiday where the law closes it.

use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::time::{days_of, later, worked_between};
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct HolidayWork;

impl LawRule for HolidayWork {
    fn name(&self) -> &'static str {
        "holiday_work"
    }

    fn judges_one_shift(&self) -> bool {
        true
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        if context.law.holiday_allowed {
            return Vec::new();
        }
        let zone = context.zone;
        let mut found = Vec::new();
        for shift in &tour.shifts {
            for day in days_of(zone, shift.start, shift.end) {
                let (from, to) = (zone.day_start(day), zone.day_start(later(day, 1)));
                if context.holidays.contains_key(&day) && worked_between(shift, from, to) > 0.0 {
                    found.push(LawViolation {
                        rule: self.name(),
                        at: shift.start.max(from),
                        what: format!("work on a public holiday, {day}"),
                    });
                }
            }
        }
        found
    }
}
