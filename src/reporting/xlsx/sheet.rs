//! A sheet before it is written: heads, rows, and what is to be coloured.

use crate::calendar::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// How a number is shown; it is stored with all its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A count.
    Whole,
    /// Two decimals: hours, agents, money.
    Two,
    /// Four decimals: a small amount of money.
    Four,
    /// A fraction, shown in per cent.
    Share,
    /// A fraction, shown in per cent with three decimals.
    FineShare,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(f64, Form),
    Moment(NaiveDateTime),
    Day(NaiveDate),
}

impl Cell {
    pub(super) fn text(of: &(impl ToString + ?Sized)) -> Self {
        Self::Text(of.to_string())
    }

    pub(super) fn whole(of: impl Into<f64>) -> Self {
        Self::Number(of.into(), Form::Whole)
    }

    /// A count of things in memory.
    pub(super) fn count(of: usize) -> Self {
        Self::Number(of as f64, Form::Whole)
    }

    pub(super) const fn two(of: f64) -> Self {
        Self::Number(of, Form::Two)
    }

    pub(super) const fn share(of: f64) -> Self {
        Self::Number(of, Form::Share)
    }

    pub(super) const fn utc(of: DateTime<Utc>) -> Self {
        Self::Moment(of.naive_utc())
    }

    /// What may be unknown.
    pub(super) fn maybe(of: Option<Self>) -> Self {
        of.unwrap_or(Self::Empty)
    }
}

/// Why a cell is coloured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Mark {
    /// Something is missing: the number is above zero.
    Missing,
    /// More than needed: the number is above zero.
    Spare,
    /// Less than the number in another column of the row, by more than is shown.
    Below(u16),
}

/// One sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: &'static str,
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// First columns that stay in sight.
    pub(super) frozen: u16,
    /// Columns that are coloured.
    pub(super) marks: Vec<(u16, Mark)>,
    /// Last rows that are sums.
    pub(super) sums: usize,
}

impl Sheet {
    pub(super) fn new(name: &'static str, heads: &[&str]) -> Self {
        Self {
            name,
            heads: heads.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
            frozen: 1,
            marks: Vec::new(),
            sums: 0,
        }
    }
}
