//! Netherlands: Algemene termijnenwet, article 3.
//!
//! Good Friday and Liberation Day are in the act, but as a rule are working days in collective
//! agreements: Good Friday is an observance here, Liberation Day a holiday every five years.

use chrono::Weekday::Sun;

use super::super::Class;
use super::super::rule::{Moves, Rule, Shift};
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE};

/// To the day before.
const TO_SATURDAY: Moves = &[(Sun, -1)];
const LIBERATION: Rule = Rule::fixed("Liberation Day", 5, 5);
const LUSTRA: &[i32] = &[1990, 1995, 2000, 2005, 2010, 2015, 2020, 2025, 2030, 2035];

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    Rule::easter("Good Friday", -2).class(Class::Observance),
    Rule::easter("Easter Sunday", 0),
    Rule::easter("Easter Monday", 1),
    Rule::fixed("Queen's Day", 4, 30)
        .to(2013)
        .shift(Shift::Move(TO_SATURDAY)),
    Rule::fixed("King's Day", 4, 27)
        .from(2014)
        .shift(Shift::Move(TO_SATURDAY)),
    LIBERATION.only(LUSTRA),
    LIBERATION.except(LUSTRA).class(Class::Observance),
    Rule::easter("Ascension Day", 39),
    Rule::easter("Pentecost", 49),
    Rule::easter("Pentecost Monday", 50),
    Rule::fixed("Christmas Day", 12, 25),
    Rule::fixed("Second Day of Christmas", 12, 26),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
