//! `[[markets]]`: one market, or several that share everything but their clocks.

use std::collections::BTreeMap;

use super::calendars::Calendars;
use super::holiday_rules;
use super::hours::opening;
use super::origins::Origins;
use super::reader::Reader;
use super::special_days;
use crate::calendar::Zone;
use crate::workforce::{FaultCode, Market, MarketId, Place};

/// All markets in the order of the file; those of `ids` by name.
pub(super) fn read(
    root: &mut Reader<'_>,
    calendars: &Calendars,
    origins: &mut Origins,
) -> Vec<Market> {
    let mut markets = Vec::new();
    root.each("markets", |reader| {
        let names = names(reader);
        let opening = opening(reader);
        let days = special_days::of_market(reader);
        let ids = names.iter().flatten().map(|(id, _)| id.as_str());
        let holidays = calendars.chosen_by_market(reader, &ids.collect::<Vec<_>>());
        let rules = holiday_rules::read(reader, true);
        let chosen: Vec<_> = holidays.values().collect();
        holiday_rules::check(reader, &rules, calendars, &chosen);
        for (id, zone) in names? {
            let path = format!("markets[{}]", markets.len());
            origins.set(path, Place::path(reader.path()));
            markets.push(Market {
                holidays: holidays.get(&id).cloned().unwrap_or_default(),
                holiday_rules: rules.clone(),
                id: MarketId::from(id),
                zone,
                opening: opening.clone(),
                special_days: days.clone(),
            });
        }
        Some(())
    });
    markets
}

fn names(reader: &mut Reader<'_>) -> Option<BTreeMap<String, Zone>> {
    let [has_id, has_ids] = reader.one_of(["id", "ids"]);
    if !has_ids {
        let (id, zone) = (reader.need("id"), reader.need("timezone"));
        return Some(BTreeMap::from([(id?, zone?)]));
    }
    if has_id || reader.has("timezone") {
        reader.fault(
            "ids",
            FaultCode::Duplicate,
            "`ids` stands beside `id` or `timezone`",
            "give either `id` and `timezone`, or `ids = { UK = \"Europe/London\" }`",
        );
    }
    reader.need("ids")
}
