//! Queues: what is offered, promised and planned, and what really came where it is known.

use super::super::promises::{day, promises};
use super::page::{Cell, Section, Table, legend};
use super::svg::{Anchor, Plot, Svg};
use super::text::{contacts, percent, promise};
use super::view::View;

pub(super) fn section(view: &View<'_>) -> String {
    let mut s = Section::new("queues", "Queues: promised and planned service");
    if view.plan.queues.is_empty() {
        s.say("There is no queue.");
        return s.finish();
    }
    let is_simulated = (view.plan.queues.iter()).any(|q| q.simulated.is_some());
    let mut entries = vec![
        ("own", "planned service level, promise kept"),
        ("missing", "planned, promise missed"),
        ("mark-promise", "promise"),
    ];
    if is_simulated {
        entries.push(("dot-sim", "simulated"));
    }
    s.markup(&legend(&entries));
    s.chart(&chart(view));
    if !is_simulated {
        s.note("The service levels are by formula; this plan was not simulated.");
    }
    s.behind("Table of the queues", table(view));
    if !view.plan.report.promises.is_empty() {
        s.note(
            "Some promises are kept over days or weeks: an interval may get less, down to the floor, \
             as long as the contacts of the day or week together get what is promised.",
        );
        s.behind("Table of the days and weeks", scoped(view));
    }
    s.finish()
}

fn chart(view: &View<'_>) -> String {
    let queues = &view.plan.queues;
    let row = 26.0;
    let plot = Plot {
        left: 250.0,
        top: 12.0,
        width: 560.0,
        height: queues.len() as f64 * row,
        x_max: 100.0,
        y_max: 1.0,
    };
    let mut svg = Svg::new(
        960.0,
        plot.bottom() + 46.0,
        "Planned service level of each queue",
    );
    plot.x_axis(&mut svg, "contacts in time, %", 5);
    for (i, q) in queues.iter().enumerate() {
        let top = plot.top + i as f64 * row;
        let (level, promised) = (q.service_level.get(), q.target.share().get());
        let is_kept = View::keeps(level, promised);
        let class = if is_kept { "own" } else { "missing" };
        let tip = format!(
            "{}: {} planned, {}",
            q.id,
            percent(level),
            promise(q.target)
        );
        svg.text(
            (plot.left - 8.0, top + 17.0),
            Anchor::End,
            "",
            &clip(q.id.as_str(), 32),
        );
        let width = plot.x(level * 100.0) - plot.left;
        svg.rect((plot.left, top + 5.0), (width, row - 10.0), class, &tip);
        let x = plot.x(promised * 100.0);
        svg.line((x, top + 2.0), (x, top + row - 2.0), "mark-promise");
        if let Some(simulated) = q.simulated {
            let simulated = simulated.service_level.get();
            let at = (plot.x(simulated * 100.0), top + row / 2.0);
            svg.dot(
                at,
                5.0,
                "dot-sim",
                &format!("{} simulated", percent(simulated)),
            );
        }
        let words = format!("{} for {}", percent(level), percent(promised));
        svg.text((plot.right() + 10.0, top + 17.0), Anchor::Start, "", &words);
    }
    svg.finish()
}

/// A name that fits beside a chart; the table has all of it.
pub(super) fn clip(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let start: String = name.chars().take(most.saturating_sub(1)).collect();
    start + "…"
}

fn table(view: &View<'_>) -> Table {
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
    for outlook in &view.plan.queues {
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
            percent(s.service_level.get())
        });
        let [day, week] = outlook
            .simulated
            .map_or(["–", "–"].map(str::to_owned), |s| {
                [s.day, s.week].map(|chance| percent(chance.get()))
            });
        let actual = outlook.actual.as_ref().map(crate::calendar::Series::total);
        let difference = (actual.filter(|a| *a > 0.0)).map_or("–".to_owned(), |actual| {
            let share = outlook.offered / actual - 1.0;
            format!("{}{}", if share > 0.0 { "+" } else { "" }, percent(share))
        });
        table.row([
            Cell::from(outlook.id.as_str()),
            channel.into(),
            promise(outlook.target).into(),
            Cell::classed(format!("{} {verdict}", percent(level)), class),
            simulated.into(),
            day.into(),
            week.into(),
            percent(outlook.occupancy.get()).into(),
            contacts(outlook.offered).into(),
            actual.map_or("not known".to_owned(), contacts).into(),
            difference.into(),
        ]);
    }
    table
}

/// Each day or week of each promise that is kept over it.
fn scoped(view: &View<'_>) -> Table {
    let mut table = Table::new(&["Promise of", "Promise", "From", ">Planned", ">Contacts"]);
    for promise in promises(view.plan) {
        let words = promise.words(percent);
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
                Cell::classed(format!("{} {verdict}", percent(level)), class),
                contacts(kept.offered).into(),
            ]);
        }
    }
    table
}
