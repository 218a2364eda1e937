//! Rows that the present point of the relaxation breaks.

use super::certificate::DesignRow;
use super::layout::Layout;
use super::needs::Needs;

/// A point of the relaxation, in workers.
#[derive(Debug, Clone, Default)]
pub(super) struct Point {
    /// Workers, by shift and day.
    pub(super) workers: Vec<f64>,
    /// How far each shift is in use.
    pub(super) in_use: Vec<f64>,
    pub(super) missing: Vec<f64>,
    pub(super) extra: Vec<f64>,
}

/// A row that a point breaks.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    /// By how much, as a share of what the row is about.
    pub(super) by: f64,
    pub(super) row: LinearRow,
}

/// A row of the relaxation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum LinearRow {
    /// A row that the certificate knows.
    Known(DesignRow),
    /// `x_jd ≤ peak_jd y_j`, which the certificate has built in.
    Peak { shift: usize, day: usize },
}

/// Rows are broken only by more than this share.
pub(super) const LEAST: f64 = 1e-3;

/// Finds broken rows.
#[derive(Debug, Clone)]
pub(super) struct Separator {
    needs: Needs,
}

impl Separator {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        Self {
            needs: Needs::new(layout),
        }
    }

    /// Shifts and days, numbered together, whose sum of weights is not 0, with that sum.
    pub(super) fn members(
        &self,
        layout: &Layout<'_>,
        weights: &[(usize, i64)],
    ) -> Vec<(usize, i64)> {
        self.needs.members(layout, weights)
    }

    /// The rows that a point breaks, those of the worst first; needs of up to `depth` steps.
    pub(super) fn broken(&self, layout: &Layout<'_>, point: &Point, depth: usize) -> Vec<Broken> {
        let mut found = Vec::new();
        self.needs.broken(layout, point, depth, &mut found);
        Self::peaks(layout, point, &mut found);
        Self::presences(layout, point, &mut found);
        // Sorting is stable, so equally broken rows keep their order.
        found.sort_by(|a, b| b.by.total_cmp(&a.by));
        found
    }

    fn peaks(layout: &Layout<'_>, point: &Point, found: &mut Vec<Broken>) {
        for (shift, &in_use) in point.in_use.iter().enumerate() {
            for day in 0..layout.days {
                let peak = layout.peak(shift, day) as f64;
                let workers = point.workers[shift * layout.days + day];
                let by = (workers - peak * in_use) / peak.max(1.0);
                if by > LEAST {
                    let row = LinearRow::Peak { shift, day };
                    found.push(Broken { by, row });
                }
            }
        }
    }

    /// For each shift and day the interval in which presence is broken most.
    fn presences(layout: &Layout<'_>, point: &Point, found: &mut Vec<Broken>) {
        for (shift, &in_use) in point.in_use.iter().enumerate() {
            if in_use > 1.0 - LEAST {
                continue;
            }
            let is_long = layout.shifts[shift].1 > layout.problem.intervals_per_day;
            for day in 0..layout.days {
                let workers = point.workers[shift * layout.days + day];
                if workers <= 0.0 {
                    continue;
                }
                let mut worst = (LEAST, None);
                for interval in layout.covered(shift, day) {
                    let mut present = workers;
                    if is_long {
                        present = (0..layout.days)
                            .filter(|&d| layout.covers(shift, d, interval))
                            .map(|d| point.workers[shift * layout.days + d])
                            .sum();
                    }
                    let allowed = layout.required(interval) as f64 * in_use + point.extra[interval];
                    let by = (present - allowed) / present.max(1.0);
                    if by > worst.0 {
                        worst = (by, Some(interval));
                    }
                }
                if let (by, Some(interval)) = worst {
                    let row = LinearRow::Known(DesignRow::Presence { shift, interval });
                    found.push(Broken { by, row });
                }
            }
        }
    }
}
