//! Distributions of times and factors, written once.

/// How a time or a factor is distributed.
///
/// | law | mean | squared coefficient of variation |
/// |---|---|---|
/// | exponential | `mean` | 1 |
/// | uniform | `(low + high) / 2` | `(high − low)² / (3 (high + low)²)` |
/// | gamma | `mean` | `1 / shape` |
/// | lognormal | `mean` | `scv` |
/// | deterministic | `value` | 0 |
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Law {
    /// Memoryless.
    Exponential {
        /// Its mean.
        mean: f64,
    },
    /// Every value of a range alike.
    Uniform {
        /// The least value.
        low: f64,
        /// The largest value.
        high: f64,
    },
    /// Gamma, an Erlang law where the shape is whole.
    Gamma {
        /// Its mean.
        mean: f64,
        /// Its shape.
        shape: f64,
    },
    /// The exponential of a normal law.
    Lognormal {
        /// Its mean.
        mean: f64,
        /// Its variance over its squared mean.
        scv: f64,
    },
    /// Always the same.
    Deterministic {
        /// The value.
        value: f64,
    },
}

impl Law {
    /// The mean.
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Exponential { mean }
            | Self::Gamma { mean, .. }
            | Self::Lognormal { mean, .. } => mean,
            Self::Uniform { low, high } => f64::midpoint(low, high),
            Self::Deterministic { value } => value,
        }
    }

    /// Variance over squared mean; 0 where the mean is 0.
    pub fn scv(&self) -> f64 {
        match *self {
            Self::Exponential { .. } => 1.0,
            Self::Uniform { low, high } if high > 0.0 => {
                (high - low).powi(2) / (3.0 * (high + low).powi(2))
            }
            Self::Gamma { shape, .. } => 1.0 / shape,
            Self::Lognormal { scv, .. } => scv,
            Self::Uniform { .. } | Self::Deterministic { .. } => 0.0,
        }
    }

    /// What is wrong with the parameters, by name: the parameter, and what it must be.
    pub(crate) fn faults(&self) -> Vec<(&'static str, f64, &'static str)> {
        let mut found = Vec::new();
        let mut require = |name, value: f64, holds: bool, wanted| {
            if !(holds && value.is_finite()) {
                found.push((name, value, wanted));
            }
        };
        match *self {
            Self::Exponential { mean } => require("mean", mean, mean >= 0.0, NOT_NEGATIVE),
            Self::Uniform { low, high } => {
                require("low", low, low >= 0.0, NOT_NEGATIVE);
                require(
                    "high",
                    high,
                    high >= low,
                    "a finite number, not below `low`",
                );
            }
            Self::Gamma { mean, shape } => {
                require("mean", mean, mean >= 0.0, NOT_NEGATIVE);
                require("shape", shape, shape > 0.0, "a finite number above 0");
            }
            Self::Lognormal { mean, scv } => {
                require("mean", mean, mean >= 0.0, NOT_NEGATIVE);
                require("scv", scv, scv >= 0.0, NOT_NEGATIVE);
            }
            Self::Deterministic { value } => require("value", value, value >= 0.0, NOT_NEGATIVE),
        }
        found
    }
}

const NOT_NEGATIVE: &str = "a finite number, 0 or above";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_by_hand() {
        let uniform = Law::Uniform {
            low: 3.0,
            high: 7.0,
        };
        // Variance 16/12 over the squared mean 25.
        assert_eq!(uniform.mean(), 5.0);
        assert!((uniform.scv() - 16.0 / 12.0 / 25.0).abs() < 1e-15);
        let wrong = Law::Gamma {
            mean: -1.0,
            shape: f64::NAN,
        };
        assert_eq!(wrong.faults().len(), 2);
    }
}
