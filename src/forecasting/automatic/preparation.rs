//! From the matrix of days to a cleaned sequence of open days.

use crate::calendar::{Datelike, weekday_index};
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::cleaning::{Change, ChangeReason, remove_outliers};
use super::days::Days;
use super::effects::Occurrence;
use super::events::{EventCalendar, EventKey};
use super::series::{Series, local_levels, place_indices};
use super::shift::{align_levels, newest_level};
use crate::forecasting::ForecastError;

/// Latest same weekdays that must all be closed before a weekday counts as closed.
const CLOSED_WEEKS: usize = 4;

/// The history made ready for the models.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    /// Cleaned open days of the history.
    pub(crate) series: Series,
    /// Totals as observed.
    pub(crate) observed: Vec<Option<f64>>,
    /// Events on which every known day was closed.
    pub(crate) closed_events: BTreeSet<EventKey>,
    /// Factor by which the level shifts after each day have rescaled it.
    pub(crate) alignment: Vec<f64>,
    /// The part of the alignment that nobody had announced.
    pub(crate) surprises: Vec<f64>,
    /// Calendar index of every open day.
    pub(crate) calendar_index: Vec<usize>,
    /// Place in the cycle by weekday from Monday; `None` for closed weekdays.
    pub(crate) place_of_weekday: [Option<usize>; 7],
    /// Whether the open day carries an event.
    pub(crate) is_event: Vec<bool>,
    /// Past event days beside their ordinary neighbours.
    pub(crate) occurrences: Vec<Occurrence>,
    /// Everything that was changed.
    pub(crate) changes: Vec<Change>,
}

impl Prepared {
    /// Total of a day on the scale of a forecast made at an origin: levels declared by the
    /// planner are known there, detected shifts between the origin and the day are not.
    pub(crate) fn seen_from(&self, origin: usize, day: usize) -> Option<f64> {
        let before = origin.checked_sub(1)?;
        let value = (*self.observed.get(day)?)?;
        Some(value * self.alignment[day] * self.surprises[before] / self.surprises[day])
    }

    /// Indices of the weekdays in the cleaned history.
    pub(crate) fn place_indices(&self) -> Vec<f64> {
        place_indices(&self.series.values, &self.series.places, self.series.period)
    }
}

/// Events first, then outliers, then shifts of the level.
pub(crate) fn prepare(
    days: &Days,
    calendar: &EventCalendar,
    declared_levels: &[NaiveDate],
    keep: &[NaiveDate],
) -> Result<Prepared, ForecastError> {
    let totals = days.totals();
    let mut dates = Vec::with_capacity(days.len());
    for index in 0..days.len() {
        dates.push(days.date(index)?);
    }
    let place_of_weekday = open_weekdays(days, &dates);
    let mut series = Series {
        period: place_of_weekday.iter().flatten().count().max(1),
        ..Series::default()
    };
    let mut calendar_index = Vec::new();
    let mut closed_events = BTreeSet::new();
    let mut open_events = BTreeSet::new();
    for (index, &date) in dates.iter().enumerate() {
        let Some(place) = place_of_weekday[weekday_index(date.weekday())] else {
            continue;
        };
        if days.is_closed(index) {
            if let Some(key) = calendar.on(date) {
                closed_events.insert(key.clone());
            }
            continue;
        }
        if let Some(key) = calendar.on(date) {
            open_events.insert(key.clone());
        }
        series.dates.push(date);
        series.places.push(place);
        series.values.push(totals[index]);
        calendar_index.push(index);
    }
    if series.known() == 0 {
        return Err(ForecastError::NothingKnown);
    }
    let mut declared = Vec::new();
    for &date in declared_levels {
        let inside = series.dates.first().is_some_and(|first| *first <= date)
            && series.dates.last().is_some_and(|last| date <= *last);
        if !inside {
            return Err(ForecastError::LevelDateOutside(date));
        }
        declared.push(series.dates.partition_point(|day| *day < date));
    }
    let raw = series.values.clone();
    let mut changes = Vec::new();
    let is_event: Vec<bool> = series
        .dates
        .iter()
        .map(|date| calendar.on(*date).is_some())
        .collect();
    for (day, event) in is_event.iter().enumerate() {
        if *event && let Some(from) = series.values[day].take() {
            let date = series.dates[day];
            changes.push(Change {
                date,
                from,
                to: None,
                reason: ChangeReason::Event,
            });
        }
    }
    if series.known() == 0 {
        series.values.clone_from(&raw);
    }
    let mut before = series.values.clone();
    let newest = newest_level(&mut series);
    for mut outlier in remove_outliers(&mut series, keep) {
        let day = series.dates.partition_point(|date| *date < outlier.date);
        outlier.from = before[day].take().unwrap_or(outlier.from);
        changes.push(outlier);
    }
    let mut shifts: Vec<Change> = newest.into_iter().collect();
    shifts.extend(align_levels(&mut series, &declared));
    let occurrences = occurrences(&series, &raw, &before, &is_event, calendar);
    let factors = |wanted: &dyn Fn(&Change) -> bool| -> Vec<f64> {
        series
            .dates
            .iter()
            .map(|date| {
                shifts
                    .iter()
                    .filter(|shift| *date < shift.date && shift.from > 0.0 && wanted(shift))
                    .filter_map(|shift| shift.to.map(|to| to / shift.from))
                    .product()
            })
            .collect()
    };
    let alignment = factors(&|_| true);
    let surprises = factors(&|shift| !declared_levels.contains(&shift.date));
    changes.extend(shifts);
    changes.sort_by_key(|change| change.date);
    let closed_events = closed_events.difference(&open_events).cloned().collect();
    Ok(Prepared {
        series,
        observed: raw,
        calendar_index,
        place_of_weekday,
        is_event,
        occurrences,
        changes,
        alignment,
        surprises,
        closed_events,
    })
}

/// Places of the open weekdays: a weekday is closed when its latest four days were.
fn open_weekdays(days: &Days, dates: &[NaiveDate]) -> [Option<usize>; 7] {
    let mut latest: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (index, date) in dates.iter().enumerate().rev() {
        let entry = latest.entry(weekday_index(date.weekday())).or_default();
        if entry.0 < CLOSED_WEEKS {
            entry.0 += 1;
            entry.1 += usize::from(days.is_closed(index));
        }
    }
    let mut places = [None; 7];
    let mut next = 0;
    for (weekday, place) in places.iter_mut().enumerate() {
        // A weekday nobody has seen yet is taken as open.
        let open = latest
            .get(&weekday)
            .is_none_or(|(seen, closed)| closed < seen);
        if open {
            *place = Some(next);
            next += 1;
        }
    }
    places
}

/// Event days against the local level and weekday index of the ordinary days around them,
/// on the scale before the levels were aligned.
fn occurrences(
    series: &Series,
    raw: &[Option<f64>],
    ordinary: &[Option<f64>],
    is_event: &[bool],
    calendar: &EventCalendar,
) -> Vec<Occurrence> {
    let indices = place_indices(ordinary, &series.places, series.period);
    let levels = local_levels(ordinary, &series.places, &indices);
    let mut past = Vec::new();
    for day in 0..series.len() {
        if let (true, Some(total), Some(key)) =
            (is_event[day], raw[day], calendar.on(series.dates[day]))
        {
            past.push(Occurrence {
                key: key.clone(),
                total,
                level: levels[day],
                index: indices[series.places[day]],
                place: series.places[day],
                open: day,
            });
        }
    }
    past
}
