//! The automatic forecast: every step from the matrix of days to quantiles.
//!
//! 1. *Preparation.* Events are set apart, then outliers, then lasting changes of level; every change
//!    is listed and can be undone by naming its day.
//! 2. *Day totals.* Several models (means of last weeks, exponential smoothing in state space, theta,
//!    adaptive level and weekday index, regression on calendar terms) are run from many past origins.
//!    Their weights at each distance come from the weighted quantile loss they made there.
//! 3. *Error.* The combined forecast's own past errors, by distance, give the width and the shape of
//!    the bands of a day total.
//! 4. *Within the day.* Recency-weighted profiles by weekday, drawn to the common one; effects of
//!    events by the part of the day; counts around them as noisy as they were.
//! 5. *Correction.* Where enough past days and intervals can be placed in the distributions that
//!    would have been forecast for them, the probabilities are corrected.

mod assembly;
mod calibration;
mod cleaning;
mod day_error;
pub(super) mod days;
mod effects;
mod ensemble;
mod events;
mod interval_effects;
mod intraday;
pub(super) mod linear;
pub(super) mod local_forecast;
mod low_rank;
mod members;
mod models;
pub(super) mod noise;
pub(super) mod numbers;
mod preparation;
mod profile;
mod record;
mod series;
mod settings;
mod shift;
mod simple;
pub(super) mod spread;

use crate::calendar::{Datelike, weekday_index};
use std::fmt;

use chrono::NaiveDate;

use assembly::{Assembly, Future};
use calibration::VolumeCalibration;
pub use cleaning::{Change, ChangeReason};
use day_error::Bands;
pub use days::{Days, IntervalState};
use effects::Effects;
use events::EventCalendar;
pub use events::{Event, EventKind};
use interval_effects::IntervalEffects;
use intraday::Intraday;
pub use local_forecast::{Chosen, DayForecast, LocalForecast, Volume};
use members::Members;
use models::CalendarRegression;
use preparation::{Prepared, prepare};
use record::{DayRecord, past_origins};
pub use settings::Regressor;
use settings::{checked, plain_name};
use simple::simple_totals;
pub use spread::Spread;

use super::ForecastError;

/// Relative error assumed for a day total before any forecast has been checked.
const ASSUMED_ERROR: f64 = 0.15;
/// Cycles ahead that past forecasts look.
const PAST_CYCLES: usize = 13;

/// The automatic model before it has seen a history.
///
/// ```
/// use chrono::NaiveDate;
/// use wfm::forecasting::{Automatic, Days, IntervalState};
/// // Ten weeks of days, quiet at weekends.
/// let first = NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
/// let week = [100.0, 90.0, 90.0, 90.0, 110.0, 40.0, 20.0];
/// let rows = (0..70).map(|day| vec![IntervalState::Known(week[day % 7])]).collect();
/// let days = Days::new(first, 1, rows)?;
/// let fitted = Automatic::default().fit(&days, &[])?;
/// let forecast = fitted.forecast(7)?;
/// assert!((forecast.days[0].total.mean - 100.0).abs() < 1e-6);
/// assert!((forecast.days[6].total.mean - 20.0).abs() < 1e-6);
/// # Ok::<(), wfm::forecasting::ForecastError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Automatic {
    /// Calendar days that will be asked for at most; models are weighed by how they did so far ahead.
    pub horizon_days: usize,
    /// Probabilities of the quantiles, above 0 and below 1.
    pub probabilities: Vec<f64>,
    /// Dates from which a new level holds, said by the planner.
    pub new_levels: Vec<NaiveDate>,
    /// Days that cleaning must not take out.
    pub keep: Vec<NaiveDate>,
    /// Regressors of the day level.
    pub regressors: Vec<Regressor>,
    /// One model by its name instead of all; see [`Automatic::MODELS`].
    pub only: Option<String>,
}

impl Default for Automatic {
    fn default() -> Self {
        Self {
            horizon_days: 28,
            probabilities: vec![0.025, 0.1, 0.5, 0.9, 0.975],
            new_levels: Vec::new(),
            keep: Vec::new(),
            regressors: Vec::new(),
            only: None,
        }
    }
}

impl Automatic {
    /// Names of the models that may be asked for alone.
    pub const MODELS: [&'static str; 7] = [
        "mean of last 4",
        "ets additive",
        "ets multiplicative damped",
        "theta",
        "adaptive slow",
        "adaptive fast",
        "calendar regression",
    ];

