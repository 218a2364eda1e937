//! What the parts around the forecast can refuse, as one typed error.

use chrono::NaiveDate;
use thiserror::Error;

/// Why an input beside the history was refused. Every case names the offending value.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum InputError {
    /// A number is not a number, infinite, negative or outside its range.
    #[error("{what}, entry {position}: {value} is not allowed")]
    InvalidNumber {
        /// What the number is.
        what: &'static str,
        /// Its place in the list it comes from, from zero.
        position: usize,
        /// Its value.
        value: f64,
    },
    /// Two lists that belong together differ in length.
    #[error("{what}: {found} entries where {expected} are needed")]
    UnequalLength {
        /// What the list holds.
        what: &'static str,
        /// Length that is needed.
        expected: usize,
        /// Length that was found.
        found: usize,
    },
    /// Nothing to learn from: an empty list, or no volume at all.
    #[error("{0}: nothing to learn from")]
    Empty(&'static str),
    /// A ratio of durations to events without any event, such as patience when nobody abandoned.
    #[error("{0}: no event was observed")]
    NoEvents(&'static str),
    /// A name that is not among those given.
    #[error("there is no {0}")]
    UnknownName(String),
    /// A name that is given twice.
    #[error("{0} is given twice")]
    DuplicateName(String),
    /// A node of a tree that is its own ancestor, or whose parent comes after it.
    #[error("{0}: its parent must come before it in the list")]
    NotATree(String),
    /// A date outside the forecast days, or out of order.
    #[error("{0} lies outside the allowed days")]
    DateOutside(NaiveDate),
    /// Parts that exceed their total: the residual part would be negative.
    #[error("entry {position}: the parts exceed their total by {}", -value)]
    NegativeResidual {
        /// Place in the series, from zero.
        position: usize,
        /// Total minus parts.
        value: f64,
    },
}

/// Refuses a number that is negative, infinite or no number.
pub(crate) fn not_negative(
    what: &'static str,
    position: usize,
    value: f64,
) -> Result<f64, InputError> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(InputError::InvalidNumber {
            what,
            position,
            value,
        })
    }
}

/// Refuses a list of the wrong length.
pub(crate) fn same_length(
    what: &'static str,
    expected: usize,
    found: usize,
) -> Result<(), InputError> {
    if expected == found {
        Ok(())
    } else {
        Err(InputError::UnequalLength {
            what,
            expected,
            found,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_and_names_the_value() {
        let refused = not_negative("volume", 3, f64::NAN).unwrap_err();
        assert!(refused.to_string().contains("volume, entry 3"));
        assert!(not_negative("volume", 0, -1.0).is_err());
        assert_eq!(not_negative("volume", 0, 0.0), Ok(0.0));
        assert!(same_length("intervals", 2, 3).is_err());
    }
}
