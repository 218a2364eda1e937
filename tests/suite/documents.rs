//! The documents: sources of formulas are in the list of references, links lead somewhere, and every
//! example and story is told of.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wfm::format::parse_scenario;
use wfm::milp::Silent;
use wfm::scheduling::Strategy;

use crate::reference::solvers;
use crate::support::planned;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// All files below a folder that end like this.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Paragraphs of comments.
fn paragraphs(code: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in code.lines().map(str::trim_start) {
        let words = line
            .strip_prefix("//!")
            .or_else(|| line.strip_prefix("///"));
        match words.map(str::trim) {
            Some(words) if !words.is_empty() => {
                let last = found.last_mut().unwrap();
                last.push(' ');
                last.push_str(words);
            }
            _ => found.push(String::new()),
        }
    }
    found
}

/// Names before years of a paragraph: `Gans & Zhou (2003)` gives Zhou and 2003.
fn sources(paragraph: &str) -> Vec<(String, String)> {
    let Some((_, sources)) = paragraph.split_once("Source.**") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut name = None;
    for word in sources.split([' ', '(', ')', ',', ';', '.', ':', '"', '`', '/']) {
        let is_year = word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
        if let (true, Some(name)) = (is_year, &name) {
            found.push((String::clone(name), word.to_owned()));
        }
        if word.chars().next().is_some_and(char::is_uppercase) {
            name = Some(word.to_owned());
        }
    }
    found
}

#[test]
fn the_sources_of_formulas_are_in_the_references() {
    let list = text("docs/REFERENCES.md");
    let entries: Vec<String> = (list.split("\n- ").skip(1))
        .map(|entry| entry.replace("\n  ", " "))
        .collect();
    let (mut seen, mut missing) = (0, Vec::new());
    for file in files(&root().join("src"), "rs") {
        let code = fs::read_to_string(&file).unwrap();
        for (name, year) in paragraphs(&code).iter().flat_map(|p| sources(p)) {
            seen += 1;
            let is_there = |e: &String| e.contains(&name) && e.contains(&year);
            if !entries.iter().any(is_there) {
                missing.push(format!("{name} {year}, {}", file.display()));
            }
        }
    }
    assert!(seen > 40, "{seen}");
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut pages = files(&root().join("docs"), "md");
    pages.extend(["README.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(|f| root().join(f)));
    for page in pages {
        let words = fs::read_to_string(&page).unwrap();
        for rest in words.split("](").skip(1) {
            let target = rest.split([')', '#']).next().unwrap();
            if target.is_empty() || target.starts_with("http") {
                continue;
            }
            let file = page.parent().unwrap().join(target);
            assert!(file.exists(), "{} in {}", target, page.display());
        }
    }
}

#[test]
fn every_example_is_told_of() {
    let readme = text("README.md") + &text("docs/guide.md");
    for entry in fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        let is_example =
            path.extension().is_some_and(|e| e == "rs") || path.join("main.rs").exists();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            !is_example || readme.contains(&format!("`{name}`")),
            "{name}"
        );
    }
}

/// The first block of a kind.
fn block<'a>(page: &'a str, kind: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_files_of_the_guide_make_a_plan() {
    let guide = text("docs/guide.md");
    let calls = block(&guide, "csv");
    let files = [
        ("scenario.toml", block(&guide, "toml")),
        ("calls.csv", calls),
    ];
    let files: BTreeMap<String, Vec<u8>> = (files.into_iter())
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .collect();
    let scenario = parse_scenario(&files).unwrap().scenario;
    let Some(solvers) = solvers() else { return };
    let plan = planned(&scenario, &Strategy::new(solvers), &Silent).unwrap();
    // One week of history: the same weekday comes again.
    let rows = calls
        .lines()
        .skip(1)
        .map(|row| row.split(';').nth(2).unwrap());
    let came: f64 = rows.map(|calls| calls.parse::<f64>().unwrap()).sum();
    assert!((plan.contacts() - came).abs() < 1e-6);
    assert!(plan.solved.gap() < 0.01 && plan.missing_hours() < 1e-6);
}
