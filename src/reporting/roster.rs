use std::fmt::Write as _;

use crate::scheduling::roster::{Roster, RosterProblem, RosterReport};
use crate::scheduling::rotating::{RotatingProblem, RotatingSchedule};

/// A roster as text: a row for each agent, a column for each day, a dot for a free day, and the
/// price of the agent's rules and wishes at the end.
pub fn roster_table(problem: &RosterProblem, roster: &Roster, report: &RosterReport) -> String {
    let widest = problem.shifts.iter().map(|s| s.id.chars().count()).max();
    let width = widest.unwrap_or(1).max(1) + 1;
    let names = problem.agents.iter().map(|a| a.name.chars().count());
    let first = names.max().unwrap_or(0).max(5);
    let mut text = format!("{:<first$} ", "agent");
    let mut weekday = problem.first_weekday;
    for _ in 0..problem.days {
        let letter = weekday.to_string();
        let _ = write!(text, "{:>width$}", letter.chars().next().unwrap_or(' '));
        weekday = weekday.succ();
    }
    text.push_str("   cost\n");
    for (at, (agent, tour)) in problem.agents.iter().zip(&roster.tours).enumerate() {
        let _ = write!(text, "{:<first$} ", agent.name);
        for day in tour {
            let shift = day.and_then(|s| problem.shifts.get(s));
            let _ = write!(text, "{:>width$}", shift.map_or(".", |s| s.id.as_str()));
        }
        let cost = report.of_agents.get(at).copied().unwrap_or(0);
        let _ = writeln!(text, " {cost:>6}");
    }
    text
}

/// A rotating schedule as text: a row for each week, a column for each day, a dot for a free day.
pub fn rotating_table(problem: &RotatingProblem, schedule: &RotatingSchedule) -> String {
    let widest = problem.shifts.iter().map(|s| s.id.chars().count()).max();
    let width = widest.unwrap_or(1).max(1) + 1;
    let mut text = String::from("week\n");
    for (week, days) in (1..).zip(&schedule.weeks) {
        let _ = write!(text, "{week:>4} ");
        for day in days {
            let shift = day.and_then(|s| problem.shifts.get(s));
            let _ = write!(text, "{:>width$}", shift.map_or(".", |s| s.id.as_str()));
        }
        text.push('\n');
    }
    text
}
