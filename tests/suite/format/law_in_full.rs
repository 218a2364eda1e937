//! A law that is written in full, without a pack, is the pack it was copied from.

use std::fmt::Display;
use std::time::Duration;

use wfm::calendar::{NaiveDate, NaiveTime};
use wfm::workforce::law::{
    AverageHours, BreakBand, BreakLaw, ClassHours, ClassLimits, HolidayKind, LabourLaw, LawPremium,
    NightBand, NightRest, NightWorker, Overtime, OvertimeRange, Pause, RestPeriod, ShortRest,
    Stacking, Stretch, WeeklyRest,
};

use super::law::with;

/// The law as a scenario would write it. Every field of every part is taken out by name, so that a
/// new one cannot be forgotten here.
fn written(law: &LabourLaw) -> String {
    let LabourLaw {
        id,
        name,
        valid_from,
        valid_until,
        sources,
        daily_rest,
        short_rest,
        weekly_rest,
        night_rests,
        consecutive_days,
        day_hours,
        span,
        week_hours,
        average_hours,
        year_hours,
        night,
        class_limits,
        night_worker,
        breaks,
        sunday_allowed,
        holiday_allowed,
        regular_holidays,
        overtime,
        premiums,
        stacking,
        notice_days,
    } = law;
    let stacking = match stacking {
        Stacking::Add => "add",
        Stacking::Multiply => "multiply",
    };
    table(&[
        ("id", Some(text(id))),
        ("name", Some(text(name))),
        ("valid_from", Some(text(valid_from))),
        ("valid_until", valid_until.map(text)),
        ("sources", Some(list(sources, |t| text(t)))),
        ("daily_rest_hours", daily_rest.map(hours)),
        ("short_rest", short_rest.as_ref().map(short)),
        ("weekly_rest", Some(list(weekly_rest, weekly))),
        ("night_rests", Some(list(night_rests, after_nights))),
        ("consecutive_days", number(*consecutive_days)),
        ("day_hours", number(*day_hours)),
        ("span_hours", span.map(hours)),
        ("week_hours", number(*week_hours)),
        ("average_hours", Some(list(average_hours, average))),
        ("year_hours", number(*year_hours)),
        ("night", night.as_ref().map(band_of_night)),
        ("class_limits", class_limits.as_ref().map(classes)),
        ("night_worker", night_worker.as_ref().map(worker)),
        ("breaks", Some(all_breaks(breaks))),
        ("sunday_allowed", number(Some(*sunday_allowed))),
        ("holiday_allowed", number(Some(*holiday_allowed))),
        (
            "regular_holidays",
            Some(list(regular_holidays, |t| text(t))),
        ),
        ("overtime", Some(beyond(overtime))),
        ("premiums", Some(list(premiums, premium))),
        ("stacking", Some(text(stacking))),
        ("notice_days", number(*notice_days)),
    ])
}

fn table(keys: &[(&str, Option<String>)]) -> String {
    let given = keys.iter().filter_map(|(key, value)| {
        let value = value.as_ref()?;
        Some(format!("{key} = {value}"))
    });
    format!("{{ {} }}", given.collect::<Vec<_>>().join(", "))
}

fn list<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(write).collect();
    format!("[{}]", items.join(", "))
}

fn text(of: impl Display) -> String {
    format!("\"{of}\"")
}

fn number<T: std::fmt::Debug>(of: Option<T>) -> Option<String> {
    of.map(|number| format!("{number:?}"))
}

fn hours(of: Duration) -> String {
    format!("{:?}", of.as_secs_f64() / 3600.0)
}

fn minutes(of: Duration) -> String {
    assert_eq!(of.as_secs() % 60, 0);
    (of.as_secs() / 60).to_string()
}

fn clock(of: NaiveTime) -> String {
    text(of.format("%H:%M"))
}

fn short(rest: &ShortRest) -> String {
    let ShortRest {
        least,
        once_in_days,
    } = rest;
    table(&[
        ("hours", Some(hours(*least))),
        ("once_in_days", Some(once_in_days.to_string())),
    ])
}

fn weekly(rest: &WeeklyRest) -> String {
    let WeeklyRest {
        total,
        piece,
        days,
        period,
    } = rest;
    let period = match period {
        RestPeriod::FromEachShift => "each_shift",
        RestPeriod::CalendarWeeks => "calendar_weeks",
    };
    table(&[
        ("hours", Some(hours(*total))),
        ("piece_hours", Some(hours(*piece))),
        ("days", Some(days.to_string())),
        ("count_by", Some(text(period))),
    ])
}

fn after_nights(rest: &NightRest) -> String {
    let NightRest {
        nights,
        ends_after,
        least,
    } = rest;
    table(&[
        ("nights", Some(nights.to_string())),
        ("ends_after", ends_after.map(clock)),
        ("hours", Some(hours(*least))),
    ])
}

fn average(of: &AverageHours) -> String {
    let AverageHours { hours, weeks } = of;
    table(&[
        ("hours", number(Some(*hours))),
        ("weeks", Some(weeks.to_string())),
    ])
}

fn band_of_night(band: &NightBand) -> String {
    let NightBand {
        from,
        to,
        shift_hours,
    } = band;
    table(&[
        ("from", Some(clock(*from))),
        ("to", Some(clock(*to))),
        ("shift_hours", number(Some(*shift_hours))),
    ])
}

