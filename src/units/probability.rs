use std::fmt;

use super::error::{UnitError, checked};

/// A probability or share, a fraction between 0 and 1 (never a percentage).
///
/// ```
/// use wfm::units::Probability;
/// assert_eq!(Probability::new(0.8)?.get(), 0.8);
/// assert!(Probability::new(80.0).is_err());
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Probability(f64);

impl Probability {
    /// Certainly not.
    pub const ZERO: Self = Self(0.0);
    /// Certainly.
    pub const ONE: Self = Self(1.0);

    /// A checked probability.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`] unless `0 <= value <= 1`.
    pub fn new(value: f64) -> Result<Self, UnitError> {
        let accepted = (0.0..=1.0).contains(&value);
        checked("probability", "between 0 and 1", value, accepted).map(Self)
    }

    /// The nearest probability to a computed value, absorbing rounding at the ends; NaN gives 0.
    pub fn saturating(value: f64) -> Self {
        Self(if value.is_nan() {
            0.0
        } else {
            value.clamp(0.0, 1.0)
        })
    }

    /// The fraction.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// One minus this probability.
    #[must_use]
    pub fn complement(self) -> Self {
        Self(1.0 - self.0)
    }
}

impl TryFrom<f64> for Probability {
    type Error = UnitError;
    fn try_from(value: f64) -> Result<Self, UnitError> {
        Self::new(value)
    }
}

impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} %", self.0 * 100.0)
    }
}
