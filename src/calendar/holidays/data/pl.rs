//! Poland: Act of 18 January 1951 on days off work (Dz.U. 1951 nr 4 poz. 28), with Epiphany from
//! 2011 (Dz.U. 2010 nr 224 poz. 1459) and Christmas Eve from 2025 (Dz.U. 2024 poz. 1965).

use super::super::rule::Rule;
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE};

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    Rule::fixed("Epiphany", 1, 6).from(2011),
    Rule::easter("Easter Sunday", 0),
    Rule::easter("Easter Monday", 1),
    Rule::fixed("Labour Day", 5, 1),
    Rule::fixed("Constitution Day", 5, 3),
    Rule::easter("Pentecost", 49),
    Rule::easter("Corpus Christi", 60),
    Rule::fixed("Assumption Day", 8, 15),
    Rule::fixed("All Saints' Day", 11, 1),
    Rule::fixed("Independence Day", 11, 11),
    // Act of 7 November 2018.
    Rule::dates("Independence Day Centenary", &[(2018, 11, 12)]),
    Rule::fixed("Christmas Eve", 12, 24).from(2025),
    Rule::fixed("Christmas Day", 12, 25),
    Rule::fixed("Second Day of Christmas", 12, 26),
    CHRISTMAS_EVE.to(2024),
    NEW_YEARS_EVE,
];
