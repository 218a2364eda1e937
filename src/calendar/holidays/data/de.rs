//! Germany: the holiday acts of the sixteen states; German Unity Day by the Unification Treaty,
//! article 2.
//!
//! Days that hold in some municipalities only (Assumption in Catholic Bavaria, Corpus Christi in
//! parts of Saxony and Thuringia) are observances of the state; the city of Augsburg has its own
//! calendar.

use chrono::Weekday::Wed;

use super::super::Class;
use super::super::area::Area;
use super::super::rule::{Rule, When};
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE, area};

pub(crate) const AREAS: &[Area] = &[
    area("BB", "Brandenburg", &[]),
    area("BE", "Berlin", &[]),
    area("BW", "Baden-Württemberg", &["Baden-Wuerttemberg"]),
    area("BY", "Bayern", &["Bavaria"]),
    area("BY-Augsburg", "Augsburg", &[]),
    area("HB", "Bremen", &[]),
    area("HE", "Hessen", &["Hesse"]),
    area("HH", "Hamburg", &[]),
    area(
        "MV",
        "Mecklenburg-Vorpommern",
        &["Mecklenburg-Western Pomerania"],
    ),
    area("NI", "Niedersachsen", &["Lower Saxony"]),
    area("NW", "Nordrhein-Westfalen", &["North Rhine-Westphalia"]),
    area("RP", "Rheinland-Pfalz", &["Rhineland-Palatinate"]),
    area("SH", "Schleswig-Holstein", &[]),
    area("SL", "Saarland", &[]),
    area("SN", "Sachsen", &["Saxony"]),
    area("ST", "Sachsen-Anhalt", &["Saxony-Anhalt"]),
    area("TH", "Thüringen", &["Thuringia", "Thueringen"]),
];

const REFORMATION: Rule = Rule::fixed("Reformation Day", 10, 31);
const REPENTANCE: Rule = Rule::new("Repentance and Prayer Day", When::OnOrBefore(Wed, 11, 22));

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    Rule::fixed("Epiphany", 1, 6).regions(&["BW", "BY", "BY-Augsburg", "ST"]),
    // Berlin since 2019, Mecklenburg-Vorpommern since 2023.
    Rule::fixed("Women's Day", 3, 8).from(2019).regions(&["BE"]),
    Rule::fixed("Women's Day", 3, 8).from(2023).regions(&["MV"]),
    Rule::easter("Good Friday", -2),
    Rule::easter("Easter Sunday", 0).regions(&["BB"]),
    Rule::easter("Easter Monday", 1),
    Rule::fixed("Labour Day", 5, 1),
    // Berlin, holiday acts of 2019 and 2023: 75 and 80 years, and 17 June 1953.
    Rule::dates("Liberation Day", &[(2020, 5, 8), (2025, 5, 8)]).regions(&["BE"]),
    Rule::dates("Uprising of 1953", &[(2028, 6, 17)]).regions(&["BE"]),
    Rule::easter("Ascension Day", 39),
    Rule::easter("Pentecost", 49).regions(&["BB"]),
    Rule::easter("Pentecost Monday", 50),
    Rule::easter("Corpus Christi", 60).regions(&[
        "BW",
        "BY",
        "BY-Augsburg",
        "HE",
        "NW",
        "RP",
        "SL",
    ]),
    Rule::easter("Corpus Christi", 60)
        .regions(&["SN", "TH"])
        .class(Class::Observance),
    Rule::fixed("Augsburg Peace Festival", 8, 8).regions(&["BY-Augsburg"]),
    Rule::fixed("Assumption Day", 8, 15).regions(&["SL", "BY-Augsburg"]),
    Rule::fixed("Assumption Day", 8, 15)
        .regions(&["BY"])
        .class(Class::Observance),
    Rule::fixed("World Children's Day", 9, 20)
        .from(2019)
        .regions(&["TH"]),
    Rule::fixed("German Unity Day", 10, 3),
    REFORMATION
        .except(&[2017])
        .regions(&["BB", "MV", "SN", "ST", "TH"]),
    // 500 years of the Reformation, all states.
    REFORMATION.only(&[2017]),
    REFORMATION.from(2018).regions(&["HB", "HH", "NI", "SH"]),
    Rule::fixed("All Saints' Day", 11, 1).regions(&["BW", "BY", "BY-Augsburg", "NW", "RP", "SL"]),
    // Given up for the long-term care insurance except in Saxony.
    REPENTANCE.to(1994),
    REPENTANCE.from(1995).regions(&["SN"]),
    Rule::fixed("Christmas Day", 12, 25),
    Rule::fixed("Second Day of Christmas", 12, 26),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
