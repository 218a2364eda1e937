use super::{FEASIBLE, GrowingLp, Growth, PIVOT, State, Var};

impl GrowingLp {
    /// Goes from a feasible point to the best one over the columns that are there, up to columns
    /// that would save no more than `worth` a unit.
    pub(crate) fn primal(&mut self, worth: f64, pivots: u64) -> Growth {
        let limit = self.pivots + pivots;
        let mut stalled = 0;
        loop {
            if self.pivots >= limit {
                return Growth::Stopped;
            }
            // After a long standstill the first improving column is taken, which cannot cycle.
            let Some((entering, upwards)) = self.entering(worth, stalled > 200) else {
                return Growth::Optimal;
            };
            let direction = self.inverse.times(&self.entries(entering));
            let sign = if upwards { 1.0 } else { -1.0 };
            let (lower, upper) = self.bounds(entering);
            let mut least = upper - lower;
            let mut leaving: Option<(usize, State)> = None;
            let mut size = 0.0;
            for (at, a) in direction.iter().enumerate() {
                let rate = a * sign;
                if rate.abs() < PIVOT {
                    continue;
                }
                let column = &self.columns[self.head[at]];
                let (room, end) = if rate > 0.0 {
                    (self.values[at] - column.lower, State::Lower)
                } else {
                    (column.upper - self.values[at], State::Upper)
                };
                if room == f64::INFINITY {
                    continue;
                }
                let step = room.max(0.0) / rate.abs();
                if step < least - 1e-12 || (step <= least + 1e-12 && rate.abs() > size) {
                    least = least.min(step);
                    leaving = Some((at, end));
                    size = rate.abs();
                }
            }
            if least == f64::INFINITY {
                // Nothing stops it: the caller's costs are not bounded below.
                return Growth::Stopped;
            }
            stalled = if least > FEASIBLE { 0 } else { stalled + 1 };
            let Some((at, end)) = leaving else {
                self.flip(entering);
                self.pivots += 1;
                continue;
            };
            self.look_at(at);
            self.pivot(entering, at, &direction, sign * least, end);
        }
    }

    /// The column with the best reduced cost, and whether it would grow.
    fn entering(&self, worth: f64, first: bool) -> Option<(Var, bool)> {
        let mut best = None;
        let mut most = worth;
        for &var in &self.active {
            let column = &self.columns[var];
            if column.lower == column.upper {
                continue;
            }
            let gain = match column.state {
                State::Basic(_) => continue,
                State::Lower => -column.reduced,
                State::Upper => column.reduced,
            };
            if gain > most {
                most = gain;
                best = Some((var, column.state == State::Lower));
                if first {
                    break;
                }
            }
        }
        best
    }

    /// Moves a nonbasic variable to its other bound.
    pub(super) fn flip(&mut self, var: Var) {
        let column = &mut self.columns[var];
        let by = column.upper - column.lower;
        let by = if column.state == State::Lower {
            column.state = State::Upper;
            by
        } else {
            column.state = State::Lower;
            -by
        };
        self.shift_values(var, by);
    }
}
