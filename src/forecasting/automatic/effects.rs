//! Effects of events on day totals, shrunk to the mean of their kind.

use std::collections::BTreeMap;

use super::events::{EventKey, EventKind};
use super::numbers::mean;

/// Occurrences at which an event's own mean and the mean of its kind weigh the same.
pub(crate) const NAME_PRIOR: f64 = 1.0;
/// Occurrences of the assumed spread that are mixed into the observed one.
pub(crate) const SPREAD_PRIOR: f64 = 2.0;
/// Smallest share of an ordinary day that an observed event counts with: a day this low is
/// practically closed, and logarithms stay finite.
pub(crate) const SMALLEST_SHARE: f64 = 0.05;
/// Weight of the prior belief about the slope on the weekday, in units of squared spread.
const SLOPE_PRIOR: f64 = 2.0;

/// One past event day: its total and what an ordinary day would have brought.
#[derive(Debug, Clone)]
pub(crate) struct Occurrence {
    /// The event.
    pub(crate) key: EventKey,
    /// Observed total.
    pub(crate) total: f64,
    /// Local level: the mean ordinary open day.
    pub(crate) level: f64,
    /// Index of the weekday against the level.
    pub(crate) index: f64,
    /// Place in the cycle.
    pub(crate) place: usize,
    /// Place among the open days.
    pub(crate) open: usize,
}

/// Effects by name and kind.
///
/// Model of an event day: `total = level x index^slope x exp(effect)`. With slope one an
/// event multiplies its weekday; with slope zero it replaces the weekday, as a holiday on a
/// short Friday does. The slope of each kind is estimated with a prior of one half, the
/// effects are means of the logarithmic residuals, shrunk to the mean of the kind. A kind
/// that lowers volumes never raises a day above its ordinary forecast.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effects {
    kinds: BTreeMap<EventKind, KindEffect>,
}

/// Effects of one kind of event.
#[derive(Debug, Clone)]
struct KindEffect {
    slope: f64,
    mean: f64,
    spread: f64,
    names: BTreeMap<String, (f64, f64)>,
}

/// Forecast of one event day relative to the ordinary forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct EventFactor {
    /// Multiplier of the ordinary day.
    pub(crate) factor: f64,
    /// Standard deviation of its logarithm.
    pub(crate) spread: f64,
}

impl Effects {
    /// Learns from past event days.
    pub(crate) fn learn(past: &[Occurrence]) -> Self {
        let mut grouped: BTreeMap<EventKind, Vec<&Occurrence>> = BTreeMap::new();
        for occurrence in past.iter().filter(|occurrence| occurrence.level > 0.0) {
            grouped
                .entry(occurrence.key.kind)
                .or_default()
                .push(occurrence);
        }
        let kinds = grouped
            .into_iter()
            .map(|(kind, list)| (kind, KindEffect::learn(&list)))
            .collect();
        Self { kinds }
    }

    /// Factor of a future event on a weekday with the given index.
    pub(crate) fn factor(&self, key: &EventKey, index: f64) -> EventFactor {
        let Some(kind) = self.kinds.get(&key.kind) else {
            return EventFactor {
                factor: 1.0,
                spread: unknown_spread(key.kind),
            };
        };
        let (effect, count) = kind
            .names
            .get(&key.name)
            .copied()
            .unwrap_or((kind.mean, 0.0));
        let mut logarithm = effect + (kind.slope - 1.0) * index.ln();
        if kind.mean < 0.0 && effect < 0.0 {
            logarithm = logarithm.min(0.0);
        }
        let spread = kind.spread * (1.0 + 1.0 / (count + NAME_PRIOR)).sqrt();
        EventFactor {
            factor: logarithm.exp(),
            spread,
        }
    }
}

/// Spread assumed for a kind of which little has been seen: no more than the effect itself.
pub(crate) fn assumed_spread(kind: Option<EventKind>, size: f64) -> f64 {
    unknown_spread(kind.unwrap_or(EventKind::Holiday)).min(size.abs().max(0.1))
}

/// Factor that shrinks the mean of logarithmic effects to "no effect":
/// `1 / (1 + noise / (count x mean^2))`, an empirical Bayes estimate whose noise is the
/// squared spread of the effects, with two effects of the assumed spread mixed in.
pub(crate) fn shrinkage(effects: &[f64], assumed: f64) -> f64 {
    let count = effects.len() as f64;
    let center = mean(effects).unwrap_or(0.0);
    let squares: f64 = effects.iter().map(|value| (value - center).powi(2)).sum();
    let noise = (squares + SPREAD_PRIOR * assumed * assumed) / (count + SPREAD_PRIOR);
    let square = center * center;
    if square > 0.0 && count > 0.0 {
        1.0 / (1.0 + noise / (count * square))
    } else {
        0.0
    }
}

/// Spread of a kind nobody has seen yet.
pub(crate) fn unknown_spread(kind: EventKind) -> f64 {
    match kind {
        EventKind::Holiday | EventKind::Special | EventKind::Ordinary => 0.4,
        EventKind::Eve | EventKind::DayAfter => 0.15,
    }
}

impl KindEffect {
    fn learn(list: &[&Occurrence]) -> Self {
        let response: Vec<f64> = list
            .iter()
            .map(|item| {
                (item.total / item.level)
                    .max(SMALLEST_SHARE * item.index)
                    .ln()
            })
            .collect();
        let weekday: Vec<f64> = list.iter().map(|item| item.index.ln()).collect();
        let (mean_response, mean_weekday) = (
            mean(&response).unwrap_or(0.0),
            mean(&weekday).unwrap_or(0.0),
        );
        let (mut cross, mut square) = (0.0, 0.0);
        for (y, x) in response.iter().zip(&weekday) {
            cross += (x - mean_weekday) * (y - mean_response);
            square += (x - mean_weekday) * (x - mean_weekday);
        }
        // Small effects multiply the weekday; only large ones may replace it.
        let size = (mean_response - mean_weekday).abs();
        let prior = 1.0 - 0.5 * (size / std::f64::consts::LN_2).min(1.0);
        let slope = ((cross + prior * SLOPE_PRIOR) / (square + SLOPE_PRIOR)).clamp(0.0, 1.0);
        let residual: Vec<f64> = response
            .iter()
            .zip(&weekday)
            .map(|(y, x)| y - slope * x)
            .collect();
        let count = list.len() as f64;
        let assumed = assumed_spread(list.first().map(|item| item.key.kind), size);
        let kind_mean = mean(&residual).unwrap_or(0.0) * shrinkage(&residual, assumed);
        let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for (item, value) in list.iter().zip(&residual) {
            let entry = sums.entry(item.key.name.clone()).or_default();
            entry.0 += value;
            entry.1 += 1.0;
        }
        let names: BTreeMap<String, (f64, f64)> = sums
            .into_iter()
            .map(|(name, (sum, n))| (name, ((sum + NAME_PRIOR * kind_mean) / (n + NAME_PRIOR), n)))
            .collect();
        let mut squares = 0.0;
        for (item, value) in list.iter().zip(&residual) {
            let (own, n) = names
                .get(&item.key.name)
                .copied()
                .unwrap_or((kind_mean, 0.0));
            // Leaving the occurrence out widens its residual by the share it has in the mean.
            let left_out = (value - own) * (n + NAME_PRIOR) / NAME_PRIOR.max(n + NAME_PRIOR - 1.0);
            squares += left_out * left_out;
        }
        let spread = ((squares + SPREAD_PRIOR * assumed * assumed) / (count + SPREAD_PRIOR)).sqrt();
        Self {
            slope,
            mean: kind_mean,
            spread,
            names,
        }
    }
}
