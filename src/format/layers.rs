//! A scenario file and those it extends: reading, versions, merging, and who said what.

use toml::{Table, Value};

use super::files::{Shelf, join};
use super::report::Report;
use crate::workforce::{Fault, FaultCode, Place};

/// Most files that may be extended one after another.
const DEEPEST: usize = 4;
/// The version of the format.
const VERSION: i64 = 1;
const NAME: &str = "scenario.toml";

/// The files of a scenario, the extending one before the extended one.
pub(super) struct Layers {
    layers: Vec<Layer>,
}

struct Layer {
    folder: String,
    file: String,
    table: Table,
}

impl Layers {
    /// Reads the chain of files. `None` when one of them is missing, broken or of another version.
    pub(super) fn read(shelf: &Shelf<'_>, report: &Report) -> Option<Self> {
        let mut layers: Vec<Layer> = Vec::new();
        let mut folder = String::new();
        loop {
            let file = join(&folder, NAME);
            let table = read_table(shelf, &file, layers.last(), report)?;
            let base = base_of(&table, &file, report)?;
            layers.push(Layer {
                folder: folder.clone(),
                file: file.clone(),
                table,
            });
            let Some(base) = base else {
                return Some(Self { layers });
            };
            folder = join(&folder, &base);
            let told = |what: String, action: &str| {
                let fault = Fault::at("extends", FaultCode::ImpossibleLimits, what, action);
                report.push(in_file(fault, &file));
            };
            if layers.iter().any(|l| l.folder == folder) {
                let what = format!("`{base}` extends itself in the end");
                told(what, "let the chain end at a scenario without `extends`");
                return None;
            }
            if layers.len() > DEEPEST {
                let what = format!("more than {DEEPEST} scenarios extend one another");
                told(what, "extend a scenario nearer to the base");
                return None;
            }
        }
    }

    /// Everything that is said: tables merge key by key, all else of the extending file replaces.
    pub(super) fn merged(&self) -> Table {
        let mut whole = Table::new();
        for layer in self.layers.iter().rev() {
            merge(&mut whole, &layer.table);
        }
        whole
    }

    /// The folders to look for files in.
    pub(super) fn folders(&self) -> Vec<String> {
        self.layers.iter().map(|l| l.folder.clone()).collect()
    }

    /// The file that says what is at a path, or that should.
    pub(super) fn file_of(&self, path: &str) -> String {
        let mut here: Vec<(&str, &Table)> = (self.layers.iter())
            .map(|l| (l.file.as_str(), &l.table))
            .collect();
        for key in path.split(['.', '[']) {
            let found: Vec<(&str, &Value)> = (here.iter())
                .filter_map(|(file, table)| Some((*file, table.get(key)?)))
                .collect();
            let Some((first, value)) = found.first() else {
                break;
            };
            if !value.is_table() {
                return (*first).to_owned();
            }
            here = (found.iter())
                .filter_map(|(file, value)| Some((*file, value.as_table()?)))
                .collect();
        }
        here.first().map_or(NAME, |(file, _)| file).to_owned()
    }
}

pub(super) fn merge(whole: &mut Table, over: &Table) {
    for (key, value) in over {
        match (whole.get_mut(key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            _ => {
                whole.insert(key.clone(), value.clone());
            }
        }
    }
}

fn in_file(mut fault: Fault, file: &str) -> Fault {
    fault.place = fault.place.in_file(file);
    fault
}

fn read_table(
    shelf: &Shelf<'_>,
    file: &str,
    above: Option<&Layer>,
    report: &Report,
) -> Option<Table> {
    let fault = |code, row, what: String, action: &str| Fault {
        place: Place {
            file: Some(file.to_owned()),
            row,
            ..Place::default()
        },
        code,
        what,
        action: action.to_owned(),
    };
    let bytes = match shelf.read(file) {
        Ok(bytes) => bytes,
        Err(e) => {
            let what = format!("the file cannot be read: {e}");
            let fault = fault(
                FaultCode::MissingFile,
                None,
                what,
                "give the folder of a scenario, which holds a `scenario.toml`",
            );
            report.push(match above {
                Some(layer) => Fault {
                    place: Place::path("extends").in_file(&layer.file),
                    what: format!("`{file}` cannot be read: {e}"),
                    action: "give the path of a scenario folder, from this one".to_owned(),
                    ..fault
                },
                None => fault,
            });
            return None;
        }
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let what = format!("the file is not UTF-8: {e}");
            let action = "save it as UTF-8";
            report.push(fault(FaultCode::Syntax, None, what, action));
            return None;
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    match text.parse::<Table>() {
        Ok(table) => Some(table),
        Err(e) => {
            let before = e.span().and_then(|span| text.get(..span.start));
            let row = before.map(|t| t.matches('\n').count() as u64 + 1);
            let what = format!("broken TOML: {}", e.message().replace('\n', ", "));
            let action = "correct the line; texts need quotes, a key may come once";
            report.push(fault(FaultCode::Syntax, row, what, action));
            None
        }
    }
}

/// Checks the version; then the folder that is extended, if any.
#[expect(
    clippy::option_option,
    reason = "the outer one is whether the file can be used at all"
)]
fn base_of(table: &Table, file: &str, report: &Report) -> Option<Option<String>> {
    let told = |path: &str, code, what: String, action: &str| {
        report.push(in_file(Fault::at(path, code, what, action), file));
        None
    };
    let key = "schema_version";
    let action = "write `schema_version = 1` as the first line";
    match table.get(key) {
        Some(Value::Integer(VERSION)) => {}
        None => {
            let what = "there is no `schema_version`".to_owned();
            return told(key, FaultCode::MissingKey, what, action);
        }
        Some(Value::Integer(other)) => {
            let what = format!("version {other} is not read by this version, {VERSION} is");
            return told(key, FaultCode::SchemaVersion, what, action);
        }
        Some(other) => {
            let what = format!("a {} where a whole number is expected", other.type_str());
            return told(key, FaultCode::WrongType, what, action);
        }
    }
    match table.get("extends") {
        None => Some(None),
        Some(Value::String(base)) if !base.is_empty() => Some(Some(base.clone())),
        Some(_) => {
            let what = "`extends` is not the path of a folder".to_owned();
            let action = "give a text such as \"../ondara\"";
            told("extends", FaultCode::WrongType, what, action)
        }
    }
}
