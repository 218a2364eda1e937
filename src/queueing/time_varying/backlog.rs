//! Stationary backlog carry-over: intervals that are overloaded for a while.
//!
//! ```text
//! λ̃_i = λ_i + b_(i−1)            what a period has to handle: its arrivals and the backlog before it
//! b_i = λ̃_i B(n_i, λ̃_i h)        blocked in a loss system; the backlog of the next period
//! λ'_i = λ̃_i − b_i               handled, always below n_i / h: the rate of the same occupancy
//! wait, service level            Erlang C at λ'_i with n_i agents
//! ```
//!
//! `λ_i` arrival rate, `n_i` agents, `h` handling time, `B` Erlang B. Periods are the intervals of the
//! day cut into equal parts as near to one handling time as they go, at most 1000 of an interval. The
//! day starts without a backlog. A period without agents hands everything on; so does one whose
//! backlog is beyond the digits of Erlang C, and its waiting is the backlog itself.
//!
//! **Assumptions.** Nobody hangs up; Poisson arrivals, exponential handling. A period is in the steady
//! state of its own rate.
//! **Accuracy.** An approximation. Day averages against the [exact course](super::transient) from
//! empty, handling of 6 minutes, 20 seconds to answer:
//!
//! | half hours, calls an hour | agents | within 20 s, exact | here | mean wait, exact | here |
//! |---|---|---|---|---|---|
//! | 80, 90, 100, 100, 90, 80 | 13 | 86.0 % | 85.4 % | 17.4 s | 18.4 s |
//! | 90, 110, 130, 130, 100, 80 | 12 | 40.3 % | 40.2 % | 237 s | 292 s |
//! | ten times as many | 112 | 32.8 % | 38.2 % | 237 s | 261 s |
//! | 90, 110, 130, 130, 100, 80 | 12, 20 in the fourth | 62.9 % | 63.5 % | 78 s | 97 s |
//!
//! **Source.** Stolletz (2008); the length of the periods is chosen here.

use std::time::Duration;

use super::super::{ErlangC, Performance, QueueModel, QueueingError, Traffic, erlang_b};
use super::day::check;
use super::{Day, DayInterval, Outcome};
use crate::units::Erlangs;

/// The most periods that an interval is cut into.
const MOST_PERIODS: f64 = 1000.0;

/// Each interval of a day with the backlog of the one before it; their sum is the day.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::time_varying::{Day, DayInterval, backlog};
/// use wfm::units::Agents;
/// let half_hour = Duration::from_secs(1800);
/// let intervals = [90.0, 140.0, 60.0].map(|rate| DayInterval::new(half_hour, rate, Agents(11)));
/// let intervals = intervals.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let day = Day::new(intervals, Duration::from_secs(360), None)?;
/// let seen = backlog::evaluate(&day, Duration::from_secs(20))?;
/// // 14 erlangs meet 11 agents: long waits, but no wait without end.
/// assert!(seen[1].mean_wait_seconds() > 100.0 && seen[1].mean_wait_seconds().is_finite());
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
///
/// # Errors
/// [`QueueingError::OutOfRange`] for a day with a patience: this model has none.
pub fn evaluate(day: &Day, answer_within: Duration) -> Result<Vec<Outcome>, QueueingError> {
    let patience = day.mean_patience();
    check(
        "mean patience in seconds",
        "left out where a backlog is carried over",
        patience.unwrap_or_default().as_secs_f64(),
        patience.is_none(),
    )?;
    let mut backlog = 0.0;
    let carry = |interval: &DayInterval| carry(day, interval, &mut backlog, answer_within);
    Ok(day.intervals().iter().map(carry).collect())
}

/// One interval, period by period.
fn carry(day: &Day, interval: &DayInterval, backlog: &mut f64, answer_within: Duration) -> Outcome {
    let length = interval.length().as_secs_f64();
    let wanted = length / day.aht().as_secs_f64();
    let periods = wanted.round().clamp(1.0, MOST_PERIODS);
    let seconds = length / periods;
    let mut sum = Outcome::default();
    let mut done = 0.0;
    while done < periods {
        sum = sum + period(day, interval, seconds, backlog, answer_within);
        done += 1.0;
    }
    sum
}

