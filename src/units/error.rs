use thiserror::Error;

/// A number that does not fit the quantity it was meant for.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum UnitError {
    /// The value is outside the range of the quantity, or is not a number.
    #[error("{quantity} must be {expected}, got {value}")]
    OutOfRange {
        /// Name of the quantity, for example `probability`.
        quantity: &'static str,
        /// The range it must lie in, in words.
        expected: &'static str,
        /// The value that was given.
        value: f64,
    },
}

/// Returns `value` when `accepted`, an [`UnitError::OutOfRange`] otherwise.
pub(super) fn checked(
    quantity: &'static str,
    expected: &'static str,
    value: f64,
    accepted: bool,
) -> Result<f64, UnitError> {
    if accepted {
        Ok(value)
    } else {
        Err(UnitError::OutOfRange {
            quantity,
            expected,
            value,
        })
    }
}
