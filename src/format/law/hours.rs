//! Rests, averages, nights and overtime of a law.

use super::super::reader::Reader;
use super::super::value::{NotNegative, Positive};
use super::change::{Hours, kept, limit, list, set};
use crate::calendar::NaiveTime;
use crate::units::Probability;
use crate::workforce::law::{
    AverageHours, ClassHours, ClassLimits, NightBand, NightRest, NightWorker, Overtime, RestPeriod,
    ShortRest, WeeklyRest,
};

pub(super) fn short_rest(reader: &mut Reader<'_>, before: Option<&ShortRest>) -> Option<ShortRest> {
    let least = kept(reader, "hours", before.map(|b| Hours(b.least)));
    let once_in_days = kept(reader, "once_in_days", before.map(|b| b.once_in_days));
    Some(ShortRest {
        least: least?.0,
        once_in_days: once_in_days?,
    })
}

pub(super) fn weekly_rest(reader: &mut Reader<'_>) -> Option<WeeklyRest> {
    let periods = [
        ("each_shift", RestPeriod::FromEachShift),
        ("calendar_weeks", RestPeriod::CalendarWeeks),
    ];
    let total = reader.need::<Hours>("hours");
    let piece = reader.get::<Hours>("piece_hours").or(total);
    let days = reader.get("days").unwrap_or(7);
    let period = reader.choice("count_by", &periods);
    Some(WeeklyRest {
        total: total?.0,
        piece: piece?.0,
        days,
        period: period.unwrap_or(RestPeriod::FromEachShift),
    })
}

pub(super) fn night_rest(reader: &mut Reader<'_>) -> Option<NightRest> {
    let nights = reader.need("nights");
    let ends_after = reader.get::<NaiveTime>("ends_after");
    let least = reader.need::<Hours>("hours");
    Some(NightRest {
        nights: nights?,
        ends_after,
        least: least?.0,
    })
}

pub(super) fn average(reader: &mut Reader<'_>) -> Option<AverageHours> {
    let hours = reader.need::<Positive>("hours");
    let weeks = reader.need("weeks");
    Some(AverageHours::over(hours?.0, weeks?))
}

pub(super) fn night(reader: &mut Reader<'_>, before: Option<&NightBand>) -> Option<NightBand> {
    let from = kept(reader, "from", before.map(|b| b.from));
    let to = kept(reader, "to", before.map(|b| b.to));
    let shift_hours = before.map(|b| Positive(b.shift_hours));
    let shift_hours = kept(reader, "shift_hours", shift_hours);
    Some(NightBand {
        from: from?,
        to: to?,
        shift_hours: shift_hours?.0,
    })
}

pub(super) fn class_limits(
    reader: &mut Reader<'_>,
    before: Option<&ClassLimits>,
) -> Option<ClassLimits> {
    let mut class = |key, before: Option<ClassHours>| {
        if before.is_some() && !reader.has(key) {
            return before;
        }
        let read = reader.within(key, |r| class_hours(r, before.as_ref()));
        reader.insist(key, read).flatten()
    };
    let day = class("day", before.map(|b| b.day));
    let mixed = class("mixed", before.map(|b| b.mixed));
    let night = class("night", before.map(|b| b.night));
    Some(ClassLimits {
        day: day?,
        mixed: mixed?,
        night: night?,
    })
}

fn class_hours(reader: &mut Reader<'_>, before: Option<&ClassHours>) -> Option<ClassHours> {
    let day = kept(reader, "day_hours", before.map(|b| Positive(b.day)));
    let week = kept(reader, "week_hours", before.map(|b| Positive(b.week)));
    Some(ClassHours {
        day: day?.0,
        week: week?.0,
    })
}

pub(super) fn night_worker(
    reader: &mut Reader<'_>,
    before: Option<&NightWorker>,
) -> Option<NightWorker> {
    let share = before.and_then(|b| Probability::new(b.share).ok());
    let share = kept(reader, "share", share);
    let mut worker = before.cloned().unwrap_or(NightWorker {
        share: 0.0,
        shift_hours: None,
        averages: Vec::new(),
    });
    limit(
        reader,
        "shift_hours",
        &mut worker.shift_hours,
        |h: Positive| h.0,
    );
    list(reader, "average_hours", &mut worker.averages, average);
    worker.share = share?.get();
    Some(worker)
}

pub(super) fn overtime(reader: &mut Reader<'_>, overtime: &mut Overtime) {
    let hours = |h: Positive| h.0;
    let most = |h: NotNegative| h.0;
    set(reader, "allowed", &mut overtime.allowed, |b| b);
    limit(reader, "day_hours", &mut overtime.day_hours, hours);
    limit(reader, "week_hours", &mut overtime.week_hours, hours);
    set(reader, "on_rest_days", &mut overtime.on_rest_days, |b| b);
    limit(reader, "week_most_hours", &mut overtime.week_most, most);
    limit(reader, "year_most_hours", &mut overtime.year_most, most);
}
