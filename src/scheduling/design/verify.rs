//! The independent check of finished shifts. It counts workers interval by interval and recomputes
//! the cost in whole numbers; it shares nothing with any search but the nouns.

use std::collections::BTreeSet;

use super::{DesignPlan, DesignProblem, DesignedShift};

/// What the check of a plan found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignReport {
    /// Everything that is wrong, in words; empty for a plan that does what it says.
    pub violations: Vec<String>,
    /// The cost, worked out again.
    pub cost: i128,
    /// Workers at work in each interval.
    pub staffed: Vec<i64>,
    /// Missing workers, summed over the intervals.
    pub under: i128,
    /// Workers too many, summed over the intervals.
    pub over: i128,
}

impl DesignReport {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Walks a plan and reports everything that is wrong with it: shifts that no kind allows, are
/// listed twice, or are worked by nobody.
///
/// ```text
/// cost = minutes · (under · Σ missing + over · Σ too many) + per_shift · shifts in use
/// ```
pub fn verify_design(problem: &DesignProblem, plan: &DesignPlan) -> DesignReport {
    let intervals = problem.days * problem.intervals_per_day;
    let mut report = DesignReport {
        violations: Vec::new(),
        cost: 0,
        staffed: vec![0; intervals],
        under: 0,
        over: 0,
    };
    if intervals == 0 || problem.required.len() != intervals {
        let count = problem.required.len();
        report.violations.push(format!(
            "the problem itself makes no sense: {count} numbers for {intervals} intervals"
        ));
        return report;
    }
    let mut seen = BTreeSet::new();
    for shift in &plan.shifts {
        if !seen.insert((shift.start, shift.length)) {
            say(&mut report, shift, "it is listed twice");
        }
        if !is_allowed(problem, shift) {
            say(&mut report, shift, "no kind of shift allows it");
        }
        if shift.workers.len() != problem.days {
            let what = format!("{} days instead of {}", shift.workers.len(), problem.days);
            say(&mut report, shift, &what);
        }
        if shift.workers.iter().all(|&count| count == 0) {
            say(&mut report, shift, "nobody works it");
        }
        for (day, &count) in shift.workers.iter().take(problem.days).enumerate() {
            // A shift that no kind allows may be of any length; nobody works longer than all days.
            for step in 0..shift.length.min(intervals) {
                let start = day * problem.intervals_per_day + shift.start % intervals;
                report.staffed[(start + step) % intervals] += i64::from(count);
            }
        }
    }
    for (&required, &staffed) in problem.required.iter().zip(&report.staffed) {
        let more = i128::from(staffed) - i128::from(required);
        report.over += more.max(0);
        report.under += (-more).max(0);
    }
    let off = i128::from(problem.under) * report.under + i128::from(problem.over) * report.over;
    report.cost = off * i128::from(problem.interval_minutes)
        + i128::from(problem.per_shift) * plan.shifts.len() as i128;
    report
}

fn is_allowed(problem: &DesignProblem, shift: &DesignedShift) -> bool {
    problem.shift_types.iter().any(|kind| {
        (kind.first_start..=kind.last_start).contains(&shift.start)
            && (kind.shortest..=kind.longest).contains(&shift.length)
    })
}

fn say(report: &mut DesignReport, shift: &DesignedShift, what: &str) {
    let (start, length) = (shift.start, shift.length);
    report
        .violations
        .push(format!("shift from {start} of length {length}: {what}"));
}
