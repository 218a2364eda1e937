//! The scenarios that are shipped.

use std::time::Duration;

use sha2::{Digest, Sha256};
use wfm::calendar::{NaiveDate, Weekday};
use wfm::format::{ReadOptions, ScenarioFile, read_scenario};
use wfm::planning::{Demand, Scenario, Source};
use wfm::workforce::{Channel, MarketId, ServiceTarget, Skill};

use super::{folder, text};
use crate::support::shared;

fn read(name: &str) -> ScenarioFile {
    let read = read_scenario(&folder(name), &ReadOptions::default());
    read.unwrap_or_else(|faults| panic!("{name}: {faults}"))
}

/// A scenario on data that are not ours; `None` when they are not here.
fn read_with_data(name: &str) -> Option<Scenario> {
    let data = shared("data", &format!("scenario {name}"))?;
    let options = ReadOptions { data: Some(data) };
    let read = read_scenario(&folder(name), &options);
    Some(
        read.unwrap_or_else(|faults| panic!("{name}: {faults}"))
            .scenario,
    )
}

fn date(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

#[test]
fn belgium_forecasts_the_table_of_the_hand_check() {
    let scenario = read("belgium").scenario;
    let demand = Demand::forecast(&scenario).unwrap();
    let zone = scenario.horizon.zone;
    // Calls per hour in blocks of two hours from 08:00, `scenarios/README.md` §1.1.
    let table = [
        ("fr", [36.0, 60.0, 48.0, 60.0, 48.0, 24.0]),
        ("nl", [12.0, 24.0, 24.0, 24.0, 12.0, 6.0]),
    ];
    assert_eq!(demand.streams.len(), 2);
    for (language, blocks) in table {
        let stream = demand
            .streams
            .iter()
            .find(|s| scenario.queues[s.queue].skill == Skill::new("L1", language))
            .unwrap();
        assert!((stream.agent_seconds - 300.0).abs() < 1e-9);
        for (i, &mean) in stream.forecast.mean().values().iter().enumerate() {
            let local = zone.local(demand.grid.instant(i));
            let minute = wfm::calendar::minute_of(local);
            let per_hour = minute.checked_sub(480).and_then(|m| blocks.get(m / 120));
            assert!(
                (mean - per_hour.unwrap_or(&0.0) / 2.0).abs() < 1e-9,
                "{language} {local}"
            );
        }
    }
}

#[test]
fn the_hash_is_over_names_and_bytes() {
    let mut hash = Sha256::new();
    for name in ["scenario.toml", "history.csv"] {
        for part in [name.as_bytes(), text("belgium", name).as_bytes()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let digest = hash.finalize();
    let expected = (digest.iter()).fold(String::new(), |text, b| format!("{text}{b:02x}"));
    assert_eq!(read("belgium").input_hash, expected);
}

#[test]
fn belgium_means_what_it_says() {
    let file = read("belgium");
    assert_eq!(file.input_hash.len(), 64);
    assert!(
        file.input_hash
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    );
    let scenario = file.scenario;
    let [inside, vendor] = &scenario.pools[..] else {
        panic!("two pools")
    };
    assert_eq!(
        (inside.site.as_str(), inside.vendor.as_str()),
        ("Brussels", "Brussels")
    );
    assert_eq!(inside.skills.len(), 2);
    assert_eq!(vendor.limits.shifts_per_day_min, Some(4));
    assert!((vendor.price.per_hour.get() - 15.0).abs() < 1e-12);
    assert_eq!(vendor.shifts[0].starts.every, Duration::from_secs(7200));
    let Source::History { history, origin } = &scenario.streams[0].source else {
        panic!("a history")
    };
    assert_eq!(*origin, date(2027, 3, 22));
    assert_eq!(history.span(), Some((date(2027, 2, 15), date(2027, 3, 19))));
}

#[test]
fn ondara_means_what_it_says() {
    let scenario = read("ondara").scenario;
    assert_eq!(scenario.markets.len(), 11);
    assert_eq!(scenario.queues.len(), 8 + 9 * 3 + 5 + 1);
    let queue = |id: &str| {
        scenario
            .queues
            .iter()
            .find(|q| q.id.as_str() == id)
            .unwrap()
    };
    assert_eq!(queue("de-phone").aht, Some(Duration::from_secs(432)));
    assert!((queue("fr-chat").concurrency - 2.0).abs() < 1e-12);
    assert_eq!(
        queue("en-L3").target,
        ServiceTarget::Deferred {
            share: wfm::units::Probability::saturating(0.9),
            done_within: Duration::from_secs(12 * 3600),
        }
    );
    // Sweden has no phone, and Swedish no phone queue.
    let se = MarketId::from("SE");
    assert!(
        !scenario
            .streams
            .iter()
            .any(|s| s.market == se && s.channel == Channel::Phone)
    );
    let stream = |market: &str, language: &str, channel| {
        let skill = Skill::new("L1", language);
        let fits = |s: &&wfm::planning::Stream| {
            s.market.as_str() == market && s.skill == skill && s.channel == channel
        };
        scenario.streams.iter().find(fits).unwrap()
    };
    let chat = stream("SE", "sv", Channel::Chat);
    let Source::Shape(shape) = &chat.source else {
        panic!("a shape")
    };
    let week = 6000.0 * 12.0 / (365.25 / 7.0) * 1.10 * 1.00 * 0.48 * 0.80;
    assert!((shape.week_volume - week).abs() < 1e-9);
    // Three months of 1.5 %: what is left is 2.356 % harder.
    assert!((chat.volume_factor - 0.955).abs() < 1e-12);
    assert!((chat.aht_factor - 1.023_560_2).abs() < 1e-6);
    let phone = stream("US", "en", Channel::Phone);
    assert!((phone.volume_factor - 1.0).abs() < 1e-12);
    let Source::Shape(shape) = &phone.source else {
        panic!("a shape")
    };
    assert!((shape.hour_weights[3] - 0.4).abs() < 1e-12);
    assert_eq!(
        shape.opening.spans(Weekday::Sun)[0].to_string(),
        "08:00-24:00"
    );
    let Source::Shape(email) = &stream("US", "en", Channel::Email).source else {
        panic!("a shape")
    };
    assert!((email.hour_weights[3] - 1.0).abs() < 1e-12);
    // A night passes midnight: two parts of the day.
    let lisbon = scenario
        .pools
        .iter()
        .find(|p| p.id.as_str() == "LIS")
        .unwrap();
    assert_eq!(lisbon.vendor, "A");
    let night: Vec<String> = lisbon.price.premiums[0]
        .spans
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(night, ["22:00-24:00", "00:00-07:00"]);
    assert!(lisbon.price.premiums[2].on_special_days);
    // Contacts of the reference, `scenarios/README.md` §2.5.
    let demand = Demand::forecast(&scenario).unwrap();
    let contacts = |tier: &str, language: Option<&str>| -> f64 {
        let fits = |skill: &Skill| {
            skill.tier.as_str() == tier && language.is_none_or(|l| skill.language.as_str() == l)
        };
        (demand.streams.iter())
            .filter(|s| fits(&scenario.queues[s.queue].skill))
            .map(|s| s.forecast.mean().total())
            .sum()
    };
    for (language, expected) in [
        ("en", 26794.0),
        ("fr", 8591.0),
        ("de", 7878.0),
        ("nl", 2707.0),
    ] {
        let found = contacts("L1", Some(language));
        assert!(
            (found - expected).abs() < expected * 0.002,
            "{language}: {found}"
        );
    }
    let total = contacts("L1", None);
    assert!((total - 63_415.0).abs() < 64.0, "{total}");
}

#[test]
fn the_hard_week_extends_ondara() {
    let (hard, plain) = (read("ondara-hard-week"), read("ondara"));
    assert_ne!(hard.input_hash, plain.input_hash);
    let (hard, plain) = (hard.scenario, plain.scenario);
    assert_eq!(hard.name, "ondara-hard-week");
    assert_eq!(hard.horizon.interval, plain.horizon.interval);
    assert_eq!(hard.horizon.grid().unwrap().len(), 167 * 2);
    assert_eq!(hard.queues, plain.queues);
    let days = |id: &str| &hard.market(&MarketId::from(id)).unwrap().special_days;
    assert_eq!(days("ES").len(), 2);
    assert_eq!(days("FR").len(), 1);
    assert!((days("US")[0].volume_factor - 1.10).abs() < 1e-12);
    let pool = |id: &str| hard.pools.iter().find(|p| p.id.as_str() == id).unwrap();
    assert_eq!(pool("PHL").special_days.len(), 3);
    assert_eq!(pool("SAT").special_days.len(), 0);
}

#[test]
fn a_full_shift_with_breaks_costs_and_counts_what_its_time_on_the_queue_did() {
    let near = |a: f64, b: f64, tolerance: f64| (a - b).abs() < tolerance * b.abs().max(1.0);
    let (breaks, plain) = (read("ondara-breaks").scenario, read("ondara").scenario);
    let hard = read("ondara-hard-week-breaks").scenario;
    assert_eq!(hard.horizon.grid().unwrap().len(), 167 * 4);
    assert_eq!(breaks.horizon.interval.minutes(), 15);
    assert_eq!(breaks.queues, plain.queues);
    for (with, without) in breaks.pools.iter().zip(&plain.pools) {
        assert_eq!(with.id, without.id);
        let longest = with.shifts.iter().max_by_key(|s| s.length).unwrap();
        let hours = |d: Duration| d.as_secs_f64() / 3600.0;
        let all = hours(longest.length);
        let pauses = |paid: bool| -> f64 {
            let some = longest.breaks.iter().filter(|b| b.paid == paid);
            some.map(|b| hours(b.length)).sum()
        };
        let on_queue = all - pauses(true) - pauses(false);
        let price = |pool: &wfm::workforce::Pool| pool.price.per_hour.get();
        let cost = price(with) * (all - pauses(false));
        assert!(near(cost, price(without) * on_queue, 5e-4), "{}", with.id);
        for (language, dear) in &without.price.by_language {
            let surcharge = dear.get() - price(without);
            let now = with.price.of(language).get() - price(with);
            assert!(near(now, surcharge, 1e-9), "{} {language}", with.id);
        }
        let paid = |pool: &wfm::workforce::Pool, hours| pool.paid_hours(hours);
        assert!(
            near(paid(with, all), paid(without, on_queue), 1e-3),
            "{}",
            with.id
        );
        let most = |pool: &wfm::workforce::Pool| pool.limits.week_hours_max.unwrap_or(0.0);
        assert!(
            near(most(with), most(without) * all / on_queue, 1e-3),
            "{}",
            with.id
        );
    }
}

#[test]
fn us_bank_adds_five_minutes_up() {
    let Some(scenario) = read_with_data("us-bank") else {
        return;
    };
    let Source::History { history, .. } = &scenario.streams[0].source else {
        panic!("a history")
    };
    assert_eq!(history.interval_length().minutes(), 30);
    // 111 + 113 + 76 + 82 + 91 + 87 are the first six rows of the file.
    let first = history.day(date(2003, 3, 3)).unwrap();
    assert!(first[14].volume.unwrap() > 500.0);
    assert_eq!(history.days().count(), 164);
    assert!(history.days().all(|(_, cells)| cells[13].volume.is_none()));
    Demand::forecast(&scenario).unwrap();
}

#[test]
fn il_bank_follows_the_clock_changes() {
    let Some(scenario) = read_with_data("il-bank") else {
        return;
    };
    let Source::History { history, .. } = &scenario.streams[0].source else {
        panic!("a history")
    };
    assert_eq!(history.days().count(), 365);
    // 3 September 1999, 00:00 to 01:00 or 01:00 to 02:00 happened twice and is one row.
    let autumn = history.day(date(1999, 9, 3)).unwrap();
    assert_eq!(autumn.iter().filter(|c| c.instants == 2).count(), 2);
    let spring = history.day(date(1999, 4, 2)).unwrap();
    assert_eq!(spring.iter().filter(|c| c.volume.is_none()).count(), 2);
    Demand::forecast(&scenario).unwrap();
}
