//! Modified offered load: the mean number busy if there were unlimited agents.
//!
//! ```text
//! dm/dt = λ(t) − m / h
//! constant rate from m₀:    m(t) = λh + (m₀ − λh) e^−t/h
//! λ + A sin γt, long since: m(t) = λh + A h (sin γt − γh cos γt) / (1 + γ²h²)
//! ```
//!
//! `λ(t)` arrival rate, `h` handling time, `m` in erlangs; `γ = 2π / period`. With unlimited agents the
//! number busy is Poisson of mean `m(t)`, exactly so from empty. Staffing takes `m` of an interval for
//! the load of a steady state.
//!
//! **Assumptions.** Poisson arrivals, exponential handling; few contacts wait or hang up before they
//! are handled, so that handling follows arrivals closely.
//! **Accuracy.** The load is exact to rounding for any length and rate; it meets the [exact
//! course](super::transient) with 1000 agents to 10⁻¹². Staffing from it is an
//! approximation, good where targets are met most of the day.
//! **Source.** Jennings, Mandelbaum, Massey & Whitt (1996); Eick, Massey & Whitt (1993) for the
//! sinusoid; Feldman, Mandelbaum, Massey & Whitt (2008) for staffing.

use std::f64::consts::TAU;
use std::time::Duration;

use super::super::{Objective, QueueModel, QueueingError, Traffic, required_agents as fewest};
use super::Day;
use super::day::check;
use crate::units::{Agents, Erlangs};

/// Which load stands for an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LoadOf {
    /// The mean over the interval: right on average, short at the busier end.
    #[default]
    Mean,
    /// The largest of the interval, which is at one of its ends: enough throughout.
    Maximum,
}

/// An arrival rate that swings around its mean.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::time_varying::modified_offered_load::Sinusoid;
/// let hours = |h: f64| Duration::from_secs_f64(h * 3600.0);
/// let rate = Sinusoid::new(1000.0, 600.0, hours(24.0))?;
/// // The load peaks after the rate does, which is at 6 hours.
/// let five_minutes = Duration::from_secs(300);
/// let [peak, later] = [6.0, 6.05].map(|h| rate.offered_load(five_minutes, hours(h)).get());
/// assert!(later > peak);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sinusoid {
    mean_rate: f64,
    amplitude: f64,
    period: Duration,
}

impl Sinusoid {
    /// `mean_rate + amplitude · sin(2π t / period)` contacts an hour.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] for a mean rate that is not between 0 and 10⁹, an amplitude
    /// larger than it, or a period of zero.
    pub fn new(mean_rate: f64, amplitude: f64, period: Duration) -> Result<Self, QueueingError> {
        check(
            "mean arrival rate an hour",
            "between 0 and 1e9",
            mean_rate,
            (0.0..=1e9).contains(&mean_rate),
        )?;
        check(
            "amplitude of the arrival rate an hour",
            "between 0 and the mean rate",
            amplitude,
            (0.0..=mean_rate).contains(&amplitude),
        )?;
        check(
            "period in seconds",
            "more than 0",
            period.as_secs_f64(),
            !period.is_zero(),
        )?;
        Ok(Self {
            mean_rate,
            amplitude,
            period,
        })
    }

    /// The modified offered load at a time, if the rate has swung for long already.
    pub fn offered_load(&self, aht: Duration, time: Duration) -> Erlangs {
        let (h, period) = (aht.as_secs_f64(), self.period.as_secs_f64());
        let (sine, cosine) = (TAU * time.as_secs_f64() / period).sin_cos();
        let lag = TAU * h / period;
        // Divided by 1 + lag² in two parts, so that a huge lag does not overflow.
        let swing = (sine / lag.hypot(1.0) - cosine * (lag / lag.hypot(1.0))) / lag.hypot(1.0);
        load((self.mean_rate + self.amplitude * swing) * h / 3600.0)
    }
}

/// The modified offered load some time after the start of a day, from `start` busy at time 0.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::time_varying::{Day, DayInterval, modified_offered_load};
/// use wfm::units::{Agents, Erlangs};
/// let hour = Duration::from_secs(3600);
/// let day = Day::new(
///     vec![DayInterval::new(hour, 100.0, Agents::ZERO)?],
///     Duration::from_secs(1800),
///     None,
/// )?;
/// // 50 erlangs in the long run, reached to 1 − e^−2 after two handling times.
/// let seen = modified_offered_load::at(&day, Erlangs::ZERO, hour)?;
/// assert!((seen.get() - 43.233235838).abs() < 1e-9);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
///
/// # Errors
/// [`QueueingError::OutOfRange`] for an instant after the close.
pub fn at(day: &Day, start: Erlangs, time: Duration) -> Result<Erlangs, QueueingError> {
    let mut left = day.instant(time)?;
    let mut busy = start.get();
    for piece in pieces(day) {
        let passed = left.min(piece.handling_times * piece.aht);
        busy = piece.after(busy, passed / piece.aht);
        left -= passed;
    }
    Ok(load(busy))
}

