//! Pools: hours against their limits, cost by kind, and who does how much.

use super::page::{Section, legend};
use super::pool_tables::{cost_table, daily_table, hours_table};
use super::queues::clip;
use super::svg::{Anchor, Plot, Svg, nice_max};
use super::text::{hours, money, percent, short};
use super::view::View;
use crate::scheduling::PoolCost;
use crate::workforce::{Commitment, Pool, PoolKind};

const ROW: f64 = 28.0;

pub(super) fn section(view: &View<'_>) -> String {
    let mut s = Section::new("pools", "Pools: hours, limits and cost");
    if pools(view).is_empty() {
        s.say("There is no pool.");
        return s.finish();
    }
    s.heading("In-house and outsourced");
    s.markup(&legend(&[("own", "in-house"), ("bpo", "outsourced")]));
    s.chart(&shares(view));
    s.heading("Hours on the queue against limits");
    s.markup(&legend(&hours_legend(view)));
    s.chart(&hours_chart(view));
    s.note(&format!(
        "Limits of a week are multiplied by the length of the horizon in weeks (here {}). A pool without \
         a mark has no limit in hours, or one beyond the chart; the table has them all.",
        short(view.plan.problem.weeks)
    ));
    s.heading("Cost");
    s.markup(&legend(&[
        ("bar", "shifts"),
        ("surcharge", "surcharge for languages"),
        ("premium", "premiums of the law"),
        ("unused", "committed or guaranteed, not used"),
    ]));
    s.chart(&cost_chart(view));
    s.behind("Table of the pools", hours_table(view));
    s.behind("Table of the costs", cost_table(view));
    s.behind(
        "Shifts that start on each day, with limits",
        daily_table(view),
    );
    s.finish()
}

/// Pools with what they cost.
pub(super) fn pools<'a>(view: &View<'a>) -> Vec<(&'a Pool, &'a PoolCost)> {
    let costs = &view.plan.solved.schedule.cost.pools;
    view.plan.problem.pools.iter().zip(costs).collect()
}

const fn class(pool: PoolKind) -> &'static str {
    match pool {
        PoolKind::InHouse => "own",
        PoolKind::Bpo => "bpo",
    }
}

fn plot(rows: usize, x_max: f64) -> Plot {
    Plot {
        left: 220.0,
        top: 10.0,
        width: 590.0,
        height: rows as f64 * ROW,
        x_max,
        y_max: 1.0,
    }
}

/// A quantity of a pool.
type Measure<'a> = &'a dyn Fn(&Pool, &PoolCost) -> f64;

/// Shares of in-house and vendors in shifts, hours and cost.
fn shares(view: &View<'_>) -> String {
    let total = |of: Measure<'_>, wanted: PoolKind| -> f64 {
        (pools(view).into_iter())
            .filter(|(p, _)| p.kind == wanted)
            .map(|(p, c)| of(p, c))
            .sum()
    };
    let people = |p: &Pool, _: &PoolCost| f64::from(view.plan.solved.schedule.people_of(&p.id));
    let on_queue = |_: &Pool, c: &PoolCost| c.hours;
    let cost = |_: &Pool, c: &PoolCost| c.total().get();
    let lines: [(&str, Measure<'_>); 3] =
        [("shifts", &people), ("hours", &on_queue), ("cost", &cost)];
    let plot = plot(lines.len(), 1.0);
    let mut svg = Svg::new(
        960.0,
        plot.bottom() + 8.0,
        "Share of in-house and outsourced",
    );
    for (i, (name, of)) in lines.into_iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let (own, bpo) = (total(of, PoolKind::InHouse), total(of, PoolKind::Bpo));
        let share = if own + bpo > 0.0 {
            own / (own + bpo)
        } else {
            0.0
        };
        svg.text(
            (plot.left - 8.0, top + 18.0),
            Anchor::End,
            "",
            &format!("share of {name}"),
        );
        if own + bpo <= 0.0 {
            svg.text((plot.left + 6.0, top + 18.0), Anchor::Start, "tick", "none");
            continue;
        }
        let middle = plot.x(share);
        let height = ROW - 8.0;
        svg.rect(
            (plot.left, top + 4.0),
            (middle - plot.left, height),
            "own",
            "in-house",
        );
        svg.rect(
            (middle, top + 4.0),
            (plot.right() - middle, height),
            "bpo",
            "outsourced",
        );
        let words = format!("{} in-house", percent(share));
        svg.text((plot.right() + 10.0, top + 18.0), Anchor::Start, "", &words);
    }
    svg.finish()
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

fn hours_chart(view: &View<'_>) -> String {
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
    let mut svg = Svg::new(
        960.0,
        plot.bottom() + 46.0,
        "Hours of each pool against its limits",
    );
    plot.x_axis(&mut svg, "hours on the queue over the horizon", 5);
    for (i, (pool, cost)) in rows.into_iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let width = plot.x(cost.hours) - plot.left;
        let tip = format!("{}: {}", pool.id, hours(cost.hours));
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
        let words = hours(cost.hours);
        svg.row_words(&plot, top, &clip(pool.id.as_str(), 28), &words);
    }
    svg.finish()
}

fn cost_chart(view: &View<'_>) -> String {
    let rows = pools(view);
    let most = (rows.iter())
        .map(|(_, c)| c.total().get())
        .fold(0.0, f64::max);
    let plot = plot(rows.len(), nice_max(most, 5));
    let mut svg = Svg::new(960.0, plot.bottom() + 46.0, "Cost of each pool");
    plot.x_axis(&mut svg, &format!("cost in {}", view.currency()), 5);
    for (i, (pool, cost)) in rows.into_iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let mut from = 0.0;
        for (part, class, name) in [
            (cost.shifts, "bar", "shifts"),
            (cost.languages, "surcharge", "languages"),
            (cost.premiums, "premium", "premiums of the law"),
            (cost.unused + cost.guaranteed, "unused", "paid, not used"),
        ] {
            let (left, right) = (plot.x(from), plot.x(from + part.get()));
            from += part.get();
            if right - left > 0.05 {
                let tip = format!("{}, {name}: {}", pool.id, money(part, view.currency()));
                svg.rect((left, top + 6.0), (right - left, ROW - 12.0), class, &tip);
            }
        }
        let words = money(cost.total(), view.currency());
        svg.row_words(&plot, top, &clip(pool.id.as_str(), 28), &words);
    }
    svg.finish()
}
