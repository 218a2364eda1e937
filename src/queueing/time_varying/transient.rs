//! The exact course of a day: the chain `M_t/M/s_t` with or without patience.
//!
//! ```text
//! number in system i:   i → i+1 at λ(t)      i → i−1 at min(i, n(t)) μ + (i − n(t))⁺ θ
//! answered in time:     ∫ λ(t) S_t dt,       S_t = Σ_i p_i(t) S_(i−n),  S = P(V ≤ T₀, V < patience)
//! waiting time:         ∫ E[(N − n)⁺] dt     abandoned: θ ∫ E[(N − n)⁺] dt
//! busy time:            ∫ E[min(N, n)] dt    completed: μ ∫ E[min(N, n)] dt
//! ```
//!
//! `λ(t)` arrivals and `n(t)` agents of the interval, `μ = 1 / handling time`, `θ = 1 / mean patience`
//! (0 where nobody hangs up), `T₀` the threshold, `V` the wait of a contact of unlimited patience.
//!
//! **Assumptions.** Poisson arrivals; exponential handling and patience; rate and agents constant
//! within an interval. When agents leave, the contacts they handle return to the queue at once. A
//! contact's chance to be answered in time counts the agents at its arrival for its whole wait.
//! **Accuracy.** No time step: uniformisation in blocks of up to 1024 events on average, with
//! normalised Poisson weights, so nothing underflows for any rate times length; time integrals are
//! exact sums of positive terms. States less likely than 10⁻²² are left out; [`DayCourse::neglected`]
//! bounds their total. Tested against matrix exponentials to 10⁻¹³ and against steady state to 10⁻⁹
//! relative; contacts are conserved to 10⁻¹¹ for any day of intervals from a minute to a day, up to
//! 10⁵ contacts an hour and 2000 agents, patience from a second to a year or none. An interval is cut short once the law has settled to 10⁻¹¹; stretches of a queue so long
//! that nobody is idle and nobody answered in time are leapt over by their exact law.
//! **Limits.** A day of more than 4·10⁹ events times states, after leaps and settling, is refused after some seconds.
//! **Source.** Jensen (1953) uniformisation; Fox & Glynn (1988) weights; Ingolfsson, Akhmetshina,
//! Budge, Li & Wu (2007) for its use on staffing.

use std::time::Duration;

use super::super::QueueingError;
use super::answer::AnsweredInTime;
use super::chain::{Chain, Rates};
use super::leap::Leap;
use super::sums::Sums;
use super::{Day, DayInterval, NumberInSystem, Outcome};
use crate::units::Probability;

/// What a day brings, interval by interval.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DayCourse {
    /// Each interval in order.
    pub intervals: Vec<Outcome>,
    /// All of them together.
    pub whole: Outcome,
    /// The number in system at the end of the last interval.
    pub at_close: NumberInSystem,
    /// Probability of the states that were left out.
    pub neglected: f64,
}

/// The state of the queue at one instant.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Snapshot {
    /// Law of the number in system.
    pub number_in_system: NumberInSystem,
    /// Mean number waiting.
    pub queue_length: f64,
    /// Probability that all agents are busy: that a contact arriving now finds nobody free.
    pub p_wait: Probability,
    /// Chance of a contact arriving now to be answered within the threshold.
    pub service_level: Probability,
}

