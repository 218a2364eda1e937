//! Pieces of the page: sections and tables. All texts are escaped here.

use std::fmt::Write;

use super::chart::Chart;
use super::text::escape;

/// A part of the report, with the charts that are in it.
#[derive(Debug)]
pub(super) struct Section {
    html: String,
    charts: Vec<Chart>,
}

impl Section {
    /// An empty part; one of the report has its number before the heading.
    pub(super) fn new(id: &str, heading: &str) -> Self {
        let place = super::PARTS.iter().position(|(part, _, _)| *part == id);
        let number = place.map_or(String::new(), |place| format!("{} ", place + 1));
        let heading = escape(heading);
        Self {
            html: format!("<section id=\"{id}\"><h2>{number}{heading}</h2>\n"),
            charts: Vec::new(),
        }
    }

    /// A paragraph.
    pub(super) fn say(&mut self, text: &str) -> &mut Self {
        self.paragraph("", text)
    }

    /// A smaller paragraph that helps to read what is above it.
    pub(super) fn note(&mut self, text: &str) -> &mut Self {
        self.paragraph("note", text)
    }

    /// A paragraph with a class.
    pub(super) fn paragraph(&mut self, class: &str, text: &str) -> &mut Self {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        let _ = writeln!(self.html, "<p{class}>{}</p>", escape(text));
        self
    }

    /// Steps, one after another.
    pub(super) fn steps(&mut self, steps: &[String]) -> &mut Self {
        self.html.push_str("<ol class=\"steps\">");
        for step in steps {
            let _ = write!(self.html, "<li>{}</li>", escape(step));
        }
        self.html.push_str("</ol>\n");
        self
    }

    /// A smaller heading.
    pub(super) fn heading(&mut self, text: &str) -> &mut Self {
        let _ = writeln!(self.html, "<h3>{}</h3>", escape(text));
        self
    }

    /// A picture with its legend, which may be scrolled sideways on a phone, and the table behind it.
    pub(super) fn chart(&mut self, chart: Chart, line: &str, table: Table) -> &mut Self {
        self.html.push_str(&chart.legend());
        let picture = chart.inline();
        let _ = writeln!(
            self.html,
            "<div class=\"chart\" tabindex=\"0\">{picture}</div>"
        );
        self.charts.push(chart);
        self.behind(line, table)
    }

    /// Small pictures of one kind with the tables behind them, all behind one line.
    pub(super) fn multiples(
        &mut self,
        line: &str,
        charts: Vec<(String, Chart, Table)>,
    ) -> &mut Self {
        let mut markup = Chart::legend_of(charts.iter().map(|(_, chart, _)| chart));
        markup.push_str("<div class=\"multiples\">");
        for (name, chart, table) in charts {
            let _ = writeln!(
                markup,
                "<div><h3>{}</h3>{}<details><summary>Table of {}</summary>{}</details></div>",
                escape(&name),
                chart.inline(),
                escape(&name),
                table.finish()
            );
            self.charts.push(chart);
        }
        self.fold(line, &(markup + "</div>"))
    }

    /// A table in sight.
    pub(super) fn table(&mut self, table: Table) -> &mut Self {
        let _ = writeln!(self.html, "{}", table.finish());
        self
    }

    /// A table behind a line that opens it.
    pub(super) fn behind(&mut self, line: &str, table: Table) -> &mut Self {
        self.fold(line, &table.finish())
    }

    /// Markup behind a line that opens it.
    pub(super) fn fold(&mut self, line: &str, markup: &str) -> &mut Self {
        let _ = writeln!(
            self.html,
            "<details><summary>{}</summary>{markup}</details>",
            escape(line)
        );
        self
    }

    /// Markup as it is.
    pub(super) fn markup(&mut self, markup: &str) -> &mut Self {
        self.html.push_str(markup);
        self
    }

    /// The part with a frame around it.
    pub(super) fn boxed(mut self) -> Self {
        self.html = self.html.replacen("\">", "\" class=\"box\">", 1);
        self
    }

    /// All of it as markup.
    pub(super) fn finish(self) -> String {
        self.html + "</section>\n"
    }

    /// Its charts alone.
    pub(super) fn into_charts(self) -> Vec<Chart> {
        self.charts
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
