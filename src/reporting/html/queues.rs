//! Queues: what is offered, promised and planned, and what really came where it is known.

use super::super::promises::{day, promises};
use super::chart::Chart;
use super::page::{Cell, Section, Table};
use super::svg::{Anchor, Plot, Svg};
use super::text::clip;
use super::view::View;
use crate::planning::QueueOutlook;

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("queues", "Service level and occupancy by queue");
    if view.plan.queues.is_empty() {
        s.say("There is no queue.");
        return s;
    }
    let is_simulated = view.plan.queues.iter().any(|q| q.simulated.is_some());
    let line = "Table of the queues";
    for (is_live, heading) in [
        (true, "Service level of live queues"),
        (false, "Service level of deferred work"),
    ] {
        let queues = view.plan.queues.iter();
        let queues: Vec<_> = queues.filter(|q| q.target.is_live() == is_live).collect();
        if !queues.is_empty() {
            s.heading(heading);
            s.chart(levels(view, &queues), line, table(view, &queues));
        }
    }
    s.note(if is_simulated {
        "Bars of live queues are by formula: Erlang C in each interval, weighted by contacts; dots are \
         of the simulation, with its 95 % interval. Deferred work is done by deadline and not simulated."
    } else {
        "The service levels are by formula; this plan was not simulated."
    });
    s.heading("Occupancy");
    s.chart(
        occupancy(view),
        "Table of the occupancy",
        occupancy_table(view),
    );
    s.note(
        "Work over the time of all agents sent to the queues of a group, which share them; the same by \
         formula and in simulation, since both do all of the work. Live work keeps its own cap; the time \
         that is left may be filled with deferred work, which has a higher one.",
    );
    if !view.plan.report.promises.is_empty() {
        s.heading("Promises over days and weeks");
        s.note(
            "Some promises are kept over days or weeks: an interval may get less, down to the floor, \
             as long as the contacts of the day or week together get what is promised.",
        );
        s.behind("Table of the days and weeks", scoped(view));
    }
    s
}

/// Height of a row of bars.
const ROW: f64 = 26.0;

fn plot(rows: usize) -> Plot {
    Plot {
        left: 250.0,
        top: 12.0,
        width: 560.0,
        height: rows as f64 * ROW,
        x_max: 100.0,
        y_max: 1.0,
    }
}

fn levels(view: &View<'_>, queues: &[&QueueOutlook]) -> Chart {
    let words = view.words;
    let plot = plot(queues.len());
    let title = "Service level of each queue, planned and promised";
    let mut svg = Svg::new(words, 960.0, plot.bottom() + 46.0, title);
    plot.x_axis(&mut svg, "contacts in time, %", 5);
    let mut is_missed = false;
    for (i, q) in queues.iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let (level, promised) = (q.service_level.get(), q.target.share().get());
        let is_kept = View::keeps(level, promised);
        is_missed |= !is_kept;
        let class = if is_kept { "own" } else { "missing" };
        let (planned, promise) = (words.percent(level), words.promise(q.target));
        let tip = format!("{}: {planned} planned, {promise}", q.id);
        let name = clip(q.id.as_str(), 32);
        svg.text((plot.left - 8.0, top + 17.0), Anchor::End, "", &name);
        let width = plot.x(level * 100.0) - plot.left;
        svg.rect((plot.left, top + 5.0), (width, ROW - 10.0), class, &tip);
        let x = plot.x(promised * 100.0);
        svg.line((x, top + 2.0), (x, top + ROW - 2.0), "mark-promise");
        if let Some(seen) = q.simulated {
            let (mean, half) = (seen.service_level.get(), seen.half_width);
            let middle = top + ROW / 2.0;
            let at = |share: f64| (plot.x(share * 100.0), middle);
            svg.line(at(mean - half), at(mean + half), "line-half");
            let tip = format!("{} simulated", words.percent(mean));
            svg.dot(at(mean), 5.0, "dot-sim", &tip);
        }
        let words = format!("{planned} for {}", words.percent(promised));
        svg.text((plot.right() + 10.0, top + 17.0), Anchor::Start, "", &words);
    }
    let mut keys = vec![("own", "planned service level, promise kept")];
    if is_missed {
        keys.push(("missing", "planned, promise missed"));
    }
    keys.push(("mark-promise", "promise"));
    if queues.iter().any(|q| q.simulated.is_some()) {
        keys.push(("dot-sim", "simulated"));
    }
    let is_live = queues.iter().any(|q| q.target.is_live());
    let name = if is_live { "live" } else { "deferred" };
    Chart::new(format!("service level {name}"), svg).with_keys(keys)
}

/// A group of queues that share their agents.
struct Shared<'a> {
    name: &'a str,
    /// The same for each of its queues.
    busy: f64,
    /// The highest cap of its queues.
    cap: f64,
    queues: Vec<&'a str>,
}

