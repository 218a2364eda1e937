//! Philippines: Republic Acts 9492 (2007), 9645, 9849, 10966 and 11370, and the yearly
//! proclamations (for 2023 no. 90, for 2024 nos. 368 and 665, for 2025 nos. 727, 729, 839, 878 and
//! 911, for 2026 nos. 1006, 1189 and 1264, for 2027 no. 1427).
//!
//! Regular holidays and special non-working days alike are `Public`; special working days are
//! observances. The president moves and adds days by proclamation, so all is provisional after
//! 2027, and the two Eids, proclaimed shortly before, after 2026.

use chrono::Weekday::{Mon, Sun};

use super::super::Class;
use super::super::rule::{Rule, Shift};

/// Last year with a proclamation of its holidays.
const PROCLAIMED: i32 = 2027;

const fn proclaimed(rule: Rule) -> Rule {
    rule.settled(1990, PROCLAIMED)
}

const fn day(name: &'static str, month: u32, day: u32) -> Rule {
    proclaimed(Rule::fixed(name, month, day))
}

const fn moved(name: &'static str, dates: &'static [(i32, u32, u32)]) -> Rule {
    Rule::dates(name, dates).shift(Shift::Moved)
}

const EDSA: &str = "EDSA People Power Revolution Anniversary";
const INC: Rule = day("Iglesia ni Cristo Anniversary", 7, 27);

