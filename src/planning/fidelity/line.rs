//! The history of one line of contacts.

use super::week::{Horizon, Truth};
use super::{Conduct, FidelityError};
use crate::calendar::{Grid, IntervalLength, NaiveDate, OpeningHours, Zone};
use crate::forecasting::{Days, Event, IntervalState};
use crate::units::whole;

/// Days that are planned at once.
pub(super) const WEEK: usize = 7;

/// One line of contacts with everything that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Contacts on the local wall clock.
    pub days: Days,
    /// Length of an interval.
    pub interval: IntervalLength,
    /// Holidays, past and to come: the calendar is known in advance.
    pub events: Vec<Event>,
    /// When agents answer.
    pub opening: OpeningHours,
    /// Handling times and patience, day by day with [`days`](Self::days).
    pub conduct: Conduct,
}

impl Line {
    /// What is known when a day begins: nothing from it on but the calendar.
    ///
    /// # Errors
    /// [`FidelityError::Forecast`] when there is no day before.
    pub fn before(&self, day: usize) -> Result<Self, FidelityError> {
        Ok(Self {
            days: self.days.truncated(day)?,
            conduct: self.conduct.truncated(day),
            ..self.clone()
        })
    }

    /// The first days of the weeks that are known as they were and have at least `training` weeks
    /// before them.
    pub fn weeks(&self, training: usize) -> Vec<usize> {
        let is_known = |day: &usize| {
            let week = *day..(day + WEEK).min(self.days.len());
            let mut cells = self.days.rows()[week.clone()].iter().flatten();
            self.conduct.on(week).is_some()
                && !cells.any(|cell| matches!(cell, IntervalState::Imputed(_)))
        };
        let starts = (training * WEEK..self.days.len()).step_by(WEEK);
        starts.filter(is_known).collect()
    }

    /// The week that begins with a day, as planners see it. Days without any known contact in open
    /// hours are no part of it: holidays on which nobody answered, and days that the source lacks.
    ///
    /// # Errors
    /// [`FidelityError::Calendar`] when the calendar ends.
    pub fn horizon(&self, day: usize) -> Result<Horizon, FidelityError> {
        let first = self.days.date(day)?;
        let grid = self.grid(first)?;
        let per_day = self.interval.per_day();
        let is_known = |day: usize| {
            let row = self.days.rows().get(day);
            row.is_some_and(|row| row.iter().any(|c| c.volume().is_some_and(|v| v > 0.0)))
        };
        let known: Vec<bool> = (day..day + WEEK).map(is_known).collect();
        let open = grid.instants().enumerate().map(|(t, instant)| {
            known.get(t / per_day).copied().unwrap_or(false)
                && self.opening.is_open(Zone::UTC.local(instant))
        });
        Ok(Horizon {
            first,
            grid,
            open: open.collect(),
        })
    }

    /// What came in the open hours of a week that begins with a day.
    ///
    /// # Errors
    /// [`FidelityError::History`] when nothing was handled in it.
    pub fn truth(&self, day: usize, horizon: &Horizon) -> Result<Truth, FidelityError> {
        let rows = self.days.rows().iter().skip(day).take(WEEK).flatten();
        let counts = rows
            .zip(&horizon.open)
            .map(|(cell, open)| match cell.volume() {
                Some(volume) if *open => whole::round(volume),
                _ => 0,
            });
        let mut counts: Vec<u32> = counts.collect();
        counts.resize(horizon.grid.len(), 0);
        let week = day..(day + WEEK).min(self.days.len());
        let Some(facts) = self.conduct.on(week) else {
            return Err(FidelityError::History {
                what: format!("nothing is known of {} from {}", self.name, horizon.first),
                action: "choose weeks that the history covers",
            });
        };
        Ok(Truth { counts, facts })
    }

    fn grid(&self, first: NaiveDate) -> Result<Grid, FidelityError> {
        let days = u32::try_from(WEEK).unwrap_or(7);
        Ok(Grid::of_days(Zone::UTC, first, days, self.interval)?)
    }
}
