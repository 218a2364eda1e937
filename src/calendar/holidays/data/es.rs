//! Spain: Workers' Statute, article 37.2, and Royal Decree 2001/1983, article 45; the yearly
//! resolutions of the Labour Directorate in the Official Gazette (for 2024 BOE-A-2023-22014, for
//! 2025 BOE-A-2024-21316, for 2026 BOE-A-2025-21667).
//!
//! A holiday on Sunday is dropped. Every autumn each community decides whether its people keep
//! it on Monday, and which days of its own it adds, up to fourteen days with two of each
//! municipality. Decisions of 2008 to 2026 are in the table; other years continue the practice and
//! are provisional. Municipal days are the user's.

use super::super::area::Area;
use super::super::rule::{Rule, SUNDAY_TO_MONDAY, Shift};
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE, area};

pub(crate) const AREAS: &[Area] = &[
    area("AN", "Andalucía", &["Andalucia", "Andalusia"]),
    area("AR", "Aragón", &["Aragon"]),
    area("AS", "Asturias", &[]),
    area("CB", "Cantabria", &[]),
    area("CE", "Ceuta", &[]),
    area(
        "CL",
        "Castilla y León",
        &["Castilla y Leon", "Castile and León"],
    ),
    area("CM", "Castilla-La Mancha", &["Castile-La Mancha"]),
    area("CN", "Canarias", &["Canary Islands"]),
    area("CT", "Cataluña", &["Catalunya", "Catalonia", "Cataluna"]),
    area("CT-Barcelona", "Barcelona", &[]),
    area("EX", "Extremadura", &[]),
    area("GA", "Galicia", &[]),
    area(
        "IB",
        "Illes Balears",
        &["Islas Baleares", "Balearic Islands"],
    ),
    area("MC", "Murcia", &[]),
    area("MD", "Madrid", &[]),
    area("ML", "Melilla", &[]),
    area("NC", "Navarra", &["Navarre"]),
    area(
        "PV",
        "País Vasco",
        &["Euskadi", "Pais Vasco", "Basque Country"],
    ),
    area("RI", "La Rioja", &[]),
    area(
        "VC",
        "Comunitat Valenciana",
        &["Comunidad Valenciana", "Valencia"],
    ),
];

type Regions = &'static [&'static str];
type Years = &'static [i32];

const NEW_YEAR: Rule = national("New Year's Day", 1, 1);
const EPIPHANY: Rule = national("Epiphany", 1, 6);
const LABOUR: Rule = national("Labour Day", 5, 1);
const ASSUMPTION: Rule = national("Assumption Day", 8, 15);
const NATIONAL_DAY: Rule = national("National Day", 10, 12);
const ALL_SAINTS: Rule = national("All Saints' Day", 11, 1);
const CONSTITUTION: Rule = national("Constitution Day", 12, 6);
const IMMACULATE: Rule = national("Immaculate Conception", 12, 8);
const CHRISTMAS: Rule = national("Christmas Day", 12, 25);

const MAUNDY: Rule = Rule::easter("Maundy Thursday", -3);
const EASTER_MONDAY: Rule = Rule::easter("Easter Monday", 1);
const PENTECOST_MONDAY: Rule = Rule::easter("Pentecost Monday", 50);
const CORPUS: Rule = Rule::easter("Corpus Christi", 60);
const JOSEPH: Rule = Rule::fixed("Saint Joseph's Day", 3, 19);
const JOHN: Rule = Rule::fixed("Saint John's Day", 6, 24);
const JAMES: Rule = Rule::fixed("Saint James' Day", 7, 25);
const STEPHEN: Rule = Rule::fixed("Saint Stephen's Day", 12, 26);

/// A day of all Spain, none when it is a Sunday.
const fn national(name: &'static str, month: u32, day: u32) -> Rule {
    Rule::fixed(name, month, day).shift(Shift::DropSunday)
}

/// The Monday after a national day on Sunday.
const fn monday(rule: Rule, regions: Regions) -> Rule {
    decided(rule.shift(Shift::OnlyMoved(SUNDAY_TO_MONDAY)), regions)
}

/// A day of communities that goes from Sunday to Monday.
const fn moving(rule: Rule, regions: Regions) -> Rule {
    decided(rule.shift(Shift::Move(SUNDAY_TO_MONDAY)), regions)
}

/// A day of communities that is dropped on Sunday.
const fn dropping(rule: Rule, regions: Regions) -> Rule {
    decided(rule.shift(Shift::DropSunday), regions)
}

