//! Named agents of pools: what is read, and what is refused with file, row and column.

use std::path::PathBuf;

use wfm::calendar::Weekday;
use wfm::format::{parse_scenario, plan_json};
use wfm::milp::Silent;
use wfm::planning::plan;
use wfm::reporting::{summary, tables};
use wfm::scheduling::named::verify_rosters;
use wfm::workforce::{FaultCode, Staff, WishDay, WishFor};

use super::super::support::{date, exact, utc};
use super::{Case, assert_fault};

const AGENTS: &str = "agent,contract,days,from,to\n\
    Ada,,mon-fri,07:00,20:00\n\
    Ada,,sat,20:00,04:00\n\
    Bea,,,,\n\
    Cem,full,tue thu,,18:00\n\
    Dan,,,,\n\
    Eva,,,,\n";
const ABSENCES: &str = "agent,first_day,last_day,start,end,reason\n\
    Ada,2027-03-26,2027-03-28,,,leave\n\
    Bea,,,2027-03-25T09:00,2027-03-25T11:00,training\n";
const WISHES: &str = "agent,day,wish,wanted,weight\n\
    Ada,tue,free,,2\n\
    Bea,2027-03-23,8h,no,\n\
    Bea,,late,no,0.5\n";
const WORKED: &str = "agent,start,end\n\
    Ada,2027-03-22T12:00,2027-03-22T20:00\n\
    Bea,2027-03-22T14:00:00+01:00,2027-03-22T22:00:00+01:00\n";

/// Belgium whose pool `IN` names its agents.
fn named() -> Case {
    let keys = "contract_hours = 40\ncontracts = [{ id = \"full\", week_hours = 40 }]\n\
        agents = \"agents.csv\"\nabsences = \"absences.csv\"\nwishes = \"wishes.csv\"\n\
        worked = \"worked.csv\"\n\
        fairness = { weight = 0.5, early_before = \"06:30\", late_from = \"13:00\" }\n";
    Case::belgium()
        .toml("contract_hours = 40\n", keys)
        .with("agents.csv", AGENTS)
        .with("absences.csv", ABSENCES)
        .with("wishes.csv", WISHES)
        .with("worked.csv", WORKED)
}

fn staff(case: &Case) -> Staff {
    case.ok().scenario.pools[0].staff.clone().unwrap()
}

#[test]
fn agents_with_all_that_is_known_of_them() {
    let staff = staff(&named());
    let names: Vec<&str> = staff.agents.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["Ada", "Bea", "Cem", "Dan", "Eva"]);
    // A single contract needs no name.
    assert!(staff.agents.iter().all(|a| a.contract == "full"));
    let ada = &staff.agents[0].available;
    assert_eq!((ada[0].days.len(), ada[0].minutes), (5, Some((420, 1200))));
    assert_eq!(
        (ada[1].days.as_slice(), ada[1].minutes),
        ([Weekday::Sat].as_slice(), Some((1200, 1680)))
    );
    assert_eq!(staff.agents[1].available[0].minutes, None);
    let cem = &staff.agents[2].available[0];
    assert_eq!(
        (cem.days.as_slice(), cem.minutes),
        ([Weekday::Tue, Weekday::Thu].as_slice(), Some((0, 1080)))
    );
    // Days of leave are whole local days: the last one has 23 hours.
    let leave = &staff.absences[0];
    assert_eq!(leave.start, utc(date(2027, 3, 25), 23, 0));
    assert_eq!(leave.end, utc(date(2027, 3, 28), 22, 0));
    assert_eq!(staff.absences[1].start, utc(date(2027, 3, 25), 8, 0));
    let wishes: Vec<_> = staff
        .wishes
        .iter()
        .map(|w| (w.day, w.what.clone(), w.wanted, w.weight))
        .collect();
    assert_eq!(
        wishes[0],
        (WishDay::Weekday(Weekday::Tue), WishFor::Free, true, 2.0)
    );
    assert_eq!(
        wishes[1],
        (
            WishDay::Date(date(2027, 3, 23)),
            WishFor::Shift("8h".into()),
            false,
            1.0
        )
    );
    assert_eq!(wishes[2], (WishDay::Every, WishFor::Late, false, 0.5));
    assert_eq!(staff.worked[1].end, utc(date(2027, 3, 22), 21, 0));
    assert_eq!(
        (staff.fairness.early_minute, staff.fairness.late_minute),
        (390, 780)
    );
}

