//! Noise in the files is an error with a place, never a panic.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use wfm::format::Preset;

use super::layouts::{imported, written};
use super::{Case, text};

/// One change of some bytes.
#[derive(Debug, Clone)]
enum Edit {
    Delete(Index, usize),
    Insert(Index, Vec<u8>),
    Swap(Index, Index),
    Set(Index, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let printable = || vec(0x20u8..0x7f, 1..6);
    prop_oneof![
        (index(), 1usize..40).prop_map(|(at, count)| Edit::Delete(at, count)),
        (index(), printable()).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        (index(), vec(any::<u8>(), 1..4)).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        (index(), index()).prop_map(|(a, b)| Edit::Swap(a, b)),
        (index(), prop_oneof![any::<u8>(), b'0'..=b'9']).prop_map(|(at, b)| Edit::Set(at, b)),
    ]
}

fn apply(bytes: &mut Vec<u8>, edits: &[Edit]) {
    for edit in edits {
        if bytes.is_empty() {
            return;
        }
        match edit {
            Edit::Delete(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Edit::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Edit::Swap(a, b) => {
                let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
                bytes.swap(a, b);
            }
            Edit::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
        }
    }
}

/// Reads the files; faults must be useful.
fn survives(case: &Case) -> Result<(), TestCaseError> {
    if let Err(faults) = case.read() {
        prop_assert!(!faults.as_slice().is_empty());
        for fault in faults.as_slice() {
            prop_assert!(!fault.place.to_string().is_empty(), "{fault}");
            prop_assert!(fault.place.file.is_some(), "{fault}");
            prop_assert!(
                !fault.what.is_empty() && !fault.action.is_empty(),
                "{fault}"
            );
        }
    }
    Ok(())
}

/// Belgium with a history of two days, so that many cases are quick.
fn small() -> Case {
    let case = Case::belgium();
    let text = case.file("history.csv");
    let rows: Vec<&str> = text.lines().take(1 + 2 * 48).collect();
    case.with("history.csv", &rows.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn noise_in_the_scenario(edits in vec(edit(), 1..5)) {
        let mut case = small();
        apply(case.0.get_mut("scenario.toml").unwrap(), &edits);
        survives(&case)?;
    }

    #[test]
    fn noise_in_the_history(edits in vec(edit(), 1..9)) {
        let mut case = small();
        apply(case.0.get_mut("history.csv").unwrap(), &edits);
        survives(&case)?;
    }

    /// Every preset, with noise in its file, in the scenario that names it, or in both.
    #[test]
    fn noise_in_other_layouts(
        preset in any::<Index>(),
        edits in (vec(edit(), 0..5), vec(edit(), 0..3)),
        contacts in any::<bool>(),
    ) {
        let preset = Preset::ALL[preset.index(Preset::ALL.len())];
        let file = written(preset);
        let rows: Vec<&str> = file.lines().take(60).collect();
        let mut case = imported(preset, &rows.join("\n"));
        if contacts {
            let scenario = case.file("scenario.toml").replace("[history", "[demand");
            case = case.with("scenario.toml", &scenario.replace("origin =", "# origin ="));
        }
        apply(case.0.get_mut("history.csv").unwrap(), &edits.0);
        apply(case.0.get_mut("scenario.toml").unwrap(), &edits.1);
        survives(&case)?;
    }

    #[test]
    fn noise_in_the_volumes(edits in vec(edit(), 1..5)) {
        let (scenario, volumes) = (text("ondara", "scenario.toml"), text("ondara", "volumes.csv"));
        let mut case = Case::of(&[("scenario.toml", &scenario), ("volumes.csv", &volumes)]);
        apply(case.0.get_mut("volumes.csv").unwrap(), &edits);
        survives(&case)?;
    }

    #[test]
    fn noise_in_one_value(value in "[-0-9.e:\"{}\\[\\]a-zA-Z, =/]{0,16}", line in any::<Index>()) {
        let case = small();
        let text = case.file("scenario.toml");
        let keys = || text.lines().enumerate().filter(|(_, l)| l.contains('='));
        let (number, _) = keys().nth(line.index(keys().count())).unwrap();
        let changed: Vec<String> = text.lines().enumerate().map(|(i, l)| {
            if i == number { format!("{}= {value}", l.split('=').next().unwrap()) } else { l.to_owned() }
        }).collect();
        survives(&case.with("scenario.toml", &changed.join("\n")))?;
    }

    #[test]
    fn any_text(scenario in ".*", history in ".*") {
        survives(&Case::of(&[("scenario.toml", &scenario)]))?;
        survives(&small().with("history.csv", &history))?;
        let versioned = format!("schema_version = 1\n{scenario}");
        survives(&Case::of(&[("scenario.toml", &versioned), ("history.csv", &history)]))?;
    }
}
