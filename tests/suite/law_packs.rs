//! The ready laws: found by name and date, free of contradictions, with a week that each accepts
//! and one that it refuses; and what they pay on top.

use wfm::calendar::holidays::HolidayCalendar;
use wfm::calendar::{NaiveDate, TimeDelta, Zone};
use wfm::scheduling::law::{ExtraPay, LawContext, premiums, violations};
use wfm::workforce::law::{AverageHours, HolidayKind, LabourLaw, LawError, WeeklyRest};
use wfm::workforce::{FaultCode, Shift};

use super::law::{Pause, law, shift, tour};
use super::support::{close, date, hours, time, zone};

const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();

#[test]
fn every_pack_passes_its_own_check() {
    for id in LabourLaw::ids() {
        let law = law(id, DAY);
        assert_eq!(law.check(), [], "{id}");
        assert_eq!(law.id, id);
        assert!(!law.sources.is_empty() && law.holds_on(DAY));
    }
    assert_eq!(LabourLaw::ids().len(), 15);
}

#[test]
fn unknown_names_and_dates_are_explained() {
    let unknown = LabourLaw::pack("ES-contact-center", DAY).unwrap_err();
    let text = unknown.to_string();
    assert!(
        text.contains("the nearest is `ES-contact-centre`"),
        "{text}"
    );
    let late = LabourLaw::pack("ES-contact-centre", date(2027, 1, 1)).unwrap_err();
    assert!(matches!(late, LawError::NotValid { .. }));
    assert!(
        late.to_string().contains("2020-01-01 to 2026-12-31"),
        "{late}"
    );
    assert!(LabourLaw::pack("ES-contact-centre", date(2026, 12, 31)).is_ok());
    assert!(LabourLaw::pack("PT", date(2023, 4, 30)).is_err());
    assert!(LabourLaw::pack("", DAY).is_err());
}

#[test]
fn contradictory_parameters_are_all_reported() {
    let mut law = law("FR", DAY);
    law.day_hours = Some(14.0);
    law.week_hours = Some(40.0);
    law.weekly_rest = vec![WeeklyRest::hours(200, 7)];
    law.night = None;
    law.average_hours.push(AverageHours {
        hours: f64::NAN,
        weeks: 4,
    });
    law.valid_until = Some(date(2000, 1, 1));
    let found = law.check();
    let at = |key: &str| {
        let path = format!("FR.{key}");
        found.iter().any(|f| f.place.path.as_ref() == Some(&path))
    };
    for key in [
        "valid_until",
        "span",
        "day_hours",
        "weekly_rest[0]",
        "night",
        "average_hours[0]",
        "average_hours[1]",
    ] {
        assert!(at(key), "{key}: {found:?}");
    }
    assert!(found.iter().any(|f| f.code == FaultCode::OutOfRange));
}

/// The site of a pack, the minutes from start to end of a day that it accepts, and its breaks.
fn day_of(id: &str) -> (Zone, i64, Vec<Pause>) {
    let lunch = vec![(240, 30, false)];
    let (name, minutes, pauses) = match id {
        "EU" => ("Europe/Brussels", 510, lunch),
        "ES" => ("Europe/Madrid", 510, lunch),
        "ES-contact-centre" => {
            // Seven hours worked; each pause a quarter of an hour before its turn.
            let before = [45, 105, 165, 225].map(|m| (m, 5, true));
            let after = [300, 360, 420].map(|m| (m, 5, true));
            let all = before.into_iter().chain([(240, 15, false)]).chain(after);
            ("Europe/Madrid", 435, all.collect())
        }
        "FR" => ("Europe/Paris", 450, lunch),
        "DE" => (
            "Europe/Berlin",
            510,
            vec![(180, 15, false), (330, 15, false)],
        ),
        "IT" => ("Europe/Rome", 490, vec![(240, 10, false)]),
        "PT" => ("Europe/Lisbon", 540, vec![(240, 60, false)]),
        "PL" => ("Europe/Warsaw", 480, vec![(240, 15, true)]),
        "IE" => (
            "Europe/Dublin",
            510,
            vec![(180, 15, false), (360, 15, false)],
        ),
        "NL" => (
            "Europe/Amsterdam",
            510,
            vec![(180, 15, false), (360, 15, false)],
        ),
        "GB" => ("Europe/London", 500, vec![(240, 20, false)]),
        "US-WA" => {
            let pauses = vec![(120, 10, true), (240, 30, false), (390, 10, true)];
            ("America/Los_Angeles", 510, pauses)
        }
        "US-TX" => ("America/Chicago", 480, Vec::new()),
        "CR" => ("America/Costa_Rica", 480, Vec::new()),
        "PH" => ("Asia/Manila", 540, vec![(240, 60, false)]),
        other => panic!("the pack `{other}` has no week: give it one here"),
    };
    (zone(name), minutes, pauses)
}

