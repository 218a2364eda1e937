//! Small order statistics and special quantiles used by several models.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// The largest whole number not above `value`, kept within `0..=last`.
pub(crate) fn floor_index(value: f64, last: usize) -> usize {
    let (mut low, mut high) = (0, last);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if middle as f64 <= value {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// Quantile of ascending values by linear interpolation between order statistics
/// (type 7 of Hyndman and Fan 1996); `None` without values.
pub(crate) fn quantile_of_sorted(sorted: &[f64], probability: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = probability.clamp(0.0, 1.0) * last as f64;
    let low = floor_index(place, last);
    let below = *sorted.get(low)?;
    let above = *sorted.get((low + 1).min(last))?;
    Some(below + (above - below) * (place - low as f64))
}

/// Median of the values in any order; `None` without values.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, 0.5)
}

/// Arithmetic mean; `None` without values.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        None
    } else {
        Some(values.iter().sum::<f64>() / values.len() as f64)
    }
}

/// Standard deviation of a normal variable with the median absolute deviation of the
/// values around zero.
pub(crate) fn scale_around_zero(values: &[f64]) -> Option<f64> {
    let absolute: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    median(&absolute).map(|value| value * 1.4826)
}

/// Probability clipped away from zero and one, where quantiles are infinite.
fn inner(probability: f64) -> f64 {
    probability.clamp(1e-9, 1.0 - 1e-9)
}

/// Quantile of the standard normal distribution.
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(inner(probability))
}

/// Distribution function of the standard normal distribution.
pub(crate) fn normal_probability(value: f64) -> f64 {
    Normal::standard().cdf(value)
}

/// Quantile of Student's distribution with unit scale; normal from 200 degrees on.
pub(crate) fn student_quantile(degrees: f64, probability: f64) -> f64 {
    match StudentsT::new(0.0, 1.0, degrees) {
        Ok(student) if degrees < 200.0 => student.inverse_cdf(inner(probability)),
        _ => normal_quantile(probability),
    }
}

/// Distribution function of Student's distribution with unit scale.
pub(crate) fn student_probability(degrees: f64, value: f64) -> f64 {
    match StudentsT::new(0.0, 1.0, degrees) {
        Ok(student) if degrees < 200.0 => student.cdf(value),
        _ => normal_probability(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile_of_sorted(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!(quantile_of_sorted(&[], 0.5), None);
        assert_eq!(floor_index(2.9, 10), 2);
        assert_eq!(floor_index(99.0, 10), 10);
        assert_eq!(floor_index(-1.0, 10), 0);
    }

    #[test]
    fn student_reaches_the_normal() {
        assert!((student_quantile(1e3, 0.9) - 1.281_55).abs() < 1e-3);
        assert!(student_quantile(3.0, 0.9) > 1.6);
    }
}
