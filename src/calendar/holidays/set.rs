use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Holiday, HolidayCalendar};

/// The special days of one or several calendars together, one a day: the strongest class, then
/// the day itself before a moved one, then that of the earlier calendar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HolidaySet {
    days: BTreeMap<NaiveDate, Holiday>,
    /// Days without work in an ordinary week; none until a country says so.
    weekend: Vec<Weekday>,
}

impl From<&HolidayCalendar> for HolidaySet {
    fn from(calendar: &HolidayCalendar) -> Self {
        Self {
            days: calendar.days.clone(),
            weekend: calendar.country.weekend().to_vec(),
        }
    }
}

impl FromIterator<Holiday> for HolidaySet {
    fn from_iter<I: IntoIterator<Item = Holiday>>(days: I) -> Self {
        let mut set = Self::default();
        days.into_iter().for_each(|day| set.add(day));
        set
    }
}

impl HolidaySet {
    /// Adds the days of another one. The weekend is that of the first calendar that has one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        if self.weekend.is_empty() {
            self.weekend = other.weekend;
        }
        other.days.into_values().for_each(|day| self.add(day));
        self
    }

    fn add(&mut self, day: Holiday) {
        let rank = |h: &Holiday| (h.class, h.observed);
        match self.days.get(&day.date) {
            Some(present) if rank(present) <= rank(&day) => {}
            _ => {
                self.days.insert(day.date, day);
            }
        }
    }

    /// Whether there is no day at all.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// All special days in order.
    pub fn iter(&self) -> impl Iterator<Item = &Holiday> {
        self.days.values()
    }

    /// The special days from one date to another, both included, in order; none when reversed.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &Holiday> {
        (from <= to)
            .then(|| self.days.range(from..=to))
            .into_iter()
            .flatten()
            .map(|(_, holiday)| holiday)
    }

    /// The special day on a date.
    pub fn on(&self, date: NaiveDate) -> Option<&Holiday> {
        self.days.get(&date)
    }

    /// The public holiday on a date.
    pub fn day_off(&self, date: NaiveDate) -> Option<&Holiday> {
        self.on(date).filter(|holiday| holiday.is_day_off())
    }

    /// The public holiday of which a date is the eve: the day before it, unless that is one
    /// itself.
    pub fn eve_of(&self, date: NaiveDate) -> Option<&Holiday> {
        if self.day_off(date).is_some() {
            return None;
        }
        self.day_off(date.succ_opt()?)
    }

    /// The public holiday that a bridge day joins to the weekend or to another holiday: a
    /// working day with a day off on either side, at least one of them a holiday. The one before
    /// it where both are.
    pub fn bridge_to(&self, date: NaiveDate) -> Option<&Holiday> {
        if self.day_off(date).is_some() || self.is_weekend(date) {
            return None;
        }
        let (before, after) = (date.pred_opt()?, date.succ_opt()?);
        let is_free = |day| self.is_weekend(day) || self.day_off(day).is_some();
        if !is_free(before) || !is_free(after) {
            return None;
        }
        self.day_off(before).or_else(|| self.day_off(after))
    }

    fn is_weekend(&self, date: NaiveDate) -> bool {
        let weekday = date.weekday();
        if self.weekend.is_empty() {
            matches!(weekday, Weekday::Sat | Weekday::Sun)
        } else {
            self.weekend.contains(&weekday)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::holidays::{Class, OwnDates, OwnHoliday};

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn set(name: &str) -> HolidaySet {
        HolidaySet::from(&HolidayCalendar::parse(name).unwrap())
    }

    #[test]
    fn bridges_of_a_known_year() {
        // Germany 2026: Ascension on Thursday 14 May is the one nationwide holiday that leaves a
        // bridge; North Rhine-Westphalia has Corpus Christi on Thursday 4 June too.
        let bridges = |set: &HolidaySet| {
            let days = date(2026, 1, 1).iter_days().take(365);
            days.filter(|&d| set.bridge_to(d).is_some())
                .map(|d| d.format("%m%d").to_string())
                .collect::<Vec<_>>()
        };
        // New Year's Day is a Thursday.
        assert_eq!(bridges(&set("DE")), ["0102", "0515"]);
        assert_eq!(bridges(&set("DE-NW")), ["0102", "0515", "0605"]);
    }

    #[test]
    fn a_bridge_may_lie_between_two_holidays_and_before_one() {
        let days = ["2027-06-01", "2027-06-03", "2027-06-08"];
        let day = |d: &str| OwnDates::Days(vec![d.parse().unwrap()]);
        let set: HolidaySet = (days.iter())
            .flat_map(|d| OwnHoliday::new(*d, day(d)).days())
            .collect();
        let bridge = |d| set.bridge_to(date(2027, 6, d)).map(|h| h.name.as_ref());
        // Tuesday 1, Thursday 3, Tuesday 8 June.
        assert_eq!(bridge(2), Some("2027-06-01"));
        assert_eq!(bridge(4), Some("2027-06-03"));
        assert_eq!(bridge(7), Some("2027-06-08"));
        assert_eq!(bridge(9), None);
        assert_eq!(bridge(5), None);
    }

    #[test]
    fn the_weekend_is_the_countrys() {
        // Independence Day 2026 is Wednesday 22 April; Thursday lies before an Israeli weekend.
        let israel = set("IL");
        assert!(israel.day_off(date(2026, 4, 22)).is_some());
        assert!(israel.bridge_to(date(2026, 4, 23)).is_some());
        assert!(israel.bridge_to(date(2026, 4, 21)).is_none());
    }

    #[test]
    fn eves_are_no_holidays_themselves() {
        let spain = set("ES");
        let eve = |m, d| spain.eve_of(date(2027, m, d)).map(|h| h.name.as_ref());
        assert_eq!(eve(12, 24), Some("Christmas Day"));
        assert_eq!(eve(12, 25), None);
        assert_eq!(eve(12, 31), Some("New Year's Day"));
    }

    #[test]
    fn together_the_stronger_class_wins() {
        let mut day = OwnHoliday::new("Shopping", OwnDates::Days(vec![date(2027, 12, 25)]));
        day.class = Class::Observance;
        let both = set("ES").and(day.days().into_iter().collect());
        assert_eq!(both.on(date(2027, 12, 25)).unwrap().name, "Christmas Day");
        let other: HolidaySet = day.days().into_iter().collect();
        assert_eq!(other.and(set("ES")), both);
    }
}
