//! A picture with its legend, as a part of the page or as a file of its own.

use std::fmt::Write;

use super::style;
use super::svg::{Svg, place};
use super::text::escape;

/// Space around a picture that stands alone.
const MARGIN: f64 = 14.0;
/// Height of a line of its legend.
const LINE: f64 = 20.0;
/// Width of a letter of the legend at most, on average over words.
const LETTER: f64 = 7.2;

/// A chart of the report.
#[derive(Debug)]
pub(super) struct Chart {
    /// Name of the file, without what makes it unique.
    pub(super) name: String,
    /// What the colours mean: class names and words.
    keys: Vec<(&'static str, String)>,
    svg: Svg,
}

impl Chart {
    pub(super) fn new(name: impl Into<String>, svg: Svg) -> Self {
        Self {
            name: name.into(),
            keys: Vec::new(),
            svg,
        }
    }

    /// The same with the meaning of its colours.
    pub(super) fn with_keys<W: Into<String>>(
        mut self,
        keys: impl IntoIterator<Item = (&'static str, W)>,
    ) -> Self {
        self.keys = (keys.into_iter())
            .map(|(class, words)| (class, words.into()))
            .collect();
        self
    }

    /// The picture as a part of a page.
    pub(super) fn inline(&self) -> String {
        self.svg.inline()
    }

    /// The legend as a part of a page.
    pub(super) fn legend(&self) -> String {
        Self::legend_of([self])
    }

    /// One legend for several pictures: each colour once.
    pub(super) fn legend_of<'c>(charts: impl IntoIterator<Item = &'c Self>) -> String {
        let mut keys: Vec<&(&'static str, String)> = Vec::new();
        for key in charts.into_iter().flat_map(|chart| &chart.keys) {
            if keys.iter().all(|known| known.0 != key.0) {
                keys.push(key);
            }
        }
        if keys.is_empty() {
            return String::new();
        }
        let mut html = String::from("<ul class=\"legend\">");
        for (class, words) in keys {
            let _ = write!(
                html,
                "<li><svg class=\"key\" viewBox=\"0 0 24 14\" aria-hidden=\"true\">{}</svg>{}</li>",
                key(class),
                escape(words)
            );
        }
        html + "</ul>\n"
    }

    /// A file that needs no other: title, legend and picture with the style in it.
    pub(super) fn alone(&self) -> String {
        let width = self.svg.width + 2.0 * MARGIN;
        let (mut x, mut y) = (MARGIN, MARGIN + 34.0);
        let mut legend = String::new();
        for (class, words) in &self.keys {
            let wide = 32.0 + words.chars().count() as f64 * LETTER;
            if x > MARGIN && x + wide > width - MARGIN {
                (x, y) = (MARGIN, y + LINE);
            }
            let _ = write!(
                legend,
                "<g transform=\"translate({} {})\">{}<text x=\"30\" y=\"11.5\">{}</text></g>",
                place(x),
                place(y),
                key(class),
                escape(words)
            );
            x += wide + 14.0;
        }
        if !self.keys.is_empty() {
            y += LINE;
        }
        let (top, title) = (y + 6.0, escape(&self.svg.title));
        let height = top + self.svg.height + MARGIN;
        format!(
            concat!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" ",
                "viewBox=\"0 0 {w} {h}\" role=\"img\"><title>{title}</title><style>{style}</style>",
                "<rect class=\"paper\" width=\"{w}\" height=\"{h}\"/>",
                "<text class=\"title\" x=\"{m}\" y=\"{t}\">{title}</text>{legend}",
                "<g transform=\"translate({m} {top})\">{body}</g></svg>\n"
            ),
            w = place(width),
            h = place(height),
            title = title,
            style = style::CHART,
            m = place(MARGIN),
            t = place(MARGIN + 14.0),
            legend = legend,
            top = place(top),
            body = self.svg.body
        )
    }
}

/// The sample of a legend: a line for lines, a dot for dots, a box for areas.
fn key(class: &str) -> String {
    match class.split('-').next() {
        Some("line") => format!("<path class=\"{class}\" d=\"M1 7L23 7\"/>"),
        Some("dot") => format!("<circle class=\"{class}\" cx=\"12\" cy=\"7\" r=\"5\"/>"),
        Some("mark") => format!("<path class=\"{class}\" d=\"M12 1L12 13\"/>"),
        _ => format!("<rect class=\"{class}\" x=\"1\" y=\"1\" width=\"22\" height=\"12\"/>"),
    }
}