/// Follows a day from the number in system at its start.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::time_varying::{Day, DayInterval, NumberInSystem, transient};
/// use wfm::units::Agents;
/// let hour = Duration::from_secs(3600);
/// let staffed = [(200.0, 12), (400.0, 22), (300.0, 17)];
/// let intervals = staffed.map(|(rate, agents)| DayInterval::new(hour, rate, Agents(agents)));
/// let intervals = intervals.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let day = Day::new(intervals, Duration::from_secs(180), Some(Duration::from_secs(120)))?;
/// let course = transient::day(&day, &NumberInSystem::empty(), Duration::from_secs(20))?;
/// assert!(course.whole.service_level().get() > 0.8);
/// let gone = course.whole.completed + course.whole.abandoned;
/// assert!((course.whole.arrivals - gone - course.at_close.mean()).abs() < 1e-9);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
///
/// # Errors
/// [`QueueingError::OutOfRange`] for a day too large to compute; see the limits above.
pub fn day(
    day: &Day,
    start: &NumberInSystem,
    answer_within: Duration,
) -> Result<DayCourse, QueueingError> {
    let mut chain = Chain::new(start);
    let follow = |interval: &DayInterval| {
        let seconds = interval.length().as_secs_f64();
        pass(&mut chain, day, interval, seconds, answer_within)
    };
    let intervals = day.intervals().iter().map(follow);
    let intervals = intervals.collect::<Result<Vec<_>, _>>()?;
    Ok(DayCourse {
        whole: intervals.iter().copied().sum(),
        intervals,
        at_close: chain.law,
        neglected: chain.neglected,
    })
}

/// The state of the queue some time after the start of a day, with the agents of the interval that
/// this instant lies in; the start of an interval belongs to it, and the close to the last one.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::time_varying::{Day, DayInterval, NumberInSystem, transient};
/// use wfm::units::Agents;
/// // One agent, nobody hangs up, from empty: busy with probability λ/(λ+μ) · (1 − e^−(λ+μ)t) for
/// // as long as hardly anybody waits.
/// let interval = DayInterval::new(Duration::from_secs(60), 3.6, Agents(1))?;
/// let day = Day::new(vec![interval], Duration::from_secs(100), None)?;
/// let (start, within) = (NumberInSystem::empty(), Duration::from_secs(20));
/// let seen = transient::at(&day, &start, Duration::from_secs(60), within)?;
/// let alone = 0.001 / 0.011 * (1.0 - (-0.66f64).exp());
/// assert!((seen.p_wait.get() - alone).abs() < 0.001);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
///
/// # Errors
/// As [`day`], and [`QueueingError::OutOfRange`] for an instant after the close.
pub fn at(
    day: &Day,
    start: &NumberInSystem,
    time: Duration,
    answer_within: Duration,
) -> Result<Snapshot, QueueingError> {
    let mut left = day.instant(time)?;
    let mut chain = Chain::new(start);
    let mut rates = Rates::of(day, &day.intervals()[0]);
    for interval in day.intervals() {
        let seconds = interval.length().as_secs_f64();
        pass(&mut chain, day, interval, left.min(seconds), answer_within)?;
        rates = Rates::of(day, interval);
        if left < seconds {
            break;
        }
        left -= seconds;
    }
    look(chain.law, &rates, answer_within)
}

/// What an arriving contact and an observer see.
fn look(
    law: NumberInSystem,
    rates: &Rates,
    answer_within: Duration,
) -> Result<Snapshot, QueueingError> {
    let mut in_time = AnsweredInTime::new(rates, answer_within.as_secs_f64());
    let seen = sums(&law, rates, &mut in_time)?;
    Ok(Snapshot {
        number_in_system: law,
        queue_length: seen.waiting,
        p_wait: Probability::saturating(seen.delayed),
        service_level: Probability::saturating(seen.in_time),
    })
}

/// Lets a part of an interval pass.
fn pass(
    chain: &mut Chain,
    day: &Day,
    interval: &DayInterval,
    seconds: f64,
    answer_within: Duration,
) -> Result<Outcome, QueueingError> {
    let rates = Rates::of(day, interval);
    let mut in_time = AnsweredInTime::new(&rates, answer_within.as_secs_f64());
    let mut left = seconds;
    let mut total = Sums::default();
    while left > 0.0 {
        let passed = if let Some(leap) = Leap::plan(&chain.law, &rates, &mut in_time, left)? {
            total.add(&leap.sums(&chain.law, &rates));
            leap.carry_out(chain, &rates)?;
            leap.seconds
        } else {
            let (passed, spent) = chain.advance(&rates, left)?;
            total.add(&sums(&spent, &rates, &mut in_time)?);
            passed
        };
        left = (left - passed).max(0.0);
    }
    Ok(Outcome {
        arrivals: rates.arrivals * seconds,
        answered_in_time: rates.arrivals * total.in_time,
        delayed: rates.arrivals * total.delayed,
        completed: rates.service * total.busy,
        abandoned: rates.abandonment * total.waiting,
        waiting_seconds: total.waiting,
        busy_seconds: total.busy,
        staffed_seconds: rates.agents as f64 * seconds,
    })
}

