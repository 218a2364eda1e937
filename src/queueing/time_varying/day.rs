use std::time::Duration;

use super::super::QueueingError;
use crate::units::Agents;

/// The longest interval accepted: a leap year.
const LONGEST_SECONDS: f64 = 366.0 * 86_400.0;
/// The highest arrival rate accepted, contacts an hour.
const HIGHEST_RATE: f64 = 1e9;

/// A part of a day with one arrival rate and one number of agents.
///
/// | part | unit | range |
/// |---|---|---|
/// | length | time | more than 0, at most 366 days |
/// | arrival rate | contacts an hour | 0 to 10⁹ |
/// | agents | people in position | any, none included |
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayInterval {
    length: Duration,
    arrival_rate: f64,
    agents: Agents,
}

impl DayInterval {
    /// A checked interval.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] for a length or a rate outside the ranges above.
    pub fn new(length: Duration, arrival_rate: f64, agents: Agents) -> Result<Self, QueueingError> {
        let seconds = length.as_secs_f64();
        check(
            "length of an interval in seconds",
            "more than 0 and at most 366 days",
            seconds,
            seconds > 0.0 && seconds <= LONGEST_SECONDS,
        )?;
        check(
            "arrival rate an hour",
            "between 0 and 1e9",
            arrival_rate,
            (0.0..=HIGHEST_RATE).contains(&arrival_rate),
        )?;
        Ok(Self {
            length,
            arrival_rate,
            agents,
        })
    }

    /// How long it lasts.
    pub const fn length(&self) -> Duration {
        self.length
    }

    /// Mean contacts an hour.
    pub const fn arrival_rate(&self) -> f64 {
        self.arrival_rate
    }

    /// Agents in position.
    pub const fn agents(&self) -> Agents {
        self.agents
    }

    /// Mean number of contacts that arrive in it.
    pub fn arrivals(&self) -> f64 {
        self.arrival_rate / 3600.0 * self.length.as_secs_f64()
    }

    /// The same interval with other agents.
    #[must_use]
    pub const fn with_agents(mut self, agents: Agents) -> Self {
        self.agents = agents;
        self
    }
}

/// A day of successive intervals with one handling time and, where contacts hang up, one patience.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::time_varying::{Day, DayInterval};
/// use wfm::units::Agents;
/// let hour = Duration::from_secs(3600);
/// let day = Day::new(
///     vec![DayInterval::new(hour, 200.0, Agents(12))?, DayInterval::new(hour, 400.0, Agents(22))?],
///     Duration::from_secs(180),
///     Some(Duration::from_secs(120)),
/// )?;
/// assert_eq!(day.arrivals(), 600.0);
/// assert!(DayInterval::new(hour, f64::NAN, Agents(1)).is_err());
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    intervals: Vec<DayInterval>,
    aht: Duration,
    mean_patience: Option<Duration>,
}

impl Day {
    /// A checked day; without a mean patience nobody hangs up.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] without intervals or for a handling time of zero,
    /// [`QueueingError::NoPatience`] for a mean patience of zero.
    pub fn new(
        intervals: Vec<DayInterval>,
        aht: Duration,
        mean_patience: Option<Duration>,
    ) -> Result<Self, QueueingError> {
        let count = intervals.len();
        check("number of intervals", "at least 1", count as f64, count > 0)?;
        check(
            "handling time in seconds",
            "more than 0",
            aht.as_secs_f64(),
            !aht.is_zero(),
        )?;
        if mean_patience.is_some_and(|patience| patience.is_zero()) {
            return Err(QueueingError::NoPatience);
        }
        Ok(Self {
            intervals,
            aht,
            mean_patience,
        })
    }

    /// The intervals in order.
    pub fn intervals(&self) -> &[DayInterval] {
        &self.intervals
    }

    /// Mean handling time.
    pub const fn aht(&self) -> Duration {
        self.aht
    }

    /// Mean patience, where contacts hang up.
    pub const fn mean_patience(&self) -> Option<Duration> {
        self.mean_patience
    }

    /// Mean number of contacts that arrive in the day.
    pub fn arrivals(&self) -> f64 {
        self.intervals.iter().map(DayInterval::arrivals).sum()
    }

    /// How long the day lasts, in seconds.
    pub fn length_seconds(&self) -> f64 {
        let lengths = self.intervals.iter().map(|i| i.length.as_secs_f64());
        lengths.sum()
    }

    /// The same day with other agents, one number for each interval.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] when there are more or fewer numbers than intervals.
    pub fn with_agents(mut self, agents: &[Agents]) -> Result<Self, QueueingError> {
        check(
            "count of staffed intervals",
            "one number of agents for each interval",
            agents.len() as f64,
            agents.len() == self.intervals.len(),
        )?;
        for (interval, &agents) in self.intervals.iter_mut().zip(agents) {
            interval.agents = agents;
        }
        Ok(self)
    }

    /// Seconds after the start, refused beyond the end of the day.
    pub(super) fn instant(&self, time: Duration) -> Result<f64, QueueingError> {
        let seconds = time.as_secs_f64();
        check(
            "seconds after the start of the day",
            "at most the length of the day",
            seconds,
            seconds <= self.length_seconds() * (1.0 + 1e-12),
        )?;
        Ok(seconds)
    }
}

/// Refuses a value that is not accepted.
pub(super) fn check(
    quantity: &'static str,
    expected: &'static str,
    value: f64,
    accepted: bool,
) -> Result<(), QueueingError> {
    if accepted {
        Ok(())
    } else {
        Err(QueueingError::OutOfRange {
            quantity,
            expected,
            value,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_day_is_refused() {
        let hour = Duration::from_secs(3600);
        for rate in [-1.0, f64::NAN, f64::INFINITY, 1e10] {
            assert!(DayInterval::new(hour, rate, Agents(1)).is_err());
        }
        assert!(DayInterval::new(Duration::ZERO, 1.0, Agents(1)).is_err());
        assert!(DayInterval::new(Duration::MAX, 1.0, Agents(1)).is_err());
        let interval = DayInterval::new(hour, 0.0, Agents::ZERO).unwrap();
        assert!(Day::new(vec![], hour, None).is_err());
        assert!(Day::new(vec![interval], Duration::ZERO, None).is_err());
        assert_eq!(
            Day::new(vec![interval], hour, Some(Duration::ZERO)),
            Err(QueueingError::NoPatience)
        );
        let day = Day::new(vec![interval], hour, None).unwrap();
        assert!(day.instant(hour).is_ok() && day.instant(hour * 2).is_err());
        assert!(day.with_agents(&[]).is_err());
    }
}
