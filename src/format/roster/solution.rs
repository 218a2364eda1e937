//! Rosters as JSON.

use serde::Serialize;

use crate::scheduling::roster::{RosterProblem, SolvedRoster};
use crate::scheduling::rotating::{RotatingProblem, RotatingSchedule};

/// A roster as it is written: for each agent the shift type of each day, `null` where it is free.
#[derive(Debug, Serialize)]
struct Written<'a> {
    instance: &'a str,
    cost: i64,
    bound: i64,
    gap: f64,
    seconds: f64,
    termination: String,
    roster: Vec<Tour<'a>>,
}

#[derive(Debug, Serialize)]
struct Tour<'a> {
    agent: &'a str,
    days: Vec<Option<&'a str>>,
}

/// A roster and what is known about it as JSON, for `seconds` of wall clock.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn roster_solution_json(
    problem: &RosterProblem,
    solved: &SolvedRoster,
    seconds: f64,
) -> Result<String, serde_json::Error> {
    let named = |shift: usize| problem.shifts.get(shift).map(|s| s.id.as_str());
    let tours = problem.agents.iter().zip(&solved.roster.tours);
    let written = Written {
        instance: &problem.name,
        cost: solved.cost,
        bound: solved.bound,
        gap: solved.gap(),
        seconds,
        termination: solved.termination.to_string(),
        roster: tours
            .map(|(agent, tour)| Tour {
                agent: &agent.name,
                days: tour.iter().map(|day| day.and_then(named)).collect(),
            })
            .collect(),
    };
    serde_json::to_string_pretty(&written).map(|text| text + "\n")
}

/// A rotating schedule as it is written: for each week the shift type of each day.
#[derive(Debug, Serialize)]
struct WrittenRotation<'a> {
    instance: &'a str,
    seconds: f64,
    weeks: Vec<Vec<Option<&'a str>>>,
}

/// A rotating schedule as JSON, for `seconds` of wall clock.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn rotating_solution_json(
    problem: &RotatingProblem,
    schedule: &RotatingSchedule,
    seconds: f64,
) -> Result<String, serde_json::Error> {
    let named = |shift: usize| problem.shifts.get(shift).map(|s| s.id.as_str());
    let weeks = schedule.weeks.iter();
    let written = WrittenRotation {
        instance: &problem.name,
        seconds,
        weeks: weeks
            .map(|week| week.iter().map(|day| day.and_then(named)).collect())
            .collect(),
    };
    serde_json::to_string_pretty(&written).map(|text| text + "\n")
}
