//! Numbers in a country's own way, against the Unicode data of another implementation.

use std::collections::BTreeMap;

use wfm::reporting::Locale;

/// `tests/reference/locales.csv`: 1234567.5, 1234.5, 80.1 % and 12345 EUR by ICU 78.2 (CLDR 48).
#[test]
fn numbers_are_written_as_icu_writes_them() {
    let text = include_str!("../reference/locales.csv");
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in rows {
        let mut cells = line.split(';');
        let tag = cells.next().expect("a tag");
        expected.insert(tag, cells.collect());
    }
    let mut checked = 0;
    for locale in Locale::all().skip(1) {
        let tag = locale.to_string();
        let ours = [
            locale.number(1_234_567.5, 2),
            locale.number(1_234.5, 1),
            locale.percent(0.801, 1),
            locale.amount(12_345.0, "EUR", 0),
        ];
        assert_eq!(expected[tag.as_str()], ours, "{tag}");
        checked += 1;
    }
    assert_eq!(checked, expected.len());
}

#[test]
fn tags_are_read_kindly() {
    let read = |tag: &str| tag.parse::<Locale>().map(|l| l.to_string());
    assert_eq!(read("de_de").as_deref(), Ok("de-DE"));
    assert_eq!(read("FR").as_deref(), Ok("fr-FR"));
    assert_eq!(read("en").as_deref(), Ok("en"));
    let error = "xx-YY".parse::<Locale>().expect_err("no such locale");
    assert!(error.to_string().contains("`xx-YY`") && error.to_string().contains("de-DE"));
}

#[test]
fn the_default_is_as_ever() {
    let plain = Locale::default();
    assert_eq!(plain.number(1_234_567.891, 2), "1,234,567.89");
    assert_eq!(plain.number(-0.001, 1), "0.0");
    assert_eq!(plain.number(-1234.0, 0), "−1,234");
    assert_eq!(plain.number(f64::NAN, 1), "–");
    assert_eq!(plain.percent(0.8, 1), "80.0\u{a0}%");
    assert_eq!(plain.amount(999.5, "EUR", 2), "999.50\u{a0}EUR");
}
