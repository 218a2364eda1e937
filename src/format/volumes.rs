//! The monthly volumes of a profile: one row for each market, with its language and channel shares.

use std::collections::BTreeSet;

use super::cells::number;
use super::profile::Profile;
use super::report::{instead, nearest};
use super::streams::{Context, Found};
use super::table::{Row, RowFaults, Table};
use crate::calendar::OpeningHours;
use crate::forecasting::WeekShape;
use crate::planning::{Horizon, Source, Stream};
use crate::workforce::{Channel, FaultCode, Language, Market, Place, Skill};

/// Shares may exceed 1 by this, from rounding.
const SLACK: f64 = 1e-6;

/// The streams of a volumes file.
pub(super) fn streams(bytes: &[u8], profile: &Profile, context: &Context<'_>) -> Vec<Found> {
    let mut faults = RowFaults::new(&profile.volumes);
    let found = read(bytes, profile, context, &mut faults).unwrap_or_default();
    if found.is_empty() {
        context.report.mark_without_streams();
        if faults.is_empty() && !context.report.is_incomplete() {
            let what = "there is no volume in the file";
            let action = "give one row for each market, with its channel shares";
            faults.push(None, None, FaultCode::EmptyHistory, what, action);
        }
    }
    faults.tell(context.report);
    found
}

/// Positions of the columns.
struct Columns {
    market: usize,
    contacts: usize,
    languages: usize,
    channels: Vec<(usize, String, Channel)>,
}

fn columns(table: &Table, faults: &mut RowFaults) -> Option<Columns> {
    const FIXED: [&str; 3] = ["market", "contacts_month", "languages"];
    let fixed = FIXED.map(|name| {
        let at = table.column(name);
        if at.is_none() {
            let what = format!("there is no column `{name}`");
            let action = format!(
                "the columns are {} and one for each channel",
                FIXED.join(", ")
            );
            faults.push(Some(1), Some(name), FaultCode::MissingColumn, what, action);
        }
        at
    });
    let mut channels = Vec::new();
    for (at, name) in table.header.iter().enumerate() {
        if FIXED.contains(&name.as_str()) {
            continue;
        }
        if let Ok(channel) = name.parse::<Channel>() {
            channels.push((at, name.clone(), channel));
            continue;
        }
        let near = nearest(
            name,
            FIXED.into_iter().chain(Channel::ALL.map(Channel::word)),
        );
        let action = format!(
            "remove it, or write the nearest, `{}`",
            near.unwrap_or("phone")
        );
        let what = format!("unknown column `{name}`");
        faults.push(Some(1), Some(name), FaultCode::UnknownKey, what, action);
    }
    let [market, contacts, languages] = fixed;
    Some(Columns {
        market: market?,
        contacts: contacts?,
        languages: languages?,
        channels,
    })
}

fn read(
    bytes: &[u8],
    profile: &Profile,
    context: &Context<'_>,
    faults: &mut RowFaults,
) -> Option<Vec<Found>> {
    let table = Table::read(bytes, b',', faults)?;
    let columns = columns(&table, faults)?;
    let horizon = context.horizon?;
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        let name = row.cell(columns.market);
        let mut told = |column, code, what: String, action: String| {
            faults.push(Some(row.number), Some(column), code, what, action);
        };
        if !seen.insert(name) {
            let what = format!("market `{name}` is given twice");
            told(
                "market",
                FaultCode::Duplicate,
                what,
                "add the rows up".to_owned(),
            );
            continue;
        }
        let Some(market) = context.markets.iter().find(|m| m.id.as_str() == name) else {
            if !context.report.is_incomplete() {
                let known = context.markets.iter().map(|m| m.id.as_str());
                let what = format!("unknown market `{name}`");
                told(
                    "market",
                    FaultCode::UnknownReference,
                    what,
                    instead("market", name, known),
                );
            }
            continue;
        };
        let numbers = (|| {
            let contacts = needed(row, columns.contacts, "contacts_month", faults);
            let languages = languages(row, columns.languages, faults);
            let channels = shares(row, &columns, faults);
            Some((contacts?, languages?, channels?))
        })();
        let Some((contacts, languages, channels)) = numbers else {
            context.report.mark_without_streams();
            continue;
        };
        let week = contacts * profile.week_per_month(horizon);
        for (language, share) in &languages {
            for &(channel, part) in &channels {
                let volume = week * part * share;
                let source = shape(profile, market, channel, volume);
                let Some(source) = source else {
                    context.report.at(
                        "profile.shapes",
                        FaultCode::MissingKey,
                        format!("no shape is for {channel} of market `{name}`"),
                        "add a shape without `markets` and `channels` at the end",
                    );
                    context.report.mark_without_streams();
                    continue;
                };
                let skill = Skill {
                    tier: profile.tier.clone(),
                    language: language.clone(),
                };
                let stream = stream(market, skill, channel, source, profile, horizon);
                let place = Place {
                    file: Some(profile.volumes.clone()),
                    row: Some(row.number),
                    column: Some("languages".to_owned()),
                    path: None,
                };
                found.push(Found { stream, place });
            }
        }
    }
    Some(found)
}

