//! `law` of a pool: a ready pack and what is different here, or a law of one's own.

mod breaks;
mod change;
mod hours;
mod premiums;

use serde_json::json;

use super::origins::Origins;
use super::reader::Reader;
use super::value::{NotNegative, Positive};
use crate::calendar::NaiveDate;
use crate::workforce::law::{LabourLaw, LawError, WeeklyRest};
use crate::workforce::{FaultCode, Place};
use change::{Hours, limit, list, set, table};

/// Parameters whose keys have another name: what [`LabourLaw::check`] calls them, and the key.
const KEYS: [(&str, &str); 3] = [
    ("daily_rest", "daily_rest_hours"),
    ("span", "span_hours"),
    ("night_worker.averages", "night_worker.average_hours"),
];

/// The table at `law`, as it holds on a day.
pub(super) fn read(
    reader: &mut Reader<'_>,
    day: Option<NaiveDate>,
    origins: &mut Origins,
) -> Option<LabourLaw> {
    let dates = ["valid_from", "valid_until"].map(|key| reader.has(key));
    let packs = || json!({ "enum": LabourLaw::ids() });
    let pack = reader.get_as::<String>("pack", packs);
    let id = reader.get::<String>("id");
    let [has_pack, has_id] = reader.any_of(["pack", "id"]);
    let without = !has_pack;
    if without && !has_id {
        reader.fault(
            "pack",
            FaultCode::MissingKey,
            "`pack` is missing",
            "add `pack`, or `id` for a law that starts from nothing",
        );
    }
    let found = match (pack, day) {
        (Some(pack), Some(day)) => named(reader, &pack, day, dates != [false, false]),
        _ => None,
    };
    // Without a day or a pack the other keys are read all the same, so that their faults are told.
    let is_whole = found.is_some() || (without && id.is_some() && day.is_some());
    let from = day.unwrap_or_default();
    let mut law = found.unwrap_or_else(|| LabourLaw::none("", "", from));
    if let Some(id) = id {
        if without {
            law.name.clone_from(&id);
        }
        law.id = id;
    }
    about(reader, &mut law);
    limits(reader, &mut law);
    times(reader, &mut law);
    short_forms(reader, &mut law, origins);
    for (parameter, key) in KEYS {
        let place = Place::path(reader.path_of(key));
        origins.set(reader.path_of(parameter), place);
    }
    let has_dates = dates != [false, false];
    if has_dates && day.is_some_and(|day| is_whole && !law.holds_on(day)) {
        let key = if dates[1] {
            "valid_until"
        } else {
            "valid_from"
        };
        reader.fault(
            key,
            FaultCode::OutOfRange,
            "the law does not hold on the first day of the horizon",
            "give dates that hold it, or leave them out",
        );
        return None;
    }
    is_whole.then_some(law)
}

/// The pack as it holds on a day, or its last form where the dates are the scenario's.
fn named(reader: &Reader<'_>, pack: &str, day: NaiveDate, has_dates: bool) -> Option<LabourLaw> {
    let error = match LabourLaw::pack(pack, day) {
        Ok(law) => return Some(law),
        Err(LawError::NotValid { .. }) if has_dates => return LabourLaw::latest(pack).ok(),
        Err(error) => error,
    };
    let action = match &error {
        LawError::Unknown { .. } => format!("name one of {}", LabourLaw::ids().join(", ")),
        _ => "name a law that holds on the first day of the horizon, or say until when this one \
              holds here with `valid_until`"
            .to_owned(),
    };
    let what = error.to_string();
    reader.fault("pack", FaultCode::UnknownReference, what, action);
    None
}

fn about(reader: &mut Reader<'_>, law: &mut LabourLaw) {
    set(reader, "name", &mut law.name, |name| name);
    set(reader, "valid_from", &mut law.valid_from, |date| date);
    limit(
        reader,
        "valid_until",
        &mut law.valid_until,
        |date: NaiveDate| date,
    );
    set(reader, "sources", &mut law.sources, |sources| sources);
}

