//! Level of a small queue as a share of its siblings.

use chrono::NaiveDate;

use crate::forecasting::automatic::days::Days;
use crate::forecasting::input_error::InputError;
use crate::forecasting::siblings::SiblingSettings;

/// Observations that the siblings' expectation of a day's error counts for.
const ERROR_PRIOR: f64 = 4.0;

/// Level of the small queue as a share of its siblings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Level {
    /// The share.
    pub(crate) share: f64,
    /// Weight of the own recent share.
    pub(crate) weight: f64,
    /// Squared relative error of the share.
    pub(crate) variance: f64,
    /// Squared relative error of a day beyond the noise of its counts.
    pub(crate) scatter: f64,
    /// Weight of the siblings' expectation in that error.
    pub(crate) error_weight: f64,
}

/// Own and siblings' totals on the days on which all are known, latest last.
fn common_totals(own: &Days, histories: &[&Days]) -> Vec<(f64, f64)> {
    let lists: Vec<(NaiveDate, Vec<Option<f64>>)> = histories
        .iter()
        .map(|days| (days.first(), days.totals()))
        .collect();
    own.totals()
        .iter()
        .zip(own.first().iter_days())
        .filter_map(|(total, date)| {
            let mut sum = 0.0;
            for (start, list) in &lists {
                let place = usize::try_from((date - *start).num_days()).ok()?;
                sum += (*list.get(place)?)?;
            }
            Some(((*total)?, sum))
        })
        .filter(|(_, sum)| *sum > 0.0)
        .collect()
}

/// The level and its error; `borrowed_variance` is the level variance of the siblings' forecast,
/// `dispersion` the variance over mean of counts.
pub(crate) fn level(
    own: Option<&Days>,
    histories: &[&Days],
    settings: &SiblingSettings,
    borrowed_variance: f64,
    dispersion: f64,
) -> Result<Level, InputError> {
    let common = own.map_or_else(Vec::new, |own| common_totals(own, histories));
    let share_of = |days: &[(f64, f64)]| -> Option<f64> {
        let theirs: f64 = days.iter().map(|day| day.1).sum();
        (theirs > 0.0).then(|| days.iter().map(|day| day.0).sum::<f64>() / theirs)
    };
    let recent = &common[common.len().saturating_sub(settings.recent_days)..];
    let prior = settings
        .expected_share
        .or_else(|| share_of(&common))
        .ok_or(InputError::Empty(
            "level: no common day and no expected share",
        ))?;
    let square = settings.share_error * settings.share_error;
    let Some(mine) = share_of(recent) else {
        return Ok(Level {
            share: prior,
            weight: 0.0,
            variance: square,
            scatter: 0.0,
            error_weight: 1.0,
        });
    };
    let count = recent.len() as f64;
    let theirs = recent.iter().map(|day| day.1).sum::<f64>() / count;
    // What the siblings let expect of one day: their level variance and the count noise.
    let middle = if mine > 0.0 { mine } else { prior };
    let counts = if middle > 0.0 {
        dispersion / (middle * theirs)
    } else {
        0.0
    };
    let residuals: f64 = recent
        .iter()
        .map(|day| (day.0 / (middle * day.1).max(f64::MIN_POSITIVE) - 1.0).powi(2))
        .sum();
    let seen = if mine > 0.0 { count - 1.0 } else { 0.0 };
    let residuals = if mine > 0.0 { residuals } else { 0.0 };
    let one_day = (residuals + ERROR_PRIOR * (borrowed_variance + counts)) / (seen + ERROR_PRIOR);
    let weight = if square > 0.0 {
        square / (square + one_day / count)
    } else {
        0.0
    };
    Ok(Level {
        share: weight * mine + (1.0 - weight) * prior,
        weight,
        variance: (1.0 - weight) * square,
        scatter: (one_day - counts).max(0.0),
        error_weight: ERROR_PRIOR / (seen + ERROR_PRIOR),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecasting::automatic::days::IntervalState;

    fn days(volumes: &[f64]) -> Days {
        let rows = volumes
            .iter()
            .map(|volume| vec![IntervalState::Known(*volume)])
            .collect();
        Days::new(NaiveDate::default(), 1, rows).unwrap()
    }

    #[test]
    fn the_share_follows_the_closed_form() {
        let (own, theirs) = (days(&[9.0, 11.0]), days(&[100.0, 100.0]));
        let settings = SiblingSettings {
            expected_share: Some(0.2),
            share_error: 0.5,
            recent_days: 28,
        };
        let found = level(Some(&own), &[&theirs], &settings, 0.01, 1.0).unwrap();
        // Residuals of 10 % twice, and four times 0.01 + 1/10 expected, over five.
        let one_day = (0.02 + 4.0 * 0.11) / 5.0;
        let weight = 0.25 / (0.25 + one_day / 2.0);
        assert!((found.weight - weight).abs() < 1e-12);
        assert!((found.share - (0.1 * weight + 0.2 * (1.0 - weight))).abs() < 1e-12);
        assert!((found.variance - weight * one_day / 2.0).abs() < 1e-12);
        assert!((found.error_weight - 0.8).abs() < 1e-12);
    }

    #[test]
    fn histories_are_aligned_by_date() {
        let (own, theirs) = (days(&[5.0]), days(&[50.0, 10.0]));
        assert_eq!(common_totals(&own, &[&theirs]), vec![(5.0, 50.0)]);
        assert_eq!(common_totals(&theirs, &[&own]), vec![(50.0, 5.0)]);
    }
}
