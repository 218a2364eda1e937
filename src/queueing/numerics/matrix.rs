//! Small square and rectangular matrices of real numbers, as the phase-type queue needs them.

/// A dense matrix, row after row.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::queueing) struct Matrix {
    rows: usize,
    columns: usize,
    cells: Vec<f64>,
}

impl Matrix {
    pub(in crate::queueing) fn zero(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            cells: vec![0.0; rows * columns],
        }
    }

    pub(in crate::queueing) fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.columns + column]
    }

    pub(in crate::queueing) fn add_at(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.columns + column] += value;
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.cells[row * self.columns..(row + 1) * self.columns]
    }

    /// `self + factor · other`.
    pub(in crate::queueing) fn plus(mut self, factor: f64, other: &Self) -> Self {
        for (cell, added) in self.cells.iter_mut().zip(&other.cells) {
            *cell += factor * added;
        }
        self
    }

    /// `factor · self`.
    pub(in crate::queueing) fn times(mut self, factor: f64) -> Self {
        self.cells.iter_mut().for_each(|cell| *cell *= factor);
        self
    }

    /// The identity minus this square matrix.
    pub(in crate::queueing) fn one_minus(self) -> Self {
        let mut result = self.times(-1.0);
        for i in 0..result.rows {
            result.add_at(i, i, 1.0);
        }
        result
    }

    /// `self · other`.
    pub(in crate::queueing) fn product(&self, other: &Self) -> Self {
        let mut result = Self::zero(self.rows, other.columns);
        for i in 0..self.rows {
            for (k, &factor) in self.row(i).iter().enumerate() {
                if factor != 0.0 {
                    for (cell, term) in result.row_mut(i).iter_mut().zip(other.row(k)) {
                        *cell += factor * term;
                    }
                }
            }
        }
        result
    }

    pub(in crate::queueing) fn transposed(&self) -> Self {
        let mut result = Self::zero(self.columns, self.rows);
        for i in 0..self.rows {
            for (j, &value) in self.row(i).iter().enumerate() {
                result.add_at(j, i, value);
            }
        }
        result
    }

    /// `vector · self`.
    pub(in crate::queueing) fn apply(&self, vector: &[f64]) -> Vec<f64> {
        let mut result = vec![0.0; self.columns];
        for (row, &factor) in vector.iter().enumerate() {
            for (cell, term) in result.iter_mut().zip(self.row(row)) {
                *cell += factor * term;
            }
        }
        result
    }

    /// The matrix `X` with `self · X = right`, by elimination with row exchanges.
    pub(in crate::queueing) fn solve(mut self, mut right: Self) -> Self {
        let n = self.rows;
        for column in 0..n {
            self.exchange(&mut right, column);
            let pivot = self.at(column, column);
            for row in column + 1..n {
                let factor = self.at(row, column) / pivot;
                if factor != 0.0 {
                    subtract(&mut self, row, column, factor);
                    subtract(&mut right, row, column, factor);
                }
            }
        }
        for row in (0..n).rev() {
            for later in row + 1..n {
                let factor = self.at(row, later);
                if factor != 0.0 {
                    subtract(&mut right, row, later, factor);
                }
            }
            let pivot = self.at(row, row);
            right
                .row_mut(row)
                .iter_mut()
                .for_each(|cell| *cell /= pivot);
        }
        right
    }

    /// Brings the largest entry of a column to the diagonal, in both matrices.
    fn exchange(&mut self, right: &mut Self, column: usize) {
        let size = |row: &usize| self.at(*row, column).abs();
        let best = (column..self.rows)
            .max_by(|a, b| size(a).total_cmp(&size(b)))
            .unwrap_or(column);
        if best != column {
            for matrix in [self, right] {
                for k in 0..matrix.columns {
                    let (a, b) = (column * matrix.columns + k, best * matrix.columns + k);
                    matrix.cells.swap(a, b);
                }
            }
        }
    }
}

/// Takes `factor` times the row `from` off the row `row`, which is another.
fn subtract(matrix: &mut Matrix, row: usize, from: usize, factor: f64) {
    let width = matrix.columns;
    let (low, high) = (row.min(from), row.max(from));
    let (head, tail) = matrix.cells.split_at_mut(high * width);
    let (upper, lower) = (
        &mut head[low * width..(low + 1) * width],
        &mut tail[..width],
    );
    let (target, source) = if row > from {
        (lower, upper)
    } else {
        (upper, lower)
    };
    for (cell, term) in target.iter_mut().zip(source) {
        *cell -= factor * *term;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_with_row_exchanges() {
        let mut a = Matrix::zero(3, 3);
        for (i, value) in [0.0, 2.0, 1.0, 1.0, 1.0, 0.0, 3.0, 0.0, 1.0]
            .iter()
            .enumerate()
        {
            a.add_at(i / 3, i % 3, *value);
        }
        let mut x = Matrix::zero(3, 2);
        for i in 0..6u32 {
            let at = i as usize;
            x.add_at(at / 2, at % 2, f64::from(i) - 2.5);
        }
        let found = a.clone().solve(a.product(&x));
        for i in 0..6 {
            assert!((found.at(i / 2, i % 2) - x.at(i / 2, i % 2)).abs() < 1e-14);
        }
        assert_eq!(
            Matrix::zero(2, 2).one_minus().apply(&[3.0, 4.0]),
            [3.0, 4.0]
        );
    }
}
