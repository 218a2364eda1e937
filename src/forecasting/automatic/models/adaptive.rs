//! Adaptive level times weekday index, robust to single odd days.

use super::super::numbers::{mean, scale_around_zero};
use super::super::series::place_indices;
use super::{DayModel, Past};

/// Residual, in robust standard deviations, beyond which a day pulls no harder.
const PULL_LIMIT: f64 = 2.0;

/// Exponential smoothing of the totals over their weekday index, with Huber's bounded
/// residual: `level += rate x clip(y / index - level)`. The index is the median ratio to the
/// surrounding cycle. The forecast is the last level times the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Adaptive {
    /// Weight of the newest day in the level.
    pub(crate) rate: f64,
    /// Name for reports.
    pub(crate) name: &'static str,
}

impl DayModel for Adaptive {
    fn name(&self) -> &'static str {
        self.name
    }

    fn forecast(&self, past: Past<'_>, future: &[usize]) -> Vec<f64> {
        let indices = place_indices(past.values, past.places, past.period);
        let adjusted: Vec<f64> = past
            .values
            .iter()
            .zip(past.places)
            .filter_map(|(value, &place)| value.map(|value| value / indices[place]))
            .collect();
        let start = adjusted.len().min(2 * past.period);
        let Some(level) = smoothed_level(&adjusted, start, self.rate) else {
            return Vec::new();
        };
        future.iter().map(|&place| level * indices[place]).collect()
    }
}

/// Robustly smoothed last level, begun with the mean of the first `start` values; the rate
/// begins at that of a plain mean and falls to `rate`.
pub(crate) fn smoothed_level(values: &[f64], start: usize, rate: f64) -> Option<f64> {
    let mut level = mean(&values[..start.min(values.len())])?;
    let steps: Vec<f64> = values
        .windows(2)
        .map(|pair| (pair[1] - pair[0]) / std::f64::consts::SQRT_2)
        .collect();
    let limit = PULL_LIMIT * scale_around_zero(&steps).unwrap_or(0.0);
    for (count, value) in values.iter().enumerate().skip(start) {
        let residual = value - level;
        // Days that stay on one side for long may pull without limit through the rate alone.
        let bounded = if limit > 0.0 {
            residual.clamp(-limit, limit)
        } else {
            residual
        };
        level += rate.max(1.0 / (count as f64 + 1.0)) * bounded;
    }
    Some(level)
}
