use chrono::{Datelike, Days, NaiveDate};

use super::{Forecast, ForecastError, History};
use crate::calendar::{Grid, OpeningHours, Series, WEEK, weekday_index};

/// The planner's rule: the mean of the last `weeks` same weekdays, spread over the day by the
/// profile of those days.
///
/// ```text
/// mean(weekday, slot) = D̄ · p(slot),   D̄ = Σ D_k / K,   p(slot) = Σ y_k(slot) / Σ D_k
/// ```
///
/// with `y_k(slot)` the volume of a slot on the k-th last day of that weekday and `D_k` its day
/// total. A slot that happened twice counts half for each instant; days in `excluded` are passed
/// over.
///
/// **Distribution.** The day is uncertain by a factor with mean 1, whose coefficient of
/// variation comes from the rule's own errors at up to 26 earlier weeks; given the day, counts
/// are Poisson. See [`Forecast`].
///
/// **Source.** Common practice of planners, known as `mean4` in forecast comparisons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannersRule {
    /// Same weekdays to average, 4 by custom.
    pub weeks: usize,
    /// Days not to learn from, such as public holidays.
    pub excluded: Vec<NaiveDate>,
}

impl Default for PlannersRule {
    fn default() -> Self {
        Self {
            weeks: 4,
            excluded: Vec::new(),
        }
    }
}

impl PlannersRule {
    /// Learns from all days up to and including `origin`. `opening` names the weekdays on which
    /// contacts may arrive, which must therefore occur in the history.
    ///
    /// # Errors
    /// [`ForecastError::NoHistory`] without any known day, [`ForecastError::MissingWeekday`] when
    /// a weekday with opening hours never occurs.
    pub fn fit(
        &self,
        history: &History,
        opening: &OpeningHours,
        origin: NaiveDate,
    ) -> Result<FittedPlannersRule, ForecastError> {
        let slots = history.interval_length().per_day();
        if !history
            .days()
            .any(|(date, _)| date <= origin && history.day_volume(date).is_some())
        {
            return Err(ForecastError::NoHistory { origin });
        }
        let mut profiles: [Vec<f64>; 7] = std::array::from_fn(|_| vec![0.0; slots]);
        let mut oldest = origin;
        for weekday in WEEK {
            let days = self.last_days(history, weekday, origin);
            let Some(&first) = days.last() else {
                if opening.spans(weekday).is_empty() {
                    continue;
                }
                return Err(ForecastError::MissingWeekday { weekday, origin });
            };
            oldest = oldest.min(first);
            profiles[weekday_index(weekday)] = mean_day(history, &days, slots);
        }
        Ok(FittedPlannersRule {
            zone: history.zone(),
            slots,
            profiles,
            day_cv: self.day_error(history, origin),
            aht_seconds: history.aht_seconds(oldest, origin),
        })
    }

    /// The last same weekdays with a known volume, newest first.
    fn last_days(
        &self,
        history: &History,
        weekday: chrono::Weekday,
        origin: NaiveDate,
    ) -> Vec<NaiveDate> {
        history
            .days()
            .rev()
            .map(|(date, _)| date)
            .filter(|&d| d <= origin && d.weekday() == weekday && !self.excluded.contains(&d))
            .filter(|&d| history.day_volume(d).is_some())
            .take(self.weeks.max(1))
            .collect()
    }

    /// Root mean square of the rule's relative day errors beyond counting noise, one week ahead,
    /// over the days of the last 26 weeks; 0 without any.
    fn day_error(&self, history: &History, origin: NaiveDate) -> f64 {
        let since = origin.checked_sub_days(Days::new(26 * 7)).unwrap_or(origin);
        let (mut squares, mut days) = (0.0, 0.0);
        for (date, _) in history.days().filter(|&(d, _)| since < d && d <= origin) {
            let (Some(actual), Some(week_before)) = (
                history.day_volume(date),
                date.checked_sub_days(Days::new(7)),
            ) else {
                continue;
            };
            let before = self.last_days(history, date.weekday(), week_before);
            let totals: Vec<f64> = before
                .iter()
                .filter_map(|&d| history.day_volume(d))
                .collect();
            let mean = totals.iter().sum::<f64>() / totals.len() as f64;
            if !totals.is_empty() && mean > 0.0 && !self.excluded.contains(&date) {
                squares += ((actual - mean) / mean).powi(2) - 1.0 / mean;
                days += 1.0;
            }
        }
        if days > 0.0 {
            (squares / days).max(0.0).sqrt()
        } else {
            0.0
        }
    }
}

/// Mean volume of each slot over some days, through the day total and the profile.
fn mean_day(history: &History, days: &[NaiveDate], slots: usize) -> Vec<f64> {
    let mut sums = vec![0.0; slots];
    let mut seen = vec![0.0; slots];
    for cells in days.iter().filter_map(|&d| history.day(d)) {
        for (slot, cell) in cells.iter().enumerate() {
            if let Some(volume) = cell.volume {
                sums[slot] += volume;
                seen[slot] += f64::from(cell.instants.max(1));
            }
        }
    }
    sums.iter()
        .zip(&seen)
        .map(|(sum, seen)| if *seen > 0.0 { sum / seen } else { 0.0 })
        .collect()
}

/// A [`PlannersRule`] that has seen a history.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedPlannersRule {
    zone: crate::calendar::Zone,
    slots: usize,
    profiles: [Vec<f64>; 7],
    day_cv: f64,
    aht_seconds: Option<f64>,
}

impl FittedPlannersRule {
    /// Volume-weighted handling time of the days learnt from, in seconds, where it is known.
    pub const fn aht_seconds(&self) -> Option<f64> {
        self.aht_seconds
    }

    /// Forecast for each interval of a grid. `factor` scales the volume of a local day, 1 on an
    /// ordinary one, 0 on a closed one. Grid intervals may be longer or shorter than those of
    /// the history; volumes are spread evenly within an interval of the history.
    pub fn forecast(&self, grid: &Grid, factor: impl Fn(NaiveDate) -> f64) -> Forecast {
        let slot_minutes = 1440 / self.slots;
        let step = grid.interval_length().minutes() as usize;
        let mean = Series::from_fn(*grid, |index| {
            let local = self.zone.local(grid.instant(index));
            let profile = &self.profiles[weekday_index(local.weekday())];
            let begin = crate::calendar::minute_of(local);
            let volume: f64 = (begin..begin + step)
                .step_by(gcd(step, slot_minutes))
                .filter_map(|minute| profile.get((minute % 1440) / slot_minutes))
                .sum();
            let parts = gcd(step, slot_minutes) as f64 / slot_minutes as f64;
            volume * parts * factor(local.date())
        });
        Forecast::new(&mean, self.zone, self.day_cv)
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
