//! Where the contacts of each stream are known from, and how good that is.

use super::page::{Cell, Section, Table};
use super::text::full_day;
use super::view::View;
use crate::calendar::{Datelike, NaiveDate, NaiveTime};
use crate::forecasting::History;
use crate::planning::{ForecastModel, Scenario, Source, Stream};

/// Adds sources and quality of the data to the part on the assumptions.
pub(super) fn add(view: &View<'_>, s: &mut Section) {
    let scenario = &view.plan.scenario;
    s.heading("Data: source and quality");
    let is_history = |stream: &&Stream| matches!(stream.source, Source::History { .. });
    let histories = scenario.streams.iter().filter(is_history).count();
    let all = view.words.plural(scenario.streams.len(), "stream");
    if histories == 0 {
        s.say(&format!(
            "All of {all} are weekly volumes with a given shape, not observed: nothing here says how \
             right they are."
        ));
        s.behind("Table of the streams", profiles(view));
        return;
    }
    s.say(&format!(
        "{} of {all} are forecast from contacts that came, by {}.",
        view.words.count(histories),
        match scenario.forecast {
            ForecastModel::PlannersRule => "the mean of the last four same weekdays",
            ForecastModel::Automatic => "several models weighed by their past",
        }
    ));
    s.table(observed(view));
    s.note(
        "A cell is one interval of one day inside the weekly opening hours of the channel, and days on which \
         it is closed are not missing. Unknown is not the \
         same as none: an unknown cell is left out, a cell of none counts as 0. Age is from the last day \
         known to the first day planned.",
    );
    if histories < scenario.streams.len() {
        s.behind("Table of the streams that are given", profiles(view));
    }
}

fn name(stream: &Stream) -> String {
    format!("{} {} of {}", stream.skill, stream.channel, stream.market)
}

/// What a history holds up to the day from which on nothing is learnt.
struct Quality {
    first: NaiveDate,
    last: NaiveDate,
    days: usize,
    gaps: usize,
    known: usize,
    unknown: usize,
    zero: usize,
}

fn quality(
    scenario: &Scenario,
    stream: &Stream,
    history: &History,
    origin: NaiveDate,
) -> Option<Quality> {
    let market = scenario.market(&stream.market)?;
    let opening = market.opening.get(&stream.channel);
    let mut found: Option<Quality> = None;
    for (date, cells) in history.days().filter(|(date, _)| *date <= origin) {
        let quality = found.get_or_insert(Quality {
            first: date,
            last: date,
            days: 0,
            gaps: 0,
            known: 0,
            unknown: 0,
            zero: 0,
        });
        let between = quality
            .last
            .iter_days()
            .skip(1)
            .take_while(|day| *day < date);
        let is_due =
            |day: &NaiveDate| opening.is_none_or(|hours| !hours.spans(day.weekday()).is_empty());
        quality.gaps += between.filter(is_due).count();
        quality.last = date;
        quality.days += 1;
        let minutes = history.interval_length().minutes();
        for (cell, slot) in cells.iter().zip(0..) {
            let clock = NaiveTime::from_num_seconds_from_midnight_opt(slot * minutes * 60, 0);
            let local = clock.map(|clock| date.and_time(clock));
            let is_open = opening
                .zip(local)
                .is_none_or(|(hours, local)| hours.is_open(local));
            match cell.volume {
                _ if !is_open => {}
                None => quality.unknown += 1,
                Some(0.0) => {
                    quality.known += 1;
                    quality.zero += 1;
                }
                Some(_) => quality.known += 1,
            }
        }
    }
    found
}

fn observed(view: &View<'_>) -> Table {
    let (scenario, words) = (&view.plan.scenario, view.words);
    let mut table = Table::new(&[
        "Contacts of",
        "From",
        "To",
        ">Days",
        ">Days missing",
        ">Cells known",
        ">Cells unknown",
        ">Cells of none",
        ">Age in days",
    ]);
    for stream in &scenario.streams {
        let Source::History { history, origin } = &stream.source else {
            continue;
        };
        let Some(found) = quality(scenario, stream, history, *origin) else {
            continue;
        };
        let lacking = |count: usize| {
            let class = if count > 0 { "bad" } else { "" };
            Cell::classed(words.count(count), class)
        };
        let age = (scenario.horizon.first - found.last).num_days();
        table.row([
            Cell::from(name(stream)),
            full_day(found.first).into(),
            full_day(found.last).into(),
            words.count(found.days).into(),
            lacking(found.gaps),
            words.count(found.known).into(),
            lacking(found.unknown),
            words.count(found.zero).into(),
            words.number(age as f64, 0).into(),
        ]);
    }
    table
}

fn profiles(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "Contacts of",
        ">Contacts a week",
        ">Volume",
        ">Handling time",
    ]);
    for stream in &view.plan.scenario.streams {
        let Source::Shape(shape) = &stream.source else {
            continue;
        };
        let factor = |factor: f64| format!("×{}", view.words.number(factor, 2));
        table.row([
            name(stream),
            view.words.contacts(shape.week_volume),
            factor(stream.volume_factor),
            factor(stream.aht_factor),
        ]);
    }
    table
}
