use std::time::Duration;

use rayon::prelude::*;

use super::{Objective, Performance, QueueModel, QueueingError, Traffic, required_agents};
use crate::units::Agents;

/// Intervals that one thread takes at a time.
const CHUNK: usize = 256;

/// Fewest agents for each interval, over all threads of the machine; the same answers in the same
/// order on any number of them.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{ErlangC, Objective, Traffic, required_agents_each};
/// use wfm::units::{Agents, Erlangs, Probability};
/// let aht = Duration::from_secs(300);
/// let objective = Objective::service_level(Probability::new(0.8)?, Duration::from_secs(20))?;
/// let day = [0.0, 5.0, 8.0].map(|load| Traffic::new(Erlangs::new(load).unwrap(), aht));
/// let agents = required_agents_each(&ErlangC, &day, &objective)?;
/// assert_eq!(agents, [Agents(0), Agents(8), Agents(12)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`QueueingError::InBatch`] with the first interval that has no answer, and why.
pub fn required_agents_each<M: QueueModel + ?Sized>(
    model: &M,
    intervals: &[Traffic],
    objective: &Objective,
) -> Result<Vec<Agents>, QueueingError> {
    let each = |traffic: &Traffic| required_agents(model, traffic, objective);
    let found: Vec<_> = (intervals.par_iter())
        .with_min_len(CHUNK)
        .map(each)
        .collect();
    (found.into_iter().enumerate())
        .map(|(index, agents)| {
            agents.map_err(|source| QueueingError::InBatch {
                index,
                source: Box::new(source),
            })
        })
        .collect()
}

/// Performance of each interval with its agents, over all threads of the machine; the same answers
/// in the same order on any number of them.
///
/// # Errors
/// [`QueueingError::Unequal`] when there is not one number of agents for each interval.
pub fn performance_each<M: QueueModel + ?Sized>(
    model: &M,
    intervals: &[Traffic],
    agents: &[f64],
    answer_within: Duration,
) -> Result<Vec<Performance>, QueueingError> {
    if intervals.len() != agents.len() {
        return Err(QueueingError::Unequal {
            intervals: intervals.len(),
            agents: agents.len(),
        });
    }
    Ok((intervals.par_iter())
        .zip(agents)
        .with_min_len(CHUNK)
        .map(|(traffic, agents)| model.performance(traffic, *agents, answer_within))
        .collect())
}
