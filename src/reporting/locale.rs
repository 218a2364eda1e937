//! How numbers are written in a country.

use std::fmt;
use std::str::FromStr;

/// A space at which no line breaks.
pub(super) const TIGHT: char = '\u{a0}';

/// A narrow one.
const THIN: char = '\u{202f}';

/// How numbers, shares and amounts are written. Words stay English.
///
/// The [`Default`] groups thousands by commas and writes `80.0 %` and `1,234 EUR`. All others follow
/// the Unicode common locale data (CLDR 48) in their separators, in the place of a currency's code
/// and in the space before a percent sign; minus is always `−`.
///
/// ```
/// use wfm::reporting::Locale;
///
/// let german: Locale = "de-DE".parse()?;
/// assert_eq!(german.number(1_234.5, 1), "1.234,5");
/// # Ok::<(), wfm::reporting::UnknownLocale>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale(&'static Customs);

/// What differs from country to country.
#[derive(Debug, PartialEq, Eq)]
struct Customs {
    /// Language and country (BCP 47).
    tag: &'static str,
    /// Between thousands.
    group: char,
    /// Before the fraction.
    point: char,
    /// Digits before the first separator at least: 2 writes `1234` and `12.345`.
    least: usize,
    /// Whether a space comes before a percent sign.
    is_percent_apart: bool,
    /// Whether a currency comes before its amount.
    is_currency_first: bool,
}

const fn customs(
    tag: &'static str,
    group: char,
    point: char,
    least: usize,
    is_percent_apart: bool,
    is_currency_first: bool,
) -> Customs {
    Customs {
        tag,
        group,
        point,
        least,
        is_percent_apart,
        is_currency_first,
    }
}

const PLAIN: Customs = customs("en", ',', '.', 1, true, false);

/// The first of a language is the one that the language alone stands for.
static KNOWN: [Customs; 32] = [
    PLAIN,
    customs("en-GB", ',', '.', 1, false, true),
    customs("en-US", ',', '.', 1, false, true),
    customs("en-IE", ',', '.', 1, false, true),
    customs("de-DE", '.', ',', 1, true, false),
    customs("de-CH", '\'', '.', 1, false, true),
    customs("fr-FR", THIN, ',', 1, true, false),
    customs("fr-BE", THIN, ',', 1, true, false),
    customs("fr-CH", THIN, ',', 1, false, false),
    customs("es-ES", '.', ',', 2, true, false),
    customs("es-CR", TIGHT, ',', 1, false, true),
    customs("it-IT", '.', ',', 2, false, false),
    customs("pt-PT", TIGHT, ',', 2, false, false),
    customs("pt-BR", '.', ',', 1, false, true),
    customs("nl-NL", '.', ',', 1, false, true),
    customs("nl-BE", '.', ',', 1, false, true),
    customs("pl-PL", TIGHT, ',', 2, false, false),
    customs("sv-SE", TIGHT, ',', 1, true, false),
    customs("da-DK", '.', ',', 1, true, false),
    customs("nb-NO", TIGHT, ',', 1, true, false),
    customs("fi-FI", TIGHT, ',', 1, true, false),
    customs("cs-CZ", TIGHT, ',', 1, true, false),
    customs("sk-SK", TIGHT, ',', 1, true, false),
    customs("sl-SI", '.', ',', 2, true, false),
    customs("hr-HR", '.', ',', 1, true, false),
    customs("ro-RO", '.', ',', 1, true, false),
    customs("hu-HU", TIGHT, ',', 2, false, false),
    customs("el-GR", '.', ',', 1, false, false),
    customs("bg-BG", TIGHT, ',', 2, false, false),
    customs("et-EE", TIGHT, ',', 2, false, false),
    customs("lv-LV", TIGHT, ',', 2, false, false),
    customs("lt-LT", TIGHT, ',', 1, true, false),
];

impl Default for Locale {
    fn default() -> Self {
        Self(&KNOWN[0])
    }
}

impl fmt::Display for Locale {
    /// The tag, such as `de-DE`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.tag)
    }
}

/// A tag that names no locale known here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("locale `{tag}` is not known; choose one of {}", known())]
pub struct UnknownLocale {
    /// What was asked for.
    pub tag: String,
}

fn known() -> String {
    KNOWN.each_ref().map(|c| c.tag).join(", ")
}

impl FromStr for Locale {
    type Err = UnknownLocale;

    /// Reads a tag such as `de-DE`, `de_de` or `de`; a language alone stands for its largest country,
    /// `en` for the default.
    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        let wanted = tag.replace('_', "-").to_ascii_lowercase();
        let whole = |c: &&Customs| c.tag.to_ascii_lowercase() == wanted;
        let language = |c: &&Customs| c.tag.split('-').next() == Some(wanted.as_str());
        let found = KNOWN.iter().find(whole);
        found
            .or_else(|| KNOWN.iter().find(language))
            .map(Self)
            .ok_or_else(|| UnknownLocale { tag: tag.into() })
    }
}

impl Locale {
    /// Every locale, the default first.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN.iter().map(Self)
    }

    /// A number; a dash for what is no number.
    pub fn number(self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let plain = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let is_grouped = whole.len() >= 3 + self.0.least;
        let mut text = String::new();
        if value < 0.0 && plain.contains(|c: char| c != '0' && c != '.') {
            text.push('−');
        }
        for (i, digit) in whole.chars().enumerate() {
            if is_grouped && i > 0 && (whole.len() - i).is_multiple_of(3) {
                text.push(self.0.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.0.point);
            text.push_str(fraction);
        }
        text
    }

    /// A fraction as a percentage.
    pub fn percent(self, fraction: f64, decimals: usize) -> String {
        let space = if self.0.is_percent_apart {
            "\u{a0}"
        } else {
            ""
        };
        format!("{}{space}%", self.number(fraction * 100.0, decimals))
    }

    /// An amount with the code of its currency.
    pub fn amount(self, value: f64, currency: &str, decimals: usize) -> String {
        let number = self.number(value, decimals);
        if self.0.is_currency_first {
            format!("{currency}{TIGHT}{number}")
        } else {
            format!("{number}{TIGHT}{currency}")
        }
    }
}