fn classes(limits: &ClassLimits) -> String {
    let ClassLimits { day, mixed, night } = limits;
    let class = |of: &ClassHours| {
        let ClassHours { day, week } = of;
        let keys = [
            ("day_hours", number(Some(*day))),
            ("week_hours", number(Some(*week))),
        ];
        Some(table(&keys))
    };
    table(&[
        ("day", class(day)),
        ("mixed", class(mixed)),
        ("night", class(night)),
    ])
}

fn worker(of: &NightWorker) -> String {
    let NightWorker {
        share,
        shift_hours,
        averages,
    } = of;
    table(&[
        ("share", number(Some(*share))),
        ("shift_hours", number(*shift_hours)),
        ("average_hours", Some(list(averages, average))),
    ])
}

fn all_breaks(of: &BreakLaw) -> String {
    let BreakLaw {
        bands,
        pauses,
        stretches,
    } = of;
    let stretch = |of: &Stretch| {
        let Stretch { most, piece } = of;
        table(&[
            ("most_minutes", Some(minutes(*most))),
            ("piece_minutes", Some(minutes(*piece))),
        ])
    };
    table(&[
        ("bands", Some(list(bands, band))),
        ("pauses", Some(list(pauses, pause))),
        ("stretches", Some(list(stretches, stretch))),
    ])
}

fn band(of: &BreakBand) -> String {
    let BreakBand {
        worked,
        inclusive,
        least,
        most,
        piece,
        paid,
        window,
    } = of;
    table(&[
        ("worked_minutes", Some(minutes(*worked))),
        ("inclusive", number(Some(*inclusive))),
        ("length_minutes", Some(minutes(*least))),
        ("most_minutes", most.map(minutes)),
        ("piece_minutes", Some(minutes(*piece))),
        ("paid", number(Some(*paid))),
        ("earliest_minutes", window.map(|w| minutes(w.0))),
        ("latest_minutes", window.map(|w| minutes(w.1))),
    ])
}

fn pause(of: &Pause) -> String {
    let Pause {
        every,
        least,
        paid,
        tolerance,
    } = of;
    table(&[
        ("every_minutes", Some(minutes(*every))),
        ("length_minutes", Some(minutes(*least))),
        ("paid", number(Some(*paid))),
        ("tolerance_minutes", tolerance.map(minutes)),
    ])
}

fn beyond(of: &Overtime) -> String {
    let Overtime {
        allowed,
        day_hours,
        week_hours,
        on_rest_days,
        week_most,
        year_most,
    } = of;
    table(&[
        ("allowed", number(Some(*allowed))),
        ("day_hours", number(*day_hours)),
        ("week_hours", number(*week_hours)),
        ("on_rest_days", number(Some(*on_rest_days))),
        ("week_most_hours", number(*week_most)),
        ("year_most_hours", number(*year_most)),
    ])
}

fn premium(of: &LawPremium) -> String {
    let LawPremium {
        name,
        share,
        night,
        sunday,
        holiday,
        rest_day,
        overtime,
    } = of;
    let kind = |kind: HolidayKind| match kind {
        HolidayKind::Regular => text("regular"),
        HolidayKind::Special => text("special"),
    };
    let range = |range: OvertimeRange| {
        let OvertimeRange {
            by_day,
            from,
            to,
            year_from,
            year_to,
        } = range;
        table(&[
            ("count_by", Some(text(if by_day { "day" } else { "week" }))),
            ("from_hours", number(Some(from))),
            ("to_hours", number(to)),
            ("year_from_hours", number(Some(year_from))),
            ("year_to_hours", number(year_to)),
        ])
    };
    table(&[
        ("name", Some(text(name))),
        ("share", number(Some(*share))),
        ("night", number(Some(*night))),
        ("sunday", number(Some(*sunday))),
        ("holiday", holiday.map(kind)),
        ("rest_day", number(Some(*rest_day))),
        ("overtime", overtime.map(range)),
    ])
}

#[test]
fn every_pack_written_in_full_is_itself() {
    let day = NaiveDate::from_ymd_opt(2027, 3, 23).unwrap();
    let mut compared = 0;
    for id in LabourLaw::ids() {
        let Ok(law) = LabourLaw::pack(id, day) else {
            // Over by then.
            assert_eq!(id, "ES-contact-centre");
            continue;
        };
        let in_full = written(&law);
        let read = with(&format!("law = {in_full}")).ok().scenario;
        assert_eq!(read.pools[0].law.as_ref(), Some(&law), "{in_full}");
        compared += 1;
    }
    assert_eq!(compared, 14);
}

#[test]
fn an_agreement_may_go_on_after_its_end() {
    let law = "{ pack = \"ES-contact-centre\", valid_until = \"2027-12-31\" }";
    let read = with(&format!("law = {law}")).ok().scenario;
    let mut longer = LabourLaw::latest("ES-contact-centre").unwrap();
    longer.valid_until = NaiveDate::from_ymd_opt(2027, 12, 31);
    assert_eq!(read.pools[0].law.as_ref(), Some(&longer));
    let law = "{ pack = \"ES-contact-centre\", valid_until = \"none\" }";
    let read = with(&format!("law = {law}")).ok().scenario;
    longer.valid_until = None;
    assert_eq!(read.pools[0].law.as_ref(), Some(&longer));
}
