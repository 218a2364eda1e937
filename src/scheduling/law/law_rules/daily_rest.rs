//! Between two shifts lies the daily rest, in elapsed time.
//!
//! ```text
//! start_{i+1} − end_i ≥ rest        each pair of shifts one after the other
//! ```
//!
//! Where the law has a short rest, one pair in so many days may have only that. The days count
//! from the beginning of the short rest.

use super::{LawContext, LawRule, LawViolation};
use crate::calendar::TimeDelta;
use crate::scheduling::law::time::{delta, hours};
use crate::workforce::Tour;
use crate::workforce::law::LabourLaw;

#[derive(Debug)]
pub(super) struct DailyRest;

/// How a rest stands to the law: `Some(true)` when it is long enough, `Some(false)` when it is
/// a short one that is allowed now and then, `None` when it is too short.
pub(in crate::scheduling::law) fn kept(law: &LabourLaw, rest: TimeDelta) -> Option<bool> {
    let least = law.daily_rest.map_or(TimeDelta::zero(), delta);
    if rest >= least {
        return Some(true);
    }
    law.short_rest
        .filter(|short| rest >= delta(short.least))
        .map(|_| false)
}

impl LawRule for DailyRest {
    fn name(&self) -> &'static str {
        "daily_rest"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let law = context.law;
        let line = context.line(tour);
        let mut last_short = None;
        let mut found = Vec::new();
        for pair in line.windows(2) {
            let [(first, _), (second, is_new)] = pair else {
                continue;
            };
            let rest = second.start - first.end;
            let is_broken = match kept(law, rest) {
                Some(true) => false,
                Some(false) => {
                    let days = law.short_rest.map_or(0, |s| s.once_in_days);
                    let again = TimeDelta::days(i64::from(days));
                    let too_soon = last_short.is_some_and(|last| first.end - last < again);
                    last_short = Some(first.end);
                    too_soon
                }
                None => true,
            };
            if is_broken && *is_new {
                let what = format!("{:.2} hours of rest before a shift", hours(rest));
                found.push(LawViolation {
                    rule: self.name(),
                    at: second.start,
                    what,
                });
            }
        }
        found
    }
}
