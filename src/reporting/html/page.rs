//! Pieces of the page: sections, tables, legends. All texts are escaped here.

use std::fmt::Write;

use super::text::escape;

/// A section of the report.
#[derive(Debug)]
pub(super) struct Section(String);

impl Section {
    pub(super) fn new(id: &str, heading: &str) -> Self {
        Self(format!(
            "<section id=\"{id}\"><h2>{}</h2>\n",
            escape(heading)
        ))
    }

    /// A paragraph.
    pub(super) fn say(&mut self, text: &str) -> &mut Self {
        let _ = writeln!(self.0, "<p>{}</p>", escape(text));
        self
    }

    /// A smaller paragraph that helps to read what is above it.
    pub(super) fn note(&mut self, text: &str) -> &mut Self {
        let _ = writeln!(self.0, "<p class=\"note\">{}</p>", escape(text));
        self
    }

    /// A smaller heading.
    pub(super) fn heading(&mut self, text: &str) -> &mut Self {
        let _ = writeln!(self.0, "<h3>{}</h3>", escape(text));
        self
    }

    /// A picture, which may be scrolled sideways on a phone.
    pub(super) fn chart(&mut self, picture: &str) -> &mut Self {
        let _ = writeln!(
            self.0,
            "<div class=\"chart\" tabindex=\"0\">{picture}</div>"
        );
        self
    }

    /// A table in sight.
    pub(super) fn table(&mut self, table: Table) -> &mut Self {
        let _ = writeln!(self.0, "{}", table.finish());
        self
    }

    /// A table behind a line that opens it.
    pub(super) fn behind(&mut self, line: &str, table: Table) -> &mut Self {
        self.fold(line, &table.finish())
    }

    /// Markup behind a line that opens it.
    pub(super) fn fold(&mut self, line: &str, markup: &str) -> &mut Self {
        let _ = writeln!(
            self.0,
            "<details><summary>{}</summary>{markup}</details>",
            escape(line)
        );
        self
    }

    /// Markup as it is.
    pub(super) fn markup(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    pub(super) fn finish(self) -> String {
        self.0 + "</section>\n"
    }
}

/// What the colours of a chart mean: class names and words.
pub(super) fn legend(entries: &[(&str, &str)]) -> String {
    let mut html = String::from("<ul class=\"legend\">");
    for (class, words) in entries {
        let _ = write!(
            html,
            "<li><svg class=\"key\" viewBox=\"0 0 24 14\" aria-hidden=\"true\">{}</svg>{}</li>",
            key(class),
            escape(words)
        );
    }
    html + "</ul>\n"
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

/// A cell of a table.
#[derive(Debug, Default)]
pub(super) struct Cell {
    text: String,
    class: &'static str,
    /// Darkness of the background from 0 to 1, for shaded tables.
    shade: f64,
}

impl Cell {
    /// A cell with a class.
    pub(super) fn classed(text: impl Into<String>, class: &'static str) -> Self {
        Self {
            text: text.into(),
            class,
            shade: 0.0,
        }
    }

    /// A cell with a background.
    pub(super) fn shaded(text: impl Into<String>, shade: f64) -> Self {
        Self {
            text: text.into(),
            class: "",
            shade,
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::classed(text, "")
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::classed(text, "")
    }
}

/// A table; its first column heads the rows. Columns whose head begins with `>` are numbers.
#[derive(Debug)]
pub(super) struct Table {
    numeric: Vec<bool>,
    html: String,
}

impl Table {
    pub(super) fn new<S: AsRef<str>>(heads: &[S]) -> Self {
        let mut html = String::from("<div class=\"scroll\"><table><thead><tr>");
        let mut numeric = Vec::new();
        for head in heads {
            let head = head.as_ref();
            let (is_number, words) = match head.strip_prefix('>') {
                Some(words) => (true, words),
                None => (false, head),
            };
            let class = if is_number { " class=\"n\"" } else { "" };
            let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", escape(words));
            numeric.push(is_number);
        }
        html.push_str("</tr></thead><tbody>\n");
        Self { numeric, html }
    }

    pub(super) fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.html.push_str("<tr>");
        for (i, cell) in cells.into_iter().enumerate() {
            self.cell(i, &cell.into());
        }
        self.html.push_str("</tr>\n");
    }

    fn cell(&mut self, column: usize, cell: &Cell) {
        let is_number = self.numeric.get(column).copied().unwrap_or(false);
        let mut class = if is_number { "n" } else { "" }.to_owned();
        if !cell.class.is_empty() {
            class = [class.as_str(), cell.class].join(" ");
        }
        let tag = if column == 0 {
            "th scope=\"row\""
        } else {
            "td"
        };
        let end = if column == 0 { "th" } else { "td" };
        let _ = write!(self.html, "<{tag}");
        if !class.is_empty() {
            let _ = write!(self.html, " class=\"{class}\"");
        }
        if cell.shade > 0.004 {
            let alpha = 0.08 + 0.52 * cell.shade.min(1.0);
            let _ = write!(
                self.html,
                " style=\"background:rgba(0,114,178,{alpha:.2})\""
            );
        }
        let _ = write!(self.html, ">{}</{end}>", escape(&cell.text));
    }

    pub(super) fn finish(self) -> String {
        self.html + "</tbody></table></div>"
    }
}
