//! Which market, language, channel and tier a row is of: what is said of its queue, what is
//! constant, what its cells say.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::BadCell;
use super::layout::Layout;
use super::queue_names::QueueName;
use super::report::{Report, instead, nearest};
use super::settings::{NAMES, Settings};
use super::table::{Row, RowFaults};
use crate::workforce::{FaultCode, Queue};

/// Market, language, channel and tier, in the order of [`NAMES`].
pub(super) type Key = [String; 4];

/// Where a name is from, which is where it is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameFrom {
    /// A column of the row.
    Column(String),
    /// A path of the scenario.
    Path(String),
}

/// A name and where it is from.
type Named = (String, NameFrom);
/// What is said of a queue, in the order of [`NAMES`].
type Said = [Option<Named>; 4];

/// The names of rows, each combination of cells looked up once.
pub(super) struct Naming<'a> {
    settings: &'a Settings,
    layout: &'a Layout,
    queues: &'a [Queue],
    report: &'a Report,
    /// What the cells of a row came to: names, or nothing when its rows are passed over.
    known: BTreeMap<Vec<String>, Option<([Named; 4], usize)>>,
    /// Queues of the file of which something was told.
    told: BTreeSet<(String, usize)>,
}

/// The names of a row, and which combination of cells said so.
pub(super) struct RowNames {
    pub(super) key: Key,
    pub(super) from: [NameFrom; 4],
    /// Rows of one interval that differ in it are parts of a whole.
    pub(super) part: usize,
}

