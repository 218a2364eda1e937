//! Ordinary hours by the class of the shift: day, mixed or night by the local clock.
//!
//! ```text
//! hours_i ≤ day_{class(i)}                          each shift i
//! Σ_c hours_c / week_c ≤ 1                          each local week
//! ```
//!
//! Where overtime is allowed, hours beyond are overtime and limited as such.

use std::collections::BTreeMap;

use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::class::shift_class;
use crate::scheduling::law::time::{HOURS, add_to_weeks, monday, worked};
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct ClassHoursRule;

impl LawRule for ClassHoursRule {
    fn name(&self) -> &'static str {
        "class_hours"
    }

    fn judges_one_shift(&self) -> bool {
        true
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let (law, zone) = (context.law, context.zone);
        let Some(limits) = law.class_limits.filter(|_| !law.overtime.allowed) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut shares: BTreeMap<_, f64> = BTreeMap::new();
        for (shift, is_new) in context.line(tour) {
            let class = shift_class(law, zone, shift.start, shift.end).class;
            let (limit, hours) = (limits.of(class), worked(shift));
            if is_new && hours > limit.day + HOURS {
                let most = limit.day;
                found.push(LawViolation {
                    rule: self.name(),
                    at: shift.start,
                    what: format!(
                        "{hours:.2} hours of a {} shift, at most {most}",
                        class.word()
                    ),
                });
            }
            let mut weeks = BTreeMap::new();
            add_to_weeks(zone, shift, &mut weeks);
            for (week, hours) in weeks {
                *shares.entry(week).or_default() += hours / limit.week;
            }
        }
        let over = shares.split_off(&monday(context.first_day));
        for (week, share) in over.into_iter().filter(|(_, share)| *share > 1.0 + HOURS) {
            found.push(LawViolation {
                rule: self.name(),
                at: zone.day_start(week),
                what: format!("{share:.3} of the hours its classes leave the week of {week}"),
            });
        }
        found
    }
}
