//! The Theta method.

use super::super::numbers::mean;
use super::super::series::place_indices;
use super::{DayModel, Past};

/// Rates tried for the smoothing.
const RATES: [f64; 6] = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7];

/// Standard Theta method (Assimakopoulos and Nikolopoulos 2000, in the form of Hyndman and
/// Billah 2003): weekday indices are divided out, simple exponential smoothing follows the
/// rest, and half the slope of the straight line through the last year is added as a drift.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theta;

impl DayModel for Theta {
    fn name(&self) -> &'static str {
        "theta"
    }

    fn forecast(&self, past: Past<'_>, future: &[usize]) -> Vec<f64> {
        let indices = place_indices(past.values, past.places, past.period);
        let start = past.values.len().saturating_sub(52 * past.period);
        let points: Vec<(f64, f64)> = (start..past.values.len())
            .filter_map(|day| {
                past.values[day].map(|value| (day as f64, value / indices[past.places[day]]))
            })
            .collect();
        if points.len() < 2 * past.period {
            return Vec::new();
        }
        let slope = slope_of(&points);
        let values: Vec<f64> = points.iter().map(|point| point.1).collect();
        let level = best_level(&values, 2 * past.period);
        future
            .iter()
            .enumerate()
            .map(|(step, &place)| {
                let drifted = level + 0.5 * slope * (step as f64 + 1.0);
                drifted.max(0.2 * level).min(5.0 * level) * indices[place]
            })
            .collect()
    }
}

/// Slope of the least-squares line.
fn slope_of(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let center = points.iter().map(|point| point.0).sum::<f64>() / count;
    let middle = points.iter().map(|point| point.1).sum::<f64>() / count;
    let (mut cross, mut square) = (0.0, 0.0);
    for (time, value) in points {
        cross += (time - center) * (value - middle);
        square += (time - center) * (time - center);
    }
    if square > 0.0 { cross / square } else { 0.0 }
}

/// Last level of the rate with the smallest absolute one-step error.
fn best_level(values: &[f64], start: usize) -> f64 {
    let first = mean(&values[..start.min(values.len())]).unwrap_or(0.0);
    let mut best = (f64::INFINITY, first);
    for rate in RATES {
        let (mut level, mut loss) = (first, 0.0);
        for value in values.iter().skip(start) {
            loss += (value - level).abs();
            level += rate * (value - level);
        }
        if loss < best.0 {
            best = (loss, level);
        }
    }
    best.1
}
