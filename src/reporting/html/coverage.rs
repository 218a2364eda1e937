//! Coverage: for each market and language and each hour of the market's clock, how much of the live
//! work has the agents it needs.

use std::collections::{BTreeMap, BTreeSet};

use super::chart::Chart;
use super::page::{Cell, Section, Table};
use super::svg::{Anchor, Plot, Svg};
use super::view::View;
use crate::calendar::{Timelike, Zone};
use crate::workforce::{Language, MarketId};

/// A share of work that has its agents, from here on, is all of it as far as it is shown.
const ALL: f64 = 0.9995;

/// What one hour of the clock holds, over the days of the horizon.
#[derive(Debug, Clone, Copy, Default)]
struct Hour {
    /// Live work in agent-intervals.
    live: f64,
    /// The part of it whose agents are there.
    covered: f64,
    /// Contacts of every kind.
    contacts: f64,
    /// Agent-intervals missing.
    missing: f64,
}

impl Hour {
    fn add(&mut self, other: &Self) {
        self.live += other.live;
        self.covered += other.covered;
        self.contacts += other.contacts;
        self.missing += other.missing;
    }

    /// Share of the live work with its agents; nothing without live work.
    fn share(&self) -> Option<f64> {
        (self.live > 0.0).then(|| self.covered / self.live)
    }
}

/// A market and a language.
#[derive(Debug)]
struct Row {
    market: MarketId,
    language: Language,
    zone: Zone,
    hours: [Hour; 24],
}

impl Row {
    fn name(&self) -> String {
        format!("{} · {}", self.market, self.language)
    }

    fn all(&self) -> Hour {
        let mut all = Hour::default();
        self.hours.iter().for_each(|hour| all.add(hour));
        all
    }
}

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("coverage", "Coverage by market, language and hour");
    let rows = rows(view);
    if rows.is_empty() {
        s.say("No contact is expected.");
        return s;
    }
    s.say(
        "Each row is a market and a language, each column an hour on the clock of that market, all \
         days together. A number is the share of live work (phone and chat), in percent, that has the \
         agents it needs, where it is not all of it.",
    );
    s.chart(
        map(view, &rows),
        "Table of the markets and languages",
        table(view, &rows),
    );
    s.note(
        "Where a language is served together for several markets, a missing agent counts for each of \
         them by its part of the work at that time.",
    );
    s.behind(
        "Table of the hours: share of live work covered",
        hours(view, &rows),
    );
    s
}

