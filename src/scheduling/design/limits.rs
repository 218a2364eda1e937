//! The plans of a node of the tree, and what prices prove for them.

use super::certificate::{DesignChoice, DesignPrices, DesignRow, unproven};
use super::layout::Layout;
use crate::scheduling::ScheduleError;

/// The plans of a node: what is known of each shift.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    /// Shifts that are not in use, or that are paid for in any case.
    pub(super) in_use: Vec<Option<bool>>,
    /// Fewest and most workers, by shift and day.
    pub(super) workers: Vec<(i64, i64)>,
}

impl Limits {
    /// All plans that can be cheapest.
    pub(super) fn all(layout: &Layout<'_>) -> Self {
        // Shifts that cost nothing may as well be in use.
        let free = (layout.problem.per_shift == 0).then_some(true);
        let pairs = (0..layout.shifts.len()).flat_map(|j| (0..layout.days).map(move |d| (j, d)));
        Self {
            in_use: vec![free; layout.shifts.len()],
            workers: pairs.map(|(j, d)| (0, layout.peak(j, d))).collect(),
        }
    }

    /// The two parts of a split; a part without plans is left out.
    pub(super) fn split(
        &self,
        layout: &Layout<'_>,
        choice: DesignChoice,
    ) -> Result<[Option<Self>; 2], ScheduleError> {
        let (mut low, mut high) = (self.clone(), self.clone());
        match choice {
            DesignChoice::InUse { shift } => {
                let state = self.in_use.get(shift);
                if state != Some(&None) {
                    return Err(unproven("a shift is split twice, or does not exist"));
                }
                low.in_use[shift] = Some(false);
                high.in_use[shift] = Some(true);
                Ok([Some(low), Some(high)])
            }
            DesignChoice::Workers {
                shift,
                day,
                at_most,
            } => {
                if shift >= self.in_use.len() || day >= layout.days {
                    return Err(unproven("a split names a shift or day that does not exist"));
                }
                let at = shift * layout.days + day;
                let (least, most) = self.workers[at];
                let cut = i64::from(at_most);
                low.workers[at] = (least, most.min(cut));
                high.workers[at] = (least.max(cut + 1), most);
                Ok([low, high]
                    .map(|part| Some(part).filter(|p| p.workers[at].0 <= p.workers[at].1)))
            }
        }
    }
}

/// Works out what prices prove, in whole numbers and from the problem alone.
#[derive(Debug, Clone)]
pub(super) struct Checker<'a> {
    layout: &'a Layout<'a>,
    /// Shifts and days, numbered together, that cover an interval.
    covering: Vec<Vec<usize>>,
}

/// What is left of the costs once the rows are priced.
struct Left {
    total: i128,
    missing: Vec<i128>,
    extra: Vec<i128>,
    in_use: Vec<i128>,
    workers: Vec<i128>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(layout: &'a Layout<'a>) -> Self {
        let mut covering = vec![Vec::new(); layout.intervals];
        for shift in 0..layout.shifts.len() {
            for day in 0..layout.days {
                for interval in layout.covered(shift, day) {
                    covering[interval].push(shift * layout.days + day);
                }
            }
        }
        Self { layout, covering }
    }

    /// The bound that some prices prove for the plans of a node, in fractions of a money unit.
    pub(super) fn value(
        &self,
        limits: &Limits,
        rows: &[DesignRow],
        prices: &DesignPrices,
    ) -> Result<i128, ScheduleError> {
        let layout = self.layout;
        if prices.cover.len() != layout.intervals {
            return Err(unproven("there is not one price for each interval"));
        }
        let mut left = self.covered(&prices.cover);
        let mut share = vec![0_i64; left.workers.len()];
        for &(row, price) in &prices.rows {
            if price < 0 {
                return Err(unproven("a row has a negative price"));
            }
            let row = rows.get(row);
            match row.ok_or_else(|| unproven("a row does not exist"))? {
                DesignRow::Presence { shift, interval } => {
                    self.presence(*shift, *interval, i128::from(price), &mut left)?;
                }
                DesignRow::Need { weights, in_use } => {
                    self.need(weights, in_use, i128::from(price), &mut share, &mut left)?;
                }
            }
        }
        let most_extra = 2 * i128::from(layout.highest());
        let mut total = left.total;
        for t in 0..layout.intervals {
            let required = i128::from(layout.required(t));
            total += (left.missing[t] * required).min(0);
            total += (left.extra[t] * (most_extra - required)).min(0);
        }
        for (shift, &price) in left.in_use.iter().enumerate() {
            let mut used = price;
            let mut is_worked = false;
            for at in shift * layout.days..(shift + 1) * layout.days {
                let (least, most) = limits.workers[at];
                let price = left.workers[at];
                used += price * i128::from(if price < 0 { most } else { least });
                is_worked |= least > 0;
            }
            total += match limits.in_use[shift] {
                Some(false) => 0,
                None if !is_worked => used.min(0),
                _ => used,
            };
        }
        Ok(total)
    }