fn shape(profile: &Profile, market: &Market, channel: Channel, volume: f64) -> Option<Source> {
    let opening = market.opening.get(&channel).cloned();
    Some(Source::Shape(Box::new(WeekShape {
        week_volume: volume,
        weekday_weights: profile.weekdays,
        hour_weights: profile.hours(&market.id, channel)?,
        opening: opening.unwrap_or_else(OpeningHours::always),
    })))
}

fn stream(
    market: &Market,
    skill: Skill,
    channel: Channel,
    source: Source,
    profile: &Profile,
    horizon: &Horizon,
) -> Stream {
    let (volume_factor, aht_factor) = profile.deflected(channel, horizon);
    Stream {
        volume_factor,
        aht_factor,
        ..Stream::new(market.id.clone(), skill, channel, source)
    }
}

fn needed(row: &Row, at: usize, column: &str, faults: &mut RowFaults) -> Option<f64> {
    match number(row.cell(at), '.') {
        Ok(Some(value)) => Some(value),
        Ok(None) => {
            let (what, action) = ("the cell is empty", "give a number, 0 for none");
            faults.push(
                Some(row.number),
                Some(column),
                FaultCode::NotANumber,
                what,
                action,
            );
            None
        }
        Err(e) => {
            faults.push(Some(row.number), Some(column), e.code, e.what, e.action);
            None
        }
    }
}

fn too_much(row: &Row, column: &str, sum: f64, faults: &mut RowFaults) {
    if sum > 1.0 + SLACK {
        let what = format!("the shares add up to {sum}");
        let action = "give fractions that add up to 1";
        faults.push(
            Some(row.number),
            Some(column),
            FaultCode::OutOfRange,
            what,
            action,
        );
    }
}

/// Channels with a share above 0.
fn shares(row: &Row, columns: &Columns, faults: &mut RowFaults) -> Option<Vec<(Channel, f64)>> {
    let mut all = Some(Vec::new());
    for (at, name, channel) in &columns.channels {
        let share = needed(row, *at, name, faults);
        match (&mut all, share) {
            (Some(all), Some(share)) => all.push((*channel, share)),
            _ => all = None,
        }
    }
    let mut all = all?;
    let last = columns.channels.last().map_or("phone", |(_, name, _)| name);
    too_much(row, last, all.iter().map(|(_, share)| share).sum(), faults);
    all.retain(|&(_, share)| share > 0.0);
    Some(all)
}

/// Languages with a share above 0, from `en:0.88|es:0.12`.
fn languages(row: &Row, at: usize, faults: &mut RowFaults) -> Option<Vec<(Language, f64)>> {
    let column = Some("languages");
    let mut all: Vec<(Language, f64)> = Vec::new();
    for part in row.cell(at).split('|') {
        let read = part.split_once(':').and_then(|(name, share)| {
            let share = number(share.trim(), '.').ok()??;
            let name = Some(name.trim()).filter(|n| !n.is_empty())?;
            Some((Language::from(name), share))
        });
        let Some((language, share)) = read else {
            let what = format!("`{part}` is no language with its share");
            let action = "write for example en:0.88|es:0.12";
            faults.push(
                Some(row.number),
                column,
                FaultCode::NotANumber,
                what,
                action,
            );
            return None;
        };
        if all.iter().any(|(known, _)| *known == language) {
            let what = format!("`{language}` is given twice");
            let action = "add its shares up";
            faults.push(Some(row.number), column, FaultCode::Duplicate, what, action);
            return None;
        }
        all.push((language, share));
    }
    too_much(
        row,
        "languages",
        all.iter().map(|(_, share)| share).sum(),
        faults,
    );
    all.retain(|&(_, share)| share > 0.0);
    Some(all)
}
