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

/// A change of a file, and the fault it makes: code, row and column, what and action.
type Refused<'a> = (
    &'a str,
    &'a str,
    FaultCode,
    (usize, &'a str),
    &'a str,
    &'a str,
);

fn assert_refused(file: &str, changes: &[Refused<'_>]) {
    for &(from, to, code, (row, column), what, action) in changes {
        let place = format!("{file}, row {row}, column `{column}`");
        assert_fault(&fault(file, from, to), code, &place, what, action);
    }
}

#[test]
fn agents_are_refused_by_row_and_column() {
    use FaultCode::{
        BadTimestamp, Duplicate, ImpossibleLimits, OverlappingHours, UnknownKey, UnknownReference,
    };
    let changes = [
        (
            "Dan,,,,",
            "Bea,,wed,,",
            Duplicate,
            (6, "agent"),
            "`Bea` is given twice for Wed",
            "one row",
        ),
        (
            "Cem,full",
            "Cem,half",
            UnknownReference,
            (5, "contract"),
            "contract `half`",
            "name one of full",
        ),
        (
            "tue thu",
            "tue thur",
            UnknownReference,
            (5, "days"),
            "`thur`",
            "mon-fri sun",
        ),
        ("07:00", "7h", BadTimestamp, (2, "from"), "`7h`", "08:00"),
        (
            "07:00,20:00",
            "07:00,07:00",
            OverlappingHours,
            (2, "to"),
            "at no time",
            "another time",
        ),
        (
            "agent,contract",
            "agent,contact",
            UnknownKey,
            (1, "contact"),
            "`contact`",
            "`contract`",
        ),
        (
            "Ada,,sat",
            "Ada,half,sat",
            ImpossibleLimits,
            (3, "contract"),
            "`full` and `half`",
            "one contract",
        ),
    ];
    assert_refused("agents.csv", &changes);
}

#[test]
fn what_is_said_of_agents_is_refused_by_row_and_column() {
    use FaultCode::{Duplicate, ImpossibleLimits, OutOfRange, UnknownReference};
    let absences = [
        (
            "Bea,,",
            "Bee,,",
            UnknownReference,
            (3, "agent"),
            "unknown agent `Bee`",
            "`Bea`",
        ),
        (
            "11:00,training\n",
            "11:00,training\nAda,2027-03-28,2027-03-29,,,leave\n",
            Duplicate,
            (4, "start"),
            "absence of `Ada` overlaps",
            "join them",
        ),
        (
            "2027-03-25T11:00",
            "2027-03-25T08:00",
            ImpossibleLimits,
            (3, "end"),
            "before it begins",
            "after",
        ),
        (
            "2027-03-28,,",
            "2027-03-28,2027-03-28T10:00,",
            Duplicate,
            (2, "first_day"),
            "first to a last day",
            "`start` and `end`",
        ),
    ];
    assert_refused("absences.csv", &absences);
    let wishes = [
        (
            "8h",
            "9h",
            UnknownReference,
            (3, "wish"),
            "no shift `9h`",
            "night or one of 8h",
        ),
        (
            "free,,2",
            "free,,2000",
            OutOfRange,
            (2, "weight"),
            "2000",
            "from 0 to 1000",
        ),
        (
            "8h,no",
            "8h,never",
            UnknownReference,
            (3, "wanted"),
            "`never`",
            "yes",
        ),
    ];
    assert_refused("wishes.csv", &wishes);
    let worked = [
        (
            "Ada,2027-03-22T12:00,2027-03-22T20:00",
            "Ada,2027-03-23T06:00,2027-03-23T14:00",
            ImpossibleLimits,
            (2, "start"),
            "lies in the horizon",
            "before",
        ),
        (
            "2027-03-22T22:00:00+01:00\n",
            "2027-03-22T22:00:00+01:00\nAda,2027-03-22T19:00,2027-03-22T23:00\n",
            Duplicate,
            (4, "start"),
            "shift of `Ada` overlaps",
            "join them",
        ),
    ];
    assert_refused("worked.csv", &worked);
    let columns = named()
        .change("worked.csv", "agent,start,end", "agent,start,finish")
        .faults();
    let codes: Vec<FaultCode> = columns.iter().map(|f| f.code).collect();
    assert_eq!(codes, [FaultCode::MissingColumn, FaultCode::UnknownKey]);
}

#[test]
fn contracts_have_as_many_agents_as_their_names_make_up() {
    // Five are named, and Ada and Bea are away at times.
    let limited = |limit: &str| {
        let limits = format!("id = \"full\", {limit}");
        named().toml("id = \"full\"", &limits)
    };
    for (key, number, what, action) in [
        (
            "agents_min",
            6,
            "at least 6 agents, and 5 are named",
            "fewest agents",
        ),
        (
            "agents_max",
            2,
            "at most 2 agents, and 3 are named who are never away",
            "leave the most agents out",
        ),
    ] {
        let place = format!("scenario.toml, `pools[0].contracts[0].{key}`");
        let fault = limited(&format!("{key} = {number}")).fault();
        assert_fault(&fault, FaultCode::ImpossibleLimits, &place, what, action);
    }
    limited("agents_min = 5").ok();
    limited("agents_max = 3").ok();
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
    let mut missing = named();
    missing.0.remove("worked.csv");
    let nobody = named()
        .with("agents.csv", "agent\n")
        .with("absences.csv", "agent\n")
        .with("wishes.csv", "agent,wish\n")
        .with("worked.csv", "agent,start,end\n");
    let cases = [
        (
            lone,
            FaultCode::MissingKey,
            "wishes",
            "without `agents`",
            "`agents`",
        ),
        (
            missing,
            FaultCode::MissingFile,
            "worked",
            "worked.csv",
            "scenario folder",
        ),
        (
            nobody,
            FaultCode::MissingKey,
            "staff.agents",
            "names no agent",
            "anonymous",
        ),
    ];
    for (case, code, key, what, action) in cases {
        let place = format!("scenario.toml, `pools[0].{key}`");
        assert_fault(&case.fault(), code, &place, what, action);
    }
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
