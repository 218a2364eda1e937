use std::time::Duration;

use crate::queueing::{ErlangC, Objective, QueueingError, Traffic, required_agents_both};
use crate::units::{Agents, Erlangs};

/// Agents that live work needs in one interval.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LiveNeed {
    /// Whole agents, at least one while open.
    pub agents: Agents,
    /// The smallest real number of agents, before anybody is counted; 0 without load.
    pub fractional: f64,
    /// Offered load in erlangs.
    pub load: f64,
    /// Contacts offered.
    pub volume: f64,
}

/// Need of an interval with `volume` contacts that load `load` erlangs, in `seconds` seconds: what
/// the most demanding objective asks for.
pub(super) fn live_need(
    volume: f64,
    load: Erlangs,
    seconds: f64,
    is_open: bool,
    objectives: &[Objective],
) -> Result<LiveNeed, QueueingError> {
    let traffic = Traffic::new(load, handling_time(volume, load, seconds));
    let mut need = LiveNeed {
        agents: if is_open { Agents(1) } else { Agents::ZERO },
        fractional: 0.0,
        load: load.get(),
        volume,
    };
    for objective in objectives {
        let (agents, fractional) = required_agents_both(&ErlangC, &traffic, objective)?;
        need.agents = need.agents.max(agents);
        need.fractional = need.fractional.max(fractional);
    }
    Ok(need)
}

/// Handling time that makes up a load: workload-weighted over whatever is pooled.
pub(super) fn handling_time(volume: f64, load: Erlangs, seconds: f64) -> Duration {
    let aht = if volume > 0.0 {
        load.get() * seconds / volume
    } else {
        0.0
    };
    Duration::try_from_secs_f64(aht).unwrap_or_default()
}
