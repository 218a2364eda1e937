//! From the first start to the last end of a local day lies so much time at most, breaks included.

use std::collections::BTreeMap;

use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::time::{delta, hours, start_day};
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct DaySpan;

impl LawRule for DaySpan {
    fn name(&self) -> &'static str {
        "span"
    }

    fn judges_one_shift(&self) -> bool {
        true
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let Some(most) = context.law.span.map(delta) else {
            return Vec::new();
        };
        let mut days = BTreeMap::new();
        for shift in &tour.shifts {
            let day = days.entry(start_day(context.zone, shift));
            let (first, last) = day.or_insert((shift.start, shift.end));
            (*first, *last) = ((*first).min(shift.start), (*last).max(shift.end));
        }
        days.into_iter()
            .filter(|(_, (first, last))| *last - *first > most)
            .map(|(day, (first, last))| LawViolation {
                rule: self.name(),
                at: first,
                what: format!("a span of {:.2} hours on {day}", hours(last - first)),
            })
            .collect()
    }
}
