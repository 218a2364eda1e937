//! `time_format`: how local times are written, in the letters that planners' systems use.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::reader::Reader;
use crate::workforce::FaultCode;

/// What letters stand for, the longest first.
const LETTERS: [(&str, &str); 13] = [
    ("yyyy", "%Y"),
    ("yy", "%y"),
    ("MM", "%m"),
    ("M", "%m"),
    ("dd", "%d"),
    ("d", "%d"),
    ("HH", "%H"),
    ("H", "%H"),
    ("hh", "%I"),
    ("h", "%I"),
    ("mm", "%M"),
    ("ss", "%S"),
    ("tt", "%p"),
];

/// The key, as the pattern that [`chrono`] knows.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.get::<String>("time_format")?;
    let pattern = pattern(&text);
    let told = |what: String| {
        reader.fault(
            "time_format",
            FaultCode::OutOfRange,
            what,
            "write for example \"yyyyMMdd HH:mm\", \"d.M.yyyy H:mm\" or \"M/d/yyyy h:mm tt\"",
        );
        None
    };
    match pattern {
        Ok(pattern) => Some(pattern),
        Err(Some(letter)) => told(format!("`{letter}` means nothing in `{text}`")),
        Err(None) => told(format!(
            "`{text}` does not name year, month, day, hour and minute"
        )),
    }
}

/// The pattern, or the letter that means nothing; nothing when a part of the time is missing.
fn pattern(text: &str) -> Result<String, Option<char>> {
    let mut rest = text;
    let mut pattern = String::new();
    while let Some(first) = rest.chars().next() {
        let known = (LETTERS.iter())
            .find_map(|(letters, meaning)| Some((rest.strip_prefix(letters)?, meaning)));
        if let Some((left, meaning)) = known {
            pattern.push_str(meaning);
            rest = left;
        } else if first.is_alphabetic() || first == '%' {
            return Err(Some(first));
        } else {
            pattern.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    let has = |any: &[&str]| any.iter().any(|part| pattern.contains(part));
    let whole = has(&["%Y", "%y"])
        && has(&["%m"])
        && has(&["%d"])
        && has(&["%H", "%I"])
        && has(&["%M"])
        && has(&["%I"]) == has(&["%p"]);
    if whole { Ok(pattern) } else { Err(None) }
}

/// A local time in a pattern; an interval such as `08:00-08:30` counts from its start.
pub(super) fn local(cell: &str, pattern: &str) -> Option<NaiveDateTime> {
    let (start, rest) = NaiveDateTime::parse_and_remainder(cell, pattern).ok()?;
    if rest.trim().is_empty() {
        return Some(start);
    }
    // What follows is the end of an interval and not, say, an offset.
    let end = rest.trim_start().strip_prefix(['-', '–'])?.trim();
    let end = ["%H:%M", "%H:%M:%S", "%I:%M %p"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(end, format).ok())?;
    let (length, _) = end.overflowing_sub_signed(start.time() - NaiveTime::MIN);
    let length = length - NaiveTime::MIN;
    (length > TimeDelta::zero() && length <= TimeDelta::hours(1)).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_patterns() {
        let read = |format: &str, text: &str| {
            NaiveDateTime::parse_from_str(text, &pattern(format).unwrap()).unwrap()
        };
        let expected = read("yyyy-MM-dd HH:mm", "2027-03-02 15:30");
        assert_eq!(read("yyyyMMdd HH:mm", "20270302 15:30"), expected);
        assert_eq!(read("M/d/yyyy h:mm tt", "3/2/2027 3:30 PM"), expected);
        assert_eq!(read("d.M.yy H:mm", "2.3.27 15:30"), expected);
        let interval = |text: &str| local(text, &pattern("M/d/yyyy H:mm").unwrap());
        for text in ["3/2/2027 15:30-16:00", "3/2/2027 15:30 - 16:00"] {
            assert_eq!(interval(text), Some(expected));
        }
        assert!(interval("3/2/2027 23:30-0:00").is_some());
        for text in ["3/2/2027 15:30-05:00", "3/2/2027 15:30 total", "3/2/2027"] {
            assert_eq!(interval(text), None);
        }
        assert_eq!(pattern("yyyy-MM-dd"), Err(None));
        assert_eq!(pattern("yyyy-MM-dd hh:mm"), Err(None));
        assert_eq!(pattern("yyyy-MM-ddTHH:mm"), Err(Some('T')));
    }
}
