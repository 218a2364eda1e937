//! Accelerated steps uphill on the smoothed dual.

use super::dual::SoftDual;

/// Nesterov's accelerated gradient within a box, with a step of its own for each price.
///
/// ```text
/// x⁺ = [y + η T g(y) / w] within the box
/// y⁺ = [x⁺ + k / (k + 3) (x⁺ − x)] within the box
/// ```
///
/// `w` is the stiffness of each price. The pace `η` follows the curvature last seen,
/// `Σ w Δy² / −T Σ Δy Δg`: down at once and up slowly, for a curvature once seen is soon met again.
/// The momentum starts again (`k = 0`) when a step goes
/// against the gradient or the value falls.
///
/// **Source.** Nesterov (1983); restarts as in `O'Donoghue` and Candès (2015); smoothing as in
/// Nesterov (2005).
#[derive(Debug)]
pub(super) struct Climb {
    /// Where the climb is.
    pub(super) point: Vec<f64>,
    ceiling: Vec<f64>,
    stiffness: Vec<f64>,
    ahead: Vec<f64>,
    momentum: f64,
    pace: f64,
    value: f64,
    /// Where the last gradient was taken, and what it was.
    last: Option<(Vec<f64>, Vec<f64>)>,
}

/// First pace.
const PACE: f64 = 0.05;
/// Highest pace.
const FASTEST: f64 = 0.15;
/// Part of the inverse curvature that is taken as pace.
const CAUTION: f64 = 0.8;

impl Climb {
    /// A climb from a point below the ceiling.
    pub(super) fn new(point: Vec<f64>, ceiling: Vec<f64>, stiffness: Vec<f64>) -> Self {
        Self {
            ahead: point.clone(),
            point,
            ceiling,
            stiffness,
            momentum: 0.0,
            pace: PACE,
            value: f64::NEG_INFINITY,
            last: None,
        }
    }

    /// One step.
    pub(super) fn step(&mut self, dual: &mut SoftDual<'_>, temperature: f64) {
        let value = dual.evaluate(&self.ahead, temperature);
        let gradient = &dual.gradient;
        self.adapt(gradient, temperature);
        let beta = self.momentum / (self.momentum + 3.0);
        let mut uphill = 0.0;
        for (i, slope) in gradient.iter().enumerate() {
            let ceiling = self.ceiling[i];
            let step = self.pace * temperature * slope / self.stiffness[i];
            let next = (self.ahead[i] + step).clamp(0.0, ceiling);
            let change = next - self.point[i];
            uphill += slope * change;
            self.point[i] = next;
            self.ahead[i] = (next + beta * change).clamp(0.0, ceiling);
        }
        if uphill < 0.0 || (value < self.value && self.momentum > 2.0) {
            self.settle();
        } else {
            self.momentum += 1.0;
        }
        self.value = value;
    }

    /// Drops the momentum.
    pub(super) fn settle(&mut self) {
        self.momentum = 0.0;
        self.ahead.copy_from_slice(&self.point);
    }

    /// The point moved on by `factor` times its way from an earlier one, within the box.
    pub(super) fn beyond(&self, earlier: &[f64], factor: f64) -> Vec<f64> {
        let moved = self.point.iter().zip(earlier).zip(&self.ceiling);
        moved
            .map(|((now, then), &ceiling)| (now + factor * (now - then)).clamp(0.0, ceiling))
            .collect()
    }

    fn adapt(&mut self, gradient: &[f64], temperature: f64) {
        const SLOWER: f64 = 0.5;
        const FASTER: f64 = 1.001;
        let Some((point, before)) = &mut self.last else {
            self.last = Some((self.ahead.clone(), gradient.to_vec()));
            return;
        };
        let (mut turn, mut length) = (0.0, 0.0);
        for (i, slope) in gradient.iter().enumerate() {
            let way = self.ahead[i] - point[i];
            turn -= way * (slope - before[i]);
            length += way * way * self.stiffness[i];
        }
        let fitting = if turn > 0.0 {
            CAUTION * length / (turn * temperature)
        } else {
            f64::INFINITY
        };
        let faster = (self.pace * FASTER).min(FASTEST);
        self.pace = fitting.clamp(self.pace * SLOWER, faster);
        point.copy_from_slice(&self.ahead);
        before.copy_from_slice(gradient);
    }
}
