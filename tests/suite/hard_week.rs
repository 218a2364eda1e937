//! Ondara in the week in which clocks go forward, with Good Friday and Easter.

mod plan;
mod windows;

use std::collections::BTreeMap;

use wfm::calendar::{DateTime, Grid, IntervalLength, NaiveDate, TimeDelta, Timelike, Utc, Zone};
use wfm::planning::{Demand, Scenario};
use wfm::workforce::{Channel, Market};

use super::reference::read;

fn hard_week() -> Scenario {
    read("ondara-hard-week").scenario
}

fn march(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn european(scenario: &Scenario) -> Vec<&Market> {
    let found: Vec<&Market> = (scenario.markets.iter())
        .filter(|m| m.id.as_str() != "US")
        .collect();
    assert_eq!(found.len(), 10);
    found
}

/// Contacts of each market and channel by local day and hour.
fn contacts(scenario: &Scenario) -> BTreeMap<(String, Channel, NaiveDate, u32), f64> {
    let demand = Demand::forecast(scenario).unwrap();
    let mut found = BTreeMap::new();
    // Escalated contacts come behind those of the scenario.
    for stream in &demand.streams[..scenario.streams.len()] {
        let market = scenario.market(&stream.market).unwrap();
        let channel = scenario.queues[stream.queue].channel;
        for (i, volume) in stream.forecast.mean().values().iter().enumerate() {
            let local = market.zone.local(demand.grid.instant(i));
            let key = (market.id.to_string(), channel, local.date(), local.hour());
            *found.entry(key).or_default() += volume;
        }
    }
    found
}

/// Contacts of a market on a local day.
fn on_day(scenario: &Scenario, market: &str, day: u32) -> f64 {
    let all = contacts(scenario);
    let own = all
        .iter()
        .filter(|((m, _, d, _), _)| m == market && *d == march(day));
    own.map(|(_, volume)| volume).sum()
}

fn without_special_days(mut scenario: Scenario) -> Scenario {
    for market in &mut scenario.markets {
        market.special_days.clear();
    }
    scenario
}

#[test]
fn clocks_change_at_the_listed_instants_and_at_no_other() {
    let europe = [
        "2027-03-28T01:00:00Z",
        "2027-10-31T01:00:00Z",
        "2028-03-26T01:00:00Z",
        "2028-10-29T01:00:00Z",
    ];
    let new_york = ["2027-03-14T07:00:00Z", "2027-11-07T06:00:00Z"];
    let chicago = ["2027-03-14T08:00:00Z", "2027-11-07T07:00:00Z"];
    let los_angeles = ["2027-03-14T10:00:00Z", "2027-11-07T09:00:00Z"];
    let scenario = hard_week();
    let mut cases: Vec<(Zone, &[&str], &str)> = vec![
        (zone("America/New_York"), &new_york, "2028-01-01T00:00:00Z"),
        (zone("America/Chicago"), &chicago, "2028-01-01T00:00:00Z"),
        (
            zone("America/Los_Angeles"),
            &los_angeles,
            "2028-01-01T00:00:00Z",
        ),
        (zone("America/Costa_Rica"), &[], "2029-01-01T00:00:00Z"),
        (zone("Asia/Manila"), &[], "2029-01-01T00:00:00Z"),
    ];
    for market in european(&scenario) {
        cases.push((market.zone, &europe, "2029-01-01T00:00:00Z"));
    }
    for (zone, listed, until) in cases {
        let quarter = TimeDelta::minutes(15);
        let mut found = Vec::new();
        let mut t = at("2027-01-01T00:00:00Z");
        while t < at(until) {
            if zone.offset_minutes(t - quarter) != zone.offset_minutes(t) {
                found.push(t);
            }
            t += quarter;
        }
        let listed: Vec<_> = listed.iter().map(|t| at(t)).collect();
        assert_eq!(found, listed, "{zone}");
    }
}

#[test]
fn the_far_sites_keep_their_offset_and_the_us_is_an_hour_nearer_in_the_gap() {
    for t in [
        "2027-02-10T12:00:00Z",
        "2027-03-20T12:00:00Z",
        "2027-07-01T12:00:00Z",
    ] {
        assert_eq!(zone("America/Costa_Rica").offset_minutes(at(t)), -6 * 60);
        assert_eq!(zone("Asia/Manila").offset_minutes(at(t)), 8 * 60);
    }
    let apart = |t: &str| {
        let (madrid, new_york) = (zone("Europe/Madrid"), zone("America/New_York"));
        (madrid.offset_minutes(at(t)) - new_york.offset_minutes(at(t))) / 60
    };
    for (t, hours) in [
        ("2027-03-13T12:00:00Z", 6),
        ("2027-03-14T12:00:00Z", 5),
        ("2027-03-27T12:00:00Z", 5),
        ("2027-03-28T12:00:00Z", 6),
        ("2027-10-30T12:00:00Z", 6),
        ("2027-10-31T12:00:00Z", 5),
        ("2027-11-06T12:00:00Z", 5),
        ("2027-11-07T12:00:00Z", 6),
    ] {
        assert_eq!(apart(t), hours, "{t}");
    }
}

#[test]
fn the_week_has_167_hours_in_europe_and_168_in_the_us() {
    let scenario = hard_week();
    let grid = scenario.horizon.grid().unwrap();
    assert_eq!((grid.len(), grid.interval_length().minutes()), (334, 30));
    assert_eq!((grid.end() - grid.start()).num_hours(), 167);
    let quarter = IntervalLength::from_minutes(15).unwrap();
    let first = scenario.horizon.first;
    for market in &scenario.markets {
        let hours = if market.id.as_str() == "US" { 168 } else { 167 };
        let days = first.iter_days().take(7);
        let sum: i64 = days.map(|d| market.zone.day_length(d).num_hours()).sum();
        let quarters = Grid::of_days(market.zone, first, 7, quarter).unwrap();
        assert_eq!(sum, hours, "{}", market.id);
        assert_eq!(
            i64::try_from(quarters.len()).unwrap(),
            4 * hours,
            "{}",
            market.id
        );
    }
    let autumn = NaiveDate::from_ymd_opt(2027, 10, 31).unwrap();
    for market in european(&scenario) {
        let grid = Grid::of_days(market.zone, autumn, 1, quarter).unwrap();
        assert_eq!(grid.len(), 100, "{}", market.id);
    }
}

#[test]
fn the_missing_hour_has_no_interval_where_clocks_change_and_one_elsewhere() {
    let scenario = hard_week();
    let grid = scenario.horizon.grid().unwrap();
    // Clocks jump at 01:00 UTC: over 01:00 local time in the west, over 02:00 in Madrid and east.
    let missing = |zone: Zone| zone.local(at("2027-03-28T00:59:00Z")).hour() + 1;
    let in_hour = |zone: Zone, hour: u32| {
        let local = grid.instants().map(|t| zone.local(t));
        local
            .filter(|l| l.date() == march(28) && l.hour() == hour)
            .count()
    };
    for market in european(&scenario) {
        let hour = missing(market.zone);
        let islands = ["UK", "IE", "PT"].contains(&market.id.as_str());
        assert_eq!(hour, if islands { 1 } else { 2 }, "{}", market.id);
        assert_eq!(in_hour(market.zone, hour), 0, "{}", market.id);
        assert_eq!(in_hour(market.zone, hour + 1), 2, "{}", market.id);
    }
    for name in [
        "America/Costa_Rica",
        "Asia/Manila",
        "America/New_York",
        "America/Chicago",
    ] {
        assert_eq!(in_hour(zone(name), 2), 2, "{name}");
    }
}

#[test]
fn the_hours_around_the_missing_one_keep_their_rates() {
    let mut fortnight = without_special_days(hard_week());
    fortnight.horizon.zone = Zone::UTC;
    fortnight.horizon.first = march(15);
    fortnight.horizon.days = 14;
    let all = contacts(&fortnight);
    let mut compared = 0;
    for market in european(&fortnight) {
        let gap = market.zone.local(at("2027-03-28T00:59:00Z")).hour() + 1;
        for channel in [
            Channel::Phone,
            Channel::Chat,
            Channel::Email,
            Channel::Social,
        ] {
            let volume = |day: u32, hour: u32| {
                let key = (market.id.to_string(), channel, march(day), hour);
                all.get(&key).copied()
            };
            for hour in 0..24 {
                let Some(before) = volume(21, hour) else {
                    continue;
                };
                let expected = if hour == gap { None } else { Some(before) };
                let found = volume(28, hour);
                assert_eq!(
                    found.is_some(),
                    expected.is_some(),
                    "{} {channel}",
                    market.id
                );
                let off = found.unwrap_or(0.0) - expected.unwrap_or(0.0);
                assert!(off.abs() < 1e-9, "{} {channel} {hour}", market.id);
                compared += usize::from(before > 0.0);
            }
        }
    }
    assert!(compared > 10 * 2 * 24, "{compared}");
}

#[test]
fn good_friday_and_easter_change_the_volume_of_each_market() {
    let (holy, plain) = (hard_week(), without_special_days(hard_week()));
    for market in &holy.markets {
        let id = market.id.as_str();
        let friday = match id {
            "ES" | "PT" | "UK" | "DE" | "SE" => 0.65,
            "US" => 1.10,
            _ => 1.0,
        };
        let sunday = if id == "US" { 1.0 } else { 0.65 };
        for (day, factor) in [(25, 1.0), (26, friday), (27, 1.0), (28, sunday)] {
            let (holy, plain) = (on_day(&holy, id, day), on_day(&plain, id, day));
            assert!(plain > 0.0);
            assert!(
                (holy - factor * plain).abs() < 1e-9 * plain,
                "{id} {day}: {holy} {plain}"
            );
        }
    }
}
