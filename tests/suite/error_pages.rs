//! The page of each fault code: its example makes that fault, and the fault says what is printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wfm::format::{parse_instance, parse_scenario};
use wfm::milp::Silent;
use wfm::planning::{PlanError, plan};
use wfm::scheduling::{Solvers, Strategy};
use wfm::workforce::{FaultCode, Faults};

use crate::reference::solvers;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(code: FaultCode) -> String {
    let path = root().join(format!("docs/errors/{code}.md"));
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The lines of the first block of a kind.
fn block<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    let lines = page.lines();
    let inside = lines
        .skip_while(|line| *line != format!("```{kind}"))
        .skip(1);
    inside.take_while(|line| *line != "```").collect()
}

/// A shipped file, and it with the change of a page: `--- FILE`, then lines to take out and lines to
/// put in their place; lines that are taken out are there once.
fn changed(page: &str) -> (PathBuf, String) {
    let mut change = block(page, "diff").into_iter().peekable();
    let place = change.next().and_then(|line| line.strip_prefix("--- "));
    let file = root().join(place.unwrap());
    let mut text = fs::read_to_string(&file).unwrap();
    while change.peek().is_some() {
        let mut run = |sign: char| {
            let mut lines = String::new();
            while let Some(line) = change.next_if(|line| line.starts_with(sign)) {
                lines.push_str(&line[1..]);
                lines.push('\n');
            }
            lines
        };
        let (old, new) = (run('-'), run('+'));
        assert_eq!(
            text.matches(&old).count(),
            1,
            "`{old}` in {}",
            file.display()
        );
        text = text.replacen(&old, &new, 1);
    }
    (file, text)
}

/// What is wrong with a changed file, in the words of its reader.
fn faults(file: &Path, text: String, solvers: Solvers) -> Option<Faults> {
    if file.extension().is_some_and(|e| e == "json") {
        return parse_instance(text.as_bytes()).err();
    }
    let beside = fs::read_dir(file.parent().unwrap()).unwrap();
    let mut files: BTreeMap<String, Vec<u8>> = beside
        .map(|entry| entry.unwrap().path())
        .map(|path| (name(&path), fs::read(path).unwrap()))
        .collect();
    files.insert(name(file), text.into_bytes());
    let read = match parse_scenario(&files) {
        Ok(read) => read,
        Err(faults) => return Some(faults),
    };
    // What only forecasting can know.
    match plan(&read.scenario, &Strategy::new(solvers), &Silent) {
        Err(PlanError::Input(faults)) => Some(faults),
        _ => None,
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn each_code_has_a_page_whose_example_makes_it() {
    let Some(solvers) = solvers() else { return };
    let mut wrong = Vec::new();
    for &code in FaultCode::ALL {
        let page = page(code);
        let title = page.lines().next().unwrap_or_default();
        assert!(title.starts_with(&format!("# {code} ")), "{title}");
        for heading in ["## Example", "## What to do"] {
            assert!(page.contains(heading), "{code} has no `{heading}`");
        }
        let told = block(&page, "text").join("\n");
        let (file, text) = changed(&page);
        let found = faults(&file, text, solvers);
        let is_meant = |faults: &Faults| faults.as_slice().iter().any(|f| f.code == code);
        let found = (found.filter(is_meant)).map_or("not this fault".to_owned(), |f| f.to_string());
        if told != found {
            wrong.push(format!("{code}\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_page_is_listed_and_of_a_code() {
    let list = fs::read_to_string(root().join("docs/errors/README.md")).unwrap();
    let pages = fs::read_dir(root().join("docs/errors")).unwrap();
    let mut count = 0;
    for entry in pages {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(code) = name.strip_suffix(".md").filter(|n| *n != "README") else {
            continue;
        };
        assert!(list.contains(&format!("[{code}]({name})")), "{name}");
        assert!(
            FaultCode::ALL.iter().any(|c| c.to_string() == code),
            "{name}"
        );
        count += 1;
    }
    assert_eq!(count, FaultCode::ALL.len());
}
