//! The history as a matrix of local calendar days and intervals.

use chrono::{Days as Step, NaiveDate};

use crate::forecasting::ForecastError;

/// Share of a day's open intervals that must be known before the day has a total.
const KNOWN_SHARE: f64 = 0.9;

/// What one interval of one day holds. Absence is never written as a zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum IntervalState {
    /// An observed volume; zero means "observed, no contact".
    Known(f64),
    /// Open, but nobody knows the volume.
    Missing,
    /// Outside opening hours: a structural zero.
    Closed,
    /// Does not exist on this day, because the clock was put forward.
    Absent,
    /// Not observed as such, but well enough known to stand in: the half of a row that holds an
    /// hour that happened twice.
    Imputed(f64),
    /// Known, but not to be learned from.
    Excluded,
}

impl IntervalState {
    /// The volume where it is known.
    pub fn volume(self) -> Option<f64> {
        match self {
            Self::Known(volume) | Self::Imputed(volume) => Some(volume),
            _ => None,
        }
    }

    /// Whether contacts could arrive in this interval.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Absent)
    }
}

/// Consecutive calendar days on local wall-clock time, each a row of equally long intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Days {
    first: NaiveDate,
    intervals: usize,
    values: Vec<Vec<IntervalState>>,
}

impl Days {
    /// A matrix from its first date on.
    ///
    /// # Errors
    ///
    /// [`ForecastError::EmptyHistory`] without intervals, [`ForecastError::UnevenDay`] and
    /// [`ForecastError::InvalidVolume`] for rows that do not fit.
    pub fn new(
        first: NaiveDate,
        intervals: usize,
        values: Vec<Vec<IntervalState>>,
    ) -> Result<Self, ForecastError> {
        if intervals == 0 || values.is_empty() {
            return Err(ForecastError::EmptyHistory);
        }
        let days = Self {
            first,
            intervals,
            values,
        };
        for (index, row) in days.values.iter().enumerate() {
            let date = days.date(index)?;
            if row.len() != intervals {
                return Err(ForecastError::UnevenDay {
                    date,
                    expected: intervals,
                    found: row.len(),
                });
            }
            let valid =
                |cell: &IntervalState| cell.volume().is_none_or(|v| v.is_finite() && v >= 0.0);
            if let Some(interval) = row.iter().position(|cell| !valid(cell)) {
                return Err(ForecastError::InvalidVolume { date, interval });
            }
        }
        Ok(days)
    }

    /// The first day.
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// Intervals of a day.
    pub fn intervals(&self) -> usize {
        self.intervals
    }

    /// Number of calendar days.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Never true for a matrix made by [`Days::new`].
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The rows, one a day.
    pub fn rows(&self) -> &[Vec<IntervalState>] {
        &self.values
    }

    /// Index of a day, where the history has it.
    pub fn position(&self, date: NaiveDate) -> Option<usize> {
        let index = usize::try_from((date - self.first).num_days()).ok()?;
        (index < self.values.len()).then_some(index)
    }

    /// Date of the day with this index; the index may lie behind the last day.
    ///
    /// # Errors
    ///
    /// [`ForecastError::DateOverflow`] when the calendar ends before it.
    pub fn date(&self, index: usize) -> Result<NaiveDate, ForecastError> {
        u64::try_from(index)
            .ok()
            .and_then(|days| self.first.checked_add_days(Step::new(days)))
            .ok_or(ForecastError::DateOverflow)
    }

    /// The first `length` days as a history of their own.
    ///
    /// # Errors
    ///
    /// [`ForecastError::EmptyHistory`] when nothing would be left.
    pub fn truncated(&self, length: usize) -> Result<Self, ForecastError> {
        let values: Vec<Vec<IntervalState>> = self.values.iter().take(length).cloned().collect();
        if values.is_empty() {
            return Err(ForecastError::EmptyHistory);
        }
        Ok(Self {
            first: self.first,
            intervals: self.intervals,
            values,
        })
    }

    /// The same days with their totals alone: unknown where fewer than nine tenths of the open
    /// intervals are known, scaled up where a few are not or were skipped by the clock.
    #[must_use]
    pub fn daily(&self) -> Self {
        let totals = self.totals();
        let state = |(index, total): (usize, Option<f64>)| {
            let whole = self.values[index]
                .iter()
                .all(|s| !matches!(s, IntervalState::Missing | IntervalState::Absent));
            vec![match total {
                _ if self.is_closed(index) => IntervalState::Closed,
                Some(total) if whole => IntervalState::Known(total),
                Some(total) => IntervalState::Imputed(total),
                None => IntervalState::Missing,
            }]
        };
        Self {
            first: self.first,
            intervals: 1,
            values: totals.into_iter().enumerate().map(state).collect(),
        }
    }

    /// Whether the day has no open interval at all.
    pub fn is_closed(&self, index: usize) -> bool {
        self.values
            .get(index)
            .is_some_and(|row| !row.iter().any(|cell| cell.is_open()))
    }

    /// Whether volumes behave as counts: at most a twentieth of them is no whole number (an
    /// imputed day leaves a few), or at least a hundredth is zero, which no continuous
    /// distribution allows for.
    pub(crate) fn whole_counts(&self) -> bool {
        let (mut known, mut broken, mut zero) = (0_usize, 0_usize, 0_usize);
        for volume in self
            .values
            .iter()
            .flatten()
            .filter_map(|cell| cell.volume())
        {
            known += 1;
            broken += usize::from(volume.fract() != 0.0);
            zero += usize::from(volume == 0.0);
        }
        20 * broken <= known || 100 * zero >= known
    }

    /// Totals of all days: `None` where fewer than nine tenths of the open intervals are known.
    /// A total with gaps is scaled up by the share the known intervals usually carry.
    pub(crate) fn totals(&self) -> Vec<Option<f64>> {
        let mut usual = vec![0.0; self.intervals];
        for row in &self.values {
            for (sum, cell) in usual.iter_mut().zip(row) {
                *sum += cell.volume().unwrap_or(0.0);
            }
        }
        self.values
            .iter()
            .map(|row| total_of(row, &usual))
            .collect()
    }
}

/// Total of one day, scaled for its unknown open intervals.
fn total_of(row: &[IntervalState], usual: &[f64]) -> Option<f64> {
    let open = row.iter().filter(|cell| cell.is_open()).count();
    let known = row.iter().filter(|cell| cell.volume().is_some()).count();
    if open == 0 || (known as f64) < KNOWN_SHARE * open as f64 {
        return None;
    }
    let sum: f64 = row.iter().filter_map(|cell| cell.volume()).sum();
    // The hour that the clock skips is scaled for too: a total stands for a day of 24 hours.
    let is_absent = |cell: &IntervalState| *cell == IntervalState::Absent;
    if known == open && !row.iter().any(is_absent) {
        return Some(sum);
    }
    let expected = |wanted: &dyn Fn(&IntervalState) -> bool| -> f64 {
        row.iter()
            .zip(usual)
            .filter(|(cell, _)| wanted(cell))
            .map(|(_, share)| share)
            .sum()
    };
    let carried = expected(&|cell| cell.volume().is_some());
    let whole = expected(&|cell| cell.is_open() || is_absent(cell));
    if carried > 0.0 {
        Some(sum * whole / carried)
    } else {
        Some(sum)
    }
}
