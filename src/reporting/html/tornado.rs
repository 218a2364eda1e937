//! What-ifs as one page: a tornado chart and the table behind it.

use std::fmt::Write;

use super::super::Locale;
use super::super::what_if::{base, difference, name, service_level};
use super::chart::Chart;
use super::page::{Section, Table};
use super::svg::{Anchor, Svg};
use super::text::{Words, clip};
use super::view::View;
use crate::planning::{QueueOutlook, Scenario, Variant};

const ROW: f64 = 34.0;
const MIDDLE: f64 = 560.0;
const REACH: f64 = 230.0;

/// The variants of a scenario as one HTML document, largest difference first, numbers as by
/// [`Locale::default`].
pub fn html_what_if(variants: &[Variant], scenario: &Scenario) -> String {
    html_what_if_in(variants, scenario, Locale::default())
}

/// [`html_what_if`] with numbers as a country writes them.
pub fn html_what_if_in(variants: &[Variant], scenario: &Scenario, locale: Locale) -> String {
    let words = Words {
        locale,
        currency: &scenario.currency,
    };
    let mut page = super::head(&format!("What if: {}", scenario.name));
    page.push_str("</header>\n<main>\n");
    let mut s = Section::new("what-if", "What each change does to the cost");
    let Some(base) = base(variants) else {
        s.say("There is no plan for the scenario as it is, so nothing can be compared.");
        let _ = writeln!(page, "{}</main></body></html>", s.finish());
        return page;
    };
    let base = base.cost().get();
    let mut moved: Vec<(&str, f64)> = (variants.iter().skip(1))
        .filter_map(|v| Some((name(v), difference(v, Some(base))?)))
        .collect();
    moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(b.0)));
    s.say(&format!(
        "As it is, the plan costs {}. Missing agents count with their price.",
        words.amount(base)
    ));
    s.chart(
        chart(words, &moved),
        "Table of all of them",
        table(words, variants, base),
    );
    page.push_str(&s.finish());
    page.push_str("</main>\n</body></html>\n");
    page
}

fn chart(words: Words<'_>, moved: &[(&str, f64)]) -> Chart {
    let widest = moved.iter().map(|(_, v)| v.abs()).fold(0.0, f64::max);
    let height = moved.len() as f64 * ROW + 16.0;
    let mut svg = Svg::new(words, 960.0, height, "Difference in cost by change");
    for (place, (name, value)) in moved.iter().enumerate() {
        let top = 8.0 + place as f64 * ROW;
        let length = if widest > 0.0 {
            value.abs() / widest * REACH
        } else {
            0.0
        };
        let sign = if *value >= 0.0 { "+" } else { "−" };
        let words = format!("{sign}{}", words.amount(value.abs()));
        let (left, class) = if *value >= 0.0 {
            (MIDDLE, "missing")
        } else {
            (MIDDLE - length, "surcharge")
        };
        svg.text((4.0, top + 20.0), Anchor::Start, "", &clip(name, 40));
        svg.rect((left, top + 5.0), (length, ROW - 12.0), class, &words);
        let (at, anchor) = if *value >= 0.0 {
            (MIDDLE + length + 6.0, Anchor::Start)
        } else {
            (MIDDLE - length - 6.0, Anchor::End)
        };
        svg.text((at, top + 20.0), anchor, "", &words);
    }
    svg.line((MIDDLE, 2.0), (MIDDLE, height - 4.0), "mark-promise");
    Chart::new("tornado", svg).with_keys([
        ("missing", "dearer than the scenario as it is"),
        ("surcharge", "cheaper"),
    ])
}

fn table(words: Words<'_>, variants: &[Variant], base: f64) -> Table {
    let mut table = Table::new(&[
        "Variant",
        ">Cost",
        ">Change",
        ">Cost of a contact",
        ">Missing hours",
        ">Live in time",
        ">Promises kept",
        ">Gap",
    ]);
    for variant in variants {
        let name = name(variant).to_owned();
        let plan = match &variant.plan {
            Ok(plan) => plan,
            Err(error) => {
                let blanks = (0..6).map(|_| String::new());
                table.row([name, error.to_string()].into_iter().chain(blanks));
                continue;
            }
        };
        let cost = plan.cost().get();
        let share = if base > 0.0 { cost / base - 1.0 } else { 0.0 };
        let keeps = |q: &&QueueOutlook| View::keeps(q.service_level.get(), q.target.share().get());
        let kept = plan.queues.iter().filter(keeps).count();
        let each = plan.cost_per_contact();
        table.row([
            name,
            words.amount(cost),
            words.change(share),
            each.map_or("–".to_owned(), |each| words.money(each)),
            words.short(plan.missing_hours()),
            service_level(plan).map_or("–".to_owned(), |share| words.percent(share)),
            format!("{kept} of {}", plan.queues.len()),
            words.percent(plan.solved.gap()),
        ]);
    }
    table
}
