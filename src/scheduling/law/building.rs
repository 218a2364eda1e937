use super::LawContext;
use super::law_rules::{self, LawViolation, daily_rest_kept, rest_after_one_night};
use super::time::start_day;
use crate::calendar::{TimeDelta, Zone};
use crate::workforce::law::LabourLaw;
use crate::workforce::{Shift, Tour};

/// Whether one shift may come after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Follows {
    /// The rest between them is long enough.
    Yes,
    /// The rest is a short one, which is allowed now and then.
    AsShortRest,
    /// The rest is too short.
    No,
}

/// Whether a shift may be worked at all: what stands against it alone, by the rules that judge
/// one shift. Holidays depend on the site and are not looked at.
///
/// # Errors
/// What stands against it. Callers whose breaks are not placed yet pass over those of the rule
/// `breaks`.
pub fn permits(law: &LabourLaw, zone: Zone, shift: &Shift) -> Result<(), Vec<LawViolation>> {
    let context = LawContext::new(law, zone, start_day(zone, shift));
    let tour = Tour {
        pool: shift.pool.clone(),
        agent: String::new(),
        contract: String::new(),
        shifts: vec![shift.clone()],
    };
    let found: Vec<LawViolation> = law_rules::all()
        .into_iter()
        .filter(|rule| rule.judges_one_shift())
        .flat_map(|rule| rule.violations(&context, &tour))
        .collect();
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Whether a shift may follow another by the rules of daily rest and rest after a night shift.
/// Weekly rest and rows of nights depend on more than two shifts.
pub fn follows(law: &LabourLaw, zone: Zone, first: &Shift, second: &Shift) -> Follows {
    let rest = second.start - first.end;
    match daily_rest_kept(law, rest) {
        _ if rest < rest_after_one_night(law, zone, first) => Follows::No,
        Some(true) => Follows::Yes,
        Some(false) => Follows::AsShortRest,
        None => Follows::No,
    }
}

/// The rest that always suffices between a shift and the next one, by the rules of daily rest and
/// rest after a night shift.
pub(in crate::scheduling) fn rest_after(law: &LabourLaw, zone: Zone, shift: &Shift) -> TimeDelta {
    let daily = law.daily_rest.and_then(|r| TimeDelta::from_std(r).ok());
    let night = rest_after_one_night(law, zone, shift);
    daily.unwrap_or_default().max(night)
}
