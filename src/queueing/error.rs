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
    /// A mean patience of zero.
    #[error(
        "a mean patience of zero leaves nobody waiting; use Erlang B for contacts that are lost at once"
    )]
    NoPatience,
    /// A limit of zero that only infinitely many agents would keep.
    #[error("{quantity} of 0 needs infinitely many agents; ask for more than 0")]
    UnreachableLimit {
        /// What was to be zero.
        quantity: &'static str,
    },
    /// A number outside the range of a model's parameter.
    #[error("{quantity} must be {expected}, got {value}")]
    OutOfRange {
        /// Name of the parameter.
        quantity: &'static str,
        /// The range it must lie in, in words.
        expected: &'static str,
        /// The value that was given.
        value: f64,
    },
    /// One interval of many has no answer.
    #[error("interval {index} (counted from 0): {source}")]
    InBatch {
        /// Index of the interval in the slice.
        index: usize,
        /// Why it has none.
        source: Box<QueueingError>,
    },
    /// Intervals and agents that do not go together.
    #[error("{intervals} intervals but {agents} numbers of agents; give one for each interval")]
    Unequal {
        /// Intervals given.
        intervals: usize,
        /// Numbers of agents given.
        agents: usize,
    },
    /// An objective that any load meets.
    #[error("any load meets the objective; set a service level, a wait or an occupancy to keep")]
    Unlimited,
    /// The blocking asked for takes more lines than are counted here.
    #[error("more than {limit} lines would be needed for {load} erlangs")]
    TooManyLines {
        /// The largest number of lines considered.
        limit: u32,
        /// The load in erlangs.
        load: f64,
    },
    /// The chain of a multi-skill system has too many states for an exact answer.
    #[error(
        "{states} states are more than the {limit} that are solved exactly; shorten the patience or pool agents"
    )]
    TooManyStates {
        /// The number of states.
        states: usize,
        /// The largest number solved.
        limit: usize,
    },
    /// An iteration that did not settle.
    #[error("the chain did not settle: after {rounds} rounds it still changes by {change}")]
    NotSettled {
        /// Rounds made.
        rounds: u32,
        /// The largest relative change of the last round.
        change: f64,
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
