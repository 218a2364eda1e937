//! Between histories and grids on the UTC axis and the local calendar that models think in.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::{Days, Forecast, ForecastError, History, IntervalState, LocalForecast};
use crate::calendar::{Grid, OpeningHours, Series, WEEK, Zone, minute_of};

impl History {
    /// Local days and their intervals up to and including `origin`, with what is closed, missing and
    /// not there told apart. The interval that happened twice holds the mean of its two instants.
    ///
    /// # Errors
    /// [`ForecastError::NoHistory`] without a known volume, [`ForecastError::MissingWeekday`] when a
    /// weekday with opening hours never occurs.
    pub fn local_days(
        &self,
        opening: &OpeningHours,
        origin: NaiveDate,
    ) -> Result<Days, ForecastError> {
        let known = |date: &NaiveDate| self.day_volume(*date).is_some();
        let first = (self.days().map(|(date, _)| date))
            .find(|date| *date <= origin && known(date))
            .ok_or(ForecastError::NoHistory { origin })?;
        let weekdays: BTreeSet<u32> = (self.days().map(|(date, _)| date))
            .filter(|date| *date <= origin && known(date))
            .map(|date| date.weekday().num_days_from_monday())
            .collect();
        let is_missing = |day: &Weekday| {
            !opening.spans(*day).is_empty() && !weekdays.contains(&day.num_days_from_monday())
        };
        if let Some(weekday) = WEEK.into_iter().find(is_missing) {
            return Err(ForecastError::MissingWeekday { weekday, origin });
        }
        let rows = first
            .iter_days()
            .take_while(|date| *date <= origin)
            .map(|date| self.local_day(opening, date))
            .collect();
        Days::new(first, self.interval_length().per_day(), rows)
    }

    fn local_day(&self, opening: &OpeningHours, date: NaiveDate) -> Vec<IntervalState> {
        let cells = self.day(date);
        let midnight = date.and_time(NaiveTime::MIN);
        let length = self.interval_length();
        (0..length.per_day())
            .map(|interval| {
                let local = midnight + length.delta() * i32::try_from(interval).unwrap_or(0);
                let cell = cells.and_then(|cells| cells.get(interval));
                let volume = cell.and_then(|cell| Some((cell.volume?, cell.instants)));
                match volume {
                    _ if self.zone().happenings(local) == 0 => IntervalState::Absent,
                    _ if !opening.is_open(local) => IntervalState::Closed,
                    Some((volume, 2)) => IntervalState::Imputed(volume / 2.0),
                    Some((volume, _)) => IntervalState::Known(volume),
                    None => IntervalState::Missing,
                }
            })
            .collect()
    }
}

impl LocalForecast {
    /// The same forecast on a grid of instants; every instant of a local interval has its volume, so
    /// an hour that does not happen has none and one that happens twice has it twice. `factor` scales
    /// the volume of a local day. Grid intervals may be longer or shorter than those of the forecast.
    pub fn on_grid(&self, grid: &Grid, zone: Zone, factor: impl Fn(NaiveDate) -> f64) -> Forecast {
        let step = grid.interval_length().minutes() as usize;
        let first = self.days.first().map(|day| day.date);
        let mean = Series::from_fn(*grid, |index| {
            let mut local = zone.local(grid.instant(index));
            // Minute by minute is exact whatever the two lengths are.
            let mut volume = 0.0;
            for _ in 0..step {
                let day = first.and_then(|first| {
                    let place = usize::try_from((local.date() - first).num_days()).ok()?;
                    self.days.get(place)
                });
                if let Some(day) = day {
                    let minutes = 1440 / day.intervals.len().max(1);
                    let interval = day.intervals.get(minute_of(local) / minutes.max(1));
                    volume += interval.map_or(0.0, |v| v.mean / minutes as f64);
                }
                local += TimeDelta::minutes(1);
            }
            volume * factor(zone.local(grid.instant(index)).date())
        });
        let (mut variance, mut weight) = (0.0, 0.0);
        for day in &self.days {
            variance += day.level_variance * day.total.mean;
            weight += day.total.mean;
        }
        let day_cv = if weight > 0.0 {
            (variance / weight).sqrt()
        } else {
            0.0
        };
        Forecast::new(&mean, zone, day_cv)
    }
}
