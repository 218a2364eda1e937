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
/// Shift of the newest level that counts, beside one over the number of its days, on the
/// logarithmic scale.
const NEWEST_SHIFT: f64 = 0.15;
/// Newest days that may make a level by themselves.
const NEWEST_SUPPORT: usize = 14;
/// A fall by more than this, on the logarithmic scale, is a standstill.
const STANDSTILL: f64 = 3.0;
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

/// A level that has just begun: the newest known days, two at least, all lie far off the level
/// before them and on one side. Fewer days must be farther off. All days before are rescaled, so that
/// the new days are no outliers and every model begins at the new level. A near standstill is an
/// outage, not a level.
pub(crate) fn newest_level(series: &mut Series) -> Option<Change> {
    let (days, level) = levels(series);
    let most = NEWEST_SUPPORT.min(level.len().saturating_sub(EARLIER_SUPPORT));
    let shift = (2..=most).find_map(|count| {
        let split = level.len() - count;
        let before = &level[split.saturating_sub(REACH)..split];
        let base = median(before)?;
        let residuals: Vec<f64> = before.iter().map(|value| value - base).collect();
        let noise = scale_around_zero(&residuals)?;
        let newest: Vec<f64> = level[split..].iter().map(|value| value - base).collect();
        let size = median(&newest)?;
        let wanted = NEWEST_SHIFT + 1.0 / count as f64;
        let is_far = size.abs() > wanted.max(DEVIATIONS * noise) && size > -STANDSTILL;
        let together = newest
            .iter()
            .all(|value| (value - size).abs() < (0.4 * size.abs()).max(3.0 * noise));
        let begins = residuals.last().is_some_and(|value| value / size < 0.5);
        (is_far && together && begins).then_some(Shift {
            day: days[split],
            size,
        })
    })?;
    Some(rescale(series, &shift))
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
