//! Outliers of the day totals, with a report of every change.

use std::fmt;

use chrono::NaiveDate;

use super::numbers::{median, scale_around_zero};
use super::series::{Series, local_levels, place_indices};

/// Distance from the expectation, in robust standard deviations, from which on a total is
/// an outlier, beside [`FLOOR`].
const DEVIATIONS: f64 = 5.0;
/// Part of the expectation that is never an outlier by itself.
const FLOOR: f64 = 0.1;

/// An empty day among at least this many is an outage.
const RARE: usize = 20;
/// Contacts on a usual day from which on an empty one is no chance.
const BUSY: f64 = 20.0;

/// Why a value of the history is not used as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeReason {
    /// An event day: learned as an effect, not as an ordinary day.
    Event,
    /// Far from its neighbours of the same weekday.
    Outlier,
    /// Before a lasting change of the level: rescaled to the level after it.
    LevelShift,
}

/// One change to the history before the models see it. Undoing it means forecasting again
/// with the date among the days to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The day concerned; of a level shift, the first day of the new level.
    pub date: NaiveDate,
    /// The total as given.
    pub from: f64,
    /// The total that takes its place; `None` where the day is left out.
    pub to: Option<f64>,
    /// Why.
    pub reason: ChangeReason,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            date,
            from,
            to,
            reason,
        } = self;
        match (reason, to) {
            (ChangeReason::Event, _) => {
                write!(
                    f,
                    "{date}: {from:.0} is learnt as an event, not as an ordinary day"
                )
            }
            (ChangeReason::LevelShift, Some(to)) => {
                write!(
                    f,
                    "{date}: a lasting change of level, {from:.0} before and {to:.0} after"
                )
            }
            (_, Some(to)) => write!(
                f,
                "{date}: {from:.0} is far from its weekday; {to:.0} instead"
            ),
            (_, None) => write!(f, "{date}: {from:.0} is far from its weekday and left out"),
        }
    }
}

/// Takes out totals more than five robust deviations and a tenth from the local level times
/// the weekday index. The deviation is that of the relative residuals of the same weekday,
/// pooled with all weekdays, so that a weekday with few days is not cleaned by chance.
pub(crate) fn remove_outliers(series: &mut Series, keep: &[NaiveDate]) -> Vec<Change> {
    let mut changes = remove_standstills(series, keep);
    changes.extend(remove_far_days(series, keep));
    changes
}

/// Takes out empty days of a series that is hardly ever empty: an outage or a file with holes, even
/// when it lasts to the end.
fn remove_standstills(series: &mut Series, keep: &[NaiveDate]) -> Vec<Change> {
    let known: Vec<f64> = series.values.iter().flatten().copied().collect();
    let empty = known.iter().filter(|value| **value == 0.0).count();
    let is_busy = median(&known).is_some_and(|usual| usual >= BUSY);
    if empty * RARE > known.len() || !is_busy {
        return Vec::new();
    }
    (0..series.len())
        .filter(|&day| series.values[day] == Some(0.0) && !keep.contains(&series.dates[day]))
        .collect::<Vec<usize>>()
        .into_iter()
        .map(|day| leave_out(series, day, 0.0))
        .collect()
}

/// Leaves a day out and says so.
fn leave_out(series: &mut Series, day: usize, from: f64) -> Change {
    series.values[day] = None;
    Change {
        date: series.dates[day],
        from,
        to: None,
        reason: ChangeReason::Outlier,
    }
}

/// Takes out totals far from their weekday.
fn remove_far_days(series: &mut Series, keep: &[NaiveDate]) -> Vec<Change> {
    let indices = place_indices(&series.values, &series.places, series.period);
    let levels = local_levels(&series.values, &series.places, &indices);
    let residual = |day: usize, value: f64| -> Option<f64> {
        let expected = levels[day] * indices[series.places[day]];
        (expected > 0.0).then(|| (value - expected) / expected)
    };
    let mut by_place: Vec<Vec<f64>> = vec![Vec::new(); series.period];
    let mut pooled = Vec::new();
    for (day, value) in series.values.iter().enumerate() {
        if let Some(relative) = value.and_then(|value| residual(day, value)) {
            by_place[series.places[day]].push(relative);
            pooled.push(relative);
        }
    }
    let common = scale_around_zero(&pooled).unwrap_or(0.0);
    let scales: Vec<f64> = by_place
        .iter()
        .map(|list| scale_around_zero(list).unwrap_or(common).max(common))
        .collect();
    // The sign of the deviation of every suspicious day, zero for the others.
    let suspects: Vec<f64> = (0..series.len())
        .map(|day| {
            let relative = series.values[day].and_then(|value| residual(day, value));
            let limit = DEVIATIONS * scales[series.places[day]] + FLOOR;
            relative
                .filter(|value| value.abs() > limit)
                .map_or(0.0, f64::signum)
        })
        .collect();
    let newest_run = newest_run(series, &suspects);
    let mut changes = Vec::new();
    for (day, suspect) in suspects.iter().enumerate().take(newest_run) {
        if let (true, Some(value)) = (*suspect != 0.0, series.values[day])
            && !keep.contains(&series.dates[day])
        {
            changes.push((day, value));
        }
    }
    changes
        .into_iter()
        .map(|(day, value)| leave_out(series, day, value))
        .collect()
}

/// First day of a run of at least two suspicious days of one sign that lasts to the end: more
/// likely the begin of a new level than outliers. Without such a run, the number of days.
fn newest_run(series: &Series, suspects: &[f64]) -> usize {
    let known = (0..series.len())
        .rev()
        .filter(|&day| series.values[day].is_some());
    let sign = known.clone().next().map_or(0.0, |day| suspects[day]);
    let run: Vec<usize> = known
        .take_while(|&day| sign != 0.0 && suspects[day] == sign)
        .collect();
    match run.as_slice() {
        [.., _, first] => *first,
        _ => series.len(),
    }
}
