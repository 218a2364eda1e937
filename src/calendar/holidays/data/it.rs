//! Italy: law 260 of 27 May 1949, law 54 of 5 March 1977, presidential decree 792 of 1985, law
//! 336 of 20 November 2000 and, for Saint Francis from 2026, law 151 of 8 October 2025.
//!
//! The provinces listed carry the patron saint's day of their capital; other towns have others.
//! Pentecost Monday holds in the province of Bolzano (provincial law 36 of 1992).

use chrono::Weekday::Sun;

use super::super::area::Area;
use super::super::rule::Rule;
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE, area};

pub(crate) const AREAS: &[Area] = &[
    area("BA", "Bari", &[]),
    area("BO", "Bologna", &[]),
    area("BS", "Brescia", &[]),
    area("BZ", "Bolzano", &["Bozen", "Südtirol", "Alto Adige"]),
    area("CA", "Cagliari", &[]),
    area("CT", "Catania", &[]),
    area("FI", "Firenze", &["Florence"]),
    area("GE", "Genova", &["Genoa"]),
    area("MI", "Milano", &["Milan"]),
    area("MO", "Modena", &[]),
    area("NA", "Napoli", &["Naples"]),
    area("PA", "Palermo", &[]),
    area("PD", "Padova", &["Padua"]),
    area("PR", "Parma", &[]),
    area("RM", "Roma", &["Rome"]),
    area("TN", "Trento", &[]),
    area("TO", "Torino", &["Turin"]),
    area("TS", "Trieste", &[]),
    area("TV", "Treviso", &[]),
    area("VE", "Venezia", &["Venice"]),
    area("VR", "Verona", &[]),
];

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    Rule::fixed("Epiphany", 1, 6),
    Rule::easter("Easter Sunday", 0),
    Rule::easter("Easter Monday", 1),
    Rule::fixed("Liberation Day", 4, 25),
    Rule::fixed("Labour Day", 5, 1),
    Rule::nth("Republic Day", 1, Sun, 6).to(2000),
    Rule::fixed("Republic Day", 6, 2).from(2001),
    Rule::fixed("Assumption Day", 8, 15),
    Rule::fixed("Saint Francis of Assisi", 10, 4).from(2026),
    // Decree-law 5 of 2011.
    Rule::dates("Anniversary of the Unification", &[(2011, 3, 17)]),
    Rule::fixed("All Saints' Day", 11, 1),
    Rule::nth("National Unity Day", 1, Sun, 11),
    Rule::fixed("Immaculate Conception", 12, 8),
    Rule::fixed("Christmas Day", 12, 25),
    Rule::fixed("Saint Stephen's Day", 12, 26),
    Rule::easter("Pentecost Monday", 50)
        .from(1993)
        .regions(&["BZ"]),
    Rule::fixed("Saint Nicholas's Day", 12, 6).regions(&["BA"]),
    Rule::fixed("Saint Petronius's Day", 10, 4).regions(&["BO"]),
    Rule::fixed("Saints Faustinus and Jovita's Day", 2, 15).regions(&["BS"]),
    Rule::fixed("Saint Saturninus's Day", 10, 30).regions(&["CA"]),
    Rule::fixed("Saint Agatha's Day", 2, 5).regions(&["CT"]),
    Rule::fixed("Saint John's Day", 6, 24).regions(&["FI", "GE", "TO"]),
    Rule::fixed("Saint Ambrose's Day", 12, 7).regions(&["MI"]),
    Rule::fixed("Saint Geminianus's Day", 1, 31).regions(&["MO"]),
    Rule::fixed("Saint Januarius's Day", 9, 19).regions(&["NA"]),
    Rule::fixed("Saint Rosalia's Day", 7, 15).regions(&["PA"]),
    Rule::fixed("Saint Anthony's Day", 6, 13).regions(&["PD"]),
    Rule::fixed("Saint Hilary's Day", 1, 13).regions(&["PR"]),
    Rule::fixed("Saints Peter and Paul's Day", 6, 29).regions(&["RM"]),
    Rule::fixed("Saint Vigilius's Day", 6, 26).regions(&["TN"]),
    Rule::fixed("Saint Justus's Day", 11, 3).regions(&["TS"]),
    Rule::fixed("Saint Liberal's Day", 4, 27).regions(&["TV"]),
    Rule::fixed("Our Lady of Health", 11, 21).regions(&["VE"]),
    Rule::fixed("Saint Zeno's Day", 5, 21).regions(&["VR"]),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
