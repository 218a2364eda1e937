//! Mills' ratio of the standard normal law, `R(x) = (1 − Φ(x)) / φ(x)`, one over its hazard.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use super::erfcx;

/// `R(x)` to the last digits; infinite where it exceeds every number.
pub(in crate::queueing) fn mills_ratio(x: f64) -> f64 {
    // Infinity counts as a number so large that the ratio is nothing beside any other.
    let tail = (PI / 2.0).sqrt() * erfcx(x.abs().min(f64::MAX / 4.0) * FRAC_1_SQRT_2);
    if x >= 0.0 {
        tail
    } else {
        (2.0 * PI).sqrt() * (x * x / 2.0).exp() - tail
    }
}

/// `ln R(x)`, finite for every number whose square is.
pub(in crate::queueing) fn ln_mills_ratio(x: f64) -> f64 {
    if x < -9.0 {
        (2.0 * PI).sqrt().ln() + x * x / 2.0
    } else {
        mills_ratio(x).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_and_continuity() {
        // Values to 15 digits by 40-digit arithmetic.
        let known = [
            (0.0, 1.253_314_137_315_500_3),
            (1.0, 0.655_679_542_418_798_5),
            (2.0, 0.421_369_229_288_054_5),
            (5.0, 0.192_808_104_715_315_77),
            (30.0, 0.033_296_419_072_497_21),
            (-1.0, 3.477_051_811_703_694_5),
        ];
        for (x, value) in known {
            assert!(
                (mills_ratio(x) / value - 1.0).abs() < 3e-15,
                "{x}: {}",
                mills_ratio(x)
            );
        }
        for x in [-9.0, 0.0] {
            let (below, above) = (mills_ratio(x - 1e-12), mills_ratio(x + 1e-12));
            assert!((below / above - 1.0).abs() < 1e-10);
            assert!((ln_mills_ratio(x - 1e-12) - ln_mills_ratio(x + 1e-12)).abs() < 1e-10);
        }
        assert_eq!(mills_ratio(-100.0), f64::INFINITY);
    }
}
