//! Required against scheduled: for each group a step chart over the horizon.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::axis;
use super::page::{Cell, Section, Table, legend};
use super::svg::{Plot, Svg, nice_max};
use super::text::{day, escape, hours, minute_clock, plural, short};
use super::view::{Staffing, View};
use crate::calendar::minute_of;

/// With more groups than this the tiers come first.
const MANY: usize = 12;
/// Days up to which a table has a column for each.
const COLUMNS: usize = 14;

pub(super) fn section(view: &View<'_>) -> String {
    let mut s = Section::new("coverage", "Required and scheduled agents");
    let groups = &view.plan.problem.groups;
    if groups.is_empty() {
        s.say("Nothing is to be staffed.");
        return s.finish();
    }
    s.say(
        "The black line is what live work (phone and chat) needs. Agents above it do deferred work \
         such as e-mail, or wait.",
    );
    s.note(&format!(
        "{} Agents are counted at the queues' own handling time: slower pools count for less.",
        axis::zone_note(&view.plan.problem.grid, view.zone)
    ));
    s.markup(&legend(&[
        ("line-need", "agents needed by live work"),
        ("own", "assigned, in-house"),
        ("bpo", "assigned, outsourced"),
        ("missing", "missing"),
    ]));
    if groups.len() > MANY {
        for (tier, members) in view.tiers() {
            let all = view.together(&members);
            s.heading(&format!("Tier {tier}: {}", plural(members.len(), "group")));
            s.chart(&chart(
                view,
                &all,
                &format!("Agents of tier {tier}"),
                Size::Wide,
            ));
            let mut multiples = String::from("<div class=\"multiples\">");
            for (staffing, name) in members.iter().filter_map(|&g| named(view, g)) {
                let picture = chart(view, staffing, name, Size::Small);
                let _ = write!(multiples, "<div><h3>{}</h3>{picture}</div>", escape(name));
            }
            s.fold(
                &format!("Each group of tier {tier}"),
                &(multiples + "</div>"),
            );
        }
        for g in 0..groups.len() {
            if let Some((staffing, name)) = named(view, g) {
                s.behind(&format!("Table of {name}"), table(view, staffing));
            }
        }
    } else {
        for g in 0..groups.len() {
            let Some((staffing, name)) = named(view, g) else {
                continue;
            };
            s.heading(&format!("{name}{}", shortage(view, staffing)));
            s.chart(&chart(view, staffing, name, Size::Wide));
            s.behind(&format!("Table of {name}"), table(view, staffing));
        }
    }
    s.finish()
}

fn named<'v>(view: &'v View<'_>, group: usize) -> Option<(&'v Staffing, &'v str)> {
    let name = &view.plan.problem.groups.get(group)?.name;
    Some((view.groups.get(group)?, name))
}

fn shortage(view: &View<'_>, staffing: &Staffing) -> String {
    let missing = staffing.missing.iter().sum::<f64>() * view.plan.problem.interval_hours();
    if missing < 0.05 {
        String::new()
    } else {
        format!(": {} missing", hours(missing))
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    Wide,
    Small,
}

fn chart(view: &View<'_>, staffing: &Staffing, name: &str, size: Size) -> String {
    let grid = &view.plan.problem.grid;
    let (width, height, ticks) = match size {
        Size::Wide => (960.0, 190.0, 4),
        Size::Small => (460.0, 110.0, 3),
    };
    let plot = Plot {
        left: 44.0,
        top: 28.0,
        width: width - 56.0,
        height,
        x_max: grid.len() as f64,
        y_max: nice_max(staffing.peak(), ticks),
    };
    let below = if size == Size::Wide { 42.0 } else { 26.0 };
    let title = format!("Agents required and scheduled: {name}");
    let mut svg = Svg::new(width, plot.bottom() + below, &title);
    plot.y_axis(&mut svg, "agents", ticks);
    axis::draw(&mut svg, &plot, grid, view.zone);
    let assigned = staffing.assigned();
    let with_missing: Vec<f64> = (assigned.iter().zip(&staffing.missing))
        .map(|(a, m)| if *m > 0.005 { a + m } else { 0.0 })
        .collect();
    svg.path(&plot.area(&with_missing), "missing");
    svg.path(&plot.area(&assigned), "bpo");
    svg.path(&plot.area(&staffing.own), "own");
    svg.path(&plot.steps(&staffing.need), "line-need");
    svg.finish()
}

/// Need and assigned agents for each time of day and day, or for each day of a long horizon.
fn table(view: &View<'_>, staffing: &Staffing) -> Table {
    let grid = &view.plan.problem.grid;
    let days = axis::days(grid, view.zone);
    let assigned = staffing.assigned();
    let at = |values: &[f64], t: usize| values.get(t).copied().unwrap_or(0.0);
    if days.len() > COLUMNS {
        let mut table = Table::new(&["Day", ">Peak need", ">Need", ">Assigned", ">Missing"]);
        let total = |values: &[f64], d: &axis::Day| {
            let sum: f64 = (d.from..d.to).map(|t| at(values, t)).sum();
            hours(sum * view.plan.problem.interval_hours())
        };
        for d in &days {
            let peak = (d.from..d.to)
                .map(|t| at(&staffing.need, t))
                .fold(0.0, f64::max);
            table.row([
                axis::day_label(view.zone, d.date),
                short(peak),
                total(&staffing.need, d),
                total(&assigned, d),
                total(&staffing.missing, d),
            ]);
        }
        return table;
    }
    let mut heads = vec!["Need / assigned".to_owned()];
    heads.extend(days.iter().map(|d| format!(">{}", day(d.date))));
    let mut table = Table::new(&heads);
    // Minute of the day → column → what stands there, twice where the hour exists twice.
    let mut cells: BTreeMap<usize, BTreeMap<usize, (String, bool)>> = BTreeMap::new();
    for (column, d) in days.iter().enumerate() {
        for t in d.from..d.to {
            let (need, agents, missing) = (
                at(&staffing.need, t),
                at(&assigned, t),
                at(&staffing.missing, t),
            );
            let minute = minute_of(view.zone.local(grid.instant(t)));
            let text = if need == 0.0 && agents < 0.05 && missing < 0.05 {
                "·".to_owned()
            } else {
                format!("{} / {}", short(need), short(agents))
            };
            let cell = (cells.entry(minute).or_default())
                .entry(column)
                .or_insert_with(|| (String::new(), false));
            if !cell.0.is_empty() {
                cell.0.push_str(" and ");
            }
            cell.0.push_str(&text);
            cell.1 |= missing > 0.005;
        }
    }
    for (minute, row) in &cells {
        if row.values().all(|(text, _)| text == "·") {
            continue;
        }
        let head = std::iter::once(Cell::from(minute_clock(*minute)));
        let body = (0..days.len()).map(|column| match row.get(&column) {
            Some((text, is_short)) => {
                Cell::classed(text.clone(), if *is_short { "bad" } else { "" })
            }
            None => Cell::from("–"),
        });
        table.row(head.chain(body));
    }
    table
}
