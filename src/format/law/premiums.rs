//! Extra pay by law.

use toml::Value as Toml;

use super::super::reader::Reader;
use super::super::value::{NotNegative, Value};
use crate::workforce::law::{HolidayKind, LawPremium, OvertimeRange, Stacking};

pub(super) const STACKING: [(&str, Stacking); 2] =
    [("add", Stacking::Add), ("multiply", Stacking::Multiply)];
const KINDS: [(&str, HolidayKind); 2] = [
    ("regular", HolidayKind::Regular),
    ("special", HolidayKind::Special),
];

/// One of the list at `premiums`.
pub(super) fn premium(reader: &mut Reader<'_>) -> Option<LawPremium> {
    let name = reader.need::<String>("name");
    let share = reader.need::<NotNegative>("share");
    let night = reader.get("night").unwrap_or(false);
    let sunday = reader.get("sunday").unwrap_or(false);
    let holiday = reader.choice("holiday", &KINDS);
    let rest_day = reader.get("rest_day").unwrap_or(false);
    let overtime = match reader.raw("overtime", bool::shape) {
        Some(Toml::Boolean(is_meant)) => is_meant.then_some(OvertimeRange::ANY),
        _ => reader.within("overtime", range),
    };
    Some(LawPremium {
        name: name?,
        share: share?.0,
        night,
        sunday,
        holiday,
        rest_day,
        overtime,
    })
}

/// Which overtime hours are meant; all of them unless said otherwise.
fn range(reader: &mut Reader<'_>) -> OvertimeRange {
    let any = OvertimeRange::ANY;
    let counts = [("day", true), ("week", false)];
    let by_day = reader.choice("count_by", &counts).unwrap_or(any.by_day);
    let mut hours = |key| reader.get::<NotNegative>(key).map(|h| h.0);
    OvertimeRange {
        by_day,
        from: hours("from_hours").unwrap_or(any.from),
        to: hours("to_hours"),
        year_from: hours("year_from_hours").unwrap_or(any.year_from),
        year_to: hours("year_to_hours"),
    }
}
