//! Shifts start on so many local days in a row at most.

use super::{LawContext, LawRule, LawViolation};
use crate::calendar::NaiveDate;
use crate::scheduling::law::time::{later, start_day};
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct ConsecutiveDays;

impl LawRule for ConsecutiveDays {
    fn name(&self) -> &'static str {
        "consecutive_days"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let Some(most) = context.law.consecutive_days else {
            return Vec::new();
        };
        let mut last: Option<NaiveDate> = None;
        let mut row = 0;
        let mut found = Vec::new();
        for (shift, is_new) in context.line(tour) {
            let day = start_day(context.zone, shift);
            if last == Some(day) {
                continue;
            }
            row = match last {
                Some(before) if later(before, 1) == day => row + 1,
                _ => 1,
            };
            last = Some(day);
            if row > most && is_new {
                found.push(LawViolation {
                    rule: self.name(),
                    at: shift.start,
                    what: format!("{row} working days in a row"),
                });
            }
        }
        found
    }
}
