//! Risks, and the same shifts on days that come differently, side by side.

use super::chart::Chart;
use super::page::{Cell, Section, Table};
use super::svg::{Anchor, Plot, Svg};
use super::text::{full_day, list};
use super::view::View;
use crate::planning::{Holding, Stress};
use crate::units::Probability;
use crate::workforce::{PoolKind, QueueId};

/// Occupancy that wears people out.
const WORN: f64 = 0.9;
/// Share of the cost of one vendor from which on the plan hangs on it.
const LEANING: f64 = 0.4;
/// Names that are given; the rest is counted.
const NAMED: usize = 4;

/// Days that come differently.
const STRESSES: [(&str, Stress); 7] = [
    ("as planned", stress(1.0, 1.0, 1.0)),
    ("contacts +5 %", stress(1.05, 1.0, 1.0)),
    ("contacts +10 %", stress(1.1, 1.0, 1.0)),
    ("contacts +20 %", stress(1.2, 1.0, 1.0)),
    ("contacts −10 %", stress(0.9, 1.0, 1.0)),
    ("handling time +10 %", stress(1.0, 1.1, 1.0)),
    ("1 agent in 10 absent", stress(1.0, 1.0, 0.9)),
];

const fn stress(volume: f64, aht: f64, agents: f64) -> Stress {
    Stress {
        volume,
        aht,
        agents,
    }
}

/// Something that may go wrong, how far, and what helps.
struct Risk {
    what: &'static str,
    facts: String,
    remedy: &'static str,
}

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("risks", "Risks and what-ifs");
    s.heading("What may go wrong");
    let risks = risks(view);
    if risks.is_empty() {
        s.say("Nothing that the plan knows of stands against it.");
    } else {
        let mut table = Table::new(&["Risk", "How far", "What helps"]);
        for risk in risks {
            table.row([
                Cell::from(risk.what),
                Cell::classed(risk.facts, "wide"),
                Cell::classed(risk.remedy, "wide"),
            ]);
        }
        s.table(table);
    }
    let outcomes = outcomes(view);
    if outcomes.iter().any(|o| !o.levels.is_empty()) {
        s.heading("The same shifts on other days");
        s.say(
            "What live queues (phone and chat) get when days come differently and nobody is added, \
             moved or sent home, by formula.",
        );
        s.chart(
            chart(view, &outcomes),
            "Table of the queues, side by side",
            table(view, &outcomes),
        );
    }
    s.note(
        "What another plan would cost under other volumes, targets, limits or without a pool: run the \
         example what_if on the same scenario; its page puts the plans side by side.",
    );
    s
}

/// A stress with what each live queue gets.
struct Outcome {
    name: &'static str,
    levels: Vec<(QueueId, Probability)>,
    /// Share of all live contacts in time.
    all: f64,
}

fn outcomes(view: &View<'_>) -> Vec<Outcome> {
    let queues = &view.plan.queues;
    STRESSES
        .into_iter()
        .map(|(name, stress)| {
            let levels = view.plan.under(stress);
            let (mut in_time, mut offered) = (0.0, 0.0);
            for (id, level) in &levels {
                let contacts = queues
                    .iter()
                    .find(|q| q.id == *id)
                    .map_or(0.0, |q| q.offered);
                in_time += contacts * level.get();
                offered += contacts;
            }
            let all = if offered > 0.0 {
                in_time / offered
            } else {
                1.0
            };
            Outcome { name, levels, all }
        })
        .collect()
}

/// Share promised to a queue.
fn promised(view: &View<'_>, id: &QueueId) -> f64 {
    let mut queues = view.plan.queues.iter();
    queues
        .find(|q| q.id == *id)
        .map_or(0.0, |q| q.target.share().get())
}

/// How many promises an outcome keeps.
fn kept(view: &View<'_>, outcome: &Outcome) -> usize {
    let keeps =
        |(id, level): &&(QueueId, Probability)| View::keeps(level.get(), promised(view, id));
    outcome.levels.iter().filter(keeps).count()
}

