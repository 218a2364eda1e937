use thiserror::Error;

use super::Backend;

/// A model that could not be handed to a solver, or a solver that failed.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum MilpError {
    /// The backend is not part of this build.
    #[error("backend `{backend}` is not compiled in; build with `--features {feature}`")]
    BackendUnavailable {
        /// The backend.
        backend: Backend,
        /// The cargo feature that brings it.
        feature: &'static str,
    },
    /// The backend does not do what the model needs.
    #[error("backend `{backend}` does not support {what}")]
    Unsupported {
        /// The backend.
        backend: Backend,
        /// What is asked of it.
        what: &'static str,
    },
    /// A number in the model is NaN, or infinite where it must not be.
    #[error("`{name}` holds a number that is not finite")]
    BadNumber {
        /// Variable or row.
        name: String,
    },
    /// The solver stopped for a reason of its own.
    #[error("backend `{backend}` failed: {message}")]
    Solver {
        /// The backend.
        backend: Backend,
        /// What it said.
        message: String,
    },
}
