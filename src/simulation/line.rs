/// Contacts of one kind on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactType {
    /// Expected contacts in each interval.
    pub volume: Vec<f64>,
    /// Mean handling time in seconds.
    pub aht_seconds: f64,
    /// Longest wait in seconds that counts as in time.
    pub answer_within_seconds: f64,
}

/// A crew and the contacts that wait for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Length of an interval in seconds.
    pub interval_seconds: f64,
    /// Agents in each interval.
    pub agents: Vec<u32>,
    /// Contact types that share the line.
    pub types: Vec<ContactType>,
}

impl Line {
    /// Agents in each interval for the simulation: after closing, when nobody works and nothing
    /// arrives, the crew before still answers whoever waits.
    pub(super) fn crew(&self) -> Vec<u32> {
        let arrives = |t: usize| {
            self.types
                .iter()
                .any(|k| k.volume.get(t).is_some_and(|v| *v > 0.0))
        };
        let mut last = 0;
        (self.agents.iter().enumerate())
            .map(|(t, &agents)| {
                if agents > 0 || arrives(t) {
                    last = agents;
                }
                last
            })
            .collect()
    }
}