    /// The costs, with cover priced.
    fn covered(&self, cover: &[i64]) -> Left {
        let layout = self.layout;
        let (n, scale) = (layout.intervals, i128::from(DesignPrices::SCALE));
        let fixed = i128::from(layout.problem.per_shift) * scale;
        let mut left = Left {
            total: 0,
            missing: vec![i128::from(layout.under) * scale; n],
            extra: vec![i128::from(layout.over) * scale; n],
            in_use: vec![fixed; layout.shifts.len()],
            workers: Vec::new(),
        };
        // Sums of prices, so that a shift is two look-ups.
        let mut sums = vec![0_i128; 2 * n + 1];
        for t in 0..2 * n {
            sums[t + 1] = sums[t] + i128::from(cover[t % n]);
        }
        for (t, &price) in cover.iter().enumerate() {
            let price = i128::from(price);
            left.total += price * i128::from(layout.required(t));
            left.missing[t] -= price;
            left.extra[t] += price;
        }
        for (shift, &(_, length)) in layout.shifts.iter().enumerate() {
            for day in 0..layout.days {
                let first = layout.first(shift, day);
                left.workers.push(sums[first] - sums[first + length]);
            }
        }
        left
    }

    fn presence(
        &self,
        shift: usize,
        interval: usize,
        price: i128,
        left: &mut Left,
    ) -> Result<(), ScheduleError> {
        let layout = self.layout;
        if shift >= layout.shifts.len() || interval >= layout.intervals {
            return Err(unproven(
                "a row names a shift or interval that does not exist",
            ));
        }
        left.in_use[shift] -= price * i128::from(layout.required(interval));
        left.extra[interval] -= price;
        for day in (0..layout.days).filter(|&d| layout.covers(shift, d, interval)) {
            left.workers[shift * layout.days + day] += price;
        }
        Ok(())
    }

    fn need(
        &self,
        weights: &[(usize, i64)],
        in_use: &[usize],
        price: i128,
        share: &mut [i64],
        left: &mut Left,
    ) -> Result<(), ScheduleError> {
        let layout = self.layout;
        let is_ordered =
            weights.is_sorted_by(|a, b| a.0 < b.0) && in_use.is_sorted_by(|a, b| a < b);
        let is_known = weights.last().is_none_or(|w| w.0 < layout.intervals)
            && in_use.last().is_none_or(|&s| s < layout.shifts.len());
        let is_small = weights.iter().all(|w| w.1.unsigned_abs() < 1_000);
        if !(is_ordered && is_known && is_small) {
            return Err(unproven(
                "a row is out of order, or names what does not exist",
            ));
        }
        let need: i64 = weights.iter().map(|&(t, w)| w * layout.required(t)).sum();
        if need <= 0 {
            return Err(unproven("a row needs nothing"));
        }
        left.total += price * i128::from(need);
        for &(interval, weight) in weights {
            let side = if weight > 0 {
                &mut left.missing
            } else {
                &mut left.extra
            };
            side[interval] -= price * i128::from(weight.abs());
            for &at in &self.covering[interval] {
                share[at] += weight;
            }
        }
        for &shift in in_use {
            left.in_use[shift] -= price * i128::from(need);
        }
        for &(interval, _) in weights {
            for &at in &self.covering[interval] {
                let share = std::mem::take(&mut share[at]);
                if share > 0 && in_use.binary_search(&(at / layout.days)).is_err() {
                    left.workers[at] -= price * i128::from(share);
                }
            }
        }
        Ok(())
    }
}
