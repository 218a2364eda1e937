//! How the profile of a day drifts: errors that neighbouring intervals have in common.
//!
//! A day is not off by one factor only: mornings and afternoons differ, and what the morning
//! says about the afternoon is less than the number of its contacts suggests. The relative
//! error of the expected volume in two intervals has, besides the level of the day, the covariance
//! `slow x exp(-|u - u'| / reach)`; `u` is the place of an interval in the day, as the share of the
//! day's volume expected before it, so that neither interval length nor quiet nights matter.
//!
//! Learning. Each of the latest complete days is cut into eight parts of equal expected volume
//! by the mean profile of the last same weekdays. For every two parts the mean product of their
//! relative errors, given the total of the day, is `slow x k - n`: `k` is the covariance above,
//! averaged over the parts and taken about the day's mean, and `n` what independent noise
//! contributes, because errors given the total sum to zero. Both are fitted by least squares for
//! each reach of a grid; the best reach is kept. The twentieth of days that fit worst (holidays,
//! outages) is left out. Pure numbers; no assumption on the distribution of volumes.

use crate::calendar::{Datelike, weekday_index};
use crate::forecasting::automatic::days::{Days, IntervalState};

/// Parts of a day.
const PARTS: usize = 8;
/// Points that stand for one part.
const POINTS: usize = 4;
/// Reaches tried, in shares of the day's volume.
const REACHES: [f64; 5] = [0.06, 0.12, 0.25, 0.5, 1.0];
/// Latest days looked at.
const DAYS: usize = 120;
/// Same weekdays that make a profile, and how many it needs.
const WEEKS: (usize, usize) = (6, 3);
/// Days it takes to learn anything.
const LEAST_DAYS: usize = 15;

/// Slow drift of the profile within a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithinDay {
    /// Squared relative error that neighbouring intervals share, beside the level of the day.
    pub slow: f64,
    /// Share of the day's volume over which it fades to a third.
    pub reach: f64,
}

impl WithinDay {
    /// No drift: a day is off by one factor only.
    pub fn none() -> Self {
        Self {
            slow: 0.0,
            reach: 1.0,
        }
    }

    /// A drift of five percent over a quarter of a day, for histories too short to learn from.
    pub fn assumed() -> Self {
        Self {
            slow: 0.0025,
            reach: 0.25,
        }
    }

    /// Learns from a history; [`WithinDay::assumed`] with fewer than fifteen usable days,
    /// [`WithinDay::none`] with fewer than eight intervals a day.
    pub fn learn(history: &Days) -> Self {
        if history.intervals() < PARTS {
            return Self::none();
        }
        let mut errors = part_errors(history);
        if errors.len() < LEAST_DAYS {
            return Self::assumed();
        }
        let square = |error: &Error| -> f64 { error.parts.iter().map(|part| part * part).sum() };
        errors.sort_by(|one, other| square(one).total_cmp(&square(other)));
        errors.truncate(errors.len() - errors.len() / 20);
        let weight: f64 = errors.iter().map(|error| error.total).sum();
        let mut best = (f64::INFINITY, Self::none());
        for reach in REACHES {
            let kernel = part_kernel(reach);
            // Least squares of the mean products on the kernel and a constant.
            let mut points = Vec::new();
            for (one, row) in kernel.iter().enumerate() {
                for (other, value) in row.iter().enumerate().take(one) {
                    let sum: f64 = errors
                        .iter()
                        .map(|error| error.total * error.parts[one] * error.parts[other])
                        .sum();
                    points.push((*value, sum / weight));
                }
            }
            let (slow, misfit) = fitted(&points);
            if misfit < best.0 {
                best = (misfit, Self { slow, reach });
            }
        }
        best.1
    }

    /// Correlation of the slow errors of two places in the day.
    pub(crate) fn correlation(self, one: f64, other: f64) -> f64 {
        (-(one - other).abs() / self.reach.max(1e-6)).exp()
    }
}

/// Places of the intervals of a day: the share expected before the middle of each.
pub(crate) fn places(means: &[f64]) -> Vec<f64> {
    let sum: f64 = means.iter().sum();
    let mut before = 0.0;
    means
        .iter()
        .map(|mean| {
            let middle = before + mean / 2.0;
            before += mean;
            if sum > 0.0 { middle / sum } else { 0.0 }
        })
        .collect()
}

/// Relative errors of the parts of a day.
struct Error {
    total: f64,
    parts: [f64; PARTS],
}

