use super::Event;
use crate::calendar::NaiveDate;
use crate::calendar::holidays::{Class, HolidayCalendar};

/// Public holidays between two days as events: days off are holidays with an eve and a day after,
/// working feasts are days of their own. Eves by custom follow from their holidays.
pub fn events(calendar: &HolidayCalendar, first: NaiveDate, last: NaiveDate) -> Vec<Event> {
    calendar
        .between(first, last)
        .filter_map(|day| match day.class {
            Class::Public | Class::Regional => Some(Event::holiday(day.date, day.name.clone())),
            Class::Observance => Some(Event::special(day.date, day.name.clone())),
            Class::Eve => None,
        })
        .collect()
}
