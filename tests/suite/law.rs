//! Labour law on the clock: classes and night hours of shifts, rest across clock changes.

use std::time::Duration;

use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};
use wfm::calendar::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Zone};
use wfm::scheduling::law::{
    Follows, LawContext, contradictions, follows, permits, premiums, shift_class, violations,
};
use wfm::workforce::law::{ClockClass, LabourLaw};
use wfm::workforce::{BreakPlacement, Shift, Tour};

use super::support::{cases, close, date, time, zone};

/// A break: minutes after the start of the shift, minutes long, paid or not.
pub(crate) type Pause = (i64, i64, bool);

/// The shift that starts at a local time and has so many minutes from start to end.
pub(crate) fn shift(
    zone: Zone,
    day: NaiveDate,
    at: NaiveTime,
    minutes: i64,
    pauses: &[Pause],
) -> Shift {
    let start = zone.instant_reached(day.and_time(at));
    let placed = |&(after, length, paid): &Pause| BreakPlacement {
        start: start + TimeDelta::minutes(after),
        end: start + TimeDelta::minutes(after + length),
        count: 1,
        paid,
    };
    Shift {
        pool: "pool".into(),
        shift_type: "any".into(),
        start,
        end: start + TimeDelta::minutes(minutes),
        count: 1,
        breaks: pauses.iter().map(placed).collect(),
    }
}

pub(crate) fn tour(shifts: &[Shift]) -> Tour {
    Tour {
        pool: "pool".into(),
        agent: "1".to_owned(),
        contract: String::new(),
        shifts: shifts.to_vec(),
    }
}

pub(crate) fn law(id: &str, day: NaiveDate) -> LabourLaw {
    LabourLaw::pack(id, day).unwrap()
}

/// Eight hours from a local hour of a customer.
fn window(customer: &str, day: NaiveDate, from: u32) -> (DateTime<Utc>, DateTime<Utc>) {
    let start = zone(customer).instant_reached(day.and_time(time(from, 0)));
    (start, start + TimeDelta::hours(8))
}

#[test]
fn windows_of_customers_have_a_class_and_night_hours_at_each_site() {
    use ClockClass::{Day, Mixed, Night};
    let (madrid, new_york) = ("Europe/Madrid", "America/New_York");
    let (february, april) = (date(2027, 2, 10), date(2027, 4, 14));
    // Customer, day and hour; Costa Rican start, class and night hours; night hours in Manila,
    // Lisbon and Madrid.
    #[rustfmt::skip]
    let rows = [
        (madrid, february, 8, 1, Night, 4.0, [1.0, 0.0, 0.0]),
        (madrid, april, 8, 0, Night, 5.0, [0.0, 0.0, 0.0]),
        (madrid, february, 12, 5, Day, 0.0, [5.0, 0.0, 0.0]),
        (madrid, april, 12, 4, Mixed, 1.0, [4.0, 0.0, 0.0]),
        (new_york, february, 9, 8, Day, 0.0, [8.0, 0.0, 1.0]),
        (new_york, april, 16, 14, Mixed, 3.0, [2.0, 7.0, 8.0]),
        // The last day before Europe changes its clocks, and the first one after.
        (madrid, date(2027, 3, 27), 12, 5, Day, 0.0, [5.0, 0.0, 0.0]),
        (madrid, date(2027, 3, 28), 12, 4, Mixed, 1.0, [4.0, 0.0, 0.0]),
        // The United States have changed, Europe has not. Portugal's night ends at 7.
        ("Europe/London", date(2027, 3, 15), 6, 0, Night, 5.0, [0.0, 1.0, 0.0]),
        (new_york, date(2027, 3, 15), 9, 7, Day, 0.0, [7.0, 0.0, 0.0]),
        // Europe has changed back, the United States have not yet; a week later they have.
        (new_york, date(2027, 11, 3), 12, 10, Day, 0.0, [6.0, 2.0, 3.0]),
        (new_york, date(2027, 11, 10), 12, 11, Day, 0.0, [5.0, 3.0, 4.0]),
        ("America/Los_Angeles", date(2027, 6, 15), 13, 14, Mixed, 3.0, [2.0, 7.0, 8.0]),
        ("America/Chicago", february, 15, 15, Night, 4.0, [1.0, 7.0, 8.0]),
    ];
    let sites = [
        ("PH", "Asia/Manila"),
        ("PT", "Europe/Lisbon"),
        ("ES", madrid),
    ];
    for (customer, day, hour, local, class, at_night, elsewhere) in rows {
        let (start, end) = window(customer, day, hour);
        let costa_rica = zone("America/Costa_Rica");
        assert_eq!(costa_rica.local(start).time(), time(local, 0));
        let found = shift_class(&law("CR", day), costa_rica, start, end);
        assert_eq!(
            (found.class, found.night_hours),
            (class, at_night),
            "{customer} {day} {hour}"
        );
        for ((id, site), night_hours) in sites.into_iter().zip(elsewhere) {
            let found = shift_class(&law(id, day), zone(site), start, end);
            assert_eq!(found.night_hours, night_hours, "{id} {day} {hour}");
        }
    }
}

