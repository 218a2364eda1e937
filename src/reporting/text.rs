//! Numbers as people read them, and aligned tables.

use std::fmt::Write;

/// A number with thousands separators; a dash for what is no number.
pub(super) fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let is_zero = plain.chars().all(|c| c == '0' || c == '.');
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
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
