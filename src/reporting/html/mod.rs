//! The report: one page of HTML that needs no other file, no script and no network, prints to A4
//! and is the same byte for byte for the same plan.
//!
//! Each section is a heading a planner understands, a picture, and the table behind it.

mod assumptions;
mod axis;
mod coverage;
mod decision;
mod forecast;
mod heat;
mod page;
mod pool_tables;
mod pools;
mod queues;
pub(super) mod rules;
mod serve;
mod shifts;
mod style;
mod svg;
mod text;
mod tornado;
mod tours;
pub(super) mod view;
mod why;

use std::fmt::Write;

use crate::planning::Plan;
pub use tornado::html_what_if;
use view::View;

/// The sections by anchor and by what the table of contents calls them.
const CONTENTS: [(&str, &str); 10] = [
    ("queues", "Queues"),
    ("coverage", "Required and scheduled"),
    ("heat", "Over and under"),
    ("pools", "Pools"),
    ("serve", "Who serves what"),
    ("why", "Why it costs this"),
    ("forecast", "Forecast"),
    ("shifts", "Shifts"),
    ("tours", "Agents and law"),
    ("assumptions", "Assumptions"),
];

/// The report of a plan as one HTML document. `input_hash` identifies the input it was made from
/// and is printed as it is.
///
/// The document is self-contained: style and pictures are inside, there is no script.
pub fn html(plan: &Plan, input_hash: &str) -> String {
    let view = View::new(plan);
    let name = text::escape(&plan.scenario.name);
    let mut page = format!(
        concat!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
            "<title>Plan {}</title>\n<style>{}</style></head>\n<body>\n<header><h1>Plan {}</h1>\n"
        ),
        name,
        style::STYLE,
        name
    );
    let _ = writeln!(
        page,
        "<p>{}</p></header>",
        text::escape(&assumptions::horizon(&view))
    );
    page.push_str(&decision::section(&view));
    page.push_str("<nav aria-label=\"Contents\"><ul>");
    for (id, words) in CONTENTS {
        let _ = write!(page, "<li><a href=\"#{id}\">{words}</a></li>");
    }
    page.push_str("</ul></nav>\n<main>\n");
    let sections = [
        queues::section,
        coverage::section,
        heat::section,
        pools::section,
        serve::section,
        why::section,
        forecast::section,
        shifts::section,
        tours::section,
    ];
    for section in sections {
        page.push_str(&section(&view));
    }
    page.push_str(&assumptions::section(&view, input_hash));
    page.push_str(
        "</main>\n<footer><p>A table is printed when it is open.</p></footer>\n</body></html>\n",
    );
    page
}
