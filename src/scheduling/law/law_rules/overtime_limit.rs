//! Overtime is planned only where it may be, and no more of it than a week and a year allow.
//!
//! ```text
//! overtime_w ≤ week_most                          each local week w of the tour
//! Σ_w overtime_w + overtime of the year ≤ year_most
//! ```

use std::collections::BTreeMap;

use super::{LawContext, LawRule, LawViolation};
use crate::calendar::NaiveDate;
use crate::scheduling::law::premiums::{Piece, pieces};
use crate::scheduling::law::time::{HOURS, monday};
use crate::workforce::Tour;

#[derive(Debug)]
pub(super) struct OvertimeLimit;

/// Overtime hours of the tour by the Monday of the week.
pub(super) fn overtime_by_week(context: &LawContext<'_>, tour: &Tour) -> BTreeMap<NaiveDate, f64> {
    let mut weeks = BTreeMap::new();
    let is_overtime = |piece: &&Piece| piece.overtime.is_some();
    for piece in pieces(context, tour).iter().filter(is_overtime) {
        *weeks.entry(monday(piece.date)).or_default() += piece.hours;
    }
    weeks
}

impl LawRule for OvertimeLimit {
    fn name(&self) -> &'static str {
        "overtime_limit"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let law = context.law.overtime;
        // Hours beyond those of a class are refused by `class_hours`.
        let is_refused = !law.allowed && context.law.class_limits.is_none();
        let week_most = law.week_most.unwrap_or(f64::INFINITY);
        let most = if is_refused { 0.0 } else { week_most };
        let weeks = overtime_by_week(context, tour);
        let mut found: Vec<LawViolation> = weeks
            .iter()
            .filter(|(_, hours)| **hours > most + HOURS)
            .map(|(&week, hours)| LawViolation {
                rule: self.name(),
                at: context.zone.day_start(week),
                what: format!("{hours:.2} hours of overtime in the week of {week}, at most {most}"),
            })
            .collect();
        let year = context.year_overtime + weeks.values().sum::<f64>();
        let (last, year_most) = (weeks.keys().next_back(), law.year_most);
        if let Some((&last, most)) = last.zip(year_most)
            && year > most + HOURS
        {
            found.push(LawViolation {
                rule: self.name(),
                at: context.zone.day_start(last),
                what: format!("{year:.2} hours of overtime in the year, at most {most}"),
            });
        }
        found
    }
}
