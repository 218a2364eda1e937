//! `e^x` for the soft choices, cheap enough for a hundred thousand of them in each step.

/// Below this `e^x` is as good as nothing, and still a normal number.
const LOWEST: f64 = -700.0;

/// `e^x` for `x ≤ 0`, relative error below 1e-9.
///
/// ```text
/// x = k ln 2 + r,   |r| ≤ ln 2 / 2,   e^x = 2^k (1 + r + r²/2! + … + r⁸/8!)
/// ```
///
/// Adding 1.5 · 2⁵² leaves `k` in the last bits, from where it moves into the exponent. No
/// branch and no table, so the compiler may compute several at once; the same on every machine.
#[inline]
pub(super) fn exp(x: f64) -> f64 {
    const ROUNDER: f64 = 6_755_399_441_055_744.0;
    const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const SERIES: [f64; 9] = [
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ];
    let x = x.max(LOWEST);
    let rounded = x * std::f64::consts::LOG2_E + ROUNDER;
    let k = rounded - ROUNDER;
    let r = x - k * LN_2_HIGH - k * LN_2_LOW;
    let series = SERIES.iter().fold(0.0, |sum, term| sum * r + term);
    let power = f64::from_bits((rounded.to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    series * power
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn agrees_with_the_standard_library() {
        for i in 0..7_000 {
            let x = -f64::from(i) / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-9, "{x}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e9) < 1e-300);
    }
}
