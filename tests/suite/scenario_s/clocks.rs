//! The same shift before and after clocks go forward in Europe.

use wfm::calendar::{DateTime, NaiveDate, NaiveTime, RepeatedHour, Timelike, Utc, Zone};
use wfm::planning::problem;
use wfm::scheduling::Candidate;

use super::{belgium, needs, table};

fn opening(date: NaiveDate) -> DateTime<Utc> {
    let eight = NaiveTime::from_hms_opt(8, 0, 0).unwrap();
    let zone = belgium().horizon.zone;
    (zone.instant(date.and_time(eight), RepeatedHour::Refuse)).unwrap()
}

#[test]
fn local_starts_follow_the_clocks() {
    table().check("clock", |date, zone| {
        let zone: Zone = zone.parse().unwrap();
        f64::from(zone.local(opening(date.parse().unwrap())).hour())
    });
}

#[test]
fn vendor_shifts_keep_their_local_start() {
    for date in table().keys("clock") {
        let mut scenario = belgium();
        scenario.horizon.first = date.parse().unwrap();
        let problem = problem(&scenario, &needs(&scenario));
        for shift in Candidate::all(&problem) {
            let zone = problem.pools[shift.pool].zone;
            let first = problem.pools[shift.pool].shifts[0].starts.from;
            let hours = (shift.start - opening(scenario.horizon.first)).num_hours();
            let local = i64::from(zone.local(shift.start).hour());
            assert_eq!(
                local - i64::from(first.hour()),
                hours,
                "{date} {}",
                shift.start
            );
        }
    }
}
