//! How many agents of each contract a plan needs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::scheduling::tours::PoolTours;

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ToursFile {
    /// Contract.
    contract: String,
    /// Agents needed.
    agents: usize,
    /// Their shifts.
    shifts: usize,
    /// Hours from begin to end of these.
    hours: f64,
}

/// The tours of a pool by contract; each of their shifts is in the table of tours.
pub(super) fn tours_file(own: &PoolTours) -> Vec<ToursFile> {
    let mut by_contract: BTreeMap<&str, (usize, usize, i64)> = BTreeMap::new();
    for tour in &own.tours {
        let (agents, shifts, minutes) = by_contract.entry(&tour.contract).or_default();
        *agents += 1;
        *shifts += tour.shifts.len();
        let lengths = tour.shifts.iter().map(|s| (s.end - s.start).num_minutes());
        *minutes += lengths.sum::<i64>();
    }
    let by_contract = by_contract.into_iter();
    by_contract
        .map(|(contract, (agents, shifts, minutes))| ToursFile {
            contract: contract.to_owned(),
            agents,
            shifts,
            hours: minutes as f64 / 60.0,
        })
        .collect()
}