/// A day that is settled only for the years of the resolutions.
const fn decided(rule: Rule, regions: Regions) -> Rule {
    rule.regions(regions).settled(2008, 2026)
}

const fn day(name: &'static str, month: u32, day: u32) -> Rule {
    Rule::fixed(name, month, day)
}

/// Years in which 1 May is a Sunday.
const MAY_1_SUNDAY: Years = &[1994, 2005, 2011, 2016, 2022, 2033];
/// Years in which 9 October or, until 2017, 19 March is a Sunday, and two more.
const VALENCIAN_MAUNDY: Years = &[
    1994, 1995, 2000, 2005, 2006, 2008, 2009, 2011, 2016, 2017, 2022, 2033,
];
/// Years in which 1 January, 15 August or, until 2015, 1 November is a Sunday.
const MADRID_JOSEPH: Years = &[
    1992, 1993, 1995, 1998, 1999, 2004, 2006, 2009, 2010, 2012, 2015, 2017, 2021, 2023, 2027, 2032,
    2034,
];
/// Years in which 6 January (but 2013), 15 August or 1 November is a Sunday.
const BASQUE_JOSEPH: Years = &[
    1991, 1992, 1993, 1998, 1999, 2002, 2004, 2008, 2009, 2010, 2015, 2019, 2020, 2021, 2026, 2027,
    2030, 2032,
];