/// Local days from some Monday on that start at an hour.
fn days(id: &str, monday: NaiveDate, of: &[i64], hour: u32) -> Vec<Shift> {
    let (place, minutes, pauses) = day_of(id);
    of.iter()
        .map(|&day| {
            shift(
                place,
                monday + TimeDelta::days(day),
                time(hour, 0),
                minutes,
                &pauses,
            )
        })
        .collect()
}

fn broken(id: &str, shifts: &[Shift], monday: NaiveDate) -> Vec<&'static str> {
    let law = law(id, monday);
    let context = LawContext::new(&law, day_of(id).0, monday);
    let found = violations(&context, &tour(shifts));
    let mut names: Vec<_> = found.iter().map(|v| v.rule).collect();
    names.dedup();
    names
}

#[test]
fn every_pack_accepts_ordinary_weeks() {
    let none = Vec::<&str>::new();
    for id in LabourLaw::ids() {
        // Weeks of clock changes in Europe and America, and two ordinary ones.
        for monday in [
            DAY,
            date(2026, 3, 23),
            date(2026, 10, 19),
            date(2026, 10, 26),
            date(2026, 3, 2),
        ] {
            let two_weeks = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11];
            assert_eq!(
                broken(id, &days(id, monday, &two_weeks, 9), monday),
                none,
                "{id}"
            );
            // Four days from Tuesday on, early and late by turns.
            let mut turns = days(id, monday, &[1, 2], 7);
            turns.extend(days(id, monday, &[3, 4], 10));
            assert_eq!(broken(id, &turns, monday), none, "{id}");
        }
    }
}

/// A week that a pack refuses, and the rule that says so; none where the law limits nothing.
fn refused(id: &str) -> Option<(Vec<Shift>, &'static str)> {
    let (place, minutes, pauses) = day_of(id);
    let at = |day: i64, hour, minutes, pauses: &[Pause]| {
        shift(
            place,
            DAY + TimeDelta::days(day),
            time(hour, 0),
            minutes,
            pauses,
        )
    };
    let lunch = [(240, 30, false)];
    Some(match id {
        "EU" => (days(id, DAY, &[0, 1], 9), "daily_rest").late(at(0, 14, 510, &lunch)),
        "ES" => (days(id, DAY, &[0, 1], 9), "daily_rest").late(at(0, 13, 510, &lunch)),
        "ES-contact-centre" => (vec![at(0, 9, minutes, &pauses[1..])], "breaks"),
        "FR" => {
            let long = |day| at(day, 8, 550, &lunch);
            ((0..6).map(long).collect(), "week_hours")
        }
        "DE" => (days(id, DAY, &[6], 9), "sunday_work"),
        "IT" => (vec![at(0, 9, 400, &[])], "breaks"),
        "PT" => (vec![at(0, 9, 540, &[(180, 60, false)])], "breaks").when_long(310),
        "PL" => (vec![at(0, 9, minutes, &[(240, 15, false)])], "breaks"),
        "IE" => (vec![at(0, 9, 300, &[])], "breaks"),
        "NL" => {
            let night = at(0, 22, 480, &lunch);
            (vec![night, at(1, 19, 240, &[])], "rest_after_nights")
        }
        "GB" => (vec![at(0, 8, 790, &[(240, 120, false)])], "span"),
        "US-WA" => {
            let late = [(120, 10, true), (301, 30, false), (450, 10, true)];
            (vec![at(0, 9, 510, &late)], "breaks")
        }
        "US-TX" => return None,
        "CR" => (vec![at(0, 4, 480, &[])], "class_hours"),
        "PH" => (vec![at(0, 6, 800, &[(240, 60, false)])], "day_hours"),
        other => panic!("the pack `{other}` has no refused week: give it one here"),
    })
}

/// Small changes to a refused week.
trait Refused {
    fn late(self, first: Shift) -> Self;
    fn when_long(self, stretch: i64) -> Self;
}

impl Refused for (Vec<Shift>, &'static str) {
    /// The first shift is another, later one.
    fn late(mut self, first: Shift) -> Self {
        self.0[0] = first;
        self
    }

    /// The first break begins so many minutes after the start.
    fn when_long(mut self, stretch: i64) -> Self {
        let start = self.0[0].start;
        for pause in &mut self.0[0].breaks {
            let length = pause.end - pause.start;
            pause.start = start + TimeDelta::minutes(stretch);
            pause.end = pause.start + length;
        }
        self
    }
}

