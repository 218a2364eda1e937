//! What each queue needs, where groups of queues are staffed together.

use super::Plan;

/// Agents that a queue needs in an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QueueInterval {
    /// Position of the queue in the scenario.
    pub queue: usize,
    /// Position of its group in the requirement.
    pub group: usize,
    /// The interval.
    pub interval: usize,
    /// Its share of the agents that the live work of the group needs.
    pub agents: f64,
    /// The same before rounding up.
    pub fractional: f64,
    /// Contacts.
    pub volume: f64,
}

impl Plan {
    /// The requirement by queue, in every interval with contacts or agents. The agents of a group
    /// that pools several live queues are divided among them by workload, so that those of an interval
    /// add up to what the group needs; where there is no work, evenly among those that are open.
    pub fn queue_intervals(&self) -> Vec<QueueInterval> {
        let requirement = &self.requirement;
        let is_live = |queue: usize| self.scenario.queues[queue].target.is_live();
        let mut rows = Vec::new();
        for queue in 0..self.scenario.queues.len() {
            let Some(g) = requirement.group_of(queue) else {
                continue;
            };
            let group = &requirement.groups[g];
            let need = &requirement.queues[queue];
            let live = group.queues.iter().filter(|&&q| is_live(q));
            let open = |t: usize| {
                live.clone()
                    .filter(|&&q| requirement.queues[q].open[t])
                    .count()
            };
            for interval in 0..requirement.grid.len() {
                let pooled = &group.live[interval];
                let share = match (is_live(queue), pooled.load > 0.0) {
                    (true, true) => need.load[interval] / pooled.load,
                    (true, false) if need.open[interval] => 1.0 / open(interval).max(1) as f64,
                    _ => 0.0,
                };
                if pooled.agents.get() > 0 || need.volume[interval] > 0.0 {
                    rows.push(QueueInterval {
                        queue,
                        group: g,
                        interval,
                        agents: pooled.agents.as_f64() * share,
                        fractional: pooled.fractional * share,
                        volume: need.volume[interval],
                    });
                }
            }
        }
        rows
    }
}