#[test]
fn a_night_over_a_clock_change_has_the_hours_that_pass() {
    let (place, law) = (zone("Europe/Madrid"), law("ES", date(2027, 3, 28)));
    for (day, hours) in [
        (date(2027, 3, 26), 8.0),
        (date(2027, 3, 27), 7.0),
        (date(2027, 10, 30), 9.0),
        (date(2028, 3, 25), 7.0),
        (date(2028, 10, 28), 9.0),
    ] {
        let start = place.instant_reached(day.and_time(time(22, 0)));
        let end = place.instant_reached(day.succ_opt().unwrap().and_time(time(6, 0)));
        let found = shift_class(&law, place, start, end);
        assert_eq!((found.class, found.night_hours), (ClockClass::Night, hours));
    }
}

#[test]
fn class_edges_are_exact() {
    let (place, day) = (zone("America/Costa_Rica"), date(2027, 2, 10));
    let law = law("CR", day);
    let class = |from: (u32, u32), minutes| {
        let shift = shift(place, day, time(from.0, from.1), minutes, &[]);
        shift_class(&law, place, shift.start, shift.end).class
    };
    assert_eq!(class((11, 0), 480), ClockClass::Day);
    assert_eq!(class((11, 1), 480), ClockClass::Mixed);
    // Three and a half hours after 19 make the night; a minute less does not.
    assert_eq!(class((15, 30), 420), ClockClass::Night);
    assert_eq!(class((15, 29), 420), ClockClass::Mixed);
    // Two hours that lie wholly at night are a night shift all the same.
    assert_eq!(class((20, 0), 120), ClockClass::Night);
}

#[test]
fn europes_clock_change_makes_a_copied_costa_rican_shift_illegal() {
    let (madrid, costa_rica) = (zone("Europe/Madrid"), zone("America/Costa_Rica"));
    let monday = date(2027, 3, 22);
    let law = law("CR", monday);
    let days = monday.iter_days().take(14);
    let copied: Vec<Shift> = days
        .filter(|day| *day != date(2027, 3, 27) && *day != date(2027, 4, 3))
        .map(|day| shift(madrid, day, time(12, 0), 480, &[]))
        .collect();
    let refused: Vec<NaiveDate> = copied
        .iter()
        .filter(|shift| permits(&law, costa_rica, shift).is_err())
        .map(|shift| costa_rica.local(shift.start).date())
        .collect();
    let from_the_change: Vec<NaiveDate> = date(2027, 3, 28).iter_days().take(6).collect();
    assert_eq!(refused[..6], from_the_change);
    let context = LawContext::new(&law, costa_rica, monday);
    let found = violations(&context, &tour(&copied));
    assert!(found.iter().any(|v| v.rule == "class_hours"));
    assert_eq!(
        copied[5],
        shift(madrid, date(2027, 3, 28), time(12, 0), 480, &[])
    );
}

#[test]
fn rest_is_elapsed_time() {
    let place = zone("Europe/Madrid");
    let law = law("ES", date(2027, 3, 27));
    let pair = |day: NaiveDate, ends: u32, starts: u32| {
        let first = shift(place, day, time(ends - 4, 0), 240, &[]);
        let second = shift(place, day.succ_opt().unwrap(), time(starts, 0), 240, &[]);
        let mut context = LawContext::new(&law, place, day);
        let together = violations(&context, &tour(&[first.clone(), second.clone()]));
        // The same with the first shift in the history.
        context.history = vec![first.clone()];
        assert_eq!(
            violations(&context, &tour(std::slice::from_ref(&second))),
            together
        );
        let rules: Vec<&str> = together.iter().map(|v| v.rule).collect();
        (rules, follows(&law, place, &first, &second))
    };
    let (good, bad) = ((vec![], Follows::Yes), (vec!["daily_rest"], Follows::No));
    assert_eq!(pair(date(2027, 3, 20), 21, 9), good);
    // From 21 to 9 there are only 11 hours when clocks go forward, and 12 from 22 when back.
    assert_eq!(pair(date(2027, 3, 27), 21, 9), bad);
    assert_eq!(pair(date(2027, 3, 27), 20, 9), good);
    assert_eq!(pair(date(2027, 10, 30), 22, 9), good);
    assert_eq!(pair(date(2027, 10, 23), 22, 9), bad);
}

#[test]
fn a_short_rest_is_allowed_once_in_seven_days() {
    let (place, monday) = (zone("Europe/Amsterdam"), date(2027, 4, 5));
    let law = law("NL", monday);
    let late = |n| shift(place, monday + TimeDelta::days(n), time(18, 0), 240, &[]);
    let early = |n| shift(place, monday + TimeDelta::days(n), time(7, 0), 240, &[]);
    assert_eq!(
        follows(&law, place, &late(0), &early(1)),
        Follows::AsShortRest
    );
    let context = LawContext::new(&law, place, monday);
    let rules = |shifts: &[Shift]| violations(&context, &tour(shifts)).len();
    assert_eq!(rules(&[late(0), early(1), early(2)]), 0);
    assert_eq!(rules(&[late(0), early(1), late(2), early(3)]), 1);
    assert_eq!(rules(&[late(0), early(1), late(6), early(7)]), 1);
    assert_eq!(rules(&[late(0), early(1), late(7), early(8)]), 0);
}