#[test]
fn every_pack_refuses_what_its_law_forbids() {
    for id in LabourLaw::ids() {
        if let Some((shifts, rule)) = refused(id) {
            assert_eq!(broken(id, &shifts, DAY), [rule], "{id}");
        }
    }
}

#[test]
fn weekly_rest_may_be_saved_up() {
    // Eleven days in a row and three free ones: the second way of the Dutch law, and of the
    // Spanish one; a twelfth day leaves less than 72 hours in the fortnight.
    let eleven: Vec<i64> = (0..11).collect();
    let twelve: Vec<i64> = (0..12).collect();
    for id in ["NL", "ES"] {
        assert_eq!(
            broken(id, &days(id, DAY, &eleven, 9), DAY),
            Vec::<&str>::new()
        );
        assert_eq!(broken(id, &days(id, DAY, &twelve, 9), DAY), ["weekly_rest"]);
    }
    // Six days, then from Saturday evening to Monday: 35 hours are a French weekly rest, though the
    // seven times 24 hours from the first Monday end before.
    let lunch = [(240, 30, false)];
    let late = |hour| {
        let mut shifts = days("FR", DAY, &[0, 1, 2, 3, 4], 8);
        let at = |day, hour| {
            let day = DAY + TimeDelta::days(day);
            shift(zone("Europe/Paris"), day, time(hour, 0), 450, &lunch)
        };
        shifts.extend([at(5, 15), at(7, hour)]);
        shifts
    };
    assert_eq!(broken("FR", &late(10), DAY), Vec::<&str>::new());
    assert_eq!(broken("FR", &late(9), DAY), ["weekly_rest"]);
    // Two free days between two weeks are one rest of 35 hours, not two.
    let saturday: Vec<i64> = (0..6).chain(8..13).collect();
    assert_eq!(
        broken("FR", &days("FR", DAY, &saturday, 9), DAY),
        Vec::<&str>::new()
    );
    let sunday: Vec<i64> = (0..6).chain(8..14).collect();
    assert_eq!(
        broken("FR", &days("FR", DAY, &sunday, 9), DAY),
        ["weekly_rest"]
    );
    // Calendar weeks: a rest at the beginning of one week and one at the end of the next.
    let far: Vec<i64> = (2..12).collect();
    assert_eq!(
        broken("EU", &days("EU", DAY, &far, 9), DAY),
        Vec::<&str>::new()
    );
    let whole: Vec<i64> = (0..8).collect();
    assert_eq!(
        broken("EU", &days("EU", DAY, &whole, 9), DAY),
        ["weekly_rest"]
    );
}

fn pay(law: &LabourLaw, place: Zone, monday: NaiveDate, shifts: &[Shift]) -> ExtraPay {
    premiums(&LawContext::new(law, place, monday), &tour(shifts))
}

#[test]
fn french_overtime_has_two_bands_a_week() {
    let (place, law) = (zone("Europe/Paris"), law("FR", DAY));
    let at = |day| {
        shift(
            place,
            DAY + TimeDelta::days(day),
            time(9, 0),
            570,
            &[(240, 30, false)],
        )
    };
    let week: Vec<Shift> = (0..5).map(at).collect();
    let found = pay(&law, place, DAY, &week);
    assert!(close(found.hours, 45.0, 1e-9) && close(found.overtime_hours, 10.0, 1e-9));
    assert!(close(
        found.by_name["overtime"],
        8.0 * 0.25 + 2.0 * 0.5,
        1e-9
    ));
    assert!(close(found.total(), 3.0, 1e-9));
}

#[test]
fn portuguese_overtime_rises_by_the_hour_and_after_a_hundred_hours() {
    let (place, law) = (zone("Europe/Lisbon"), law("PT", DAY));
    let day = shift(place, DAY, time(8, 0), 660, &[(240, 60, false)]);
    let mut context = LawContext::new(&law, place, DAY);
    let of =
        |context: &LawContext<'_>| premiums(context, &tour(std::slice::from_ref(&day))).total();
    assert!(close(of(&context), 0.25 + 0.375, 1e-9));
    context.year_overtime = 99.5;
    assert!(close(of(&context), 0.5 * 0.25 + 0.5 * 0.5 + 0.75, 1e-9));
    context.year_overtime = 100.0;
    assert!(close(of(&context), 0.5 + 0.75, 1e-9));
    context.rest_days.insert(DAY);
    assert!(close(of(&context), 10.0, 1e-9));
    // On a holiday every hour earns half as much again, overtime too.
    context.rest_days.clear();
    context.year_overtime = 0.0;
    context.holidays.insert(DAY, HolidayKind::Regular);
    assert!(close(of(&context), 5.0, 1e-9));
}