/// Work and missing agents of each market and language by local hour.
fn rows(view: &View<'_>) -> Vec<Row> {
    let plan = view.plan;
    let grid = &plan.problem.grid;
    let mut rows: BTreeMap<(usize, Language), Row> = BTreeMap::new();
    let shares = shares(view);
    for (stream, missing) in plan.demand.streams.iter().zip(shares) {
        let place = plan
            .scenario
            .markets
            .iter()
            .position(|m| m.id == stream.market);
        let queue = plan.scenario.queues.get(stream.queue);
        let (Some(place), Some(queue)) = (place, queue) else {
            continue;
        };
        let market = &plan.scenario.markets[place];
        let group = plan.requirement.group_of(stream.queue);
        let staffing = group.and_then(|g| view.groups.get(g));
        let language = &queue.skill.language;
        let row = rows
            .entry((place, language.clone()))
            .or_insert_with(|| Row {
                market: market.id.clone(),
                language: language.clone(),
                zone: market.zone,
                hours: [Hour::default(); 24],
            });
        for (t, &contacts) in stream.forecast.mean().values().iter().enumerate() {
            let missed = missing.get(t).copied().unwrap_or(0.0);
            if contacts <= 0.0 && missed <= 0.0 {
                continue;
            }
            let local = market.zone.local(grid.instant(t)).hour();
            let Some(hour) = row.hours.get_mut(local as usize) else {
                continue;
            };
            hour.contacts += contacts;
            hour.missing += missed;
            if queue.channel.is_live() {
                let work = contacts * stream.agent_seconds;
                hour.live += work;
                let there = staffing.map_or(1.0, |s| {
                    let (need, missing) = (s.need.get(t), s.missing.get(t));
                    let (need, missing) = (need.unwrap_or(&0.0), missing.unwrap_or(&0.0));
                    if *need > 0.0 {
                        (1.0 - missing / need).max(0.0)
                    } else {
                        1.0
                    }
                });
                hour.covered += work * there;
            }
        }
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.retain(|row| row.all().contacts > 0.0);
    rows
}

/// Missing agents of each stream in each interval: those of its group, divided by live work at that
/// time, where there is none by deferred work, and where there is none of either evenly.
fn shares(view: &View<'_>) -> Vec<Vec<f64>> {
    let plan = view.plan;
    let n = plan.problem.grid.len();
    let streams = &plan.demand.streams;
    let mut shares = vec![vec![0.0; n]; streams.len()];
    for (g, staffing) in view.groups.iter().enumerate() {
        let members: Vec<usize> = (0..streams.len())
            .filter(|&s| plan.requirement.group_of(streams[s].queue) == Some(g))
            .collect();
        let work = |s: usize, t: usize| {
            let stream = &streams[s];
            stream
                .forecast
                .mean()
                .values()
                .get(t)
                .copied()
                .unwrap_or(0.0)
                * stream.agent_seconds
        };
        let is_live = |s: usize| {
            let queue = plan.scenario.queues.get(streams[s].queue);
            queue.is_some_and(|q| q.channel.is_live())
        };
        for (t, &missing) in staffing.missing.iter().enumerate() {
            if missing <= 0.0 {
                continue;
            }
            let weigh = |wanted: fn(bool) -> bool| -> Vec<f64> {
                let own = |&s: &usize| if wanted(is_live(s)) { work(s, t) } else { 0.0 };
                members.iter().map(own).collect()
            };
            let mut weights = weigh(|live| live);
            if weights.iter().all(|w| *w <= 0.0) {
                weights = weigh(|live| !live);
            }
            if weights.iter().all(|w| *w <= 0.0) {
                weights = vec![1.0; members.len()];
            }
            let all: f64 = weights.iter().sum();
            for (&s, weight) in members.iter().zip(&weights) {
                shares[s][t] += missing * weight / all;
            }
        }
    }
    shares
}

/// A share rounded down to whole parts; what is one but for the last digits counts as one.
fn floored(share: f64, parts: f64) -> f64 {
    (share * parts + 1e-9).floor() / parts
}

fn map(view: &View<'_>, rows: &[Row]) -> Chart {
    let height = 22.0;
    let plot = Plot {
        left: 214.0,
        top: 22.0,
        width: 732.0,
        height: rows.len() as f64 * height,
        x_max: 24.0,
        y_max: 1.0,
    };
    let title = "Live work that has its agents, by market, language and local hour";
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 8.0, title);
    svg.text(
        (4.0, plot.top - 7.0),
        Anchor::Start,
        "tick",
        "hour of the market's clock",
    );
    for hour in 0..24 {
        let middle = plot.x(f64::from(hour) + 0.5);
        let label = format!("{hour:02}");
        svg.text((middle, plot.top - 7.0), Anchor::Middle, "tick", &label);
    }
    for (i, row) in rows.iter().enumerate() {
        let top = plot.top + i as f64 * height;
        let name = super::text::clip(&row.name(), 14);
        svg.text((4.0, top + 15.5), Anchor::Start, "", &name);
        let zone = super::text::clip(row.zone.name(), 19);
        svg.text((plot.left - 6.0, top + 15.5), Anchor::End, "small", &zone);
        for (hour, cell) in row.hours.iter().enumerate() {
            if !is_drawn(cell) {
                continue;
            }
            let (left, right) = (plot.x(hour as f64), plot.x(hour as f64 + 1.0));
            let missing = cell.missing * view.plan.problem.interval_hours();
            let tip = format!(
                "{}, {hour:02}:00 to {:02}:00 {}: {} contacts, {} missing",
                row.name(),
                hour + 1,
                row.zone,
                view.words.contacts(cell.contacts),
                view.words.hours(missing)
            );
            let class = class(cell);
            let size = (right - left - 1.0, height - 2.0);
            svg.rect((left + 0.5, top + 1.0), size, class, &tip);
            if let Some(share) = cell.share().filter(|share| *share < ALL) {
                let words = view.words.number(floored(share, 100.0) * 100.0, 0);
                let middle = f64::midpoint(left, right);
                svg.text((middle, top + 15.5), Anchor::Middle, "cell", &words);
            }
        }
    }
    let cells = rows
        .iter()
        .flat_map(|row| &row.hours)
        .filter(|c| is_drawn(c));
    let used: BTreeSet<&str> = cells.map(class).collect();
    let keys = [
        ("covered", "all live work has its agents"),
        ("gap1", "gap of up to a tenth"),
        ("gap2", "larger gap"),
        ("deferred", "e-mail and other deferred work only"),
    ];
    let keys = keys.into_iter().filter(|(class, _)| used.contains(class));
    Chart::new("market language hour", svg).with_keys(keys)
}

