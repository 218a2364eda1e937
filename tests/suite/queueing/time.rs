//! Days with changing arrivals and agents: conservation, monotonicity and independence of how a day is
//! cut, over everything that can be asked.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::queueing::ErlangC;
use wfm::queueing::time_varying::modified_offered_load::{LoadOf, of_intervals};
use wfm::queueing::time_varying::sipp::{self, ArrivalsOf};
use wfm::queueing::time_varying::{
    Day, DayInterval, NumberInSystem, Outcome, backlog, modified_offered_load, transient,
};
use wfm::units::{Agents, Erlangs};

use crate::support::cases;

/// Length in seconds, contacts an hour, agents.
type Part = (f64, f64, u32);

fn day(parts: &[Part], aht: f64, patience: Option<f64>) -> Day {
    let interval = |&(seconds, rate, agents): &Part| {
        DayInterval::new(Duration::from_secs_f64(seconds), rate, Agents(agents)).unwrap()
    };
    let intervals = parts.iter().map(interval).collect();
    let patience = patience.map(Duration::from_secs_f64);
    Day::new(intervals, Duration::from_secs_f64(aht), patience).unwrap()
}

fn power(exponents: std::ops::Range<f64>) -> impl Strategy<Value = f64> {
    exponents.prop_map(|exponent| 10f64.powf(exponent))
}

/// None, a second to a year.
fn patience() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![Just(None), power(0.0..7.5).prop_map(Some)]
}

/// Small enough to follow a whole day exactly in a moment.
fn small_parts() -> impl Strategy<Value = Vec<Part>> {
    let rate = prop_oneof![1 => Just(0.0), 4 => 0.0..240.0f64];
    vec((60.0..3600.0f64, rate, 0..25u32), 1..5)
}

/// From a minute to a day, nobody to 100 000 contacts an hour, nobody to 2000 agents.
fn any_parts() -> impl Strategy<Value = Vec<Part>> {
    let rate = prop_oneof![1 => Just(0.0), 4 => power(-3.0..5.0)];
    vec((power(1.78..4.93), rate, 0..=2000u32), 1..5)
}

fn is_sound(outcome: &Outcome) -> bool {
    let all = [
        outcome.arrivals,
        outcome.answered_in_time,
        outcome.delayed,
        outcome.completed,
        outcome.abandoned,
        outcome.waiting_seconds,
        outcome.busy_seconds,
        outcome.staffed_seconds,
    ];
    let bound = outcome.arrivals * (1.0 + 1e-9) + 1e-12;
    all.iter().all(|value| *value >= 0.0)
        && outcome.answered_in_time <= bound
        && outcome.delayed <= bound
        && outcome.busy_seconds <= outcome.staffed_seconds * (1.0 + 1e-9)
        && !outcome.mean_wait_seconds().is_nan()
}

