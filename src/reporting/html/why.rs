//! Why the plan costs this: rules with their price, and the cost by language.

use std::collections::BTreeMap;

use super::page::{Section, Table};
use super::pools::pools;
use super::queues::clip;
use super::rules::{self, Priced};
use super::svg::{Anchor, Plot, Svg, nice_max};
use super::text::{amount, percent};
use super::view::View;

const ROW: f64 = 28.0;
/// Rules that are drawn; the table has all of them.
const DRAWN: usize = 12;

pub(super) fn section(view: &View<'_>) -> String {
    let mut s = Section::new("why", "Why it costs this");
    let priced = rules::priced(view);
    s.heading("Rules that make it dearer");
    if priced.is_empty() {
        s.say("No rule binds: the cost comes from the work and the prices alone.");
    } else {
        s.say("What the whole plan would save if a rule were one unit looser.");
        let bars: Vec<(String, f64)> = (priced.iter().take(DRAWN))
            .map(|p| (format!("{}: {}", p.rule, p.unit), p.saves))
            .collect();
        s.chart(&long_bars(
            view,
            &bars,
            "Saving by one unit of each binding rule",
        ));
        s.note(
            "Prices come from the relaxed problem, in which people are divisible, and hold for \
                small changes; check a larger one with a plan of its own.",
        );
        s.behind("Table of the rules", rule_table(view, &priced));
    }
    let languages = by_language(view);
    if languages.iter().any(|(_, cost)| *cost > 0.0) {
        s.heading("Cost by language");
        s.chart(&bars(view, &languages, "Cost by language"));
        s.note(
            "A pool's shifts and unused commitments are divided by the hours it serves each \
                language; surcharges go to their own language.",
        );
        s.behind("Table of the languages", language_table(view, &languages));
    }
    s.note("The cost by pool is in the section on pools.");
    s.finish()
}

fn rule_table(view: &View<'_>, priced: &[Priced]) -> Table {
    let mut table = Table::new(&["Rule", "Unit", ">Saves"]);
    for p in priced {
        table.row([p.rule.clone(), p.unit.clone(), rules::saving(view, p)]);
    }
    table
}

fn language_table(view: &View<'_>, languages: &[(String, f64)]) -> Table {
    let total: f64 = languages.iter().map(|(_, c)| c).sum();
    let mut table = Table::new(&["Language", ">Cost", ">Share"]);
    for (language, cost) in languages {
        let share = if total > 0.0 { cost / total } else { 0.0 };
        table.row([
            language.clone(),
            amount(*cost, view.currency()),
            percent(share),
        ]);
    }
    table
}

/// Cost of each language, dearest first.
fn by_language(view: &View<'_>) -> Vec<(String, f64)> {
    let problem = &view.plan.problem;
    let mut costs: BTreeMap<&str, f64> = BTreeMap::new();
    for ((pool, cost), served) in pools(view).into_iter().zip(view.served()) {
        let shared = (cost.shifts + cost.premiums + cost.unused + cost.guaranteed).get();
        let all: f64 = served.iter().sum();
        if all <= 0.0 {
            *costs.entry("no work").or_default() += shared;
            continue;
        }
        for (group, hours) in problem.groups.iter().zip(served) {
            let language = &group.skill.language;
            let surcharge = pool.price.of(language) - pool.price.per_hour;
            *costs.entry(language.as_str()).or_default() +=
                shared * hours / all + surcharge.get() * hours;
        }
    }
    let mut costs: Vec<(String, f64)> = (costs.into_iter())
        .filter(|(_, cost)| *cost > 0.0)
        .map(|(language, cost)| (language.to_owned(), cost))
        .collect();
    costs.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    costs
}

/// Bars with short names at their left.
fn bars(view: &View<'_>, rows: &[(String, f64)], title: &str) -> String {
    let most = rows.iter().map(|(_, v)| *v).fold(0.0, f64::max);
    let plot = Plot {
        left: 130.0,
        top: 10.0,
        width: 680.0,
        height: rows.len() as f64 * ROW,
        x_max: nice_max(most, 5),
        y_max: 1.0,
    };
    let mut svg = Svg::new(960.0, plot.bottom() + 46.0, title);
    plot.x_axis(&mut svg, &format!("cost in {}", view.currency()), 5);
    for (i, (name, value)) in rows.iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let words = amount(*value, view.currency());
        let width = plot.x(*value) - plot.left;
        svg.rect((plot.left, top + 6.0), (width, ROW - 12.0), "bar", &words);
        svg.row_words(&plot, top, &clip(name, 16), &words);
    }
    svg.finish()
}

/// Bars with a sentence above each.
fn long_bars(view: &View<'_>, rows: &[(String, f64)], title: &str) -> String {
    let row = 42.0;
    let most = rows.iter().map(|(_, v)| *v).fold(0.0, f64::max);
    let plot = Plot {
        left: 6.0,
        top: 4.0,
        width: 800.0,
        height: rows.len() as f64 * row,
        x_max: most,
        y_max: 1.0,
    };
    let mut svg = Svg::new(960.0, plot.bottom() + 4.0, title);
    for (i, (name, value)) in rows.iter().enumerate() {
        let top = plot.top + i as f64 * row;
        svg.text((plot.left, top + 15.0), Anchor::Start, "", &clip(name, 125));
        let words = amount(*value, view.currency());
        let width = plot.x(*value) - plot.left;
        svg.rect((plot.left, top + 21.0), (width, 14.0), "bar", &words);
        svg.text(
            (plot.left + width + 8.0, top + 33.0),
            Anchor::Start,
            "",
            &words,
        );
    }
    svg.finish()
}
