//! Forecasts of a hierarchy made to add up.
//!
//! Three ways, for one value a node:
//!
//! * bottom-up: leaves stay, every other node is the sum of its children;
//! * top-down by forecast shares: the top stays, a node is split in the proportions of its
//!   children's forecasts (Athanasopoulos, Ahmed and Hyndman 2009); evenly when all are zero;
//! * weighted least squares: the coherent values `x` with the least `sum (x - f)^2 / v`, `f` the
//!   forecasts and `v` the variances of their errors (Hyndman, Lee and Wang 2016).
//!
//! In a tree the last needs no matrix. Going up, the children of a node say `a = sum of their
//! estimates` with variance `b = sum of theirs`; the node's estimate is the mean of `a` and its
//! own forecast, weighted by `1/b` and `1/v`, with variance `1 / (1/b + 1/v)`. Going down, what
//! a node's final value exceeds `a` by is split over its children in proportion to their
//! variances. Both passes are exact and take time linear in the number of nodes.
//!
//! Leaves that come out negative are held at zero with no variance and the rest is solved
//! again until none is left: at most as many rounds as leaves. A leaf held at zero is not
//! released again. Values scale with the forecasts.

use crate::forecasting::automatic::local_forecast::{DayForecast, Volume};
use crate::forecasting::hierarchy::Hierarchy;
use crate::forecasting::input_error::{InputError, same_length};

/// How forecasts are made to add up.
#[derive(Debug, Clone, PartialEq)]
pub enum Reconciliation {
    /// Leaves stay.
    BottomUp,
    /// The tops stay; parts by shares of their forecasts.
    TopDown,
    /// Least squares, with the variance of the forecast error of every node.
    WeightedLeastSquares(Vec<f64>),
}

impl Hierarchy {
    /// Coherent, non-negative values from one forecast a node.
    ///
    /// # Errors
    ///
    /// [`InputError::UnequalLength`] and [`InputError::InvalidNumber`] for forecasts and
    /// variances that do not fit or are negative or no numbers.
    pub fn reconcile(
        &self,
        forecasts: &[f64],
        method: &Reconciliation,
    ) -> Result<Vec<f64>, InputError> {
        self.check("forecasts of a hierarchy", forecasts)?;
        let mut values = forecasts.to_vec();
        match method {
            Reconciliation::BottomUp => {}
            Reconciliation::TopDown => self.split_down(forecasts, &mut values),
            Reconciliation::WeightedLeastSquares(variances) => {
                self.check("variances of a hierarchy", variances)?;
                self.least_squares(forecasts, variances, &mut values);
            }
        }
        self.sum_up(&mut values);
        Ok(values)
    }

    /// Makes the forecasts of one day, one a node, add up: means by day and interval exactly.
    ///
    /// Day totals are reconciled; a leaf's intervals follow its total; the intervals of every other
    /// node are the sums of its children's. Quantiles of a total or interval are multiplied by the
    /// factor of its mean, which keeps the relative spread the node was forecast with; where
    /// the mean was zero the new value is a point.
    ///
    /// # Errors
    ///
    /// As [`Hierarchy::reconcile`], and [`InputError::UnequalLength`] for nodes with different
    /// numbers of intervals.
    pub fn reconcile_day(
        &self,
        days: &[DayForecast],
        method: &Reconciliation,
    ) -> Result<Vec<DayForecast>, InputError> {
        same_length("forecast days of a hierarchy", self.len(), days.len())?;
        let intervals = days.first().map_or(0, |day| day.intervals.len());
        for day in days {
            same_length("intervals of a day", intervals, day.intervals.len())?;
        }
        let totals: Vec<f64> = days.iter().map(|day| day.total.mean).collect();
        let totals = self.reconcile(&totals, method)?;
        let mut interval_means: Vec<Vec<f64>> = vec![vec![0.0; intervals]; days.len()];
        for node in (0..self.len()).rev() {
            if self.is_leaf(node) {
                interval_means[node] = followed(&days[node].intervals, totals[node]);
                continue;
            }
            for &child in self.children(node) {
                let (own, other) = interval_means.split_at_mut(child);
                for (sum, part) in own[node].iter_mut().zip(&other[0]) {
                    *sum += part;
                }
            }
        }
        Ok(days
            .iter()
            .zip(totals)
            .zip(interval_means)
            .map(|((day, total), means)| DayForecast {
                date: day.date,
                total: scaled(&day.total, total),
                intervals: day
                    .intervals
                    .iter()
                    .zip(means)
                    .map(|(interval, mean)| scaled(interval, mean))
                    .collect(),
                level_variance: day.level_variance,
            })
            .collect())
    }

