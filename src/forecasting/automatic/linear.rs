//! Penalised least squares on accumulated normal equations.

/// Sums of `weight x x'` and `weight x y`, grown one observation at a time, so that the
/// fit at every origin of a backtest costs one solution and no second pass.
#[derive(Debug, Clone)]
pub(crate) struct NormalEquations {
    size: usize,
    matrix: Vec<f64>,
    right: Vec<f64>,
}

impl NormalEquations {
    /// Empty sums for `size` coefficients.
    pub(crate) fn new(size: usize) -> Self {
        Self {
            size,
            matrix: vec![0.0; size * size],
            right: vec![0.0; size],
        }
    }

    /// Multiplies all sums by a factor: exponential forgetting.
    pub(crate) fn forget(&mut self, factor: f64) {
        for value in self.matrix.iter_mut().chain(self.right.iter_mut()) {
            *value *= factor;
        }
    }

    /// Adds one observation (lower triangle only).
    pub(crate) fn add(&mut self, row: &[f64], response: f64) {
        for (index, (&value, lines)) in row
            .iter()
            .zip(self.matrix.chunks_exact_mut(self.size))
            .enumerate()
        {
            if value == 0.0 {
                continue;
            }
            for (sum, other) in lines.iter_mut().zip(row).take(index + 1) {
                *sum += value * other;
            }
        }
        for (sum, value) in self.right.iter_mut().zip(row) {
            *sum += value * response;
        }
    }

    /// Coefficients of least squares with the given quadratic penalties, by Cholesky
    /// factorisation; `None` when the penalised matrix is not positive definite.
    pub(crate) fn solve(&self, penalties: &[f64]) -> Option<Vec<f64>> {
        let size = self.size;
        let mut factor = self.matrix.clone();
        for row in 0..size {
            for column in 0..=row {
                let mut sum = factor[row * size + column];
                if row == column {
                    sum += penalties.get(row).copied().unwrap_or(0.0) + 1e-9;
                }
                for inner in 0..column {
                    sum -= factor[row * size + inner] * factor[column * size + inner];
                }
                if row == column {
                    if sum <= 0.0 || !sum.is_finite() {
                        return None;
                    }
                    factor[row * size + row] = sum.sqrt();
                } else {
                    factor[row * size + column] = sum / factor[column * size + column];
                }
            }
        }
        let mut solution = self.right.clone();
        for row in 0..size {
            for inner in 0..row {
                solution[row] -= factor[row * size + inner] * solution[inner];
            }
            solution[row] /= factor[row * size + row];
        }
        for row in (0..size).rev() {
            for inner in row + 1..size {
                solution[row] -= factor[inner * size + row] * solution[inner];
            }
            solution[row] /= factor[row * size + row];
        }
        Some(solution)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovers_a_plane() {
        let mut equations = NormalEquations::new(2);
        for step in 0..20 {
            let x = f64::from(step);
            equations.add(&[1.0, x], 3.0 + 2.0 * x);
        }
        let solution = equations.solve(&[0.0, 0.0]).unwrap();
        assert!((solution[0] - 3.0).abs() < 1e-5 && (solution[1] - 2.0).abs() < 1e-6);
    }
}
