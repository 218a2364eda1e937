//! Correction of probability levels by the record of past forecasts.

use super::numbers::{normal_probability, quantile_of_sorted};

/// Past values from which on the record is used at all.
const LEAST: usize = 30;
/// Independent past values at which the record and the stated distribution weigh the same.
const PRIOR: f64 = 30.0;

/// Maps a nominal probability to the one that came true in the past.
///
/// Past values are placed in the distributions that were forecast for them; the empirical
/// quantile of these places at a nominal level is the level to ask for (split conformal
/// prediction after Vovk et al. 2005, written for distributions). It is averaged with the
/// nominal level by the number of independent places, so it fades in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calibration {
    sorted: Vec<f64>,
    weight: f64,
}

impl Calibration {
    /// From places in the range from 0 to 1, of which `independent` count as independent.
    pub(crate) fn new(mut places: Vec<f64>, independent: f64) -> Self {
        places.retain(|place| place.is_finite());
        places.sort_by(f64::total_cmp);
        let weight = if places.len() < LEAST {
            0.0
        } else {
            independent / (independent + PRIOR)
        };
        Self {
            sorted: places,
            weight,
        }
    }

    /// Level to ask the stated distribution for.
    pub(crate) fn level(&self, nominal: f64) -> f64 {
        if self.weight == 0.0 {
            return nominal;
        }
        let count = self.sorted.len() as f64;
        // The finite-sample levels of split conformal prediction.
        let place = if nominal < 0.5 {
            nominal * (count + 1.0) / count - 1.0 / count
        } else {
            nominal * (count + 1.0) / count
        };
        let found = quantile_of_sorted(&self.sorted, place.clamp(0.0, 1.0)).unwrap_or(nominal);
        (self.weight * found + (1.0 - self.weight) * nominal).clamp(1e-4, 1.0 - 1e-4)
    }
}

/// Corrections for small, middling and large expected volumes, each a third of the record.
#[derive(Debug, Clone, Default)]
pub(crate) struct VolumeCalibration {
    limits: [f64; 2],
    classes: [Calibration; 3],
}

impl VolumeCalibration {
    /// From pairs of expected volume and place.
    pub(crate) fn new(mut pairs: Vec<(f64, f64)>, independent: f64) -> Self {
        pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
        let means: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
        let limit = |share: f64| quantile_of_sorted(&means, share).unwrap_or(0.0);
        let limits = [limit(1.0 / 3.0), limit(2.0 / 3.0)];
        let mut places: [Vec<f64>; 3] = Default::default();
        for (mean, place) in pairs {
            places[class(limits, mean)].push(place);
        }
        Self {
            limits,
            classes: places.map(|list| Calibration::new(list, independent)),
        }
    }

    /// Levels to ask the stated distribution of a class for.
    pub(crate) fn levels(&self, nominal: &[f64]) -> [Vec<f64>; 3] {
        [0, 1, 2].map(|class: usize| {
            nominal
                .iter()
                .map(|level| self.classes[class].level(*level))
                .collect()
        })
    }

    /// Class of an expected volume.
    pub(crate) fn class(&self, mean: f64) -> usize {
        class(self.limits, mean)
    }
}

/// Index of the third that a volume belongs to.
fn class(limits: [f64; 2], mean: f64) -> usize {
    limits.iter().filter(|limit| mean > **limit).count()
}

/// Place of a standard normal deviate.
pub(crate) fn place_of_deviate(deviate: f64) -> f64 {
    normal_probability(deviate)
}
