//! Own profiles of a small queue, shrunk to those of its siblings.
//!
//! A weekday's own volume `N(s)` in interval `s` is taken as drawn from shares scattered about the
//! siblings' volume-weighted shares `q(s)` like a Dirichlet variable of size `K`. The estimate
//! is `(N(s)/f + K q(s)) / (N/f + K)`: `f` is the dispersion, variance over mean of an interval given
//! its day, so that `N/f` counts independent contacts. `K` comes from how far siblings differ
//! from each other beyond their own noise:
//! `mean sum_s (p(s) - q(s))^2 = (1 - sum q^2) (1/(K + 1) + mean f/N)`.

use crate::calendar::{Datelike, weekday_index};
use crate::forecasting::automatic::days::{Days, IntervalState};

/// Size of the prior with a single sibling, where nothing shows how far queues differ.
const SINGLE_SIBLING: f64 = 200.0;
/// Bounds of the size of the prior.
const SIZES: (f64, f64) = (20.0, 100_000.0);

/// Sums of one queue by weekday and interval, with the state of its intervals.
#[derive(Debug, Clone)]
pub(crate) struct WeekSums {
    /// Volume by weekday and interval.
    pub(crate) volumes: Vec<Vec<f64>>,
    /// Complete days by weekday.
    pub(crate) days: [f64; 7],
    /// Whether the interval was closed on every day of this weekday.
    closed: Vec<Vec<bool>>,
    /// Days of this weekday, whole or not.
    seen: [usize; 7],
}

impl WeekSums {
    /// A queue that has not been seen.
    pub(crate) fn none(intervals: usize) -> Self {
        Self {
            volumes: vec![vec![0.0; intervals]; 7],
            days: [0.0; 7],
            closed: vec![vec![true; intervals]; 7],
            seen: [0; 7],
        }
    }

    /// Sums over the days on which every open interval is known.
    pub(crate) fn of(days: &Days) -> Self {
        let mut sums = Self::none(days.intervals());
        for (row, date) in days.rows().iter().zip(days.first().iter_days()) {
            let weekday = weekday_index(date.weekday());
            sums.seen[weekday] += 1;
            for (flag, cell) in sums.closed[weekday].iter_mut().zip(row) {
                *flag &= *cell == IntervalState::Closed;
            }
            if complete(row) {
                sums.days[weekday] += 1.0;
                for (sum, cell) in sums.volumes[weekday].iter_mut().zip(row) {
                    *sum += cell.volume().unwrap_or(0.0);
                }
            }
        }
        sums
    }

    /// Whether the queue has been seen on this weekday, always with this interval closed.
    pub(crate) fn is_closed(&self, weekday: usize, interval: usize) -> bool {
        self.seen[weekday] > 0 && self.closed[weekday][interval]
    }

    /// Shares of a weekday; `None` without volume.
    fn shares(&self, weekday: usize) -> Option<Vec<f64>> {
        normalised(&self.volumes[weekday])
    }
}

/// What siblings say about profiles.
#[derive(Debug, Clone)]
pub(crate) struct SiblingProfile {
    /// Shares by weekday; `None` where no sibling has volume.
    shares: Vec<Option<Vec<f64>>>,
    /// Dispersion of intervals given their day.
    pub(crate) dispersion: f64,
    /// Size of the prior, in independent contacts.
    pub(crate) size: f64,
}

impl SiblingProfile {
    /// Learns from all histories; the first may be that of the small queue itself, which tells
    /// of dispersion only.
    pub(crate) fn learn(own: Option<&Days>, siblings: &[&Days], intervals: usize) -> Self {
        let sums: Vec<WeekSums> = siblings.iter().map(|days| WeekSums::of(days)).collect();
        let mut pooled = vec![vec![0.0; intervals]; 7];
        for one in &sums {
            for (total, volumes) in pooled.iter_mut().zip(&one.volumes) {
                for (sum, volume) in total.iter_mut().zip(volumes) {
                    *sum += volume;
                }
            }
        }
        let (mut squares, mut degrees) = (0.0, 0.0);
        for days in own.iter().copied().chain(siblings.iter().copied()) {
            let (square, degree) = scatter(days);
            squares += square;
            degrees += degree;
        }
        let dispersion = if degrees > 0.0 && squares > 0.0 {
            squares / degrees
        } else {
            1.0
        };
        Self {
            shares: pooled.iter().map(|volumes| normalised(volumes)).collect(),
            dispersion,
            size: prior_size(&sums, dispersion, intervals),
        }
    }

