//! Volumes of a profile.

use wfm::workforce::FaultCode;

use super::{Case, assert_fault, text};

fn ondara() -> Case {
    let (scenario, volumes) = (
        text("ondara", "scenario.toml"),
        text("ondara", "volumes.csv"),
    );
    Case::of(&[("scenario.toml", &scenario), ("volumes.csv", &volumes)])
}

fn volumes(from: &str, to: &str) -> Case {
    ondara().change("volumes.csv", from, to)
}

#[test]
fn shares_and_names() {
    let place = |column: &str| format!("volumes.csv, row 2, column `{column}`");
    let fault = volumes("UK,42000", "UX,42000").fault();
    let code = FaultCode::UnknownReference;
    assert_fault(&fault, code, &place("market"), "`UX`", "`UK`");
    let fault = volumes("UK,42000", "UK,-42000").fault();
    let code = FaultCode::NegativeVolume;
    assert_fault(
        &fault,
        code,
        &place("contacts_month"),
        "below zero",
        "give 0",
    );
    let fault = volumes("42000,en:1.00", "42000,en").fault();
    let code = FaultCode::NotANumber;
    assert_fault(&fault, code, &place("languages"), "`en`", "en:0.88|es:0.12");
    let fault = volumes("en:1.00,0.28", "en:1.00,0.58").fault();
    let code = FaultCode::OutOfRange;
    assert_fault(
        &fault,
        code,
        &place("social"),
        "add up to 1.3",
        "add up to 1",
    );
    let fault = volumes("email", "emial").faults();
    let place = "volumes.csv, row 1, column `emial`";
    assert_fault(
        &fault[0],
        FaultCode::UnknownKey,
        place,
        "`emial`",
        "`email`",
    );
}

#[test]
fn a_language_without_a_queue() {
    let fault = volumes("sv:0.80", "da:0.80").faults();
    let place = "volumes.csv, row 11, column `languages`";
    let what = "contacts of da-L1 by chat from SE have no queue";
    assert_fault(
        &fault[0],
        FaultCode::UnknownReference,
        place,
        what,
        "define a queue",
    );
}

#[test]
fn no_volume_at_all() {
    let header = "market,contacts_month,languages,phone,chat,email,social\n";
    let fault = ondara().with("volumes.csv", header).fault();
    let action = "one row for each market";
    assert_fault(
        &fault,
        FaultCode::EmptyHistory,
        "volumes.csv",
        "no volume",
        action,
    );
}

#[test]
fn keys_of_the_profile() {
    let fault = ondara().toml("0.93, 0.92, 0.95]", "0.93, 0.92]").fault();
    let place = "scenario.toml, `profile.month_factors`";
    assert_fault(
        &fault,
        FaultCode::OutOfRange,
        place,
        "11 values where 12",
        "exactly 12",
    );
    let fault = ondara()
        .toml("since = \"2027-01\"", "since = \"January\"")
        .fault();
    let place = "scenario.toml, `profile.deflection.since`";
    assert_fault(
        &fault,
        FaultCode::OutOfRange,
        place,
        "January",
        "date such as",
    );
    let fault = ondara()
        .toml(
            "markets = [\"US\"]\nchannels",
            "markets = [\"USA\"]\nchannels",
        )
        .fault();
    let place = "scenario.toml, `profile.shapes[0].markets[0]`";
    assert_fault(&fault, FaultCode::UnknownReference, place, "`USA`", "`US`");
}
