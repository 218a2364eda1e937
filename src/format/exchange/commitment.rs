//! What vendors commit to, in the layouts in which they were asked.

use std::collections::{BTreeMap, BTreeSet};

use super::Exchange;
use crate::calendar::{DateTime, RepeatedHour, Utc};
use crate::format::cells::{BadCell, LocalTime, Stamp, number};
use crate::format::report::{Report, instead};
use crate::format::table::{Form, Row, RowFaults, Table};
use crate::planning::exchange::{AskedPool, Commitment};
use crate::workforce::{FaultCode, Faults};

/// How the other layout writes times.
const CALABRIO_TIME: &str = "%Y%m%d %H:%M";

/// Where the columns are; by name as faults say it.
struct Columns {
    pool: Option<usize>,
    group: Option<usize>,
    start: usize,
    agents: usize,
    names: [String; 4],
    /// Local times of the plan, as the layout of Calabrio has them.
    is_local: bool,
}

pub(super) fn parse(
    bytes: &[u8],
    file: &str,
    exchange: &Exchange,
    pool: Option<&str>,
) -> Result<Vec<Commitment>, Faults> {
    let report = Report::default();
    let mut faults = RowFaults::new(file);
    let found = read(bytes, exchange, pool, &mut faults);
    faults.tell(&report);
    Faults::check(report.into_faults())?;
    Ok(found.unwrap_or_default())
}

fn read(
    bytes: &[u8],
    exchange: &Exchange,
    pool: Option<&str>,
    faults: &mut RowFaults,
) -> Option<Vec<Commitment>> {
    let first = bytes.split(|&b| b == b'\n').next().unwrap_or_default();
    let has_header = String::from_utf8_lossy(first)
        .to_lowercase()
        .contains("agents");
    let count = |delimiter: u8| first.split(|&b| b == delimiter).count();
    let form = Form {
        delimiter: [b',', b';', b'\t']
            .into_iter()
            .max_by_key(|&d| (count(d), d == b','))
            .unwrap_or(b','),
        header: has_header,
        skip: 0,
    };
    let table = Table::read_as(bytes, form, faults)?;
    if table.rows.is_empty() && faults.is_empty() {
        let what = "the file has no row";
        let action = "give one row for each interval that was asked for";
        faults.push(None, None, FaultCode::EmptyHistory, what, action);
    }
    let columns = columns(&table, has_header, faults)?;
    let mut reader = Reader {
        exchange,
        only: pool,
        columns: &columns,
        faults,
        seen: BTreeMap::new(),
        local: BTreeSet::new(),
    };
    let read: Vec<Commitment> = (table.rows.iter())
        .filter_map(|row| reader.row(row))
        .collect();
    if faults.is_empty() {
        unanswered(exchange, &read, &columns, faults);
    }
    Some(read)
}

fn columns(table: &Table, has_header: bool, faults: &mut RowFaults) -> Option<Columns> {
    if !has_header {
        if table.header.len() != 7 {
            let what = format!("{} columns and no header", table.header.len());
            let action = "send back the file with its header, or the seven columns without one: \
                          group, start, end, three zeros, agents";
            faults.push(Some(1), None, FaultCode::MissingColumn, what, action);
            return None;
        }
        return Some(Columns {
            pool: None,
            group: Some(0),
            start: 1,
            agents: 6,
            names: ["pool", "1", "2", "7"].map(str::to_owned),
            is_local: true,
        });
    }
    let mut need = |name: &str| {
        let at = table.column(name);
        if at.is_none() {
            let what = format!("there is no column `{name}`");
            let action = "send back the columns of the file with what is asked";
            faults.push(Some(1), Some(name), FaultCode::MissingColumn, what, action);
        }
        at
    };
    let (start, agents) = (need("start"), need("agents"));
    Some(Columns {
        pool: table.column("pool"),
        group: table.column("group"),
        start: start?,
        agents: agents?,
        names: ["pool", "group", "start", "agents"].map(str::to_owned),
        is_local: false,
    })
}

struct Reader<'a> {
    exchange: &'a Exchange,
    /// The pool that is said to have written the file.
    only: Option<&'a str>,
    columns: &'a Columns,
    faults: &'a mut RowFaults,
    seen: BTreeMap<(String, String, DateTime<Utc>), u64>,
    /// Local times that had a row, by group.
    local: BTreeSet<(String, String)>,
}

impl<'a> Reader<'a> {
    /// A fault in one of the columns pool, group, start and agents.
    fn fault(&mut self, row: &Row, column: usize, e: BadCell) {
        let column = self.columns.names.get(column).map(String::as_str);
        self.faults
            .push(Some(row.number), column, e.code, e.what, e.action);
    }

    fn row(&mut self, row: &Row) -> Option<Commitment> {
        let pool = self.pool(row);
        let group = pool.and_then(|pool| self.group(row, pool));
        let start = self.start(row);
        let agents = self.agents(row);
        let (pool, group, start) = (pool?, group?, start?);
        let key = (pool.pool.to_string(), group.clone(), start);
        if let Some(first) = self.seen.insert(key, row.number) {
            let what = format!("`{group}` at {start} is in row {first} already");
            let action = "remove one of the rows".to_owned();
            let code = FaultCode::DuplicateInterval;
            self.fault(row, 2, BadCell { code, what, action });
            return None;
        }
        Some(Commitment {
            pool: pool.pool.clone(),
            group,
            start,
            agents: agents?,
        })
    }

