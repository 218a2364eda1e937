//! Special days: within a market, or in a list that names markets and pools.

use super::origins::Origins;
use super::reader::Reader;
use super::report::instead;
use super::value::NotNegative;
use crate::calendar::SpecialDay;
use crate::workforce::{FaultCode, Market, Place, Pool};

fn one(reader: &mut Reader<'_>) -> Option<SpecialDay> {
    let (date, name) = (reader.need("date"), reader.need("name"));
    let factor = reader.get("volume_factor").unwrap_or(NotNegative(1.0));
    let closed = reader.get("closed").unwrap_or(false);
    Some(SpecialDay {
        date: date?,
        name: name?,
        volume_factor: factor.0,
        closed,
    })
}

/// The list inside a market.
pub(super) fn of_market(reader: &mut Reader<'_>) -> Vec<SpecialDay> {
    reader.each("special_days", one)
}

/// The list at the top: each day goes to the markets and pools that it names.
pub(super) fn spread(
    root: &mut Reader<'_>,
    markets: &mut [Market],
    pools: &mut [Pool],
    origins: &mut Origins,
) {
    root.each("special_days", |reader| {
        let day = one(reader);
        let for_markets = targets(reader, "markets");
        let for_pools = targets(reader, "pools");
        if reader.any_of(["markets", "pools"]) == [false, false] {
            reader.report().at(
                reader.path(),
                FaultCode::MissingKey,
                "the day is for no market and no pool",
                "add `markets = [...]`, `pools = [...]` or both",
            );
        }
        let day = day?;
        for (path, name) in for_markets {
            let known: Vec<String> = markets.iter().map(|m| m.id.to_string()).collect();
            let found = (markets.iter_mut().enumerate()).find(|(_, m)| m.id.as_str() == name);
            let Some((i, market)) = found else {
                unknown(reader, &path, "market", &name, &known);
                continue;
            };
            let place = format!("markets[{i}].special_days[{}]", market.special_days.len());
            origins.set(place, Place::path(reader.path()));
            if twice(reader, &path, &name, &market.special_days, &day) {
                continue;
            }
            market.special_days.push(day.clone());
        }
        for (path, name) in for_pools {
            let known: Vec<String> = pools.iter().map(|p| p.id.to_string()).collect();
            let Some(pool) = pools.iter_mut().find(|p| p.id.as_str() == name) else {
                unknown(reader, &path, "pool", &name, &known);
                continue;
            };
            if twice(reader, &path, &name, &pool.special_days, &day) {
                continue;
            }
            pool.special_days.push(day.clone());
        }
        Some(())
    });
}

/// The names in a list, each with its path.
fn targets(reader: &mut Reader<'_>, key: &'static str) -> Vec<(String, String)> {
    let path = reader.path_of(key);
    let names: Vec<String> = reader.get(key).unwrap_or_default();
    let paths = (0..).map(|i: usize| format!("{path}[{i}]"));
    paths.zip(names).collect()
}

fn unknown(reader: &Reader<'_>, path: &str, noun: &str, name: &str, known: &[String]) {
    let report = reader.report();
    if report.is_incomplete() {
        return;
    }
    report.at(
        path,
        FaultCode::UnknownReference,
        format!("unknown {noun} `{name}`"),
        instead(noun, name, known.iter().map(String::as_str)),
    );
}

fn twice(
    reader: &Reader<'_>,
    path: &str,
    name: &str,
    days: &[SpecialDay],
    day: &SpecialDay,
) -> bool {
    let known = days.iter().any(|d| d.date == day.date);
    if known {
        reader.report().at(
            path,
            FaultCode::Duplicate,
            format!("`{name}` has two special days on {}", day.date),
            "keep one of them",
        );
    }
    known
}
