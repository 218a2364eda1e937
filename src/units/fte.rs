use std::fmt;

use super::error::{UnitError, checked};

/// Full-time equivalents on the payroll, after shrinkage; fractional.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Fte(f64);

impl Fte {
    /// A checked number of full-time equivalents.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`] unless `value` is finite and not negative.
    pub fn new(value: f64) -> Result<Self, UnitError> {
        let accepted = value.is_finite() && value >= 0.0;
        checked("FTE", "finite and not negative", value, accepted).map(Self)
    }

    /// Paid hours a week divided by the contract's hours a week.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`] when the quotient is negative or not finite.
    pub fn from_weekly_hours(paid_hours: f64, contract_hours: f64) -> Result<Self, UnitError> {
        Self::new(paid_hours / contract_hours)
    }

    /// The number of full-time equivalents.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Fte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} FTE", self.0)
    }
}
