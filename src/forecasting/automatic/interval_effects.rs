//! Effects of events interval by interval.

use std::collections::BTreeMap;

use super::days::Days;
use super::effects::{
    EventFactor, NAME_PRIOR, Occurrence, SMALLEST_SHARE, SPREAD_PRIOR, assumed_spread, shrinkage,
    unknown_spread,
};
use super::events::{EventKey, EventKind};
use super::intraday::Intraday;
use super::numbers::{mean, median};
use super::preparation::Prepared;
use super::profile::normalised;

/// Part of a day's mean interval volume with which the mean effect of the day enters every interval.
const INTERVAL_PRIOR: f64 = 0.25;

/// Effects by interval for series with several intervals a day.
///
/// An eve empties the evening and a day of rest the daytime, whatever the weekday: on a short
/// Friday an eve changes little. So each kind has a ratio of observed to expected volume in
/// every interval, pooled over its past days and drawn to the mean ratio of the day; the factor of
/// a future day is the sum of `share x ratio` under its weekday's profile, times a factor of
/// its name, which is shrunk to one.
#[derive(Debug, Clone, Default)]
pub(crate) struct IntervalEffects {
    kinds: BTreeMap<EventKind, KindRatios>,
}

/// Ratios of one kind.
#[derive(Debug, Clone)]
struct KindRatios {
    ratios: Vec<f64>,
    spread: f64,
    names: BTreeMap<String, f64>,
}

/// One past event day: what its ordinary weekday would have brought, and what came.
struct Pair {
    expected: Vec<f64>,
    actual: Vec<f64>,
    name: String,
}

impl IntervalEffects {
    /// Learns from the past event days.
    pub(crate) fn learn(days: &Days, prepared: &Prepared, intraday: &Intraday) -> Self {
        let mut grouped: BTreeMap<EventKind, Vec<Pair>> = BTreeMap::new();
        for occurrence in &prepared.occurrences {
            if let Some(pair) = pair(days, prepared, intraday, occurrence) {
                grouped.entry(occurrence.key.kind).or_default().push(pair);
            }
        }
        let kinds = grouped
            .into_iter()
            .map(|(kind, pairs)| (kind, KindRatios::learn(kind, &pairs, days.intervals())))
            .collect();
        Self { kinds }
    }

    /// Factor of a future event day and its shares, from the shares of its weekday.
    pub(crate) fn apply(&self, key: &EventKey, shares: &[f64]) -> (EventFactor, Vec<f64>) {
        let Some(kind) = self.kinds.get(&key.kind) else {
            let factor = EventFactor {
                factor: 1.0,
                spread: unknown_spread(key.kind),
            };
            return (factor, shares.to_vec());
        };
        let volumes: Vec<f64> = shares
            .iter()
            .zip(&kind.ratios)
            .map(|(share, ratio)| share * ratio)
            .collect();
        let name = kind.names.get(&key.name).copied();
        let factor = volumes.iter().sum::<f64>() * name.unwrap_or(1.0);
        let known = if name.is_some() { 1.0 } else { 0.0 };
        let spread = kind.spread * (1.0 + 1.0 / (known + NAME_PRIOR)).sqrt();
        let shares = normalised(volumes).unwrap_or_else(|| shares.to_vec());
        (EventFactor { factor, spread }, shares)
    }
}

/// Expected and observed intervals of a past event day; nothing when its total is not known.
fn pair(
    days: &Days,
    prepared: &Prepared,
    intraday: &Intraday,
    occurrence: &Occurrence,
) -> Option<Pair> {
    let index = *prepared.calendar_index.get(occurrence.open)?;
    let shares = intraday.shares(occurrence.place, days.intervals());
    let ordinary = occurrence.level * occurrence.index;
    let (expected, actual): (Vec<f64>, Vec<f64>) = days
        .rows()
        .get(index)?
        .iter()
        .zip(&shares)
        .map(|(cell, share)| match (cell.volume(), cell.is_open()) {
            (Some(volume), _) => (ordinary * share, volume),
            // A interval closed for the event is observed: nothing came.
            (None, false) => (ordinary * share, 0.0),
            (None, true) => (0.0, 0.0),
        })
        .unzip();
    (expected.iter().sum::<f64>() > 0.0).then(|| Pair {
        expected,
        actual,
        name: occurrence.key.name.clone(),
    })
}

