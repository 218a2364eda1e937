//! Allocation: in-house and vendors, hours against contract minimum and maximum.

use super::chart::Chart;
use super::page::{Section, Table};
use super::pool_tables::{daily_table, hours_table};
use super::svg::{Plot, Svg, nice_max};
use super::text::clip;
use super::view::View;
use crate::scheduling::PoolCost;
use crate::workforce::{Commitment, Pool, PoolKind};

/// Height of a row of bars.
pub(super) const ROW: f64 = 28.0;

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("allocation", "In-house and vendors, and why");
    if pools(view).is_empty() {
        s.say("There is no pool.");
        return s;
    }
    s.heading("Share of in-house and outsourced");
    s.chart(shares(view), "Table of the shares", shares_table(view));
    s.heading("Hours against contracts and limits");
    s.chart(hours_chart(view), "Table of the pools", hours_table(view));
    s.note(&format!(
        "Limits of a week are multiplied by the length of the horizon in weeks (here {}). A pool without \
         a mark has no limit in hours, or one beyond the chart; the table has them all.",
        view.words.short(view.plan.problem.weeks)
    ));
    s.behind(
        "Shifts that start on each day, with limits",
        daily_table(view),
    );
    super::why::add(view, &mut s);
    super::serve::add(view, &mut s);
    s
}

/// Pools with what they cost.
pub(super) fn pools<'a>(view: &View<'a>) -> Vec<(&'a Pool, &'a PoolCost)> {
    let costs = &view.plan.solved.schedule.cost.pools;
    view.plan.problem.pools.iter().zip(costs).collect()
}

pub(super) const fn class(pool: PoolKind) -> &'static str {
    match pool {
        PoolKind::InHouse => "own",
        PoolKind::Bpo => "bpo",
    }
}

/// Rows of bars with a name at the left and a value at the right.
pub(super) fn plot(rows: usize, x_max: f64) -> Plot {
    Plot {
        left: 220.0,
        top: 10.0,
        width: 590.0,
        height: rows as f64 * ROW,
        x_max,
        y_max: 1.0,
    }
}

/// Something that in-house and vendors have shares of.
struct Shared {
    name: &'static str,
    own: f64,
    bpo: f64,
}

impl Shared {
    /// The part of in-house; nothing where there is nothing.
    fn own_share(&self) -> Option<f64> {
        let all = self.own + self.bpo;
        (all > 0.0).then(|| self.own / all)
    }
}

/// Shifts, hours and cost of in-house and vendors.
fn shared(view: &View<'_>) -> [Shared; 3] {
    let people = |p: &Pool, _: &PoolCost| f64::from(view.plan.solved.schedule.people_of(&p.id));
    let sum = |name, of: &dyn Fn(&Pool, &PoolCost) -> f64| {
        let total = |wanted: PoolKind| -> f64 {
            (pools(view).into_iter())
                .filter(|(p, _)| p.kind == wanted)
                .map(|(p, c)| of(p, c))
                .sum()
        };
        Shared {
            name,
            own: total(PoolKind::InHouse),
            bpo: total(PoolKind::Bpo),
        }
    };
    [
        sum("shifts", &people),
        sum("hours", &|_, c| c.hours),
        sum("cost", &|_, c| c.total().get()),
    ]
}

fn shares(view: &View<'_>) -> Chart {
    let lines = shared(view);
    let plot = plot(lines.len(), 1.0);
    let title = "Share of in-house and outsourced";
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 8.0, title);
    for (i, line) in lines.iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let name = format!("share of {}", line.name);
        let Some(share) = line.own_share() else {
            svg.row_words(&plot, top, &name, "none");
            continue;
        };
        let (middle, height) = (plot.x(share), ROW - 8.0);
        let own = (middle - plot.left, height);
        svg.rect((plot.left, top + 4.0), own, "own", "in-house");
        let bpo = (plot.right() - middle, height);
        svg.rect((middle, top + 4.0), bpo, "bpo", "outsourced");
        let words = format!("{} in-house", view.words.percent(share));
        svg.row_words(&plot, top, &name, &words);
    }
    Chart::new("shares", svg).with_keys([("own", "in-house"), ("bpo", "outsourced")])
}

