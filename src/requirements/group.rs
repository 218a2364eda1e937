use std::time::Duration;

use super::live::handling_time;
use super::{DeferredClass, LiveNeed, LivePromise, Rounding, ScopedPromise};
use crate::queueing::{ErlangC, QueueModel, Traffic};
use crate::units::Erlangs;
use crate::workforce::Skill;

/// Queues that are staffed together, by agents with one skill.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Name: the queue's in silo mode, the skill's in blended mode.
    pub name: String,
    /// What agents must be able to do.
    pub skill: Skill,
    /// Positions of its queues.
    pub queues: Vec<usize>,
    /// Live need for each interval; all zero when there is no live work. With promises over days
    /// or weeks it is what the floors need.
    pub live: Vec<LiveNeed>,
    /// Everything that its live queues were promised.
    pub promised: Vec<LivePromise>,
    /// Promises that the contacts of several intervals keep together; empty where every interval
    /// keeps its own.
    pub promises: Vec<ScopedPromise>,
    /// Work that the live crew can do in its idle time, in erlangs, for each interval.
    pub idle: Vec<f64>,
    /// What each agent whom the schedule adds to the live crew for the sake of [`Group::promises`]
    /// adds to that, in erlangs: the occupancy cap, or 0 where idle time is not filled.
    pub idle_per_agent: f64,
    /// Deferred work, by queue and deadline clock.
    pub deferred: Vec<DeferredClass>,
    /// Largest share of time that agents on deferred work are busy.
    pub deferred_cap: f64,
    /// Allowance on the requirement, 1 for none.
    pub allowance: f64,
}

impl Group {
    /// Agents that live work needs in an interval, allowance included.
    pub fn live_agents(&self, interval: usize, rounding: Rounding) -> f64 {
        self.base_agents(interval, rounding) * self.allowance
    }

    /// Agents that live work needs in an interval, allowance left out.
    pub fn base_agents(&self, interval: usize, rounding: Rounding) -> f64 {
        let need = &self.live[interval];
        match rounding {
            Rounding::Whole => need.agents.as_f64(),
            Rounding::Fractional => need.fractional,
        }
    }

    /// Agents of a crew who answer: the allowance is for what the plan leaves out.
    pub fn answering(&self, crew: f64) -> f64 {
        if self.allowance > 0.0 {
            crew / self.allowance
        } else {
            f64::INFINITY
        }
    }

    /// Share of the contacts of an interval of `seconds` seconds that so many agents answer within a
    /// wait, by Erlang C with the group's pooled load; 1 without contacts.
    pub fn service_level(
        &self,
        interval: usize,
        agents: f64,
        answer_within: Duration,
        seconds: f64,
    ) -> f64 {
        let need = &self.live[interval];
        if need.volume <= 0.0 {
            return 1.0;
        }
        let load = Erlangs::new(need.load).unwrap_or_default();
        let traffic = Traffic::new(load, handling_time(need.volume, load, seconds));
        let seen = ErlangC.performance(&traffic, agents, answer_within);
        seen.service_level.offered.get()
    }

    /// Agent-hours that the group needs when deferred work may be done at any time of the horizon:
    ///
    /// ```text
    /// Σ n + max(0, deferred − Σ idle) / cap
    /// ```
    ///
    /// A lower estimate for budgets; the schedule keeps each deadline instead. The allowance is
    /// left out, and so are agents beyond the floors of promises over days or weeks.
    pub fn aggregate_hours(&self, interval_hours: f64) -> f64 {
        let live: f64 = self.live.iter().map(|n| n.agents.as_f64()).sum();
        let idle: f64 = self.idle.iter().sum();
        let deferred: f64 = self.deferred.iter().map(DeferredClass::total).sum();
        (live + (deferred - idle).max(0.0) / self.deferred_cap) * interval_hours
    }

    /// Most agents that live work needs at once.
    pub fn peak_agents(&self) -> f64 {
        self.live
            .iter()
            .map(|n| n.agents.as_f64())
            .fold(0.0, f64::max)
    }
}
