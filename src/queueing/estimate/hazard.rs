use super::checked_seconds;
use crate::queueing::QueueingError;
use crate::units::Probability;

/// A step of the survival of patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Survival {
    /// A wait at which somebody hung up, in seconds.
    pub wait_seconds: f64,
    /// Share of customers whose patience is longer.
    pub patient: Probability,
}

/// Contacts that hang up in a band of waits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hazard {
    /// Start of the band in seconds.
    pub from_seconds: f64,
    /// End of the band in seconds.
    pub to_seconds: f64,
    /// Contacts that hung up in the band.
    pub abandons: usize,
    /// Time that contacts waited in the band, in seconds.
    pub waited_seconds: f64,
}

impl Hazard {
    /// Abandons a second of waiting; 0 where nobody waited. An exponential patience has the same
    /// rate in every band, one over its mean.
    pub fn per_second(&self) -> f64 {
        if self.waited_seconds > 0.0 {
            self.abandons as f64 / self.waited_seconds
        } else {
            0.0
        }
    }
}

/// Survival of patience by the product-limit estimator, one step for each wait at which somebody
/// hung up.
///
/// ```text
/// P(T > t) = Π over abandons at s ≤ t of (1 − d(s) / at risk(s))
/// ```
///
/// `d(s)` contacts hang up after `s`; at risk are all that have waited at least as long. Answered
/// contacts leave the risk set after the abandons of the same wait.
///
/// **Assumptions.** Patience does not depend on the wait the customer would have had.
/// **Source.** Kaplan and Meier (1958).
///
/// # Errors
/// [`QueueingError::OutOfRange`] for waits that are negative, not numbers or above 10⁹ seconds.
///
/// ```
/// use wfm::queueing::estimate::survival;
/// let steps = survival(&[10.0, 30.0], &[20.0])?;
/// assert_eq!((steps[0].wait_seconds, steps[0].patient.get()), (20.0, 0.5));
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
pub fn survival(
    answered_seconds: &[f64],
    abandoned_seconds: &[f64],
) -> Result<Vec<Survival>, QueueingError> {
    checked_seconds("wait of an answered contact", answered_seconds)?;
    checked_seconds("wait of an abandoned contact", abandoned_seconds)?;
    let (answered, abandoned) = (sorted(answered_seconds), sorted(abandoned_seconds));
    let mut patient = 1.0;
    let mut steps = Vec::new();
    for tied in abandoned.chunk_by(|a, b| a == b) {
        let Some(&wait_seconds) = tied.first() else {
            continue;
        };
        let at_risk = |waits: &[f64]| waits.len() - waits.partition_point(|w| *w < wait_seconds);
        let risk = at_risk(&answered) + at_risk(&abandoned);
        patient *= (risk - tied.len()) as f64 / risk as f64;
        steps.push(Survival {
            wait_seconds,
            patient: Probability::saturating(patient),
        });
    }
    Ok(steps)
}

/// Abandons and time waited between successive `edges`, in seconds. Where the rates of the bands
/// differ by much more than their counts explain (a rate has a relative standard error of one over
/// the root of its abandons), patience is not exponential.
///
/// # Errors
/// [`QueueingError::OutOfRange`] for waits or edges that are negative, not numbers or above 10⁹
/// seconds, and for edges that do not rise.
///
/// ```
/// use wfm::queueing::estimate::hazards;
/// let bands = hazards(&[10.0, 30.0], &[20.0], &[0.0, 15.0, 60.0])?;
/// assert_eq!((bands[0].abandons, bands[0].waited_seconds), (0, 40.0));
/// assert_eq!((bands[1].abandons, bands[1].waited_seconds), (1, 20.0));
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
pub fn hazards(
    answered_seconds: &[f64],
    abandoned_seconds: &[f64],
    edges: &[f64],
) -> Result<Vec<Hazard>, QueueingError> {
    checked_seconds("wait of an answered contact", answered_seconds)?;
    checked_seconds("wait of an abandoned contact", abandoned_seconds)?;
    checked_seconds("edge of a band of waits", edges)?;
    edges
        .windows(2)
        .map(|ends| {
            let (from_seconds, to_seconds) = (ends[0], ends[1]);
            if to_seconds <= from_seconds {
                return Err(QueueingError::OutOfRange {
                    quantity: "edge of a band of waits",
                    expected: "above the edge before",
                    value: to_seconds,
                });
            }
            let all = answered_seconds.iter().chain(abandoned_seconds);
            let inside = |wait: &&f64| **wait >= from_seconds && **wait < to_seconds;
            Ok(Hazard {
                from_seconds,
                to_seconds,
                abandons: abandoned_seconds.iter().filter(inside).count(),
                waited_seconds: all
                    .map(|wait| wait.clamp(from_seconds, to_seconds) - from_seconds)
                    .sum(),
            })
        })
        .collect()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_answers_survival_is_the_empirical_share() {
        let steps = survival(&[], &[4.0, 1.0, 2.0, 2.0]).unwrap();
        let seen: Vec<(f64, f64)> = steps
            .iter()
            .map(|s| (s.wait_seconds, s.patient.get()))
            .collect();
        assert_eq!(seen, [(1.0, 0.75), (2.0, 0.25), (4.0, 0.0)]);
        assert!(survival(&[3.0], &[]).unwrap().is_empty());
        assert!(survival(&[f64::NAN], &[]).is_err());
    }

    #[test]
    fn bands_share_out_all_abandons_and_all_time() {
        let (answered, abandoned) = ([3.0, 0.0, 12.0], [1.0, 7.0, 7.5]);
        let bands = hazards(&answered, &abandoned, &[0.0, 2.0, 7.0, 100.0]).unwrap();
        let waited: f64 = bands.iter().map(|b| b.waited_seconds).sum();
        assert_eq!(waited, 30.5);
        assert_eq!(bands.iter().map(|b| b.abandons).sum::<usize>(), 3);
        assert_eq!(hazards(&[], &[], &[0.0, 1.0]).unwrap()[0].per_second(), 0.0);
        assert!(hazards(&answered, &abandoned, &[2.0, 2.0]).is_err());
    }
}