fn chart(view: &View<'_>, outcomes: &[Outcome]) -> Chart {
    let row = 28.0;
    let plot = Plot {
        left: 190.0,
        top: 10.0,
        width: 500.0,
        height: outcomes.len() as f64 * row,
        x_max: 100.0,
        y_max: 1.0,
    };
    let title = "Live contacts in time when days come differently";
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 46.0, title);
    plot.x_axis(&mut svg, "live contacts in time, %", 5);
    for (i, outcome) in outcomes.iter().enumerate() {
        let top = plot.top + i as f64 * row;
        let share = view.words.percent(outcome.all);
        let width = plot.x(outcome.all * 100.0) - plot.left;
        let kept = kept(view, outcome);
        let is_kept = kept == outcome.levels.len();
        let class = if is_kept { "own" } else { "missing" };
        svg.rect((plot.left, top + 6.0), (width, row - 12.0), class, &share);
        let all = outcome.levels.len();
        let words = format!("{share}, {kept} of {all} promises kept");
        svg.text((plot.left - 8.0, top + 18.0), Anchor::End, "", outcome.name);
        svg.text((plot.right() + 10.0, top + 18.0), Anchor::Start, "", &words);
    }
    Chart::new("other days", svg).with_keys([
        ("own", "every promise kept"),
        ("missing", "some promise missed"),
    ])
}

fn table(view: &View<'_>, outcomes: &[Outcome]) -> Table {
    let mut heads = vec!["Queue".to_owned(), ">promised".to_owned()];
    heads.extend(outcomes.iter().map(|o| format!(">{}", o.name)));
    let mut table = Table::new(&heads);
    let first = outcomes.first().map_or(&[][..], |o| &o.levels);
    for (row, (id, _)) in first.iter().enumerate() {
        let promised = promised(view, id);
        let cells = outcomes.iter().map(|outcome| {
            let level = outcome
                .levels
                .get(row)
                .map_or(1.0, |(_, level)| level.get());
            let class = if View::keeps(level, promised) {
                ""
            } else {
                "bad"
            };
            Cell::classed(view.words.percent(level), class)
        });
        let head = [
            Cell::from(id.as_str()),
            Cell::from(view.words.percent(promised)),
        ];
        table.row(head.into_iter().chain(cells));
    }
    let sums = outcomes.iter().map(|o| view.words.percent(o.all));
    let head = ["All live contacts".to_owned(), "–".to_owned()];
    let cells = head.into_iter().chain(sums);
    table.row(cells.map(|text| Cell::classed(text, "sum")));
    table
}

/// Some names, and how many more there are.
fn named(names: &[String]) -> String {
    match names.len().saturating_sub(NAMED) {
        0 => list(names),
        more => format!("{} and {more} more", names[..NAMED].join(", ")),
    }
}

