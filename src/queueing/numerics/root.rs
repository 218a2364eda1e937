//! Roots of increasing functions by a secant that never leaves its bracket.

/// Steps after which the secant gives way to plain bisection.
const SECANT_STEPS: u32 = 60;
/// A step smaller than this, relative to the root, ends the search.
const LAST_BITS: f64 = 4.0 * f64::EPSILON;

/// Root of an increasing function between `low` and `high`, where it is at most and at least 0.
/// The secant starts at `first` and `second`; both belong to the bracket. On a concave or convex
/// function it needs five to eight evaluations.
pub(in crate::queueing) fn increasing_root(
    mut function: impl FnMut(f64) -> f64,
    (mut low, mut high): (f64, f64),
    (first, second): (f64, f64),
) -> f64 {
    let (mut before, mut at) = (first, second.clamp(low, high));
    let mut value_before = function(before);
    for step in 0..300 {
        let value = function(at);
        if value <= 0.0 {
            low = low.max(at);
        } else {
            high = high.min(at);
        }
        if value == 0.0 || value.is_nan() || high - low <= LAST_BITS * high.abs() {
            return at;
        }
        let secant = at - value * (at - before) / (value - value_before);
        let next = if step < SECANT_STEPS && secant >= low && secant <= high {
            secant
        } else {
            f64::midpoint(low, high)
        };
        if (next - at).abs() <= LAST_BITS * next.abs() {
            return next;
        }
        (before, value_before, at) = (at, value, next);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_roots_of_curved_and_flat_functions() {
        let square = |x: f64| x * x - 2.0;
        let found = increasing_root(square, (0.0, 2.0), (0.0, 2.0));
        assert!((found - 2.0f64.sqrt()).abs() < 1e-15);
        let flat = |x: f64| (x - 0.3).powi(9);
        assert!((increasing_root(flat, (0.0, 1.0), (0.0, 1.0)) - 0.3).abs() < 1e-3);
        let jump = |x: f64| if x < 0.7 { -1.0 } else { 1.0 };
        assert!((increasing_root(jump, (0.0, 1.0), (0.0, 1.0)) - 0.7).abs() < 1e-12);
        assert_eq!(increasing_root(|x| x - 1.0, (1.0, 1.0), (1.0, 1.0)), 1.0);
    }
}
