use super::{FEASIBLE, GrowingLp, Growth, PIVOT, State};

impl GrowingLp {
    /// Goes from a point that is best but breaks bounds to one that keeps them. Columns whose
    /// reduced costs have the wrong sign are passed over as if these were nothing.
    pub(crate) fn dual(&mut self, pivots: u64) -> Growth {
        let limit = self.pivots + pivots;
        loop {
            let Some((at, is_below)) = self.leaving() else {
                return Growth::Optimal;
            };
            if self.pivots >= limit {
                return Growth::Stopped;
            }
            self.look_at(at);
            let Some(entering) = self.cheapest(is_below) else {
                return Growth::Infeasible;
            };
            let direction = self.inverse.times(&self.entries(entering));
            if direction[at].abs() < PIVOT {
                // The row and the column disagree: the inverse has lost its digits.
                if self.since_renewal == 0 {
                    return Growth::Stopped;
                }
                self.renew();
                continue;
            }
            let column = &self.columns[self.head[at]];
            let (bound, end) = if is_below {
                (column.lower, State::Lower)
            } else {
                (column.upper, State::Upper)
            };
            let step = (self.values[at] - bound) / direction[at];
            self.pivot(entering, at, &direction, step, end);
        }
    }

    /// The basic variable farthest outside its bounds, measured along its edge, and whether it is
    /// below.
    fn leaving(&self) -> Option<(usize, bool)> {
        let mut worst = 0.0;
        let mut found = None;
        for (at, &value) in self.values.iter().enumerate() {
            let column = &self.columns[self.head[at]];
            let (outside, is_below) = if value < column.lower {
                (column.lower - value, true)
            } else {
                (value - column.upper, false)
            };
            if outside > FEASIBLE {
                let weighed = outside * outside / self.inverse.length(at);
                if weighed > worst {
                    worst = weighed;
                    found = Some((at, is_below));
                }
            }
        }
        found
    }

    /// The column that can mend the row last looked at, at the least rise of its reduced cost.
    fn cheapest(&self, is_below: bool) -> Option<usize> {
        let mut best = None;
        let (mut least, mut size) = (f64::INFINITY, 0.0);
        for (&var, &rate) in self.active.iter().zip(&self.rates) {
            if rate.abs() < PIVOT {
                continue;
            }
            let column = &self.columns[var];
            let is_lower = match column.state {
                State::Basic(_) => continue,
                State::Lower => true,
                State::Upper => false,
            };
            if column.lower == column.upper {
                continue;
            }
            // The basic variable must move up when it is below: by −rate for each unit.
            let mends = if is_below == is_lower { -rate } else { rate };
            if mends < PIVOT {
                continue;
            }
            let reduced = if is_lower {
                column.reduced
            } else {
                -column.reduced
            };
            let ratio = reduced.max(0.0) / mends;
            if ratio < least - 1e-9 || (ratio < least + 1e-9 && mends > size) {
                least = least.min(ratio);
                size = mends;
                best = Some(var);
            }
        }
        best
    }
}
