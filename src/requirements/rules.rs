use std::time::Duration;

use crate::units::Probability;
use crate::workforce::PromiseScope;

/// Whether queues are staffed alone or together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Every queue alone.
    #[default]
    Silo,
    /// The live queues of a skill as one, deferred work of the skill in their idle time.
    Blended,
}

/// Which requirement the schedule has to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// Whole agents in each group and interval: people cannot be split between groups.
    #[default]
    Whole,
    /// Fractional agents: people may divide their time between groups within an interval.
    Fractional,
}

/// How requirements are derived from contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffingRules {
    /// Silo or blended.
    pub mode: Mode,
    /// Promise of the pooled live queue in blended mode: share answered in time.
    pub blended_share: Probability,
    /// Promise of the pooled live queue in blended mode: the threshold.
    pub blended_within: Duration,
    /// Over which contacts the pooled live queue keeps its promise in blended mode.
    pub blended_scope: PromiseScope,
    /// Occupancy cap of the pooled live queue in blended mode.
    pub blended_cap: Probability,
    /// Whether the pooled queue in blended mode also keeps the promise and the cap of each queue
    /// in it, besides its own.
    pub keep_each_promise: bool,
    /// Whether deferred work may fill idle time of the live crew itself, up to the cap. Without,
    /// only agents beyond the live requirement do deferred work.
    pub fill_idle: bool,
    /// Whole or fractional agents.
    pub rounding: Rounding,
    /// The requirement is multiplied by this: an allowance for what the plan leaves out.
    pub allowance: f64,
}

impl Default for StaffingRules {
    /// Silo staffing in whole agents; blended would be 80 % in 20 seconds at 85 % occupancy.
    fn default() -> Self {
        Self {
            mode: Mode::Silo,
            blended_share: Probability::saturating(0.8),
            blended_within: Duration::from_secs(20),
            blended_scope: PromiseScope::Interval,
            blended_cap: Probability::saturating(0.85),
            keep_each_promise: false,
            fill_idle: true,
            rounding: Rounding::Whole,
            allowance: 1.0,
        }
    }
}
