use std::fmt::Write;

use super::text::{aligned, number};
use crate::scheduling::design::{DesignPlan, DesignProblem, verify_design};

/// Days that still fit side by side on a screen.
const SIDE_BY_SIDE: usize = 14;

/// The designed shifts on one screen: when they start and end, and who starts them on which day.
pub fn design_summary(problem: &DesignProblem, plan: &DesignPlan) -> String {
    let report = verify_design(problem, plan);
    let (days, minutes) = (problem.days, problem.interval_minutes);
    let mut out = format!(
        "{}: {days} days in intervals of {minutes} minutes\n",
        problem.name
    );
    let shown = if days <= SIDE_BY_SIDE { days } else { 0 };
    let mut head = ["shift", "hours"].map(str::to_owned).to_vec();
    head.extend((1..=shown).map(|day| format!("day {day}")));
    head.push("workers".to_owned());
    let mut rows = vec![head];
    for shift in &plan.shifts {
        let clock = |interval: usize| {
            let minute = interval * usize::try_from(minutes).unwrap_or(0);
            format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
        };
        let mut row = vec![
            format!(
                "{}–{}",
                clock(shift.start),
                clock(shift.start + shift.length)
            ),
            number(shift.length as f64 * f64::from(minutes) / 60.0, 2),
        ];
        row.extend(shift.workers.iter().take(shown).map(u32::to_string));
        let all: u64 = shift.workers.iter().map(|&count| u64::from(count)).sum();
        row.push(all.to_string());
        rows.push(row);
    }
    let _ = writeln!(out, "\nShifts");
    out.push_str(&aligned(&rows));
    let hours = |intervals: i128| number(intervals as f64 * f64::from(minutes) / 60.0, 1);
    let _ = writeln!(out);
    out.push_str(&aligned(&[
        vec!["Shifts in use".to_owned(), plan.shifts.len().to_string()],
        vec!["Hours missing".to_owned(), hours(report.under)],
        vec!["Hours too many".to_owned(), hours(report.over)],
    ]));
    out
}