#[test]
fn pools_without_names_are_as_before() {
    assert!(
        Case::belgium()
            .ok()
            .scenario
            .pools
            .iter()
            .all(|p| p.staff.is_none())
    );
}

/// The fault of a changed file.
fn fault(file: &str, from: &str, to: &str) -> wfm::workforce::Fault {
    named().change(file, from, to).fault()
}

#[test]
fn agents_are_refused_by_row_and_column() {
    let twice = fault("agents.csv", "Dan,,,,", "Bea,,wed,,");
    let place = "agents.csv, row 6, column `agent`";
    assert_fault(
        &twice,
        FaultCode::Duplicate,
        place,
        "`Bea` is given twice for Wed",
        "one row",
    );
    let place = "agents.csv, row 5, column `contract`";
    let unknown = fault("agents.csv", "Cem,full", "Cem,half");
    assert_fault(
        &unknown,
        FaultCode::UnknownReference,
        place,
        "contract `half`",
        "name one of full",
    );
    let place = "agents.csv, row 5, column `days`";
    let day = fault("agents.csv", "tue thu", "tue thur");
    assert_fault(
        &day,
        FaultCode::UnknownReference,
        place,
        "`thur`",
        "mon-fri sun",
    );
    let place = "agents.csv, row 2, column `from`";
    let clock = fault("agents.csv", "07:00", "7h");
    assert_fault(&clock, FaultCode::BadTimestamp, place, "`7h`", "08:00");
    let place = "agents.csv, row 2, column `to`";
    let never = fault("agents.csv", "07:00,20:00", "07:00,07:00");
    assert_fault(
        &never,
        FaultCode::OverlappingHours,
        place,
        "at no time",
        "another time",
    );
    let place = "agents.csv, row 1, column `contact`";
    let column = fault("agents.csv", "agent,contract", "agent,contact");
    assert_fault(
        &column,
        FaultCode::UnknownKey,
        place,
        "`contact`",
        "`contract`",
    );
    let contracts = fault("agents.csv", "Ada,,sat", "Ada,half,sat");
    let place = "agents.csv, row 3, column `contract`";
    assert_fault(
        &contracts,
        FaultCode::ImpossibleLimits,
        place,
        "`full` and `half`",
        "one contract",
    );
}

#[test]
fn what_is_said_of_agents_is_refused_by_row_and_column() {
    let unknown = FaultCode::UnknownReference;
    let away = fault("absences.csv", "Bea,,", "Bee,,");
    let place = "absences.csv, row 3, column `agent`";
    assert_fault(&away, unknown, place, "unknown agent `Bee`", "`Bea`");
    let overlap = named().with(
        "absences.csv",
        &format!("{ABSENCES}Ada,2027-03-28,2027-03-29,,,leave\n"),
    );
    let place = "absences.csv, row 4, column `start`";
    assert_fault(
        &overlap.fault(),
        FaultCode::Duplicate,
        place,
        "absence of `Ada` overlaps",
        "join them",
    );
    let backwards = fault("absences.csv", "2027-03-25T11:00", "2027-03-25T08:00");
    let place = "absences.csv, row 3, column `end`";
    assert_fault(
        &backwards,
        FaultCode::ImpossibleLimits,
        place,
        "before it begins",
        "after",
    );
    let both = fault(
        "absences.csv",
        "2027-03-28,,",
        "2027-03-28,2027-03-28T10:00,",
    );
    let place = "absences.csv, row 2, column `first_day`";
    assert_fault(
        &both,
        FaultCode::Duplicate,
        place,
        "first to a last day",
        "`start` and `end`",
    );
    let kind = fault("wishes.csv", "8h", "9h");
    let place = "wishes.csv, row 3, column `wish`";
    assert_fault(&kind, unknown, place, "no shift `9h`", "night or one of 8h");
    let weight = fault("wishes.csv", "free,,2", "free,,2000");
    let place = "wishes.csv, row 2, column `weight`";
    assert_fault(
        &weight,
        FaultCode::OutOfRange,
        place,
        "2000",
        "from 0 to 1000",
    );
    let wanted = fault("wishes.csv", "8h,no", "8h,never");
    let place = "wishes.csv, row 3, column `wanted`";
    assert_fault(&wanted, unknown, place, "`never`", "yes");
    let late = fault(
        "worked.csv",
        "Ada,2027-03-22T12:00,2027-03-22T20:00",
        "Ada,2027-03-23T06:00,2027-03-23T14:00",
    );
    let place = "worked.csv, row 2, column `start`";
    assert_fault(
        &late,
        FaultCode::ImpossibleLimits,
        place,
        "lies in the horizon",
        "before",
    );
    let twice = named().with(
        "worked.csv",
        &format!("{WORKED}Ada,2027-03-22T19:00,2027-03-22T23:00\n"),
    );
    let place = "worked.csv, row 4, column `start`";
    assert_fault(
        &twice.fault(),
        FaultCode::Duplicate,
        place,
        "shift of `Ada` overlaps",
        "join them",
    );
    let columns = named()
        .change("worked.csv", "agent,start,end", "agent,start,finish")
        .faults();
    let codes: Vec<FaultCode> = columns.iter().map(|f| f.code).collect();
    assert_eq!(codes, [FaultCode::MissingColumn, FaultCode::UnknownKey]);
}