    /// The pool of a row: what the row says, what was said of the file, or the only one.
    fn pool(&mut self, row: &Row) -> Option<&'a AskedPool> {
        let exchange: &'a Exchange = self.exchange;
        let pools = &exchange.asked;
        let cell = self.columns.pool.map(|at| row.cell(at));
        let known = || pools.iter().map(|pool| pool.pool.as_str());
        let (name, what, action) = match (cell.filter(|cell| !cell.is_empty()), self.only) {
            (Some(cell), Some(only)) if cell != only => {
                let what =
                    format!("the row is of pool `{cell}`, the file is said to be of `{only}`");
                (None, what, "correct one of them".to_owned())
            }
            (Some(name), _) | (None, Some(name)) => {
                let what = format!("nothing is asked of a pool `{name}`");
                (Some(name), what, instead("pool", name, known()))
            }
            (None, None) => {
                let names: Vec<&str> = known().collect();
                let what = "the row does not say its pool".to_owned();
                let action = format!("say which pool it is of: one of {}", names.join(", "));
                let only = names.first().copied().filter(|_| names.len() == 1);
                (only, what, action)
            }
        };
        let found = pools.iter().find(|pool| Some(pool.pool.as_str()) == name);
        if found.is_none() {
            let code = FaultCode::UnknownReference;
            self.fault(row, 0, BadCell { code, what, action });
        }
        found
    }

    fn group(&mut self, row: &Row, pool: &AskedPool) -> Option<String> {
        let known: BTreeSet<&str> = pool.rows.iter().map(|row| row.group.as_str()).collect();
        let cell = self.columns.group.map_or("", |at| row.cell(at));
        if cell.is_empty()
            && let (Some(only), 1) = (known.first(), known.len())
        {
            return Some((*only).to_owned());
        }
        if known.contains(cell) {
            return Some(cell.to_owned());
        }
        let what = format!("pool `{}` is not asked for group `{cell}`", pool.pool);
        let action = instead("group", cell, known);
        let code = FaultCode::UnknownReference;
        self.fault(row, 1, BadCell { code, what, action });
        None
    }

    fn start(&mut self, row: &Row) -> Option<DateTime<Utc>> {
        let cell = row.cell(self.columns.start);
        let read = self.instant(row, cell);
        let start = match read {
            Ok(start) => start?,
            Err(BadCell { code, what, .. }) => {
                let action = if self.columns.is_local {
                    "write local time of the plan as it was asked, such as 20270323 08:00"
                } else {
                    "write the start as it was asked, such as 2027-03-23T08:00:00Z"
                };
                let action = action.to_owned();
                self.fault(row, 2, BadCell { code, what, action });
                return None;
            }
        };
        let grid = &self.exchange.plan.live.grid;
        let found = grid.index_of(start).map(|index| grid.instant(index));
        if found == Some(start) {
            return found;
        }
        let (code, what) = if found.is_some() {
            let length = grid.interval_length();
            (
                FaultCode::Misaligned,
                format!("`{cell}` is not the start of an interval of {length}"),
            )
        } else {
            let what = format!("`{cell}` is outside of the plan");
            (FaultCode::OutOfRange, what)
        };
        let action = "answer the intervals that were asked for".to_owned();
        self.fault(row, 2, BadCell { code, what, action });
        None
    }

    fn instant(&mut self, row: &Row, cell: &str) -> Result<Option<DateTime<Utc>>, BadCell> {
        let zone = self.exchange.plan.live.zone;
        let pattern = self.columns.is_local.then_some(CALABRIO_TIME);
        let stamp = Stamp::of(cell, pattern)?;
        // Where a local time happens twice, the first row is of the first time.
        let group = self.columns.group.map_or("", |at| row.cell(at));
        let again = matches!(stamp, Stamp::Local(local) if zone.happenings(local) == 2)
            && !self.local.insert((group.to_owned(), cell.to_owned()));
        let time = LocalTime {
            zone: self.columns.is_local.then_some(zone),
            repeated: if again {
                RepeatedHour::Second
            } else {
                RepeatedHour::First
            },
            skip_missing: false,
        };
        time.place(cell, stamp)
    }

    fn agents(&mut self, row: &Row) -> Option<f64> {
        let cell = row.cell(self.columns.agents);
        let decimal = if cell.contains(',') { ',' } else { '.' };
        let action = "give a number of agents, 0 for none".to_owned();
        let e = match number(cell, decimal) {
            Ok(Some(agents)) => return Some(agents),
            Ok(None) => BadCell {
                code: FaultCode::NotANumber,
                what: "the cell is empty, which is no answer".to_owned(),
                action,
            },
            Err(BadCell { code, what, .. }) => BadCell { code, what, action },
        };
        self.fault(row, 3, e);
        None
    }
}

/// Intervals that a pool with an answer was asked for and says nothing of.
fn unanswered(exchange: &Exchange, read: &[Commitment], columns: &Columns, faults: &mut RowFaults) {
    let said: BTreeSet<(&str, &str, DateTime<Utc>)> = (read.iter())
        .map(|row| (row.pool.as_str(), row.group.as_str(), row.start))
        .collect();
    let answered = |pool: &&AskedPool| read.iter().any(|row| row.pool == pool.pool);
    for pool in exchange.asked.iter().filter(answered) {
        for row in &pool.rows {
            if said.contains(&(pool.pool.as_str(), row.group.as_str(), row.start)) {
                continue;
            }
            let what = format!(
                "`{}` asks pool `{}` for agents at {}, and no row answers",
                row.group,
                pool.pool,
                row.start.format("%Y-%m-%dT%H:%M:%SZ")
            );
            let action = "add the row; 0 when there is nobody";
            let column = columns.names.get(2).map(String::as_str);
            faults.push(None, column, FaultCode::GapInHistory, what, action);
        }
    }
}
