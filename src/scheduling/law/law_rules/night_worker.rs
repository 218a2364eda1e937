//! Who works at night often has shorter nights and fewer hours on average.
//!
//! ```text
//! night shifts ≥ share · shifts   ⇒   hours_i ≤ night_hours (each night shift i), averages hold
//! ```

use super::average_hours::exceeded;
use super::{LawContext, LawRule, LawViolation};
use crate::scheduling::law::class::shift_class;
use crate::scheduling::law::time::{HOURS, worked};
use crate::workforce::law::ClockClass;
use crate::workforce::{Shift, Tour};

#[derive(Debug)]
pub(super) struct NightWorkerRule;

impl LawRule for NightWorkerRule {
    fn name(&self) -> &'static str {
        "night_worker"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let Some(worker) = &context.law.night_worker else {
            return Vec::new();
        };
        let is_night = |shift: &Shift| {
            let class = shift_class(context.law, context.zone, shift.start, shift.end);
            class.class == ClockClass::Night
        };
        let line = context.line(tour);
        let nights = line.iter().filter(|(shift, _)| is_night(shift)).count();
        if nights == 0 || (nights as f64) < worker.share * line.len() as f64 - HOURS {
            return Vec::new();
        }
        let most = worker.shift_hours.unwrap_or(f64::INFINITY);
        let long = tour.shifts.iter().filter(|&shift| is_night(shift));
        let mut found: Vec<LawViolation> = long
            .map(|shift| (shift, worked(shift)))
            .filter(|(_, hours)| *hours > most + HOURS)
            .map(|(shift, hours)| LawViolation {
                rule: self.name(),
                at: shift.start,
                what: format!("{hours:.2} hours of a night worker's shift, at most {most}"),
            })
            .collect();
        found.extend(exceeded(self.name(), context, tour, &worker.averages));
        found
    }
}
