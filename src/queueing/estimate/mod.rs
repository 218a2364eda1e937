//! Parameters of the models from what was observed.
//!
//! | question | from | function |
//! |---|---|---|
//! | how long do customers wait before they hang up? | waits of answered and abandoned contacts | [`patience()`] |
//! | is that patience exponential? | the same | [`survival`], [`hazards`] |
//! | how long are contacts, and how variable? | handling times | [`HandlingTimes`] |
//! | how many contacts are behind the attempts? | counts of attempts, abandoned, repeated | [`Redials`] |

mod handling_time;
mod hazard;
mod patience;
mod redials;

pub use handling_time::{HandlingTimes, LogNormal};
pub use hazard::{Hazard, Survival, hazards, survival};
pub use patience::{Patience, patience};
pub use redials::{Redials, original_attempts};

use super::QueueingError;

/// Accepts durations from 0 to 10⁹ seconds.
fn checked_seconds(quantity: &'static str, values: &[f64]) -> Result<(), QueueingError> {
    match values.iter().find(|v| !(0.0..=1e9).contains(*v)) {
        None => Ok(()),
        Some(&value) => Err(QueueingError::OutOfRange {
            quantity,
            expected: "between 0 and 1,000,000,000 seconds",
            value,
        }),
    }
}