fn shared<'a>(view: &View<'a>) -> Vec<Shared<'a>> {
    let plan = view.plan;
    let mut found = Vec::new();
    for group in &plan.problem.groups {
        let queues = group
            .queues
            .iter()
            .filter_map(|&q| plan.scenario.queues.get(q));
        let queues: Vec<_> = queues.collect();
        let outlook = queues
            .first()
            .and_then(|first| plan.queues.iter().find(|o| o.id == first.id));
        if let Some(outlook) = outlook {
            let caps = queues.iter().map(|q| q.occupancy_cap.get());
            found.push(Shared {
                name: &group.name,
                busy: outlook.occupancy.get(),
                cap: caps.fold(0.0, f64::max),
                queues: queues.iter().map(|q| q.id.as_str()).collect(),
            });
        }
    }
    found
}

fn occupancy(view: &View<'_>) -> Chart {
    let groups = shared(view);
    let plot = plot(groups.len());
    let title = "Occupancy of the agents of each group of queues";
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 46.0, title);
    plot.x_axis(&mut svg, "time of the agents spent on contacts, %", 5);
    for (i, group) in groups.iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let share = view.words.percent(group.busy);
        let name = clip(group.name, 32);
        svg.text((plot.left - 8.0, top + 17.0), Anchor::End, "", &name);
        let width = plot.x(group.busy * 100.0) - plot.left;
        let tip = format!("{}: {share}", group.name);
        svg.rect((plot.left, top + 5.0), (width, ROW - 10.0), "busy", &tip);
        let x = plot.x(group.cap * 100.0);
        svg.line((x, top + 2.0), (x, top + ROW - 2.0), "mark-max");
        svg.text((plot.right() + 10.0, top + 17.0), Anchor::Start, "", &share);
    }
    Chart::new("occupancy", svg).with_keys([
        ("busy", "busy with contacts"),
        ("mark-max", "the most that a queue of the group allows"),
    ])
}

fn occupancy_table(view: &View<'_>) -> Table {
    let words = view.words;
    let mut table = Table::new(&["Group", "Queues", ">Occupancy", ">At most"]);
    for group in shared(view) {
        table.row([
            group.name.to_owned(),
            group.queues.join(", "),
            words.percent(group.busy),
            words.percent(group.cap),
        ]);
    }
    table
}

fn table(view: &View<'_>, queues: &[&QueueOutlook]) -> Table {
    let words = view.words;
    let mut table = Table::new(&[
        "Queue",
        "Channel",
        "Promise",
        ">Planned",
        ">Simulated",
        ">A day keeps it",
        ">A week keeps it",
        ">Occupancy",
        ">Contacts planned",
        ">Contacts that came",
        ">Difference",
    ]);
    for outlook in queues {
        let channel = (view.plan.scenario.queues.iter())
            .find(|q| q.id == outlook.id)
            .map_or(String::new(), |q| q.channel.word().replace('_', " "));
        let (level, promised) = (outlook.service_level.get(), outlook.target.share().get());
        let class = if View::keeps(level, promised) {
            "good"
        } else {
            "bad"
        };
        let verdict = if View::keeps(level, promised) {
            "✓"
        } else {
            "✗"
        };
        let simulated = outlook.simulated.map_or("not simulated".to_owned(), |s| {
            view.words.percent(s.service_level.get())
        });
        let [day, week] = outlook
            .simulated
            .map_or(["–", "–"].map(str::to_owned), |s| {
                [s.day, s.week].map(|chance| view.words.percent(chance.get()))
            });
        let actual = outlook.actual.as_ref().map(crate::calendar::Series::total);
        let difference = (actual.filter(|a| *a > 0.0)).map_or("–".to_owned(), |actual| {
            let share = outlook.offered / actual - 1.0;
            format!(
                "{}{}",
                if share > 0.0 { "+" } else { "" },
                view.words.percent(share)
            )
        });
        table.row([
            Cell::from(outlook.id.as_str()),
            channel.into(),
            view.words.promise(outlook.target).into(),
            Cell::classed(format!("{} {verdict}", view.words.percent(level)), class),
            simulated.into(),
            day.into(),
            week.into(),
            view.words.percent(outlook.occupancy.get()).into(),
            view.words.contacts(outlook.offered).into(),
            actual
                .map_or("not known".to_owned(), |a| words.contacts(a))
                .into(),
            difference.into(),
        ]);
    }
    table
}

/// Each day or week of each promise that is kept over it.
fn scoped(view: &View<'_>) -> Table {
    let mut table = Table::new(&["Promise of", "Promise", "From", ">Planned", ">Contacts"]);
    for promise in promises(view.plan) {
        let words = promise.words(|share| view.words.percent(share));
        for kept in &promise.parts {
            let (level, promised) = (kept.service_level.get(), kept.share.get());
            let (class, verdict) = if View::keeps(level, promised) {
                ("good", "✓")
            } else {
                ("bad", "✗")
            };
            table.row([
                Cell::from(kept.name.as_str()),
                words.as_str().into(),
                day(view.plan, view.zone, kept).into(),
                Cell::classed(format!("{} {verdict}", view.words.percent(level)), class),
                view.words.contacts(kept.offered).into(),
            ]);
        }
    }
    table
}
