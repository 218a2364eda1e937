//! Shifts: people at work over the horizon, and the shifts to fill by pool and local start.

use std::collections::BTreeMap;

use super::axis;
use super::chart::Chart;
use super::page::{Cell, Section, Table};
use super::svg::{Plot, Svg, nice_max};
use super::text::{clock, full_day};
use super::view::{View, sum};
use crate::calendar::{Datelike, NaiveTime, WEEK, Zone, weekday_index};
use crate::workforce::{PoolKind, Shift};

/// With more shifts than this they are counted by time of day and weekday.
const LISTED: usize = 60;

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("shifts", "Shifts to fill");
    let shifts = &view.plan.solved.schedule.shifts;
    if shifts.is_empty() {
        s.say("No shift is planned.");
        return s;
    }
    s.say(&format!(
        "{} in all; each is one person for one day.",
        view.words
            .plural(view.plan.solved.schedule.people() as usize, "shift")
    ));
    let (own, bpo) = present(view);
    let line = "Table of the people at work";
    s.chart(chart(view, &own, &bpo), line, hours_table(view, &own, &bpo));
    s.note(&axis::zone_note(&view.plan.problem.grid, view.zone));
    if shifts.len() > LISTED {
        s.heading("People who start, by pool, local time and weekday");
        s.note("Times are the pool's own. Counts are of the whole horizon.");
        s.table(counted(view));
    } else {
        s.heading("Every shift");
        s.note("Times are the pool's own.");
        s.table(listed(view));
    }
    s
}

/// People at work and not on a break in each interval, in-house and outsourced.
fn present(view: &View<'_>) -> (Vec<f64>, Vec<f64>) {
    let mut own = vec![0.0; view.plan.problem.grid.len()];
    let mut bpo = own.clone();
    let pools = view.plan.problem.pools.iter();
    for (pool, present) in pools.zip(&view.plan.report.present) {
        match pool.kind {
            PoolKind::InHouse => own = sum(&own, present),
            PoolKind::Bpo => bpo = sum(&bpo, present),
        }
    }
    (own, bpo)
}

fn chart(view: &View<'_>, own: &[f64], bpo: &[f64]) -> Chart {
    let grid = &view.plan.problem.grid;
    let all = sum(own, bpo);
    let plot = Plot {
        left: 44.0,
        top: 28.0,
        width: 904.0,
        height: 160.0,
        x_max: grid.len() as f64,
        y_max: nice_max(all.iter().copied().fold(0.0, f64::max), 4),
    };
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 42.0, "People at work");
    plot.y_axis(&mut svg, &format!("people, local time of {}", view.zone), 4);
    axis::draw(&mut svg, &plot, grid, view.zone);
    svg.path(&plot.area(&all), "bpo");
    svg.path(&plot.area(own), "own");
    Chart::new("people at work", svg).with_keys([
        ("own", "people at work and not on a break, in-house"),
        ("bpo", "the same, outsourced"),
    ])
}

/// Hours at work and the most people at once on each day.
fn hours_table(view: &View<'_>, own: &[f64], bpo: &[f64]) -> Table {
    let each = view.plan.problem.interval_hours();
    let mut table = Table::new(&[
        "Day",
        ">Hours in-house",
        ">Hours outsourced",
        ">Most at once",
    ]);
    let all = sum(own, bpo);
    for d in axis::days(&view.plan.problem.grid, view.zone) {
        let of =
            |values: &[f64]| -> f64 { values.get(d.from..d.to).map_or(0.0, |v| v.iter().sum()) };
        let most = all.get(d.from..d.to).unwrap_or_default();
        table.row([
            axis::day_label(view.zone, d.date),
            view.words.hours(of(own) * each),
            view.words.hours(of(bpo) * each),
            view.words.short(most.iter().copied().fold(0.0, f64::max)),
        ]);
    }
    table
}

fn zone(view: &View<'_>, shift: &Shift) -> Zone {
    (view.plan.problem.pools.iter())
        .find(|p| p.id == shift.pool)
        .map_or(view.zone, |p| p.zone)
}

fn listed(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "Pool",
        "Time zone",
        "Day",
        "Shift",
        "From",
        "To",
        ">People",
        "Breaks",
    ]);
    for shift in &view.plan.solved.schedule.shifts {
        let zone = zone(view, shift);
        let breaks: Vec<String> = (shift.breaks.iter().filter(|b| b.count > 0))
            .map(|b| {
                format!(
                    "{}–{} ×{}",
                    clock(zone, b.start),
                    clock(zone, b.end),
                    b.count
                )
            })
            .collect();
        table.row([
            shift.pool.to_string(),
            zone.to_string(),
            full_day(zone.local(shift.start).date()),
            shift.shift_type.to_string(),
            clock(zone, shift.start),
            clock(zone, shift.end),
            view.words.number(f64::from(shift.count), 0),
            breaks.join(", "),
        ]);
    }
    table
}

fn counted(view: &View<'_>) -> Table {
    let mut heads: Vec<String> = ["Pool", "Time zone", "Shift", "Start"]
        .map(str::to_owned)
        .into();
    heads.extend(WEEK.map(|day| format!(">{day}")));
    heads.push(">All".to_owned());
    let mut table = Table::new(&heads);
    for pool in &view.plan.problem.pools {
        let mut counts: BTreeMap<(&str, NaiveTime), [u32; 7]> = BTreeMap::new();
        for shift in (view.plan.solved.schedule.shifts.iter()).filter(|s| s.pool == pool.id) {
            let local = pool.zone.local(shift.start);
            let row = counts
                .entry((shift.shift_type.as_str(), local.time()))
                .or_default();
            if let Some(count) = row.get_mut(weekday_index(local.weekday())) {
                *count += shift.count;
            }
        }
        for ((kind, start), row) in counts {
            let head = [
                Cell::from(pool.id.as_str()),
                pool.zone.name().into(),
                kind.into(),
                start.format("%H:%M").to_string().into(),
            ];
            let days = row.map(|n| match n {
                0 => Cell::from("·"),
                n => Cell::from(view.words.number(f64::from(n), 0)),
            });
            let all = Cell::from(
                view.words
                    .number(row.iter().copied().map(f64::from).sum(), 0),
            );
            table.row(head.into_iter().chain(days).chain([all]));
        }
    }
    table
}