/// Whether anything happens in an hour.
fn is_drawn(cell: &Hour) -> bool {
    cell.contacts > 0.0 || cell.missing > 0.0
}

fn class(cell: &Hour) -> &'static str {
    match cell.share() {
        None => "deferred",
        Some(share) if share >= ALL => "covered",
        Some(share) if share >= 0.9 => "gap1",
        Some(_) => "gap2",
    }
}

fn table(view: &View<'_>, rows: &[Row]) -> Table {
    let words = view.words;
    let each = view.plan.problem.interval_hours();
    let mut table = Table::new(&[
        "Market and language",
        "Clock",
        ">Contacts",
        ">Live work covered",
        ">Missing hours",
        "Hours with a gap",
    ]);
    let percent = |hour: &Hour| match hour.share() {
        Some(share) => words.percent(floored(share, 1000.0)),
        None => "no live work".to_owned(),
    };
    let mut total = Hour::default();
    for row in rows {
        let all = row.all();
        total.add(&all);
        let gaps: Vec<String> = (row.hours.iter().enumerate())
            .filter(|(_, hour)| hour.share().is_some_and(|share| share < ALL))
            .map(|(hour, _)| format!("{hour:02}"))
            .collect();
        let class = if gaps.is_empty() { "" } else { "bad" };
        table.row([
            Cell::from(row.name()),
            row.zone.name().into(),
            words.contacts(all.contacts).into(),
            Cell::classed(percent(&all), class),
            words.short(all.missing * each).into(),
            if gaps.is_empty() {
                "none".into()
            } else {
                Cell::from(gaps.join(", "))
            },
        ]);
    }
    let sums = [
        "All".to_owned(),
        String::new(),
        words.contacts(total.contacts),
        percent(&total),
        words.short(total.missing * each),
        String::new(),
    ];
    table.row(sums.map(|text| Cell::classed(text, "sum")));
    table
}

/// The numbers behind the cells.
fn hours(view: &View<'_>, rows: &[Row]) -> Table {
    let mut heads = vec!["Market and language".to_owned()];
    heads.extend((0..24).map(|hour| format!(">{hour:02}")));
    let mut table = Table::new(&heads);
    for row in rows {
        let head = std::iter::once(Cell::from(row.name()));
        let cells = row.hours.iter().map(|hour| match hour.share() {
            None if hour.contacts > 0.0 => Cell::from("later"),
            None => Cell::from("·"),
            Some(share) if share >= ALL => Cell::from(view.words.number(100.0, 0)),
            Some(share) => {
                let floor = floored(share, 1000.0) * 100.0;
                Cell::classed(view.words.number(floor, 1), "bad")
            }
        });
        table.row(head.chain(cells));
    }
    table
}
