//! What was worked before the horizon counts in it.

use wfm::calendar::{Grid, TimeDelta, Zone};
use wfm::scheduling::Schedule;
use wfm::workforce::law::{AverageHours, LabourLaw};

use super::super::support::{date, interval, monday, utc, zone};
use super::{desk, of_kind, reasons, rostered, schedule, staff, starts, week, worked};

#[test]
fn rest_reaches_back_over_the_beginning_of_the_horizon() {
    let mut problem = week(1);
    // Sunday 16:00 to 24:00, then Monday: 10 hours of rest are too few, 11 enough.
    staff(&mut problem).worked = vec![worked("a", utc(monday(), 16, 0) - TimeDelta::days(1), 8)];
    let own = rostered(&problem, &schedule(&problem, &[(0, 10, 0, 1)]));
    assert_eq!(reasons(&own), [("daily_rest", 1)]);
    let own = rostered(&problem, &schedule(&problem, &[(0, 11, 0, 1)]));
    assert_eq!(starts(&own, "a"), [11]);
}

#[test]
fn a_shift_that_reaches_into_the_horizon_is_history_too() {
    let mut problem = week(2);
    staff(&mut problem).worked = vec![worked("a", utc(monday(), 22, 0) - TimeDelta::days(1), 8)];
    let own = rostered(&problem, &schedule(&problem, &[(0, 5, 0, 2)]));
    assert_eq!(reasons(&own), [("daily_rest", 1), ("other_shift", 1)]);
    assert_eq!(starts(&own, "b"), [5]);
}

/// Who works Sunday from a local hour, after a shift that ended on Saturday at 22:00 local time.
fn sunday_after_saturday(
    day: (i32, u32, u32),
    offsets: (i64, i64),
    hour: i64,
) -> Vec<&'static str> {
    let madrid: Zone = zone("Europe/Madrid");
    let sunday = date(day.0, day.1, day.2);
    let grid = Grid::of_days(madrid, sunday, 1, interval(60)).unwrap();
    let mut problem = desk(grid, madrid, 1, LabourLaw::pack("EU", sunday).unwrap());
    let ended = utc(sunday, 0, 0) - TimeDelta::hours(2 + offsets.0);
    staff(&mut problem).worked = vec![worked("a", ended - TimeDelta::hours(8), 8)];
    let start = utc(sunday, 0, 0) + TimeDelta::hours(hour - offsets.1);
    let plan = Schedule {
        shifts: vec![of_kind(&problem, 0, start, 1)],
        ..Schedule::default()
    };
    let own = rostered(&problem, &plan);
    reasons(&own).into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn rest_over_a_change_of_clocks_is_elapsed_time() {
    // Clocks go forward on 28 March 2027: 22:00 to 09:00 are ten hours.
    let spring = |hour| sunday_after_saturday((2027, 3, 28), (1, 2), hour);
    assert_eq!(spring(9), ["daily_rest"]);
    assert!(spring(10).is_empty());
    // Clocks go back on 31 October 2027: 22:00 to 08:00 are eleven hours.
    let autumn = |hour| sunday_after_saturday((2027, 10, 31), (2, 1), hour);
    assert_eq!(autumn(7), ["daily_rest"]);
    assert!(autumn(8).is_empty());
}

#[test]
fn rows_of_days_and_weekly_rests_go_on_from_the_history() {
    let mut problem = week(1);
    let back = |days: i64| utc(monday(), 9, 0) - TimeDelta::days(days);
    staff(&mut problem).worked = (1..=6).map(|days| worked("a", back(days), 8)).collect();
    let mut law = LabourLaw::none("none", "no law", monday());
    law.consecutive_days = Some(6);
    problem.pools[0].law = Some(law);
    let plan = schedule(&problem, &[(0, 9, 0, 1), (1, 9, 0, 1)]);
    let own = rostered(&problem, &plan);
    assert_eq!(reasons(&own), [("consecutive_days", 1)]);
    assert_eq!(starts(&own, "a"), [33]);
}

#[test]
fn averages_hold_with_the_weeks_before() {
    let mut problem = week(2);
    // Three weeks of 40 hours, then at most 30 on average over four weeks: nothing is left for a.
    let mondays = (1..=3).map(|weeks| utc(monday(), 9, 0) - TimeDelta::days(7 * weeks));
    let shifts = mondays.flat_map(|first| (0..5).map(move |day| first + TimeDelta::days(day)));
    staff(&mut problem).worked = shifts.map(|start| worked("a", start, 8)).collect();
    let mut law = LabourLaw::none("none", "no law", monday());
    law.average_hours = vec![AverageHours::over(30.0, 4)];
    problem.pools[0].law = Some(law);
    let own = rostered(&problem, &schedule(&problem, &[(0, 9, 0, 2)]));
    assert_eq!(reasons(&own), [("average_hours", 1), ("other_shift", 1)]);
    assert_eq!(starts(&own, "b"), [9]);
}
