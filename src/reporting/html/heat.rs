//! Net staffing: a heat map of local days by times of day for each tier.

use std::collections::{BTreeMap, BTreeSet};

use super::axis;
use super::chart::Chart;
use super::page::{Section, Table};
use super::svg::{Anchor, Plot, Svg};
use super::text::{Words, minute_clock};
use super::view::{View, sum};
use crate::calendar::{NaiveDate, TimeDelta, minute_of};

/// A cell: net agents and whether somebody is missing there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Net {
    agents: f64,
    need: f64,
    is_short: bool,
}

/// What the classes of cells mean.
const KEYS: [(&str, &str); 10] = [
    ("u3", "5 or more short"),
    ("u2", "2 to 5 short"),
    ("u1", "up to 2 short"),
    ("z", "even"),
    ("o1", "up to 2 over"),
    ("o2", "2 to 5 over"),
    ("o3", "5 to 10 over"),
    ("o4", "10 or more over"),
    ("short", "an agent is missing in some group"),
    ("gone", "skipped when clocks go forward"),
];

type Rows = Vec<(NaiveDate, BTreeMap<usize, Net>)>;

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("heat", "Over and under: people present minus live need");
    if view.groups.is_empty() {
        s.say("Nothing is to be staffed.");
        return s;
    }
    s.say(
        "Each row is a day, each column a time of day. Blue is more people than live work needs: \
         they do deferred work, or are the price of whole shifts. Orange is fewer.",
    );
    s.note(&axis::zone_note(&view.plan.problem.grid, view.zone));
    for (tier, members) in view.tiers() {
        let staffing = view.together(&members);
        if staffing.need.iter().all(|need| *need <= 0.0) {
            s.note(&format!(
                "Tier {tier} has no live work: everybody there does deferred work."
            ));
            continue;
        }
        let present = sum(&staffing.assigned(), &view.spare(tier));
        let rows = rows(view, &present, &staffing.need, &staffing.missing);
        s.heading(&format!("Tier {tier}"));
        let line = format!("Table of tier {tier}");
        s.chart(map(view, &rows, tier.as_str()), &line, table(view, &rows));
    }
    s
}

/// The cells of each local day; the worse one where an hour exists twice.
fn rows(view: &View<'_>, present: &[f64], need: &[f64], missing: &[f64]) -> Rows {
    let grid = &view.plan.problem.grid;
    let at = |values: &[f64], t: usize| values.get(t).copied().unwrap_or(0.0);
    let mut rows: Rows = Vec::new();
    for d in axis::days(grid, view.zone) {
        let mut cells: BTreeMap<usize, Net> = BTreeMap::new();
        for t in d.from..d.to {
            let net = Net {
                agents: at(present, t) - at(need, t),
                need: at(need, t),
                is_short: at(missing, t) > 0.005,
            };
            let minute = minute_of(view.zone.local(grid.instant(t)));
            let cell = cells.entry(minute).or_insert(net);
            if net.agents < cell.agents {
                *cell = net;
            }
            cell.is_short |= net.is_short;
        }
        rows.push((d.date, cells));
    }
    rows
}

/// Class of a net number of agents.
fn class(net: f64) -> &'static str {
    match net {
        n if n <= -4.95 => "u3",
        n if n <= -1.95 => "u2",
        n if n <= -0.05 => "u1",
        n if n < 0.05 => "z",
        n if n < 1.95 => "o1",
        n if n < 4.95 => "o2",
        n if n < 9.95 => "o3",
        _ => "o4",
    }
}

