use crate::queueing::QueueingError;
use crate::units::Probability;

/// Original contacts among `attempts`: those that are not repeats of an abandoned attempt. The
/// inverse of [`ErlangX`](crate::queueing::ErlangX), in any unit of attempts.
///
/// ```text
/// λ = λ' (1 − r P)
/// ```
///
/// `λ'` attempts, `P` the share of them that hang up, `r` the probability that an abandoned attempt
/// is repeated.
///
/// # Errors
/// [`QueueingError::OutOfRange`] unless `attempts` is finite and not negative.
///
/// ```
/// use wfm::queueing::estimate::original_attempts;
/// use wfm::units::Probability;
/// let share = Probability::new(0.2)?;
/// assert_eq!(original_attempts(1000.0, share, Probability::new(0.5)?)?, 900.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn original_attempts(
    attempts: f64,
    abandonment: Probability,
    redial: Probability,
) -> Result<f64, QueueingError> {
    if attempts.is_finite() && attempts >= 0.0 {
        Ok(attempts * (1.0 - redial.get() * abandonment.get()))
    } else {
        Err(QueueingError::OutOfRange {
            quantity: "attempts",
            expected: "finite and not negative",
            value: attempts,
        })
    }
}

/// What counts of attempts tell about redials.
///
/// ```text
/// r = repeated / abandoned,      original = attempts − repeated
/// ```
///
/// **Assumptions.** Every repeat follows an attempt that hung up, both within the counted time.
/// **Source.** Ding, Koole and van der Mei (2015) for the bias of a forecast that counts repeats.
///
/// ```
/// use wfm::queueing::estimate::Redials;
/// // 1000 attempts, 200 hung up, 120 of all attempts were repeats.
/// let seen = Redials::from_counts(1000, 200, 120)?;
/// assert_eq!(seen.redial().map(|r| r.get()), Some(0.6));
/// assert_eq!(seen.original(), 880);
/// assert_eq!(seen.never_served(), 80);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redials {
    attempts: u32,
    abandoned: u32,
    repeated: u32,
}

impl Redials {
    /// From the numbers of attempts, of those that hung up, and of those that repeat an earlier one.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] unless `repeated ≤ abandoned ≤ attempts`.
    pub fn from_counts(
        attempts: u32,
        abandoned: u32,
        repeated: u32,
    ) -> Result<Self, QueueingError> {
        let refuse = |quantity, expected, count: u32| {
            Err(QueueingError::OutOfRange {
                quantity,
                expected,
                value: f64::from(count),
            })
        };
        if abandoned > attempts {
            return refuse("abandoned attempts", "at most all attempts", abandoned);
        }
        if repeated > abandoned {
            return refuse("repeated attempts", "at most the abandoned", repeated);
        }
        Ok(Self {
            attempts,
            abandoned,
            repeated,
        })
    }

    /// Contacts behind the attempts.
    pub const fn original(&self) -> u32 {
        self.attempts - self.repeated
    }

    /// Contacts that hung up and did not come back.
    pub const fn never_served(&self) -> u32 {
        self.abandoned - self.repeated
    }

    /// Share of the attempts that hang up; `None` without attempts.
    pub fn abandonment(&self) -> Option<Probability> {
        share(self.abandoned, self.attempts)
    }

    /// Probability that an abandoned attempt is repeated; `None` when nobody hung up.
    pub fn redial(&self) -> Option<Probability> {
        share(self.repeated, self.abandoned)
    }

    /// Standard error of that probability, `√(r (1 − r) / abandoned)`.
    pub fn redial_standard_error(&self) -> Option<f64> {
        let r = self.redial()?.get();
        Some((r * (1.0 - r) / f64::from(self.abandoned)).sqrt())
    }
}

fn share(part: u32, whole: u32) -> Option<Probability> {
    (whole > 0).then(|| Probability::saturating(f64::from(part) / f64::from(whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_the_formula() {
        let seen = Redials::from_counts(1000, 200, 120).unwrap();
        let (abandonment, redial) = (seen.abandonment().unwrap(), seen.redial().unwrap());
        let original = original_attempts(1000.0, abandonment, redial).unwrap();
        assert!((original - f64::from(seen.original())).abs() < 1e-9);
        assert!((seen.redial_standard_error().unwrap() - 0.034_641).abs() < 1e-6);
    }

    #[test]
    fn empty_and_impossible_counts() {
        let none = Redials::from_counts(0, 0, 0).unwrap();
        assert_eq!((none.redial(), none.abandonment()), (None, None));
        assert!(Redials::from_counts(5, 6, 0).is_err());
        assert!(Redials::from_counts(5, 3, 4).is_err());
        assert!(original_attempts(f64::NAN, Probability::ZERO, Probability::ZERO).is_err());
    }
}
