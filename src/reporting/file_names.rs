//! Names of files made of names that people gave.

use std::collections::BTreeSet;

/// Bytes of each part of a name; file systems take 255 for the whole.
const LONGEST: usize = 100;

/// Names of files that are in use, in small letters, since some file systems do not tell them from
/// capitals.
#[derive(Debug, Default)]
pub(super) struct FileNames(BTreeSet<String>);

impl FileNames {
    /// A name of its parts that no other file has: letters, digits, `-` and `_`.
    pub(super) fn unique(&mut self, parts: &[&str]) -> String {
        let safe = |part: &&str| -> String {
            let keep = |c: char| {
                if c.is_alphanumeric() || c == '-' {
                    c
                } else {
                    '_'
                }
            };
            let mut name = String::new();
            for c in part.chars().map(keep) {
                if name.len() + c.len_utf8() > LONGEST {
                    break;
                }
                name.push(c);
            }
            name
        };
        let stem = parts.iter().map(safe).collect::<Vec<_>>().join("--");
        let mut name = stem.clone();
        let mut turn = 1;
        while !self.0.insert(name.to_lowercase()) {
            turn += 1;
            name = format!("{stem}_{turn}");
        }
        name
    }
}
