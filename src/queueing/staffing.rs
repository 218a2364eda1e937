use std::time::Duration;

use super::search::{self, Seen};
use super::{Objective, Performance, QueueModel, QueueingError, Traffic};
use crate::units::{Agents, Erlangs, Probability};

/// Smallest whole number of agents that meets an objective: one agent fewer does not.
///
/// Zero load needs zero agents. The answer and its predecessor are both evaluated, so it is minimal
/// for every model whose performance does not fall as agents are added; all models here are like
/// that.
///
/// # Errors
/// [`QueueingError::TooManyAgents`] beyond 2³⁰ agents.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{ErlangC, Objective, Traffic, required_agents};
/// use wfm::units::{Agents, Erlangs, Probability};
/// let eighty_twenty =
///     Objective::service_level(Probability::new(0.8)?, Duration::from_secs(20))?;
/// let traffic = Traffic::new(Erlangs::new(8.0)?, Duration::from_secs(300));
/// // 11 agents reach 79.945 %, which rounds to 80 % but is not 80 %.
/// assert_eq!(required_agents(&ErlangC, &traffic, &eighty_twenty)?, Agents(12));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn required_agents<M: QueueModel + ?Sized>(
    model: &M,
    traffic: &Traffic,
    objective: &Objective,
) -> Result<Agents, QueueingError> {
    if traffic.load == Erlangs::ZERO {
        return Ok(Agents::ZERO);
    }
    let within = objective.answer_within();
    let (guess, slope) = model.first_guess(traffic, objective);
    search::smallest(guess, slope, traffic.load, |agents| {
        objective.weigh(&model.performance(traffic, f64::from(agents), within))
    })
    .map(Agents)
}

/// Smallest real number of agents that meets an objective, to within 1e-12 of itself and met to the
/// last digit: what is needed before anybody is counted. Small queues add up without rounding each
/// of them.
///
/// # Errors
/// As [`required_agents`].
pub fn required_agents_fractional<M: QueueModel + ?Sized>(
    model: &M,
    traffic: &Traffic,
    objective: &Objective,
) -> Result<f64, QueueingError> {
    Ok(required_agents_both(model, traffic, objective)?.1)
}

/// [`required_agents`] and [`required_agents_fractional`] for the work of the second alone.
///
/// # Errors
/// As [`required_agents`].
pub fn required_agents_both<M: QueueModel + ?Sized>(
    model: &M,
    traffic: &Traffic,
    objective: &Objective,
) -> Result<(Agents, f64), QueueingError> {
    let whole = required_agents(model, traffic, objective)?;
    let (high, within) = (whole.as_f64(), objective.answer_within());
    let real = search::smallest_real((high - 1.0).max(0.0), high, |agents| {
        objective.weigh(&model.performance(traffic, agents, within))
    });
    Ok((whole, real))
}

/// The largest load that `agents` carry within an objective: what a team can take on. 0 when not
/// even the lightest traffic meets it.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{ErlangC, Objective, sustainable_load};
/// use wfm::units::Probability;
/// let eighty_twenty =
///     Objective::service_level(Probability::new(0.8)?, Duration::from_secs(20))?;
/// let load = sustainable_load(&ErlangC, Duration::from_secs(300), 12.0, &eighty_twenty)?;
/// assert!(load.get() > 8.0 && load.get() < 9.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`QueueingError::OutOfRange`] for agents that are negative or not finite, and
/// [`QueueingError::Unlimited`] where any load meets the objective.
pub fn sustainable_load<M: QueueModel + ?Sized>(
    model: &M,
    aht: Duration,
    agents: f64,
    objective: &Objective,
) -> Result<Erlangs, QueueingError> {
    if !(agents.is_finite() && agents >= 0.0) {
        return Err(QueueingError::OutOfRange {
            quantity: "agents",
            expected: "finite and not negative",
            value: agents,
        });
    }
    // Loads above are too much: the condition "too much" begins to hold at the answer.
    let is_kept = |load: f64| {
        let traffic = Traffic::new(Erlangs::new(load).unwrap_or_default(), aht);
        let seen = objective.weigh(&model.performance(&traffic, agents, objective.answer_within()));
        Seen {
            is_met: !seen.is_met,
            margin: -seen.margin,
        }
    };
    let mut high = agents.max(1.0);
    while !is_kept(high).is_met {
        high *= 2.0;
        if high > 1e12 {
            return Err(QueueingError::Unlimited);
        }
    }
    let load = search::smallest_real(0.0, high, is_kept);
    // The root itself fails by a last digit; the load just below it is kept.
    Ok(Erlangs::new(load * (1.0 - 1e-12)).unwrap_or_default())
}

/// Performance with a number of agents and with one more: what one more agent is worth.
pub fn marginal_agent<M: QueueModel + ?Sized>(
    model: &M,
    traffic: &Traffic,
    agents: f64,
    answer_within: Duration,
) -> [Performance; 2] {
    [agents, agents + 1.0].map(|n| model.performance(traffic, n, answer_within))
}

/// The wait, in seconds, that a share of all contacts does not exceed, until they are answered or
/// hang up; 0 when so many do not wait at all, infinite in overload.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{ErlangC, Traffic, wait_percentile};
/// use wfm::units::{Erlangs, Probability};
/// let traffic = Traffic::new(Erlangs::new(10.0)?, Duration::from_secs(180));
/// let wait = wait_percentile(&ErlangC, &traffic, 12.0, Probability::new(0.9)?)?;
/// // ln(C / 0.1) h / (n − a) with C(12, 10) = 0.4494.
/// assert!((wait - 135.25).abs() < 0.05);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`QueueingError::UnreachableTarget`] for a share of 1: no wait is never exceeded.
pub fn wait_percentile<M: QueueModel + ?Sized>(
    model: &M,
    traffic: &Traffic,
    agents: f64,
    share: Probability,
) -> Result<f64, QueueingError> {
    if share >= Probability::ONE {
        return Err(QueueingError::UnreachableTarget { share: share.get() });
    }
    let late = share.complement().get();
    let exceeds = |seconds: f64| model.wait_exceeds(traffic, agents, seconds).get();
    if exceeds(0.0) <= late {
        return Ok(0.0);
    }
    let mut high = traffic.aht.as_secs_f64().clamp(1e-6, 1e6);
    while exceeds(high) > late {
        high *= 2.0;
        if high > 1e15 {
            return Ok(f64::INFINITY);
        }
    }
    Ok(search::smallest_real(0.0, high, |seconds| {
        let seen = exceeds(seconds);
        Seen {
            is_met: seen <= late,
            margin: (late / seen).ln(),
        }
    }))
}
