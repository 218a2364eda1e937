//! Size and shape of the error of a day total by horizon.

use super::numbers::{mean, scale_around_zero, student_probability, student_quantile};

/// Degrees of freedom tried for the tails, from heavy to normal.
const DEGREES: [f64; 5] = [4.0, 6.0, 10.0, 20.0, 1_000.0];
/// Power of the horizon with which an unobserved error grows; a random walk has one half.
const GROWTH: f64 = 0.25;
/// Independent errors from which on the assumed scale has no part.
const ENOUGH: f64 = 16.0;
/// Errors at which a band's own scale and the pooled scale weigh the same.
const BAND_PRIOR: f64 = 20.0;

/// Horizon bands in open days: the next day, the first cycle, four cycles, a quarter, beyond.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bands {
    limits: [usize; 4],
}

impl Bands {
    /// Number of bands.
    pub(crate) const COUNT: usize = 5;

    /// Bands for a cycle of `period` open days.
    pub(crate) fn new(period: usize) -> Self {
        Self {
            limits: [1, period, 4 * period, 13 * period],
        }
    }

    /// Open days of a cycle.
    pub(crate) fn period(self) -> usize {
        self.limits[1]
    }

    /// Band of the horizon, counted in open days from one.
    pub(crate) fn of(self, step: usize) -> usize {
        self.limits
            .iter()
            .take_while(|&&limit| step > limit)
            .count()
    }

    /// Last step of the given band that was looked at.
    fn center(self, band: usize) -> f64 {
        let low = if band == 0 { 0 } else { self.limits[band - 1] };
        let high = self.limits.get(band).copied().unwrap_or(4 * self.limits[3]);
        (low as f64 + 1.0 + high as f64) / 2.0
    }
}

/// Error on the cube-root scale, `3 ((y/f)^(1/3) - 1)`: close to the logarithm of the ratio,
/// finite at zero, and the scale on which [`super::Spread`] is symmetric.
pub(crate) fn cube_root_error(actual: f64, forecast: f64) -> f64 {
    if forecast <= 0.0 {
        0.0
    } else {
        (3.0 * ((actual / forecast).cbrt() - 1.0)).clamp(-3.0, 3.0)
    }
}

/// Scale of the error by horizon and the heaviness of its tails.
#[derive(Debug, Clone)]
pub(crate) struct DayError {
    bands: Bands,
    scales: [f64; Bands::COUNT],
    /// Degrees of freedom of the Student distribution of standardised errors.
    pub(crate) degrees: f64,
}

impl DayError {
    /// Learns from errors by band, of which `independent` count as independent; `fallback` is the scale without any error.
    pub(crate) fn learn(
        bands: Bands,
        errors: &[Vec<f64>],
        independent: f64,
        fallback: f64,
    ) -> Self {
        let pooled: Vec<f64> = errors.iter().flatten().copied().collect();
        let degrees = best_degrees(&pooled);
        let prior_count = if pooled.is_empty() { 0.0 } else { BAND_PRIOR };
        let overall = student_scale(&pooled, degrees).unwrap_or(fallback);
        // The assumed scale fades out until there are enough independent errors.
        let assumed = (1.0 - independent / ENOUGH).clamp(0.0, 1.0);
        let overall = assumed * fallback.max(overall) + (1.0 - assumed) * overall;
        let mut scales = [overall; Bands::COUNT];
        let mut last = 0.0_f64;
        for (band, scale) in scales.iter_mut().enumerate() {
            let list = errors.get(band).map_or(&[][..], Vec::as_slice);
            if let Some(own) = student_scale(list, degrees) {
                let count = list.len() as f64;
                *scale = (own * count + overall * prior_count) / (count + prior_count);
            } else if band > 0 && last > 0.0 {
                // Beyond what was observed: between a constant level and a random walk.
                *scale = last * (bands.center(band) / bands.center(band - 1)).powf(GROWTH);
            }
            *scale = scale.max(last);
            last = *scale;
        }
        // A scale from few independent errors, on which the weights were chosen as well, is
        // itself uncertain.
        let widened = 1.0 + 1.0 / independent.max(8.0);
        for scale in &mut scales {
            *scale *= widened;
        }
        Self {
            bands,
            scales,
            degrees,
        }
    }

    /// Scale at a horizon in open days, linear between the centres of the bands.
    pub(crate) fn scale(&self, step: usize) -> f64 {
        let band = self.bands.of(step);
        let here = step as f64;
        let center = self.bands.center(band);
        let other = if here < center {
            band.checked_sub(1)
        } else {
            Some(band + 1)
        };
        let Some(other) = other.filter(|&other| other < Bands::COUNT) else {
            return self.scales[band];
        };
        let far = self.bands.center(other);
        let share = (here - center) / (far - center);
        self.scales[band] + (self.scales[other] - self.scales[band]) * share.clamp(0.0, 1.0)
    }

    /// Deviate of the standardised error at a probability.
    pub(crate) fn deviate(&self, probability: f64) -> f64 {
        student_quantile(self.degrees, probability)
    }

    /// Place of a standardised error in the range from 0 to 1.
    pub(crate) fn place(&self, standardised: f64) -> f64 {
        student_probability(self.degrees, standardised)
    }

    /// Variance of the relative error at a horizon.
    pub(crate) fn variance(&self, step: usize) -> f64 {
        let scale = self.scale(step);
        scale * scale * self.degrees / (self.degrees - 2.0)
    }
}

/// Scale of Student's distribution by a few steps of the maximum-likelihood iteration.
fn student_scale(errors: &[f64], degrees: f64) -> Option<f64> {
    if errors.is_empty() {
        return None;
    }
    let mut square = scale_around_zero(errors)?
        .powi(2)
        .max(mean(&squares(errors))? * 0.05);
    if square <= 0.0 {
        return Some(0.0);
    }
    for _ in 0..8 {
        let sum: f64 = errors
            .iter()
            .map(|error| (degrees + 1.0) * error * error / (degrees + error * error / square))
            .sum();
        square = sum / errors.len() as f64;
    }
    Some(square.sqrt())
}

fn squares(errors: &[f64]) -> Vec<f64> {
    errors.iter().map(|error| error * error).collect()
}

/// Degrees of freedom with the largest likelihood; ten when there is little to go by.
fn best_degrees(errors: &[f64]) -> f64 {
    use statrs::function::gamma::ln_gamma;
    if errors.len() < 30 {
        return 10.0;
    }
    let mut best = (f64::NEG_INFINITY, 10.0);
    for degrees in DEGREES {
        let Some(scale) = student_scale(errors, degrees).filter(|scale| *scale > 0.0) else {
            continue;
        };
        let constant = ln_gamma(f64::midpoint(degrees, 1.0))
            - ln_gamma(degrees / 2.0)
            - 0.5 * (degrees * std::f64::consts::PI).ln()
            - scale.ln();
        let likelihood: f64 = errors
            .iter()
            .map(|error| {
                let standardised = error / scale;
                constant
                    - f64::midpoint(degrees, 1.0) * (standardised * standardised / degrees).ln_1p()
            })
            .sum();
        if likelihood > best.0 {
            best = (likelihood, degrees);
        }
    }
    best.1
}