/// Errors of the latest complete days, each against the same weekdays before it.
fn part_errors(history: &Days) -> Vec<Error> {
    let mut past: [Vec<Vec<f64>>; 7] = Default::default();
    let mut errors = Vec::new();
    for (row, date) in history.rows().iter().zip(history.first().iter_days()) {
        let whole = row
            .iter()
            .all(|cell| matches!(cell, IntervalState::Known(_) | IntervalState::Closed));
        let volumes: Vec<f64> = row
            .iter()
            .map(|cell| cell.volume().unwrap_or(0.0))
            .collect();
        let total: f64 = volumes.iter().sum();
        if !whole || total <= 0.0 {
            continue;
        }
        let shares: Vec<f64> = volumes.iter().map(|volume| volume / total).collect();
        let known = &mut past[weekday_index(date.weekday())];
        if known.len() >= WEEKS.1 {
            let latest = &known[known.len().saturating_sub(WEEKS.0)..];
            let profile: Vec<f64> = (0..shares.len())
                .map(|interval| {
                    latest.iter().map(|list| list[interval]).sum::<f64>() / latest.len() as f64
                })
                .collect();
            errors.extend(error_of(total, &shares, &profile));
        }
        known.push(shares);
    }
    errors.split_off(errors.len().saturating_sub(DAYS))
}

/// Errors of the parts; `None` when a part is empty because an interval spans more than one.
fn error_of(total: f64, shares: &[f64], profile: &[f64]) -> Option<Error> {
    let (mut seen, mut expected) = ([0.0; PARTS], [0.0; PARTS]);
    for ((share, usual), place) in shares.iter().zip(profile).zip(places(profile)) {
        let part = (0..PARTS)
            .find(|part| place * (PARTS as f64) < *part as f64 + 1.0)
            .unwrap_or(PARTS - 1);
        seen[part] += share;
        expected[part] += usual;
    }
    let mut parts = [0.0; PARTS];
    for (part, error) in parts.iter_mut().enumerate() {
        if expected[part] <= 0.0 {
            return None;
        }
        *error = seen[part] / expected[part] - 1.0;
    }
    Some(Error { total, parts })
}

/// Covariance of the parts about the mean of the day, for a unit of slow error.
fn part_kernel(reach: f64) -> Vec<Vec<f64>> {
    let drift = WithinDay { slow: 1.0, reach };
    let count = PARTS * POINTS;
    let point = |index: usize| (index as f64 + 0.5) / count as f64;
    let between = |one: usize, other: usize| -> f64 {
        let mut sum = 0.0;
        for a in one * POINTS..(one + 1) * POINTS {
            for b in other * POINTS..(other + 1) * POINTS {
                sum += drift.correlation(point(a), point(b));
            }
        }
        sum / (POINTS * POINTS) as f64
    };
    let raw: Vec<Vec<f64>> = (0..PARTS)
        .map(|one| (0..PARTS).map(|other| between(one, other)).collect())
        .collect();
    let means: Vec<f64> = raw
        .iter()
        .map(|row| row.iter().sum::<f64>() / PARTS as f64)
        .collect();
    let all = means.iter().sum::<f64>() / PARTS as f64;
    raw.iter()
        .zip(&means)
        .map(|(row, one)| {
            row.iter()
                .zip(&means)
                .map(|(value, other)| value - one - other + all)
                .collect()
        })
        .collect()
}

/// Slope of the least-squares line, not below zero, with an intercept not above zero, and its
/// sum of squares.
fn fitted(points: &[(f64, f64)]) -> (f64, f64) {
    let count = points.len() as f64;
    let x = points.iter().map(|point| point.0).sum::<f64>() / count;
    let y = points.iter().map(|point| point.1).sum::<f64>() / count;
    let (mut xx, mut xy) = (0.0, 0.0);
    for point in points {
        xx += (point.0 - x) * (point.0 - x);
        xy += (point.0 - x) * (point.1 - y);
    }
    let mut slope = (xy / xx).max(0.0);
    let mut constant = y - slope * x;
    if constant > 0.0 {
        constant = 0.0;
        let square: f64 = points.iter().map(|point| point.0 * point.0).sum();
        slope = (points.iter().map(|point| point.0 * point.1).sum::<f64>() / square).max(0.0);
    }
    let misfit = points
        .iter()
        .map(|point| (point.1 - constant - slope * point.0).powi(2))
        .sum();
    (slope, misfit)
}

#[cfg(test)]
#[path = "within_day_tests.rs"]
mod tests;
