use chrono::NaiveDate;

use super::QUANTILES;

/// Whether day totals or intervals are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Day totals.
    Day,
    /// Intervals of the day.
    Interval,
}

/// One scored forecast.
#[derive(Debug, Clone)]
pub(super) struct Point {
    /// Place of the origin in the list of origins.
    pub(super) origin: usize,
    pub(super) step: usize,
    pub(super) date: NaiveDate,
    pub(super) actual: f64,
    pub(super) mean: f64,
    pub(super) quantiles: Option<[f64; 5]>,
}

/// What errors of one origin are measured by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    absolute: f64,
    square: f64,
}

impl Scale {
    /// Mean absolute and mean squared difference of pairs.
    pub(super) fn of(pairs: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut absolute, mut square, mut count) = (0.0, 0.0, 0.0);
        for (one, other) in pairs {
            absolute += (one - other).abs();
            square += (one - other).powi(2);
            count += 1.0;
        }
        Self {
            absolute: absolute / count,
            square: square / count,
        }
    }
}

/// Scores of a set of forecasts; fractions, not percentages. NaN where there is nothing to score.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Score {
    /// Number of forecasts.
    pub count: usize,
    /// Sum of absolute errors over the volume.
    pub wape: f64,
    /// Sum of errors over the volume.
    pub bias: f64,
    /// Mean absolute error over the mean weekly difference.
    pub mase: f64,
    /// Root mean square error over that of the weekly difference.
    pub rmsse: f64,
    /// Bands, from contenders that have any.
    pub bands: Option<Bands>,
}

/// Scores of bands and quantiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// Share within the central 80 % band.
    pub coverage_80: f64,
    /// Share within the central 95 % band.
    pub coverage_95: f64,
    /// Width of the 80 % band over the volume.
    pub width_80: f64,
    /// Weighted quantile loss.
    pub quantile_loss: f64,
}

impl Score {
    pub(super) fn of(points: &[&Point], scales: &[Scale]) -> Self {
        let volume: f64 = points.iter().map(|p| p.actual).sum();
        let sum = |error: fn(&Point) -> f64| points.iter().map(|p| error(p)).sum::<f64>() / volume;
        let (mase, rmsse) = scaled(points, scales);
        Self {
            count: points.len(),
            wape: sum(|p| (p.mean - p.actual).abs()),
            bias: sum(|p| p.mean - p.actual),
            mase,
            rmsse,
            bands: Bands::of(points, volume),
        }
    }
}

impl Bands {
    fn of(points: &[&Point], volume: f64) -> Option<Self> {
        let (mut in_80, mut in_95, mut width, mut loss) = (0, 0, 0.0, 0.0);
        for point in points {
            let (q, y) = (point.quantiles?, point.actual);
            in_80 += usize::from(q[1] <= y && y <= q[3]);
            in_95 += usize::from(q[0] <= y && y <= q[4]);
            width += q[3] - q[1];
            for (probability, value) in QUANTILES.iter().zip(q) {
                let miss = y - value;
                loss += 2.0 * (probability * miss).max((probability - 1.0) * miss);
            }
        }
        let count = points.len() as f64;
        (!points.is_empty()).then(|| Self {
            coverage_80: in_80 as f64 / count,
            coverage_95: in_95 as f64 / count,
            width_80: width / volume,
            quantile_loss: loss / QUANTILES.len() as f64 / volume,
        })
    }
}

/// Scaled errors, averaged over the origins that have any point.
fn scaled(points: &[&Point], scales: &[Scale]) -> (f64, f64) {
    let (mut mase, mut rmsse, mut origins) = (0.0, 0.0, 0.0);
    for (place, scale) in scales.iter().enumerate() {
        let own = || points.iter().filter(|p| p.origin == place);
        let count = own().count() as f64;
        if count > 0.0 {
            mase += own().map(|p| (p.mean - p.actual).abs()).sum::<f64>() / count / scale.absolute;
            let square = own().map(|p| (p.mean - p.actual).powi(2)).sum::<f64>() / count;
            rmsse += (square / scale.square).sqrt();
            origins += 1.0;
        }
    }
    (mase / origins, rmsse / origins)
}
