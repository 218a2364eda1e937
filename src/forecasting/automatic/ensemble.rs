//! Weights of the models by their record at past origins.

use super::day_error::{Bands, cube_root_error};
use super::numbers::scale_around_zero;

/// Sharpness of the weights: a model whose loss is this part above the best weighs `1/e` of it.
const TOLERANCE: f64 = 0.05;
/// Loss, relative to the best, beyond which a model is left out.
const CUTOFF: f64 = 1.3;
/// Origins at which learned and even weights have equal parts.
const EVEN_ORIGINS: f64 = 5.0;
/// Past errors in a band from which on its weights are learned.
const LEAST: usize = 10;
/// Loss, relative to the volume, up to which a model is exact.
const EXACT: f64 = 1e-9;
/// Standard normal deviates and probabilities of the loss.
const LEVELS: [(f64, f64); 5] = [
    (0.025, -1.959_964),
    (0.1, -1.281_552),
    (0.5, 0.0),
    (0.9, 1.281_552),
    (0.975, 1.959_964),
];

/// One past forecast with what came: `(step, actual, forecast)`.
pub(crate) type Record = (usize, f64, f64);

/// Weighted quantile loss of a model in one band: the bands are those of its own past errors
/// (robust scale, cube-root shape).
pub(crate) fn weighted_quantile_loss(records: &[Record]) -> Option<f64> {
    let errors: Vec<f64> = records
        .iter()
        .map(|&(_, actual, forecast)| cube_root_error(actual, forecast))
        .collect();
    let scale = scale_around_zero(&errors)?;
    let volume: f64 = records.iter().map(|record| record.1).sum();
    if volume <= 0.0 {
        return None;
    }
    let mut loss = 0.0;
    for (probability, deviate) in LEVELS {
        let factor = (1.0 + scale * deviate / 3.0).max(0.0).powi(3);
        for &(_, actual, forecast) in records {
            let miss = actual - forecast * factor;
            loss += 2.0 * (probability * miss).max((probability - 1.0) * miss);
        }
    }
    Some(loss / (LEVELS.len() as f64 * volume))
}

/// Weights of the models in one band, summing to one. Models without a record get none;
/// without enough records all models that have forecasts weigh the same.
pub(crate) fn band_weights(records: &[Vec<Record>], prior: &[f64], origins: usize) -> Vec<f64> {
    let even = EVEN_ORIGINS / (EVEN_ORIGINS + origins as f64);
    let most = records.iter().map(Vec::len).max().unwrap_or(0);
    let usable = |list: &Vec<Record>| list.len() == most && most > 0;
    let losses: Vec<Option<f64>> = records
        .iter()
        .map(|list| {
            if usable(list) {
                weighted_quantile_loss(list)
            } else {
                None
            }
        })
        .collect();
    let best = losses
        .iter()
        .flatten()
        .copied()
        .fold(f64::INFINITY, f64::min);
    let raw: Vec<f64> = losses
        .iter()
        .zip(prior)
        .map(|(loss, prior)| match loss {
            Some(_) if most < LEAST => *prior,
            // Where some are exact, they share the weight and the others have none.
            Some(loss) if best <= EXACT && *loss <= EXACT => *prior,
            Some(_) if best <= EXACT => 0.0,
            Some(loss) if *loss <= best * CUTOFF => {
                prior.powf(even) * (-(loss / best - 1.0) / TOLERANCE).exp()
            }
            _ => 0.0,
        })
        .collect();
    let sum: f64 = raw.iter().sum();
    let kept: f64 = raw
        .iter()
        .zip(prior)
        .filter(|pair| *pair.0 > 0.0)
        .map(|pair| pair.1)
        .sum();
    raw.iter()
        .zip(prior)
        .map(|(weight, prior)| {
            if *weight > 0.0 {
                weight / sum * (1.0 - even) + even * prior / kept
            } else {
                0.0
            }
        })
        .collect()
}

/// Weights by band; a band nobody has a record of takes those of the band before.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    bands: Bands,
    by_band: Vec<Vec<f64>>,
}

impl Weights {
    /// Learns from the records of every model.
    pub(crate) fn learn(
        bands: Bands,
        records: &[Vec<Record>],
        prior: &[f64],
        origins: usize,
    ) -> Self {
        let sum: f64 = prior.iter().sum();
        let even: Vec<f64> = prior.iter().map(|weight| weight / sum).collect();
        let mut by_band: Vec<Vec<f64>> = Vec::with_capacity(Bands::COUNT);
        for band in 0..Bands::COUNT {
            let inside: Vec<Vec<Record>> = records
                .iter()
                .map(|list| {
                    list.iter()
                        .filter(|record| bands.of(record.0) == band)
                        .copied()
                        .collect()
                })
                .collect();
            let weights = band_weights(&inside, prior, origins);
            if weights.iter().sum::<f64>() > 0.0 {
                by_band.push(weights);
            } else {
                by_band.push(by_band.last().cloned().unwrap_or_else(|| even.clone()));
            }
        }
        Self { bands, by_band }
    }

    /// Weights at a horizon.
    pub(crate) fn at(&self, step: usize) -> &[f64] {
        &self.by_band[self.bands.of(step)]
    }

    /// Weighted mean of the forecasts at a step; models without a forecast are left out.
    pub(crate) fn combine(&self, step: usize, forecasts: &[Option<f64>]) -> Option<f64> {
        let (mut sum, mut total) = (0.0, 0.0);
        for (weight, forecast) in self.at(step).iter().zip(forecasts) {
            if let Some(value) = forecast {
                sum += weight * value;
                total += weight;
            }
        }
        (total > 0.0).then(|| sum / total)
    }
}
