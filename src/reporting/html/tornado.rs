//! What-ifs as one page: a tornado chart and the table behind it.

use std::fmt::Write;

use super::super::what_if::{base, difference, name};
use super::page::{Section, Table};
use super::style;
use super::svg::{Anchor, Svg};
use super::text::{amount, escape, percent};
use crate::planning::{Scenario, Variant};

const ROW: f64 = 34.0;
const MIDDLE: f64 = 560.0;
const REACH: f64 = 230.0;

/// The variants of a scenario as one HTML document, largest difference first.
pub fn html_what_if(variants: &[Variant], scenario: &Scenario) -> String {
    let title = escape(&scenario.name);
    let mut page = format!(
        concat!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
            "<title>What if: {}</title>\n<style>{}</style></head>\n",
            "<body>\n<header><h1>What if: {}</h1></header>\n<main>\n"
        ),
        title,
        style::STYLE,
        title
    );
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
        amount(base, &scenario.currency)
    ));
    s.chart(&chart(&moved, &scenario.currency));
    s.heading("All of them");
    s.table(table(variants, base, &scenario.currency));
    page.push_str(&s.finish());
    page.push_str("</main>\n</body></html>\n");
    page
}

fn chart(moved: &[(&str, f64)], currency: &str) -> String {
    let widest = moved.iter().map(|(_, v)| v.abs()).fold(0.0, f64::max);
    let height = moved.len() as f64 * ROW + 16.0;
    let mut svg = Svg::new(960.0, height, "Difference in cost by change");
    for (place, (name, value)) in moved.iter().enumerate() {
        let top = 8.0 + place as f64 * ROW;
        let length = if widest > 0.0 {
            value.abs() / widest * REACH
        } else {
            0.0
        };
        let sign = if *value >= 0.0 { "+" } else { "−" };
        let words = format!("{sign}{}", amount(value.abs(), currency));
        let (left, class) = if *value >= 0.0 {
            (MIDDLE, "missing")
        } else {
            (MIDDLE - length, "surcharge")
        };
        svg.text(
            (4.0, top + 20.0),
            Anchor::Start,
            "",
            &super::queues::clip(name, 40),
        );
        svg.rect((left, top + 5.0), (length, ROW - 12.0), class, &words);
        let (at, anchor) = if *value >= 0.0 {
            (MIDDLE + length + 6.0, Anchor::Start)
        } else {
            (MIDDLE - length - 6.0, Anchor::End)
        };
        svg.text((at, top + 20.0), anchor, "", &words);
    }
    svg.line((MIDDLE, 2.0), (MIDDLE, height - 4.0), "mark-promise");
    svg.finish()
}

fn table(variants: &[Variant], base: f64, currency: &str) -> Table {
    let mut table = Table::new(&["Variant", ">Cost", ">Change", ">Missing hours", ">Gap"]);
    for variant in variants {
        let name = name(variant);
        match &variant.plan {
            Ok(plan) => {
                let cost = plan.cost().get();
                let share = if base > 0.0 { cost / base - 1.0 } else { 0.0 };
                table.row([
                    name.to_owned(),
                    amount(cost, currency),
                    format!("{}{}", if share >= 0.0 { "+" } else { "" }, percent(share)),
                    super::text::short(plan.missing_hours()),
                    percent(plan.solved.gap()),
                ]);
            }
            Err(error) => {
                let blank = String::new;
                table.row([
                    name.to_owned(),
                    error.to_string(),
                    blank(),
                    blank(),
                    blank(),
                ]);
            }
        }
    }
    table
}
