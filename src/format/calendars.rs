//! `[[calendars]]`: holidays of one's own, and the calendars that markets, queues and pools name.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use toml::Value as Toml;

use super::reader::Reader;
use super::report::{Report, instead, nearest};
use super::value::{Value, wrong};
use super::words::DAYS;
use crate::calendar::holidays::{
    Class, Country, Holiday, HolidayCalendar, HolidayError, HolidaySet, OwnDates, OwnHoliday, YEARS,
};
use crate::calendar::{Datelike, NaiveDate, WEEK, Weekday};
use crate::planning::Horizon;
use crate::workforce::FaultCode;

/// The calendars that can be named: one's own, and the public ones.
pub(super) struct Calendars {
    own: BTreeMap<String, HolidaySet>,
    /// First and last day of the horizon.
    horizon: Option<(NaiveDate, NaiveDate)>,
    /// A calendar that is named could not be found.
    has_holes: Cell<bool>,
}

impl Calendars {
    /// The list at `calendars`.
    pub(super) fn read(root: &mut Reader<'_>, horizon: Option<&Horizon>) -> Self {
        let mut own: BTreeMap<String, HolidaySet> = BTreeMap::new();
        root.each("calendars", |reader| {
            let id = reader.need::<String>("id");
            let days = days(reader);
            let id = id?;
            let is_public = HolidayCalendar::parse(&id).is_ok();
            if is_public || own.contains_key(&id) {
                let what = if is_public {
                    format!("`{id}` is a public calendar")
                } else {
                    format!("calendar `{id}` is defined twice")
                };
                let action = "give it another name, and add both where they hold: \
                              `holidays = [\"ES-CT\", \"firm\"]`";
                reader.fault("id", FaultCode::Duplicate, what, action);
                return None;
            }
            own.insert(id, days.into_iter().collect());
            Some(())
        });
        let horizon = horizon.and_then(|h| {
            let days = u64::from(h.days.saturating_sub(1));
            let last = h.first.checked_add_days(chrono::Days::new(days))?;
            Some((h.first, last))
        });
        Self {
            own,
            horizon,
            has_holes: Cell::new(false),
        }
    }

    /// Whether a calendar that is named could not be found, so that days are missing.
    pub(super) fn has_holes(&self) -> bool {
        self.has_holes.get()
    }

    /// The calendars at `holidays`, one name or several, put together.
    pub(super) fn chosen(&self, reader: &mut Reader<'_>) -> Option<HolidaySet> {
        let value = reader.raw("holidays", names)?;
        self.named(value, &reader.path_of("holidays"), reader.report())
    }

    /// The same, where several markets share a table: by market, or the same for all.
    pub(super) fn chosen_by_market(
        &self,
        reader: &mut Reader<'_>,
        markets: &[&str],
    ) -> BTreeMap<String, HolidaySet> {
        let path = reader.path_of("holidays");
        let shape = || {
            let by_market = json!({ "type": "object", "additionalProperties": names() });
            json!({ "anyOf": [names(), by_market] })
        };
        let by_market = match reader.raw("holidays", shape) {
            None => return BTreeMap::new(),
            Some(Toml::Table(by_market)) => by_market,
            Some(value) => {
                let set = self.named(value, &path, reader.report());
                let all = markets.iter().map(|m| (*m).to_owned());
                return set
                    .map_or_else(BTreeMap::new, |set| all.map(|m| (m, set.clone())).collect());
            }
        };
        let mut found = BTreeMap::new();
        for (market, value) in by_market {
            let path = format!("{path}.{market}");
            if !markets.contains(&market.as_str()) {
                let what = format!("unknown market `{market}`");
                let action = instead("market", market, markets.iter().copied());
                let report = reader.report();
                report.at(path, FaultCode::UnknownReference, what, action);
                continue;
            }
            let set = self.named(value, &path, reader.report());
            found.extend(set.map(|set| (market.clone(), set)));
        }
        found
    }

    fn named(&self, value: &Toml, path: &str, report: &Report) -> Option<HolidaySet> {
        let set = self.together(value, path, report);
        if set.is_none() {
            self.has_holes.set(true);
        }
        set
    }

    fn together(&self, value: &Toml, path: &str, report: &Report) -> Option<HolidaySet> {
        let names: Vec<(String, String)> = match value {
            Toml::String(_) => vec![(path.to_owned(), String::read(value, path, report)?)],
            Toml::Array(_) => {
                let names = Vec::<String>::read(value, path, report)?;
                let paths = (0..names.len()).map(|i| format!("{path}[{i}]"));
                paths.zip(names).collect()
            }
            other => {
                let wanted = "the name of a calendar such as \"ES-CT\", or a list of them";
                return wrong(other, wanted, path, report);
            }
        };
        let mut all = Some(HolidaySet::default());
        for (i, (path, name)) in names.iter().enumerate() {
            if names.iter().take(i).any(|(_, earlier)| earlier == name) {
                let what = format!("calendar `{name}` is named twice");
                report.at(path, FaultCode::Duplicate, what, "name it once");
                continue;
            }
            let set = self.one(name, path, report);
            all = all.zip(set).map(|(all, set)| all.and(set));
        }
        all
    }

