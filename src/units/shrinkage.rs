use std::fmt;

use super::error::{UnitError, checked};
use super::{Agents, whole};

/// What the last bits of a quotient are allowed to be off by, so that 21 / 0.7 is 30.
const LAST_BITS: f64 = 1e-12;

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

    /// Whole agents to schedule so that `net` are left: `net / (1 − shrinkage)` rounded up, where a
    /// quotient that is whole but for rounding counts as whole. [`net_agents`](Self::net_agents) of
    /// the result is at least `net`, up to `u32::MAX`.
    ///
    /// ```
    /// use wfm::units::{Agents, Shrinkage};
    /// let shrinkage = Shrinkage::new(0.3)?;
    /// assert_eq!(shrinkage.gross_up_agents(Agents(21)), Agents(30));
    /// assert_eq!(shrinkage.gross_up_agents(Agents(22)), Agents(32));
    /// # Ok::<(), wfm::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn gross_up_agents(self, net: Agents) -> Agents {
        Agents(whole::ceil(self.gross_up(net.as_f64()) * (1.0 - LAST_BITS)))
    }

    /// Whole agents left of `scheduled`: `(1 − shrinkage) · scheduled` rounded down, where a product
    /// that is whole but for rounding counts as whole.
    ///
    /// ```
    /// use wfm::units::{Agents, Shrinkage};
    /// assert_eq!(Shrinkage::new(0.3)?.net_agents(Agents(90)), Agents(63));
    /// # Ok::<(), wfm::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn net_agents(self, scheduled: Agents) -> Agents {
        let left = (1.0 - self.0) * scheduled.as_f64();
        // Twice the slack of the way up, so that nobody is lost on the way back.
        Agents(whole::floor(left * (1.0 + 2.0 * LAST_BITS)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_heads_are_those_of_exact_arithmetic() {
        for percent in 0..=95u32 {
            let shrinkage = Shrinkage::new(f64::from(percent) / 100.0).unwrap();
            let left = 100 - percent;
            for heads in 0..=2000u32 {
                let gross = shrinkage.gross_up_agents(Agents(heads));
                assert_eq!(
                    gross.get(),
                    (heads * 100).div_ceil(left),
                    "{heads} at {percent} %"
                );
                let net = shrinkage.net_agents(Agents(heads));
                assert_eq!(net.get(), heads * left / 100, "{heads} at {percent} %");
                assert!(shrinkage.net_agents(gross).get() >= heads);
            }
        }
    }

    #[test]
    fn nobody_is_lost_at_any_shrinkage() {
        for step in 0..1000u32 {
            let shrinkage = Shrinkage::new(f64::from(step) / 1000.0 * 0.999_9).unwrap();
            for heads in [1u32, 2, 7, 63, 119, 126, 4_096, 99_999] {
                let gross = shrinkage.gross_up_agents(Agents(heads));
                assert!(
                    shrinkage.net_agents(gross).get() >= heads,
                    "{heads} at {step}"
                );
            }
        }
        let all = Shrinkage::NONE.gross_up_agents(Agents(u32::MAX));
        assert_eq!(all, Agents(u32::MAX));
        assert_eq!(Shrinkage::NONE.net_agents(all), Agents(u32::MAX));
    }
}