#[test]
fn all_faults_are_told_together() {
    let faults = named()
        .change("agents.csv", "Cem,full", "Cem,half")
        .change("absences.csv", "Bea,,", "Bee,,")
        .change("wishes.csv", "8h", "9h")
        .change("worked.csv", "Ada,2027-03-22T12:00", "Ada,2027-03-21T12:00")
        .faults();
    let files: Vec<_> = faults
        .iter()
        .map(|f| f.place.file.clone().unwrap())
        .collect();
    assert_eq!(
        files,
        ["agents.csv", "absences.csv", "wishes.csv", "worked.csv"]
    );
}

#[test]
fn files_belong_to_agents_and_must_be_there() {
    let lone = Case::belgium()
        .toml(
            "contract_hours = 40\n",
            "contract_hours = 40\nwishes = \"wishes.csv\"\n",
        )
        .with("wishes.csv", WISHES);
    let place = "scenario.toml, `pools[0].wishes`";
    assert_fault(
        &lone.fault(),
        FaultCode::MissingKey,
        place,
        "without `agents`",
        "`agents`",
    );
    let mut missing = named();
    missing.0.remove("worked.csv");
    let place = "scenario.toml, `pools[0].worked`";
    assert_fault(
        &missing.fault(),
        FaultCode::MissingFile,
        place,
        "worked.csv",
        "scenario folder",
    );
    let nobody = named()
        .with("agents.csv", "agent\n")
        .with("absences.csv", "agent\n")
        .with("wishes.csv", "agent,wish\n")
        .with("worked.csv", "agent,start,end\n");
    let place = "scenario.toml, `pools[0].staff.agents`";
    assert_fault(
        &nobody.fault(),
        FaultCode::MissingKey,
        place,
        "names no agent",
        "anonymous",
    );
}

#[test]
fn a_plan_gives_its_shifts_to_named_agents() {
    let Some(strategy) = exact() else { return };
    let read = parse_scenario(&named().0).unwrap();
    let made = plan(&read.scenario, &strategy, &Silent).unwrap();
    let schedule = &made.solved.schedule;
    assert_eq!(
        verify_rosters(&made.problem, schedule, &made.rosters),
        Vec::<String>::new()
    );
    let own = &made.rosters[0];
    assert_eq!((own.pool, own.tours.len()), (0, 5));
    let given: usize = own.tours.iter().map(|t| t.shifts.len()).sum();
    let people = schedule.people_of(&made.problem.pools[0].id);
    assert!(people > 0 && given + own.open.len() == people as usize);
    let text = plan_json(&made, &read.input_hash).unwrap();
    assert!(text.contains("\"rosters\"") && text.contains("\"Cem\""));
    assert!(summary(&made).contains("Rosters of named agents"));
    let all = tables(&made);
    let table = all.iter().find(|t| t.name == "roster").unwrap();
    assert_eq!(table.rows.len(), given);
    assert!(all.iter().any(|t| t.name == "open_shifts"));
}

#[test]
fn the_desk_with_names_is_read() {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/scenarios/helpdesk"
    ));
    let read = wfm::format::read_scenario(&folder, &wfm::format::ReadOptions::default()).unwrap();
    let staff = read.scenario.pools[0].staff.as_ref().unwrap();
    assert_eq!(staff.agents.len(), 24);
    assert!(staff.worked.len() > 400);
}