fn shares_table(view: &View<'_>) -> Table {
    let words = view.words;
    let mut table = Table::new(&["Of", ">In-house", ">Outsourced", ">Share in-house"]);
    for line in shared(view) {
        let write = |value: f64| match line.name {
            "cost" => words.amount(value),
            "hours" => words.hours(value),
            _ => words.number(value, 0),
        };
        table.row([
            line.name.to_owned(),
            write(line.own),
            write(line.bpo),
            line.own_share()
                .map_or("–".to_owned(), |share| words.percent(share)),
        ]);
    }
    table
}

/// The marks that some pool has.
fn hours_legend(view: &View<'_>) -> Vec<(&'static str, &'static str)> {
    let pools = &view.plan.problem.pools;
    let has = |of: fn(&Pool) -> bool| pools.iter().any(of);
    [
        (
            has(|p| p.kind == PoolKind::InHouse),
            "own",
            "hours, in-house",
        ),
        (has(|p| p.kind == PoolKind::Bpo), "bpo", "hours, outsourced"),
        (
            has(|p| p.limits.week_hours_min.is_some()),
            "mark-min",
            "fewest hours allowed",
        ),
        (
            has(|p| p.limits.week_hours_max.is_some()),
            "mark-max",
            "most hours allowed",
        ),
        (
            has(|p| matches!(p.commitment, Some(Commitment::HoursPerWeek(_)))),
            "mark-commit",
            "hours committed",
        ),
    ]
    .into_iter()
    .filter_map(|(is_there, class, words)| is_there.then_some((class, words)))
    .collect()
}

fn committed(view: &View<'_>, pool: &Pool) -> Option<f64> {
    match pool.commitment? {
        Commitment::HoursPerWeek(hours) => Some(hours * view.plan.problem.weeks),
        Commitment::ShiftsPerDay(_) => None,
    }
}

fn hours_chart(view: &View<'_>) -> Chart {
    let weeks = view.plan.problem.weeks;
    let rows = pools(view);
    let marks = |p: &Pool| {
        [
            (p.limits.week_hours_min.map(|h| h * weeks), "mark-min"),
            (p.limits.week_hours_max.map(|h| h * weeks), "mark-max"),
            (committed(view, p), "mark-commit"),
        ]
    };
    let used = rows.iter().map(|(_, c)| c.hours).fold(0.0, f64::max);
    // A limit far beyond what anybody works would flatten every bar.
    let most = (rows.iter())
        .flat_map(|(p, _)| marks(p))
        .filter_map(|(at, _)| at)
        .filter(|at| *at <= 4.0 * used)
        .fold(used, f64::max);
    let plot = plot(rows.len(), nice_max(most, 5));
    let title = "Hours of each pool against its limits";
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 46.0, title);
    plot.x_axis(&mut svg, "hours on the queue over the horizon", 5);
    for (i, (pool, cost)) in rows.into_iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let width = plot.x(cost.hours) - plot.left;
        let tip = format!("{}: {}", pool.id, view.words.hours(cost.hours));
        svg.rect(
            (plot.left, top + 6.0),
            (width, ROW - 12.0),
            class(pool.kind),
            &tip,
        );
        for (at, mark) in marks(pool) {
            if let Some(at) = at.filter(|at| *at > 0.0 && *at <= plot.x_max) {
                let x = plot.x(at);
                svg.line((x, top + 2.0), (x, top + ROW - 2.0), mark);
            }
        }
        let words = view.words.hours(cost.hours);
        svg.row_words(&plot, top, &clip(pool.id.as_str(), 28), &words);
    }
    Chart::new("hours", svg).with_keys(hours_legend(view))
}
