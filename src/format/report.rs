//! Faults as they are found, and how much of the scenario could be read in spite of them.

use std::cell::{Cell, RefCell};

use super::schema::Visit;
use crate::workforce::{Fault, FaultCode};

/// Collects faults while files are read.
#[derive(Debug, Default)]
pub(super) struct Report {
    faults: RefCell<Vec<Fault>>,
    incomplete: Cell<bool>,
    without_streams: Cell<bool>,
    /// Tables as they were read, where the schema of a file is wanted.
    visits: Option<RefCell<Vec<Visit>>>,
}

impl Report {
    /// A report that notes what is asked of every table.
    pub(super) fn noting() -> Self {
        Self {
            visits: Some(RefCell::default()),
            ..Self::default()
        }
    }

    pub(super) const fn is_noting(&self) -> bool {
        self.visits.is_some()
    }

    /// A table was read.
    pub(super) fn note(&self, visit: Visit) {
        if let Some(visits) = &self.visits {
            visits.borrow_mut().push(visit);
        }
    }

    pub(super) fn into_visits(self) -> Vec<Visit> {
        self.visits.map(RefCell::into_inner).unwrap_or_default()
    }

    pub(super) fn push(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// A fault at a path of the scenario file.
    pub(super) fn at(
        &self,
        path: impl Into<String>,
        code: FaultCode,
        what: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.push(Fault::at(path, code, what, action));
    }

    /// Something that must be there could not be read, so the scenario has a hole.
    pub(super) fn mark_incomplete(&self) {
        self.incomplete.set(true);
    }

    /// Whether the scenario has a hole.
    pub(super) fn is_incomplete(&self) -> bool {
        self.incomplete.get()
    }

    /// Contacts could not be read, so queues without any are no news.
    pub(super) fn mark_without_streams(&self) {
        self.without_streams.set(true);
    }

    /// Whether contacts could not be read.
    pub(super) fn is_without_streams(&self) -> bool {
        self.without_streams.get()
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }
}

/// Path of a key within a table or an object.
pub(super) fn key_path(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// The most similar of some names.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let likeness = |word: &str| strsim::jaro_winkler(&word.to_lowercase(), &lower);
    known
        .into_iter()
        .map(|word| (likeness(word), word))
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, word)| word)
}

/// What to do about a name that is not known: the nearest known one, or define it.
pub(super) fn instead<'a>(
    noun: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    nearest(name, known).map_or_else(
        || format!("define the {noun} first"),
        |near| format!("use a known {noun}; the nearest is `{near}`"),
    )
}
