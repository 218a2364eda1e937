//! Which column of a history file holds what.

use std::collections::BTreeMap;

use super::report::nearest;
use super::settings::{AVERAGES, CANONICAL, NAMES, Settings};
use super::table::{Row, RowFaults, Table};
use crate::workforce::FaultCode;

/// A column by its position and name in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    at: usize,
    pub(super) name: String,
}

impl Column {
    pub(super) fn cell<'r>(&self, row: &'r Row) -> &'r str {
        row.cell(self.at)
    }
}

/// One value for all rows, or a column.
pub(super) enum NameOf {
    Constant(String),
    Column(Column),
}

/// The columns of a history file.
pub(super) struct Layout {
    pub(super) start: Column,
    pub(super) minutes: Option<Column>,
    /// In the order of [`NAMES`].
    pub(super) names: [NameOf; 4],
    pub(super) offered: Column,
    pub(super) handled: Option<Column>,
    pub(super) abandoned: Option<Column>,
    pub(super) total: Option<Column>,
    /// A column of averages and its unit in seconds.
    pub(super) average: Option<(Column, f64)>,
    /// Columns that must equal a value.
    pub(super) filter: Vec<(Column, String)>,
}

impl Layout {
    /// Finds the columns; `None` when one that must be there is not.
    pub(super) fn find(table: &Table, settings: &Settings, faults: &mut RowFaults) -> Option<Self> {
        let columns = &settings.columns;
        let mut finder = Finder {
            table,
            columns,
            faults,
        };
        let [start, offered] = ["start", "offered"].map(|key| finder.need(key));
        let [minutes, handled, abandoned, total] =
            ["minutes", "handled", "abandoned", "handle_seconds_total"].map(|key| finder.find(key));
        let average = AVERAGES
            .iter()
            .find_map(|&(key, unit)| Some((columns.get(key).map(|_| finder.need(key))??, unit)));
        let names = NAMES.map(|key| match settings.constants.get(key) {
            Some(constant) => Some(NameOf::Constant(constant.clone())),
            None => finder.need(key).map(NameOf::Column),
        });
        let filter: Vec<_> = (settings.filter.iter())
            .map(|(name, value)| Some((finder.named(name)?, value.clone())))
            .collect();
        finder.misspelled(settings);
        let [market, language, channel, tier] = names;
        Some(Self {
            start: start?,
            minutes,
            names: [market?, language?, channel?, tier?],
            offered: offered?,
            handled,
            abandoned,
            total,
            average,
            filter: filter.into_iter().collect::<Option<_>>()?,
        })
    }
}

struct Finder<'f> {
    table: &'f Table,
    columns: &'f BTreeMap<&'static str, String>,
    faults: &'f mut RowFaults,
}

impl Finder<'_> {
    /// A column that may be left out, but not when the column map names it.
    fn find(&mut self, key: &'static str) -> Option<Column> {
        if self.columns.contains_key(key) {
            return self.need(key);
        }
        let at = self.table.column(key)?;
        let name = key.to_owned();
        Some(Column { at, name })
    }

    fn need(&mut self, key: &'static str) -> Option<Column> {
        let name = self.columns.get(key).map_or(key, String::as_str).to_owned();
        self.named(&name)
    }

    fn named(&mut self, name: &str) -> Option<Column> {
        if let Some(at) = self.table.column(name) {
            let name = name.to_owned();
            return Some(Column { at, name });
        }
        let header = &self.table.header;
        let alone = header.first().filter(|_| header.len() == 1);
        let other = alone.and_then(|cell| {
            [';', '\t', ',', '|']
                .into_iter()
                .find(|&d| cell.contains(d))
        });
        let action = if let Some(other) = other {
            format!(
                "the header is a single cell with {0:?} in it: set `history.delimiter = {1:?}`",
                other,
                other.to_string()
            )
        } else {
            let near = nearest(name, header.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |n| format!("; the nearest one is `{n}`"));
            format!("add it, or name the column that holds it in `history.columns`{near}")
        };
        self.faults.push(
            Some(1),
            Some(name),
            FaultCode::MissingColumn,
            format!("there is no column `{name}`"),
            action,
        );
        None
    }

    /// Reports columns that nobody asked for and that look like one that somebody would have.
    fn misspelled(&mut self, settings: &Settings) {
        let header = &self.table.header;
        let absent = CANONICAL.into_iter().filter(|&key| {
            !settings.constants.contains_key(key)
                && !self.columns.contains_key(key)
                && self.table.column(key).is_none()
        });
        for key in absent {
            let slip = |h: &&String| {
                let used =
                    CANONICAL.contains(&h.as_str()) || self.columns.values().any(|c| c == *h);
                !used && key.len() > 4 && strsim::osa_distance(h, key) <= 2
            };
            let Some(column) = header.iter().find(slip) else {
                continue;
            };
            self.faults.push(
                Some(1),
                Some(column),
                FaultCode::UnknownKey,
                format!("unknown column `{column}`"),
                format!("write the nearest known column, `{key}`, or rename it"),
            );
        }
    }
}
