//! Belgium: Royal Decree of 18 April 1974 under the Act of 4 January 1974 on public holidays.
//!
//! A holiday on a Sunday or another free day is replaced by a day the employer chooses; the
//! replacement is not in the table. The days of the communities are school holidays only.

use super::super::rule::Rule;
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE};

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    Rule::easter("Easter Sunday", 0),
    Rule::easter("Easter Monday", 1),
    Rule::fixed("Labour Day", 5, 1),
    Rule::easter("Ascension Day", 39),
    Rule::easter("Pentecost", 49),
    Rule::easter("Pentecost Monday", 50),
    Rule::fixed("National Day", 7, 21),
    Rule::fixed("Assumption Day", 8, 15),
    Rule::fixed("All Saints' Day", 11, 1),
    Rule::fixed("Armistice Day", 11, 11),
    Rule::fixed("Christmas Day", 12, 25),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
