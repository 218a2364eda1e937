//! `ccshift-1`: one queue, one crew, shares of kinds of shift.

use super::super::json::Plain;
use super::super::report::instead;
use super::axis::Axis;
use super::kinds::Kinds;
use super::reader::{LARGEST, MOST_AGENTS, Reader};
use crate::scheduling::week::{ShareCap, Week, WeekLanguage, WeekPool, WeekSite};
use crate::units::whole;
use crate::workforce::FaultCode;

/// Price of a missing agent; `null` makes cover a rule.
const PENALTY: &str = "under_penalty_per_slot";

/// Reads the week; one pool, language and site without a name stand for its crew.
pub(super) fn read(r: &Reader<'_>) -> Option<Week> {
    let name = r.text("name");
    let axis = Axis::read(r);
    let required = r.series("required", MOST_AGENTS, axis.intervals);
    let wages = r.series("slot_wage", LARGEST, axis.intervals);
    let base_wage = r.money("base_slot_wage");
    let fixed_cost = r.money("fixed_cost_per_shift");
    let is_hard = r.is_null(PENALTY);
    let penalty = if is_hard { None } else { r.money(PENALTY) };
    let kinds = Kinds::read(r, axis, true);
    let share_caps = share_caps(r, &kinds.names);
    let (shift_types, starts) = kinds.read?.into_iter().map(|k| (k.shift, k.starts)).unzip();
    Some(Week {
        name: name?.to_owned(),
        interval_minutes: axis.interval_minutes?,
        intervals: axis.intervals?,
        intervals_per_day: axis.per_day?,
        languages: vec![WeekLanguage {
            id: String::new(),
            required: required?,
        }],
        shift_types,
        pools: vec![WeekPool {
            id: String::new(),
            site: 0,
            languages: vec![0],
            wages: wages?.into_iter().map(i64::from).collect(),
            base_wage: base_wage?,
            fixed_cost: fixed_cost?,
            offset: 0,
            starts,
            shifts_per_day: None,
        }],
        sites: vec![WeekSite {
            id: String::new(),
            seats: None,
            paid_minimum: 0,
        }],
        share_caps: share_caps?,
        understaffing: if is_hard { None } else { Some(penalty?) },
        kept: None,
    })
}

fn share_caps(r: &Reader<'_>, names: &[Option<&str>]) -> Option<Vec<ShareCap>> {
    let shares = r.within("max_share")?;
    let mut caps = Some(Vec::new());
    for name in shares.keys() {
        let shift_type = names.iter().position(|n| *n == Some(name));
        if shift_type.is_none() {
            let what = format!("there is no shift type `{name}`");
            let action = instead("shift type", name, names.iter().copied().flatten());
            shares.fault(name, FaultCode::UnknownReference, what, action);
        }
        let cap =
            (hundredths(&shares, name).zip(shift_type)).map(|(hundredths, shift_type)| ShareCap {
                shift_type,
                hundredths,
            });
        caps = caps.zip(cap).map(|(mut caps, cap)| {
            caps.push(cap);
            caps
        });
    }
    caps.map(|mut caps| {
        caps.sort_by_key(|cap: &ShareCap| cap.shift_type);
        caps
    })
}

/// A share from 0 to 1 in whole hundredths.
fn hundredths(r: &Reader<'_>, key: &str) -> Option<u32> {
    let share = r.number(key)?;
    let what = if (0.0..=1.0).contains(&share) {
        let count = whole::round(share * 100.0);
        // The nearest number to a whole number of hundredths, but for its last digit.
        if (share - f64::from(count) / 100.0).abs() <= f64::EPSILON {
            return Some(count);
        }
        format!("{} is no whole number of hundredths", Plain(share))
    } else {
        format!("{} is no share", Plain(share))
    };
    let action = "give a fraction from 0 to 1 with at most two decimals, such as 0.35 for 35 %";
    r.fault(key, FaultCode::OutOfRange, what, action);
    None
}
