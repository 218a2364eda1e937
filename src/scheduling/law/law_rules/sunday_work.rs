//! Nobody works on a local Sunday where the law closes it.

use super::{LawContext, LawRule, LawViolation, closed};
use crate::calendar::{Datelike, Weekday};
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
        closed::work(context, tour, (self.name(), "Sunday"), |date| {
            date.weekday() == Weekday::Sun
        })
    }
}
