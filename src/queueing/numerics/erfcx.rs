//! The scaled complementary error function.
//!
//! ```text
//! erfcx(z) = e^(z²) erfc(z),  z ≥ 0
//! ```
//!
//! One polynomial in `t = (z − 3.75) / (z + 3.75)` serves the whole half line, after Schonfelder
//! (1978); the coefficients are computed here from 60-digit values of the function. Relative error
//! below 1e-15.
#![expect(
    clippy::unreadable_literal,
    reason = "tables of coefficients are read by nobody"
)]

/// Coefficients of `(1 + 2z) erfcx(z)` in `t = (z − 3.75) / (z + 3.75)`, lowest power first.
const SERIES: [f64; 25] = [
    1.2375126308378275,
    -0.14024059858554697,
    0.0035854154854644293,
    0.0822767384901452,
    -0.10880393014174886,
    0.09230432116037748,
    -0.05869339858963677,
    0.028362277418956406,
    -0.009746579558029276,
    0.0017556258528952954,
    0.0002937136655913448,
    -0.0002901540805408417,
    5.164909889268241e-05,
    2.238423915508223e-05,
    -1.1444146237700524e-05,
    -9.73559896736775e-07,
    1.751637648849062e-06,
    -5.7218230603224086e-08,
    -2.5866850716155884e-07,
    2.3263508708859124e-08,
    3.8675334242222354e-08,
    -3.744210080962018e-09,
    -5.1739902140113095e-09,
    3.1114333809799254e-10,
    4.2514714447963895e-10,
];

/// `e^(z²) erfc(z)` for `z ≥ 0`.
pub(in crate::queueing) fn erfcx(z: f64) -> f64 {
    let t = (z - 3.75) / (z + 3.75);
    // Even and odd powers apart: two chains of half the length run side by side.
    let square = t * t;
    let (mut even, mut odd) = (SERIES[24], SERIES[23]);
    for pair in SERIES[..23].rchunks_exact(2) {
        even = even * square + pair[1];
        odd = odd * square + pair[0];
    }
    let even = even * square + SERIES[0];
    (even + odd * t) / (1.0 + 2.0 * z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_digits_of_an_arbitrary_precision_library() {
        const KNOWN: [(f64, f64); 9] = [
            (0.0, 1.0),
            (0.1, 0.8964569799691267),
            (0.5, 0.6156903441929259),
            (1.0, 0.427583576155807),
            (2.0, 0.25539567631050575),
            (3.75, 0.14558972127503855),
            (6.0, 0.09277656780053835),
            (12.5, 0.04499209900102792),
            (25.0, 0.02254957243264136),
        ];
        for (z, value) in KNOWN {
            assert!((erfcx(z) / value - 1.0).abs() < 1e-15, "{z}");
        }
    }
}