#[test]
fn philippine_premiums_multiply() {
    let (place, law) = (zone("Asia/Manila"), law("PH", DAY));
    let good_friday = date(2027, 3, 26);
    let calendar = HolidayCalendar::parse("PH").unwrap();
    let (from, to) = (date(2027, 1, 1), date(2027, 12, 31));
    let kinds = law.holidays(&calendar, from, to);
    assert_eq!(kinds.get(&good_friday), Some(&HolidayKind::Regular));
    assert_eq!(kinds.get(&date(2027, 4, 9)), Some(&HolidayKind::Regular));
    assert_eq!(kinds.get(&date(2027, 3, 27)), Some(&HolidayKind::Special));
    for name in &law.regular_holidays {
        assert!(
            calendar.between(from, to).any(|day| day.name == *name),
            "{name}"
        );
    }

    let of = |day, hour, minutes, rest_day: bool| {
        let mut context = LawContext::new(&law, place, date(2027, 3, 22));
        context.holidays.clone_from(&kinds);
        if rest_day {
            context.rest_days.insert(day);
        }
        let worked = shift(place, day, time(hour, 0), minutes, &[]);
        premiums(&context, &tour(&[worked])).total()
    };
    let (plain, special) = (date(2027, 3, 23), date(2027, 3, 27));
    // Pay of an hour as the labour department's table gives it, less the base hour.
    for (day, rest_day, rate, overtime) in [
        (plain, false, 1.0, 1.25),
        (plain, true, 1.3, 1.69),
        (special, false, 1.3, 1.69),
        (special, true, 1.5, 1.95),
        (good_friday, false, 2.0, 2.6),
        (good_friday, true, 2.6, 3.38),
    ] {
        assert!(close(of(day, 8, 480, rest_day), 8.0 * (rate - 1.0), 1e-9));
        let long = 8.0 * (rate - 1.0) + 2.0 * (overtime - 1.0);
        assert!(
            close(of(day, 8, 600, rest_day), long, 1e-9),
            "{day} {rest_day}"
        );
    }
    // A night from 22 to 6: two hours before a holiday, six on it.
    let eve = date(2027, 4, 8);
    assert!(close(of(eve, 22, 480, false), 2.0 * 0.1 + 6.0 * 1.2, 1e-9));
}

#[test]
fn costa_rican_holidays_are_double_and_their_overtime_triple() {
    let (place, mut law) = (zone("America/Costa_Rica"), law("CR", DAY));
    law.overtime.allowed = true;
    let mut context = LawContext::new(&law, place, DAY);
    let day = shift(place, DAY, time(7, 0), 600, &[]);
    let of = |context: &LawContext<'_>, shift: &Shift| {
        premiums(context, &tour(std::slice::from_ref(shift)))
    };
    assert!(close(of(&context, &day).total(), 2.0 * 0.5, 1e-9));
    let night = shift(place, DAY, time(20, 0), 480, &[]);
    assert_eq!(of(&context, &night).overtime_hours, 2.0);
    context.holidays.insert(DAY, HolidayKind::Regular);
    assert!(close(of(&context, &day).total(), 8.0 + 2.0 * 2.0, 1e-9));
}

#[test]
fn polish_overtime_is_dearer_at_night_and_on_sundays() {
    let (place, law) = (zone("Europe/Warsaw"), law("PL", DAY));
    let context = LawContext::new(&law, place, DAY);
    let of = |day: i64, hour| {
        let worked = shift(place, DAY + TimeDelta::days(day), time(hour, 0), 600, &[]);
        premiums(&context, &tour(&[worked])).total()
    };
    assert!(close(of(0, 8), 2.0 * 0.5, 1e-9));
    assert!(close(of(6, 8), 2.0 * 1.0, 1e-9));
    // From 14 to 24: two hours of overtime, all at night.
    assert!(close(of(0, 14), 2.0 * (1.0 + 0.2), 1e-9));
}

#[test]
fn texas_pays_half_as_much_again_beyond_forty_hours() {
    let (place, law) = (zone("America/Chicago"), law("US-TX", DAY));
    let at = |day| shift(place, DAY + TimeDelta::days(day), time(9, 0), 600, &[]);
    let week: Vec<Shift> = (0..5).map(at).collect();
    assert!(close(pay(&law, place, DAY, &week).total(), 5.0, 1e-9));
    // Hours of the same week that lie in the history count.
    let mut context = LawContext::new(&law, place, DAY + TimeDelta::days(4));
    context.history = week[..4].to_vec();
    assert!(close(
        premiums(&context, &tour(&week[4..])).total(),
        5.0,
        1e-9
    ));
    assert_eq!(law.daily_rest.unwrap_or_default(), hours(0));
}