pub(crate) const RULES: &[Rule] = &[
    NEW_YEAR,
    EPIPHANY,
    Rule::easter("Good Friday", -2),
    LABOUR,
    ASSUMPTION,
    NATIONAL_DAY,
    ALL_SAINTS,
    CONSTITUTION,
    IMMACULATE,
    CHRISTMAS,
    // Mondays after national days on Sunday.
    monday(NEW_YEAR, &["AN", "AR", "AS"]),
    monday(NEW_YEAR, &["CL", "MC"]).from(2017),
    monday(NEW_YEAR, &["CE", "EX"]).only(&[2012]),
    monday(NEW_YEAR, &["ML"]).only(&[2017]),
    monday(
        EPIPHANY,
        &["AN", "AR", "AS", "CE", "CL", "CN", "EX", "MD", "ML"],
    ),
    monday(EPIPHANY, &["CB"]).only(&[2013]),
    monday(EPIPHANY, &["CM"]).to(2013),
    monday(EPIPHANY, &["MC", "NC"]).from(2013),
    monday(LABOUR, &["AN", "AR", "AS", "EX"]),
    monday(LABOUR, &["CB", "CE", "MC", "VC"]).only(&[2011]),
    monday(LABOUR, &["CL"]).from(2016),
    monday(LABOUR, &["CN"]).only(&[2016]),
    monday(LABOUR, &["MC"]).from(2022),
    monday(ASSUMPTION, &["AN", "AR", "AS"]),
    monday(ASSUMPTION, &["CL", "CN"]).from(2021),
    monday(NATIONAL_DAY, &["AN", "AR", "AS", "CL", "EX"]),
    monday(NATIONAL_DAY, &["CB", "IB", "MC", "ML"]).only(&[2008]),
    monday(NATIONAL_DAY, &["CE"]).to(2014),
    monday(ALL_SAINTS, &["AN", "AR", "AS", "CL", "EX"]),
    monday(ALL_SAINTS, &["CB", "CN", "GA", "IB"]).only(&[2015]),
    monday(ALL_SAINTS, &["CE"]).to(2015),
    monday(ALL_SAINTS, &["CM", "CN", "NC"]).from(2026),
    monday(ALL_SAINTS, &["MD"]).from(2020),
    monday(ALL_SAINTS, &["ML"]).only(&[2009]),
    monday(CONSTITUTION, &["AN", "AR", "AS", "EX", "MC", "ML", "RI"]),
    monday(CONSTITUTION, &["CB", "CN", "GA"]).only(&[2009]),
    monday(CONSTITUTION, &["CB"]).from(2026),
    monday(CONSTITUTION, &["CE", "IB"]).to(2020),
    monday(CONSTITUTION, &["CL"]).from(2015),
    monday(CONSTITUTION, &["CM"]).to(2015),
    monday(CONSTITUTION, &["CN", "NC"]).only(&[2020]),
    monday(CONSTITUTION, &["MD"]).from(2020),
    monday(CONSTITUTION, &["VC"]).only(&[2015]),
    monday(IMMACULATE, &["AN", "AR", "AS", "CL", "EX"]),
    monday(IMMACULATE, &["CE"]).only(&[2013]),
    monday(IMMACULATE, &["CB", "MD"]).only(&[2019]),
    monday(IMMACULATE, &["MC"]).only(&[2013]),
    monday(IMMACULATE, &["MC"]).from(2024),
    monday(IMMACULATE, &["ML"]).from(2019),
    monday(IMMACULATE, &["RI"]).to(2019),
    monday(CHRISTMAS, &["AN", "AR", "AS", "CL", "EX", "IB", "ML", "NC"]),
    monday(CHRISTMAS, &["CB", "CM", "MC", "MD"]).from(2016),
    monday(CHRISTMAS, &["CE"]).to(2016),
    monday(CHRISTMAS, &["CN"]).only(&[2011]),
    monday(CHRISTMAS, &["CN", "RI"]).from(2022),
    monday(CHRISTMAS, &["VC"]).only(&[2016]),
    // Holy Week and the feasts after it.
    decided(
        MAUNDY,
        &[
            "AN", "AR", "AS", "CE", "CL", "CM", "CN", "EX", "GA", "IB", "MC", "MD", "ML", "NC",
            "PV", "RI",
        ],
    ),
    decided(MAUNDY, &["CB"]).except(&[2018]),
    decided(MAUNDY, &["VC"]).only(VALENCIAN_MAUNDY),
    decided(EASTER_MONDAY, &["CT", "NC", "PV", "VC"]),
    decided(EASTER_MONDAY, &["CB"]).only(&[1991, 1996, 2002, 2013, 2015, 2019, 2020, 2024, 2030]),
    decided(EASTER_MONDAY, &["CM"]).only(&[2014, 2015, 2019, 2020, 2026]),
    decided(EASTER_MONDAY, &["IB"]).except(&[2014, 2025]),
    decided(EASTER_MONDAY, &["RI"]).except(&[2009, 2010, 2012, 2018]),
    decided(PENTECOST_MONDAY, &["CT"]).only(MAY_1_SUNDAY),
    decided(CORPUS, &["CM"]).except(&[2009, 2010, 2018]),
    decided(CORPUS, &["MD"]).only(&[2009, 2010, 2011, 2014]),
    decided(Rule::easter("Carnival Tuesday", -47), &["EX"]).only(&[2023, 2024]),
    // Saints chosen by some communities in some years.
    decided(JOSEPH, &["CL", "RI"]).only(&[2009, 2010, 2012]),
    decided(JOSEPH, &["CM"]).only(&[2008, 2009, 2010, 2011, 2020]),
    moving(JOSEPH, &["EX"]).only(&[2010, 2017, 2021]),
    moving(JOSEPH, &["GA"]).only(&[2008, 2009, 2010, 2011, 2019, 2020, 2021, 2026]),
    dropping(JOSEPH, &["MC"]).except(&[2022]),
    moving(JOSEPH, &["MD"]).only(MADRID_JOSEPH),
    decided(JOSEPH, &["ML"]).to(2016),
    decided(JOSEPH, &["NC"]).only(&[2008, 2009, 2010, 2012, 2014, 2015, 2019, 2020, 2021, 2026]),
    decided(JOSEPH, &["PV"]).only(BASQUE_JOSEPH),
    dropping(JOSEPH, &["VC"]),
    decided(Rule::dates("Saint Joseph's Day", &[(2013, 3, 18)]), &["MD"]).shift(Shift::Moved),
    decided(Rule::dates("Fallas Monday", &[(2013, 3, 18)]), &["VC"]),
    decided(
        Rule::dates("Day after Saint Joseph's Day", &[(2015, 3, 20)]),
        &["GA"],
    ),
    decided(JOHN, &["CT"]).shift(Shift::DropSunday),
    decided(JOHN, &["GA"]).only(&[2013, 2016, 2020, 2022, 2026]),
    decided(JOHN, &["VC"]).from(2019),
    decided(JAMES, &["CB"]).only(&[1991, 1996, 2002, 2012, 2013, 2014, 2019, 2024, 2030]),
    decided(JAMES, &["CL"]).only(&[2011, 2023]),
    decided(JAMES, &["MD"]).only(&[1994, 2005, 2008, 2011, 2016, 2022, 2024, 2025, 2033]),
    decided(JAMES, &["NC"]).only(&[
        2008, 2009, 2011, 2013, 2015, 2016, 2017, 2022, 2023, 2024, 2025,
    ]),
    dropping(JAMES, &["PV"]).except(&[2012, 2014, 2018]),
    decided(JAMES, &["RI"]).only(&[1994, 2005, 2008, 2011, 2016]),
    dropping(STEPHEN, &["CT"]),
    decided(STEPHEN, &["IB"]).only(&[2008, 2009, 2013, 2014, 2019, 2020, 2025, 2026]),
    // Days of the communities.
    moving(day("Andalusia Day", 2, 28), &["AN"]),
    moving(day("Saint George's Day", 4, 23), &["AR"]),
    moving(day("Asturias Day", 9, 8), &["AS"]),
    dropping(day("Cantabria Institutions Day", 7, 28), &["CB"]).except(&[2012, 2015]),
    dropping(day("Our Lady of Bien Aparecida", 9, 15), &["CB"]),
    moving(day("Saint Anthony's Day", 6, 13), &["CE"]),
    decided(day("Our Lady of Africa", 8, 5), &["CE"]).from(2022),
    dropping(day("Ceuta Day", 9, 2), &["CE"]).except(&[2011, 2015, 2025]),
    moving(day("Castile and León Day", 4, 23), &["CL"]).except(&[2023]),
    moving(day("Castilla-La Mancha Day", 5, 31), &["CM"]).to(2009),
    dropping(day("Castilla-La Mancha Day", 5, 31), &["CM"]).from(2010),
    moving(day("Canary Islands Day", 5, 30), &["CN"]).except(&[2021]),
    dropping(day("Catalonia Day", 9, 11), &["CT"]),
    decided(Rule::easter("Pentecost Monday", 50), &["CT-Barcelona"]),
    moving(day("Our Lady of Mercy", 9, 24), &["CT-Barcelona"]),
    moving(day("Extremadura Day", 9, 8), &["EX"]).except(&[2024]),
    dropping(day("Galician Literature Day", 5, 17), &["GA"]),
    dropping(day("Galicia Day", 7, 25), &["GA"]),
    dropping(day("Balearic Islands Day", 3, 1), &["IB"]).to(2025),
    moving(day("Balearic Islands Day", 3, 1), &["IB"]).from(2026),
    moving(day("Murcia Day", 6, 9), &["MC"]).except(&[2013, 2024]),
    moving(day("Madrid Day", 5, 2), &["MD"]).except(&[2010]),
    decided(day("Melilla Statute Day", 3, 13), &["ML"]).only(&[2020, 2021, 2023]),
    moving(day("Our Lady of Victory", 9, 8), &["ML"]).except(&[2024]),
    moving(day("Melilla Day", 9, 17), &["ML"]).except(&[2023]),
    moving(day("Saint Francis Xavier's Day", 12, 3), &["NC"]),
    decided(day("Basque Country Day", 10, 25), &["PV"])
        .from(2011)
        .to(2014),
    decided(
        Rule::dates("Basque Government Anniversary", &[(2016, 10, 7)]),
        &["PV"],
    ),
    decided(
        Rule::dates("Circumnavigation Anniversary", &[(2022, 9, 6)]),
        &["PV"],
    ),
    moving(day("La Rioja Day", 6, 9), &["RI"]),
    dropping(day("Valencian Community Day", 10, 9), &["VC"]),
    // Eid in the two cities, by sight of the moon: later years follow the Umm al-Qura calendar.
    decided(
        Rule::dates(
            "Eid al-Fitr",
            &[
                (2022, 5, 3),
                (2024, 4, 10),
                (2025, 3, 31),
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
        ),
        &["CE", "ML"],
    ),
    decided(Rule::dates("Eid al-Fitr", &[(2023, 4, 22)]), &["CE"]),
    decided(Rule::dates("Eid al-Fitr", &[(2023, 4, 21)]), &["ML"]),
    decided(
        Rule::dates(
            "Eid al-Adha",
            &[
                (2010, 11, 17),
                (2011, 11, 7),
                (2013, 10, 15),
                (2015, 9, 25),
                (2016, 9, 12),
                (2017, 9, 1),
                (2018, 8, 22),
                (2019, 8, 12),
                (2020, 7, 31),
                (2023, 6, 29),
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
        ),
        &["CE", "ML"],
    ),
    decided(
        Rule::dates(
            "Eid al-Adha",
            &[(2012, 10, 27), (2014, 10, 6), (2021, 7, 20), (2022, 7, 9)],
        ),
        &["CE"],
    ),
    decided(
        Rule::dates(
            "Eid al-Adha",
            &[(2012, 10, 26), (2014, 10, 4), (2021, 7, 21), (2022, 7, 11)],
        ),
        &["ML"],
    ),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
