//! A published roster is not changed at short notice.
//!
//! A shift that was added, dropped, or has another start or end is a change. Changes are allowed
//! on local days that are at least the notice away from the day of the change.

use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::time::{later, start_day};
use crate::workforce::{Shift, Tour};

#[derive(Debug)]
pub(super) struct RosterNotice;

impl LawRule for RosterNotice {
    fn name(&self) -> &'static str {
        "roster_notice"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let (Some(days), Some(published)) = (context.law.notice_days, &context.published) else {
            return Vec::new();
        };
        let free_from = later(published.today, i64::from(days));
        let missing = |of: &[Shift], shift: &Shift| {
            let same = |other: &Shift| (other.start, other.end) == (shift.start, shift.end);
            !of.iter().any(same)
        };
        let added = tour.shifts.iter().filter(|s| missing(&published.shifts, s));
        let in_horizon = |s: &&Shift| start_day(context.zone, s) >= context.first_day;
        let told = published.shifts.iter().filter(in_horizon);
        let dropped = told.filter(|s| missing(&tour.shifts, s));
        let added = added.map(|s| (s, "added"));
        added
            .chain(dropped.map(|s| (s, "dropped")))
            .filter(|(shift, _)| start_day(context.zone, shift) < free_from)
            .map(|(shift, word)| LawViolation {
                rule: self.name(),
                at: shift.start,
                what: format!("a shift {word} with less than {days} days of notice"),
            })
            .collect()
    }
}
