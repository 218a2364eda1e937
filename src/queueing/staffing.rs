use super::{Objective, QueueModel, QueueingError, Traffic};
use crate::units::{Agents, Erlangs, whole};

/// The largest staffing considered.
const LIMIT: u32 = 1 << 30;

/// Smallest whole number of agents that meets an objective: one agent fewer does not.
///
/// Zero load needs zero agents. The search gallops up from the load and bisects, so it needs a
/// model whose performance does not fall as agents are added; all models here are like that.
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
pub fn required_agents(
    model: &dyn QueueModel,
    traffic: &Traffic,
    objective: &Objective,
) -> Result<Agents, QueueingError> {
    if traffic.load == Erlangs::ZERO {
        return Ok(Agents::ZERO);
    }
    let is_met = |agents: u32| {
        let seen = model.performance(traffic, f64::from(agents), objective.answer_within());
        objective.is_met(&seen)
    };
    let (mut below, mut met) = bracket(traffic.load.get(), is_met)?;
    while met - below > 1 {
        let middle = below + (met - below) / 2;
        if is_met(middle) {
            met = middle;
        } else {
            below = middle;
        }
    }
    Ok(Agents(met))
}

/// Smallest real number of agents that meets an objective, to within 1e-9 agents: what is needed
/// before anybody is counted. Small queues add up without rounding each of them.
///
/// # Errors
/// As [`required_agents`].
pub fn required_agents_fractional(
    model: &dyn QueueModel,
    traffic: &Traffic,
    objective: &Objective,
) -> Result<f64, QueueingError> {
    let whole = required_agents(model, traffic, objective)?.as_f64();
    let (mut below, mut met) = ((whole - 1.0).max(0.0), whole);
    while met - below > 1e-9 {
        let middle = f64::midpoint(below, met);
        let seen = model.performance(traffic, middle, objective.answer_within());
        if objective.is_met(&seen) {
            met = middle;
        } else {
            below = middle;
        }
    }
    Ok(met)
}

/// Two numbers of agents, the first too few and the second enough.
fn bracket(load: f64, is_met: impl Fn(u32) -> bool) -> Result<(u32, u32), QueueingError> {
    let start = whole::floor(load);
    let mut below = 0;
    let mut step = 1;
    loop {
        let candidate = start.saturating_add(step);
        if candidate > LIMIT {
            return Err(QueueingError::TooManyAgents { limit: LIMIT, load });
        }
        if is_met(candidate) {
            return Ok((below, candidate));
        }
        below = candidate;
        step *= 2;
    }
}