fn near(x: f64, y: f64, tolerance: f64) -> bool {
    (x - y).abs() <= tolerance * (1.0 + x.abs().max(y.abs()))
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn contacts_are_conserved_and_cutting_an_interval_changes_nothing(
        parts in small_parts(), aht in 20.0..900.0f64, patience in patience(), start in 0..60u32,
        within in 0.0..300.0f64, cut in 0.05..0.95f64,
    ) {
        let (start, within) = (NumberInSystem::of(start), Duration::from_secs_f64(within));
        let whole = transient::day(&day(&parts, aht, patience), &start, within).unwrap();
        let sum = whole.whole;
        prop_assert!(whole.intervals.iter().all(is_sound) && is_sound(&sum));
        let gone = sum.completed + sum.abandoned + whole.at_close.mean();
        prop_assert!(near(start.mean() + sum.arrivals, gone, 1e-10));
        let halves = |&(seconds, rate, agents): &Part| {
            [(seconds * cut, rate, agents), (seconds * (1.0 - cut), rate, agents)]
        };
        let cut_parts: Vec<Part> = parts.iter().flat_map(halves).collect();
        let pieces = transient::day(&day(&cut_parts, aht, patience), &start, within).unwrap();
        prop_assert!(near(pieces.whole.answered_in_time, sum.answered_in_time, 1e-9));
        prop_assert!(near(pieces.whole.waiting_seconds, sum.waiting_seconds, 1e-9));
        prop_assert!(near(pieces.whole.busy_seconds, sum.busy_seconds, 1e-9));
        prop_assert!(near(pieces.at_close.mean(), whole.at_close.mean(), 1e-9));
    }

    #[test]
    fn one_agent_more_shortens_waits_and_loses_fewer(
        parts in small_parts(), aht in 20.0..900.0f64, patience in patience(),
        within in 0.0..300.0f64,
    ) {
        let within = Duration::from_secs_f64(within);
        let more: Vec<Part> = parts.iter().map(|&(s, rate, n)| (s, rate, n + 1)).collect();
        let [few, many] = [parts, more].map(|parts| {
            let day = day(&parts, aht, patience);
            transient::day(&day, &NumberInSystem::empty(), within).unwrap().whole
        });
        prop_assert!(many.answered_in_time >= few.answered_in_time - 1e-9);
        prop_assert!(many.waiting_seconds <= few.waiting_seconds + 1e-9);
        prop_assert!(many.abandoned <= few.abandoned + 1e-9);
        prop_assert!(many.completed >= few.completed - 1e-9);
    }

    #[test]
    fn the_state_at_the_close_is_that_of_the_last_instant(
        parts in small_parts(), aht in 20.0..900.0f64, patience in patience(),
    ) {
        let (day, start) = (day(&parts, aht, patience), NumberInSystem::empty());
        let close: Duration = day.intervals().iter().map(DayInterval::length).sum();
        let seen = transient::at(&day, &start, close, Duration::from_secs(20)).unwrap();
        let course = transient::day(&day, &start, Duration::from_secs(20)).unwrap();
        prop_assert!(near(seen.number_in_system.mean(), course.at_close.mean(), 1e-9));
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn loads_lags_and_backlogs_are_sound_for_any_day(
        parts in any_parts(), aht in power(0.0..5.0), start in power(-2.0..4.0),
        within in 0.0..3600.0f64, cut in 0.05..0.95f64,
    ) {
        let (day_, within) = (day(&parts, aht, None), Duration::from_secs_f64(within));
        let start = Erlangs::new(start).unwrap();
        let (mean, most) = (
            of_intervals(&day_, start, LoadOf::Mean),
            of_intervals(&day_, start, LoadOf::Maximum),
        );
        for (mean, most) in mean.iter().zip(&most) {
            prop_assert!(mean.get() <= most.get() * (1.0 + 1e-12));
        }
        let halves = |&(seconds, rate, agents): &Part| {
            [(seconds * cut, rate, agents), (seconds * (1.0 - cut), rate, agents)]
        };
        let cut_parts: Vec<Part> = parts.iter().flat_map(halves).collect();
        let pieces = day(&cut_parts, aht, None);
        let close = Duration::from_secs_f64(day_.length_seconds() * 0.999);
        let seen = [&day_, &pieces].map(|day| {
            modified_offered_load::at(day, start, close).unwrap().get()
        });
        prop_assert!(near(seen[0], seen[1], 1e-6));
        let carried = backlog::evaluate(&day_, within).unwrap();
        let lagged = sipp::evaluate(&day_, ArrivalsOf::Lagged, &ErlangC, within);
        prop_assert!(carried.iter().chain(&lagged).all(is_sound));
        let sum: Outcome = carried.into_iter().sum();
        prop_assert!(sum.completed <= sum.arrivals * (1.0 + 1e-9));
        let rates = sipp::arrival_rates(&day_, ArrivalsOf::Lagged);
        let lagged: f64 = rates.iter().zip(&parts).map(|(rate, part)| rate * part.0 / 3600.0).sum();
        prop_assert!(lagged <= day_.arrivals() * (1.0 + 1e-9) + 1e-9);
    }
}

#[test]
fn large_and_stiff_days_are_followed_without_a_hitch() {
    let long = |rate, agents| vec![(86_400.0, rate, agents)];
    let drained = vec![(7200.0, 3000.0, 0), (7200.0, 100.0, 900), (3600.0, 0.0, 0)];
    let days = [
        (long(1e5, 0), 300.0, None),
        (long(1e5, 0), 300.0, Some(3e7)),
        (long(600.0, 2000), 60.0, Some(1.0)),
        (long(3000.0, 20), 1.0, Some(1.0)),
        (long(0.0, 2000), 1.0, Some(1.0)),
        (drained, 300.0, None),
    ];
    for (parts, aht, patience) in days {
        let day = day(&parts, aht, patience);
        let seen = transient::day(&day, &NumberInSystem::of(40), Duration::from_secs(20));
        let seen = seen.unwrap();
        let sum = seen.whole;
        assert!(is_sound(&sum));
        let gone = sum.completed + sum.abandoned + seen.at_close.mean();
        assert!(near(40.0 + sum.arrivals, gone, 1e-9), "{parts:?} {gone}");
        assert!(seen.neglected < 1e-10);
    }
}
