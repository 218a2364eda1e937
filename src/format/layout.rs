//! Which column of a file of contacts holds what.

use std::borrow::Cow;

use super::report::nearest;
use super::settings::{AVERAGES, CANONICAL, NAMES, Settings, Wanted};
use super::table::{Row, RowFaults, Table};
use crate::workforce::FaultCode;

/// A column by its position and name in the file, or several that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// At least one.
    parts: Vec<(usize, String)>,
    pub(super) name: String,
}

impl Column {
    fn new(parts: Vec<(usize, String)>) -> Self {
        let names: Vec<&str> = parts.iter().map(|(_, name)| name.as_str()).collect();
        let name = names.join(" ");
        Self { parts, name }
    }

    /// What a row has there; several cells are joined by a blank.
    pub(super) fn text<'r>(&self, row: &'r Row) -> Cow<'r, str> {
        match self.parts.as_slice() {
            [(at, _)] => Cow::Borrowed(row.cell(*at)),
            parts => {
                let cells: Vec<&str> = parts.iter().map(|(at, _)| row.cell(*at)).collect();
                Cow::Owned(cells.join(" ").trim().to_owned())
            }
        }
    }

    /// The cells of a row with the names of their columns.
    pub(super) fn cells<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = (&'c str, &'c str)> {
        (self.parts.iter()).map(|(at, name)| (name.as_str(), row.cell(*at)))
    }
}

/// The columns of a file.
pub(super) struct Layout {
    pub(super) start: Column,
    pub(super) end: Option<Column>,
    pub(super) minutes: Option<Column>,
    pub(super) queue: Option<Column>,
    pub(super) part: Option<Column>,
    /// In the order of [`NAMES`]; those that are constant or said by the queue may have none.
    pub(super) names: [Option<Column>; 4],
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
        let mut finder = Finder {
            table,
            settings,
            faults,
            complete: true,
        };
        let [start, offered] = ["start", "offered"].map(|key| finder.need(key));
        let [minutes, handled, abandoned, total] =
            ["minutes", "handled", "abandoned", "handle_seconds_total"].map(|key| finder.find(key));
        let [queue, part, end] = ["queue", "part", "end"].map(|key| finder.mapped(key));
        let average = (AVERAGES.iter())
            .find_map(|&(key, unit)| finder.mapped(key).map(|column| (column, unit)));
        let names = NAMES.map(|key| {
            if settings.constants.contains_key(key) {
                None
            } else if queue.is_some() || settings.columns.get(key).is_some_and(|c| c.0.is_empty()) {
                finder.find(key)
            } else {
                finder.need(key)
            }
        });
        let filter: Vec<_> = (settings.filter.iter())
            .map(|(name, value)| Some((finder.named(name)?, value.clone())))
            .collect();
        finder.misspelled();
        let complete = finder.complete;
        let filter = filter.into_iter().collect::<Option<_>>()?;
        complete.then_some(())?;
        Some(Self {
            start: start?,
            end,
            minutes,
            queue,
            part,
            names,
            offered: offered?,
            handled,
            abandoned,
            total,
            average,
            filter,
        })
    }
}

struct Finder<'f> {
    table: &'f Table,
    settings: &'f Settings,
    faults: &'f mut RowFaults,
    /// Whether every column that was wanted was there.
    complete: bool,
}

impl Finder<'_> {
    /// A column that only the column map names.
    fn mapped(&mut self, key: &str) -> Option<Column> {
        let settings = self.settings;
        let wanted = settings.columns.get(key).filter(|c| !c.0.is_empty())?;
        self.all(&wanted.0)
    }

    /// A column that may be left out, but not when the column map names it.
    fn find(&mut self, key: &str) -> Option<Column> {
        if self.settings.columns.contains_key(key) {
            return self.mapped(key);
        }
        let at = self.table.column(key)?;
        Some(Column::new(vec![(at, key.to_owned())]))
    }

    fn need(&mut self, key: &str) -> Option<Column> {
        if self.settings.columns.contains_key(key) {
            return self.mapped(key);
        }
        self.named(key)
    }

    fn all(&mut self, wanted: &[Wanted]) -> Option<Column> {
        let found: Vec<Option<(usize, String)>> =
            wanted.iter().map(|column| self.one(column)).collect();
        let parts = found.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Column::new(parts))
    }

    fn one(&mut self, wanted: &Wanted) -> Option<(usize, String)> {
        match wanted {
            Wanted::Named(names) => {
                let found = names.iter().find_map(|name| self.table.column(name));
                match found {
                    Some(at) => Some((at, self.table.header.get(at)?.clone())),
                    None => self.missing(names.first().map_or("", String::as_str)),
                }
            }
            Wanted::At(at) => match self.table.header.get(*at) {
                Some(name) => Some((*at, name.clone())),
                None => self.missing(&(at + 1).to_string()),
            },
        }
    }

    fn named(&mut self, name: &str) -> Option<Column> {
        let part = match self.table.column(name) {
            Some(at) => Some((at, name.to_owned())),
            None => self.missing(name),
        };
        part.map(|part| Column::new(vec![part]))
    }

    fn missing(&mut self, name: &str) -> Option<(usize, String)> {
        self.complete = false;
        let header = &self.table.header;
        let table = self.settings.table;
        let alone = self.table.alone();
        let other = alone.and_then(|cell| {
            [';', '\t', ',', '|']
                .into_iter()
                .find(|&d| cell.contains(d))
        });
        let action = if let Some(other) = other {
            let row = if self.settings.header {
                "header"
            } else {
                "first row"
            };
            format!(
                "the {row} is a single cell with {0:?} in it: set `{table}.delimiter = {1:?}`",
                other,
                other.to_string()
            )
        } else {
            let near = nearest(name, header.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |n| format!("; the nearest one is `{n}`"));
            let preset = self.settings.preset.map_or_else(String::new, |preset| {
                format!(" (preset `{preset}` may look for it)")
            });
            format!("add it, or name the column that holds it in `{table}.columns`{preset}{near}")
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
    fn misspelled(&mut self) {
        let header = &self.table.header;
        let settings = self.settings;
        let mapped = |name: &String| {
            (settings.columns.values().flat_map(|columns| &columns.0))
                .any(|wanted| matches!(wanted, Wanted::Named(names) if names.contains(name)))
        };
        let absent = CANONICAL.into_iter().filter(|&key| {
            !settings.constants.contains_key(key)
                && !settings.columns.contains_key(key)
                && self.table.column(key).is_none()
        });
        for key in absent {
            let slip = |h: &&String| {
                let used = CANONICAL.contains(&h.as_str()) || mapped(h);
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
