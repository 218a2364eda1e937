use std::time::Duration;

use super::search::Seen;
use super::{Counting, Performance, QueueingError, Traffic};
use crate::units::Probability;

/// Slack of a quotient such as 8.5 / 0.85 that should meet its cap exactly.
const LAST_BITS: f64 = 1e-12;

/// What staffing must achieve in an interval: any combination of conditions, all of them kept.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{Counting, Objective};
/// use wfm::units::Probability;
/// let objective = Objective::service_level(Probability::new(0.8)?, Duration::from_secs(20))?
///     .counting(Counting::ExcludingShortAbandons)
///     .with_abandonment(Probability::new(0.05)?)?
///     .with_occupancy_cap(Probability::new(0.9)?)?;
/// # let _ = objective;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    share: Probability,
    answer_within: Duration,
    counting: Counting,
    asa_seconds: f64,
    p_wait: Probability,
    abandonment: Probability,
    occupancy_cap: Probability,
}

impl Objective {
    /// No condition but a stable queue; the start of every other.
    pub const STABLE: Self = Self {
        share: Probability::ZERO,
        answer_within: Duration::ZERO,
        counting: Counting::Offered,
        asa_seconds: f64::INFINITY,
        p_wait: Probability::ONE,
        abandonment: Probability::ONE,
        occupancy_cap: Probability::ONE,
    };

    /// A share of contacts answered within a wait, with agents busy all the time if need be.
    ///
    /// # Errors
    /// [`QueueingError::UnreachableTarget`] for a share of 1.
    pub fn service_level(
        share: Probability,
        answer_within: Duration,
    ) -> Result<Self, QueueingError> {
        Self::STABLE.with_service_level(share, answer_within)
    }

    /// The same objective with a share of contacts answered within a wait, in place of any earlier.
    ///
    /// # Errors
    /// [`QueueingError::UnreachableTarget`] for a share of 1.
    pub fn with_service_level(
        mut self,
        share: Probability,
        answer_within: Duration,
    ) -> Result<Self, QueueingError> {
        if share >= Probability::ONE {
            return Err(QueueingError::UnreachableTarget { share: share.get() });
        }
        (self.share, self.answer_within) = (share, answer_within);
        Ok(self)
    }

    /// The same objective with its service level counted in another way.
    #[must_use]
    pub const fn counting(mut self, counting: Counting) -> Self {
        self.counting = counting;
        self
    }

    /// The same objective with a mean wait of answered contacts of at most `limit`.
    ///
    /// # Errors
    /// [`QueueingError::UnreachableLimit`] for a limit of 0.
    pub fn with_asa(mut self, limit: Duration) -> Result<Self, QueueingError> {
        self.asa_seconds = limit.as_secs_f64();
        reachable("a mean wait", self.asa_seconds)?;
        Ok(self)
    }

    /// The same objective with at most a share of contacts that wait at all.
    ///
    /// # Errors
    /// [`QueueingError::UnreachableLimit`] for a limit of 0.
    pub fn with_p_wait(mut self, limit: Probability) -> Result<Self, QueueingError> {
        self.p_wait = limit;
        reachable("a probability of waiting", limit.get())?;
        Ok(self)
    }

    /// The same objective with at most a share of contacts that hang up.
    ///
    /// # Errors
    /// [`QueueingError::UnreachableLimit`] for a limit of 0.
    pub fn with_abandonment(mut self, limit: Probability) -> Result<Self, QueueingError> {
        self.abandonment = limit;
        reachable("an abandonment", limit.get())?;
        Ok(self)
    }

    /// The same objective with agents busy for at most a share of their time.
    ///
    /// # Errors
    /// [`QueueingError::UnreachableLimit`] for a cap of 0.
    pub fn with_occupancy_cap(mut self, cap: Probability) -> Result<Self, QueueingError> {
        self.occupancy_cap = cap;
        reachable("an occupancy", cap.get())?;
        Ok(self)
    }

    /// Threshold of the service level.
    pub const fn answer_within(&self) -> Duration {
        self.answer_within
    }

    /// The share to answer within the threshold.
    pub const fn share(&self) -> Probability {
        self.share
    }

    /// The occupancy cap.
    pub const fn occupancy_cap(&self) -> Probability {
        self.occupancy_cap
    }

    /// Whether a performance is good enough. Values are compared unrounded; the cap forgives the
    /// last bits of a quotient such as 8.5 / 0.85.
    pub fn is_met(&self, seen: &Performance) -> bool {
        seen.is_stable
            && seen.service_level.by(self.counting) >= self.share
            && seen.asa_seconds <= self.asa_seconds
            && seen.p_wait <= self.p_wait
            && seen.abandonment <= self.abandonment
            && seen.occupancy.get() <= self.occupancy_cap.get() * (1.0 + LAST_BITS)
    }

    /// A performance as a trial of a search.
    pub(super) fn weigh(&self, seen: &Performance) -> Seen {
        Seen {
            is_met: self.is_met(seen),
            margin: self.margin(seen),
        }
    }

    /// How far a performance is on the good side of the tightest condition, as a logarithm: near
    /// 0 where it is just met, nearly straight in the number of agents.
    fn margin(&self, seen: &Performance) -> f64 {
        if !seen.is_stable {
            return f64::NEG_INFINITY;
        }
        let mut margin = f64::INFINITY;
        let mut weigh = |limit: f64, value: f64| margin = margin.min((limit / value).ln());
        if self.share > Probability::ZERO {
            let late = 1.0 - seen.service_level.by(self.counting).get();
            weigh(1.0 - self.share.get(), late);
        }
        if self.asa_seconds.is_finite() {
            weigh(self.asa_seconds, seen.asa_seconds);
        }
        if self.p_wait < Probability::ONE {
            weigh(self.p_wait.get(), seen.p_wait.get());
        }
        if self.abandonment < Probability::ONE {
            weigh(self.abandonment.get(), seen.abandonment.get());
        }
        if self.occupancy_cap < Probability::ONE {
            weigh(self.occupancy_cap.get(), seen.occupancy.get());
        }
        margin
    }

    /// Agents by the square-root rule of Halfin and Whitt (1981) and the slope of the margin there.
    ///
    /// ```text
    /// ln P(W > T) ≈ −(√(π/2) β + β²/4) − β √a T/h,    n = a + β √a
    /// ```
    ///
    /// The quadratic stands for their delay function, within a few per cent where it matters.
    pub(super) fn square_root_guess(&self, traffic: &Traffic) -> (f64, f64) {
        let load = traffic.load.get();
        let root = load.sqrt();
        let rate = 1.2533 + root * traffic.in_handling_times(self.answer_within.as_secs_f64());
        let (mut beta, mut slope) = (0.5, rate);
        if self.share > Probability::ZERO {
            let wanted = -(1.0 - self.share.get()).ln();
            let discriminant = (rate * rate + wanted).sqrt();
            beta = 2.0 * wanted / (rate + discriminant);
            slope = discriminant;
        }
        let by_cap = load / self.occupancy_cap.get();
        ((load + beta * root).max(by_cap), slope / root.max(1e-3))
    }
}

fn reachable(quantity: &'static str, limit: f64) -> Result<(), QueueingError> {
    if limit > 0.0 {
        Ok(())
    } else {
        Err(QueueingError::UnreachableLimit { quantity })
    }
}
