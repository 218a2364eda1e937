//! Seasonal exponential smoothing in state space form.

use super::super::numbers::mean;
use super::super::series::place_indices;
use super::{DayModel, Past};

/// Damping of the trend where a trend is used.
const DAMPING: f64 = 0.95;
/// Rounds of the coordinate search.
const ROUNDS: usize = 6;
/// Cycles that start the states.
const START_CYCLES: usize = 4;

/// The form of the error and season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EtsForm {
    /// Additive error and season: ETS(A, N or Ad, A).
    Additive,
    /// Multiplicative error and season: ETS(M, N or Ad, M).
    Multiplicative,
}

/// ETS of Hyndman, Koehler, Ord and Snyder (2008) with a season over the open weekdays.
/// Seasonal states belong to weekdays, not to lags, so gaps and closed days leave them in
/// step; an unknown day moves the trend and nothing else. Smoothing parameters minimise the
/// Gaussian likelihood (concentrated over the variance) by a coordinate search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ets {
    form: EtsForm,
    damped: bool,
    name: &'static str,
    level_rate: f64,
    trend_rate: f64,
    season_rate: f64,
}

/// Level, trend and seasons after a pass.
struct State {
    level: f64,
    trend: f64,
    seasons: Vec<f64>,
    loss: f64,
}

impl Ets {
    /// Chooses the smoothing parameters for a history.
    pub(crate) fn fit(form: EtsForm, damped: bool, name: &'static str, past: Past<'_>) -> Self {
        let mut best = Self {
            form,
            damped,
            name,
            level_rate: 0.2,
            trend_rate: 0.01,
            season_rate: 0.05,
        };
        let Some(start) = best.start(past) else {
            return best;
        };
        let mut best_loss = best.pass(past, &start).loss;
        let mut step = 2.0_f64;
        for _ in 0..ROUNDS {
            for parameter in 0..3 {
                if parameter == 1 && !damped {
                    continue;
                }
                for factor in [step, 1.0 / step] {
                    let mut candidate = best;
                    let rate = match parameter {
                        0 => &mut candidate.level_rate,
                        1 => &mut candidate.trend_rate,
                        _ => &mut candidate.season_rate,
                    };
                    *rate = (*rate * factor).clamp(0.001, 0.9);
                    let loss = candidate.pass(past, &start).loss;
                    if loss < best_loss {
                        best_loss = loss;
                        best = candidate;
                        break;
                    }
                }
            }
            step = step.sqrt().max(1.1);
        }
        best
    }

    /// Starting states from the first cycles.
    fn start(self, past: Past<'_>) -> Option<State> {
        let end = past.values.len().min(START_CYCLES * past.period);
        let known: Vec<f64> = past.values[..end].iter().flatten().copied().collect();
        let indices = place_indices(&past.values[..end], &past.places[..end], past.period);
        let level = mean(&known)?;
        let seasons = match self.form {
            EtsForm::Multiplicative => indices,
            EtsForm::Additive => indices.iter().map(|index| (index - 1.0) * level).collect(),
        };
        (known.len() >= 2 * past.period && level > 0.0).then_some(State {
            level,
            trend: 0.0,
            seasons,
            loss: 0.0,
        })
    }

    /// Filters the history; the loss is the concentrated negative log-likelihood.
    fn pass(self, past: Past<'_>, start: &State) -> State {
        let damping = if self.damped { DAMPING } else { 0.0 };
        let trend_rate = if self.damped { self.trend_rate } else { 0.0 };
        let (mut level, mut trend) = (start.level, start.trend);
        let mut seasons = start.seasons.clone();
        let (mut squares, mut logarithms, mut count) = (0.0, 0.0, 0.0);
        let floor = 1e-6 * start.level;
        for (value, &place) in past.values.iter().zip(past.places) {
            let base = level + damping * trend;
            let Some(value) = *value else {
                (level, trend) = (base, damping * trend);
                continue;
            };
            match self.form {
                EtsForm::Additive => {
                    let error = value - base - seasons[place];
                    squares += error * error;
                    level = base + self.level_rate * error;
                    trend = damping * trend + trend_rate * error;
                    seasons[place] += self.season_rate * error;
                }
                EtsForm::Multiplicative => {
                    let expected = (base * seasons[place]).max(floor);
                    let error = value / expected - 1.0;
                    squares += error * error;
                    logarithms += expected.ln();
                    level = (base * (1.0 + self.level_rate * error)).max(floor);
                    trend = damping * trend + trend_rate * base * error;
                    seasons[place] *= (1.0 + self.season_rate * error).max(0.05);
                }
            }
            count += 1.0;
        }
        let loss = count * squares.max(f64::MIN_POSITIVE).ln() + 2.0 * logarithms;
        State {
            level,
            trend,
            seasons,
            loss,
        }
    }
}

impl DayModel for Ets {
    fn name(&self) -> &'static str {
        self.name
    }

    fn forecast(&self, past: Past<'_>, future: &[usize]) -> Vec<f64> {
        let Some(start) = self.start(past) else {
            return Vec::new();
        };
        let state = self.pass(past, &start);
        let damping = if self.damped { DAMPING } else { 0.0 };
        let (mut level, mut trend) = (state.level, state.trend);
        future
            .iter()
            .map(|&place| {
                trend *= damping;
                level = (level + trend).max(0.0);
                let season = state.seasons[place];
                let value = match self.form {
                    EtsForm::Additive => level + season,
                    EtsForm::Multiplicative => level * season,
                };
                if value.is_finite() {
                    value.max(0.0)
                } else {
                    0.0
                }
            })
            .collect()
    }
}
