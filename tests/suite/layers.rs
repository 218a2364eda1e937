//! The architecture, checked: which layer names which, and how long files are.

use std::fs;
use std::path::{Path, PathBuf};

/// Layer of each module; arrows only go from a later layer to an earlier one.
const LAYERS: &[(&str, u8)] = &[
    ("units", 0),
    ("calendar", 1),
    ("workforce", 2),
    ("queueing", 3),
    ("forecasting", 3),
    ("milp", 3),
    ("requirements", 4),
    ("scheduling", 5),
    ("simulation", 5),
    ("planning", 6),
    ("reporting", 7),
    ("format", 7),
];

/// Islands and what else they may use.
const ISLANDS: &[(&str, &[&str])] = &[
    ("queueing", &["units"]),
    ("milp", &[]),
    ("forecasting", &["units", "calendar"]),
];

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|l| l.1)
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Module a file belongs to, and its text without comments and unit tests.
fn code_of(path: &Path) -> (String, String) {
    let inside = path.strip_prefix(source_root()).unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    let module = first.trim_end_matches(".rs").to_owned();
    let text = fs::read_to_string(path).unwrap();
    let code: Vec<&str> = text
        .lines()
        .take_while(|l| !l.starts_with("#[cfg(test)]"))
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect();
    (module, code.join("\n"))
}

/// Modules named behind `crate::`, also inside braces.
fn named_modules(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or("").to_owned(),
            None => rest
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or("")
                .to_owned(),
        };
        for name in names.split(',') {
            let name = name.trim().split("::").next().unwrap_or("").to_owned();
            if !name.is_empty() {
                found.push(name);
            }
        }
    }
    found
}

#[test]
fn arrows_go_to_earlier_layers_only() {
    let mut seen = 0;
    for path in sources(&source_root()) {
        let (module, code) = code_of(&path);
        if module == "lib" {
            continue;
        }
        let own = layer(&module).unwrap_or_else(|| panic!("{module} has no layer"));
        for used in named_modules(&code) {
            if used == module {
                continue;
            }
            let theirs =
                layer(&used).unwrap_or_else(|| panic!("{} names crate::{used}", path.display()));
            assert!(
                theirs < own,
                "{} (layer {own}) names {used} (layer {theirs})",
                path.display()
            );
            if let Some((_, allowed)) = ISLANDS.iter().find(|(name, _)| *name == module) {
                assert!(
                    allowed.contains(&used.as_str()),
                    "{} names {used}",
                    path.display()
                );
            }
            seen += 1;
        }
    }
    assert!(
        seen > 50,
        "only {seen} arrows were found: the reader of `use` lines is broken"
    );
}

#[test]
fn special_rooms_keep_their_tools() {
    for path in sources(&source_root()) {
        let (module, code) = code_of(&path);
        let name = path.display();
        assert!(
            module == "milp" || !code.contains("good_lp"),
            "{name} names good_lp"
        );
        assert!(
            module == "calendar" || !code.contains("chrono_tz"),
            "{name} names chrono_tz"
        );
        let derives = code.contains("Serialize") || code.contains("Deserialize");
        assert!(module == "format" || !derives, "{name} derives serde");
    }
}

#[test]
fn files_stay_small() {
    let mut lengths: Vec<(usize, PathBuf)> = sources(&source_root())
        .into_iter()
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .collect();
    lengths.sort();
    let median = lengths[lengths.len() / 2].0;
    let (longest, path) = lengths.last().unwrap();
    assert!(median <= 200, "median file has {median} lines");
    assert!(*longest <= 700, "{} has {longest} lines", path.display());
}
