//! Numbers, amounts and times as people read them, and escaping.

use std::time::Duration;

pub(super) use super::super::text::number;
use crate::calendar::{DateTime, NaiveDate, Utc, Zone};
use crate::units::Money;
use crate::workforce::{PoolKind, ServiceTarget};

/// A space at which no line breaks.
const TIGHT: char = '\u{a0}';

/// Text with every character that means something in HTML replaced.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A number with one decimal where it has one.
pub(super) fn short(value: f64) -> String {
    let one = number(value, 1);
    one.strip_suffix(".0").map_or(one.clone(), str::to_owned)
}

/// Contacts: whole, or with one decimal where there are few.
pub(super) fn contacts(value: f64) -> String {
    if value.abs() < 100.0 {
        short(value)
    } else {
        number(value, 0)
    }
}

/// Hours with at most one decimal.
pub(super) fn hours(value: f64) -> String {
    format!("{}{TIGHT}h", short(value))
}

/// An amount in whole units from a thousand on, in hundredths below.
pub(super) fn amount(value: f64, currency: &str) -> String {
    let decimals = if value.abs() >= 1000.0 { 0 } else { 2 };
    format!("{}{TIGHT}{currency}", number(value, decimals))
}

/// Money, see [`amount`].
pub(super) fn money(value: Money, currency: &str) -> String {
    amount(value.get(), currency)
}

/// A fraction as a percentage with one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{}{TIGHT}%", number(share * 100.0, 1))
}

/// A count with its noun, which takes an `s` unless there is one.
pub(super) fn plural(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{}{TIGHT}{noun}{s}", number(count as f64, 0))
}

/// A length of time in its natural unit.
pub(super) fn duration(length: Duration) -> String {
    let seconds = length.as_secs_f64();
    if seconds < 120.0 {
        format!("{}{TIGHT}s", short(seconds))
    } else if seconds < 3600.0 {
        format!("{}{TIGHT}min", short(seconds / 60.0))
    } else {
        hours(seconds / 3600.0)
    }
}

/// A promise in words.
pub(super) fn promise(target: ServiceTarget) -> String {
    let share = percent(target.share().get());
    match target {
        ServiceTarget::Live { answer_within, .. } => {
            format!("{share} answered within {}", duration(answer_within))
        }
        ServiceTarget::Deferred { done_within, .. } => {
            format!("{share} done within {} of opening", duration(done_within))
        }
    }
}

/// A kind of pool in words.
pub(super) const fn kind(kind: PoolKind) -> &'static str {
    match kind {
        PoolKind::InHouse => "In-house",
        PoolKind::Bpo => "Outsourced",
    }
}

/// A date as `Mon 22 Mar`.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// A date with its year.
pub(super) fn full_day(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// The clock of a zone at an instant.
pub(super) fn clock(zone: Zone, instant: DateTime<Utc>) -> String {
    zone.local(instant).format("%H:%M").to_string()
}

/// A minute of the day as a clock.
pub(super) fn minute_clock(minute: usize) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Words joined by commas and a last "and".
pub(super) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(number(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(number(-0.001, 1), "0.0");
        assert_eq!(number(-1234.0, 0), "−1,234");
        assert_eq!(number(f64::NAN, 1), "–");
        assert_eq!(short(12.04), "12");
        assert_eq!(percent(0.8), "80.0\u{a0}%");
        assert_eq!(amount(999.5, "EUR"), "999.50\u{a0}EUR");
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape("<&\"'>"), "&lt;&amp;&quot;&#39;&gt;");
    }
}
