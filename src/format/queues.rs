//! `[[queues]]`: one queue, or one for each language.

use std::collections::BTreeMap;
use std::time::Duration;

use super::calendars::Calendars;
use super::holiday_rules;
use super::origins::Origins;
use super::reader::Reader;
use super::value::{Positive, duration};
use crate::units::Probability;
use crate::workforce::{
    Channel, FaultCode, Language, Market, MarketId, Place, PromiseScope, Queue, QueueId,
    ServiceTarget, Skill, Tier,
};

const PLACEHOLDER: &str = "{language}";

/// All queues in the order of the file; those of `languages` by language.
pub(super) fn read(
    root: &mut Reader<'_>,
    calendars: &Calendars,
    markets: &[Market],
    origins: &mut Origins,
) -> Vec<Queue> {
    let mut queues = Vec::new();
    root.each("queues", |reader| {
        for queue in entry(reader, calendars, markets)? {
            let path = format!("queues[{}]", queues.len());
            origins.set(path, Place::path(reader.path()));
            queues.push(queue);
        }
        Some(())
    });
    queues
}

fn entry(reader: &mut Reader<'_>, calendars: &Calendars, markets: &[Market]) -> Option<Vec<Queue>> {
    let id = reader.need::<String>("id");
    let factors = languages(reader);
    let (channel, tier) = (
        reader.need::<Channel>("channel"),
        reader.need::<String>("tier"),
    );
    let market = reader.get::<String>("market").map(MarketId::from);
    let promise = reader.need_within("target", promise).flatten();
    let aht = reader.get::<Positive>("aht_seconds");
    let concurrency = reader.get::<Positive>("concurrency");
    let patience = patience(reader);
    let cap = reader.get::<Probability>("occupancy_cap");
    let holidays = calendars.chosen(reader);
    let rules = holiday_rules::read(reader, false);
    let of_markets: Vec<_> = match &holidays {
        Some(own) => vec![own],
        None => (markets.iter())
            .filter(|m| market.as_ref().is_none_or(|id| m.id == *id))
            .map(|m| &m.holidays)
            .collect(),
    };
    holiday_rules::check(reader, &rules, calendars, &of_markets);
    let (id, factors, (target, scope)) = (id?, factors?, promise?);
    let (channel, tier) = (channel?, Tier::from(tier?));
    if factors.len() > 1 && !id.contains(PLACEHOLDER) {
        reader.fault(
            "id",
            FaultCode::Duplicate,
            format!("{} queues would be called `{id}`", factors.len()),
            format!("put `{PLACEHOLDER}` into the name, for example `{PLACEHOLDER}-{channel}`"),
        );
        return None;
    }
    let mut queues = Vec::new();
    for (language, factor) in factors {
        let name = QueueId::from(id.replace(PLACEHOLDER, &language));
        let skill = Skill {
            tier: tier.clone(),
            language: Language::from(language),
        };
        let mut queue = Queue::new(name, skill, channel, target);
        queue.scope = scope;
        queue.holidays.clone_from(&holidays);
        queue.holiday_rules.clone_from(&rules);
        queue.market.clone_from(&market);
        queue.aht = handling_time(reader, aht, factor)?;
        queue.concurrency = concurrency.map_or(queue.concurrency, |c| c.0);
        queue.patience = patience;
        queue.occupancy_cap = cap.unwrap_or(queue.occupancy_cap);
        queues.push(queue);
    }
    Some(queues)
}

/// How long customers wait on average, a nanosecond at the least.
fn patience(reader: &mut Reader<'_>) -> Option<Duration> {
    let seconds = reader.get::<Positive>("patience_seconds")?.0;
    let patience = duration(seconds, 1.0).filter(|patience| !patience.is_zero());
    if patience.is_none() {
        reader.fault(
            "patience_seconds",
            FaultCode::OutOfRange,
            format!("a patience of {seconds} seconds"),
            "give a mean such as 120, or leave it out for customers who never hang up",
        );
    }
    patience
}

/// The languages with the factor on their handling time.
fn languages(reader: &mut Reader<'_>) -> Option<BTreeMap<String, f64>> {
    match reader.one_of(["language", "languages"]) {
        [true, true] => {
            reader.fault(
                "languages",
                FaultCode::Duplicate,
                "`languages` stands beside `language`",
                "keep `language` for one queue, `languages` for one of each",
            );
            None
        }
        [false, true] => {
            let factors: BTreeMap<String, Positive> = reader.need("languages")?;
            if factors.is_empty() {
                reader.fault(
                    "languages",
                    FaultCode::OutOfRange,
                    "there is no language",
                    "name at least one, for example `{ en = 1.0 }`",
                );
                return None;
            }
            Some(factors.into_iter().map(|(l, f)| (l, f.0)).collect())
        }
        _ => Some(BTreeMap::from([(reader.need("language")?, 1.0)])),
    }
}

