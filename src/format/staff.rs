//! The named agents of a pool: four CSV files that the pool names.

use super::files::Shelf;
use super::origins::Origins;
use super::reader::Reader;
use super::report::nearest;
use super::staff_rows as rows;
use super::table::{Row, RowFaults, Table};
use super::words::Clock;
use crate::workforce::{Fairness, FaultCode, Place, Pool, Staff};

/// Where files are looked for, and where it is kept what came from where.
pub(super) struct Source<'s> {
    pub(super) shelf: &'s Shelf<'s>,
    pub(super) folders: &'s [String],
    pub(super) origins: &'s mut Origins,
}

/// The files of a pool and how its work is shared out.
pub(super) struct Files {
    agents: Option<String>,
    /// Key and name of the others.
    others: [(&'static str, Option<String>); 3],
    fairness: Option<Fairness>,
}

/// The keys of a pool that are about named agents.
pub(super) fn keys(pool: &mut Reader<'_>) -> Files {
    let agents = pool.get("agents");
    let others = ["absences", "wishes", "worked"].map(|key| (key, pool.get::<String>(key)));
    let fairness = pool.within("fairness", |reader| {
        let usual = Fairness::default();
        let clock = |clock: Option<Clock>, otherwise| clock.map_or(otherwise, |Clock(m)| m);
        Fairness {
            weight: reader.get::<f64>("weight").unwrap_or(usual.weight),
            early_minute: clock(reader.get("early_before"), usual.early_minute),
            late_minute: clock(reader.get("late_from"), usual.late_minute),
        }
    });
    for (key, _) in &others {
        if pool.lacks(key, "agents") {
            pool.fault(
                key,
                FaultCode::MissingKey,
                format!("`{key}` without `agents`"),
                "name the file of the agents in `agents`",
            );
        }
    }
    Files {
        agents,
        others,
        fairness,
    }
}

/// The agents of a pool, and what its files say about them.
pub(super) fn read(
    reader: &Reader<'_>,
    files: &Files,
    pool: &Pool,
    source: &mut Source<'_>,
) -> Option<Staff> {
    let name = files.agents.as_ref()?;
    let mut staff = Staff {
        fairness: files.fairness.unwrap_or_default(),
        ..Staff::default()
    };
    let columns = ["agent", "contract", "days", "from", "to"];
    let mut found = file(reader, source, ("agents", name), &columns, 1)?;
    staff.agents = rows::agents(&mut found, pool);
    tell(reader, source, found, "agents");
    for (key, name) in &files.others {
        let Some(name) = name else { continue };
        let (columns, needed): (&[&'static str], usize) = match *key {
            "absences" => (
                &["agent", "first_day", "last_day", "start", "end", "reason"],
                1,
            ),
            "wishes" => (&["agent", "wish", "day", "wanted", "weight"], 2),
            _ => (&["agent", "start", "end"], 3),
        };
        let Some(mut found) = file(reader, source, (key, name), columns, needed) else {
            continue;
        };
        match *key {
            "absences" => staff.absences = rows::absences(&mut found, pool.zone),
            "wishes" => staff.wishes = rows::wishes(&mut found),
            _ => staff.worked = rows::worked(&mut found, pool.zone),
        }
        tell(reader, source, found, key);
    }
    Some(staff)
}

/// A file while its rows are read.
pub(super) struct Found {
    file: String,
    columns: Vec<(&'static str, Option<usize>)>,
    pub(super) table: Table,
    pub(super) faults: RowFaults,
    /// Rows of the things that were read.
    pub(super) rows: Vec<u64>,
}

impl Found {
    /// The cell of a column, empty where the file has no such column.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        let known = self.columns.iter().find(|(name, _)| *name == column);
        known.and_then(|(_, at)| *at).map_or("", |at| row.cell(at))
    }
}

/// Opens a file and finds its columns, of which the first so many must be there.
fn file(
    reader: &Reader<'_>,
    source: &Source<'_>,
    (key, name): (&'static str, &str),
    columns: &[&'static str],
    needed: usize,
) -> Option<Found> {
    let bytes = match source.shelf.find(source.folders, name) {
        Ok(bytes) => bytes,
        Err(e) => {
            let what = format!("`{name}` cannot be read: {e}");
            let action = "put the file into the scenario folder, one it extends or the data folder";
            reader.fault(key, FaultCode::MissingFile, what, action);
            return None;
        }
    };
    let mut faults = RowFaults::new(name);
    let Some(table) = Table::read(&bytes, b',', &mut faults) else {
        faults.tell(reader.report());
        return None;
    };
    let mut is_whole = true;
    for column in columns.iter().take(needed) {
        if table.column(column).is_none() {
            let what = format!("there is no column `{column}`");
            let action = "add it; cells are divided by commas";
            faults.push(
                Some(1),
                Some(column),
                FaultCode::MissingColumn,
                what,
                action,
            );
            is_whole = false;
        }
    }
    for (at, header) in table.header.iter().enumerate() {
        if !columns.contains(&header.as_str()) {
            let near = nearest(header, columns.iter().copied()).unwrap_or_default();
            let what = format!("unknown column `{header}`");
            let action = format!("remove it, or write the nearest known column, `{near}`");
            faults.push(Some(1), Some(header), FaultCode::UnknownKey, what, action);
        } else if table.column(header) != Some(at) {
            let what = format!("column `{header}` is given twice");
            let action = "keep one of them";
            faults.push(Some(1), Some(header), FaultCode::Duplicate, what, action);
        }
    }
    if !is_whole {
        faults.tell(reader.report());
        reader.report().mark_incomplete();
        return None;
    }
    let columns = columns.iter().map(|c| (*c, table.column(c))).collect();
    Some(Found {
        file: name.to_owned(),
        columns,
        table,
        faults,
        rows: Vec::new(),
    })
}

/// Hands on the faults of a file, and keeps where its things came from.
fn tell(reader: &Reader<'_>, source: &mut Source<'_>, found: Found, key: &str) {
    for (index, &row) in found.rows.iter().enumerate() {
        let path = format!("{}.staff.{key}[{index}]", reader.path());
        let place = |column: Option<&str>| Place {
            file: Some(found.file.clone()),
            row: Some(row),
            column: column.map(str::to_owned),
            path: None,
        };
        for (column, _) in &found.columns {
            let path = format!("{path}.{column}");
            source.origins.set(path, place(Some(column)));
        }
        source.origins.set(path, place(None));
    }
    found.faults.tell(reader.report());
}
