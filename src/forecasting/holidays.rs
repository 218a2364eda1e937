use super::Event;
use crate::calendar::NaiveDate;
use crate::calendar::holidays::{Class, Holiday, HolidayCalendar};

/// Public holidays between two days as events: see [`of_days`].
pub fn events(calendar: &HolidayCalendar, first: NaiveDate, last: NaiveDate) -> Vec<Event> {
    of_days(calendar.between(first, last))
}

/// Special days of calendars as events: days off are holidays with an eve and a day after, working
/// feasts are days of their own. Eves by custom follow from their holidays.
pub fn of_days<'a>(days: impl IntoIterator<Item = &'a Holiday>) -> Vec<Event> {
    days.into_iter()
        .filter_map(|day| match day.class {
            Class::Public | Class::Regional => Some(Event::holiday(day.date, day.name.clone())),
            Class::Observance => Some(Event::special(day.date, day.name.clone())),
            Class::Eve => None,
        })
        .collect()
}
