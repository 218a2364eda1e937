//! Every reference row, evaluated as the staffing example evaluates it.

use std::collections::BTreeMap;

use crate::reference::root;

#[path = "../../../examples/staffing/cases/mod.rs"]
mod cases;

/// Checks every row of a file and names those that are out of tolerance.
fn check(file: &str, rows: usize) {
    let read = cases::read(&root().join("tests/reference").join(file)).unwrap();
    assert_eq!(read.len(), rows, "{file}");
    let (mut misses, mut passed) = (Vec::new(), BTreeMap::new());
    for case in &read {
        match cases::evaluate(case) {
            Ok(found) if case.accepts(found).unwrap() => {
                *passed.entry(case.model()).or_insert(0) += 1;
            }
            Ok(found) => misses.push(format!("{case:?}: {found}")),
            Err(error) => misses.push(error.to_string()),
        }
    }
    println!("{file}: {passed:?}");
    assert!(misses.is_empty(), "{file}:\n{}", misses.join("\n"));
}

#[test]
fn reference_cases_of_every_model() {
    check("queueing.csv", 690);
}

#[test]
fn erlang_b_c_and_a_to_twelve_digits() {
    check("erlang_digits.csv", 1045);
}

#[test]
fn a_case_that_cannot_be_read_is_named() {
    let text = "id,model,quantity,servers,load_erl,value\nX1,erlang_b,blocking,many,2,0.4\n";
    let file = std::env::temp_dir().join(format!("wfm-cases-{}.csv", std::process::id()));
    std::fs::write(&file, text).unwrap();
    let rows = cases::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let error = cases::evaluate(&rows[0]).unwrap_err().to_string();
    assert_eq!(error, "row X1: `many` cannot be used for `servers`");
    assert!(cases::read(&file).is_err());
}
