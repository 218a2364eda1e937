//! Why the plan allocates as it does: the rules that bind, with their price.

use super::chart::Chart;
use super::page::{Section, Table};
use super::rules::{self, Priced};
use super::svg::{Anchor, Plot, Svg};
use super::text::clip;
use super::view::View;

/// Rules that are drawn; the table has all of them.
const DRAWN: usize = 12;

/// Adds the rules to the part on the allocation.
pub(super) fn add(view: &View<'_>, s: &mut Section) {
    let priced = rules::priced(view);
    s.heading("Why so: the rules that make it dearer");
    if priced.is_empty() {
        s.say("No rule binds: the cheapest pools that can do the work do it.");
        return;
    }
    s.say("What the whole plan would save if a rule were one unit looser.");
    s.chart(
        bars(view, &priced),
        "Table of the rules",
        rule_table(view, &priced),
    );
    s.note(
        "Prices come from the relaxed problem, in which people are divisible, and hold for small \
         changes; check a larger one with a plan of its own.",
    );
}

fn rule_table(view: &View<'_>, priced: &[Priced]) -> Table {
    let mut table = Table::new(&["Rule", "Unit", ">Saves"]);
    for p in priced {
        table.row([p.rule.clone(), p.unit.clone(), rules::saving(view, p)]);
    }
    table
}

/// Bars with a sentence above each.
fn bars(view: &View<'_>, priced: &[Priced]) -> Chart {
    let row = 42.0;
    let drawn = &priced[..priced.len().min(DRAWN)];
    let most = drawn.iter().map(|p| p.saves).fold(0.0, f64::max);
    let plot = Plot {
        left: 6.0,
        top: 4.0,
        width: 800.0,
        height: drawn.len() as f64 * row,
        x_max: most,
        y_max: 1.0,
    };
    let title = "Saving by one unit of each binding rule";
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 4.0, title);
    for (i, priced) in drawn.iter().enumerate() {
        let top = plot.top + i as f64 * row;
        let sentence = clip(&format!("{}: {}", priced.rule, priced.unit), 125);
        svg.text((plot.left, top + 15.0), Anchor::Start, "", &sentence);
        let words = view.words.amount(priced.saves);
        let width = plot.x(priced.saves) - plot.left;
        svg.rect((plot.left, top + 21.0), (width, 14.0), "bar", &words);
        let at = (plot.left + width + 8.0, top + 33.0);
        svg.text(at, Anchor::Start, "", &words);
    }
    Chart::new("binding rules", svg)
}
