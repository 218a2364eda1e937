use std::time::Duration;

use crate::scheduling::Strategy;
use crate::units::Probability;
use crate::workforce::{Pool, PromiseScope};

/// What all planners have in common.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Share of contacts that is promised to be answered in time.
    pub share: Probability,
    /// Longest wait that counts as in time.
    pub answer_within: Duration,
    /// Over which contacts the calibrated planner and the one with foresight plan it.
    pub scope: PromiseScope,
    /// Who works; its skill is that of the line.
    pub pool: Pool,
    /// How schedules are searched.
    pub strategy: Strategy,
    /// Scenarios behind a calibration.
    pub scenarios: u32,
    /// Replications of a replay.
    pub replications: u32,
    /// Seed of everything random.
    pub seed: u64,
}
