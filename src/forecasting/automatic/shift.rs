//! Lasting changes of the level.

use super::cleaning::{Change, ChangeReason};
use super::numbers::{median, scale_around_zero};
use super::series::{Series, place_indices};

/// Open days compared on either side of a candidate.
const REACH: usize = 20;
/// Known days that must follow a doubling or halving before it counts.
const LARGE_SUPPORT: usize = 5;
/// Known days that must come before any shift.
const EARLIER_SUPPORT: usize = 10;
/// Known days that must lie on either side of a smaller shift.
const SMALL_SUPPORT: usize = 15;
/// Smallest shift that counts, on the logarithmic scale (about a third).
const SMALL_SHIFT: f64 = 0.3;
/// Robust deviations of the surrounding days that a shift must exceed.
const DEVIATIONS: f64 = 4.0;
/// Most shifts sought in one history.
const MOST_SHIFTS: usize = 6;

/// A place in the known days with the logarithm of the ratio of the levels around it.
struct Shift {
    day: usize,
    size: f64,
}

/// Finds sharp lasting shifts, the largest first, and rescales all days before each of them
/// to the level after it: the weekday pattern of the older days stays usable while the level
/// is learned from the new ones alone. Slow changes are left to the models.
pub(crate) fn align_levels(series: &mut Series, declared: &[usize]) -> Vec<Change> {
    let mut changes = Vec::new();
    for &day in declared {
        if let Some(size) = declared_size(series, day) {
            changes.push(rescale(series, &Shift { day, size }));
        }
    }
    for _ in 0..MOST_SHIFTS {
        let Some(shift) = largest_shift(series) else {
            break;
        };
        changes.push(rescale(series, &shift));
    }
    changes
}

/// Totals over their weekday index on the logarithmic scale, with their days.
fn levels(series: &Series) -> (Vec<usize>, Vec<f64>) {
    let indices = place_indices(&series.values, &series.places, series.period);
    series
        .values
        .iter()
        .enumerate()
        .filter_map(|(day, value)| {
            let value = (*value)?;
            (value > 0.0).then(|| (day, (value / indices[series.places[day]]).ln()))
        })
        .unzip()
}

/// Size of a declared shift: medians of up to twenty known days on either side. Without a
/// known day after it the planner's date alone changes nothing.
fn declared_size(series: &Series, day: usize) -> Option<f64> {
    let (days, level) = levels(series);
    let split = days.partition_point(|&known| known < day);
    let before = median(&level[split.saturating_sub(REACH)..split])?;
    let after = median(&level[split..(split + REACH).min(level.len())])?;
    Some(after - before)
}

/// The largest shift that passes every test.
fn largest_shift(series: &Series) -> Option<Shift> {
    let (days, level) = levels(series);
    let mut best: Option<Shift> = None;
    for split in EARLIER_SUPPORT..level.len().saturating_sub(LARGE_SUPPORT - 1) {
        let before = &level[split.saturating_sub(REACH)..split];
        let after = &level[split..(split + REACH).min(level.len())];
        let (Some(low), Some(high)) = (median(before), median(after)) else {
            continue;
        };
        let size = high - low;
        let wanted = if after.len() < SMALL_SUPPORT || before.len() < SMALL_SUPPORT {
            std::f64::consts::LN_2
        } else {
            SMALL_SHIFT
        };
        if size.abs() < wanted
            || best
                .as_ref()
                .is_some_and(|best| best.size.abs() >= size.abs())
        {
            continue;
        }
        let residuals: Vec<f64> = before
            .iter()
            .map(|value| value - low)
            .chain(after.iter().map(|value| value - high))
            .collect();
        let noise = scale_around_zero(&residuals).unwrap_or(f64::INFINITY);
        let sharp = median(&level[split..(split + 3).min(level.len())])?
            - median(&level[split.saturating_sub(3)..split])?;
        if size.abs() > DEVIATIONS * noise && sharp / size > 0.5 {
            best = Some(Shift {
                day: days[split],
                size,
            });
        }
    }
    best
}

/// Multiplies everything before the shift and reports it once.
fn rescale(series: &mut Series, shift: &Shift) -> Change {
    let factor = shift.size.exp();
    let last = series.values[..shift.day]
        .iter()
        .rev()
        .flatten()
        .next()
        .copied()
        .unwrap_or(0.0);
    for value in series.values[..shift.day].iter_mut().flatten() {
        *value *= factor;
    }
    Change {
        date: series.dates[shift.day],
        from: last,
        to: Some(last * factor),
        reason: ChangeReason::LevelShift,
    }
}
