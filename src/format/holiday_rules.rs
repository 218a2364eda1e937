//! `holiday_rules` of a market or queue: closed, reduced or other volumes, on holidays, bridge
//! days and eves.

use std::collections::BTreeSet;

use super::calendars::Calendars;
use super::hours::spans;
use super::reader::Reader;
use super::report::instead;
use super::value::NotNegative;
use crate::calendar::holidays::HolidaySet;
use crate::workforce::{Channel, DayClass, FaultCode, HolidayEffect, HolidayRule};

/// The list at `holiday_rules`; the first rule that fits a day counts.
pub(super) fn read(reader: &mut Reader<'_>, has_channels: bool) -> Vec<HolidayRule> {
    reader.each("holiday_rules", |rule| one(rule, has_channels))
}

fn one(reader: &mut Reader<'_>, has_channels: bool) -> Option<HolidayRule> {
    let classes = DayClass::ALL.map(|class| (class.word(), class));
    let is_given = reader.has("on");
    let class = reader.choice("on", &classes);
    let names = reader.get::<Vec<String>>("names").unwrap_or_default();
    let channels = if has_channels {
        reader.get::<Vec<Channel>>("channels").unwrap_or_default()
    } else {
        Vec::new()
    };
    let closed = reader.get::<bool>("closed").unwrap_or(false);
    let volume_factor = reader.get::<NotNegative>("volume_factor").map(|f| f.0);
    let has_hours = reader.has("from") || reader.has("to");
    let hours = if has_hours {
        spans(reader)?
    } else {
        Vec::new()
    };
    if closed && (has_hours || volume_factor.is_some()) {
        reader.report().at(
            reader.path(),
            FaultCode::ImpossibleLimits,
            "the rule closes the day and says how it is open",
            "remove `closed`, or `from`, `to` and `volume_factor`",
        );
        return None;
    }
    if is_given && class.is_none() {
        return None;
    }
    let effect = if closed {
        HolidayEffect::Closed
    } else {
        HolidayEffect::Open {
            hours,
            volume_factor,
        }
    };
    Some(HolidayRule {
        class: class.unwrap_or(DayClass::Holiday),
        names,
        channels,
        effect,
    })
}

/// Rules of a table that no day of its calendars can fit.
pub(super) fn check(
    reader: &Reader<'_>,
    rules: &[HolidayRule],
    known: &Calendars,
    calendars: &[&HolidaySet],
) {
    let report = reader.report();
    if rules.is_empty() || report.is_incomplete() || known.has_holes() {
        return;
    }
    if calendars.iter().all(|set| set.is_empty()) {
        report.at(
            reader.path_of("holiday_rules"),
            FaultCode::MissingKey,
            "there are rules for holidays and no holidays",
            "add `holidays`, for example `holidays = \"ES-CT\"`",
        );
        return;
    }
    let days = || calendars.iter().flat_map(|set| set.iter());
    let known: BTreeSet<&str> = days().map(|day| day.name.as_ref()).collect();
    for (i, rule) in rules.iter().enumerate() {
        let path = reader.path_of(&format!("holiday_rules[{i}]"));
        for (j, name) in rule.names.iter().enumerate() {
            if !known.contains(name.as_str()) {
                report.at(
                    format!("{path}.names[{j}]"),
                    FaultCode::UnknownReference,
                    format!("no holiday is called `{name}`"),
                    instead("holiday", name, known.iter().copied()),
                );
            }
        }
        let all_known = rule.names.iter().all(|name| known.contains(name.as_str()));
        if all_known && !has_day(rule, calendars) {
            report.at(
                path,
                FaultCode::ImpossibleLimits,
                format!("the rule is for {}s, and there is none", rule.class.word()),
                "remove the rule, or let it be for other days",
            );
        }
    }
}

/// Whether a rule is for any day at all.
fn has_day(rule: &HolidayRule, calendars: &[&HolidaySet]) -> bool {
    calendars.iter().any(|set| {
        set.iter().any(|day| {
            let near = [day.date.pred_opt(), Some(day.date), day.date.succ_opt()];
            let mut near = near.into_iter().flatten();
            near.any(|date| rule.holiday(set, date).is_some())
        })
    })
}
