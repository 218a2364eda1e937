//! Shifts in local time: what stays, what moves, and what becomes illegal.

use std::time::Duration;

use wfm::calendar::{NaiveDate, NaiveTime, RepeatedHour, TimeDelta, Timelike};
use wfm::planning::problem;
use wfm::scheduling::{Candidate, Problem};

use super::{hard_week, march, zone};
use crate::reference::{needs, only};

fn first_line() -> Problem {
    let scenario = only(hard_week(), "L1");
    problem(&scenario, &needs(&scenario))
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

#[test]
fn every_shift_starts_in_the_local_window_of_its_pool() {
    let problem = first_line();
    let shifts = Candidate::all(&problem);
    assert!(shifts.len() > 1000);
    for shift in &shifts {
        let pool = &problem.pools[shift.pool];
        let local = pool.zone.local(shift.start);
        let window = &pool.shifts[shift.shift_type].starts;
        assert_eq!(local.date(), shift.day);
        assert!(
            window.from <= local.time() && local.time() <= window.to,
            "{} {local}",
            pool.id
        );
    }
}

/// First starts of a pool on each day of the week, in UTC hours of that local day.
fn first_starts(problem: &Problem, id: &str) -> Vec<i64> {
    let p = problem
        .pools
        .iter()
        .position(|p| p.id.as_str() == id)
        .unwrap();
    let shifts = Candidate::all(problem);
    (22..=28)
        .map(|day| {
            let own = shifts.iter().filter(|s| s.pool == p && s.day == march(day));
            let first = own.map(|s| s.start).min().unwrap();
            assert_eq!(problem.pools[p].zone.local(first).date(), march(day));
            (first.naive_utc() - march(day).and_time(NaiveTime::MIN)).num_hours()
        })
        .collect()
}

#[test]
fn european_shifts_move_on_the_utc_axis_and_the_others_stay() {
    let problem = first_line();
    for (id, local, winter, sunday) in [
        ("BCN", 6, 5, 4),
        ("PAR", 7, 6, 5),
        ("LIS", 5, 5, 4),
        ("SAT", 5, 10, 10),
        ("CRI", 0, 6, 6),
        ("PHL", 0, -8, -8),
    ] {
        let mut expected = vec![winter; 6];
        expected.push(sunday);
        assert_eq!(first_starts(&problem, id), expected, "{id}");
        let pool = problem.pools.iter().find(|p| p.id.as_str() == id).unwrap();
        let earliest = pool.shifts.iter().map(|s| s.starts.from).min();
        assert_eq!(earliest, Some(hour(local)), "{id}");
    }
}

#[test]
fn a_shift_copied_over_the_change_is_no_shift_in_costa_rica() {
    let problem = first_line();
    let costa_rica = problem
        .pools
        .iter()
        .position(|p| p.id.as_str() == "CRI")
        .unwrap();
    let madrid = zone("Europe/Madrid");
    let hours = |count: u64| Duration::from_secs(count * 3600);
    let eight = hours(8);
    let offered = |day: u32, length: Duration| {
        let noon = march(day).and_time(hour(12));
        let start = madrid.instant(noon, RepeatedHour::Refuse).unwrap();
        let mut shifts = Candidate::all(&problem).into_iter();
        let kinds = &problem.pools[costa_rica].shifts;
        let fits = |s: &Candidate| kinds[s.shift_type].length == length && s.start == start;
        shifts.any(|s| s.pool == costa_rica && fits(&s))
    };
    // 12:00 in Madrid is 05:00 in San José, and 04:00 from the 28th on: too early for eight hours.
    assert!(offered(26, eight) && offered(27, eight));
    assert!(!offered(28, eight));
    // Mixed work may last seven hours.
    assert!(offered(28, hours(7)));
}

#[test]
fn customer_hours_fall_where_the_table_says() {
    // Customer zone, day, start, then local starts in Costa Rica, Manila, Lisbon and Madrid.
    let rows = [
        ("Europe/Madrid", "2027-02-10", 8, [1, 15, 7, 8]),
        ("Europe/Madrid", "2027-04-14", 8, [0, 14, 7, 8]),
        ("Europe/Madrid", "2027-02-10", 12, [5, 19, 11, 12]),
        ("Europe/Madrid", "2027-04-14", 12, [4, 18, 11, 12]),
        ("America/New_York", "2027-02-10", 9, [8, 22, 14, 15]),
        ("America/New_York", "2027-04-14", 16, [14, 4, 21, 22]),
    ];
    let sites = [
        "America/Costa_Rica",
        "Asia/Manila",
        "Europe/Lisbon",
        "Europe/Madrid",
    ];
    for (customer, day, start, expected) in rows {
        let day: NaiveDate = day.parse().unwrap();
        let begin = zone(customer).instant(day.and_time(hour(start)), RepeatedHour::Refuse);
        let begin = begin.unwrap();
        let found = sites.map(|site| zone(site).local(begin).hour());
        assert_eq!(found, expected, "{customer} {day} {start}");
    }
}

/// Hours of an eight-hour window that lie at night at a site.
fn night_hours(site: &str, customer: &str, day: &str, start: u32, night: (u32, u32)) -> usize {
    let day: NaiveDate = day.parse().unwrap();
    let begin = zone(customer).instant(day.and_time(hour(start)), RepeatedHour::Refuse);
    let begin = begin.unwrap();
    let hours = (0..8).map(|h| zone(site).local(begin + TimeDelta::hours(h)).hour());
    hours.filter(|&h| h >= night.0 || h < night.1).count()
}

#[test]
fn night_hours_decide_the_legal_class() {
    let spain = "Europe/Madrid";
    let us = "America/New_York";
    // Hours at night in Costa Rica (19 to 5), then in Manila, Lisbon and Madrid (22 to 6).
    for (customer, day, start, expected) in [
        (spain, "2027-02-10", 8, [4, 1, 0, 0]),
        (spain, "2027-04-14", 8, [5, 0, 0, 0]),
        (spain, "2027-02-10", 12, [0, 5, 0, 0]),
        (spain, "2027-04-14", 12, [1, 4, 0, 0]),
        (us, "2027-02-10", 9, [0, 8, 0, 1]),
        (us, "2027-04-14", 16, [3, 2, 7, 8]),
    ] {
        let at_night = |site, night| night_hours(site, customer, day, start, night);
        let found = [
            at_night("America/Costa_Rica", (19, 5)),
            at_night("Asia/Manila", (22, 6)),
            at_night("Europe/Lisbon", (22, 6)),
            at_night(spain, (22, 6)),
        ];
        assert_eq!(found, expected, "{customer} {day} {start}");
    }
}
