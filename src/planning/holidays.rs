//! What holidays and special days do to the contacts of a queue.

use std::collections::BTreeMap;

use super::scenario::Scenario;
use crate::calendar::holidays::Holiday;
use crate::calendar::{NaiveDate, Series, Span};
use crate::forecasting::{Event, Forecast, History, holiday_events_of};
use crate::workforce::{Fault, FaultCode, HolidayEffect, HolidayRule, Market, Queue};

/// Volume of a local day compared with an ordinary one of its weekday, as far as it is given; 1
/// where the forecast tells.
pub(super) fn given_factor(queue: &Queue, market: &Market, date: NaiveDate) -> f64 {
    let day = queue.day(market, date);
    day.and_then(|d| d.given_factor()).unwrap_or(1.0)
}

/// Days of a history that are not like others of their weekday.
pub(super) fn unlike(queue: &Queue, market: &Market, history: &History) -> Vec<NaiveDate> {
    let days = history.days().map(|(date, _)| date);
    days.filter(|&date| queue.day(market, date).is_some())
        .collect()
}

/// The events of a queue from the first day of its history to the last day of the horizon.
///
/// Holidays have the effect of their like in the past. Days of the horizon whose volume is given
/// are ordinary ones here, to be multiplied by what is given; what is around them is not. Special
/// days of the past are set apart.
pub(super) fn events(
    queue: &Queue,
    market: &Market,
    (first, origin, last): (NaiveDate, NaiveDate, NaiveDate),
) -> Vec<Event> {
    let special = |date| market.special_days.iter().any(|day| day.date == date);
    let around = |date: NaiveDate| date.succ_opt().unwrap_or(date);
    let calendar = queue.holidays_in(market);
    let known = calendar.between(first, around(last));
    let is_past_special = |day: &&Holiday| day.date <= origin && special(day.date);
    let mut events = holiday_events_of(known.filter(|day| !is_past_special(day)));
    let past = market.special_days.iter().filter(|day| day.date <= origin);
    events.extend(past.map(|day| Event::special(day.date, day.name.clone())));
    let horizon = origin.iter_days().skip(1).take_while(|&date| date <= last);
    let given = horizon.filter(|&date| {
        let day = queue.day(market, date);
        day.is_some_and(|day| day.given_factor().is_some())
    });
    events.extend(given.map(Event::ordinary));
    events
}

/// Contacts arrive in open hours only. What a forecast has outside the ordinary ones is left out;
/// on days that are open at other hours and whose volume is given, the day's contacts come in
/// those hours.
pub(super) fn within_open_hours(forecast: Forecast, queue: &Queue, market: &Market) -> Forecast {
    let is_plain = market.special_days.is_empty() && queue.holidays_in(market).is_empty();
    if is_plain && !market.opening.contains_key(&queue.channel) {
        return forecast;
    }
    let grid = *forecast.grid();
    let mean = forecast.mean().values();
    // Contacts in the ordinary hours of a day, and in those that it is open.
    let mut shortened: BTreeMap<NaiveDate, (f64, f64)> = BTreeMap::new();
    for (t, volume) in grid.instants().zip(mean) {
        let date = market.zone.local(t).date();
        let day = queue.day(market, date);
        if day.is_none_or(|d| d.hours.is_empty() || d.given_factor().is_none()) {
            continue;
        }
        let (whole, open) = shortened.entry(date).or_default();
        if market.is_ordinarily_open(queue.channel, t) {
            *whole += volume;
        }
        if queue.is_open(market, t) {
            *open += volume;
        }
    }
    let mean = Series::from_fn(grid, |i| {
        let t = grid.instant(i);
        if !queue.is_open(market, t) {
            return 0.0;
        }
        let (whole, open) = *shortened
            .get(&market.zone.local(t).date())
            .unwrap_or(&(1.0, 1.0));
        let share = if open > 0.0 { whole / open } else { 1.0 };
        mean[i] * share
    });
    Forecast::new(&mean, market.zone, forecast.day_cv())
}

/// Rules whose hours are not those of intervals, or whose factor is no number.
pub(super) fn check_rules(
    scenario: &Scenario,
    path: &str,
    rules: &[HolidayRule],
    found: &mut Vec<Fault>,
) {
    let minutes = scenario.horizon.interval.minutes();
    let is_whole = |minute: u32| minute.is_multiple_of(minutes);
    for (i, rule) in rules.iter().enumerate() {
        let HolidayEffect::Open {
            hours,
            volume_factor,
        } = &rule.effect
        else {
            continue;
        };
        let off = |s: &&Span| !is_whole(s.from_minute()) || !is_whole(s.to_minute());
        if let Some(span) = hours.iter().find(off) {
            found.push(Fault::at(
                format!("{path}[{i}]"),
                FaultCode::Misaligned,
                format!(
                    "the hours {span} do not begin and end with an interval of {minutes} minutes"
                ),
                "change the hours or `horizon.interval_minutes`",
            ));
        }
        if volume_factor.is_some_and(|f| !(f.is_finite() && f >= 0.0)) {
            found.push(Fault::at(
                format!("{path}[{i}].volume_factor"),
                FaultCode::OutOfRange,
                "the factor is negative or no number",
                "give a finite number that is not negative",
            ));
        }
    }
}
