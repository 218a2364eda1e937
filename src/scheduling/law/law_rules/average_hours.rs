//! The weeks that end with any week have so many hours on average at most.
//!
//! ```text
//! Σ_{w' = w−n+1}^{w} hours_{w'} ≤ n · average        each week w, each average of the law
//! ```

use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::time::HOURS;
use crate::workforce::Tour;
use crate::workforce::law::AverageHours;

#[derive(Debug)]
pub(super) struct AverageHoursRule;

/// Averages that are exceeded, once each.
pub(super) fn exceeded(
    rule: &'static str,
    context: &LawContext<'_>,
    tour: &Tour,
    averages: &[AverageHours],
) -> Vec<LawViolation> {
    let mut found = Vec::new();
    for &AverageHours { hours, weeks } in averages {
        let means = context.averages(tour, weeks).into_iter();
        found.extend(
            means
                .filter(|(_, mean)| *mean > hours + HOURS)
                .map(|(week, mean)| LawViolation {
                    rule,
                    at: context.zone.day_start(week),
                    what: format!(
                        "{mean:.2} hours a week over the {weeks} weeks to that of {week}, at \
                         most {hours} are allowed"
                    ),
                })
                .next(),
        );
    }
    found
}

impl LawRule for AverageHoursRule {
    fn name(&self) -> &'static str {
        "average_hours"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        exceeded(self.name(), context, tour, &context.law.average_hours)
    }
}
