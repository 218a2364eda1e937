//! Where files come from, which of them were read, and the hash over them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::PathBuf;

use sha2::{Digest, Sha256};

/// Files by name, relative to the scenario folder: `scenario.toml`, `history.csv`,
/// `../ondara/scenario.toml`.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// The error of the medium; [`ErrorKind::NotFound`] when there is no such file, which makes
    /// the reader look in the next place.
    fn read(&self, name: &str) -> Result<Vec<u8>>;
}

impl Files for BTreeMap<String, Vec<u8>> {
    fn read(&self, name: &str) -> Result<Vec<u8>> {
        let missing = || Error::new(ErrorKind::NotFound, "there is no such file");
        self.get(name).cloned().ok_or_else(missing)
    }
}

/// A folder on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn read(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.0.join(name);
        fs::read(&path).map_err(|e| Error::new(e.kind(), format!("{}: {e}", path.display())))
    }
}

/// The files of one scenario: looked up in its folder, in those it extends, then in the data
/// folder. Remembers what was read.
pub(super) struct Shelf<'a> {
    files: &'a dyn Files,
    data: Option<&'a dyn Files>,
    hash: RefCell<Sha256>,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(files: &'a dyn Files, data: Option<&'a dyn Files>) -> Self {
        Self {
            files,
            data,
            hash: RefCell::new(Sha256::new()),
        }
    }

    /// A file that has one place only.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>> {
        let bytes = self.files.read(name)?;
        self.remember(name, &bytes);
        Ok(bytes)
    }

    /// A file that may be in any of the folders; `""` is that of the scenario.
    pub(super) fn find(&self, folders: &[String], name: &str) -> Result<Vec<u8>> {
        for folder in folders {
            match self.read(&join(folder, name)) {
                Err(e) if e.kind() == ErrorKind::NotFound => {}
                other => return other,
            }
        }
        let missing = Error::new(ErrorKind::NotFound, "there is no such file");
        let bytes = self.data.map_or(Err(missing), |data| data.read(name))?;
        self.remember(name, &bytes);
        Ok(bytes)
    }

    fn remember(&self, name: &str, bytes: &[u8]) {
        let mut hash = self.hash.borrow_mut();
        for part in [name.as_bytes(), bytes] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }

    /// Lowercase hexadecimal SHA-256 over name and bytes of every file in the order read, each
    /// with its length (64 bits, little endian) before it.
    pub(super) fn hash(&self) -> String {
        let digest = self.hash.borrow().clone().finalize();
        digest.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// A name in a folder, with `a/../` and `./` taken out.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() || name.starts_with('/') {
        return normal(name);
    }
    normal(&format!("{folder}/{name}"))
}

fn normal(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for (index, part) in name.split('/').enumerate() {
        let inside = parts
            .last()
            .is_some_and(|&last| last != ".." && !last.is_empty());
        match part {
            "." => {}
            "" if index > 0 => {}
            ".." if inside => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_normal() {
        assert_eq!(join("", "./history.csv"), "history.csv");
        assert_eq!(join("../ondara", "volumes.csv"), "../ondara/volumes.csv");
        assert_eq!(join("../ondara", "../base"), "../base");
        assert_eq!(join("../a", "/data/x.csv"), "/data/x.csv");
    }
}
