//! Whether a week holds together at all, so that it can be walked.

use super::super::Week;

/// What keeps a week from being walked, if anything.
pub(super) fn fault(week: &Week) -> Option<String> {
    let n = week.intervals;
    if n == 0 || week.intervals_per_day == 0 || !n.is_multiple_of(week.intervals_per_day) {
        let day = week.intervals_per_day;
        return Some(format!("{n} intervals are no days of {day}"));
    }
    for language in &week.languages {
        if language.required.len() != n {
            let count = language.required.len();
            return Some(format!("{count} numbers are wanted for {n} intervals"));
        }
    }
    for kind in &week.shift_types {
        if let Some(pause) = kind.breaks.iter().find(|b| b.last + b.length > kind.length) {
            return Some(format!("break `{}` leaves shift `{}`", pause.id, kind.id));
        }
    }
    for pool in &week.pools {
        let id = &pool.id;
        if pool.wages.len() != n {
            let count = pool.wages.len();
            return Some(format!("pool `{id}` has {count} prices for {n} intervals"));
        }
        if pool.starts.len() != week.shift_types.len() {
            return Some(format!(
                "pool `{id}` has not one window for each kind of shift"
            ));
        }
        if pool.site >= week.sites.len() {
            return Some(format!("pool `{id}` is at no site"));
        }
        if pool.languages.iter().any(|&l| l >= week.languages.len()) {
            return Some(format!("pool `{id}` speaks a language that nobody wants"));
        }
    }
    if week
        .kept
        .as_ref()
        .is_some_and(|kept| kept.price_per_change < 0)
    {
        return Some("the price of a change is negative".to_owned());
    }
    let unknown = |position: usize| position >= week.shift_types.len();
    if week.share_caps.iter().any(|cap| unknown(cap.shift_type)) {
        return Some("a share cap names no kind of shift".to_owned());
    }
    None
}