    /// Learns from a history and the events of past and future.
    ///
    /// # Errors
    /// A [`ForecastError`] for settings that do not fit and for a history without a known day. Short
    /// or degenerate histories get a simpler model, which [`LocalForecast::chosen`] names.
    pub fn fit(&self, days: &Days, events: &[Event]) -> Result<FittedAutomatic, ForecastError> {
        let probabilities = checked(days, self)?;
        let calendar = EventCalendar::new(events);
        let prepared = prepare(days, &calendar, &self.new_levels, &self.keep)?;
        let future = future(days, &calendar, &prepared, self.horizon_days)?;
        let open: Vec<usize> = future.places.iter().flatten().copied().collect();
        let bands = Bands::new(prepared.series.period);
        let mut fitted = FittedAutomatic {
            days: days.clone(),
            horizon_days: self.horizon_days,
            probabilities,
            members: None,
            origins: Vec::new(),
            chosen: Vec::new(),
            record: DayRecord::learn(&prepared, bands, &[], &[], &[], assumed_error(&prepared)),
            reach: open.len(),
            calendar,
            prepared,
        };
        if simple_totals(&fitted.prepared.series, &open).is_none() {
            fitted.learn(&future, &open, bands, self)?;
        }
        Ok(fitted)
    }
}

/// An [`Automatic`] model that has seen a history.
pub struct FittedAutomatic {
    days: Days,
    horizon_days: usize,
    probabilities: Vec<f64>,
    calendar: EventCalendar,
    prepared: Prepared,
    members: Option<Members>,
    origins: Vec<usize>,
    chosen: Vec<Chosen>,
    record: DayRecord,
    reach: usize,
}

impl fmt::Debug for FittedAutomatic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FittedAutomatic")
            .field("horizon_days", &self.horizon_days)
            .field("chosen", &self.chosen)
            .field("changes", &self.prepared.changes)
            .finish_non_exhaustive()
    }
}

impl FittedAutomatic {
    /// Weighs the models by their past.
    fn learn(
        &mut self,
        future: &Future,
        open: &[usize],
        bands: Bands,
        settings: &Automatic,
    ) -> Result<(), ForecastError> {
        let series = &self.prepared.series;
        let (length, period) = (series.len(), series.period);
        let origins = past_origins(length, period);
        let regression = regression(&self.days, &self.prepared, future, &settings.regressors);
        let mut members = Members::new(series, regression);
        if let Some(name) = &settings.only {
            members.keep_only(member_named(&members, name)?);
        }
        let mut places = series.places.clone();
        places.extend(open);
        let reach = open.len().min(PAST_CYCLES * period);
        let mut forecasts = members.forecasts(series, &places, &origins, reach);
        for (&origin, by_member) in origins.iter().zip(&mut forecasts) {
            for steps in by_member {
                steps.truncate(length - origin);
            }
        }
        self.record = DayRecord::learn(
            &self.prepared,
            bands,
            &origins,
            &forecasts,
            &members.prior(),
            assumed_error(&self.prepared),
        );
        self.chosen = explain(&members, &self.record, bands);
        self.members = Some(members);
        self.origins = origins;
        Ok(())
    }

    /// The calendar days after the history, at most as many as the model was made for.
    ///
    /// # Errors
    /// [`ForecastError::EmptyHorizon`] for none, [`ForecastError::BeyondHorizon`] for too many.
    pub fn forecast(&self, horizon_days: usize) -> Result<LocalForecast, ForecastError> {
        if horizon_days == 0 {
            return Err(ForecastError::EmptyHorizon);
        }
        if horizon_days > self.horizon_days {
            return Err(ForecastError::BeyondHorizon {
                asked: horizon_days,
                made_for: self.horizon_days,
            });
        }
        let future = future(&self.days, &self.calendar, &self.prepared, horizon_days)?;
        let open: Vec<usize> = future.places.iter().flatten().copied().collect();
        let mut chosen = self.chosen.clone();
        let totals = match (&self.members, simple_totals(&self.prepared.series, &open)) {
            (Some(members), _) => self.combined(members, &open),
            (None, Some((simple, values))) => {
                chosen.push(simple);
                values
            }
            (None, None) => Vec::new(),
        };
        Ok(self.assemble(&future, &totals, chosen))
    }

    /// Day totals of the open days ahead: the weighted mean of the models.
    fn combined(&self, members: &Members, open: &[usize]) -> Vec<f64> {
        let series = &self.prepared.series;
        let mut places = series.places.clone();
        places.extend(open);
        let last = members
            .forecasts(series, &places, &[series.len()], open.len())
            .pop()
            .unwrap_or_default();
        (0..open.len())
            .map(|step| {
                let values: Vec<Option<f64>> =
                    last.iter().map(|steps| steps.get(step).copied()).collect();
                let weights = &self.record.weights;
                weights.combine(step + 1, &values).unwrap_or(0.0).max(0.0)
            })
            .collect()
    }

