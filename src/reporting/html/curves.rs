//! Required against scheduled: for each group a step chart over the horizon, with a strip that says
//! what its intervals get of what is promised.

use std::collections::BTreeMap;

use super::axis;
use super::chart::Chart;
use super::page::{Cell, Section, Table};
use super::svg::{Anchor, Plot, Svg, nice_max};
use super::text::{day, minute_clock};
use super::view::{Staffing, View};
use crate::calendar::minute_of;
use crate::requirements::LivePromise;

/// With more groups than this the tiers come first.
const MANY: usize = 12;
/// Days up to which a table has a column for each.
const COLUMNS: usize = 14;

/// Service level below the promise by no more than this is near it.
const NEAR: f64 = 0.1;

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("curves", "Required and scheduled agents");
    let groups = &view.plan.problem.groups;
    if groups.is_empty() {
        s.say("Nothing is to be staffed.");
        return s;
    }
    s.say(
        "The black line is what live work (phone and chat) needs. Agents above it do deferred work \
         such as e-mail, or wait. The strip below says whether an interval answers in time what is \
         promised, by formula with the live crew that is there.",
    );
    s.note(&format!(
        "{} Agents are counted at the queues' own handling time: slower pools count for less.",
        axis::zone_note(&view.plan.problem.grid, view.zone)
    ));
    if groups.len() > MANY {
        for (tier, members) in view.tiers() {
            let all = view.together(&members);
            let count = view.words.plural(members.len(), "group");
            s.heading(&format!("Tier {tier}: {count}"));
            let name = format!("tier {tier}");
            let line = format!("Table of {name}");
            let each: Vec<_> = members.iter().map(|&g| levels(view, g)).collect();
            let together = least(each.iter());
            let picture = chart(view, &all, &together, &name, Size::Wide);
            s.chart(picture, &line, table(view, &all, &together));
            let small = |(g, levels): (&usize, Vec<_>)| {
                let (staffing, name) = named(view, *g)?;
                let chart = chart(view, staffing, &levels, name, Size::Small);
                Some((name.to_owned(), chart, table(view, staffing, &levels)))
            };
            let each = members.iter().zip(each).filter_map(small).collect();
            s.multiples(&format!("Each group of tier {tier}"), each);
        }
    } else {
        for g in 0..groups.len() {
            let Some((staffing, name)) = named(view, g) else {
                continue;
            };
            s.heading(&format!("{name}{}", shortage(view, staffing)));
            let levels = levels(view, g);
            let chart = chart(view, staffing, &levels, name, Size::Wide);
            s.chart(
                chart,
                &format!("Table of {name}"),
                table(view, staffing, &levels),
            );
        }
    }
    s
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
        format!(": {} missing", view.words.hours(missing))
    }
}

/// How an interval stands against the promises it has to keep.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Level {
    /// Share in time, of the promise that is kept least.
    share: f64,
    promised: f64,
}

/// The intervals of a group that have live contacts, with what they get; nothing for others.
fn levels(view: &View<'_>, group: usize) -> Vec<Option<Level>> {
    let plan = view.plan;
    let (Some(facts), Some(staffing)) =
        (plan.requirement.groups.get(group), view.groups.get(group))
    else {
        return Vec::new();
    };
    let seconds = plan.problem.interval_hours() * 3600.0;
    let crews = staffing.assigned().into_iter().zip(&staffing.need);
    (crews.enumerate())
        .map(|(t, (assigned, need))| {
            if facts.live.get(t)?.volume <= 0.0 {
                return None;
            }
            let crew = facts.answering(assigned.min(*need));
            let level = |promise: &LivePromise| Level {
                share: facts.service_level(t, crew, promise.answer_within, seconds),
                // Where the day or week keeps the promise, an interval owes the floor.
                promised: promise.scope.floor().unwrap_or(promise.share).get(),
            };
            let all = facts.promised.iter().map(level);
            all.min_by(|a, b| (a.share - a.promised).total_cmp(&(b.share - b.promised)))
        })
        .collect()
}

/// In each interval the level of the group that is farthest below what it owes.
fn least<'l>(groups: impl Iterator<Item = &'l Vec<Option<Level>>>) -> Vec<Option<Level>> {
    let mut least: Vec<Option<Level>> = Vec::new();
    for levels in groups {
        least.resize(levels.len().max(least.len()), None);
        for (slot, level) in least.iter_mut().zip(levels) {
            let own = slot.map_or(f64::INFINITY, |l| l.share - l.promised);
            if level.is_some_and(|l| l.share - l.promised < own) {
                *slot = *level;
            }
        }
    }
    least
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    Wide,
    Small,
}

