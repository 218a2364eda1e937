use std::time::Duration;

use crate::queueing::{QueueingError, Traffic};

/// A patience that a model can have: any mean but zero.
pub(in crate::queueing) fn known(
    mean: Option<Duration>,
) -> Result<Option<Duration>, QueueingError> {
    match mean {
        Some(mean) if mean.is_zero() => Err(QueueingError::NoPatience),
        mean => Ok(mean),
    }
}

/// Rate of hanging up in a handling time; zero without a patience.
pub(in crate::queueing) fn hang_up_rate(mean: Option<Duration>, traffic: &Traffic) -> f64 {
    mean.map_or(0.0, |mean| traffic.aht.as_secs_f64() / mean.as_secs_f64())
}
