use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use super::error::checked;
use super::{Forecast, ForecastError};
use crate::calendar::{Grid, OpeningHours, Series, WEEK, Weekday, Zone, weekday_index};

/// A weekly volume spread over the week by weekday and hour weights, without any history.
///
/// ```text
/// day(d)      = V · w(d) / Σ w(open days)
/// volume(d,h) = day(d) · v(h) / Σ v(open hours of d)
/// ```
///
/// Weekday weights are normalised over the days with opening hours, hour weights over the open
/// hours of the day, so no volume is lost. Within an hour volume is spread evenly. The rates of
/// the hours that exist are kept on a day of 23 or 25 hours.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekShape {
    /// Contacts in an ordinary week.
    pub week_volume: f64,
    /// Weight of each weekday, Monday first.
    pub weekday_weights: [f64; 7],
    /// Weight of each local hour of the day.
    pub hour_weights: [f64; 24],
    /// When contacts arrive.
    pub opening: OpeningHours,
}

impl WeekShape {
    /// A weekly volume spread evenly over the opening hours.
    pub const fn even(week_volume: f64, opening: OpeningHours) -> Self {
        Self {
            week_volume,
            weekday_weights: [1.0; 7],
            hour_weights: [1.0; 24],
            opening,
        }
    }

    /// Forecast for each interval of a grid. `factor` scales the volume of a local day.
    ///
    /// # Errors
    /// [`ForecastError::BadNumber`] for a negative, NaN or infinite number, and
    /// [`ForecastError::NoWeight`] when a positive volume has no open hour with weight.
    pub fn forecast(
        &self,
        grid: &Grid,
        zone: Zone,
        factor: impl Fn(NaiveDate) -> f64,
    ) -> Result<Forecast, ForecastError> {
        checked("week volume", self.week_volume)?;
        for &weight in self.weekday_weights.iter().chain(&self.hour_weights) {
            checked("weight", weight)?;
        }
        let rates = self.hourly_rates()?;
        let minutes = i64::from(grid.interval_length().minutes());
        let mean = Series::from_fn(*grid, |index| {
            // Open minutes of the interval, by the local hour they lie in.
            let mut open: Vec<(NaiveDateTime, f64)> = Vec::new();
            for minute in 0..minutes {
                let local = zone.local(grid.instant(index) + TimeDelta::minutes(minute));
                if !self.opening.is_open(local) {
                    continue;
                }
                match open.last_mut() {
                    Some((hour, count)) if hour.hour() == local.hour() => *count += 1.0,
                    _ => open.push((local, 1.0)),
                }
            }
            let volume = |(local, count): (NaiveDateTime, f64)| {
                let rate = rates[weekday_index(local.weekday())][local.hour() as usize];
                rate * (count / 60.0) * factor(local.date())
            };
            open.into_iter().map(volume).sum()
        });
        Ok(Forecast::new(&mean, zone, 0.0))
    }

    /// Contacts per open hour, by weekday and local hour.
    fn hourly_rates(&self) -> Result<[[f64; 24]; 7], ForecastError> {
        let day_weight = |day: Weekday| {
            let open = !self.opening.spans(day).is_empty() && self.hour_total(day) > 0.0;
            if open {
                self.weekday_weights[weekday_index(day)]
            } else {
                0.0
            }
        };
        let week: f64 = WEEK.into_iter().map(day_weight).sum();
        if week <= 0.0 {
            return if self.week_volume > 0.0 {
                Err(ForecastError::NoWeight)
            } else {
                Ok([[0.0; 24]; 7])
            };
        }
        let mut rates = [[0.0; 24]; 7];
        for day in WEEK {
            let share = day_weight(day) / week;
            if share > 0.0 {
                let total = self.hour_total(day);
                for (rate, weight) in rates[weekday_index(day)].iter_mut().zip(self.hour_weights) {
                    *rate = self.week_volume * share * weight / total;
                }
            }
        }
        Ok(rates)
    }

    /// Sum of the hour weights over the open part of a weekday.
    fn hour_total(&self, day: Weekday) -> f64 {
        let open_minutes = |hour: u32| -> u32 {
            let overlap =
                |from: u32, to: u32| to.min(hour * 60 + 60).saturating_sub(from.max(hour * 60));
            let spans = self.opening.spans(day).iter();
            spans.map(|s| overlap(s.from_minute(), s.to_minute())).sum()
        };
        (0u32..24)
            .zip(self.hour_weights)
            .map(|(hour, weight)| weight * f64::from(open_minutes(hour)) / 60.0)
            .sum()
    }
}
