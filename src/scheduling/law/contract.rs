//! Contracts that a law has no room for.

use std::time::Duration;

use super::time::HOURS;
use crate::workforce::law::{BreakBand, LabourLaw, WeeklyRest};
use crate::workforce::{Fault, FaultCode};

fn in_hours(time: Duration) -> f64 {
    time.as_secs_f64() / 3600.0
}

/// Why nobody can work a contract of so many hours on so many days of every week; empty when the
/// law has room for it. Each fault names the parameter of the law that stands against it.
pub fn contradictions(law: &LabourLaw, contract_hours: f64, days_a_week: u32) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut add = |key: &str, what: String, action: &str| {
        let path = format!("{}.{key}", law.id);
        found.push(Fault::at(path, FaultCode::ImpossibleLimits, what, action));
    };
    if !contract_hours.is_finite() || contract_hours < 0.0 || !(1..=7).contains(&days_a_week) {
        let what = format!("a contract of {contract_hours} hours on {days_a_week} days a week");
        let action = "give hours from 0 on and 1 to 7 days";
        let path = format!("{}.contract", law.id);
        return vec![Fault::at(path, FaultCode::OutOfRange, what, action)];
    }
    let a_day = contract_hours / f64::from(days_a_week);
    let above = |most: Option<f64>, hours: f64| most.filter(|&most| hours > most + HOURS);

    if !law.overtime.allowed {
        if let Some(most) = above(law.overtime.week_hours, contract_hours) {
            add(
                "overtime.week_hours",
                format!("{contract_hours} hours a week by contract, {most} ordinary ones by law"),
                "shorten the contract or allow overtime",
            );
        }
        if let Some(most) = above(law.overtime.day_hours, a_day) {
            add(
                "overtime.day_hours",
                format!("{a_day:.2} hours a day by contract, {most} ordinary ones by law"),
                "spread the hours over more days or allow overtime",
            );
        }
        if let Some(day) = law.class_limits.map(|limits| limits.day) {
            if let Some(most) = above(Some(day.week), contract_hours) {
                add(
                    "class_limits",
                    format!("{contract_hours} hours a week by contract, {most} of day shifts"),
                    "shorten the contract or allow overtime",
                );
            }
            if let Some(most) = above(Some(day.day), a_day) {
                add(
                    "class_limits",
                    format!("{a_day:.2} hours a day by contract, {most} of day shifts"),
                    "spread the hours over more days or allow overtime",
                );
            }
        }
    }
    if let Some(most) = above(law.day_hours, a_day) {
        add(
            "day_hours",
            format!("{a_day:.2} hours a day by contract, at most {most} by law"),
            "spread the hours over more days",
        );
    }
    if let Some(most) = above(law.week_hours, contract_hours) {
        add(
            "week_hours",
            format!("{contract_hours} hours a week by contract, at most {most} by law"),
            "shorten the contract",
        );
    }
    for average in &law.average_hours {
        if let Some(most) = above(Some(average.hours), contract_hours) {
            let weeks = average.weeks;
            add(
                "average_hours",
                format!("{contract_hours} hours a week, at most {most} over {weeks} weeks"),
                "shorten the contract",
            );
        }
    }
    let least_break = least_break(law, a_day);
    if let Some(span) = above(law.span.map(in_hours), a_day + least_break) {
        add(
            "span",
            format!("{a_day:.2} hours and {least_break:.2} of break in a span of {span}"),
            "spread the hours over more days",
        );
    }
    let rest = law.short_rest.map(|s| s.least).or(law.daily_rest);
    let left = rest.map(|rest| 24.0 - in_hours(rest));
    if days_a_week > 1
        && let Some(left) = above(left, a_day + least_break)
    {
        add(
            "daily_rest",
            format!("{a_day:.2} hours a day with breaks, {left} are left beside the daily rest"),
            "spread the hours over more days",
        );
    }
    if days_a_week == 7 {
        let rests = &law.weekly_rest;
        let key = if !rests.is_empty() && !rests.iter().any(|rest| fits_daily_work(rest, a_day)) {
            Some("weekly_rest")
        } else {
            law.consecutive_days.map(|_| "consecutive_days")
        };
        if let Some(key) = key {
            let what = "work on every day of every week".to_owned();
            add(key, what, "leave a day free");
        }
        if !law.sunday_allowed {
            let what = "work on every day of every week, Sundays closed".to_owned();
            add("sunday_allowed", what, "leave Sunday free");
        }
    }
    found
}

/// The shortest unpaid break, in hours, of a day of so many hours.
fn least_break(law: &LabourLaw, day_hours: f64) -> f64 {
    let holds = |band: &&BreakBand| {
        let from = in_hours(band.worked);
        !band.paid && (day_hours > from + HOURS || (band.inclusive && day_hours >= from - HOURS))
    };
    let bands = law.breaks.bands.iter().filter(holds);
    let band = bands.max_by_key(|band| band.worked);
    band.map_or(0.0, |band| in_hours(band.least))
}

/// Whether a weekly rest fits between an early shift and a late one on the next day.
fn fits_daily_work(rest: &WeeklyRest, day_hours: f64) -> bool {
    in_hours(rest.piece) <= 48.0 - 2.0 * day_hours
}