fn risks(view: &View<'_>) -> Vec<Risk> {
    let mut found = Vec::new();
    let mut add = |what, facts: Vec<String>, remedy| {
        if !facts.is_empty() {
            let facts = named(&facts);
            found.push(Risk {
                what,
                facts,
                remedy,
            });
        }
    };
    let (plan, words) = (view.plan, view.words);
    add(
        "Agents are missing",
        missing(view),
        "another pool, wider limits, or a lower promise; part 5 prices the rules",
    );
    let unsure = view.unsure().into_iter();
    let unsure = unsure.map(|(id, week)| format!("{id} {}", words.percent(week)));
    add(
        "A week may well miss its promise (chance to keep it, simulated)",
        unsure.collect(),
        if plan.corrected.is_some() {
            "accept that, or promise less"
        } else {
            "plan with --correct, which adds agents until each promise holds"
        },
    );
    add(
        "A promise does not hold in simulation",
        not_holding(view),
        "more time for the correction, or another pool",
    );
    let worn = plan.queues.iter().filter(|q| q.occupancy.get() >= WORN);
    let worn = worn.map(|q| format!("{} {}", q.id, words.percent(q.occupancy.get())));
    add(
        "People are busy nearly all of their time",
        worn.collect(),
        "a lower occupancy cap for these queues",
    );
    add(
        "Dates that are not decided yet",
        provisional(view),
        "ask the authority, then plan again",
    );
    add(
        "The plan leans on one vendor (share of the cost)",
        leaning(view),
        "a cap on vendor shares; the what-if close=POOL shows what its loss would cost",
    );
    let open = plan.rosters.iter().map(|own| own.open.len()).sum::<usize>();
    let open = (open > 0).then(|| words.plural(open, "shift"));
    add(
        "Shifts that no named agent takes",
        open.into_iter().collect(),
        "see open_shifts.csv for what stands against each",
    );
    let breaches = plan.tours.iter().filter_map(|own| {
        let pool = view.plan.problem.pools.get(own.pool);
        let id = pool.map_or("", |p| p.id.as_str());
        let count = own.breaches.len();
        (count > 0).then(|| format!("{id} {}", words.count(count)))
    });
    add(
        "Agents' weeks against a law or contract",
        breaches.collect(),
        "part 12 lists them; other shift types or more agents",
    );
    let agents = plan.solved.gap();
    let gap = (agents > 0.01).then(|| format!("up to {} cheaper", words.percent(agents)));
    add(
        "A cheaper plan may exist",
        gap.into_iter().collect(),
        "more time for the search",
    );
    found
}

fn missing(view: &View<'_>) -> Vec<String> {
    let each = view.plan.problem.interval_hours();
    let mut hours: Vec<(f64, &str)> = (view.groups.iter().zip(&view.plan.problem.groups))
        .map(|(s, group)| (s.missing.iter().sum::<f64>() * each, group.name.as_str()))
        .filter(|(hours, _)| *hours >= 0.05)
        .collect();
    hours.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let all = view.plan.missing_hours();
    if hours.is_empty() && all >= 0.05 {
        return vec![format!("{} in all", view.words.hours(all))];
    }
    let words = |(hours, name)| format!("{name} {}", view.words.hours(hours));
    hours.into_iter().map(words).collect()
}

/// Groups with verdicts of the last word that do not hold.
fn not_holding(view: &View<'_>) -> Vec<String> {
    let Some(corrected) = &view.plan.corrected else {
        return Vec::new();
    };
    let mut counts = vec![0; view.plan.problem.groups.len()];
    let verdicts = corrected.verdicts.iter();
    for verdict in verdicts.filter(|v| v.holding() != Holding::Holds) {
        if let Some(count) = counts.get_mut(verdict.group) {
            *count += 1;
        }
    }
    let groups = view.plan.problem.groups.iter().zip(counts);
    let counted = groups.filter(|(_, count)| *count > 0);
    counted
        .map(|(group, count)| format!("{} {}", group.name, view.words.count(count)))
        .collect()
}

fn provisional(view: &View<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let rows = view.special_days();
    for row in rows.into_iter().filter(|row| row.is_provisional) {
        let words = format!("{}, {}", full_day(row.date), row.name);
        if !names.contains(&words) {
            names.push(words);
        }
    }
    names
}

fn leaning(view: &View<'_>) -> Vec<String> {
    let rows = super::allocation::pools(view);
    let total: f64 = rows.iter().map(|(_, c)| c.total().get()).sum();
    let mut vendors: Vec<(&str, f64)> = Vec::new();
    for (pool, cost) in rows.iter().filter(|(p, _)| p.kind == PoolKind::Bpo) {
        let cost = cost.total().get();
        match vendors.iter_mut().find(|(name, _)| *name == pool.vendor) {
            Some((_, sum)) => *sum += cost,
            None => vendors.push((&pool.vendor, cost)),
        }
    }
    let large = vendors
        .into_iter()
        .filter(|(_, sum)| *sum > LEANING * total);
    large
        .map(|(name, sum)| format!("{name} {}", view.words.percent(sum / total)))
        .collect()
}
