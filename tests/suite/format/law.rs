//! Laws and contracts of pools: what is read, and what is refused by name.

use std::time::Duration;

use wfm::workforce::FaultCode;

use super::{Case, assert_fault};

/// Belgium with more keys for the pool `IN`.
pub(super) fn with(keys: &str) -> Case {
    Case::belgium().toml(
        "contract_hours = 40\n",
        &format!("contract_hours = 40\n{keys}\n"),
    )
}

#[test]
fn a_pack_and_what_is_different_here() {
    let read = with(
        "law = { pack = \"FR\", daily_rest_hours = 12, week_hours = 46, sunday_allowed = false }",
    );
    let scenario = read.ok().scenario;
    let law = scenario.pools[0].law.clone().unwrap();
    assert_eq!(law.id, "FR");
    assert_eq!(law.daily_rest, Some(Duration::from_secs(12 * 3600)));
    assert_eq!(law.week_hours, Some(46.0));
    assert!(!law.sunday_allowed);
    assert!(scenario.pools[1].law.is_none());
    assert!(scenario.check().is_ok());
}

#[test]
fn contracts_with_all_their_keys() {
    let read = with(
        "contracts = [{ id = \"half\", week_hours = 20, guaranteed_hours = 16, week_days = 4, \
         shifts = [\"8h\"], start_band_minutes = 120, agents_max = 9 }]",
    );
    let contract = read.ok().scenario.pools[0].contracts[0].clone();
    assert_eq!(
        (contract.week_hours, contract.guaranteed_hours),
        (20.0, 16.0)
    );
    assert_eq!((contract.week_days, contract.agents_max), (4, Some(9)));
    assert_eq!(contract.start_band, Some(Duration::from_secs(7200)));
    assert!(contract.allows(&"8h".into()) && !contract.allows(&"5h".into()));
}

#[test]
fn unknown_laws_are_named_with_the_nearest() {
    let fault = with("law = { pack = \"ES-contact-center\" }").fault();
    let place = "scenario.toml, `pools[0].law.pack`";
    let code = FaultCode::UnknownReference;
    assert_fault(
        &fault,
        code,
        place,
        "`ES-contact-centre`",
        "name one of EU, ES",
    );
    // The agreement ends with 2026; the horizon lies in 2027.
    let fault = with("law = { pack = \"ES-contact-centre\" }").fault();
    assert_fault(
        &fault,
        code,
        place,
        "not on 2027-03-23",
        "first day of the horizon",
    );
}

#[test]
fn misspelt_parameters_are_refused() {
    let fault = with("law = { pack = \"ES\", daily_rest_hour = 12 }").fault();
    let place = "scenario.toml, `pools[0].law.daily_rest_hour`";
    let action = "`daily_rest_hours`";
    assert_fault(
        &fault,
        FaultCode::UnknownKey,
        place,
        "daily_rest_hour",
        action,
    );
}

/// What the check of a scenario that can be read says.
fn checked(keys: &str) -> Vec<String> {
    let faults = with(keys).read().map(|read| read.scenario.check());
    let faults = match faults {
        Ok(checked) => checked.unwrap_err(),
        Err(faults) => faults,
    };
    faults.as_slice().iter().map(ToString::to_string).collect()
}

#[test]
fn contracts_that_the_law_has_no_room_for_are_named() {
    let found = checked(
        "law = { pack = \"FR\", overtime_allowed = false }\n\
         contracts = [{ id = \"full\", week_hours = 40, guaranteed_hours = 40 }]",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("pools[0].contracts[0]"), "{found:?}");
    assert!(
        found[0].contains("40 hours a week by contract, 35 ordinary ones by law"),
        "{found:?}"
    );
    assert!(found[0].contains("allow overtime"), "{found:?}");
}

#[test]
fn shifts_that_nobody_may_work_are_named() {
    // No start between 08:00 and 12:00 lies wholly outside a longest day of six hours.
    let found = checked("law = { pack = \"BE\" }");
    assert!(
        found[0].contains("no labour law is called `BE`"),
        "{found:?}"
    );
    let found = checked("law = { pack = \"ES\", day_hours = 6 }");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("law `ES` permits no start of shift `8h`"),
        "{found:?}"
    );
}

#[test]
fn contracts_that_contradict_themselves_are_named() {
    let found = checked(
        "contracts = [{ id = \"a\", week_hours = 6 }, { id = \"a\", week_hours = 20, \
         guaranteed_hours = 30, week_days = 9, shifts = [\"9h\"] }]",
    );
    let all = found.join("\n");
    assert!(all.contains("contract `a` is given twice"), "{all}");
    assert!(
        all.contains("30 of at most 20 hours are guaranteed"),
        "{all}"
    );
    assert!(all.contains("9 days in a week"), "{all}");
    assert!(all.contains("offers no shift `9h`"), "{all}");
    assert!(
        all.contains("no contract of pool `IN` allows shift `8h`"),
        "{all}"
    );
}
