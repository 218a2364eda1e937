//! Schedules at the edges: rules that cannot be kept, breaks off the grid, shifts that begin early.

use wfm::calendar::Grid;
use wfm::scheduling::Strategy;
use wfm::workforce::BreakType;

use super::support::{
    exact, group, hours, interval, monday, money, morning, pool, problem, shift, solved, utc,
};

#[test]
fn a_minimum_that_no_shift_can_keep_is_infeasible_and_named() {
    let Some(strategy) = exact() else { return };
    let mut nobody = pool("north", &["de"], 20.0).with_shift(shift("late", 2, 20, 20));
    nobody.limits.shifts_per_day_min = Some(1);
    let other = pool("south", &["de"], 20.0).with_shift(shift("day", 4, 10, 10));
    let problem = problem(morning(4), vec![nobody, other], vec![group("de", &[1; 4])]);
    let error = solved(&problem, &strategy).unwrap_err().to_string();
    assert!(error.contains("shifts_per_day_min north"), "{error}");
    assert!(!error.contains("south"), "{error}");
}

#[test]
fn two_limits_that_contradict_each_other_are_both_named() {
    let Some(strategy) = exact() else { return };
    let mut torn = pool("north", &["de"], 20.0).with_shift(shift("day", 4, 10, 10));
    torn.limits.shifts_per_day_min = Some(3);
    torn.limits.week_hours_max = Some(8.0);
    let problem = problem(morning(4), vec![torn], vec![group("de", &[1; 4])]);
    let error = solved(&problem, &strategy).unwrap_err().to_string();
    assert!(error.contains("shifts_per_day_min north"), "{error}");
    assert!(error.contains("week_hours_max north"), "{error}");
}

#[test]
fn a_break_window_between_two_intervals_begins_at_the_next_one() {
    let Some(strategy) = exact() else { return };
    let mut kind = shift("day", 4, 10, 10);
    kind.breaks.push(BreakType {
        id: "lunch".to_owned(),
        length: hours(1),
        earliest: hours(3) / 2,
        latest: hours(2),
        paid: true,
    });
    let pools = vec![pool("north", &["de"], 20.0).with_shift(kind)];
    let found = solved(
        &problem(morning(4), pools, vec![group("de", &[1; 4])]),
        &strategy,
    )
    .unwrap();
    // One person, on a break from noon on: an hour is missing.
    assert_eq!(found.schedule.cost.total(), money(180.0));
    assert_eq!(
        found.schedule.shifts[0].breaks[0].start,
        utc(monday(), 12, 0)
    );
}

#[test]
fn a_shift_that_begins_before_the_horizon_counts_for_the_part_inside() {
    let Some(strategy) = exact() else { return };
    let grid = Grid::new(utc(monday(), 11, 0), interval(60), 2);
    let pools = vec![pool("north", &["de"], 20.0).with_shift(shift("day", 4, 9, 9))];
    let problem = problem(grid.unwrap(), pools, vec![group("de", &[1; 2])]);
    let found = solved(&problem, &strategy).unwrap();
    assert_eq!(found.schedule.cost.total().get(), 40.0);
}

#[test]
fn the_whole_model_strategy_finds_what_the_divided_one_finds() {
    let Some(strategy) = exact() else { return };
    let pools = vec![
        pool("north", &["de", "fr"], 22.0).with_shift(shift("day", 3, 9, 12)),
        pool("south", &["de"], 15.0).with_shift(shift("day", 3, 9, 12)),
    ];
    let groups = vec![group("de", &[2, 3, 4, 3]), group("fr", &[1, 1, 2, 1])];
    let problem = problem(morning(4), pools, groups);
    let divided = solved(&problem, &strategy).unwrap();
    let whole = Strategy {
        whole_model: true,
        ..strategy
    };
    let whole = solved(&problem, &whole).unwrap();
    assert_eq!(whole.schedule.cost.total(), divided.schedule.cost.total());
}
