//! Breaks within a shift: enough of them for its hours, pauses at their turn, no stretch too long.
//!
//! ```text
//! least ≤ Σ_{b ≥ piece} b ≤ most        the band of the hours worked
//! one pause for each full turn of worked time, besides the breaks of the band
//! time between two breaks b ≥ piece ≤ longest stretch
//! ```

use super::{LawContext, LawRule, LawViolation};
use crate::calendar::{DateTime, TimeDelta, Utc};
use crate::scheduling::law::time::{HOURS, delta, hours, worked, worked_between};
use crate::workforce::law::{BreakBand, BreakLaw, Pause, Stretch};
use crate::workforce::{BreakPlacement, Shift, Tour};

#[derive(Debug)]
pub(super) struct Breaks;

fn length(of: &BreakPlacement) -> TimeDelta {
    of.end - of.start
}

/// Breaks that interrupt the shift, in order: those at its edges do not.
fn inner(shift: &Shift) -> Vec<&BreakPlacement> {
    let inside = |b: &&BreakPlacement| b.count > 0 && shift.start < b.start && b.end < shift.end;
    let mut found: Vec<_> = shift.breaks.iter().filter(inside).collect();
    found.sort();
    found
}

/// The band of the hours worked.
fn band_of(law: &BreakLaw, worked: f64) -> Option<&BreakBand> {
    let holds = |band: &&BreakBand| {
        let from = band.worked.as_secs_f64() / 3600.0;
        worked > from + HOURS || (band.inclusive && worked >= from - HOURS)
    };
    law.bands.iter().filter(holds).max_by_key(|b| b.worked)
}

/// Takes the breaks of a band out of the list; what is wrong with them, if anything.
fn take_band(band: &BreakBand, shift: &Shift, free: &mut Vec<&BreakPlacement>) -> Option<String> {
    let counts = |b: &&&BreakPlacement| {
        let offset = b.start - shift.start;
        let in_window = band
            .window
            .is_none_or(|(from, to)| delta(from) <= offset && offset <= delta(to));
        length(b) >= delta(band.piece) && (b.paid || !band.paid) && in_window
    };
    let mut fitting: Vec<&BreakPlacement> = free.iter().filter(counts).copied().collect();
    let all: TimeDelta = fitting.iter().map(|b| length(b)).sum();
    // The longest first, unpaid ones before paid ones, so that pauses are left for their own use.
    fitting.sort_by_key(|b| (b.paid && !band.paid, -length(b), b.start));
    let mut taken = TimeDelta::zero();
    for one in fitting {
        if taken >= delta(band.least) {
            break;
        }
        taken += length(one);
        free.retain(|other| *other != one);
    }
    let minutes = |d: TimeDelta| d.num_minutes();
    if taken < delta(band.least) {
        let least = minutes(delta(band.least));
        return Some(format!("{} of {least} minutes of break", minutes(taken)));
    }
    band.most.filter(|&most| all > delta(most)).map(|most| {
        format!(
            "{} minutes of break, at most {}",
            minutes(all),
            minutes(delta(most))
        )
    })
}

/// Whether there is a pause for each turn; each break serves one turn.
fn has_pauses(pause: &Pause, shift: &Shift, free: &[&BreakPlacement]) -> bool {
    let every = pause.every.as_secs_f64() / 3600.0;
    let fits = |b: &&&BreakPlacement| length(b) >= delta(pause.least) && (b.paid || !pause.paid);
    let offset = |b: &&BreakPlacement| worked_between(shift, shift.start, b.start);
    let mut offsets: Vec<f64> = free.iter().filter(fits).map(offset).collect();
    offsets.sort_by(f64::total_cmp);
    let total = worked(shift);
    let mut taken = offsets.into_iter();
    let mut turn = every;
    while turn <= total + HOURS {
        let served = match pause.tolerance.map(|t| t.as_secs_f64() / 3600.0) {
            None => taken.next().is_some(),
            Some(slack) => taken
                .find(|at| *at >= turn - slack - HOURS)
                .is_some_and(|at| at <= turn + slack + HOURS),
        };
        if !served {
            return false;
        }
        turn += every;
    }
    true
}

/// The longest time between breaks of a length.
fn longest_stretch(stretch: &Stretch, shift: &Shift) -> TimeDelta {
    let mut from: DateTime<Utc> = shift.start;
    let mut longest = TimeDelta::zero();
    for one in inner(shift) {
        if length(one) >= delta(stretch.piece) {
            longest = longest.max(one.start - from);
            from = one.end;
        }
    }
    longest.max(shift.end - from)
}

/// What is wrong with the breaks of a shift.
fn faults(law: &BreakLaw, shift: &Shift) -> Vec<String> {
    let mut free = inner(shift);
    let mut found = Vec::new();
    if let Some(band) = band_of(law, worked(shift)) {
        found.extend(take_band(band, shift, &mut free));
    }
    for pause in &law.pauses {
        if !pause.every.is_zero() && !has_pauses(pause, shift, &free) {
            let every = pause.every.as_secs() / 60;
            found.push(format!("no pause for each {every} minutes worked"));
        }
    }
    for stretch in &law.stretches {
        let longest = longest_stretch(stretch, shift);
        if longest > delta(stretch.most) {
            found.push(format!("{:.2} hours without a break", hours(longest)));
        }
    }
    found
}

impl LawRule for Breaks {
    fn name(&self) -> &'static str {
        "breaks"
    }

    fn judges_one_shift(&self) -> bool {
        true
    }

    fn violations(&self, context: &LawContext<'_>, tour: &Tour) -> Vec<LawViolation> {
        let law = &context.law.breaks;
        let of = |shift: &Shift| {
            let at = shift.start;
            faults(law, shift)
                .into_iter()
                .map(move |what| LawViolation {
                    rule: "breaks",
                    at,
                    what,
                })
        };
        tour.shifts.iter().flat_map(of).collect()
    }
}
