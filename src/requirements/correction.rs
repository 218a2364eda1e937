//! What a simulation taught about a requirement: agents that formulas see too few or too many of.

use super::{Group, Requirement, Rounding};
use crate::units::{Agents, Probability, whole};

/// Corrections of one group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GroupCorrection {
    /// Agents more, or fewer where negative, in each interval.
    pub agents: Vec<i32>,
    /// Share that formulas have to promise for each promise over days or weeks, by its days or
    /// weeks.
    pub asked: Vec<Vec<Probability>>,
}

impl GroupCorrection {
    /// Nothing is corrected yet.
    pub fn none(group: &Group) -> Self {
        let asked = group.promises.iter().map(|p| p.asked.clone());
        Self {
            agents: vec![0; group.live.len()],
            asked: asked.collect(),
        }
    }
}

impl Requirement {
    /// The requirement with corrections, in the order of the groups.
    #[must_use]
    pub fn corrected(&self, corrections: &[GroupCorrection]) -> Self {
        let mut corrected = self.clone();
        for (group, correction) in corrected.groups.iter_mut().zip(corrections) {
            group.correct(correction, self.rules.rounding);
        }
        corrected
    }
}

impl Group {
    fn correct(&mut self, correction: &GroupCorrection, rounding: Rounding) {
        for (t, &more) in correction.agents.iter().enumerate() {
            if more == 0 || t >= self.live.len() {
                continue;
            }
            let before = self.base_agents(t, rounding);
            let need = &mut self.live[t];
            let after = (before + f64::from(more)).max(0.0);
            need.agents = Agents(whole::round(
                (need.agents.as_f64() + f64::from(more)).max(0.0),
            ));
            need.fractional = (need.fractional + f64::from(more)).max(0.0);
            // Idle time for deferred work comes and goes with the crew, as far as there was any.
            self.idle[t] = (self.idle[t] + (after - before) * self.idle_per_agent).max(0.0);
        }
        for (promise, asked) in self.promises.iter_mut().zip(&correction.asked) {
            for (own, &asked) in promise.asked.iter_mut().zip(asked) {
                *own = asked;
            }
        }
    }
}