fn chart(
    view: &View<'_>,
    staffing: &Staffing,
    levels: &[Option<Level>],
    name: &str,
    size: Size,
) -> Chart {
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
    let is_stripped = levels.iter().any(Option::is_some);
    let strip = if is_stripped { 20.0 } else { 0.0 };
    let title = format!("Agents required and scheduled: {name}");
    let mut svg = Svg::new(view.words, width, plot.bottom() + below + strip, &title);
    plot.y_axis(
        &mut svg,
        &format!("agents, local time of {}", view.zone),
        ticks,
    );
    axis::draw(&mut svg, &plot, grid, view.zone);
    let assigned = staffing.assigned();
    let with_missing: Vec<f64> = (assigned.iter().zip(&staffing.missing))
        .map(|(a, m)| if *m > 0.005 { a + m } else { 0.0 })
        .collect();
    svg.path(&plot.area(&with_missing), "missing");
    svg.path(&plot.area(&assigned), "bpo");
    svg.path(&plot.area(&staffing.own), "own");
    svg.path(&plot.steps(&staffing.need), "line-need");
    let any = |values: &[f64]| values.iter().any(|v| *v > 0.005);
    let mut keys: Vec<(&str, &str)> = [
        (true, "line-need", "agents needed by live work"),
        (any(&staffing.own), "own", "assigned, in-house"),
        (any(&staffing.bpo), "bpo", "assigned, outsourced"),
        (any(&staffing.missing), "missing", "missing"),
    ]
    .into_iter()
    .filter_map(|(is_there, class, words)| is_there.then_some((class, words)))
    .collect();
    if is_stripped {
        strip_of(view, &mut svg, &plot, levels, plot.bottom() + below);
        let standing = levels.iter().flatten().map(standing).collect::<Vec<_>>();
        let strip = [
            ("kept", "strip: what is promised"),
            ("near", "strip: up to 10 points less"),
            ("missed", "strip: still less"),
        ];
        let seen = |(class, _): &(&str, &str)| standing.contains(class);
        keys.extend(strip.into_iter().filter(seen));
    }
    Chart::new(name, svg).with_keys(keys)
}

/// Class of an interval in the strip.
fn standing(level: &Level) -> &'static str {
    match level.share - level.promised {
        over if over >= -5e-4 => "kept",
        over if over >= -NEAR => "near",
        _ => "missed",
    }
}

/// The strip of service levels: neighbours that stand alike are one piece.
fn strip_of(view: &View<'_>, svg: &mut Svg, plot: &Plot, levels: &[Option<Level>], top: f64) {
    svg.text((plot.left - 6.0, top + 11.0), Anchor::End, "small", "SL");
    let mut from = 0;
    while from < levels.len() {
        let Some(first) = levels[from].as_ref() else {
            from += 1;
            continue;
        };
        let alike = |l: &&Option<Level>| l.as_ref().is_some_and(|l| standing(l) == standing(first));
        let run = &levels[from..];
        let length = run.iter().take_while(alike).count().max(1);
        let least = (run.iter().take(length).flatten())
            .map(|l| l.share)
            .fold(1.0, f64::min);
        let (left, right) = (plot.x(from as f64), plot.x((from + length) as f64));
        let tip = format!(
            "{} or more in time, {} promised",
            view.words.percent(least),
            view.words.percent(first.promised)
        );
        svg.rect((left, top), (right - left, 12.0), standing(first), &tip);
        from += length;
    }
}

/// Need and assigned agents for each time of day and day, or for each day of a long horizon.
fn table(view: &View<'_>, staffing: &Staffing, levels: &[Option<Level>]) -> Table {
    let grid = &view.plan.problem.grid;
    let days = axis::days(grid, view.zone);
    let assigned = staffing.assigned();
    let at = |values: &[f64], t: usize| values.get(t).copied().unwrap_or(0.0);
    let least = |d: &axis::Day| {
        let known = levels
            .get(d.from..d.to)
            .unwrap_or_default()
            .iter()
            .flatten();
        let least = known.min_by(|a, b| a.share.total_cmp(&b.share));
        least.map_or("–".to_owned(), |level| view.words.percent(level.share))
    };
    if days.len() > COLUMNS {
        let mut table = Table::new(&[
            "Day",
            ">Peak need",
            ">Need",
            ">Assigned",
            ">Missing",
            ">Least in time",
        ]);
        let total = |values: &[f64], d: &axis::Day| {
            let sum: f64 = (d.from..d.to).map(|t| at(values, t)).sum();
            view.words.hours(sum * view.plan.problem.interval_hours())
        };
        for d in &days {
            let peak = (d.from..d.to)
                .map(|t| at(&staffing.need, t))
                .fold(0.0, f64::max);
            table.row([
                axis::day_label(view.zone, d.date),
                view.words.short(peak),
                total(&staffing.need, d),
                total(&assigned, d),
                total(&staffing.missing, d),
                least(d),
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
                format!("{} / {}", view.words.short(need), view.words.short(agents))
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
    if levels.iter().any(Option::is_some) {
        let head = std::iter::once("Least in time".to_owned());
        table.row(
            head.chain(days.iter().map(least))
                .map(|text| Cell::classed(text, "sum")),
        );
    }
    table
}
