//! Numbers as people read them, and aligned tables.

use std::fmt::Write;

use super::Locale;

/// A number with thousands separators; a dash for what is no number.
pub(super) fn number(value: f64, decimals: usize) -> String {
    Locale::default().number(value, decimals)
}

/// An amount to the hundredth.
pub(super) fn money(amount: f64) -> String {
    number(amount, 2)
}

/// A fraction as a percentage.
pub(super) fn percent(fraction: f64, decimals: usize) -> String {
    format!("{:.decimals$} %", fraction * 100.0)
}

/// Rows with their columns aligned: the first to the left, the others to the right.
pub(super) fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| {
        rows.iter()
            .filter_map(|r| r.get(c))
            .map(|t| t.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns).map(|c| width(c).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::from("  ");
        for (c, text) in row.iter().enumerate() {
            let pad = widths[c] - text.chars().count();
            let (before, after) = if c == 0 { (0, pad) } else { (pad, 0) };
            let _ = write!(line, "{:before$}{text}{:after$}  ", "", "");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(money(1_234_567.891), "1,234,567.89");
        assert_eq!(money(-12.0), "−12.00");
        assert_eq!(number(f64::NAN, 1), "–");
        assert_eq!(percent(0.8, 1), "80.0 %");
        assert_eq!(
            aligned(&[vec!["a".into(), "10".into()], vec!["bb".into(), "9".into()]]),
            "  a   10\n  bb   9\n"
        );
    }
}