    /// Weight of the siblings on a weekday.
    pub(crate) fn borrowed(&self, own: &WeekSums, weekday: usize) -> f64 {
        let volume: f64 = own.volumes[weekday].iter().sum();
        self.size / (self.size + volume / self.dispersion)
    }

    /// Shares of a day whose siblings' forecast has the given shares: these, corrected by own
    /// over siblings' past shares of the weekday, after shrinkage.
    pub(crate) fn apply(&self, own: &WeekSums, weekday: usize, forecast: &[f64]) -> Vec<f64> {
        let borrowed = self.borrowed(own, weekday);
        let raw: Vec<f64> = match (own.shares(weekday), &self.shares[weekday]) {
            (Some(mine), Some(theirs)) => forecast
                .iter()
                .zip(mine.iter().zip(theirs))
                .map(|(share, (mine, theirs))| {
                    let shrunk = (1.0 - borrowed) * mine + borrowed * theirs;
                    if *theirs > 0.0 {
                        share * shrunk / theirs
                    } else {
                        shrunk
                    }
                })
                .collect(),
            _ => forecast.to_vec(),
        };
        let open: Vec<f64> = raw
            .iter()
            .enumerate()
            .map(|(interval, share)| {
                if own.is_closed(weekday, interval) {
                    0.0
                } else {
                    *share
                }
            })
            .collect();
        normalised(&open).unwrap_or_else(|| vec![0.0; forecast.len()])
    }
}

/// Whether every open interval of the day is known.
fn complete(row: &[IntervalState]) -> bool {
    row.iter().any(|cell| cell.is_open())
        && row
            .iter()
            .all(|cell| !cell.is_open() || cell.volume().is_some())
}

/// Values divided by their sum; `None` when it is not positive.
fn normalised(values: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = values.iter().sum();
    (sum > 0.0).then(|| values.iter().map(|value| value / sum).collect())
}

/// Pearson's sum of squares of intervals about their share of the actual day, with its degrees of
/// freedom.
fn scatter(days: &Days) -> (f64, f64) {
    let sums = WeekSums::of(days);
    let (mut squares, mut degrees) = (0.0, 0.0);
    for weekday in 0..7 {
        let Some(shares) = sums.shares(weekday) else {
            continue;
        };
        let used = shares.iter().filter(|share| **share > 0.0).count() as f64;
        degrees += (sums.days[weekday] - 1.0) * (used - 1.0);
    }
    if degrees <= 0.0 {
        return (0.0, 0.0);
    }
    for (row, date) in days.rows().iter().zip(days.first().iter_days()) {
        let Some(shares) = sums
            .shares(weekday_index(date.weekday()))
            .filter(|_| complete(row))
        else {
            continue;
        };
        let total: f64 = row.iter().filter_map(|cell| cell.volume()).sum();
        for (share, cell) in shares.iter().zip(row) {
            let expected = total * share;
            if expected > 0.0 {
                squares += (cell.volume().unwrap_or(0.0) - expected).powi(2) / expected;
            }
        }
    }
    (squares, degrees)
}

/// Size of the prior from the differences between siblings over the whole week.
fn prior_size(sums: &[WeekSums], dispersion: f64, intervals: usize) -> f64 {
    let totals: Vec<Vec<f64>> = sums
        .iter()
        .map(|one| {
            (0..intervals)
                .map(|interval| one.volumes.iter().map(|volumes| volumes[interval]).sum())
                .collect()
        })
        .collect();
    let known: Vec<(f64, Vec<f64>)> = totals
        .iter()
        .filter_map(|list| Some((list.iter().sum(), normalised(list)?)))
        .collect();
    if known.len() < 2 {
        return SINGLE_SIBLING;
    }
    let count = known.len() as f64;
    // Siblings count alike here: how far queues differ is no matter of their volume.
    let centre: Vec<f64> = (0..intervals)
        .map(|interval| known.iter().map(|one| one.1[interval]).sum::<f64>() / count)
        .collect();
    let room = 1.0 - centre.iter().map(|share| share * share).sum::<f64>();
    let distance: f64 = known
        .iter()
        .flat_map(|one| one.1.iter().zip(&centre))
        .map(|(share, centre)| (share - centre).powi(2))
        .sum::<f64>()
        / (count - 1.0);
    let noise = known.iter().map(|one| dispersion / one.0).sum::<f64>() / count;
    if room <= 0.0 || distance / room <= noise {
        return SIZES.1;
    }
    (1.0 / (distance / room - noise) - 1.0).clamp(SIZES.0, SIZES.1)
}
