//! The row of a pivot, and the choice of the variable that enters.

use super::state::{Place, Simplex};

/// Entries of a row smaller than this do not count.
const ENTRY: f64 = 1e-9;

/// Reduced costs may pass zero by this much if that gives a larger pivot.
const SLIP: f64 = 1e-9;

/// The row of a pivot, `ρ N`, and what came of its ratio test.
#[derive(Debug, Clone, Default)]
pub(super) struct Ratio {
    alpha: Vec<f64>,
    is_touched: Vec<bool>,
    /// Variables with an entry.
    pub(super) touched: Vec<usize>,
    /// Variables that go to their other bound.
    pub(super) flips: Vec<usize>,
    candidates: Vec<(f64, usize)>,
}

impl Ratio {
    pub(super) fn alpha(&self, variable: usize) -> f64 {
        self.alpha[variable]
    }

    /// Works out the row.
    pub(super) fn row(&mut self, simplex: &Simplex, rho: &[f64]) {
        let total = simplex.place.len();
        for &variable in &self.touched {
            if variable < self.alpha.len() {
                self.alpha[variable] = 0.0;
                self.is_touched[variable] = false;
            }
        }
        self.touched.clear();
        self.alpha.resize(total, 0.0);
        self.is_touched.resize(total, false);
        let variables = simplex.program.columns.len();
        for (row, &r) in rho.iter().enumerate() {
            if r == 0.0 {
                continue;
            }
            for &(variable, value) in &simplex.program.rows[row] {
                self.alpha[variable] += r * value;
                if !self.is_touched[variable] {
                    self.is_touched[variable] = true;
                    self.touched.push(variable);
                }
            }
            self.alpha[variables + row] = r;
            self.is_touched[variables + row] = true;
            self.touched.push(variables + row);
        }
    }

    /// The variable that enters when one that is `off` its bounds leaves, and the flips before it.
    pub(super) fn entering(&mut self, simplex: &Simplex, off: f64) -> Option<usize> {
        self.flips.clear();
        self.candidates.clear();
        let sign = off.signum();
        for &variable in &self.touched {
            let alpha = sign * self.alpha[variable];
            let is_open = match simplex.place[variable] {
                Place::Basic(_) => false,
                Place::Lower => alpha > ENTRY,
                Place::Upper => alpha < -ENTRY,
            };
            if is_open {
                let (lower, upper) = simplex.bounds(variable);
                if lower < upper {
                    let ratio = (simplex.reduced[variable] / alpha).max(0.0);
                    self.candidates.push((ratio, variable));
                }
            }
        }
        self.candidates
            .sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut slope = off.abs();
        let mut first = 0;
        while first < self.candidates.len() {
            // The group whose ratios are equal but for the slip.
            let mut limit = f64::INFINITY;
            let mut end = first;
            let mut fall = 0.0;
            while end < self.candidates.len() && self.candidates[end].0 <= limit {
                let (ratio, variable) = self.candidates[end];
                let size = self.alpha[variable].abs();
                limit = limit.min(ratio + SLIP / size);
                let (lower, upper) = simplex.bounds(variable);
                fall += size * (upper - lower);
                end += 1;
            }
            let is_last = end == self.candidates.len();
            if slope - fall >= 0.0 && !is_last {
                slope -= fall;
                first = end;
                continue;
            }
            let group = &self.candidates[first..end];
            let best = group.iter().max_by(|a, b| {
                let sizes = self.alpha[a.1].abs().total_cmp(&self.alpha[b.1].abs());
                sizes.then(b.1.cmp(&a.1))
            });
            let &(ratio, entering) = best?;
            let passed = self.candidates[..end].iter();
            self.flips = passed
                .filter(|c| c.0 < ratio && c.1 != entering)
                .map(|c| c.1)
                .filter(|&v| {
                    let (lower, upper) = simplex.bounds(v);
                    (upper - lower).is_finite()
                })
                .collect();
            return Some(entering);
        }
        None
    }
}