/// The modified offered load of each interval, from `start` busy at time 0.
pub fn of_intervals(day: &Day, start: Erlangs, which: LoadOf) -> Vec<Erlangs> {
    let mut before = start.get();
    let stand_in = |piece: Piece| {
        let after = piece.after(before, piece.handling_times);
        let seen = match which {
            LoadOf::Mean => piece.mean(before),
            LoadOf::Maximum => before.max(after),
        };
        before = after;
        load(seen)
    };
    pieces(day).map(stand_in).collect()
}

/// Fewest agents of each interval that meet an objective in the steady state of a model at the
/// modified offered load of the interval. The agents and the patience of the day are not looked at.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::time_varying::modified_offered_load::{LoadOf, required_agents};
/// use wfm::queueing::time_varying::{Day, DayInterval};
/// use wfm::queueing::{ErlangC, Objective};
/// use wfm::units::{Agents, Erlangs, Probability};
/// let half_hour = Duration::from_secs(1800);
/// let intervals = [200.0, 400.0, 200.0].map(|rate| DayInterval::new(half_hour, rate, Agents::ZERO));
/// let intervals = intervals.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let day = Day::new(intervals, Duration::from_secs(600), None)?;
/// let objective = Objective::service_level(Probability::new(0.8)?, Duration::from_secs(20))?;
/// let agents = required_agents(&day, Erlangs::ZERO, LoadOf::Mean, &ErlangC, &objective)?;
/// // The load follows the rate late: the third interval still needs more than the first.
/// assert!(agents[2] > agents[0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`required_agents`](super::super::required_agents).
pub fn required_agents(
    day: &Day,
    start: Erlangs,
    which: LoadOf,
    model: &dyn QueueModel,
    objective: &Objective,
) -> Result<Vec<Agents>, QueueingError> {
    let loads = of_intervals(day, start, which).into_iter();
    loads
        .map(|load| fewest(model, &Traffic::new(load, day.aht()), objective))
        .collect()
}

/// An interval as the load sees it.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Load in the long run, erlangs.
    limit: f64,
    /// Length in handling times.
    handling_times: f64,
    aht: f64,
}

impl Piece {
    fn after(&self, before: f64, handling_times: f64) -> f64 {
        let passed = -(-handling_times).exp_m1();
        before * (1.0 - passed) + self.limit * passed
    }

    fn mean(&self, before: f64) -> f64 {
        let share = -(-self.handling_times).exp_m1() / self.handling_times;
        // 0 / 0 for a length that is nothing against the handling time.
        let share = if share.is_finite() { share } else { 1.0 };
        self.limit + (before - self.limit) * share
    }
}

fn pieces(day: &Day) -> impl Iterator<Item = Piece> + '_ {
    let aht = day.aht().as_secs_f64();
    day.intervals().iter().map(move |interval| Piece {
        limit: interval.arrival_rate() * aht / 3600.0,
        handling_times: interval.length().as_secs_f64() / aht,
        aht,
    })
}

/// A load that is not negative by its formula.
fn load(value: f64) -> Erlangs {
    Erlangs::new(value.max(0.0)).unwrap_or(Erlangs::ZERO)
}

#[cfg(test)]
mod tests {
    use super::super::{DayInterval, NumberInSystem, transient};
    use super::*;

    fn day(rates: &[f64], agents: u32) -> Day {
        let half_hour = Duration::from_secs(1800);
        let interval = |&rate| DayInterval::new(half_hour, rate, Agents(agents)).unwrap();
        let intervals = rates.iter().map(interval).collect();
        Day::new(intervals, Duration::from_secs(700), None).unwrap()
    }

    #[test]
    fn unlimited_agents_of_the_exact_chain_are_poisson_of_this_mean() {
        let day = day(&[30.0, 50.0, 0.0, 10.0], 1000);
        for seconds in [0, 600, 1800, 4000, 7200] {
            let time = Duration::from_secs(seconds);
            let mean = at(&day, Erlangs::ZERO, time).unwrap().get();
            let seen = transient::at(&day, &NumberInSystem::empty(), time, time).unwrap();
            let law = seen.number_in_system;
            assert!((law.mean() - mean).abs() <= 1e-12 * mean);
            assert!((law.share(0).get() - (-mean).exp()).abs() < 1e-12);
        }
    }

    #[test]
    fn a_long_constant_rate_and_a_slow_sinusoid_give_the_offered_load() {
        let day = day(&[36.0; 20], 0);
        let maximum = of_intervals(&day, Erlangs::ZERO, LoadOf::Maximum);
        assert!((maximum[19].get() - 7.0).abs() < 1e-12);
        let mean = of_intervals(&day, Erlangs::ZERO, LoadOf::Mean);
        let area: f64 = (0..100_000u32)
            .map(|k| {
                let time = Duration::from_secs_f64((f64::from(k) + 0.5) * 0.018);
                at(&day, Erlangs::ZERO, time).unwrap().get() / 1e5
            })
            .sum();
        assert!((mean[0].get() - area).abs() < 1e-8);
        let slow = Sinusoid::new(36.0, 18.0, Duration::from_secs(1 << 40)).unwrap();
        let seen = slow.offered_load(Duration::from_secs(100), Duration::from_secs(1 << 38));
        assert!((seen.get() - 1.5).abs() < 1e-9);
        assert!(Sinusoid::new(1.0, 2.0, Duration::from_secs(1)).is_err());
    }
}
