//! Holidays of one's own, by date or by rule.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

use super::rule::{When, moved};
use super::{Class, Holiday, Status};

/// When a holiday of one's own is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnDates {
    /// On days given one by one.
    Days(Vec<NaiveDate>),
    /// On a day of the year; 29 February in leap years only.
    Yearly {
        /// Month, 1 to 12.
        month: u32,
        /// Day of the month.
        day: u32,
    },
    /// Days after Easter Sunday, negative before it.
    Easter(i64),
    /// The nth such weekday of a month, counted from its end when negative.
    Nth {
        /// Which one.
        nth: i64,
        /// The weekday.
        weekday: Weekday,
        /// Month, 1 to 12.
        month: u32,
    },
}

/// A holiday of one's own: a patron saint's day, a day of the firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHoliday {
    /// What it is called, the same every year.
    pub name: String,
    /// When it is.
    pub dates: OwnDates,
    /// Years in which it holds; those of a moved day are the years of the day itself.
    pub years: RangeInclusive<i32>,
    /// Weekdays on which it is kept another day instead, and the days to go.
    pub moved: Vec<(Weekday, i64)>,
    /// Weekdays on which another day is free too, and the days to go.
    pub observed: Vec<(Weekday, i64)>,
    /// What kind of day it is.
    pub class: Class,
}

impl OwnHoliday {
    /// A day off by its dates, in all years that are read, on whatever weekday.
    pub fn new(name: impl Into<String>, dates: OwnDates) -> Self {
        Self {
            name: name.into(),
            dates,
            years: Self::YEARS,
            moved: Vec::new(),
            observed: Vec::new(),
            class: Class::Public,
        }
    }

    /// The years that rules are expanded to.
    pub const YEARS: RangeInclusive<i32> = 1900..=2200;

    /// All its days, in order; two on the same day are one.
    pub fn days(&self) -> Vec<Holiday> {
        let first = *self.years.start().max(Self::YEARS.start());
        let last = *self.years.end().min(Self::YEARS.end());
        let own: Vec<NaiveDate> = match &self.dates {
            OwnDates::Days(days) => (days.iter().copied())
                .filter(|day| self.years.contains(&day.year()))
                .collect(),
            OwnDates::Yearly { month, day } => by_year(When::Fixed(*month, *day), first, last),
            OwnDates::Easter(offset) => by_year(When::Easter(*offset), first, last),
            OwnDates::Nth {
                nth,
                weekday,
                month,
            } => by_year(When::Nth(*nth, *weekday, *month), first, last),
        };
        let mut days: Vec<Holiday> = Vec::new();
        for date in own {
            match moved(date, &self.moved) {
                Some(other) => days.push(self.on(other, true)),
                None => days.push(self.on(date, false)),
            }
            days.extend(moved(date, &self.observed).map(|other| self.on(other, true)));
        }
        days.sort_by_key(|day| (day.date, day.observed));
        days.dedup_by_key(|day| day.date);
        days
    }

    fn on(&self, date: NaiveDate, observed: bool) -> Holiday {
        Holiday {
            date,
            name: Cow::Owned(self.name.clone()),
            status: Status::Gazetted,
            class: self.class,
            observed,
        }
    }
}

fn by_year(when: When, first: i32, last: i32) -> Vec<NaiveDate> {
    (first..=last).flat_map(|year| when.days(year)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(holiday: &OwnHoliday, year: i32) -> Vec<String> {
        let days = holiday.days().into_iter();
        days.filter(|d| d.date.year() == year)
            .map(|d| d.date.format("%a %d %b").to_string())
            .collect()
    }

    #[test]
    fn each_kind_of_rule() {
        let merce = OwnHoliday::new("La Mercè", OwnDates::Yearly { month: 9, day: 24 });
        assert_eq!(dates(&merce, 2027), ["Fri 24 Sep"]);
        let whit = OwnHoliday::new("Whit Monday", OwnDates::Easter(50));
        assert_eq!(dates(&whit, 2027), ["Mon 17 May"]);
        let last = OwnDates::Nth {
            nth: -1,
            weekday: Weekday::Fri,
            month: 5,
        };
        assert_eq!(dates(&OwnHoliday::new("Firm", last), 2027), ["Fri 28 May"]);
        let never = OwnHoliday::new("Never", OwnDates::Yearly { month: 2, day: 30 });
        assert!(never.days().is_empty());
    }

    #[test]
    fn moved_is_instead_and_observed_is_too() {
        // 24 September 2028 is a Sunday.
        let mut merce = OwnHoliday::new("La Mercè", OwnDates::Yearly { month: 9, day: 24 });
        merce.moved = vec![(Weekday::Sun, 1)];
        assert_eq!(dates(&merce, 2028), ["Mon 25 Sep"]);
        assert!(merce.days().iter().any(|d| d.observed));
        merce.observed = std::mem::take(&mut merce.moved);
        assert_eq!(dates(&merce, 2028), ["Sun 24 Sep", "Mon 25 Sep"]);
    }

    #[test]
    fn only_in_its_years() {
        let mut day = OwnHoliday::new("Day", OwnDates::Yearly { month: 6, day: 1 });
        day.years = 2026..=2027;
        assert_eq!(day.days().len(), 2);
        let days = ["2025-01-02", "2026-01-02"].map(|d| d.parse().unwrap());
        day.dates = OwnDates::Days(days.to_vec());
        assert_eq!(dates(&day, 2026).len() + dates(&day, 2025).len(), 1);
    }
}