/// What is a number or a word.
fn limits(reader: &mut Reader<'_>, law: &mut LabourLaw) {
    let hours = |h: Positive| h.0;
    limit(
        reader,
        "daily_rest_hours",
        &mut law.daily_rest,
        |h: Hours| h.0,
    );
    limit(
        reader,
        "consecutive_days",
        &mut law.consecutive_days,
        |days: u32| days,
    );
    limit(reader, "day_hours", &mut law.day_hours, hours);
    limit(reader, "span_hours", &mut law.span, |h: Hours| h.0);
    limit(reader, "week_hours", &mut law.week_hours, hours);
    limit(reader, "year_hours", &mut law.year_hours, hours);
    set(reader, "sunday_allowed", &mut law.sunday_allowed, |b| b);
    set(reader, "holiday_allowed", &mut law.holiday_allowed, |b| b);
    set(
        reader,
        "regular_holidays",
        &mut law.regular_holidays,
        |names| names,
    );
    limit(reader, "notice_days", &mut law.notice_days, |days: u32| {
        days
    });
    let stacking = reader.choice("stacking", &premiums::STACKING);
    law.stacking = stacking.unwrap_or(law.stacking);
}

/// What is a table or a list of tables.
fn times(reader: &mut Reader<'_>, law: &mut LabourLaw) {
    table(reader, "short_rest", &mut law.short_rest, hours::short_rest);
    list(
        reader,
        "weekly_rest",
        &mut law.weekly_rest,
        hours::weekly_rest,
    );
    list(
        reader,
        "night_rests",
        &mut law.night_rests,
        hours::night_rest,
    );
    list(
        reader,
        "average_hours",
        &mut law.average_hours,
        hours::average,
    );
    table(reader, "night", &mut law.night, hours::night);
    table(
        reader,
        "class_limits",
        &mut law.class_limits,
        hours::class_limits,
    );
    table(
        reader,
        "night_worker",
        &mut law.night_worker,
        hours::night_worker,
    );
    reader.within("breaks", |r| breaks::breaks(r, &mut law.breaks));
    reader.within("overtime", |r| hours::overtime(r, &mut law.overtime));
    list(reader, "premiums", &mut law.premiums, premiums::premium);
}

/// Keys for the commonest case of what a table or list says in full, and not beside it.
fn short_forms(reader: &mut Reader<'_>, law: &mut LabourLaw, origins: &mut Origins) {
    if let Some(Hours(rest)) = reader.get("weekly_rest_hours") {
        law.weekly_rest = vec![WeeklyRest {
            total: rest,
            piece: rest,
            ..WeeklyRest::hours(0, 7).by_calendar_weeks()
        }];
        let place = Place::path(reader.path_of("weekly_rest_hours"));
        origins.set(reader.path_of("weekly_rest[0]"), place);
    }
    let year_most = |h: NotNegative| h.0;
    limit(
        reader,
        "year_overtime_hours",
        &mut law.overtime.year_most,
        year_most,
    );
    set(reader, "overtime_allowed", &mut law.overtime.allowed, |b| b);
    for (short, long, inner) in [
        ("weekly_rest_hours", "weekly_rest", None),
        ("year_overtime_hours", "overtime", Some("year_most_hours")),
        ("overtime_allowed", "overtime", Some("allowed")),
    ] {
        let full = reader.value(long);
        let is_twice = full.is_some_and(|full| inner.is_none_or(|key| full.get(key).is_some()));
        if reader.has(short) && is_twice {
            let full = inner.map_or_else(|| long.to_owned(), |key| format!("{long}.{key}"));
            reader.fault(
                short,
                FaultCode::Duplicate,
                format!("`{short}` and `{full}` say the same"),
                "keep one of them",
            );
        }
    }
}
