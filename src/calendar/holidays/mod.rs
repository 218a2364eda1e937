//! Public holidays by country and region, 1990 to 2035.
//!
//! A [`HolidayCalendar`] holds the special days of one country, or of one of its regions, and the
//! days its user adds or takes away. Every day has one [`Holiday`]: a name that stays the same
//! over the years and is shared by countries where the feast is the same (so that effects can be
//! matched by name), a [`Status`], a [`Class`] and whether it was moved.
//!
//! The rules are laws and gazettes named in each country's table. What is decided year by year
//! (where a Spanish Sunday goes, which days the Philippines proclaim, when a lunar feast falls) is
//! [`Status::Provisional`] outside the years that were decided when the table was written.
//! Municipal and company days are the user's: see [`HolidayCalendar::with_day`] and
//! [`OwnHoliday`]. A [`HolidaySet`] puts several calendars together and tells the eves and bridge
//! days of its holidays.
//!
//! `Public` is not the same as `closed`: what a queue does on a day is the queue's own business.

mod area;
mod country;
mod data;
mod easter;
mod hebrew;
mod own;
mod rule;
mod set;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

pub use country::{Country, HolidayError, Region};
pub use easter::easter_sunday;
pub use hebrew::{HebrewMonth, hebrew_date};
pub use own::{OwnDates, OwnHoliday};
pub use set::HolidaySet;

/// Years the tables speak about; outside them a calendar knows only its user's days.
pub const YEARS: RangeInclusive<i32> = 1990..=2035;

/// Whether a date has been decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Fixed by a law in force, or announced for that year by whoever decides, or custom.
    Gazetted,
    /// Projected from past practice; the decision for that year was not known.
    Provisional,
}

/// What kind of day it is, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A public holiday in the whole country.
    Public,
    /// A public holiday in the region, not in the whole country.
    Regional,
    /// Kept by many without being a general day off: a working holiday, a shopping day, a day
    /// off in some municipalities or trades.
    Observance,
    /// The day before a feast, a half day by law or custom.
    Eve,
}

impl Class {
    /// Whether it is a public holiday where the calendar holds.
    pub const fn is_day_off(self) -> bool {
        matches!(self, Self::Public | Self::Regional)
    }
}

/// A special day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// English name, the same every year; that the day was moved is not part of it.
    pub name: Cow<'static, str>,
    /// Whether the date has been decided.
    pub status: Status,
    /// What kind of day it is.
    pub class: Class,
    /// The holiday of that name, kept on another day than its own.
    pub observed: bool,
}

impl Holiday {
    /// Whether it is a public holiday where the calendar holds.
    pub const fn is_day_off(&self) -> bool {
        self.class.is_day_off()
    }
}

impl fmt::Display for Holiday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let observed = if self.observed { " (observed)" } else { "" };
        write!(f, "{} {}{observed}", self.date, self.name)
    }
}

/// The special days of a country or region, and its user's changes to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayCalendar {
    country: Country,
    region: Option<Region>,
    days: BTreeMap<NaiveDate, Holiday>,
}

impl HolidayCalendar {
    /// The calendar of a region, or the days that hold in the whole country.
    ///
    /// # Errors
    /// [`HolidayError::ForeignRegion`] when the region belongs to another country.
    pub fn new(country: Country, region: Option<Region>) -> Result<Self, HolidayError> {
        if let Some(region) = region
            && region.country() != country
        {
            return Err(HolidayError::ForeignRegion { region, country });
        }
        let code = region.map(|r| r.code());
        Ok(Self {
            country,
            region,
            days: rule::expand(country.rules(), code, *YEARS.start(), *YEARS.end()),
        })
    }

    /// The calendar named by a country's code, with or without a region: `FR`, `DE-BY`,
    /// `GB-Scotland`.
    ///
    /// # Errors
    /// [`HolidayError`] when the country or region is not known.
    pub fn parse(text: &str) -> Result<Self, HolidayError> {
        let (country, region) = match text.split_once('-') {
            Some((country, region)) => (country.parse()?, Some(region)),
            None => (text.parse()?, None),
        };
        let region = region.map(|r| Region::parse(country, r)).transpose()?;
        Self::new(country, region)
    }

    /// The country.
    pub const fn country(&self) -> Country {
        self.country
    }

    /// The region, if it is the calendar of one.
    pub const fn region(&self) -> Option<Region> {
        self.region
    }

    /// The special day on a date.
    pub fn on(&self, date: NaiveDate) -> Option<&Holiday> {
        self.days.get(&date)
    }

    /// The name of the special day on a date.
    pub fn name(&self, date: NaiveDate) -> Option<&str> {
        self.on(date).map(|holiday| holiday.name.as_ref())
    }

    /// Whether a date is a public holiday here.
    pub fn is_day_off(&self, date: NaiveDate) -> bool {
        self.on(date).is_some_and(Holiday::is_day_off)
    }

    /// The special days from one date to another, both included, in order; none when reversed.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &Holiday> {
        (from <= to)
            .then(|| self.days.range(from..=to))
            .into_iter()
            .flatten()
            .map(|(_, holiday)| holiday)
    }

    /// Adds a public holiday of the user's, or gives the day on that date another name, class
    /// and status.
    #[must_use]
    pub fn with_day(self, date: NaiveDate, name: impl Into<String>) -> Self {
        self.with_holiday(Holiday {
            date,
            name: Cow::Owned(name.into()),
            status: Status::Gazetted,
            class: Class::Public,
            observed: false,
        })
    }

    /// Adds a special day of any class in place of whatever was there.
    #[must_use]
    pub fn with_holiday(mut self, holiday: Holiday) -> Self {
        self.days.insert(holiday.date, holiday);
        self
    }

    /// Takes away the special day on a date, if there is one.
    #[must_use]
    pub fn without_day(mut self, date: NaiveDate) -> Self {
        self.days.remove(&date);
        self
    }

    /// Takes away the special day of that name in every year.
    #[must_use]
    pub fn without_name(mut self, name: &str) -> Self {
        self.days.retain(|_, holiday| holiday.name != name);
        self
    }

    /// Calls a special day by another name in every year.
    #[must_use]
    pub fn with_name(mut self, old: &str, new: &str) -> Self {
        for holiday in self.days.values_mut().filter(|h| h.name == old) {
            holiday.name = Cow::Owned(new.to_owned());
        }
        self
    }
}

#[cfg(test)]
mod tests;
