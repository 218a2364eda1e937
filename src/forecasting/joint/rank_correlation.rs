//! Correlation of a Gaussian copula from ranks.

/// Common days a pair needs for a correlation of its own.
const LEAST_DAYS: usize = 8;
/// Largest absolute correlation of a pair.
pub(crate) const LARGEST: f64 = 0.999;

/// Correlation of one pair of series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PairCorrelation {
    /// The correlation.
    pub(crate) value: f64,
    /// Variance of the estimate.
    pub(crate) variance: f64,
    /// Days on which both series are known.
    pub(crate) days: f64,
}

/// Copula correlation of two series; `None` with fewer than eight common days or a series that
/// never varies.
pub(crate) fn pair_correlation(
    first: &[Option<f64>],
    second: &[Option<f64>],
) -> Option<PairCorrelation> {
    let common: Vec<(f64, f64)> = first
        .iter()
        .zip(second)
        .filter_map(|(a, b)| Some(((*a)?, (*b)?)))
        .collect();
    if common.len() < LEAST_DAYS {
        return None;
    }
    let days = common.len() as f64;
    let one = ranks(&common.iter().map(|item| item.0).collect::<Vec<f64>>());
    let other = ranks(&common.iter().map(|item| item.1).collect::<Vec<f64>>());
    let sum = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let scale = sum(&one, &one) * sum(&other, &other);
    if scale <= 0.0 {
        return None;
    }
    let rank = (sum(&one, &other) / scale.sqrt()).clamp(-1.0, 1.0);
    let value = (2.0 * (std::f64::consts::PI * rank / 6.0).sin()).clamp(-LARGEST, LARGEST);
    let variance = 1.06 * (1.0 - value * value).powi(2) / (days - 1.0);
    Some(PairCorrelation {
        value,
        variance,
        days,
    })
}

/// Ranks about their mean; equal values share theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let middle = (values.len() as f64 - 1.0) / 2.0;
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let alike = order[from..]
            .iter()
            .take_while(|index| values[**index] == values[order[from]])
            .count();
        let shared = from as f64 + (alike as f64 - 1.0) / 2.0 - middle;
        for index in &order[from..from + alike] {
            ranks[*index] = shared;
        }
        from += alike;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_rank() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 9.0]), vec![0.0, -1.5, 0.0, 1.5]);
        assert_eq!(ranks(&[2.0, 2.0]), vec![0.0, 0.0]);
    }

    #[test]
    fn monotone_series_are_fully_correlated() {
        let rising: Vec<Option<f64>> = (0..20).map(|day| Some(f64::from(day))).collect();
        let curved: Vec<Option<f64>> = (0..20).map(|day| Some(f64::from(day).exp())).collect();
        let falling: Vec<Option<f64>> = (0..20).map(|day| Some(-f64::from(day))).collect();
        let value = |other: &[Option<f64>]| pair_correlation(&rising, other).unwrap().value;
        assert_eq!(value(&curved), LARGEST);
        assert_eq!(value(&falling), -LARGEST);
        assert_eq!(pair_correlation(&rising[..7], &curved[..7]), None);
        assert_eq!(pair_correlation(&rising, &[Some(1.0); 20]), None);
    }
}