fn map(view: &View<'_>, rows: &Rows, tier: &str) -> Chart {
    let step = view.plan.problem.grid.interval_length().minutes() as usize;
    let row = if rows.len() > 14 { 16.0 } else { 24.0 };
    let plot = Plot {
        left: 128.0,
        top: 22.0,
        width: 806.0,
        height: rows.len() as f64 * row,
        x_max: 1440.0,
        y_max: 1.0,
    };
    let title = format!("Net staffing of tier {tier} by day and time of day");
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 8.0, &title);
    let mut used = BTreeSet::new();
    for hour in (0..=24).step_by(3) {
        let x = plot.x(f64::from(hour) * 60.0);
        let label = format!("{hour:02}:00");
        svg.text((x, plot.top - 7.0), Anchor::Middle, "tick", &label);
        svg.line((x, plot.top - 4.0), (x, plot.bottom()), "day");
    }
    for (i, (date, cells)) in rows.iter().enumerate() {
        let top = plot.top + i as f64 * row;
        let label = axis::day_label(view.zone, *date);
        svg.text(
            (plot.left - 8.0, top + row / 2.0 + 4.5),
            Anchor::End,
            "tick",
            &label,
        );
        if let Some((from, to)) = skipped(view, *date) {
            let (left, right) = (plot.x(from as f64), plot.x(to as f64));
            let (at, size) = ((left, top + 1.0), (right - left, row - 2.0));
            let tip = "clocks go forward: this time does not exist";
            svg.rect(at, size, "gone", tip);
            used.insert("gone");
        }
        for (from, to, net) in runs(cells, step) {
            if net.agents.abs() < 0.05 && net.need == 0.0 && !net.is_short {
                continue;
            }
            let (left, right) = (plot.x(from as f64), plot.x(to as f64));
            let tip = format!(
                "{label}, {} to {}: {}",
                minute_clock(from),
                minute_clock(to),
                signed(view.words, net.agents)
            );
            let (at, size) = ((left, top + 1.0), (right - left, row - 2.0));
            svg.rect(at, size, class(net.agents), &tip);
            used.insert(class(net.agents));
            if net.is_short {
                used.insert("short");
                let (at, size) = ((left + 1.0, top + 2.0), (right - left - 2.0, row - 4.0));
                svg.rect(at, size, "short", "");
            }
        }
    }
    let keys = KEYS.into_iter().filter(|(class, _)| used.contains(class));
    Chart::new(format!("tier {tier}"), svg).with_keys(keys)
}

/// Minutes of a day that clocks jump over, if they do.
fn skipped(view: &View<'_>, date: NaiveDate) -> Option<(usize, usize)> {
    let minutes = usize::try_from(view.zone.day_length(date).num_minutes()).ok()?;
    let lost = 1440_usize.checked_sub(minutes).filter(|lost| *lost > 0)?;
    let start = view.zone.day_start(date);
    let first = minute_of(view.zone.local(start));
    if first > 0 {
        return Some((0, first));
    }
    let expected = |minute: &usize| {
        let elapsed = i64::try_from(*minute).unwrap_or_default();
        minute_of(view.zone.local(start + TimeDelta::minutes(elapsed))) != *minute
    };
    let from = (0..minutes).find(expected)?;
    Some((from, from + lost))
}

/// Neighbouring cells that look the same: from, to and what they hold.
fn runs(cells: &BTreeMap<usize, Net>, step: usize) -> Vec<(usize, usize, Net)> {
    let mut runs: Vec<(usize, usize, Net)> = Vec::new();
    for (&minute, &net) in cells {
        let net = Net {
            agents: (net.agents * 10.0).round() / 10.0,
            need: if net.need > 0.0 { 1.0 } else { 0.0 },
            ..net
        };
        match runs.last_mut() {
            Some((_, to, last)) if *to == minute && *last == net => *to = minute + step,
            _ => runs.push((minute, minute + step, net)),
        }
    }
    runs
}

fn signed(words: Words<'_>, net: f64) -> String {
    let agents = words.number(net.abs(), 1);
    match net {
        even if even.abs() < 0.05 => "even".to_owned(),
        over if over > 0.0 => format!("{agents} over"),
        _ => format!("{agents} short"),
    }
}

/// Hours over and under for each day.
fn table(view: &View<'_>, rows: &Rows) -> Table {
    let each = view.plan.problem.interval_hours();
    let mut table = Table::new(&[
        "Day",
        ">Hours over",
        ">Hours under",
        ">Most over",
        ">Most under",
    ]);
    for (date, cells) in rows {
        let net = || cells.values().map(|n| n.agents);
        let over: f64 = net().map(|n| n.max(0.0)).sum();
        let under: f64 = net().map(|n| (-n).max(0.0)).sum();
        table.row([
            axis::day_label(view.zone, *date),
            view.words.hours(over * each),
            view.words.hours(under * each),
            view.words.number(net().fold(0.0, f64::max), 1),
            view.words.number(net().map(|n| -n).fold(0.0, f64::max), 1),
        ]);
    }
    table
}
