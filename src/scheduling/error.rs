use thiserror::Error;

use super::Conflict;
use crate::milp::MilpError;

/// A schedule that could not be made.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ScheduleError {
    /// Rules contradict each other, whatever the coverage.
    #[error("no schedule keeps all rules: {0}")]
    Infeasible(Conflict),
    /// The search had no schedule when it had to stop.
    #[error("no schedule was found before the search had to stop ({reason}); allow more time")]
    NothingFound {
        /// Why it had to stop.
        reason: String,
    },
    /// A solver could not be used.
    #[error(transparent)]
    Solver(#[from] MilpError),
    /// The independent check does not accept what the search made.
    #[error("the schedule does not pass its independent check: {0}")]
    Unverified(String),
    /// The problem contradicts itself.
    #[error("the problem cannot be read as one: {0}")]
    Malformed(String),
}
