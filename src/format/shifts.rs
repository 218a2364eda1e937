//! The shifts of a pool and their breaks.

use super::hours::weekdays;
use super::reader::Reader;
use super::value::Minutes;
use crate::workforce::{BreakType, ShiftType, ShiftTypeId, StartWindow};

/// The list at `shifts`.
pub(super) fn read(pool: &mut Reader<'_>) -> Vec<ShiftType> {
    pool.each("shifts", |reader| {
        let id = reader.need::<String>("id");
        let length = reader.need::<Minutes>("length_minutes");
        let (from, to) = (reader.need("start_from"), reader.need("start_to"));
        let every = reader.need::<Minutes>("every_minutes");
        let weekdays = weekdays(reader);
        let breaks = reader.each("breaks", pause);
        Some(ShiftType {
            id: ShiftTypeId::from(id?),
            length: length?.0,
            starts: StartWindow {
                from: from?,
                to: to?,
                every: every?.0,
                weekdays,
            },
            breaks,
        })
    })
}

fn pause(reader: &mut Reader<'_>) -> Option<BreakType> {
    let id = reader.need("id");
    let length = reader.need::<Minutes>("length_minutes");
    let earliest = reader.need::<Minutes>("earliest_minutes");
    let latest = reader.need::<Minutes>("latest_minutes");
    let paid = reader.get("paid").unwrap_or(false);
    Some(BreakType {
        id: id?,
        length: length?.0,
        earliest: earliest?.0,
        latest: latest?.0,
        paid,
    })
}