    fn one(&self, name: &str, path: &str, report: &Report) -> Option<HolidaySet> {
        if let Some(own) = self.own.get(name) {
            return Some(own.clone());
        }
        let calendar = match HolidayCalendar::parse(name) {
            Ok(calendar) => calendar,
            Err(error) => {
                // A calendar that could not be read may well be what is meant.
                if !report.is_incomplete() {
                    let action = self.action(name, &error);
                    report.at(path, FaultCode::UnknownReference, unknown(&error), action);
                }
                return None;
            }
        };
        let inside = |day: NaiveDate| YEARS.contains(&day.year());
        if let Some((first, last)) = self.horizon
            && !(inside(first) && inside(last))
        {
            let what = format!(
                "`{name}` is known from {} to {}, the horizon is from {first} to {last}",
                YEARS.start(),
                YEARS.end()
            );
            let action = "leave it out there, and list the holidays under `[[calendars]]`";
            report.at(path, FaultCode::OutOfRange, what, action);
        }
        Some(HolidaySet::from(&calendar))
    }

    fn action(&self, name: &str, error: &HolidayError) -> String {
        let likeness = |a: &str| strsim::jaro_winkler(&a.to_lowercase(), &name.to_lowercase());
        let own = nearest(name, self.own.keys().map(String::as_str));
        let near = match (own, error) {
            (Some(own), _) if likeness(own) > 0.8 => own.to_owned(),
            (_, HolidayError::UnknownCountry { nearest, .. }) => (*nearest).to_owned(),
            (
                _,
                HolidayError::UnknownRegion {
                    country, nearest, ..
                },
            ) => format!("{country}-{nearest}"),
            (_, HolidayError::NoRegions { country, .. }) => country.to_string(),
            _ => Country::Spain.to_string(),
        };
        format!(
            "name a country, a region such as ES-CT, or a calendar of `[[calendars]]`; the \
             nearest is `{near}`"
        )
    }
}

/// The shape of one name or several.
fn names() -> Json {
    let (name, list) = (String::shape(), Vec::<String>::shape());
    json!({ "anyOf": [name, list], "examples": ["ES-CT"] })
}

/// What is not known, without the nearest, which may be a calendar of one's own.
fn unknown(error: &HolidayError) -> String {
    match error {
        HolidayError::UnknownCountry { given, known, .. } => {
            format!("unknown country or calendar `{given}`; known countries are {known}")
        }
        HolidayError::UnknownRegion {
            given,
            country,
            known,
            ..
        } => format!("unknown region `{given}` of {country}; known are {known}"),
        other => other.to_string(),
    }
}

/// The list at `days` of a calendar.
fn days(reader: &mut Reader<'_>) -> Vec<Holiday> {
    let path = reader.path_of("days");
    let is_given = reader.has("days");
    let mut all: Vec<OwnHoliday> = Vec::new();
    let read = reader.each("days", |entry| {
        let holiday = one(entry)?;
        let single = |h: &OwnHoliday| match &h.dates {
            OwnDates::Days(days) => days.clone(),
            _ => Vec::new(),
        };
        let twice = |earlier: &&OwnHoliday| {
            let same = earlier.dates == holiday.dates && overlap(earlier, &holiday);
            same || single(earlier).iter().any(|d| single(&holiday).contains(d))
        };
        if let Some(earlier) = all.iter().find(twice) {
            entry.report().at(
                entry.path(),
                FaultCode::Duplicate,
                format!("`{}` is on a day of `{}`", holiday.name, earlier.name),
                "keep one of them",
            );
        }
        all.push(holiday);
        Some(())
    });
    if read.is_empty() && !reader.report().is_incomplete() {
        let (code, what) = if is_given {
            (FaultCode::OutOfRange, "the calendar has no day")
        } else {
            (FaultCode::MissingKey, "`days` is missing")
        };
        let action =
            "add days, for example `days = [{ name = \"La Mercè\", month = 9, day = 24 }]`";
        reader.report().at(path, code, what, action);
    }
    all.iter().flat_map(OwnHoliday::days).collect()
}

fn overlap(a: &OwnHoliday, b: &OwnHoliday) -> bool {
    a.years.start() <= b.years.end() && b.years.start() <= a.years.end()
}

