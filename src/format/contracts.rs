//! The contracts of a pool's agents.

use super::reader::Reader;
use super::value::{Minutes, NotNegative, Positive};
use crate::workforce::{Contract, ShiftTypeId};

/// One of the list at `contracts`.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Contract> {
    let id = reader.need::<String>("id");
    let hours = reader.need::<Positive>("week_hours");
    let guaranteed = reader.get::<NotNegative>("guaranteed_hours");
    let days = reader.get::<u32>("week_days");
    let shifts = reader.get::<Vec<String>>("shifts").unwrap_or_default();
    let band = reader.get::<Minutes>("start_band_minutes");
    let agents_max = reader.get::<u32>("agents_max");
    let mut contract = Contract::hours(id?, hours?.0);
    contract.guaranteed_hours = guaranteed.map_or(0.0, |h| h.0);
    contract.week_days = days.unwrap_or(contract.week_days);
    contract.shifts = shifts.into_iter().map(ShiftTypeId::from).collect();
    contract.start_band = band.map(|b| b.0);
    contract.agents_max = agents_max;
    Some(contract)
}
