use super::super::QueueingError;
use super::day::check;
use crate::units::{Agents, Probability};

/// Slack of shares that should add up to 1.
const SUM_SLACK: f64 = 1e-9;

/// The probability law of the number of contacts in the system, waiting or being handled.
///
/// ```
/// use wfm::queueing::time_varying::NumberInSystem;
/// let either = NumberInSystem::from_shares(vec![0.25, 0.0, 0.75])?;
/// assert_eq!(either.mean(), 1.5);
/// assert_eq!(NumberInSystem::of(7).share(7).get(), 1.0);
/// assert!(NumberInSystem::from_shares(vec![0.5, f64::NAN]).is_err());
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NumberInSystem {
    /// Number that the first share belongs to.
    pub(super) first: usize,
    /// Probability of each number from there on; never empty.
    pub(super) shares: Vec<f64>,
}

impl NumberInSystem {
    /// Nobody.
    pub fn empty() -> Self {
        Self::of(0)
    }

    /// A number known for certain.
    pub fn of(number: u32) -> Self {
        Self {
            first: number as usize,
            shares: vec![1.0],
        }
    }

    /// The probabilities of 0, 1, 2, … contacts. They are scaled to add up to exactly 1.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] for a share that is negative or not finite, or for shares that
    /// do not add up to 1 within 10⁻⁹.
    pub fn from_shares(mut shares: Vec<f64>) -> Result<Self, QueueingError> {
        for &share in &shares {
            let accepted = (0.0..=1.0 + SUM_SLACK).contains(&share);
            check(
                "share of a number in system",
                "between 0 and 1",
                share,
                accepted,
            )?;
        }
        let sum: f64 = shares.iter().sum();
        let accepted = (sum - 1.0).abs() <= SUM_SLACK;
        check("sum of the shares", "1", sum, accepted)?;
        for share in &mut shares {
            *share /= sum;
        }
        let first = shares.iter().position(|&share| share > 0.0).unwrap_or(0);
        let last = shares.iter().rposition(|&share| share > 0.0).unwrap_or(0);
        Ok(Self {
            first,
            shares: shares[first..=last].to_vec(),
        })
    }

    /// Probability of exactly `number` contacts.
    pub fn share(&self, number: u32) -> Probability {
        let place = (number as usize).checked_sub(self.first);
        let share = place.and_then(|place| self.shares.get(place));
        Probability::saturating(share.copied().unwrap_or(0.0))
    }

    /// Mean number of contacts.
    pub fn mean(&self) -> f64 {
        self.expect(|number| number as f64)
    }

    /// Probability of `number` contacts or more.
    pub fn at_least(&self, number: u32) -> Probability {
        let floor = number as usize;
        Probability::saturating(self.expect(|n| if n >= floor { 1.0 } else { 0.0 }))
    }

    /// Mean number waiting when `agents` handle one contact each.
    pub fn waiting(&self, agents: Agents) -> f64 {
        let busy = agents.get() as usize;
        self.expect(|number| number.saturating_sub(busy) as f64)
    }

    /// The largest number of the law.
    pub(super) fn last(&self) -> usize {
        self.first + self.shares.len() - 1
    }

    /// Mean of a function of the number.
    pub(super) fn expect(&self, value: impl Fn(usize) -> f64) -> f64 {
        let numbered = self.shares.iter().zip(self.first..);
        numbered.map(|(&share, number)| share * value(number)).sum()
    }
}
