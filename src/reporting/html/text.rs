//! Numbers, amounts and times as people read them, and escaping.

use std::time::Duration;

use super::super::locale::{Locale, TIGHT};
use crate::calendar::{DateTime, NaiveDate, Utc, Zone};
use crate::units::Money;
use crate::workforce::{PoolKind, ServiceTarget};

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

/// Numbers in words: the customs of a country, and the plan's currency.
#[derive(Debug, Clone, Copy)]
pub(in crate::reporting) struct Words<'a> {
    pub(in crate::reporting) locale: Locale,
    pub(in crate::reporting) currency: &'a str,
}

impl Words<'_> {
    /// The same for what has no amounts.
    pub(super) const fn without_currency(self) -> Words<'static> {
        Words {
            locale: self.locale,
            currency: "",
        }
    }

    /// A number with so many decimals.
    pub(super) fn number(self, value: f64, decimals: usize) -> String {
        self.locale.number(value, decimals)
    }

    /// A whole number.
    pub(super) fn count(self, count: usize) -> String {
        self.number(count as f64, 0)
    }

    /// A number with one decimal where it has one.
    pub(super) fn short(self, value: f64) -> String {
        let is_whole = format!("{:.1}", value.abs()).ends_with(".0");
        self.number(value, usize::from(!is_whole))
    }

    /// Contacts: whole, or with one decimal where there are few.
    pub(super) fn contacts(self, value: f64) -> String {
        if value.abs() < 100.0 {
            self.short(value)
        } else {
            self.number(value, 0)
        }
    }

    /// Hours with at most one decimal.
    pub(super) fn hours(self, value: f64) -> String {
        format!("{}{TIGHT}h", self.short(value))
    }

    /// An amount in whole units from a thousand on, in hundredths below.
    pub(super) fn amount(self, value: f64) -> String {
        let decimals = if value.abs() >= 1000.0 { 0 } else { 2 };
        self.locale.amount(value, self.currency, decimals)
    }

    /// Money, see [`Words::amount`].
    pub(super) fn money(self, value: Money) -> String {
        self.amount(value.get())
    }

    /// A fraction as a percentage with one decimal.
    pub(super) fn percent(self, share: f64) -> String {
        self.locale.percent(share, 1)
    }

    /// A difference as a percentage with its sign.
    pub(super) fn change(self, share: f64) -> String {
        let sign = if share > 0.0 { "+" } else { "" };
        format!("{sign}{}", self.percent(share))
    }

    /// A count with its noun, which takes an `s` unless there is one.
    pub(super) fn plural(self, count: usize, noun: &str) -> String {
        let s = if count == 1 { "" } else { "s" };
        format!("{}{TIGHT}{noun}{s}", self.count(count))
    }

    /// A length of time in its natural unit.
    pub(super) fn duration(self, length: Duration) -> String {
        let seconds = length.as_secs_f64();
        if seconds < 120.0 {
            format!("{}{TIGHT}s", self.short(seconds))
        } else if seconds < 3600.0 {
            format!("{}{TIGHT}min", self.short(seconds / 60.0))
        } else {
            self.hours(seconds / 3600.0)
        }
    }

    /// A promise in words.
    pub(super) fn promise(self, target: ServiceTarget) -> String {
        let share = self.percent(target.share().get());
        match target {
            ServiceTarget::Live { answer_within, .. } => {
                format!("{share} answered within {}", self.duration(answer_within))
            }
            ServiceTarget::Deferred { done_within, .. } => {
                let within = self.duration(done_within);
                format!("{share} done within {within} of opening")
            }
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

/// A name that fits beside a chart; the table has all of it.
pub(super) fn clip(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let start: String = name.chars().take(most.saturating_sub(1)).collect();
    start + "…"
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
        let words = Words {
            locale: Locale::default(),
            currency: "EUR",
        };
        assert_eq!(words.short(12.04), "12");
        assert_eq!(words.short(1_234.56), "1,234.6");
        assert_eq!(words.percent(0.8), "80.0\u{a0}%");
        assert_eq!(words.amount(999.5), "999.50\u{a0}EUR");
        assert_eq!(words.amount(1_234.4), "1,234\u{a0}EUR");
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape("<&\"'>"), "&lt;&amp;&quot;&#39;&gt;");
    }
}
