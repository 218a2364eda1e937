use thiserror::Error;

use crate::calendar::NaiveDate;

/// A law that cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LawError {
    /// No pack has that name.
    #[error("no labour law is called `{id}`; the nearest is `{nearest}`")]
    Unknown {
        /// The name that was asked for.
        id: String,
        /// The known name that comes closest.
        nearest: String,
    },
    /// The pack does not hold on the date.
    #[error("the labour law `{id}` holds {span}, not on {date}")]
    NotValid {
        /// Name of the law.
        id: String,
        /// The date that was asked for.
        date: NaiveDate,
        /// When it holds, in words.
        span: String,
    },
}
