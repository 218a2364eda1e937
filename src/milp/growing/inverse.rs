/// Entries of a pivot's row and column below this are what rounding left.
const NOISE: f64 = 1e-12;

/// The inverse of a basis, held densely by rows.
#[derive(Debug, Clone)]
pub(super) struct Inverse {
    size: usize,
    /// Numbers between the beginnings of two rows.
    stride: usize,
    numbers: Vec<f64>,
    /// Squared length of each row, by which the dual method weighs them.
    lengths: Vec<f64>,
}

impl Inverse {
    pub(super) const fn new() -> Self {
        Self {
            size: 0,
            stride: 0,
            numbers: Vec::new(),
            lengths: Vec::new(),
        }
    }

    pub(super) fn row(&self, at: usize) -> &[f64] {
        &self.numbers[at * self.stride..at * self.stride + self.size]
    }

    /// Squared length of a row.
    pub(super) fn length(&self, at: usize) -> f64 {
        self.lengths[at]
    }

    /// Adds a row and a column for a row's own variable; `of_basis` are the coefficients of the
    /// basic variables in the new row, by position.
    pub(super) fn grow(&mut self, of_basis: &[(usize, f64)]) {
        let size = self.size;
        if size + 1 > self.stride {
            let stride = (self.stride * 3 / 2).max(64);
            let mut numbers = vec![0.0; stride * stride];
            for i in 0..size {
                numbers[i * stride..i * stride + size].copy_from_slice(self.row(i));
            }
            (self.stride, self.numbers) = (stride, numbers);
        }
        let (before, last) = self.numbers.split_at_mut(size * self.stride);
        let last = &mut last[..=size];
        last.fill(0.0);
        for &(at, a) in of_basis {
            let row = &before[at * self.stride..at * self.stride + size];
            for (x, b) in last.iter_mut().zip(row) {
                *x -= a * b;
            }
        }
        last[size] = 1.0;
        self.lengths.push(squared(last));
        for i in 0..size {
            before[i * self.stride + size] = 0.0;
        }
        self.size = size + 1;
    }

    /// Leaves out all but some rows and columns; the others belong to rows' own variables.
    pub(super) fn shrink(&mut self, rows: &[usize], columns: &[usize]) {
        // Both lists rise, so nothing is overwritten before it has moved.
        for (i, &row) in rows.iter().enumerate() {
            for (j, &column) in columns.iter().enumerate() {
                self.numbers[i * self.stride + j] = self.numbers[row * self.stride + column];
            }
        }
        self.size = rows.len();
        self.lengths = (0..self.size).map(|at| squared(self.row(at))).collect();
    }

    /// The inverse times a sparse column.
    pub(super) fn times(&self, terms: &[(u32, f64)]) -> Vec<f64> {
        (0..self.size)
            .map(|i| {
                let row = self.row(i);
                terms.iter().map(|&(r, a)| row[r as usize] * a).sum()
            })
            .collect()
    }

    pub(super) fn times_dense(&self, right: &[f64]) -> Vec<f64> {
        (0..self.size)
            .map(|i| self.row(i).iter().zip(right).map(|(a, b)| a * b).sum())
            .collect()
    }

