//! United States, federal: 5 U.S.C. 6103 and Executive Order 11582; Juneteenth by Public Law
//! 117-17.
//!
//! A holiday on Saturday is observed on Friday, on Sunday on Monday; the day itself stays in the
//! table, because customers keep it. States and companies differ, and days on
//! which the president only closes federal offices are not in it.

use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu};

use super::super::Class;
use super::super::rule::{Rule, Shift, When};
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE};

const OBSERVED: Shift = Shift::Also(&[(Sat, -1), (Sun, 1)]);

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
    Rule::nth("Columbus Day", 2, Mon, 10),
    Rule::fixed("Veterans Day", 11, 11).shift(OBSERVED),
    Rule::nth("Thanksgiving Day", 4, Thu, 11),
    Rule::fixed("Christmas Day", 12, 25).shift(OBSERVED),
    // A holiday in many states and the busiest shopping day.
    Rule::new("Day after Thanksgiving", When::OnOrAfter(Fri, 11, 23)).class(Class::Observance),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
