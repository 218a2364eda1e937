//! What the same shifts give when days come differently.

use super::Plan;
use super::outlook::live_level;
use super::trial::live_crews;
use crate::requirements::Group;
use crate::units::Probability;
use crate::workforce::{QueueId, ServiceTarget};

/// A day that comes differently from what was planned; nobody is added.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stress {
    /// Contacts, as a multiple of the planned ones.
    pub volume: f64,
    /// Handling time, as a multiple.
    pub aht: f64,
    /// Agents who answer, as a multiple: 0.9 when one in ten is absent beyond the shrinkage.
    pub agents: f64,
}

impl Default for Stress {
    /// As planned.
    fn default() -> Self {
        Self {
            volume: 1.0,
            aht: 1.0,
            agents: 1.0,
        }
    }
}

impl Plan {
    /// Share of the contacts of each live queue in time under a stress, in the order of the queues.
    ///
    /// By formula as in [`QueueOutlook::service_level`](super::QueueOutlook::service_level): Erlang C in
    /// each interval with the live crew that is there, fractions of agents included, weighted by
    /// contacts; an interval whose load exceeds its crew answers nobody in time.
    pub fn under(&self, stress: Stress) -> Vec<(QueueId, Probability)> {
        let crews = live_crews(&self.problem, &self.solved.schedule);
        let mut found = Vec::new();
        for (index, queue) in self.scenario.queues.iter().enumerate() {
            let ServiceTarget::Live { answer_within, .. } = queue.target else {
                continue;
            };
            let Some(g) = self.requirement.group_of(index) else {
                continue;
            };
            let group = stressed(&self.requirement.groups[g], stress);
            let crew: Vec<f64> = crews[g].iter().map(|n| n * stress.agents).collect();
            let level = live_level(&self.requirement, &group, index, &crew, answer_within);
            found.push((queue.id.clone(), level));
        }
        found
    }
}

/// A group with the load of a stress; its crew is what the plan says.
fn stressed(group: &Group, stress: Stress) -> Group {
    let mut group = group.clone();
    for need in &mut group.live {
        need.volume *= stress.volume;
        need.load *= stress.volume * stress.aht;
    }
    group
}
