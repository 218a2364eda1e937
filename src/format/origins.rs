//! Where in the files each part of a scenario came from, so that faults of the whole scenario
//! point into them.

use std::collections::BTreeMap;

use crate::workforce::{Fault, Place};

/// Places in the files by path in the scenario.
#[derive(Debug, Default)]
pub(super) struct Origins {
    places: BTreeMap<String, Place>,
}

impl Origins {
    /// Remembers where the part at a path came from.
    pub(super) fn set(&mut self, path: String, place: Place) {
        self.places.insert(path, place);
    }

    /// The fault with its place in the files.
    pub(super) fn trace(&self, mut fault: Fault) -> Fault {
        let Some(path) = fault.place.path.clone() else {
            return fault;
        };
        let inside = |rest: &str| rest.is_empty() || rest.starts_with(['.', '[']);
        let known = (self.places.iter())
            .filter(|(part, _)| path.strip_prefix(part.as_str()).is_some_and(inside))
            .max_by_key(|(part, _)| part.len());
        if let Some((part, place)) = known {
            let rest = path.get(part.len()..).unwrap_or_default();
            fault.place = place.clone();
            if let Some(path) = &mut fault.place.path {
                path.push_str(rest);
            }
        }
        fault
    }
}