    fn assemble(&self, future: &Future, totals: &[f64], mut chosen: Vec<Chosen>) -> LocalForecast {
        let (days, prepared, record) = (&self.days, &self.prepared, &self.record);
        let reach = self.reach.min(4 * prepared.series.period);
        let mut intraday = Intraday::learn(days, prepared, &self.origins, reach);
        if days.intervals() == 1 && !totals.is_empty() {
            let average = totals.iter().sum::<f64>() / totals.len() as f64;
            intraday.noise.limit(record.error.variance(1) * average);
        }
        let effects = Effects::learn(&prepared.occurrences);
        let interval_effects = IntervalEffects::learn(days, prepared, &intraday);
        let calibration = if days.intervals() > 1 {
            record.interval_calibration(days, prepared, &self.origins, &intraday)
        } else {
            VolumeCalibration::default()
        };
        if !intraday.choice.is_empty() {
            chosen.push(Chosen {
                name: intraday.choice.clone(),
                reason: "smallest absolute error of the intervals at past origins".to_owned(),
            });
        }
        let assembly = Assembly {
            days,
            prepared,
            calendar: &self.calendar,
            record,
            intraday: &intraday,
            interval_calibration: &calibration,
            effects: &effects,
            interval_effects: &interval_effects,
            probabilities: &self.probabilities,
            whole: days.whole_counts(),
        };
        LocalForecast {
            days: assembly.days(future, totals),
            probabilities: self.probabilities.clone(),
            chosen,
            changes: prepared.changes.clone(),
            correlation: record.correlation,
            whole: days.whole_counts(),
            noise: intraday.noise.clone(),
        }
    }
}

/// Error of a day total where none has been checked: that of repeating the week before.
fn assumed_error(prepared: &Prepared) -> f64 {
    prepared.series.weekly_error().unwrap_or(ASSUMED_ERROR)
}

/// Calendar days after the history, with the places of the open ones in the week's cycle.
fn future(
    days: &Days,
    calendar: &EventCalendar,
    prepared: &Prepared,
    horizon: usize,
) -> Result<Future, ForecastError> {
    let mut future = Future {
        dates: Vec::new(),
        places: Vec::new(),
    };
    for index in days.len()..days.len() + horizon {
        let date = days.date(index)?;
        let closed = (calendar.on(date)).is_some_and(|key| prepared.closed_events.contains(key));
        let place = prepared.place_of_weekday[weekday_index(date.weekday())];
        future.dates.push(date);
        future.places.push(place.filter(|_| !closed));
    }
    Ok(future)
}

/// The calendar regression over history and horizon.
fn regression(
    days: &Days,
    prepared: &Prepared,
    future: &Future,
    regressors: &[Regressor],
) -> CalendarRegression {
    let mut dates = prepared.series.dates.clone();
    let mut places = prepared.series.places.clone();
    let mut indices = prepared.calendar_index.clone();
    for (step, (date, place)) in future.dates.iter().zip(&future.places).enumerate() {
        if let Some(place) = place {
            dates.push(*date);
            places.push(*place);
            indices.push(days.len() + step);
        }
    }
    let columns: Vec<Vec<f64>> = regressors
        .iter()
        .map(|regressor| {
            let value = |&index: &usize| regressor.values.get(index).copied().unwrap_or(0.0);
            indices.iter().map(value).collect()
        })
        .collect();
    let history = prepared.series.len();
    CalendarRegression::new(&dates, &places, prepared.series.period, history, &columns)
}

/// Position of the model with a name.
fn member_named(members: &Members, name: &str) -> Result<usize, ForecastError> {
    let wanted = plain_name(name);
    (0..members.len())
        .find(|&index| members.name(index) == wanted)
        .ok_or_else(|| ForecastError::UnknownModel {
            name: name.to_owned(),
            known: Automatic::MODELS.join(", "),
        })
}

/// Weights in words.
fn explain(members: &Members, record: &DayRecord, bands: Bands) -> Vec<Chosen> {
    let period = bands.period();
    (0..members.len())
        .filter_map(|member| {
            let [day, week, month] = [1, period, 4 * period]
                .map(|step| record.weights.at(step).get(member).copied().unwrap_or(0.0) * 100.0);
            (day + week + month > 0.0).then(|| Chosen {
                name: members.name(member).to_owned(),
                reason: format!(
                    "weight {day:.0} %, {week:.0} %, {month:.0} % one day, one week, four weeks \
                     ahead, by weighted quantile loss over {} past forecasts",
                    record.count
                ),
            })
        })
        .collect()
}
