//! Rows that have become idle, and a basis that starts anew.

use super::{GrowingLp, State};

impl GrowingLp {
    /// Whether a row takes no part: its own variable is basic.
    pub(crate) fn is_idle(&self, row: usize) -> bool {
        matches!(self.columns[self.own[row]].state, State::Basic(_))
    }

    /// Drops the idle rows that are not kept; the other ones move up.
    pub(crate) fn drop_rows(&mut self, keep: impl Fn(usize) -> bool) {
        let count = self.rows();
        let kept: Vec<usize> = (0..count)
            .filter(|&row| keep(row) || !self.is_idle(row))
            .collect();
        if kept.len() == count {
            return;
        }
        let mut number = vec![None; count];
        for (new, &row) in kept.iter().enumerate() {
            number[row] = u32::try_from(new).ok();
        }
        for (row, &var) in self.own.iter().enumerate() {
            if number[row].is_none() {
                let column = &mut self.columns[var];
                (column.lower, column.upper, column.state) = (0.0, 0.0, State::Lower);
                column.is_active = false;
                self.spare.push(var);
            }
        }
        let head = &self.head;
        let places: Vec<usize> = (0..count)
            .filter(|&at| self.columns[head[at]].state == State::Basic(at))
            .collect();
        self.inverse.shrink(&places, &kept);
        self.head = places.iter().map(|&at| self.head[at]).collect();
        self.values = places.iter().map(|&at| self.values[at]).collect();
        for (at, &var) in self.head.iter().enumerate() {
            self.columns[var].state = State::Basic(at);
        }
        self.own = kept.iter().map(|&row| self.own[row]).collect();
        self.right = kept.iter().map(|&row| self.right[row]).collect();
        self.multipliers = kept.iter().map(|&row| self.multipliers[row]).collect();
        let mut row = 0..count;
        self.cells_of_row
            .retain(|_| row.next().is_some_and(|row| number[row].is_some()));
        let renumber = |row: &mut u32| {
            let new = number[*row as usize];
            *row = new.unwrap_or_default();
            new.is_some()
        };
        for rows in &mut self.rows_of_cell {
            rows.retain_mut(renumber);
        }
        for column in &mut self.columns {
            column.terms.retain_mut(|(row, _)| renumber(row));
        }
        let columns = &self.columns;
        self.active.retain(|&var| columns[var].is_active);
    }

    /// Moves every variable between two bounds to the one that its reduced cost asks for.
    pub(crate) fn settle(&mut self) {
        for var in 0..self.columns.len() {
            let column = &self.columns[var];
            let is_wrong = match column.state {
                State::Basic(_) => false,
                State::Lower => column.reduced < 0.0,
                State::Upper => column.reduced > 0.0,
            };
            let range = column.upper - column.lower;
            if is_wrong && column.is_active && range > 0.0 && range.is_finite() {
                self.flip(var);
            }
        }
    }

    /// Gives the basis up for the rows' own variables.
    pub(crate) fn restart(&mut self) {
        for column in &mut self.columns {
            if let State::Basic(_) = column.state {
                column.state = if column.lower.is_finite() {
                    State::Lower
                } else {
                    State::Upper
                };
            }
        }
        for (row, &var) in self.own.iter().enumerate() {
            self.head[row] = var;
            self.columns[var].state = State::Basic(row);
        }
        self.renew();
    }
}
