//! An instance that is one file: its bytes, and faults that say which file.

use std::path::Path;

use crate::workforce::{Fault, FaultCode, Faults, Place};

/// What `parse` makes of the bytes of a file, the file named in every fault.
pub(super) fn read<T>(
    path: &Path,
    parse: impl FnOnce(&[u8]) -> Result<T, Faults>,
) -> Result<T, Faults> {
    let file = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| Fault {
        place: Place::default().in_file(file.as_str()),
        code: FaultCode::MissingFile,
        what: format!("the file cannot be read: {e}"),
        action: "check its name and who may read it".to_owned(),
    })?;
    parse(&bytes).map_err(|faults| {
        let mut faults = faults.into_vec();
        for fault in &mut faults {
            fault.place.file = Some(file.clone());
        }
        Faults::check(faults).err().unwrap_or_else(unreadable)
    })
}

/// What is said of an instance that cannot be read and has no fault, which does not happen.
pub(super) fn unreadable() -> Faults {
    Faults::from(Fault {
        place: Place::default(),
        code: FaultCode::Syntax,
        what: "the instance cannot be read".to_owned(),
        action: "compare it with one that can".to_owned(),
    })
}
