//! The dual simplex method: steepest edge, bound flipping, perturbed costs.
//!
//! **Source.** Koberstein (2005), chapters 3 and 6; Forrest and Goldfarb (1992) for the weights.

use super::state::{Place, Simplex};

/// A basic variable may miss its bounds by this much.
const FEASIBLE: f64 = 1e-7;

/// Pivots between two factorisations.
const REFACTOR: usize = 80;

/// Times that shifted costs are taken back before the point is good enough.
const ATTEMPTS: u32 = 4;

/// Failed pivots before the method gives up.
const TROUBLES: u32 = 50;

/// Pivots smaller than this are refused.
const PIVOT: f64 = 1e-7;

/// Row and column of a pivot may differ by this share before the factors are renewed.
const DIFFERENCE: f64 = 1e-6;

/// Why the method stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scheduling::design) enum Ending {
    /// The program is solved.
    Optimal,
    /// The cost has passed the cutoff.
    Cutoff,
    /// It was told to stop.
    Stopped,
    /// It lost its numerical footing.
    Trouble,
}

impl Simplex {
    /// The position that is off its bounds most, measured along its edge, and by how much.
    fn leaving(&self) -> Option<(usize, f64)> {
        let mut best = None;
        let mut most = 0.0;
        for (position, &variable) in self.head.iter().enumerate() {
            let (lower, upper) = self.bounds(variable);
            let x = self.value[variable];
            let off = if x < lower - FEASIBLE {
                x - lower
            } else if x > upper + FEASIBLE {
                x - upper
            } else {
                continue;
            };
            let score = off * off / self.weight[position];
            if score > most {
                most = score;
                best = Some((position, off));
            }
        }
        best
    }

    /// Solves the program, or as much of it as `stop` and the cutoff allow.
    pub(in crate::scheduling::design) fn solve(
        &mut self,
        cutoff: f64,
        stop: &dyn Fn(u64) -> bool,
    ) -> Ending {
        if self.is_shifted {
            self.unshift();
        } else if !self.is_fresh {
            self.refresh();
        }
        let mut attempts = 0;
        let mut troubles = 0;
        let mut since = 0_u32;
        loop {
            since += 1;
            if since.is_multiple_of(16) && stop(self.work) {
                return Ending::Stopped;
            }
            if self.factor.age() >= REFACTOR {
                self.refresh();
            }
            if since.is_multiple_of(8) && self.dual_objective() > cutoff {
                return Ending::Cutoff;
            }
            let Some((position, off)) = self.leaving() else {
                if self.is_shifted && attempts < ATTEMPTS {
                    attempts += 1;
                    self.unshift();
                } else if self.factor.age() > 0 {
                    self.refresh();
                } else {
                    return Ending::Optimal;
                }
                continue;
            };
            if !self.pivot(position, off) {
                troubles += 1;
                if troubles > TROUBLES {
                    return Ending::Trouble;
                }
                self.weight.fill(1.0);
                if self.factor.age() == 0 {
                    // Another row may go first.
                    self.weight[position] = 1e12;
                }
                self.refresh();
            }
        }
    }

    /// One pivot. False when it could not be done safely.
    fn pivot(&mut self, position: usize, off: f64) -> bool {
        let rows = self.row_count();
        let leaving = self.head[position];
        let mut rho = vec![0.0; rows];
        rho[position] = 1.0;
        self.factor.backward(&mut rho);
        let mut ratio = std::mem::take(&mut self.ratio);
        ratio.row(self, &rho);
        let entering = ratio.entering(self, off);
        let alpha_row = entering.map_or(0.0, |q| ratio.alpha(q));
        let Some(entering) = entering.filter(|_| alpha_row.abs() >= PIVOT) else {
            // No column helps: a matter of rounding, since every program can be met.
            self.ratio = ratio;
            return false;
        };
        let mut direction = vec![0.0; rows];
        self.column(entering)
            .each(|row, value| direction[row] = value);
        self.factor.forward(&mut direction);
        let pivot = direction[position];
        if (pivot - alpha_row).abs() > DIFFERENCE * (1.0 + pivot.abs()) && self.factor.age() > 0 {
            self.ratio = ratio;
            return false;
        }
        // Variables passed on the way go to their other bound.
        let mut flipped = vec![0.0; rows];
        let mut any = false;
        for &variable in &ratio.flips {
            let (lower, upper) = self.bounds(variable);
            let (place, change) = match self.place[variable] {
                Place::Lower => (Place::Upper, upper - lower),
                _ => (Place::Lower, lower - upper),
            };
            self.place[variable] = place;
            self.value[variable] += change;
            self.column(variable)
                .each(|row, value| flipped[row] += value * change);
            any = true;
        }
        if any {
            self.factor.forward(&mut flipped);
            for (&variable, change) in self.head.iter().zip(&flipped) {
                self.value[variable] -= change;
            }
        }
        let (lower, upper) = self.bounds(leaving);
        let target = if off < 0.0 { lower } else { upper };
        let step = (self.value[leaving] - target) / pivot;
        for (&variable, entry) in self.head.iter().zip(&direction) {
            self.value[variable] -= step * entry;
        }
        self.value[entering] += step;
        self.value[leaving] = target;
        // Reduced costs.
        let length = self.reduced[entering] / alpha_row;
        for &variable in &ratio.touched {
            if variable != entering && !matches!(self.place[variable], Place::Basic(_)) {
                self.reduced[variable] -= length * ratio.alpha(variable);
                self.hold_sign(variable);
            }
        }
        self.reduced[entering] = 0.0;
        self.reduced[leaving] = -length;
        // Weights.
        let edge: f64 = rho.iter().map(|v| v * v).sum();
        let mut tau = rho;
        self.factor.forward(&mut tau);
        for (p, (weight, &entry)) in self.weight.iter_mut().zip(&direction).enumerate() {
            if p != position && entry != 0.0 {
                let share = entry / pivot;
                *weight = (*weight - 2.0 * share * tau[p] + share * share * edge).max(1e-4);
            }
        }
        self.weight[position] = (edge / (pivot * pivot)).max(1e-4);
        self.factor.replace(position, &direction);
        self.place[leaving] = if off < 0.0 {
            Place::Lower
        } else {
            Place::Upper
        };
        self.place[entering] = Place::Basic(position);
        self.head[position] = entering;
        self.hold_sign(leaving);
        self.work += rows as u64;
        self.ratio = ratio;
        true
    }
}