    pub(super) fn transposed_times(&self, left: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; self.size];
        for (i, &c) in left.iter().enumerate().filter(|(_, c)| **c != 0.0) {
            for (p, a) in product.iter_mut().zip(self.row(i)) {
                *p += c * a;
            }
        }
        product
    }

    /// The basis takes a column in at `at`, whose form in terms of the old basis is `direction`.
    pub(super) fn pivot(&mut self, at: usize, direction: &[f64]) {
        let (size, stride) = (self.size, self.stride);
        let scale = 1.0 / direction[at];
        let pivot_row = &mut self.numbers[at * stride..at * stride + size];
        for x in pivot_row.iter_mut() {
            *x *= scale;
        }
        let pivot_row = pivot_row.to_vec();
        let places: Vec<usize> = (0..size).filter(|&c| pivot_row[c].abs() > NOISE).collect();
        let is_sparse = places.len() * 4 < size;
        self.lengths[at] = squared(&pivot_row);
        for (i, &a) in direction.iter().enumerate() {
            if a.abs() < NOISE || i == at {
                continue;
            }
            let row = &mut self.numbers[i * stride..i * stride + size];
            if is_sparse {
                let mut change = 0.0;
                for &c in &places {
                    let (before, after) = (row[c], row[c] - a * pivot_row[c]);
                    change += (after - before) * (after + before);
                    row[c] = after;
                }
                self.lengths[i] = (self.lengths[i] + change).max(1e-9);
            } else {
                for (x, p) in row.iter_mut().zip(&pivot_row) {
                    *x -= a * p;
                }
                self.lengths[i] = squared(row);
            }
        }
    }

    /// Inverts the basis of the columns given; false when it is singular.
    pub(super) fn renew(&mut self, columns: &[Vec<(u32, f64)>]) -> bool {
        let n = self.size;
        // Columns with one entry are settled at once; the others and the rows left are inverted.
        let mut position_of_row = vec![usize::MAX; n];
        let mut settled = vec![false; n];
        for (at, column) in columns.iter().enumerate() {
            if let [(row, a)] = column[..]
                && a != 0.0
                && position_of_row[row as usize] == usize::MAX
            {
                position_of_row[row as usize] = at;
                settled[at] = true;
            }
        }
        let open_rows: Vec<usize> = (0..n)
            .filter(|&r| position_of_row[r] == usize::MAX)
            .collect();
        let open: Vec<usize> = (0..n).filter(|&at| !settled[at]).collect();
        let k = open.len();
        if open_rows.len() != k {
            return false;
        }
        let mut index_of_row = vec![usize::MAX; n];
        for (i, &r) in open_rows.iter().enumerate() {
            index_of_row[r] = i;
        }
        let mut core = vec![0.0; k * k];
        for (c, &at) in open.iter().enumerate() {
            for &(row, a) in &columns[at] {
                let i = index_of_row[row as usize];
                if i != usize::MAX {
                    core[i * k + c] += a;
                }
            }
        }
        let Some(core) = inverted(core, k) else {
            return false;
        };
        self.numbers.fill(0.0);
        for (c, &at) in open.iter().enumerate() {
            for (i, &r) in open_rows.iter().enumerate() {
                self.numbers[at * self.stride + r] = core[c * k + i];
            }
        }
        // A settled variable takes what the others leave of its row.
        for (row, &at) in position_of_row.iter().enumerate() {
            if at != usize::MAX {
                self.numbers[at * self.stride + row] = 1.0;
            }
        }
        for (c, &at) in open.iter().enumerate() {
            for &(row, a) in &columns[at] {
                let own = position_of_row[row as usize];
                if own == usize::MAX {
                    continue;
                }
                for (i, &r) in open_rows.iter().enumerate() {
                    self.numbers[own * self.stride + r] -= a * core[c * k + i];
                }
            }
        }
        for (row, &at) in position_of_row.iter().enumerate() {
            if at != usize::MAX {
                let a = columns[at].first().map_or(1.0, |t| t.1);
                debug_assert_eq!(columns[at].first().map(|t| t.0 as usize), Some(row));
                if a != 1.0 {
                    for x in &mut self.numbers[at * self.stride..at * self.stride + n] {
                        *x /= a;
                    }
                }
            }
        }
        self.lengths = (0..n).map(|at| squared(self.row(at))).collect();
        true
    }
}

/// Sum of squares, in four lanes so that it need not wait for each addition.
fn squared(row: &[f64]) -> f64 {
    let mut lanes = [0.0; 4];
    let chunks = row.chunks_exact(4);
    let rest: f64 = chunks.remainder().iter().map(|x| x * x).sum();
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += x * x;
        }
    }
    lanes.iter().sum::<f64>() + rest
}

/// Gauss-Jordan in place with row exchanges; rows of the result belong to the columns of the input.
fn inverted(mut a: Vec<f64>, k: usize) -> Option<Vec<f64>> {
    let mut exchanged: Vec<usize> = Vec::with_capacity(k);
    let mut pivot_row = vec![0.0; k];
    for c in 0..k {
        let size = |row: usize| a[row * k + c].abs();
        let best = (c..k).max_by(|&x, &y| size(x).total_cmp(&size(y)).then(y.cmp(&x)))?;
        if size(best) < 1e-9 {
            return None;
        }
        exchanged.push(best);
        if best != c {
            let (before, after) = a.split_at_mut(best * k);
            before[c * k..(c + 1) * k].swap_with_slice(&mut after[..k]);
        }
        let scale = 1.0 / a[c * k + c];
        let row = &mut a[c * k..(c + 1) * k];
        row[c] = 1.0;
        for x in row.iter_mut() {
            *x *= scale;
        }
        pivot_row.copy_from_slice(row);
        let places: Vec<usize> = (0..k).filter(|&j| pivot_row[j] != 0.0).collect();
        let is_sparse = places.len() * 4 < k;
        for i in (0..k).filter(|&i| i != c) {
            let row = &mut a[i * k..(i + 1) * k];
            let factor = row[c];
            if factor == 0.0 {
                continue;
            }
            row[c] = 0.0;
            if is_sparse {
                for &j in &places {
                    row[j] -= factor * pivot_row[j];
                }
            } else {
                for (x, p) in row.iter_mut().zip(&pivot_row) {
                    *x -= factor * p;
                }
            }
        }
    }
    // Row exchanges of the input are column exchanges of the inverse, undone backwards.
    for (c, &other) in exchanged.iter().enumerate().rev() {
        if other != c {
            for i in 0..k {
                a.swap(i * k + c, i * k + other);
            }
        }
    }
    Some(a)
}
