//! From real numbers to counts, in one place: saturating, and NaN becomes 0.

/// The largest whole number not above `value`, saturating at the ends of `u32`.
pub fn floor(value: f64) -> u32 {
    saturate(value.floor())
}

/// The smallest whole number not below `value`, saturating at the ends of `u32`.
pub fn ceil(value: f64) -> u32 {
    saturate(value.ceil())
}

/// The nearest whole number, halves away from zero, saturating at the ends of `u32`.
pub fn round(value: f64) -> u32 {
    saturate(value.round())
}

/// A real number rounded to some decimals, halves away from zero; minus zero becomes zero.
pub fn decimals(value: f64, count: i32) -> f64 {
    let scale = 10f64.powi(count);
    (value * scale).round() / scale + 0.0
}

/// The nearest whole number between 0 and `most`, halves away from zero.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float to integer cast saturates and maps NaN to 0"
)]
pub fn round_within(value: f64, most: i64) -> i64 {
    (value.round() as i64).clamp(0, most)
}

/// The nearest whole number, halves away from zero, saturating at the ends of `i64`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float to integer cast saturates and maps NaN to 0, which is what is promised"
)]
pub fn nearest(value: f64) -> i64 {
    value.round() as i64
}

/// The number nearest to `value` between two bounds.
pub fn clamp(value: i64, least: u32, most: u32) -> u32 {
    u32::try_from(value.clamp(i64::from(least), i64::from(most.max(least)))).unwrap_or(most)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float to integer cast saturates and maps NaN to 0, which is what is promised"
)]
fn saturate(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saturates() {
        assert_eq!(floor(2.9), 2);
        assert_eq!(ceil(2.1), 3);
        assert_eq!(round(2.5), 3);
        assert_eq!(ceil(-1.0), 0);
        assert_eq!(ceil(f64::INFINITY), u32::MAX);
        assert_eq!(floor(f64::NAN), 0);
        assert_eq!(round_within(2.5, 9), 3);
        assert_eq!(round_within(-2.5, 9), 0);
        assert_eq!(round_within(f64::INFINITY, 9), 9);
        assert_eq!(nearest(-2.5), -3);
        assert_eq!(nearest(f64::INFINITY), i64::MAX);
    }
}
