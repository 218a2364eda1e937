//! Special days and holidays of the horizon, and what happens on them.

use std::collections::BTreeMap;

use crate::calendar::NaiveDate;
use crate::calendar::holidays::{Holiday, HolidaySet, Status};
use crate::planning::{Plan, Scenario};
use crate::workforce::{DayClass, DayTerms, Market, Pool, Queue};

/// What follows the name of a day whose date is not decided yet.
const PROVISIONAL: &str = " (provisional)";

/// One day somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SpecialDayRow {
    /// The local day.
    pub(super) date: NaiveDate,
    /// The market with its queues, or the pool.
    pub(super) place: String,
    /// What the day is called, and whether its date is provisional.
    pub(super) name: String,
    /// What happens.
    pub(super) effect: String,
    /// Whether the date is not decided yet.
    pub(super) is_provisional: bool,
}

/// All of them, by market and day, then by pool and day, with a way to write shares.
pub(super) fn rows(plan: &Plan, percent: impl Fn(f64) -> String) -> Vec<SpecialDayRow> {
    let scenario = &plan.scenario;
    let grid = &plan.problem.grid;
    let mut rows = Vec::new();
    for market in &scenario.markets {
        for date in grid.local_days(market.zone) {
            of_market(scenario, market, date, &percent, &mut rows);
        }
    }
    for pool in &scenario.pools {
        let days = grid.local_days(pool.zone).into_iter();
        rows.extend(days.filter_map(|date| of_pool(pool, date)));
    }
    rows
}

/// The queues of a market by what the day is for them.
fn of_market(
    scenario: &Scenario,
    market: &Market,
    date: NaiveDate,
    percent: &impl Fn(f64) -> String,
    rows: &mut Vec<SpecialDayRow>,
) {
    let queues = queues_of(scenario, market);
    let mut by_effect: BTreeMap<(String, String), Vec<&Queue>> = BTreeMap::new();
    for queue in queues.iter().copied() {
        if let Some(day) = queue.day(market, date) {
            let name = named(&day, queue.holidays_in(market), date);
            let what = (name, effect(&day, percent));
            by_effect.entry(what).or_default().push(queue);
        }
    }
    for ((name, effect), members) in by_effect {
        let place = if members.len() == queues.len() {
            format!("market {}", market.id)
        } else {
            let ids: Vec<String> = members.iter().map(|q| q.id.to_string()).collect();
            format!("market {}: {}", market.id, ids.join(", "))
        };
        rows.push(SpecialDayRow {
            date,
            place,
            is_provisional: name.ends_with(PROVISIONAL),
            name,
            effect,
        });
    }
}

/// Queues in which contacts of a market wait.
fn queues_of<'a>(scenario: &'a Scenario, market: &Market) -> Vec<&'a Queue> {
    let of_market = scenario.streams.iter().filter(|s| s.market == market.id);
    let mut places: Vec<usize> = of_market
        .filter_map(|s| scenario.queue_of(&s.market, &s.skill, s.channel))
        .collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|q| &scenario.queues[q]).collect()
}

fn named(day: &DayTerms<'_>, calendar: &HolidaySet, date: NaiveDate) -> String {
    let same = |h: &&Holiday| h.name == day.name;
    let holiday = (day.class).and_then(|class| class.holidays(calendar, date).find(same));
    let provisional = match holiday.map(|h| h.status) {
        Some(Status::Provisional) => PROVISIONAL,
        _ => "",
    };
    let kind = match day.class {
        Some(DayClass::Bridge) => "bridge to ",
        Some(DayClass::Eve) if holiday.is_some_and(|h| h.date != date) => "eve of ",
        _ => "",
    };
    format!("{kind}{}{provisional}", day.name)
}

fn effect(day: &DayTerms<'_>, percent: &impl Fn(f64) -> String) -> String {
    if day.closed {
        return "closed".to_owned();
    }
    let volume = day.volume_factor.map_or_else(
        || "contacts as forecast".to_owned(),
        |factor| format!("{} of an ordinary day's contacts", percent(factor)),
    );
    if day.hours.is_empty() {
        return volume;
    }
    let mut spans = day.hours.to_vec();
    spans.sort_unstable();
    let spans: Vec<String> = spans.iter().map(ToString::to_string).collect();
    format!("open {} only, {volume}", spans.join(" and "))
}

fn of_pool(pool: &Pool, date: NaiveDate) -> Option<SpecialDayRow> {
    let special = pool.special_days.iter().find(|d| d.date == date);
    let holiday = pool.holidays.day_off(date);
    let name = match (special, holiday) {
        (Some(day), _) => day.name.clone(),
        (None, Some(day)) if day.status == Status::Provisional => {
            format!("{}{PROVISIONAL}", day.name)
        }
        (None, Some(day)) => day.name.to_string(),
        (None, None) => return None,
    };
    let is_forbidden = pool.law.as_ref().is_some_and(|law| !law.holiday_allowed);
    let effect = if special.is_some_and(|d| d.closed) {
        "no shift starts"
    } else if is_forbidden {
        "no work by law"
    } else {
        "premiums may apply"
    };
    Some(SpecialDayRow {
        date,
        place: format!("pool {}", pool.id),
        is_provisional: name.ends_with(PROVISIONAL),
        name,
        effect: effect.to_owned(),
    })
}
