//! France: Labour Code, article L3133-1; Alsace and Moselle by the ordinance of 16 August 1892;
//! overseas departments by law 83-550 and decree 83-1003 of 1983; the collectivities of the Pacific
//! by their own labour codes.

use super::super::area::Area;
use super::super::rule::Rule;
use super::{CHRISTMAS_EVE, NEW_YEARS_EVE, area};

pub(crate) const AREAS: &[Area] = &[
    area("57", "Moselle", &["Alsace-Moselle"]),
    area("6AE", "Alsace", &["67", "68", "Bas-Rhin", "Haut-Rhin"]),
    area("971", "Guadeloupe", &["GP"]),
    area("972", "Martinique", &["MQ"]),
    area("973", "Guyane", &["GF", "French Guiana"]),
    area("974", "La Réunion", &["RE", "Réunion", "Reunion"]),
    area("976", "Mayotte", &["YT"]),
    area("BL", "Saint-Barthélemy", &["977"]),
    area("MF", "Saint-Martin", &["978"]),
    area("NC", "Nouvelle-Calédonie", &["988", "New Caledonia"]),
    area("PF", "Polynésie française", &["987", "French Polynesia"]),
    area("PM", "Saint-Pierre-et-Miquelon", &["975"]),
    area("WF", "Wallis-et-Futuna", &["986"]),
];

const ABOLITION: &str = "Abolition of Slavery";

pub(crate) const RULES: &[Rule] = &[
    Rule::fixed("New Year's Day", 1, 1),
    Rule::easter("Good Friday", -2).regions(&["57", "6AE", "971", "PF"]),
    Rule::easter("Easter Monday", 1),
    Rule::fixed("Labour Day", 5, 1),
    Rule::fixed("Victory Day", 5, 8),
    Rule::easter("Ascension Day", 39),
    // The solidarity day of law 2004-626 until law 2008-351.
    Rule::easter("Pentecost Monday", 50).except(&[2005, 2006, 2007]),
    Rule::fixed("National Day", 7, 14),
    Rule::fixed("Assumption Day", 8, 15),
    Rule::fixed("All Saints' Day", 11, 1),
    Rule::fixed("Armistice Day", 11, 11),
    Rule::fixed("Christmas Day", 12, 25),
    Rule::fixed("Saint Stephen's Day", 12, 26).regions(&["57", "6AE"]),
    Rule::easter("Mid-Lent", -24).regions(&["971"]),
    Rule::fixed(ABOLITION, 5, 27).regions(&["971"]),
    Rule::fixed(ABOLITION, 5, 22).regions(&["972"]),
    Rule::fixed(ABOLITION, 6, 10).regions(&["973"]),
    Rule::fixed(ABOLITION, 12, 20).regions(&["974"]),
    Rule::fixed(ABOLITION, 4, 27).regions(&["976"]),
    Rule::fixed(ABOLITION, 10, 9).regions(&["BL"]),
    Rule::fixed(ABOLITION, 5, 28).regions(&["MF"]),
    Rule::fixed("Victor Schoelcher Day", 7, 21).regions(&["971", "972", "MF"]),
    Rule::fixed("Citizenship Day", 9, 24).regions(&["NC"]),
    Rule::fixed("Missionary Day", 3, 5).regions(&["PF"]),
    Rule::fixed("Internal Autonomy Day", 6, 29)
        .to(2024)
        .regions(&["PF"]),
    Rule::fixed("Matāri'i", 11, 20).from(2025).regions(&["PF"]),
    Rule::fixed("Feast of Saint Peter Chanel", 4, 28).regions(&["WF"]),
    Rule::fixed("Saints Peter and Paul Day", 6, 29).regions(&["WF"]),
    Rule::fixed("Territory Day", 7, 29).regions(&["WF"]),
    CHRISTMAS_EVE,
    NEW_YEARS_EVE,
];
