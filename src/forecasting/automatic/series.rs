//! Totals of the open days as one sequence with a weekday position.

use chrono::NaiveDate;

use super::day_error::cube_root_error;
use super::numbers::{mean, median, scale_around_zero};

/// Half width, in open days, of the window for a local level.
const LEVEL_REACH: usize = 10;
/// Cycles of known days that the weekday indices look back.
const INDEX_CYCLES: usize = 26;

/// Totals of the open days in order of time. Closed days have no place in it, so a cycle
/// has as many places as there are open weekdays.
#[derive(Debug, Clone, Default)]
pub(crate) struct Series {
    /// Dates, ascending.
    pub(crate) dates: Vec<NaiveDate>,
    /// Place of each day in the cycle of open weekdays, below `period`.
    pub(crate) places: Vec<usize>,
    /// Places of the cycle.
    pub(crate) period: usize,
    /// The totals; `None` where unknown or not to be learned from.
    pub(crate) values: Vec<Option<f64>>,
}

impl Series {
    /// Number of open days.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// Number of known totals.
    pub(crate) fn known(&self) -> usize {
        self.values.iter().flatten().count()
    }

    /// Robust scale of the error of the last same weekday as a forecast; `None` when no
    /// weekday is known twice.
    pub(crate) fn weekly_error(&self) -> Option<f64> {
        let mut last: Vec<Option<f64>> = vec![None; self.period];
        let mut errors = Vec::new();
        for (value, &place) in self.values.iter().zip(&self.places) {
            let Some(value) = *value else { continue };
            if let Some(before) = last[place].replace(value).filter(|before| *before > 0.0) {
                errors.push(cube_root_error(value, before));
            }
        }
        scale_around_zero(&errors)
    }
}

/// Index of every place of the cycle against the mean level of its cycle, from the latest
/// known days: medians of the ratio to the level of the surrounding full cycle, scaled to a mean
/// of one.
pub(crate) fn place_indices(values: &[Option<f64>], places: &[usize], period: usize) -> Vec<f64> {
    let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); period];
    let known = values
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(day, value)| Some((day, (*value)?)));
    for (day, value) in known.take(INDEX_CYCLES * period) {
        if let Some(level) = cycle_level(values, places, period, day)
            && level > 0.0
        {
            ratios[places[day]].push(value / level);
        }
    }
    let raw: Vec<f64> = ratios
        .iter()
        .map(|list| median(list).unwrap_or(1.0))
        .collect();
    let average = mean(&raw).unwrap_or(1.0);
    raw.iter()
        .map(|value| {
            if average > 0.0 {
                (value / average).max(1e-3)
            } else {
                1.0
            }
        })
        .collect()
}

/// Mean over the places of the cycle around a day, each place by its nearest known value
/// within one cycle on either side; `None` when a place is unknown.
fn cycle_level(values: &[Option<f64>], places: &[usize], period: usize, day: usize) -> Option<f64> {
    let mut nearest: Vec<Option<f64>> = vec![None; period];
    let mut found = 0;
    for distance in 0..=period {
        for neighbour in [day.checked_sub(distance), day.checked_add(distance)] {
            let Some(index) = neighbour.filter(|&index| index < values.len()) else {
                continue;
            };
            if let (Some(value), None) = (values[index], nearest[places[index]]) {
                nearest[places[index]] = Some(value);
                found += 1;
            }
        }
    }
    if found < period {
        None
    } else {
        mean(&nearest.into_iter().flatten().collect::<Vec<f64>>())
    }
}

/// Local level of every day: the median of the totals over their place index within
/// ten open days on either side; the window widens until it holds five values.
pub(crate) fn local_levels(values: &[Option<f64>], places: &[usize], indices: &[f64]) -> Vec<f64> {
    let adjusted: Vec<Option<f64>> = values
        .iter()
        .zip(places)
        .map(|(value, &place)| value.map(|value| value / indices[place]))
        .collect();
    (0..values.len())
        .map(|day| {
            let mut reach = LEVEL_REACH;
            loop {
                let from = day.saturating_sub(reach);
                let until = (day + reach + 1).min(values.len());
                let window: Vec<f64> = adjusted[from..until].iter().flatten().copied().collect();
                if window.len() >= 5 || reach >= values.len() {
                    return median(&window).unwrap_or(0.0);
                }
                reach *= 2;
            }
        })
        .collect()
}
