use thiserror::Error;

/// A question that has no finite answer.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum QueueingError {
    /// No finite number of agents answers every contact in time.
    #[error(
        "a service level of {share} cannot be reached by any finite staffing; ask for less than 1"
    )]
    UnreachableTarget {
        /// The share that was asked for.
        share: f64,
    },
    /// The occupancy cap leaves no time for contacts.
    #[error("an occupancy cap of {cap} needs infinitely many agents; ask for more than 0")]
    UnreachableOccupancy {
        /// The cap that was asked for.
        cap: f64,
    },
    /// The answer exceeds what is counted here.
    #[error("more than {limit} agents would be needed for {load} erlangs")]
    TooManyAgents {
        /// The largest number of agents considered.
        limit: u32,
        /// The load in erlangs.
        load: f64,
    },
}
