use std::time::Duration;

/// When and how a search may stop.
#[derive(Debug, Clone, PartialEq)]
pub struct SolveOptions {
    /// Wall-clock limit, a safety net.
    pub time_limit: Option<Duration>,
    /// Relative gap between cost and bound at which a search is good enough.
    pub gap: f64,
    /// A known point to start from.
    pub start: Option<Vec<f64>>,
    /// Seed for backends that draw random numbers.
    pub seed: u64,
}

impl Default for SolveOptions {
    /// No time limit, solved to optimality, no start, seed 1.
    fn default() -> Self {
        Self {
            time_limit: None,
            gap: 0.0,
            start: None,
            seed: 1,
        }
    }
}