/// Sums over pairs, interval by interval.
#[derive(Clone)]
struct Totals {
    expected: Vec<f64>,
    actual: Vec<f64>,
    days: f64,
}

impl Totals {
    fn add(&mut self, pair: &Pair, sign: f64) {
        for (sum, value) in self.expected.iter_mut().zip(&pair.expected) {
            *sum += sign * value;
        }
        for (sum, value) in self.actual.iter_mut().zip(&pair.actual) {
            *sum += sign * value;
        }
        self.days += sign;
    }

    /// Ratio of every interval, drawn to the ratio of the day and shrunk by a power to one.
    fn ratios(&self, power: f64) -> Vec<f64> {
        let expected: f64 = self.expected.iter().sum();
        let actual: f64 = self.actual.iter().sum();
        if expected <= 0.0 || self.days < 0.5 {
            return vec![1.0; self.expected.len()];
        }
        let day = (actual / expected).max(0.0);
        let prior = INTERVAL_PRIOR * expected / self.days / self.expected.len() as f64;
        self.expected
            .iter()
            .zip(&self.actual)
            .map(|(expected, actual)| {
                let ratio = (actual.max(0.0) + prior * day) / (expected.max(0.0) + prior);
                ratio.powf(power)
            })
            .collect()
    }
}

impl KindRatios {
    fn learn(kind: EventKind, pairs: &[Pair], intervals: usize) -> Self {
        let mut totals = Totals {
            expected: vec![0.0; intervals],
            actual: vec![0.0; intervals],
            days: 0.0,
        };
        for pair in pairs {
            totals.add(pair, 1.0);
        }
        let effects: Vec<f64> = pairs.iter().map(|pair| logarithm(pair, &[])).collect();
        let assumed = assumed_spread(Some(kind), mean(&effects).unwrap_or(0.0));
        let power = shrinkage(&effects, assumed);
        let mut ratios = totals.ratios(power);
        // Sums favour the busiest event days; the median of the factors is the forecast.
        let misses: Vec<f64> = pairs.iter().map(|pair| logarithm(pair, &ratios)).collect();
        let center = median(&misses).unwrap_or(0.0).exp();
        for ratio in &mut ratios {
            *ratio *= center;
        }
        let mut squares = 0.0;
        let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for pair in pairs {
            let entry = sums.entry(pair.name.clone()).or_default();
            entry.0 += logarithm(pair, &ratios);
            entry.1 += 1.0;
            let mut others = totals.clone();
            others.add(pair, -1.0);
            squares += logarithm(pair, &others.ratios(power)).powi(2);
        }
        let count = pairs.len() as f64;
        let spread = ((squares + SPREAD_PRIOR * assumed * assumed) / (count + SPREAD_PRIOR)).sqrt();
        let names = sums
            .into_iter()
            .map(|(name, (sum, n))| (name, (sum / (n + NAME_PRIOR)).exp()))
            .collect();
        Self {
            ratios,
            spread,
            names,
        }
    }
}

/// Logarithm of the observed total over the one forecast with the given ratios.
fn logarithm(pair: &Pair, ratios: &[f64]) -> f64 {
    let ordinary: f64 = pair.expected.iter().sum();
    let forecast: f64 = pair
        .expected
        .iter()
        .enumerate()
        .map(|(interval, value)| value * ratios.get(interval).copied().unwrap_or(1.0))
        .sum();
    let floor = SMALLEST_SHARE * ordinary;
    (pair.actual.iter().sum::<f64>().max(floor) / forecast.max(floor)).ln()
}
