//! United States, federal: 5 U.S.C. 6103 and Executive Order 11582; Juneteenth by Public Law
//! 117-17.
//!
//! A holiday on Saturday is observed on Friday, on Sunday on Monday; the day itself stays in the
//! table, because customers keep it. Companies differ, and days on which the president only closes
//! federal offices are not in it.
//!
//! Texas: Government Code 662.003 to 662.006. The days on which its offices are closed are holidays;
//! those on which they stay open with fewer people, and those kept by choice, are observances. Washington: RCW 1.16.050.
//! Neither keeps Columbus Day.

use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu};

use super::super::Class;
use super::super::area::Area;
use super::super::rule::{Rule, Shift, When};
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE, area};

pub(crate) const AREAS: &[Area] = &[area("TX", "Texas", &[]), area("WA", "Washington", &[])];

const OBSERVED: Shift = Shift::Also(&[(Sat, -1), (Sun, 1)]);

const fn texan(name: &'static str, when: When) -> Rule {
    Rule::new(name, when)
        .regions(&["TX"])
        .class(Class::Observance)
}

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1).shift(OBSERVED),
    Rule::nth("Martin Luther King Jr. Day", 3, Mon, 1),
    Rule::nth("Washington's Birthday", 3, Mon, 2),
    Rule::nth("Memorial Day", -1, Mon, 5),
    Rule::fixed("Juneteenth National Independence Day", 6, 19)
        .from(2021)
        .shift(OBSERVED),
    Rule::fixed("Independence Day", 7, 4).shift(OBSERVED),
    Rule::nth("Labor Day", 1, Mon, 9),
    Rule::nth("Columbus Day", 2, Mon, 10).not_in(&["TX", "WA"]),
    Rule::nth("Columbus Day", 2, Mon, 10)
        .regions(&["TX", "WA"])
        .class(Class::Observance),
    Rule::fixed("Veterans Day", 11, 11).shift(OBSERVED),
    Rule::nth("Thanksgiving Day", 4, Thu, 11),
    Rule::fixed("Christmas Day", 12, 25).shift(OBSERVED),
    // A holiday in many states and the busiest shopping day.
    Rule::new("Day after Thanksgiving", When::OnOrAfter(Fri, 11, 23))
        .not_in(&["TX", "WA"])
        .class(Class::Observance),
    Rule::new("Day after Thanksgiving", When::OnOrAfter(Fri, 11, 23)).regions(&["TX"]),
    Rule::new("Day after Thanksgiving", When::OnOrAfter(Fri, 11, 23))
        .regions(&["WA"])
        .to(2013),
    Rule::new("Native American Heritage Day", When::OnOrAfter(Fri, 11, 23))
        .regions(&["WA"])
        .from(2014),
    texan("Confederate Heroes Day", When::Fixed(1, 19)),
    texan("Texas Independence Day", When::Fixed(3, 2)),
    texan("Cesar Chavez Day", When::Fixed(3, 31)),
    texan("Good Friday", When::Easter(-2)),
    texan("San Jacinto Day", When::Fixed(4, 21)),
    texan("Lyndon Baines Johnson Day", When::Fixed(8, 27)),
    Rule::fixed("Christmas Eve", 12, 24).regions(&["TX"]),
    Rule::fixed("Day after Christmas", 12, 26).regions(&["TX"]),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
