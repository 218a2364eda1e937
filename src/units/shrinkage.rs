use std::fmt;

use super::error::{UnitError, checked};

/// Share of paid time that is not spent available for contacts.
///
/// Two factors multiply and are never added up: *out* (leave, public holidays, sickness,
/// full-day training) and *in* (breaks, coaching, meetings, systems).
///
/// ```text
/// paid = net / ((1 − out)(1 − in))
/// ```
///
/// ```
/// use wfm::units::Shrinkage;
/// let (out, inside) = (Shrinkage::new(0.20)?, Shrinkage::new(0.12)?);
/// let paid = out.gross_up(inside.gross_up(240.0));
/// assert!((paid - 340.909_090_909).abs() < 1e-6);
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Shrinkage(f64);

impl Shrinkage {
    /// All paid time is spent available.
    pub const NONE: Self = Self(0.0);

    /// A checked shrinkage.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`] unless `0 <= value < 1`.
    pub fn new(value: f64) -> Result<Self, UnitError> {
        let accepted = (0.0..1.0).contains(&value);
        checked("shrinkage", "at least 0 and below 1", value, accepted).map(Self)
    }

    /// The fraction lost.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// `net / (1 − shrinkage)`: what must be paid to have `net` left; same unit as `net`.
    pub fn gross_up(self, net: f64) -> f64 {
        net / (1.0 - self.0)
    }

    /// This shrinkage and `other` together: `1 − (1 − a)(1 − b)`.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(1.0 - (1.0 - self.0) * (1.0 - other.0))
    }
}

impl fmt::Display for Shrinkage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} %", self.0 * 100.0)
    }
}
