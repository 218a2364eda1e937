//! Night shifts are followed by a longer rest.
//!
//! ```text
//! start_{i+1} − end_i ≥ rest     where i ends a row of at least n night shifts
//! ```
//!
//! With n = 1 each night shift is meant that ends after the given local time. A longer row ends
//! with a shift that is no night shift, or with a rest as long as the one asked for.

use super::{LawContext, LawRule, LawViolation};
use crate::calendar::{NaiveTime, TimeDelta, Zone};
use crate::scheduling::law::class::shift_class;
use crate::scheduling::law::time::{delta, hours};
use crate::workforce::law::{ClockClass, LabourLaw, NightRest};
use crate::workforce::{Shift, Tour};

#[derive(Debug)]
pub(super) struct RestAfterNights;

fn is_night(law: &LabourLaw, zone: Zone, shift: &Shift) -> bool {
    shift_class(law, zone, shift.start, shift.end).class == ClockClass::Night
}

/// Whether a shift ends after a time of the morning.
fn ends_after(zone: Zone, shift: &Shift, after: Option<NaiveTime>) -> bool {
    let (start, end) = (zone.local(shift.start), zone.local(shift.end));
    let next_day = start.date() < end.date() || start.time() < end.time();
    after.is_none_or(|time| next_day && end.time() > time && end.date() >= start.date())
}

/// The longest rest that each night shift calls for on its own, nothing for other shifts.
pub(in crate::scheduling::law) fn least_after(
    law: &LabourLaw,
    zone: Zone,
    shift: &Shift,
) -> TimeDelta {
    let single = law.night_rests.iter().filter(|rest| rest.nights <= 1);
    single
        .filter(|rest| is_night(law, zone, shift) && ends_after(zone, shift, rest.ends_after))
        .map(|rest| delta(rest.least))
        .max()
        .unwrap_or_default()
}

/// Rests of one kind that are too short, by the position of the shift after them.
fn broken(context: &LawContext<'_>, line: &[(&Shift, bool)], rest: &NightRest) -> Vec<usize> {
    let (law, zone) = (context.law, context.zone);
    let least = delta(rest.least);
    let mut row = 0;
    let mut found = Vec::new();
    for (k, pair) in line.windows(2).enumerate() {
        let [(first, _), (second, _)] = pair else {
            continue;
        };
        let gap = second.start - first.end;
        row = if is_night(law, zone, first) {
            row + 1
        } else {
            0
        };
        let row_goes_on = rest.nights > 1 && is_night(law, zone, second) && gap < least;
        let is_meant = row >= rest.nights && ends_after(zone, first, rest.ends_after);
        if is_meant && !row_goes_on && gap < least {
            found.push(k + 1);
        }
        if gap >= least {
            row = 0;
        }
    }
    found
}

impl LawRule for RestAfterNights {
    fn name(&self) -> &'static str {
        "rest_after_nights"
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let line = context.line(tour);
        let mut found = Vec::new();
        for rest in &context.law.night_rests {
            for k in broken(context, &line, rest) {
                let (shift, is_new) = line[k];
                if is_new {
                    let gap = hours(shift.start - line[k - 1].0.end);
                    let what = format!("{gap:.2} hours of rest after {} night shifts", rest.nights);
                    found.push(LawViolation {
                        rule: self.name(),
                        at: shift.start,
                        what,
                    });
                }
            }
        }
        found
    }
}
