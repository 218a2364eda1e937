//! Promises over days or weeks, as the summary and the report show them.

use std::collections::BTreeMap;

use crate::calendar::Zone;
use crate::planning::Plan;
use crate::scheduling::KeptPromise;

/// A promise with its days or weeks that have contacts, in order.
#[derive(Debug)]
pub(super) struct Kept<'a> {
    /// The days or weeks; at least one.
    pub(super) parts: Vec<&'a KeptPromise>,
}

impl<'a> Kept<'a> {
    /// The part in which the fewest contacts are in time, the first of several.
    pub(super) fn worst(&self) -> Option<&'a KeptPromise> {
        let parts = self.parts.iter().copied();
        parts.min_by(|a, b| a.service_level.get().total_cmp(&b.service_level.get()))
    }

    /// `80.0 % a day, 70.0 % in each interval`, with a way to write shares.
    pub(super) fn words(&self, percent: impl Fn(f64) -> String) -> String {
        self.parts.first().map_or(String::new(), |kept| {
            let floor = kept.scope.floor().unwrap_or_default().get();
            let floor = if floor > 0.0 {
                format!(", {} in each interval", percent(floor))
            } else {
                String::new()
            };
            let (share, scope) = (percent(kept.share.get()), kept.scope.word());
            format!("{share} a {scope}{floor}")
        })
    }
}

/// The promises over days or weeks of a plan, in the order of their groups.
pub(super) fn promises(plan: &Plan) -> Vec<Kept<'_>> {
    let mut found: BTreeMap<(usize, &str), Kept<'_>> = BTreeMap::new();
    for kept in plan.report.promises.iter().filter(|k| k.offered > 0.0) {
        let entry = found.entry((kept.group, kept.name.as_str()));
        let entry = entry.or_insert_with(|| Kept { parts: Vec::new() });
        entry.parts.push(kept);
    }
    found.into_values().collect()
}

/// First local day of a part.
pub(super) fn day(plan: &Plan, zone: Zone, kept: &KeptPromise) -> String {
    let from = zone.local(plan.problem.grid.instant(kept.intervals.start));
    from.format("%a %F").to_string()
}