#[test]
fn impossible_contracts_are_explained_by_name() {
    let day = date(2027, 3, 22);
    let keys = |law: &LabourLaw, hours, days| -> Vec<String> {
        let found = contradictions(law, hours, days);
        found.into_iter().filter_map(|f| f.place.path).collect()
    };
    let mut france = law("FR", day);
    assert_eq!(keys(&france, 40.0, 5), Vec::<String>::new());
    france.overtime.allowed = false;
    assert_eq!(keys(&france, 40.0, 5), ["FR.overtime.week_hours"]);
    assert_eq!(keys(&france, 35.0, 5), Vec::<String>::new());
    assert_eq!(keys(&law("ES", day), 40.0, 4), ["ES.day_hours"]);
    assert_eq!(keys(&law("CR", day), 48.0, 6), Vec::<String>::new());
    assert_eq!(keys(&law("CR", day), 48.0, 5), ["CR.class_limits"]);
    assert_eq!(keys(&law("CR", day), 42.0, 7), ["CR.consecutive_days"]);
    assert_eq!(keys(&law("GB", day), 50.0, 5), ["GB.average_hours"]);
    assert_eq!(keys(&law("DE", day), 35.0, 7), ["DE.sunday_allowed"]);
    assert_eq!(keys(&law("DE", day), f64::NAN, 5), ["DE.contract"]);
    assert_eq!(keys(&law("EU", day), 48.0, 0), ["EU.contract"]);
    let mut long = law("EU", day);
    long.span = Some(Duration::from_secs(9 * 3600));
    assert_eq!(keys(&long, 40.0, 4), ["EU.span"]);
    assert_eq!(
        keys(&law("EU", day), 56.0, 7),
        ["EU.average_hours", "EU.weekly_rest"]
    );
}

/// Hours of a shift in a night band, minute by minute; unpaid breaks left out when they count.
fn night_minutes(place: Zone, shift: &Shift, (from, to): (u32, u32), paid_only: bool) -> f64 {
    let minutes = (shift.end - shift.start).num_minutes();
    let at = |minute| shift.start + TimeDelta::minutes(minute);
    let is_night = |minute: &i64| {
        let hour = place.local(at(*minute)).hour();
        let unpaid = |b: &BreakPlacement| !b.paid && b.start <= at(*minute) && at(*minute) < b.end;
        (hour >= from || hour < to) && !(paid_only && shift.breaks.iter().any(unpaid))
    };
    (0..minutes).filter(is_night).count() as f64 / 60.0
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_builders_ask_agrees_with_the_rules(
        id in prop::sample::select(LabourLaw::ids()),
        day in 0_i64..300,
        first in (0_u32..24, 60_i64..720),
        second in (12_i64..60, 60_i64..720),
    ) {
        let place = zone("Europe/Madrid");
        let day = date(2026, 1, 5) + TimeDelta::days(day);
        let law = law(id, day);
        let one = shift(place, day, time(first.0, 0), first.1, &[]);
        let mut two = one.clone();
        two.start += TimeDelta::hours(second.0);
        two.end = two.start + TimeDelta::minutes(second.1);
        let context = LawContext::new(&law, place, day);
        let both = violations(&context, &tour(&[one.clone(), two.clone()]));
        let rests = ["daily_rest", "rest_after_nights"];
        let is_refused = both.iter().any(|v| rests.contains(&v.rule));
        prop_assert_eq!(follows(&law, place, &one, &two) == Follows::No, is_refused);
        // What a shift may not do alone it may not do in a tour.
        for shift in [&one, &two] {
            for violation in permits(&law, place, shift).err().unwrap_or_default() {
                prop_assert!(both.iter().any(|v| v.rule == violation.rule));
            }
        }
    }

    #[test]
    fn hours_and_night_pay_agree_with_a_count_of_minutes(
        day in 0_i64..700,
        start in (0_u32..24, 0_u32..60),
        length in 60_i64..1200,
        pause in (1_i64..59, 1_i64..60, any::<bool>()),
    ) {
        let place = zone("Europe/Berlin");
        let day = date(2026, 1, 5) + TimeDelta::days(day);
        let law = law("DE", day);
        let shift = shift(place, day, time(start.0, start.1), length, &[pause]);
        let context = LawContext::new(&law, place, day);
        let pay = premiums(&context, &tour(std::slice::from_ref(&shift)));
        let unpaid = if pause.2 { 0 } else { pause.1.min(length - pause.0) };
        prop_assert!(close(pay.hours, (length - unpaid) as f64 / 60.0, 1e-9));
        let class = shift_class(&law, place, shift.start, shift.end);
        let present = night_minutes(place, &shift, (23, 6), false);
        prop_assert!(close(class.night_hours, present, 1e-9));
        let paid = night_minutes(place, &shift, (23, 6), true);
        prop_assert!(close(pay.total(), 0.25 * paid, 1e-9), "{} {}", pay.total(), paid);
    }
}
