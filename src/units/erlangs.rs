use std::fmt;
use std::time::Duration;

use super::error::{UnitError, checked};

/// Traffic intensity: arrivals per unit of time multiplied by the handling time.
///
/// ```
/// use std::time::Duration;
/// use wfm::units::Erlangs;
/// // 60 calls an hour of 300 seconds keep five agents busy.
/// let load = Erlangs::offered(60.0, Duration::from_secs(3600), Duration::from_secs(300))?;
/// assert_eq!(load.get(), 5.0);
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Erlangs(f64);

impl Erlangs {
    /// No traffic.
    pub const ZERO: Self = Self(0.0);

    /// A checked load.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`] unless `value` is finite and not negative.
    pub fn new(value: f64) -> Result<Self, UnitError> {
        let accepted = value.is_finite() && value >= 0.0;
        checked(
            "load in erlangs",
            "finite and not negative",
            value,
            accepted,
        )
        .map(Self)
    }

    /// Offered load of `volume` contacts in an interval of length `interval`, each taking `aht`.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`] when `volume` is negative or not finite, or `interval` is zero.
    pub fn offered(volume: f64, interval: Duration, aht: Duration) -> Result<Self, UnitError> {
        Self::new(volume * aht.as_secs_f64() / interval.as_secs_f64())
    }

    /// The load in erlangs.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Erlangs {
    type Error = UnitError;
    fn try_from(value: f64) -> Result<Self, UnitError> {
        Self::new(value)
    }
}

impl fmt::Display for Erlangs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} erl", self.0)
    }
}
