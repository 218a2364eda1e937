//! The report: one page of HTML that needs no other file, no script and no network, prints to A4
//! and is the same byte for byte for the same plan.
//!
//! Each part is a heading a planner understands, pictures, and the table behind each of them; a
//! [`page::Section`] takes no picture without one.

mod allocation;
mod assumptions;
mod axis;
mod chart;
mod charts;
mod cost;
mod coverage;
mod curves;
mod data;
mod decision;
mod forecast;
mod heat;
mod page;
mod pool_tables;
mod queues;
mod reproduction;
mod risks;
pub(super) mod rules;
mod serve;
mod shifts;
mod split;
mod steps;
mod style;
mod svg;
mod text;
mod tornado;
mod tours;
pub(super) mod view;
mod why;

use std::fmt::Write;

use super::Locale;
use crate::planning::Plan;
#[cfg(feature = "png")]
pub use charts::ChartError;
pub use charts::{ChartFile, charts};
use page::Section;
pub use tornado::{html_what_if, html_what_if_in};
use view::View;

/// What makes a part of the report.
type Build = fn(&View<'_>) -> Section;

/// The parts by anchor, what the table of contents calls them, and who makes them. Each heading
/// begins with the place in this list.
const PARTS: [(&str, &str, Build); 12] = [
    ("decision", "Decision", decision::section),
    ("coverage", "Coverage", coverage::section),
    ("curves", "Required and scheduled", curves::section),
    ("heat", "Over and under", heat::section),
    ("allocation", "In-house and vendors", allocation::section),
    ("forecast", "Forecast", forecast::section),
    ("cost", "Cost", cost::section),
    ("queues", "Service level and occupancy", queues::section),
    ("risks", "Risks and what-ifs", risks::section),
    ("assumptions", "Assumptions", assumptions::section),
    ("shifts", "Shifts to fill", shifts::section),
    ("tours", "Agents and law", tours::section),
];

/// The report of a plan as one HTML document, numbers as by [`Locale::default`]. `input_hash`
/// identifies the input it was made from and is printed as it is.
///
/// The document is self-contained: style and pictures are inside, there is no script.
pub fn html(plan: &Plan, input_hash: &str) -> String {
    html_in(plan, input_hash, Locale::default())
}

/// [`html()`] with numbers as a country writes them.
pub fn html_in(plan: &Plan, input_hash: &str, locale: Locale) -> String {
    let view = View::new(plan).told(locale, input_hash);
    let mut page = head(&format!("Plan {}", plan.scenario.name));
    let _ = writeln!(
        page,
        "<p>{}</p></header>",
        text::escape(&assumptions::horizon(&view))
    );
    let mut parts = PARTS.iter().map(|(_, _, build)| build(&view).finish());
    page.extend(parts.next());
    page.push_str("<nav aria-label=\"Contents\"><ol>");
    for (place, (id, words, _)) in PARTS.iter().enumerate() {
        let _ = write!(page, "<li><a href=\"#{id}\">{} {words}</a></li>", place + 1);
    }
    page.push_str("</ol></nav>\n<main>\n");
    page.extend(parts);
    page.push_str(
        "</main>\n<footer><p>A table is printed when it is open.</p></footer>\n</body></html>\n",
    );
    page
}

/// A document up to its first heading.
fn head(title: &str) -> String {
    let title = text::escape(title);
    format!(
        concat!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
            "<title>{title}</title>\n<style>{chart}{page}</style></head>\n",
            "<body>\n<header><h1>{title}</h1>\n"
        ),
        title = title,
        chart = style::CHART,
        page = style::PAGE
    )
}
