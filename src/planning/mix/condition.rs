//! One side of a target, and how far a simulation is from it.

use super::MixProblem;
use crate::simulation::{Quantity, Scope, Simulated, student};
use crate::units::Probability;

/// A quantity that has to be at least, or at most, a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MixCondition {
    /// Of which contacts.
    pub scope: Scope,
    /// [`Quantity::SlOffered`], at least, or [`Quantity::PAbandon`], at most.
    pub quantity: Quantity,
    /// The share.
    pub share: Probability,
}

/// What a condition gets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MixLevel {
    /// The condition.
    pub condition: MixCondition,
    /// The simulated share.
    pub mean: f64,
    /// Half the width of its 95 % interval.
    pub half_width: f64,
    /// Its standard error.
    pub error: f64,
    /// Whether the condition holds at the confidence asked for.
    pub holds: bool,
}

/// Share by which conditions are exceeded, negative where they are missed, and standard error.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub(super) slack: Vec<f64>,
    pub(super) error: Vec<f64>,
}

impl MixCondition {
    pub(super) fn all(problem: &MixProblem) -> Vec<Self> {
        let targets = problem.targets.iter();
        let both = targets.flat_map(|target| {
            let of = |quantity, share: Option<Probability>| {
                share.map(|share| Self {
                    scope: target.scope,
                    quantity,
                    share,
                })
            };
            [
                of(Quantity::SlOffered, target.share),
                of(Quantity::PAbandon, target.abandonment),
            ]
        });
        both.flatten().collect()
    }

    /// By how much a share exceeds the condition.
    fn slack(&self, mean: f64) -> f64 {
        match self.quantity {
            Quantity::PAbandon => self.share.get() - mean,
            _ => mean - self.share.get(),
        }
    }

    /// What it gets; everything where there are no contacts.
    pub(super) fn level(&self, seen: &Simulated, confidence: f64) -> MixLevel {
        let estimate = seen.estimate(self.quantity, self.scope);
        let mean = estimate.map_or(f64::NAN, |e| e.mean);
        let half_width = estimate.and_then(|e| e.half_width).unwrap_or(0.0);
        let error = estimate.and_then(|e| e.error).unwrap_or(0.0);
        let needed = quantile(seen.replications, confidence) * error;
        MixLevel {
            condition: *self,
            mean,
            half_width,
            error,
            holds: estimate.is_none() || self.slack(mean) >= needed,
        }
    }
}

impl MixLevel {
    /// By how much it exceeds its condition.
    pub(super) fn slack(&self) -> f64 {
        self.condition.slack(self.mean)
    }
}

/// The conditions in a simulation.
pub(super) fn seen(conditions: &[MixCondition], simulated: &Simulated) -> Seen {
    let estimates = conditions.iter().map(|condition| {
        let estimate = simulated.estimate(condition.quantity, condition.scope)?;
        let error = estimate.error.unwrap_or(0.0);
        Some((condition.slack(estimate.mean), error))
    });
    let (slack, error) = estimates.map(|e| e.unwrap_or((1.0, 0.0))).unzip();
    Seen { slack, error }
}

/// A quantile of Student's law for a mean of so many replications.
pub(super) fn quantile(replications: u32, probability: f64) -> f64 {
    student(f64::from(replications), probability).unwrap_or(f64::INFINITY)
}

/// The confidence of an attempt at a proof, counted from 1: the first to succeed has the last word,
/// so each may err half as often as the one before, and all together as often as one alone.
///
/// ```text
/// 1 − (1 − confidence) / 2^attempt
/// ```
pub(super) fn confidence_of(confidence: Probability, attempt: u32) -> f64 {
    let halves = f64::from(attempt);
    1.0 - (1.0 - confidence.get()) * (-halves).exp2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proofs_err_no_more_often_together_than_one_alone() {
        let confidence = Probability::saturating(0.95);
        assert!((confidence_of(confidence, 0) - 0.95).abs() < 1e-12);
        let errors: f64 = (1..=12).map(|k| 1.0 - confidence_of(confidence, k)).sum();
        assert!(errors < 0.05 && errors > 0.0499, "{errors}");
    }
}
