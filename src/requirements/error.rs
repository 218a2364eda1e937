use thiserror::Error;

use crate::queueing::QueueingError;
use crate::units::UnitError;
use crate::workforce::QueueId;

/// A requirement that cannot be worked out.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum RequirementError {
    /// The promise or cap of a queue has no finite staffing.
    #[error("queue `{queue}`: {source}")]
    Queueing {
        /// The queue.
        queue: QueueId,
        /// What is wrong with it.
        source: QueueingError,
    },
    /// A load that is no number, or too large to count.
    #[error("queue `{queue}`: {source}")]
    Load {
        /// The queue.
        queue: QueueId,
        /// What is wrong with it.
        source: UnitError,
    },
}
