//! Triangular factors of small symmetric matrices.

/// Lower triangular factor; `None` when the matrix is not positive definite.
pub(crate) fn cholesky(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for (row, line) in matrix.iter().enumerate() {
        let mut made = Vec::with_capacity(row + 1);
        for (column, value) in line.iter().enumerate().take(row) {
            let rest = value - product(&made, &factor[column][..column]);
            made.push(rest / factor[column][column]);
        }
        let rest = line[row] - product(&made, &made);
        if rest.is_nan() || rest <= 1e-10 {
            return None;
        }
        made.push(rest.sqrt());
        factor.push(made);
    }
    Some(factor)
}

/// Solution of `factor x = right` with a lower triangular factor.
pub(crate) fn forward(factor: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let mut solution: Vec<f64> = Vec::with_capacity(right.len());
    for (row, (line, value)) in factor.iter().zip(right).enumerate() {
        let rest = value - product(&solution, &line[..row]);
        solution.push(rest / line[row]);
    }
    solution
}

/// Sum of the products of two lists.
pub(crate) fn product(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_and_solves() {
        let matrix = vec![vec![4.0, 2.0], vec![2.0, 5.0]];
        let factor = cholesky(&matrix).unwrap();
        assert_eq!(factor, vec![vec![2.0], vec![1.0, 2.0]]);
        assert_eq!(forward(&factor, &[2.0, 5.0]), vec![1.0, 2.0]);
        assert_eq!(cholesky(&[vec![1.0, 1.0], vec![1.0, 1.0]]), None);
    }
}
