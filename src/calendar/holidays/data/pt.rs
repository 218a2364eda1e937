//! Portugal: Labour Code, article 234 (law 7/2009), four holidays suspended from 2013 to 2015 by
//! law 23/2012 and restored by law 8/2016; Azores by decree 13/80/A, Madeira by decree 27/89/M
//! and 18/2002/M.
//!
//! Each district carries the municipal holiday of its capital; other municipalities have others.

use super::super::Class;
use super::super::area::Area;
use super::super::rule::Rule;
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE, area};

pub(crate) const AREAS: &[Area] = &[
    area("01", "Aveiro", &[]),
    area("02", "Beja", &[]),
    area("03", "Braga", &[]),
    area("04", "Bragança", &[]),
    area("05", "Castelo Branco", &[]),
    area("06", "Coimbra", &[]),
    area("07", "Évora", &["Evora"]),
    area("08", "Faro", &[]),
    area("09", "Guarda", &[]),
    area("10", "Leiria", &[]),
    area("11", "Lisboa", &["Lisbon"]),
    area("12", "Portalegre", &[]),
    area("13", "Porto", &["Oporto"]),
    area("14", "Santarém", &["Santarem"]),
    area("15", "Setúbal", &["Setubal"]),
    area("16", "Viana do Castelo", &[]),
    area("17", "Vila Real", &[]),
    area("18", "Viseu", &[]),
    area("20", "Açores", &["Azores"]),
    area("30", "Madeira", &[]),
];

const SUSPENDED: &[i32] = &[2013, 2014, 2015];

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    Rule::easter("Good Friday", -2),
    Rule::easter("Easter Sunday", 0),
    Rule::fixed("Freedom Day", 4, 25),
    Rule::fixed("Labour Day", 5, 1),
    Rule::easter("Corpus Christi", 60).except(SUSPENDED),
    Rule::fixed("Portugal Day", 6, 10),
    Rule::fixed("Assumption Day", 8, 15),
    Rule::fixed("Republic Day", 10, 5).except(SUSPENDED),
    Rule::fixed("All Saints' Day", 11, 1).except(SUSPENDED),
    Rule::fixed("Restoration of Independence Day", 12, 1).except(SUSPENDED),
    Rule::fixed("Immaculate Conception", 12, 8),
    Rule::fixed("Christmas Day", 12, 25),
    Rule::fixed("Saint Joanna's Day", 5, 12).regions(&["01"]),
    Rule::easter("Ascension Day", 39).regions(&["02"]),
    Rule::fixed("Saint John's Day", 6, 24).regions(&["03", "13"]),
    Rule::fixed("Our Lady of Graces", 8, 22).regions(&["04"]),
    Rule::easter("Our Lady of Mércoles", 16).regions(&["05"]),
    Rule::fixed("Saint Elizabeth's Day", 7, 4).regions(&["06"]),
    Rule::fixed("Saint Peter's Day", 6, 29).regions(&["07"]),
    Rule::fixed("Municipal Holiday", 9, 7).regions(&["08"]),
    Rule::fixed("Municipal Holiday", 11, 27).regions(&["09"]),
    Rule::fixed("Municipal Holiday", 5, 22).regions(&["10"]),
    Rule::fixed("Saint Anthony's Day", 6, 13).regions(&["11", "17"]),
    Rule::fixed("Municipal Holiday", 5, 23).regions(&["12"]),
    Rule::fixed("Saint Joseph's Day", 3, 19).regions(&["14"]),
    Rule::fixed("Bocage Day", 9, 15).regions(&["15"]),
    Rule::fixed("Our Lady of Sorrows", 8, 20).regions(&["16"]),
    Rule::fixed("Saint Matthew's Day", 9, 21).regions(&["18"]),
    Rule::easter("Azores Day", 50).regions(&["20"]),
    Rule::fixed("Madeira Day", 7, 1).regions(&["30"]),
    Rule::fixed("First Octave", 12, 26)
        .from(2002)
        .regions(&["30"]),
    // Granted by the government or by agreement in most years.
    Rule::easter("Carnival Tuesday", -47).class(Class::Observance),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
