//! Noise of a interval around its share of the day.

/// Groups of equal size, by expected volume, whose mean squares are fitted.
const GROUPS: usize = 12;
/// Residuals of a interval at which its own factor and one weigh the same.
const INTERVAL_PRIOR: f64 = 20.0;

/// One past interval: what its share of the actual day total gave, and what came.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IntervalRecord {
    /// Interval within the day.
    pub(crate) interval: usize,
    /// Actual total of the day times the share.
    pub(crate) expected: f64,
    /// Observed volume.
    pub(crate) actual: f64,
    /// The share.
    pub(crate) share: f64,
}

/// `variance = factor(interval) x (dispersion x mean + profile x mean^2)`.
///
/// `dispersion` is one for Poisson counts, `profile` the squared relative error of the share;
/// both are fitted by least squares, in relative terms, to mean squared residuals over groups
/// of intervals with similar volume. A day total fixes the sum of its intervals, so residuals are
/// widened by `1 / (1 - share)`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Noise {
    /// Variance over mean of the counts.
    pub(crate) dispersion: f64,
    /// Squared relative error of the profile.
    pub(crate) profile: f64,
    /// Factor of every interval.
    pub(crate) factors: Vec<f64>,
}

impl Noise {
    /// Poisson counts on an exact profile, or no noise for series that are no counts.
    pub(crate) fn unknown(intervals: usize, whole: bool) -> Self {
        let dispersion = if whole { 1.0 } else { 0.0 };
        Self {
            dispersion,
            profile: 0.0,
            factors: vec![1.0; intervals],
        }
    }

    /// Caps the dispersion: the counts of a series vary no more than its totals do.
    pub(crate) fn limit(&mut self, dispersion: f64) {
        self.dispersion = self.dispersion.min(dispersion);
    }

    /// Fits to past residuals.
    pub(crate) fn learn(records: &[IntervalRecord], intervals: usize, whole: bool) -> Self {
        let mut points: Vec<(f64, f64)> = records
            .iter()
            .filter(|record| record.expected > 0.0 && record.share < 0.9)
            .map(|record| {
                let residual = record.actual - record.expected;
                (record.expected, residual * residual / (1.0 - record.share))
            })
            .collect();
        if intervals == 1 || points.len() < 2 * GROUPS {
            return Self::unknown(intervals, whole);
        }
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        // Relative least squares for two non-negative coefficients.
        let (mut aa, mut ab, mut bb, mut ay, mut by) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for group in points.chunks(points.len().div_ceil(GROUPS)) {
            let count = group.len() as f64;
            let linear = group.iter().map(|point| point.0).sum::<f64>() / count;
            let square = group.iter().map(|point| point.0 * point.0).sum::<f64>() / count;
            let variance = group.iter().map(|point| point.1).sum::<f64>() / count;
            if variance <= 0.0 {
                continue;
            }
            let (a, b) = (linear / variance, square / variance);
            aa += a * a;
            ab += a * b;
            bb += b * b;
            ay += a;
            by += b;
        }
        if aa <= 0.0 {
            return Self {
                dispersion: 0.0,
                profile: 0.0,
                factors: vec![1.0; intervals],
            };
        }
        let determinant = aa * bb - ab * ab;
        let (mut dispersion, mut profile) = if determinant > 1e-12 * aa * bb {
            (
                (ay * bb - by * ab) / determinant,
                (by * aa - ay * ab) / determinant,
            )
        } else {
            (ay / aa, 0.0)
        };
        if profile < 0.0 {
            (dispersion, profile) = (ay / aa, 0.0);
        } else if dispersion < 0.0 {
            (dispersion, profile) = (0.0, by / bb);
        }
        let mut noise = Self {
            dispersion,
            profile,
            factors: vec![1.0; intervals],
        };
        noise.factors = noise.interval_factors(records, intervals);
        noise
    }

    /// Observed over modelled squares of each interval, shrunk to one.
    fn interval_factors(&self, records: &[IntervalRecord], intervals: usize) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0, 0.0); intervals];
        for record in records
            .iter()
            .filter(|record| record.expected > 0.0 && record.share < 0.9)
        {
            let residual = record.actual - record.expected;
            let entry = &mut sums[record.interval];
            entry.0 += residual * residual / (1.0 - record.share);
            entry.1 += self.variance(record.interval, record.expected);
            entry.2 += 1.0;
        }
        sums.into_iter()
            .map(|(observed, modelled, count)| {
                if modelled <= 0.0 {
                    return 1.0;
                }
                let ratio = (observed / modelled).clamp(0.25, 4.0);
                (ratio * count + INTERVAL_PRIOR) / (count + INTERVAL_PRIOR)
            })
            .collect()
    }

    /// Variance of a interval with the given mean, the day total being known.
    pub(crate) fn variance(&self, interval: usize, mean: f64) -> f64 {
        self.factors.get(interval).copied().unwrap_or(1.0)
            * (self.dispersion * mean + self.profile * mean * mean)
    }
}