impl<'a> Naming<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        layout: &'a Layout,
        queues: &'a [Queue],
        report: &'a Report,
    ) -> Self {
        Self {
            settings,
            layout,
            queues,
            report,
            known: BTreeMap::new(),
            told: BTreeSet::new(),
        }
    }

    /// The names of a row; `None` when it is passed over, or was told to have none.
    pub(super) fn of(&mut self, row: &Row, faults: &mut RowFaults) -> Option<RowNames> {
        let layout = self.layout;
        let columns = [&layout.queue, &layout.part];
        let cells: Vec<String> = (columns.into_iter().chain(&layout.names))
            .map(|column| {
                column
                    .as_ref()
                    .map_or_else(String::new, |c| c.text(row).into_owned())
            })
            .collect();
        if !self.known.contains_key(&cells) {
            let names = self.look_up(row, &cells, faults);
            let part = self.known.len();
            self.known
                .insert(cells.clone(), names.map(|names| (names, part)));
        }
        let (names, part) = self.known.get(&cells)?.clone()?;
        let from = names.each_ref().map(|(_, from)| from.clone());
        Some(RowNames {
            key: names.map(|(name, _)| name),
            from,
            part,
        })
    }

    fn look_up(
        &mut self,
        row: &Row,
        cells: &[String],
        faults: &mut RowFaults,
    ) -> Option<[Named; 4]> {
        let said = match &self.layout.queue {
            None => [const { None }; 4],
            Some(column) => {
                let queue = cells.first().map_or("", String::as_str);
                match self.of_queue(queue) {
                    Ok(said) => said?,
                    Err(e) => {
                        let BadCell { code, what, action } = e;
                        // Once for each queue, whatever else its rows hold.
                        if self.told.insert((queue.to_owned(), NAMES.len())) {
                            faults.add(Some(row.number), Some(&column.name), code, what, action);
                        }
                        return None;
                    }
                }
            }
        };
        let mut names = Vec::new();
        for (index, said) in said.into_iter().enumerate() {
            let own = self.of_cell(index, cells.get(index + 2).map_or("", String::as_str));
            if let (Some((said, _)), Some((own, true))) = (&said, &own)
                && *said != own.0
            {
                self.conflict(row, index, said, &own.0, faults);
                return None;
            }
            let constant = self.constant(index);
            match said.or(constant).or_else(|| own.map(|(own, _)| own)) {
                Some(name) => names.push(name),
                None => self.unsaid(row, index, cells, faults),
            }
        }
        names.try_into().ok()
    }

    fn table(&self) -> &'static str {
        self.settings.table
    }

    /// What is said of a queue of the file: some names, or nothing when its rows are passed over.
    fn of_queue(&self, name: &str) -> Result<Option<Said>, BadCell> {
        let table = self.table();
        let path = format!("{table}.queues.{name}");
        let ids = || self.queues.iter().map(|queue| queue.id.as_str());
        let find = |id: &str| self.queues.iter().find(|queue| queue.id.as_str() == id);
        let of = |queue: &Queue, path: &str| {
            let from = || NameFrom::Path(path.to_owned());
            let market = queue.market.as_ref();
            [
                market.map(|market| (market.to_string(), from())),
                Some((queue.skill.language.to_string(), from())),
                Some((queue.channel.word().to_owned(), from())),
                Some((queue.skill.tier.to_string(), from())),
            ]
        };
        match self.settings.queues.get(name) {
            Some(QueueName::Skip) => Ok(None),
            Some(QueueName::Is { queue, names }) => {
                let mut said = [const { None }; 4];
                if let Some(id) = queue {
                    match find(id) {
                        Some(queue) => said = of(queue, &path),
                        None if self.report.is_incomplete() => return Ok(None),
                        None => {
                            let what =
                                format!("queue `{name}` is said to be `{id}`, which is unknown");
                            let action = format!("in `{path}`: {}", instead("queue", id, ids()));
                            let code = FaultCode::UnknownReference;
                            return Err(BadCell { code, what, action });
                        }
                    }
                }
                for ((said, own), key) in said.iter_mut().zip(names).zip(NAMES) {
                    if let Some(own) = own {
                        *said = Some((own.clone(), NameFrom::Path(format!("{path}.{key}"))));
                    }
                }
                Ok(Some(said))
            }
            None => {
                if let Some(queue) = find(name) {
                    return Ok(Some(of(queue, &format!("{table}.queues"))));
                }
                // Constants and cells may say all of it.
                let whole = NAMES.iter().enumerate().all(|(index, key)| {
                    self.settings.constants.contains_key(key) || self.layout.names[index].is_some()
                });
                if whole && self.settings.queues.is_empty() {
                    return Ok(Some([const { None }; 4]));
                }
                if self.report.is_incomplete() {
                    return Ok(None);
                }
                let known = self.settings.queues.keys().map(String::as_str);
                let near = nearest(name, ids()).unwrap_or("fr-phone");
                let slip = known
                    .filter(|key| strsim::osa_distance(key, name) <= 2)
                    .map(|key| format!(" (there is `{key}`)"))
                    .next();
                let what = format!(
                    "what queue `{name}` is has not been said{}",
                    slip.unwrap_or_default()
                );
                let action = format!(
                    "write in `[{table}.queues]` the queue of the scenario, such as {name:?} = \
                     {near:?}, or its names, such as {name:?} = {{ market = \"BE\", language = \
                     \"fr\", tier = \"L1\" }}, or {name:?} = false to pass its rows over"
                );
                let code = FaultCode::UnknownReference;
                Err(BadCell { code, what, action })
            }
        }
    }

    fn constant(&self, index: usize) -> Option<Named> {
        let key = NAMES.get(index)?;
        let value = self.settings.constants.get(key)?;
        let path = format!("{}.constants.{key}", self.table());
        Some((value.clone(), NameFrom::Path(path)))
    }

    /// What a cell says, and whether it is sure: its word is one of the map's.
    fn of_cell(&self, index: usize, cell: &str) -> Option<(Named, bool)> {
        let column = self.layout.names.get(index)?.as_ref()?;
        let key = NAMES.get(index)?;
        if cell.is_empty() {
            // In layouts with queues, what a cell leaves open the queue may say.
            let unsaid = (String::new(), NameFrom::Column(column.name.clone()));
            return self.layout.queue.is_none().then_some((unsaid, false));
        }
        let map = self.settings.values.get(key);
        let found = map.and_then(|map| {
            map.get_key_value(cell)
                .or_else(|| map.iter().find(|(word, _)| word.eq_ignore_ascii_case(cell)))
        });
        Some(match found {
            Some((word, value)) => {
                let path = format!("{}.values.{key}.{word}", self.table());
                ((value.clone(), NameFrom::Path(path)), true)
            }
            None => (
                (cell.to_owned(), NameFrom::Column(column.name.clone())),
                false,
            ),
        })
    }

    fn conflict(&self, row: &Row, index: usize, said: &str, own: &str, faults: &mut RowFaults) {
        let Some((noun, column)) = NAMES.get(index).zip(self.layout.names[index].as_ref()) else {
            return;
        };
        let what = format!("the row is of {noun} `{own}`, its queue is said to be of `{said}`");
        let action = format!(
            "correct `{table}.queues` or `{table}.values.{noun}`; to follow the rows, leave {noun} \
             out of what is said of the queue",
            table = self.table()
        );
        let code = FaultCode::ConflictingNames;
        faults.push(Some(row.number), Some(&column.name), code, what, action);
    }

    fn unsaid(&mut self, row: &Row, index: usize, cells: &[String], faults: &mut RowFaults) {
        let Some(noun) = NAMES.get(index) else {
            return;
        };
        let column = self
            .layout
            .queue
            .as_ref()
            .map(|column| column.name.as_str());
        let queue = cells.first().map_or("", String::as_str);
        if !self.told.insert((queue.to_owned(), index)) {
            return;
        }
        let table = self.settings.table;
        let what = format!("the {noun} of queue `{queue}` is not known");
        let action = format!(
            "add it in `[{table}.queues]`, {queue:?} = {{ …, {noun} = \"…\" }}, or write \
             `{table}.constants.{noun}` when it is the same for all rows"
        );
        faults.add(
            Some(row.number),
            column,
            FaultCode::MissingKey,
            what,
            action,
        );
    }
}
