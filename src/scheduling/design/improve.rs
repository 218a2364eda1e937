//! Better plans: sets of shifts near a point of the relaxation, or near the best plan.

use super::layout::Layout;
use super::options::Budget;
use super::rows::Point;
use super::staffing::{Staffed, Staffing};
use crate::milp::Event;

/// Finds plans and keeps the best one.
#[derive(Debug)]
pub(super) struct Improver<'a> {
    layout: &'a Layout<'a>,
    budget: Budget<'a>,
    staffing: Staffing<'a>,
    best: Staffed,
    last: Vec<bool>,
    seed: u64,
}

impl<'a> Improver<'a> {
    pub(super) fn new(layout: &'a Layout<'a>, budget: Budget<'a>, seed: u64) -> Self {
        let workers = vec![0; layout.shifts.len() * layout.days];
        let cost = layout.cost(&workers);
        Self {
            staffing: Staffing::new(layout),
            best: Staffed { workers, cost },
            last: Vec::new(),
            layout,
            budget,
            seed,
        }
    }

    pub(super) fn pivots(&self) -> u64 {
        self.staffing.pivots()
    }

    pub(super) fn best(&self) -> &Staffed {
        &self.best
    }

    pub(super) fn into_best(self) -> Staffed {
        self.best
    }

    /// Opens the shifts that a point has in use, and those it has in use half or more.
    pub(super) fn round(&mut self, point: &Point) {
        for share in [0.01, 0.3, 0.6] {
            let is_open: Vec<bool> = point.in_use.iter().map(|&y| y > share).collect();
            self.offer(&is_open);
        }
    }

    fn offer(&mut self, is_open: &[bool]) {
        if self.last == is_open {
            return;
        }
        self.last = is_open.to_vec();
        let budget = self.budget;
        let staffed = self.staffing.staff(is_open, i64::MAX, &|_| budget.is_late());
        if let Some(staffed) = staffed
            && staffed.cost < self.best.cost
        {
            self.best = staffed;
            if std::env::var("LAB").is_ok() { eprintln!("  best {}", self.best.cost); }
            self.budget.tell(&Event::Incumbent {
                cost: self.best.cost as f64,
                bound: 0.0,
            });
        }
    }
}
