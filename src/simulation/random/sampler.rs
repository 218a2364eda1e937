//! A law made ready to be drawn from many times.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1, Gamma, LogNormal};

use super::Law;

/// Draws values of a [`Law`].
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) enum Sampler {
    Exponential(f64),
    Uniform { low: f64, width: f64 },
    Gamma(Gamma<f64>),
    Lognormal(LogNormal<f64>),
    Constant(f64),
}

impl Sampler {
    /// For a law whose parameters are in range; any other is a constant.
    pub(in crate::simulation) fn new(law: &Law) -> Self {
        let constant = Self::Constant(law.mean());
        match *law {
            Law::Exponential { mean } => Self::Exponential(mean),
            Law::Uniform { low, high } => Self::Uniform {
                low,
                width: high - low,
            },
            Law::Gamma { mean, shape } if mean > 0.0 => {
                Gamma::new(shape, mean / shape).map_or(constant, Self::Gamma)
            }
            Law::Lognormal { mean, scv } if mean > 0.0 && scv > 0.0 => {
                let variance = scv.ln_1p();
                LogNormal::new(mean.ln() - variance / 2.0, variance.sqrt())
                    .map_or(constant, Self::Lognormal)
            }
            _ => constant,
        }
    }

    #[inline]
    pub(in crate::simulation) fn draw<R: Rng + ?Sized>(&self, random: &mut R) -> f64 {
        match self {
            Self::Exponential(mean) => {
                let unit: f64 = Exp1.sample(random);
                unit * mean
            }
            Self::Uniform { low, width } => low + width * random.random::<f64>(),
            Self::Gamma(law) => law.sample(random),
            Self::Lognormal(law) => law.sample(random),
            Self::Constant(value) => *value,
        }
    }
}
