//! How far a load is from the agents that it meets, without losing the digits of the difference.
//!
//! ```text
//! ε = (x − s) / s        d = ε − ln(1 + ε) ≥ 0        η = sign(ε) √(2d)
//! ```

/// Distance of `x` from `s`, relative to `s`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::queueing) struct Skew {
    /// `(x − s) / s`.
    pub epsilon: f64,
    /// `ε − ln(1 + ε)`.
    pub deviance: f64,
    /// `η`, of the sign of `ε`.
    pub eta: f64,
}

impl Skew {
    /// From `s > 0`, `x ≥ 0` and `difference = x − s`, computed by whoever knows it best.
    pub(in crate::queueing) fn new(s: f64, x: f64, difference: f64) -> Self {
        let epsilon = difference / s;
        let deviance = if epsilon < -0.5 {
            epsilon - (x / s).ln()
        } else {
            deviance(epsilon)
        };
        Self {
            epsilon,
            deviance,
            eta: (2.0 * deviance).sqrt().copysign(epsilon),
        }
    }
}

/// `ε − ln(1 + ε)` to full relative accuracy, unless `ε` is so near −1 that it has lost its own.
pub(in crate::queueing) fn deviance(epsilon: f64) -> f64 {
    let v = epsilon / (2.0 + epsilon);
    let w = v * v;
    // ln(1 + ε) = 2 artanh v and ε − 2v = ε v.
    if w < 0.003 {
        let tail = 1.0 / 3.0
            + w * (1.0 / 5.0 + w * (1.0 / 7.0 + w * (1.0 / 9.0 + w * (1.0 / 11.0 + w / 13.0))));
        return epsilon * v - 2.0 * v * w * tail;
    }
    if w < 0.06 {
        let mut tail = 1.0 / 27.0;
        for odd in [
            25.0, 23.0, 21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0,
        ] {
            tail = tail * w + 1.0 / odd;
        }
        return epsilon * v - 2.0 * v * w * tail;
    }
    epsilon - epsilon.ln_1p()
}