fn sums(
    law: &NumberInSystem,
    rates: &Rates,
    in_time: &mut AnsweredInTime,
) -> Result<Sums, QueueingError> {
    let mut sums = Sums::default();
    if let Some(ahead) = law.last().checked_sub(rates.agents) {
        in_time.extend(ahead)?;
    }
    for (&share, number) in law.shares.iter().zip(law.first..) {
        sums.waiting += share * rates.waiting(number);
        sums.busy += share * rates.busy(number);
        if let Some(ahead) = number.checked_sub(rates.agents) {
            sums.delayed += share;
            sums.in_time += share * in_time.share(ahead);
        } else {
            sums.in_time += share;
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::super::super::{ErlangA, ErlangC, QueueModel, Traffic};
    use super::*;
    use crate::units::{Agents, Erlangs};

    const WITHIN: Duration = Duration::from_secs(20);

    fn course(parts: &[(u64, f64, u32)], aht: f64, patience: Option<f64>) -> Day {
        let interval = |&(seconds, rate, agents): &(u64, f64, u32)| {
            DayInterval::new(Duration::from_secs(seconds), rate, Agents(agents)).unwrap()
        };
        let patience = patience.map(Duration::from_secs_f64);
        let intervals = parts.iter().map(interval).collect();
        Day::new(intervals, Duration::from_secs_f64(aht), patience).unwrap()
    }

    fn close(x: f64, y: f64, tolerance: f64) {
        assert!((x - y).abs() <= tolerance * y.abs().max(1e-3), "{x} {y}");
    }

    #[test]
    fn after_a_long_time_it_is_the_steady_state() {
        let traffic = Traffic::new(Erlangs::new(9.0).unwrap(), Duration::from_secs(180));
        let patient = Duration::from_secs(60);
        let models: [(Option<f64>, &dyn QueueModel); 2] = [
            (None, &ErlangC),
            (Some(60.0), &ErlangA::new(patient).unwrap()),
        ];
        for (patience, model) in models {
            let day = course(&[(86_400, 180.0, 11)], 180.0, patience);
            let end = Duration::from_secs(86_400);
            let seen = at(&day, &NumberInSystem::of(25), end, WITHIN).unwrap();
            let steady = model.performance(&traffic, 11.0, WITHIN);
            close(seen.p_wait.get(), steady.p_wait.get(), 1e-9);
            close(seen.queue_length, steady.queue_length, 1e-9);
            close(
                seen.service_level.get(),
                steady.service_level.offered.get(),
                1e-9,
            );
        }
    }

    #[test]
    fn a_matrix_exponential_agrees() {
        // Three agents, 36 a minute, handling of 10 s, patience of 5 s; more than 39 are out of reach.
        let (mu, theta, lambda) = (1.0 / 10.0, 1.0 / 5.0, 0.6);
        let day = course(&[(30, lambda * 3600.0, 3)], 10.0, Some(5.0));
        let size = 40;
        let mut generator = vec![vec![0.0; size]; size];
        for i in 0..size {
            let down = i.min(3) as f64 * mu + i.saturating_sub(3) as f64 * theta;
            let up = if i + 1 < size { lambda } else { 0.0 };
            generator[i][i] = -up - down;
            if i + 1 < size {
                generator[i][i + 1] = up;
            }
            if i > 0 {
                generator[i][i - 1] = down;
            }
        }
        for seconds in [1u32, 7, 30] {
            let moved = exponential(&generator, f64::from(seconds));
            let time = Duration::from_secs(u64::from(seconds));
            let seen = at(&day, &NumberInSystem::of(5), time, WITHIN).unwrap();
            for (number, wanted) in (0..).zip(&moved[5]) {
                let share = seen.number_in_system.share(number).get();
                assert!((share - wanted).abs() < 1e-13, "{number}: {share} {wanted}");
            }
        }
    }

    /// `e^(Qt)` by a Taylor series of a small step, squared over and over.
    fn exponential(generator: &[Vec<f64>], time: f64) -> Vec<Vec<f64>> {
        let size = generator.len();
        let product = |x: &[Vec<f64>], y: &[Vec<f64>]| -> Vec<Vec<f64>> {
            let entry = |i: usize, j: usize| (0..size).map(|k| x[i][k] * y[k][j]).sum();
            let row = |i| (0..size).map(|j| entry(i, j)).collect();
            (0..size).map(row).collect()
        };
        let step = time / 1024.0;
        let unit = |i: usize, j: usize| if i == j { 1.0 } else { 0.0 };
        let row = |i| (0..size).map(|j| unit(i, j)).collect::<Vec<f64>>();
        let identity: Vec<Vec<f64>> = (0..size).map(row).collect();
        let mut result = identity.clone();
        for k in (1..=12u32).rev() {
            result = product(generator, &result);
            for (i, row) in result.iter_mut().enumerate() {
                for (j, cell) in row.iter_mut().enumerate() {
                    *cell = unit(i, j) + *cell * step / f64::from(k);
                }
            }
        }
        for _ in 0..10 {
            result = product(&result, &result);
        }
        result
    }

    #[test]
    fn integrals_are_those_of_the_instants() {
        let day = course(&[(600, 300.0, 12)], 180.0, Some(100.0));
        let start = NumberInSystem::of(20);
        let whole = super::day(&day, &start, WITHIN).unwrap().whole;
        let (mut waiting, mut in_time) = (0.0, 0.0);
        for k in 0..=600u32 {
            let weight = match k {
                0 | 600 => 1.0,
                k if k % 2 == 1 => 4.0,
                _ => 2.0,
            };
            let seen = at(&day, &start, Duration::from_secs(u64::from(k)), WITHIN).unwrap();
            waiting += weight / 3.0 * seen.queue_length;
            in_time += weight / 3.0 * seen.service_level.get();
        }
        close(whole.waiting_seconds, waiting, 1e-8);
        close(whole.answered_in_time, in_time * 300.0 / 3600.0, 1e-7);
    }

    #[test]
    fn contacts_are_conserved_and_agents_may_all_leave() {
        let parts = [
            (1800, 200.0, 12),
            (1800, 300.0, 0),
            (900, 0.0, 30),
            (1800, 90.0, 2),
        ];
        for patience in [None, Some(300.0)] {
            let day = course(&parts, 240.0, patience);
            let seen = super::day(&day, &NumberInSystem::of(3), WITHIN).unwrap();
            let gone = seen.whole.completed + seen.whole.abandoned;
            close(3.0 + day.arrivals(), gone + seen.at_close.mean(), 1e-12);
            assert_eq!(seen.intervals[1].service_level().get(), 0.0);
            assert_eq!(seen.intervals[2].service_level().get(), 1.0);
            assert!(seen.neglected < 1e-12);
        }
    }

    #[test]
    fn an_instant_between_two_intervals_belongs_to_the_later() {
        let day = course(&[(600, 0.0, 5), (600, 0.0, 1)], 1e9, None);
        let seen = |seconds| {
            at(
                &day,
                &NumberInSystem::of(3),
                Duration::from_secs(seconds),
                WITHIN,
            )
        };
        assert!(seen(599).unwrap().p_wait.get() < 1e-3);
        assert!(seen(600).unwrap().p_wait.get() > 0.999);
        assert!(seen(1200).unwrap().queue_length > 1.99 && seen(1201).is_err());
    }

    #[test]
    fn a_day_beyond_computing_is_refused() {
        let day = course(&[(86_400 * 366, 1e9, 0)], 1e4, None);
        assert!(super::day(&day, &NumberInSystem::of(1), Duration::MAX).is_err());
    }
}
