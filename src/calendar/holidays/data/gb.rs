//! United Kingdom: Banking and Financial Dealings Act 1971, schedule 1, and the yearly royal
//! proclamations under its section 1; Saint Andrew's Day by the act of the Scottish Parliament of
//! 2007.
//!
//! A bank holiday on a weekend has a substitute on the next weekday that is not one. What is
//! proclaimed year by year is provisional after 2027.

use chrono::Weekday::Mon;

use super::super::area::Area;
use super::super::rule::{Rule, Shift};
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE, area};

pub(crate) const AREAS: &[Area] = &[
    area("ENG", "England", &[]),
    area("NIR", "Northern Ireland", &["NI"]),
    area("SCT", "Scotland", &[]),
    area("WLS", "Wales", &["Cymru"]),
];

/// Last year whose proclamations were known.
const PROCLAIMED: i32 = 2027;
const FIRST: i32 = 1990;

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1)
        .shift(Shift::Substitute)
        .settled(FIRST, PROCLAIMED),
    Rule::fixed("New Year Holiday", 1, 2)
        .shift(Shift::Substitute)
        .regions(&["SCT"]),
    Rule::fixed("Saint Patrick's Day", 3, 17)
        .shift(Shift::Substitute)
        .regions(&["NIR"]),
    Rule::easter("Good Friday", -2),
    Rule::easter("Easter Monday", 1).regions(&["ENG", "NIR", "WLS"]),
    Rule::nth("May Day", 1, Mon, 5)
        .except(&[1995, 2020])
        .settled(FIRST, PROCLAIMED),
    // Victory in Europe, 50 and 75 years.
    Rule::dates("May Day", &[(1995, 5, 8), (2020, 5, 8)]).shift(Shift::Moved),
    Rule::nth("Spring Bank Holiday", -1, Mon, 5).except(&[2002, 2012, 2022]),
    Rule::dates(
        "Spring Bank Holiday",
        &[(2002, 6, 4), (2012, 6, 4), (2022, 6, 2)],
    )
    .shift(Shift::Moved),
    Rule::fixed("Battle of the Boyne", 7, 12)
        .shift(Shift::Substitute)
        .regions(&["NIR"])
        .settled(FIRST, PROCLAIMED),
    Rule::nth("Summer Bank Holiday", 1, Mon, 8).regions(&["SCT"]),
    Rule::nth("Late Summer Bank Holiday", -1, Mon, 8).regions(&["ENG", "NIR", "WLS"]),
    Rule::fixed("Saint Andrew's Day", 11, 30)
        .from(2007)
        .shift(Shift::Substitute)
        .regions(&["SCT"]),
    Rule::fixed("Christmas Day", 12, 25).shift(Shift::Substitute),
    Rule::fixed("Boxing Day", 12, 26).shift(Shift::Substitute),
    Rule::dates("Millennium Celebrations", &[(1999, 12, 31)]),
    Rule::dates("Golden Jubilee of Elizabeth II", &[(2002, 6, 3)]),
    Rule::dates("Wedding of William and Catherine", &[(2011, 4, 29)]),
    Rule::dates("Diamond Jubilee of Elizabeth II", &[(2012, 6, 5)]),
    Rule::dates("Platinum Jubilee of Elizabeth II", &[(2022, 6, 3)]),
    Rule::dates("State Funeral of Elizabeth II", &[(2022, 9, 19)]),
    Rule::dates("Coronation of Charles III", &[(2023, 5, 8)]),
    // Proclamation for Scotland of February 2026.
    Rule::dates("Football World Cup", &[(2026, 6, 15)]).regions(&["SCT"]),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