fn one(reader: &mut Reader<'_>) -> Option<OwnHoliday> {
    let name = reader.need::<String>("name");
    let dates = dates(reader);
    let years = ["from_year", "to_year"].map(|key| reader.get::<u32>(key));
    let moved = moves(reader, "moved");
    let observed = moves(reader, "observed");
    let working = reader.get::<bool>("working").unwrap_or(false);
    let mut holiday = OwnHoliday::new(name?, dates?);
    let year = |given: Option<u32>, otherwise: i32| {
        given.map_or(otherwise, |y| i32::try_from(y).unwrap_or(i32::MAX))
    };
    let (from, to) = (
        year(years[0], *OwnHoliday::YEARS.start()),
        year(years[1], *OwnHoliday::YEARS.end()),
    );
    holiday.years = from..=to;
    holiday.moved = moved;
    holiday.observed = observed;
    if working {
        holiday.class = Class::Observance;
    }
    if holiday.days().is_empty() {
        let what = format!("`{}` is on no day from {from} to {to}", holiday.name);
        let action = "check its date, `from_year` and `to_year`";
        let report = reader.report();
        report.at(reader.path(), FaultCode::OutOfRange, what, action);
        return None;
    }
    Some(holiday)
}

/// When it is: `date`, `dates`, `month` and `day`, `easter`, or `nth`, `weekday` and `month`.
fn dates(reader: &mut Reader<'_>) -> Option<OwnDates> {
    let given = reader.one_of(["date", "dates", "day", "easter", "nth"]);
    if given.iter().filter(|g| **g).count() != 1 {
        let path = reader.path().to_owned();
        let (code, what) = if given.contains(&true) {
            (FaultCode::Duplicate, "the day has more than one rule")
        } else {
            (FaultCode::MissingKey, "the day has no date and no rule")
        };
        let action = "give one of `date`, `dates`, `month` and `day`, `easter` (days after Easter \
                      Sunday), or `nth`, `weekday` and `month`";
        reader.report().at(path, code, what, action);
        // Known, so that they are not reported as well.
        let _ = (reader.has("month"), reader.has("weekday"));
        return None;
    }
    match given {
        [true, ..] => Some(OwnDates::Days(vec![reader.need("date")?])),
        [_, true, ..] => {
            let days: Vec<NaiveDate> = reader.need("dates")?;
            let twice = days
                .iter()
                .enumerate()
                .find(|(i, d)| days[..*i].contains(d));
            if let Some((i, day)) = twice {
                let key = format!("dates[{i}]");
                let what = format!("{day} is given twice");
                reader.fault(&key, FaultCode::Duplicate, what, "keep one of them");
            }
            Some(OwnDates::Days(days))
        }
        [_, _, true, ..] => {
            let month = within(reader, "month", 1..=12);
            let day = within(reader, "day", 1..=31);
            Some(OwnDates::Yearly {
                month: u32::try_from(month?).ok()?,
                day: u32::try_from(day?).ok()?,
            })
        }
        [_, _, _, true, _] => Some(OwnDates::Easter(within(reader, "easter", -100..=250)?)),
        _ => {
            let nth = within(reader, "nth", -5..=5);
            let weekday = reader.need::<Weekday>("weekday");
            let month = within(reader, "month", 1..=12);
            Some(OwnDates::Nth {
                nth: nth?,
                weekday: weekday?,
                month: u32::try_from(month?).ok()?,
            })
        }
    }
}

fn within(
    reader: &mut Reader<'_>,
    key: &'static str,
    range: std::ops::RangeInclusive<i64>,
) -> Option<i64> {
    let (least, most) = (range.start(), range.end());
    let shape = || json!({ "type": "integer", "minimum": least, "maximum": most });
    let number = reader.need_as::<i64>(key, shape)?;
    if range.contains(&number) {
        return Some(number);
    }
    let action = format!("give a number from {} to {}", range.start(), range.end());
    reader.fault(
        key,
        FaultCode::OutOfRange,
        format!("{number} is out of range"),
        action,
    );
    None
}

/// Most days that a holiday is moved by.
const MOST_MOVED: i64 = 14;

/// Days to go from some weekdays, for example `{ sun = 1 }`.
fn moves(reader: &mut Reader<'_>, key: &'static str) -> Vec<(Weekday, i64)> {
    let path = reader.path_of(key);
    let by_weekday = || {
        let days = json!({ "type": "integer", "minimum": -MOST_MOVED, "maximum": MOST_MOVED });
        json!({
            "type": "object", "propertyNames": { "enum": DAYS }, "additionalProperties": days,
        })
    };
    let given: BTreeMap<String, i64> = reader.get_as(key, by_weekday).unwrap_or_default();
    let mut found = Vec::new();
    for (word, days) in given {
        let path = format!("{path}.{word}");
        let weekday = Weekday::read(&Toml::String(word), &path, reader.report());
        if !(-MOST_MOVED..=MOST_MOVED).contains(&days) || days == 0 {
            let what = format!("{days} days to go");
            let action = format!("give days forward, or back when negative, at most {MOST_MOVED}");
            let report = reader.report();
            report.at(path, FaultCode::OutOfRange, what, action);
            continue;
        }
        found.extend(weekday.map(|weekday| (weekday, days)));
    }
    found.sort_by_key(|(weekday, _)| WEEK.iter().position(|d| d == weekday));
    found
}
