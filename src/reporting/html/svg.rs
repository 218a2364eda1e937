//! Pictures in SVG: shapes with class names, a plot area with axes, steps and legends.
//!
//! Colours come from the style sheet through class names, so that the palette is in one place
//! and a chart stays small. Equal neighbouring steps become one segment.

use std::fmt::Write;

use super::text::{Words, escape};

/// Where a text is anchored.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture that grows shape by shape. All texts are escaped here.
#[derive(Debug)]
pub(super) struct Svg {
    numbers: Words<'static>,
    pub(super) width: f64,
    pub(super) height: f64,
    /// What it shows, not escaped.
    pub(super) title: String,
    /// Its shapes.
    pub(super) body: String,
}

impl Svg {
    /// An empty picture; the title is read out by screen readers.
    pub(super) fn new(words: Words<'_>, width: f64, height: f64, title: &str) -> Self {
        Self {
            numbers: words.without_currency(),
            width,
            height,
            title: title.to_owned(),
            body: String::new(),
        }
    }

    fn add(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.body.write_fmt(shape);
    }

    /// A rectangle with a tooltip, unless the tooltip is empty.
    pub(super) fn rect(&mut self, at: (f64, f64), size: (f64, f64), class: &str, tip: &str) {
        let ((x, y), (w, h)) = (at, (size.0.max(0.0), size.1.max(0.0)));
        self.add(format_args!(
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}""#,
            place(x),
            place(y),
            place(w),
            place(h)
        ));
        if tip.is_empty() {
            self.body.push_str("/>");
        } else {
            self.add(format_args!("><title>{}</title></rect>", escape(tip)));
        }
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        self.add(format_args!(
            r#"<path class="{class}" d="M{} {}L{} {}"/>"#,
            place(from.0),
            place(from.1),
            place(to.0),
            place(to.1)
        ));
    }

    /// A dot with a tooltip.
    pub(super) fn dot(&mut self, at: (f64, f64), radius: f64, class: &str, tip: &str) {
        self.add(format_args!(
            r#"<circle class="{class}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>"#,
            place(at.0),
            place(at.1),
            place(radius),
            escape(tip)
        ));
    }

    /// A path as [`steps`] or [`area`] give it.
    pub(super) fn path(&mut self, data: &str, class: &str) {
        if !data.is_empty() {
            self.add(format_args!(r#"<path class="{class}" d="{data}"/>"#));
        }
    }

    /// A text.
    pub(super) fn text(&mut self, at: (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.add(format_args!(
            r#"<text class="{class}" x="{}" y="{}" text-anchor="{anchor}">{}</text>"#,
            place(at.0),
            place(at.1),
            escape(text)
        ));
    }

    /// The words of a bar's row that begins at `top`: its name left of the plot, its value right.
    pub(super) fn row_words(&mut self, plot: &Plot, top: f64, name: &str, value: &str) {
        self.text((plot.left - 8.0, top + 18.0), Anchor::End, "", name);
        self.text((plot.right() + 10.0, top + 18.0), Anchor::Start, "", value);
    }

    /// The picture as a part of a page.
    pub(super) fn inline(&self) -> String {
        format!(
            "<svg viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title>{}</svg>",
            place(self.width),
            place(self.height),
            escape(&self.title),
            self.body
        )
    }
}

/// The part of a picture in which data is drawn, with linear scales.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Value at the right end of the horizontal axis.
    pub(super) x_max: f64,
    /// Value at the top of the vertical axis.
    pub(super) y_max: f64,
}

impl Plot {
    pub(super) fn x(&self, value: f64) -> f64 {
        self.left + self.width * fraction(value, self.x_max)
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        self.bottom() - self.height * fraction(value, self.y_max)
    }

    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Horizontal grid lines with their values on the left and what they count above.
    pub(super) fn y_axis(&self, svg: &mut Svg, label: &str, ticks: usize) {
        for value in scale_ticks(self.y_max, ticks) {
            let y = self.y(value);
            let words = svg.numbers.short(value);
            svg.line((self.left, y), (self.right(), y), "grid");
            svg.text((self.left - 6.0, y + 4.5), Anchor::End, "tick", &words);
        }
        svg.text((4.0, self.top - 12.0), Anchor::Start, "label", label);
    }

    /// Vertical grid lines with their values below and what they count at the end.
    pub(super) fn x_axis(&self, svg: &mut Svg, label: &str, ticks: usize) {
        for value in scale_ticks(self.x_max, ticks) {
            let x = self.x(value);
            let words = svg.numbers.short(value);
            svg.line((x, self.top), (x, self.bottom()), "grid");
            let at = (x, self.bottom() + 17.0);
            svg.text(at, Anchor::Middle, "tick", &words);
        }
        let middle = self.left + self.width / 2.0;
        svg.text(
            (middle, self.bottom() + 37.0),
            Anchor::Middle,
            "label",
            label,
        );
    }

    /// A stepped line through one value for each interval.
    pub(super) fn steps(&self, values: &[f64]) -> String {
        steps(values, |i| self.x(i as f64), |v| self.y(v))
    }

    /// The area between the horizontal axis and [`Plot::steps`].
    pub(super) fn area(&self, values: &[f64]) -> String {
        if values.iter().all(|v| *v <= 0.0) {
            return String::new();
        }
        let line = self.steps(values);
        let base = place(self.bottom());
        format!("{line}V{base}H{}Z", place(self.left))
    }
}

fn fraction(value: f64, max: f64) -> f64 {
    if max > 0.0 && value.is_finite() {
        (value / max).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// A stepped line, equal neighbours merged.
fn steps(values: &[f64], x: impl Fn(usize) -> f64, y: impl Fn(f64) -> f64) -> String {
    let mut path = String::new();
    let mut last = String::new();
    for (i, &value) in values.iter().enumerate() {
        let height = place(y(value));
        if height == last {
            continue;
        }
        if path.is_empty() {
            path = format!("M{} {height}", place(x(0)));
        } else {
            let _ = write!(path, "H{}V{height}", place(x(i)));
        }
        last = height;
    }
    if !path.is_empty() {
        let _ = write!(path, "H{}", place(x(values.len())));
    }
    path
}

/// A round number at or above a value, with which an axis ends.
pub(super) fn nice_max(value: f64, ticks: usize) -> f64 {
    let step = nice_step(value, ticks);
    (value / step - 1e-9).ceil().max(1.0) * step
}

/// The round step that cuts a range into about so many parts.
fn nice_step(value: f64, ticks: usize) -> f64 {
    if !value.is_finite() || value <= 0.0 {
        return 1.0;
    }
    let rough = value / ticks.max(1) as f64;
    let power = 10.0_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .find(|s| s * power >= rough * 0.999)
        .unwrap_or(10.0);
    step * power
}

/// Round values from 0 to the end of an axis.
fn scale_ticks(max: f64, ticks: usize) -> Vec<f64> {
    let step = nice_step(max, ticks);
    (0..=4 * ticks)
        .map(|i| i as f64 * step)
        .take_while(|v| *v <= max * 1.0001)
        .collect()
}

/// A coordinate with at most one decimal.
pub(super) fn place(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_steps_are_one_segment() {
        let path = steps(&[1.0, 1.0, 2.0, 2.0], |i| i as f64, |v| v);
        assert_eq!(path, "M0 1H2V2H4");
    }

    #[test]
    fn axes_end_on_round_numbers() {
        assert_eq!(nice_max(37.0, 4), 40.0);
        assert_eq!(nice_max(0.0, 4), 1.0);
        assert_eq!(scale_ticks(40.0, 4), [0.0, 10.0, 20.0, 30.0, 40.0]);
    }
}
