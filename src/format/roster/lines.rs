//! Text line by line, and what is wrong with a line.

use std::str::FromStr;

use super::super::report::{Report, instead};
use crate::workforce::{Fault, FaultCode, Place};

/// Sections are no larger than this, so that sums of a plan do not overflow.
const LARGEST: u32 = 1_000_000;

/// A text, line by line, and where its faults go.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    pub(super) all: Vec<Line<'a>>,
    report: &'a Report,
}

/// A line and its number, the first being 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) number: u64,
    pub(super) text: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, report: &'a Report) -> Self {
        let all = text.lines().zip(1..).map(|(text, number)| Line {
            number,
            text: text.trim(),
        });
        Self {
            all: all.collect(),
            report,
        }
    }

    /// Says what is wrong with a line.
    pub(super) fn fault(&self, line: u64, code: FaultCode, what: String, action: &str) {
        self.report.push(Fault {
            place: Place {
                row: (line > 0).then_some(line),
                ..Place::default()
            },
            code,
            what,
            action: action.to_owned(),
        });
    }

    /// The comma-separated fields of a line, which must be so many.
    pub(super) fn fields<const N: usize>(
        &self,
        line: Line<'a>,
        names: &str,
    ) -> Option<[&'a str; N]> {
        let fields: Vec<&str> = line.text.split(',').map(str::trim).collect();
        let count = fields.len();
        fields.try_into().ok().or_else(|| {
            let what = format!("{count} fields instead of {N}: `{}`", line.text);
            let action = format!("write {names}, with commas between");
            self.fault(line.number, FaultCode::WrongLength, what, &action);
            None
        })
    }

    /// A whole number of a line.
    pub(super) fn whole(&self, line: u64, name: &str, text: &str) -> Option<u32> {
        // Some instances write nothing as less than nothing.
        let digits = if text.trim() == "-0" {
            "0"
        } else {
            text.trim()
        };
        let number = u32::from_str(digits).ok().filter(|&n| n <= LARGEST);
        if number.is_none() {
            let what = format!("{name} is `{text}`");
            let action = format!("write a whole number from 0 to {LARGEST}");
            self.fault(line, FaultCode::NotANumber, what, &action);
        }
        number
    }

    /// A whole number of a line, as a count of things.
    pub(super) fn count(&self, line: u64, name: &str, text: &str) -> Option<usize> {
        self.whole(line, name, text)
            .and_then(|n| usize::try_from(n).ok())
    }

    /// The place of a name among others.
    pub(super) fn place(
        &self,
        line: u64,
        noun: &str,
        name: &str,
        known: &[String],
    ) -> Option<usize> {
        let place = known.iter().position(|k| k == name);
        if place.is_none() {
            let what = format!("`{name}` is no known {noun}");
            let action = instead(noun, name, known.iter().map(String::as_str));
            self.fault(line, FaultCode::UnknownReference, what, &action);
        }
        place
    }

    /// Whether no name is there twice.
    pub(super) fn once(&self, noun: &str, names: &[String]) -> bool {
        let mut sorted: Vec<&String> = names.iter().collect();
        sorted.sort_unstable();
        let twice: Vec<_> = sorted.windows(2).filter(|w| w[0] == w[1]).collect();
        for pair in &twice {
            let what = format!("{noun} `{}` is there twice", pair[0]);
            self.fault(0, FaultCode::Duplicate, what, "give each its own name");
        }
        twice.is_empty()
    }

    /// Says that a part is missing.
    pub(super) fn missing(&self, name: &str) {
        let what = format!("there is no {name}");
        self.fault(
            0,
            FaultCode::MissingKey,
            what,
            "add it; every part must be there",
        );
    }
}
