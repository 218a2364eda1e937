//! Ireland: Organisation of Working Time Act 1997, second schedule; Saint Brigid's Day by
//! the regulations of 2022.
//!
//! A holiday on a weekend gives a right to another day, not to a given date.

use chrono::Weekday::Mon;

use super::super::Class;
use super::super::rule::Rule;
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE};

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    // First Monday of February, or the first of February when that is a Friday.
    Rule::nth("Saint Brigid's Day", 1, Mon, 2)
        .from(2023)
        .except(&[2030]),
    Rule::dates("Saint Brigid's Day", &[(2030, 2, 1)]),
    Rule::fixed("Saint Patrick's Day", 3, 17),
    Rule::easter("Easter Monday", 1),
    Rule::nth("May Bank Holiday", 1, Mon, 5)
        .from(1994)
        .except(&[1995]),
    Rule::dates("May Bank Holiday", &[(1995, 5, 8)]),
    Rule::nth("June Bank Holiday", 1, Mon, 6),
    Rule::nth("August Bank Holiday", 1, Mon, 8),
    Rule::nth("October Bank Holiday", -1, Mon, 10),
    Rule::fixed("Christmas Day", 12, 25),
    Rule::fixed("Saint Stephen's Day", 12, 26),
    Rule::dates("Millennium Celebrations", &[(1999, 12, 31)]),
    Rule::dates("National Day of Mourning", &[(2001, 9, 14)]),
    Rule::dates("Day of Remembrance and Recognition", &[(2022, 3, 18)]),
    // No public holiday, but banks and many offices close.
    Rule::easter("Good Friday", -2).class(Class::Observance),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
