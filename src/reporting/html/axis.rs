//! The time axis: local days of a zone over the intervals of the horizon.

use std::fmt::Write;

use super::svg::{Anchor, Plot, Svg};
use super::text::{clock, day};
use crate::calendar::{Datelike, Grid, NaiveDate, NaiveDateTime, Weekday, Zone, minute_of};

/// One local day of the horizon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub(super) date: NaiveDate,
    /// Its first interval.
    pub(super) from: usize,
    /// The interval after its last one.
    pub(super) to: usize,
}

/// The local days of the horizon, in order.
pub(super) fn days(grid: &Grid, zone: Zone) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (i, instant) in grid.instants().enumerate() {
        let date = zone.local(instant).date();
        match days.last_mut() {
            Some(day) if day.date == date => day.to = i + 1,
            _ => days.push(Day {
                date,
                from: i,
                to: i + 1,
            }),
        }
    }
    days
}

/// Hours of a local day where clocks change on it.
pub(super) fn changed_hours(zone: Zone, date: NaiveDate) -> Option<f64> {
    let minutes = zone.day_length(date).num_minutes();
    (minutes != 1440).then_some(minutes as f64 / 60.0)
}

/// A day as a label, with its hours where clocks change.
pub(super) fn day_label(zone: Zone, date: NaiveDate) -> String {
    match changed_hours(zone, date) {
        Some(hours) => format!("{} ({hours} h)", day(date)),
        None => day(date),
    }
}

/// Draws the days below a plot whose horizontal axis counts intervals.
pub(super) fn draw(svg: &mut Svg, plot: &Plot, grid: &Grid, zone: Zone) {
    let days = days(grid, zone);
    let wide = plot.width / days.len().max(1) as f64;
    if wide > 90.0 {
        hours(svg, plot, grid, zone);
    }
    let every = [1_u32, 2, 7, 14, 28]
        .into_iter()
        .find(|&n| wide * f64::from(n) > if n == 1 { 46.0 } else { 88.0 })
        .unwrap_or(56);
    let mut since = u32::MAX;
    for (index, d) in days.iter().enumerate() {
        let (left, right) = (plot.x(d.from as f64), plot.x(d.to as f64));
        if index > 0 {
            svg.line((left, plot.top), (left, plot.bottom() + 5.0), "day");
        }
        since = since.saturating_add(1);
        let due = match every {
            1 => right - left > 40.0,
            2 => since >= 2,
            n => since >= n && d.date.weekday() == Weekday::Mon,
        };
        if !due {
            continue;
        }
        since = 0;
        let y = plot.bottom() + if wide > 90.0 { 34.0 } else { 18.0 };
        if every > 1 {
            svg.text((left, y), Anchor::Start, "tick", &day(d.date));
        } else if wide > 90.0 {
            let middle = f64::midpoint(left, right);
            svg.text(
                (middle, y),
                Anchor::Middle,
                "tick",
                &day_label(zone, d.date),
            );
        } else {
            let middle = f64::midpoint(left, right);
            let label = d.date.format("%a %-d").to_string();
            let mark = if changed_hours(zone, d.date).is_some() {
                "*"
            } else {
                ""
            };
            svg.text((middle, y), Anchor::Middle, "tick", &(label + mark));
        }
    }
    svg.line(
        (plot.left, plot.bottom()),
        (plot.right(), plot.bottom()),
        "day",
    );
}

/// Ticks at local six, noon and eighteen.
fn hours(svg: &mut Svg, plot: &Plot, grid: &Grid, zone: Zone) {
    for (i, instant) in grid.instants().enumerate() {
        let time = clock(zone, instant);
        if matches!(time.as_str(), "06:00" | "12:00" | "18:00") {
            let x = plot.x(i as f64);
            svg.line((x, plot.top), (x, plot.bottom()), "hour");
            let hour = time.get(..2).unwrap_or_default();
            svg.text((x, plot.bottom() + 16.0), Anchor::Middle, "small", hour);
        }
    }
}

/// Which zone the times are in, and where its clock changes in the horizon.
pub(super) fn zone_note(grid: &Grid, zone: Zone) -> String {
    let mut note = format!("Local time of {zone}.");
    for d in days(grid, zone) {
        if let Some(hours) = changed_hours(zone, d.date) {
            let way = if hours < 24.0 { "forward" } else { "back" };
            let _ = write!(
                note,
                " Clocks go {way} on {}: that day has {hours} hours.",
                day(d.date)
            );
        }
    }
    let (first, last) = (zone.local(grid.start()), zone.local(grid.end()));
    if [first, last].map(minute_of) != [0, 0] {
        let at = |local: NaiveDateTime| format!("{}, {}", day(local.date()), local.format("%H:%M"));
        let _ = write!(
            note,
            " In it the horizon is from {} to {}, so its first and last day are not whole.",
            at(first),
            at(last)
        );
    }
    note
}
