use statrs::distribution::{ContinuousCDF, Gamma};

use super::checked_seconds;
use crate::queueing::QueueingError;

/// Abandons above which the normal approximation of the interval is exact enough.
const MANY: f64 = 50_000.0;
/// Quantile of the standard normal law for 97.5 %.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// What waits tell about the mean patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Patience {
    /// Some contacts hung up.
    Estimated {
        /// Mean patience in seconds.
        mean_seconds: f64,
        /// Standard error of the mean, in seconds.
        standard_error_seconds: f64,
        /// Lower end of the interval of 95 %, in seconds.
        lower_seconds: f64,
        /// Upper end of the interval of 95 %, in seconds.
        upper_seconds: f64,
        /// Contacts that hung up and were counted.
        abandons: usize,
        /// Time that all counted contacts waited, in seconds.
        waited_seconds: f64,
    },
    /// Nobody hung up: only a lower bound can be told.
    NoneAbandoned {
        /// The mean patience is above this with 95 % confidence, in seconds.
        lower_seconds: f64,
        /// Time that all counted contacts waited, in seconds.
        waited_seconds: f64,
    },
}

/// Mean patience by maximum likelihood, when patience is exponential.
///
/// ```text
/// mean = total time waited by all / number that hung up = T / D,     standard error = mean / √D
/// interval of 95 %:  2T / χ²(0.975; 2D + 2)  to  2T / χ²(0.025; 2D)
/// ```
///
/// A contact that is answered tells that its patience was longer than its wait: it is censored, and
/// leaving it out would make customers look far less patient than they are. Waits of contacts that
/// hang up within `ignore_up_to_seconds` are often misdials or customers who only wanted the
/// announcement: all waits up to it are left out and it is taken off the others, which an exponential
/// patience allows.
///
/// **Assumptions.** Patience is exponential and does not depend on the wait that the customer would
/// have had; check it with [`hazards`](super::hazards). Answered contacts count with their wait, zero
/// included.
/// **Accuracy.** The interval is that of a Poisson count given the time waited; it covers at least
/// 95 % of samples that are observed for a given time.
/// **Source.** Mandelbaum and Zeltyn (2004) for call centres; Garwood (1936) for the interval.
///
/// # Errors
/// [`QueueingError::OutOfRange`] for waits that are negative, not numbers or above 10⁹ seconds, and
/// when nobody waited at all.
///
/// ```
/// use wfm::queueing::estimate::{Patience, patience};
/// let Patience::Estimated { mean_seconds, abandons, .. } =
///     patience(&[10.0, 0.0, 50.0], &[20.0, 40.0], 0.0)?
/// else {
///     unreachable!("two contacts hung up");
/// };
/// assert_eq!((mean_seconds, abandons), (60.0, 2));
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
pub fn patience(
    answered_seconds: &[f64],
    abandoned_seconds: &[f64],
    ignore_up_to_seconds: f64,
) -> Result<Patience, QueueingError> {
    checked_seconds("wait of an answered contact", answered_seconds)?;
    checked_seconds("wait of an abandoned contact", abandoned_seconds)?;
    checked_seconds("wait to ignore", &[ignore_up_to_seconds])?;
    let beyond = |waits: &[f64]| -> f64 {
        let over = waits.iter().map(|wait| wait - ignore_up_to_seconds);
        over.filter(|&over| over > 0.0).sum()
    };
    let waited_seconds = beyond(answered_seconds) + beyond(abandoned_seconds);
    if waited_seconds <= 0.0 {
        return Err(QueueingError::OutOfRange {
            quantity: "total time waited",
            expected: "above 0",
            value: waited_seconds,
        });
    }
    let counted = |wait: &&f64| ignore_up_to_seconds == 0.0 || **wait > ignore_up_to_seconds;
    let abandons = abandoned_seconds.iter().filter(counted).count();
    if abandons == 0 {
        return Ok(Patience::NoneAbandoned {
            lower_seconds: waited_seconds / 20.0f64.ln(),
            waited_seconds,
        });
    }
    let count = abandons as f64;
    let mean_seconds = waited_seconds / count;
    Ok(Patience::Estimated {
        mean_seconds,
        standard_error_seconds: mean_seconds / count.sqrt(),
        lower_seconds: waited_seconds / gamma_quantile(count + 1.0, NORMAL_975),
        upper_seconds: waited_seconds / gamma_quantile(count, -NORMAL_975),
        abandons,
        waited_seconds,
    })
}

/// Quantile of the gamma law of a shape, half the chi-square quantile of twice as many degrees of
/// freedom; the level is given as a quantile of the normal law, ±1.96.
fn gamma_quantile(shape: f64, normal: f64) -> f64 {
    let level = if normal > 0.0 { 0.975 } else { 0.025 };
    match Gamma::new(shape, 1.0) {
        Ok(law) if shape <= MANY => law.inverse_cdf(level),
        // Wilson and Hilferty.
        _ => shape * (1.0 - 1.0 / (9.0 * shape) + normal / (3.0 * shape.sqrt())).powi(3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interval_of_known_chi_square_quantiles() {
        // D = 4, T = 100: χ²(0.975; 10) = 20.483177, χ²(0.025; 8) = 2.179731.
        let seen = patience(&[60.0], &[10.0; 4], 0.0).unwrap();
        let Patience::Estimated {
            lower_seconds,
            upper_seconds,
            standard_error_seconds,
            ..
        } = seen
        else {
            panic!("four contacts hung up")
        };
        assert!((lower_seconds - 200.0 / 20.483_177).abs() < 1e-5);
        assert!((upper_seconds - 200.0 / 2.179_731).abs() < 1e-4);
        assert_eq!(standard_error_seconds, 12.5);
        let near = |shape, normal| gamma_quantile(shape, normal);
        let (below, above) = (near(MANY, 1.0), near(MANY + 1e-6, NORMAL_975));
        assert!((below / above - 1.0).abs() < 1e-7, "{below} {above}");
    }

    #[test]
    fn short_abandons_are_left_out_and_none_is_typed() {
        let all = patience(&[30.0], &[2.0, 25.0], 5.0).unwrap();
        let Patience::Estimated {
            mean_seconds,
            abandons,
            ..
        } = all
        else {
            panic!("one contact hung up late")
        };
        assert_eq!((mean_seconds, abandons), (45.0, 1));
        let none = patience(&[30.0, 70.0], &[], 0.0).unwrap();
        let Patience::NoneAbandoned { lower_seconds, .. } = none else {
            panic!("nobody hung up")
        };
        assert!((lower_seconds - 33.380_821).abs() < 1e-5);
    }

    #[test]
    fn bad_waits_are_refused() {
        assert!(patience(&[], &[], 0.0).is_err());
        assert!(patience(&[0.0], &[0.0], 0.0).is_err());
        for wait in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(patience(&[wait], &[3.0], 0.0).is_err());
            assert!(patience(&[3.0], &[wait], 0.0).is_err());
            assert!(patience(&[3.0], &[3.0], wait).is_err());
        }
    }
}
