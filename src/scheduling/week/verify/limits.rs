//! Rules over many shifts: a day of a pool, shares of the week, seats and contracts of a site.

use std::collections::BTreeMap;

use super::super::Week;
use super::pool_name;
use super::shifts::Staff;

/// Reports every limit that is passed.
pub(super) fn check(week: &Week, staff: &Staff, violations: &mut Vec<String>) {
    day_caps(week, staff, violations);
    share_caps(week, staff, violations);
    seats(week, staff, violations);
    paid_minima(week, staff, violations);
}

fn day_caps(week: &Week, staff: &Staff, violations: &mut Vec<String>) {
    let mut started: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for shift in &staff.shifts {
        *started.entry((shift.pool, shift.day)).or_default() += u64::from(shift.count);
    }
    for ((pool, day), count) in started {
        if let Some(cap) = week.pools[pool].shifts_per_day
            && count > u64::from(cap)
        {
            let name = pool_name(week, pool);
            violations.push(format!(
                "{name}: {count} shifts start on local day {day}, at most {cap} may"
            ));
        }
    }
}

fn share_caps(week: &Week, staff: &Staff, violations: &mut Vec<String>) {
    let people = |kind: Option<usize>| -> u128 {
        let of_kind = (staff.shifts.iter()).filter(|s| kind.is_none_or(|k| s.shift_type == k));
        of_kind.map(|s| u128::from(s.count)).sum()
    };
    let all = people(None);
    for cap in &week.share_caps {
        let of_kind = people(Some(cap.shift_type));
        if 100 * of_kind > u128::from(cap.hundredths) * all {
            let (id, share) = (&week.shift_types[cap.shift_type].id, cap.hundredths);
            violations.push(format!(
                "{of_kind} of {all} shifts are of kind `{id}`, at most {share} in a hundred may be"
            ));
        }
    }
}

fn seats(week: &Week, staff: &Staff, violations: &mut Vec<String>) {
    for (s, site) in week.sites.iter().enumerate() {
        let Some(seats) = site.seats else { continue };
        for t in 0..week.intervals {
            let here = week
                .pools
                .iter()
                .zip(&staff.present)
                .filter(|(p, _)| p.site == s);
            let people: i64 = here.map(|(_, present)| present[t]).sum();
            if people > i64::from(seats) {
                let id = &site.id;
                violations.push(format!(
                    "site `{id}` has {seats} seats, {people} people are present in interval {t}"
                ));
            }
        }
    }
}

fn paid_minima(week: &Week, staff: &Staff, violations: &mut Vec<String>) {
    for (s, site) in week.sites.iter().enumerate() {
        let mut paid: i128 = 0;
        for shift in staff.shifts.iter().filter(|x| week.pools[x.pool].site == s) {
            let kind = &week.shift_types[shift.shift_type];
            let unpaid = kind.breaks.iter().filter(|b| !b.is_paid);
            let unpaid: i128 = unpaid.map(|b| b.length as i128).sum();
            paid += i128::from(shift.count) * (kind.length as i128 - unpaid);
        }
        if paid < i128::from(site.paid_minimum) {
            let (id, least) = (&site.id, site.paid_minimum);
            violations.push(format!(
                "{paid} paid intervals are bought from site `{id}`, at least {least} must be"
            ));
        }
    }
}
