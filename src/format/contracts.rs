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
    let agents_min = reader.get::<u32>("agents_min");
    let agents_max = reader.get::<u32>("agents_max");
    let days_off = reader.get::<u32>("days_off_together");
    let weekend_share = reader.get("weekend_share_max");
    let [share_min, share_max] = ["share_min", "share_max"].map(|key| reader.get(key));
    let mut contract = Contract::hours(id?, hours?.0);
    contract.guaranteed_hours = guaranteed.map_or(0.0, |h| h.0);
    contract.week_days = days.unwrap_or(contract.week_days);
    contract.shifts = shifts.into_iter().map(ShiftTypeId::from).collect();
    contract.start_band = band.map(|b| b.0);
    contract.agents_min = agents_min.unwrap_or(0);
    contract.agents_max = agents_max;
    contract.days_off_together = days_off.unwrap_or(0);
    contract.weekend_share_max = weekend_share;
    (contract.share_min, contract.share_max) = (share_min, share_max);
    Some(contract)
}