/// The handling time of a language: `None` when it cannot be told, `Some(None)` when the
/// history tells it.
#[expect(
    clippy::option_option,
    reason = "a fault and a time that is left out are different"
)]
fn handling_time(
    reader: &Reader<'_>,
    aht: Option<Positive>,
    factor: f64,
) -> Option<Option<Duration>> {
    let Some(Positive(seconds)) = aht else {
        if (factor - 1.0).abs() > 0.0 {
            reader.fault(
                "languages",
                FaultCode::MissingKey,
                "a factor on a handling time that is not given",
                "add `aht_seconds`, or let every factor be 1",
            );
            return None;
        }
        return Some(None);
    };
    let read = duration(seconds * factor, 1.0);
    if read.is_none() {
        reader.fault(
            "aht_seconds",
            FaultCode::OutOfRange,
            format!("{seconds} seconds is longer than anything"),
            "give the handling time in seconds",
        );
    }
    read.map(Some)
}

/// A promise with the contacts it is kept over: `scope` and `floor` beside the keys of a target.
pub(super) fn promise(reader: &mut Reader<'_>) -> Option<(ServiceTarget, PromiseScope)> {
    let mut scope = scope(reader);
    let target = target(reader)?;
    if !target.is_live() && scope.is_some_and(|s| s != PromiseScope::Interval) {
        reader.fault(
            "scope",
            FaultCode::WrongType,
            "deferred work has a deadline for each contact and no service level of a day or week",
            "remove `scope` and `floor`, or give `answer_within_seconds`",
        );
        scope = Some(PromiseScope::Interval);
    }
    Some((target, scope?))
}

/// Over which contacts a promise is kept; every interval's unless said otherwise.
fn scope(reader: &mut Reader<'_>) -> Option<PromiseScope> {
    let kinds = [("interval", 0), ("day", 1), ("week", 2)];
    let is_given = reader.has("scope");
    let kind = reader.choice("scope", &kinds);
    let has_floor = reader.has("floor");
    let floor = reader.get::<Probability>("floor");
    if (is_given && kind.is_none()) || (has_floor && floor.is_none()) {
        reader.report().mark_incomplete();
        return None;
    }
    let floor_or_none = floor.unwrap_or(Probability::ZERO);
    Some(match kind {
        Some(1) => PromiseScope::Day {
            floor: floor_or_none,
        },
        Some(2) => PromiseScope::Week {
            floor: floor_or_none,
        },
        _ => {
            if has_floor {
                reader.fault(
                    "floor",
                    FaultCode::ImpossibleLimits,
                    "a floor for each interval stands beside a promise of each interval",
                    "remove `floor`, or add `scope = \"day\"` or `scope = \"week\"`",
                );
            }
            PromiseScope::Interval
        }
    })
}

/// What is promised: `answer_within_seconds` for live queues, `done_within_open_hours` for others.
fn target(reader: &mut Reader<'_>) -> Option<ServiceTarget> {
    const KEYS: [(&str, f64); 2] = [
        ("answer_within_seconds", 1.0),
        ("done_within_open_hours", 3600.0),
    ];
    let share = reader.need::<Probability>("share");
    let given = reader.one_of(KEYS.map(|(key, _)| key));
    let (key, unit) = match given {
        [true, false] => KEYS[0],
        [false, true] => KEYS[1],
        [both, _] => {
            let (code, what) = if both {
                (
                    FaultCode::Duplicate,
                    "a target has one threshold, here are two",
                )
            } else {
                (FaultCode::MissingKey, "the target has no threshold")
            };
            let action = "give `answer_within_seconds` for phone and chat, \
                          `done_within_open_hours` for the rest";
            reader.fault(KEYS[0].0, code, what, action);
            reader.report().mark_incomplete();
            return None;
        }
    };
    let number = reader.need::<f64>(key)?;
    // Contacts may be answered at once; nothing is done at once.
    let within = duration(number, unit).filter(|d| unit <= 1.0 || !d.is_zero());
    let Some(within) = within else {
        let what = format!("{number} is no threshold");
        reader.fault(key, FaultCode::OutOfRange, what, "give a number above 0");
        reader.report().mark_incomplete();
        return None;
    };
    let share = share?;
    Some(if given[0] {
        ServiceTarget::Live {
            share,
            answer_within: within,
        }
    } else {
        ServiceTarget::Deferred {
            share,
            done_within: within,
        }
    })
}
