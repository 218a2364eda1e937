//! The cheapest way to give each row a column of its own.
//!
//! Hungarian method by shortest augmenting paths with potentials, `O(rows² · columns)`.
//! Source: Kuhn 1955, Munkres 1957; the form with potentials is that of Jonker and Volgenant 1987.

/// The column of each row; there are at least as many columns as rows.
pub(super) fn matching(cost: &[Vec<f64>]) -> Vec<usize> {
    let rows = cost.len();
    let columns = cost.first().map_or(0, Vec::len);
    // Row and column 0 stand for none.
    let mut row_price = vec![0.0; rows + 1];
    let mut column_price = vec![0.0; columns + 1];
    let mut row_of = vec![0; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut at = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut from = vec![0; columns + 1];
        let mut is_done = vec![false; columns + 1];
        loop {
            is_done[at] = true;
            let own = row_of[at];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in 1..=columns {
                if is_done[column] {
                    continue;
                }
                let reduced = cost[own - 1][column - 1] - row_price[own] - column_price[column];
                if reduced < least[column] {
                    (least[column], from[column]) = (reduced, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            if next == 0 {
                break;
            }
            for column in 0..=columns {
                if is_done[column] {
                    row_price[row_of[column]] += step;
                    column_price[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
            if row_of[at] == 0 {
                break;
            }
        }
        while at != 0 {
            let before = from[at];
            row_of[at] = row_of[before];
            at = before;
        }
    }
    let mut column_of = vec![0; rows];
    for (column, &row) in row_of.iter().enumerate().skip(1) {
        if row > 0 {
            column_of[row - 1] = column - 1;
        }
    }
    column_of
}

#[cfg(test)]
mod tests {
    use super::matching;

    fn least(cost: &[Vec<f64>], row: usize, taken: &mut Vec<usize>) -> f64 {
        if row == cost.len() {
            return 0.0;
        }
        let mut best = f64::INFINITY;
        for column in 0..cost[row].len() {
            if !taken.contains(&column) {
                taken.push(column);
                best = best.min(cost[row][column] + least(cost, row + 1, taken));
                taken.pop();
            }
        }
        best
    }

    #[test]
    fn nothing_is_cheaper() {
        let mut seed = 7_u64;
        for (rows, columns) in [(1, 1), (2, 4), (4, 4), (5, 6), (3, 7)] {
            let mut draw = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 40) as f64 % 50.0
            };
            let cost: Vec<Vec<f64>> = (0..rows)
                .map(|_| (0..columns).map(|_| draw()).collect())
                .collect();
            let found = matching(&cost);
            let total: f64 = found.iter().enumerate().map(|(r, &c)| cost[r][c]).sum();
            assert!((total - least(&cost, 0, &mut Vec::new())).abs() < 1e-9);
        }
    }
}