    /// Splits every node over its children, from the top down.
    fn split_down(&self, forecasts: &[f64], values: &mut [f64]) {
        for node in 0..self.len() {
            let children = self.children(node);
            let sum: f64 = children.iter().map(|child| forecasts[*child]).sum();
            for &child in children {
                let share = if sum > 0.0 {
                    forecasts[child] / sum
                } else {
                    1.0 / children.len() as f64
                };
                values[child] = values[node] * share;
            }
        }
    }

    /// Weighted least squares with leaves held at zero where they would be negative.
    fn least_squares(&self, forecasts: &[f64], variances: &[f64], values: &mut [f64]) {
        let mut held = vec![false; self.len()];
        loop {
            self.two_passes(forecasts, variances, &held, values);
            let mut found = false;
            for node in 0..self.len() {
                if self.is_leaf(node) && !held[node] && values[node] < 0.0 {
                    held[node] = true;
                    found = true;
                }
            }
            if !found {
                return;
            }
        }
    }

    /// One exact solution by a pass up and a pass down.
    fn two_passes(&self, forecasts: &[f64], variances: &[f64], held: &[bool], values: &mut [f64]) {
        let mut estimate = forecasts.to_vec();
        let mut variance = variances.to_vec();
        let mut from_parts = vec![(0.0, 0.0); self.len()];
        for node in (0..self.len()).rev() {
            if held[node] {
                (estimate[node], variance[node]) = (0.0, 0.0);
            }
            if self.is_leaf(node) {
                continue;
            }
            let children = self.children(node);
            let sum: f64 = children.iter().map(|child| estimate[*child]).sum();
            let spread: f64 = children.iter().map(|child| variance[*child]).sum();
            from_parts[node] = (sum, spread);
            let own = variances[node];
            // Exact parts win over anything said about their sum.
            let weight = if spread > 0.0 {
                spread / (spread + own)
            } else {
                0.0
            };
            estimate[node] = sum + weight * (forecasts[node] - sum);
            variance[node] = spread * (1.0 - weight);
        }
        for node in 0..self.len() {
            if self.nodes()[node].parent.is_none() {
                values[node] = estimate[node];
            }
            let (sum, spread) = from_parts[node];
            for &child in self.children(node) {
                let share = if spread > 0.0 {
                    variance[child] / spread
                } else {
                    0.0
                };
                values[child] = estimate[child] + share * (values[node] - sum);
            }
        }
    }
}

/// Interval means that follow a new total; evenly over the day when there is no profile.
fn followed(intervals: &[Volume], total: f64) -> Vec<f64> {
    let sum: f64 = intervals.iter().map(|interval| interval.mean).sum();
    intervals
        .iter()
        .map(|interval| {
            if sum > 0.0 {
                total * (interval.mean / sum)
            } else {
                total / intervals.len() as f64
            }
        })
        .collect()
}

/// A volume with another mean and the same relative spread.
fn scaled(volume: &Volume, mean: f64) -> Volume {
    let quantiles = volume
        .quantiles
        .iter()
        .map(|quantile| {
            if volume.mean > 0.0 {
                quantile * (mean / volume.mean)
            } else {
                mean
            }
        })
        .collect();
    Volume { mean, quantiles }
}

#[cfg(test)]
#[path = "reconcile_tests.rs"]
mod tests;