/// One period; `backlog` counts contacts.
fn period(
    day: &Day,
    interval: &DayInterval,
    seconds: f64,
    backlog: &mut f64,
    answer_within: Duration,
) -> Outcome {
    let (h, agents) = (day.aht().as_secs_f64(), interval.agents());
    let arrivals = interval.arrival_rate() / 3600.0 * seconds;
    let before = *backlog;
    let offered = arrivals + before;
    let blocked = erlang_b::blocking(agents.get(), load(offered * h / seconds)).get();
    let handled = if offered > 0.0 {
        offered * (1.0 - blocked)
    } else {
        0.0
    };
    *backlog = offered - handled;
    let seen = if offered > 0.0 && agents.get() == 0 {
        Performance::OVERLOADED
    } else {
        let traffic = Traffic::new(load(handled * h / seconds), day.aht());
        ErlangC.performance(&traffic, agents.as_f64(), answer_within)
    };
    let waiting = if seen.is_stable {
        seen.queue_length
    } else {
        f64::midpoint(before, *backlog)
    };
    Outcome {
        arrivals,
        answered_in_time: arrivals * seen.service_level.offered.get(),
        delayed: arrivals * seen.p_wait.get(),
        completed: handled,
        abandoned: 0.0,
        waiting_seconds: waiting * seconds,
        busy_seconds: handled * h,
        staffed_seconds: agents.as_f64() * seconds,
    }
}

fn load(value: f64) -> Erlangs {
    Erlangs::new(value).unwrap_or(Erlangs::ZERO)
}

#[cfg(test)]
mod tests {
    use super::super::sipp::{self, ArrivalsOf};
    use super::super::{NumberInSystem, transient};
    use super::*;
    use crate::units::Agents;

    const WITHIN: Duration = Duration::from_secs(20);

    fn day(rates: &[f64], staffing: &[u32]) -> Day {
        let half_hour = Duration::from_secs(1800);
        let interval = |(&rate, &n)| DayInterval::new(half_hour, rate, Agents(n)).unwrap();
        let intervals = rates.iter().zip(staffing).map(interval).collect();
        Day::new(intervals, Duration::from_secs(360), None).unwrap()
    }

    #[test]
    fn a_long_constant_rate_is_erlang_c() {
        let day = day(&[100.0; 12], &[12; 12]);
        let seen = evaluate(&day, WITHIN).unwrap();
        let steady = sipp::evaluate(&day, ArrivalsOf::Interval, &ErlangC, WITHIN);
        let (seen, steady) = (seen[11], steady[11]);
        let near = |x: f64, y: f64| (x / y - 1.0).abs() < 1e-6;
        assert!(near(seen.answered_in_time, steady.answered_in_time));
        assert!(near(seen.waiting_seconds, steady.waiting_seconds));
    }

    #[test]
    fn nothing_is_lost_and_no_agents_is_no_trouble() {
        let day = day(&[100.0, 200.0, 0.0, 50.0], &[0, 12, 20, 15]);
        let seen = evaluate(&day, WITHIN).unwrap();
        assert_eq!(seen[0].service_level().get(), 0.0);
        assert!((seen[0].waiting_seconds - 25.0 * 1800.0).abs() < 1e-6);
        let whole: Outcome = seen.into_iter().sum();
        assert!(whole.completed <= whole.arrivals && whole.waiting_seconds.is_finite());
    }

    #[test]
    fn the_error_against_the_exact_course_is_as_stated() {
        let overload = [90.0, 110.0, 130.0, 130.0, 100.0, 80.0];
        let ten_times = overload.map(|rate| rate * 10.0);
        let cases = [
            (
                day(&[80.0, 90.0, 100.0, 100.0, 90.0, 80.0], &[13; 6]),
                [86.0, 85.4, 17.4, 18.4],
            ),
            (day(&overload, &[12; 6]), [40.3, 40.2, 237.0, 292.0]),
            (day(&ten_times, &[112; 6]), [32.8, 38.2, 237.0, 261.0]),
            (
                day(&overload, &[12, 12, 12, 20, 12, 12]),
                [62.9, 63.5, 78.0, 97.0],
            ),
        ];
        for (day, stated) in cases {
            let exact = transient::day(&day, &NumberInSystem::empty(), WITHIN)
                .unwrap()
                .whole;
            let seen: Outcome = evaluate(&day, WITHIN).unwrap().into_iter().sum();
            let levels = [exact, seen].map(|outcome| outcome.service_level().get() * 100.0);
            let waits = [exact, seen].map(|outcome| outcome.mean_wait_seconds());
            let found = levels.into_iter().chain(waits);
            for (found, stated) in found.zip(stated) {
                let printed = if stated > 50.0 { 0.5 } else { 0.05 };
                assert!((found - stated).abs() <= printed, "{found} {stated}");
            }
        }
    }
}
