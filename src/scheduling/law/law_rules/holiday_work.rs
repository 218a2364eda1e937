//! Nobody works on a public holiday where the law closes it.

use super::{LawContext, LawRule, LawViolation, closed};
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
        closed::work(context, tour, (self.name(), "public holiday"), |date| {
            context.holidays.contains_key(&date)
        })
    }
}
