//! A CSV file as rows of cells, and the faults in it.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::report::Report;
use crate::workforce::{Fault, FaultCode, Place};

/// Faults of one kind in one column that are told one by one; the rest is counted.
const TOLD: usize = 5;

/// Faults of one CSV file.
pub(super) struct RowFaults {
    file: String,
    faults: Vec<Fault>,
    /// For each kind and column: how many there are, and which was told last.
    seen: BTreeMap<(FaultCode, Option<String>), (usize, usize)>,
}

impl RowFaults {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            faults: Vec::new(),
            seen: BTreeMap::new(),
        }
    }

    /// A fault that may come once for each row.
    pub(super) fn push(
        &mut self,
        row: Option<u64>,
        column: Option<&str>,
        code: FaultCode,
        what: impl Into<String>,
        action: impl Into<String>,
    ) {
        let seen = (self.seen)
            .entry((code, column.map(str::to_owned)))
            .or_default();
        seen.0 += 1;
        if seen.0 <= TOLD {
            seen.1 = self.faults.len();
            self.add(row, column, code, what, action);
        }
    }

    /// A fault that is told in any case.
    pub(super) fn add(
        &mut self,
        row: Option<u64>,
        column: Option<&str>,
        code: FaultCode,
        what: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.faults.push(Fault {
            place: Place {
                file: Some(self.file.clone()),
                row,
                column: column.map(str::to_owned),
                path: None,
            },
            code,
            what: what.into(),
            action: action.into(),
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether rows were left out, so that an interval without a row is no news.
    pub(super) fn lost_rows(&self) -> bool {
        let losing = [
            FaultCode::Syntax,
            FaultCode::UnknownReference,
            FaultCode::MissingKey,
            FaultCode::ConflictingNames,
            FaultCode::BadTimestamp,
            FaultCode::RepeatedHour,
            FaultCode::MissingHour,
            FaultCode::Misaligned,
        ];
        self.faults.iter().any(|f| losing.contains(&f.code))
    }

    /// Hands all faults to the report.
    pub(super) fn tell(mut self, report: &Report) {
        for &(count, last) in self.seen.values() {
            if let Some(fault) = self.faults.get_mut(last).filter(|_| count > TOLD) {
                fault.what = format!("{} (and {} more like it)", fault.what, count - TOLD);
            }
        }
        for fault in self.faults {
            report.push(fault);
        }
    }
}

/// One row.
pub(super) struct Row {
    /// Its line, the header being row 1.
    pub(super) number: u64,
    cells: StringRecord,
}

impl Row {
    /// The cell of a column, without blanks around it.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }
}

/// Header and rows of a CSV file. Rows with too few or too many cells are reported and left out.
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// How a file is cut into cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub(super) delimiter: u8,
    /// Whether the first row names the columns; without it they are called 1, 2, 3 …
    pub(super) header: bool,
    /// Lines above the first row.
    pub(super) skip: u64,
}

impl Table {
    /// Reads a file that begins with its header; `None` when it is no table at all.
    pub(super) fn read(bytes: &[u8], delimiter: u8, faults: &mut RowFaults) -> Option<Self> {
        let (header, skip) = (true, 0);
        let form = Form {
            delimiter,
            header,
            skip,
        };
        Self::read_as(bytes, form, faults)
    }

    /// Reads a file of some form; `None` when it is no table at all.
    pub(super) fn read_as(bytes: &[u8], form: Form, faults: &mut RowFaults) -> Option<Self> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(e) => {
                let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
                let lines = before.split(|&b| b == b'\n').count() as u64;
                let what = "the file is not UTF-8";
                let action = "save it as UTF-8 (CSV UTF-8 in a spreadsheet)";
                faults.push(Some(lines), None, FaultCode::Syntax, what, action);
                return None;
            }
        };
        let mut reader = ReaderBuilder::new()
            .delimiter(form.delimiter)
            .trim(Trim::All)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut header: Vec<String> = Vec::new();
        let mut rows = Vec::new();
        for record in reader.records() {
            let cells = match record {
                Ok(cells) => cells,
                Err(e) => {
                    let row = e.position().map(csv::Position::line);
                    let action = "correct the row";
                    faults.push(row, None, FaultCode::Syntax, e.to_string(), action);
                    continue;
                }
            };
            let number = cells.position().map_or(0, csv::Position::line);
            if number <= form.skip {
                continue;
            }
            if header.is_empty() {
                if form.header {
                    header = cells.iter().map(str::to_owned).collect();
                    continue;
                }
                header = (1..=cells.len()).map(|at| at.to_string()).collect();
            }
            if cells.len() == header.len() {
                rows.push(Row { number, cells });
            } else if header.len() > 1 && cells.iter().any(|cell| !cell.is_empty()) {
                // A header of one cell has the wrong delimiter, which is told once, not by row.
                let first = if form.header { "header" } else { "first row" };
                let what = format!(
                    "{} cells where the {first} has {}",
                    cells.len(),
                    header.len()
                );
                let action = "give every row the cells of the header; check the delimiter, \
                              and quote cells that hold it";
                faults.push(Some(number), None, FaultCode::Syntax, what, action);
            }
        }
        Some(Self { header, rows })
    }

    /// The only cell of the first row, when there is but one: a sign of another delimiter.
    pub(super) fn alone(&self) -> Option<&str> {
        match (self.header.as_slice(), self.rows.first()) {
            // Without a header, columns have numbers for names.
            ([name], Some(row)) if name == "1" => Some(row.cell(0)),
            ([name], _) => Some(name),
            _ => None,
        }
    }

    /// Position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| h == name)
    }
}