pub(crate) const RULES: &[Rule] = &[
    day("New Year's Day", 1, 1),
    proclaimed(Rule::dates(
        "Chinese New Year",
        &[
            (2012, 1, 23),
            (2013, 2, 10),
            (2014, 1, 31),
            (2015, 2, 19),
            (2016, 2, 8),
            (2017, 1, 28),
            (2018, 2, 16),
            (2019, 2, 5),
            (2020, 1, 25),
            (2021, 2, 12),
            (2022, 2, 1),
            (2024, 2, 10),
            (2025, 1, 29),
            (2026, 2, 17),
            (2027, 2, 6),
            (2028, 1, 26),
            (2029, 2, 13),
            (2030, 2, 3),
            (2031, 1, 23),
            (2032, 2, 11),
            (2033, 1, 31),
            (2034, 2, 19),
            (2035, 2, 8),
        ],
    )),
    day(EDSA, 2, 25).only(&[2016, 2018, 2019, 2020, 2021, 2022]),
    moved(EDSA, &[(2023, 2, 24)]),
    day(EDSA, 2, 25).from(2025).class(Class::Observance),
    proclaimed(Rule::easter("Maundy Thursday", -3)),
    proclaimed(Rule::easter("Good Friday", -2)),
    proclaimed(Rule::easter("Black Saturday", -1)).from(2013),
    day("Day of Valor", 4, 9).except(&[2008, 2009, 2023]),
    moved("Day of Valor", &[(2008, 4, 7), (2009, 4, 6), (2023, 4, 10)]),
    day("Labour Day", 5, 1),
    day("Independence Day", 6, 12).except(&[2007, 2008, 2010]),
    moved(
        "Independence Day",
        &[(2007, 6, 11), (2008, 6, 9), (2010, 6, 14)],
    ),
    day("Ninoy Aquino Day", 8, 21)
        .from(2004)
        .except(&[2007, 2008, 2010, 2024]),
    moved(
        "Ninoy Aquino Day",
        &[(2007, 8, 20), (2008, 8, 18), (2010, 8, 23), (2024, 8, 23)],
    ),
    proclaimed(Rule::nth("National Heroes Day", -1, Sun, 8)).to(2006),
    proclaimed(Rule::nth("National Heroes Day", -1, Mon, 8)).from(2007),
    day("All Saints' Day", 11, 1),
    day("Bonifacio Day", 11, 30).except(&[2008, 2010, 2023]),
    moved(
        "Bonifacio Day",
        &[(2008, 12, 1), (2010, 11, 29), (2023, 11, 27)],
    ),
    day("Immaculate Conception", 12, 8).from(2019),
    day("Christmas Day", 12, 25),
    day("Rizal Day", 12, 30).except(&[2010]),
    moved("Rizal Day", &[(2010, 12, 27)]),
    day("New Year's Eve", 12, 31).except(&[2021, 2022]),
    day("New Year's Eve", 12, 31)
        .only(&[2021, 2022])
        .class(Class::Observance),
    Rule::dates(
        "Eid al-Fitr",
        &[
            (2002, 12, 6),
            (2003, 11, 26),
            (2004, 11, 14),
            (2005, 11, 4),
            (2006, 10, 24),
            (2007, 10, 12),
            (2008, 10, 1),
            (2009, 9, 21),
            (2010, 9, 10),
            (2011, 8, 30),
            (2012, 8, 20),
            (2013, 8, 9),
            (2014, 7, 29),
            (2015, 7, 17),
            (2016, 7, 7),
            (2017, 6, 26),
            (2018, 6, 15),
            (2019, 6, 5),
            (2020, 5, 25),
            (2021, 5, 13),
            (2022, 5, 3),
            (2023, 4, 21),
            (2024, 4, 10),
            (2025, 4, 1),
            (2026, 3, 20),
            (2027, 3, 9),
            (2028, 2, 26),
            (2029, 2, 14),
            (2030, 2, 4),
            (2031, 1, 24),
            (2032, 1, 14),
            (2033, 1, 2),
            (2033, 12, 23),
            (2034, 12, 12),
            (2035, 12, 1),
        ],
    )
    .settled(2002, 2026),
    Rule::dates(
        "Eid al-Adha",
        &[
            (2010, 11, 17),
            (2011, 11, 7),
            (2012, 10, 26),
            (2013, 10, 15),
            (2014, 10, 6),
            (2015, 9, 25),
            (2016, 9, 10),
            (2017, 9, 2),
            (2018, 8, 21),
            (2019, 8, 12),
            (2020, 7, 31),
            (2021, 7, 20),
            (2022, 7, 9),
            (2023, 6, 28),
            (2024, 6, 17),
            (2025, 6, 6),
            (2026, 5, 27),
            (2027, 5, 16),
            (2028, 5, 5),
            (2029, 4, 24),
            (2030, 4, 13),
            (2031, 4, 2),
            (2032, 3, 22),
            (2033, 3, 11),
            (2034, 3, 1),
            (2035, 2, 18),
        ],
    )
    .settled(2010, 2026),
    Rule::dates(
        "Election Day",
        &[
            (2018, 5, 14),
            (2019, 5, 13),
            (2022, 5, 9),
            (2023, 10, 30),
            (2025, 5, 12),
        ],
    ),
    Rule::dates(
        "All Souls' Day",
        &[
            (2009, 11, 2),
            (2012, 11, 2),
            (2013, 11, 2),
            (2018, 11, 2),
            (2019, 11, 2),
            (2020, 11, 2),
            (2023, 11, 2),
            (2024, 11, 2),
            (2026, 11, 2),
            (2027, 11, 2),
        ],
    ),
    // Special working days of proclamations 1107 (2021) and 1236 (2021).
    Rule::dates("All Souls' Day", &[(2021, 11, 2), (2022, 11, 2)]).class(Class::Observance),
    Rule::dates(
        "All Saints' Eve",
        &[
            (2016, 10, 31),
            (2017, 10, 31),
            (2022, 10, 31),
            (2025, 10, 31),
        ],
    ),
    day("Christmas Eve", 12, 24).only(&[
        2009, 2010, 2013, 2014, 2015, 2016, 2018, 2019, 2020, 2024, 2025, 2026, 2027,
    ]),
    day("Christmas Eve", 12, 24).class(Class::Eve),
    Rule::dates(
        "Additional Special Day",
        &[
            (2008, 12, 26),
            (2008, 12, 29),
            (2014, 12, 26),
            (2015, 1, 2),
            (2016, 1, 2),
            (2017, 1, 2),
            (2023, 1, 2),
            (2023, 12, 26),
            (2024, 2, 9),
        ],
    ),
    // Special working days; the first was non-working in 2025.
    INC.only(&[2025]),
    INC.from(2009).except(&[2025]).class(Class::Observance),
    day("Nativity of Mary", 9, 8)
        .from(2019)
        .class(Class::Observance),
    day("Sheikh Karim'ul Makhdum Day", 11, 7)
        .from(2025)
        .class(Class::Observance),
];
