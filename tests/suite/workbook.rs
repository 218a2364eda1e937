//! `plan.xlsx`, read back by another library and compared with `plan.json`.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use serde_json::Value;
use wfm::format::plan_json;
use wfm::milp::Silent;
use wfm::planning::{Plan, plan};
use wfm::reporting::workbook;
use wfm::scheduling::Strategy;

use super::reference::{read as scenario, solvers};
use super::shift_calendars::helpdesk;

fn read(plan: &Plan) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(workbook(plan, "hash").unwrap())).unwrap()
}

fn json(plan: &Plan) -> Value {
    serde_json::from_str(&plan_json(plan, "hash").unwrap()).unwrap()
}

/// A sheet with its heads.
struct Page(Range<Data>);

impl Page {
    fn of(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Self {
        Self(book.worksheet_range(name).unwrap())
    }

    fn column(&self, head: &str) -> usize {
        let heads = self.0.rows().next().unwrap();
        let is_head = |cell: &Data| matches!(cell, Data::String(text) if text.starts_with(head));
        let found = heads.iter().position(is_head);
        found.unwrap_or_else(|| panic!("no column {head} in {heads:?}"))
    }

    /// The cells of a column below its head.
    fn cells(&self, head: &str) -> Vec<Data> {
        let column = self.column(head);
        self.0
            .rows()
            .skip(1)
            .map(|row| row[column].clone())
            .collect()
    }

    /// Numbers that are stored as numbers; others are a failure.
    fn numbers(&self, head: &str) -> Vec<f64> {
        let cells = self.cells(head);
        cells.iter().map(|cell| number(cell).unwrap()).collect()
    }

    /// The cell of a column in the row that begins with a text.
    fn at(&self, row: &str, head: &str) -> Data {
        let column = self.column(head);
        let mut rows = self.0.rows();
        let found = rows.find(|r| r[0] == Data::String(row.to_owned()));
        found.unwrap_or_else(|| panic!("no row {row}"))[column].clone()
    }
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        _ => None,
    }
}

fn sum(items: &Value, key: &str) -> f64 {
    let items = items.as_array().unwrap();
    items.iter().map(|item| item[key].as_f64().unwrap()).sum()
}

/// Days since the end of 1899, as spreadsheets count: 23 March 2027 is 46,469.
fn days(cell: &Data) -> f64 {
    match cell {
        Data::DateTime(at) => at.as_f64(),
        other => panic!("{other:?} is no time"),
    }
}

/// The Belgian day, whose optimum is known by hand: 6 shifts in house and 13 in Lisbon.
fn belgium() -> Option<Plan> {
    let strategy = Strategy::new(solvers()?);
    Some(plan(&scenario("belgium").scenario, &strategy, &Silent).unwrap())
}

#[test]
fn the_belgian_day_has_its_known_cells() {
    let Some(mut plan) = belgium() else { return };
    // A bound and a shortage whose roundings are known: 115.876544 of 2,616 are 4.4295315 %.
    plan.solved.bound = 2_500.123_456_789;
    let mut book = read(&plan);
    let decision = Page::of(&mut book, "Decision");
    let decided = |what: &str| number(&decision.at(what, "Value")).unwrap();
    assert_eq!(decided("Cost"), 2616.0);
    assert_eq!(decided("Lower bound"), 2_500.123_456);
    assert_eq!(decided("Gap"), 0.044_295_315);
    assert_eq!(decided("Contacts"), 756.0);
    assert_eq!(decided("Cost per contact"), 3.4603);
    assert_eq!(decided("Missing"), 0.0);
    assert_eq!(days(&decision.at("First day", "Value")), 46_469.0);

    let pools = Page::of(&mut book, "Pools and costs");
    for (pool, people, hours, cost) in [
        ("IN", 6.0, 48.0, 1056.0),
        ("BPO", 13.0, 104.0, 1560.0),
        ("All", 19.0, 152.0, 2616.0),
    ] {
        assert_eq!(number(&pools.at(pool, "Shifts (people)")), Some(people));
        assert_eq!(number(&pools.at(pool, "Hours on the queue")), Some(hours));
        assert_eq!(number(&pools.at(pool, "Total")), Some(cost));
    }
    // 48 / (0.8 · 0.88) hours are paid.
    assert_eq!(number(&pools.at("IN", "Paid hours")), Some(68.1818));

    // 276 and 102 calls an hour, in blocks of two hours, five minutes each.
    let forecast = Page::of(&mut book, "Forecast");
    assert_eq!(forecast.numbers("Contacts"), [552.0, 204.0]);
    assert_eq!(forecast.numbers("Hours of work"), [46.0, 17.0]);
    let when: Vec<f64> = forecast.cells("Day").iter().map(days).collect();
    assert_eq!(when, [46_469.0; 2]);

    // Erlang C by hand: French from 08:00, a third of the way through the day.
    let requirement = Page::of(&mut book, "Requirement");
    let eight = 46_469.0 + 8.0 / 24.0;
    assert!((days(&requirement.cells("Start (Europe/Brussels)")[0]) - eight).abs() < 1e-6);
    assert!((days(&requirement.cells("Start (UTC)")[0]) - eight + 1.0 / 24.0).abs() < 1e-6);
    let agents = requirement.numbers("Agents for live work");
    let blocks = [6.0, 8.0, 7.0, 8.0, 7.0, 4.0, 3.0, 4.0, 4.0, 4.0, 3.0, 2.0];
    assert_eq!(agents, blocks.map(|n| [n; 4]).concat());
    let coverage = Page::of(&mut book, "Coverage");
    assert_eq!(
        coverage.numbers("Agents for live work").iter().sum::<f64>(),
        240.0
    );

    let by_day = Page::of(&mut book, "Shifts by day");
    assert_eq!(by_day.numbers("Shifts that begin"), [6.0, 13.0]);
    assert_eq!(
        by_day.cells("Fewest shifts"),
        [Data::Empty, Data::Float(4.0)]
    );
    // Lisbon speaks no Dutch.
    let served = Page::of(&mut book, "Allocation");
    let all: f64 = served.numbers("Agent-hours").iter().sum();
    assert!(
        (120.0..=152.0).contains(&all),
        "{all} of 152 hours for 120 needed"
    );
    let rows = served
        .cells("Pool")
        .into_iter()
        .zip(served.cells("Language"));
    let dutch = Data::String("nl".to_owned());
    assert!(
        rows.filter(|(_, l)| *l == dutch)
            .all(|(p, _)| p == Data::String("IN".to_owned()))
    );
}

#[test]
fn local_times_are_by_the_clock_on_the_wall() {
    let Some(plan) = helpdesk() else { return };
    let mut book = read(plan);
    let shifts = Page::of(&mut book, "Shifts");
    let columns = ["Start (local", "Start (UTC)"].map(|head| shifts.cells(head));
    let mut offsets = [0, 0];
    for (local, utc) in columns[0].iter().zip(&columns[1]) {
        let ahead = ((days(local) - days(utc)) * 24.0).round();
        // Clocks went forward on 28 March 2027, day 46,474, at 01:00 UTC.
        let is_summer = days(utc) >= 46_474.0 + 1.0 / 24.0 - 1e-6;
        assert_eq!(ahead, if is_summer { 2.0 } else { 1.0 }, "{local:?}");
        offsets[usize::from(is_summer)] += 1;
    }
    assert!(offsets.iter().all(|n| *n > 20), "{offsets:?}");
}

#[test]
fn sheets_have_the_totals_of_the_json_file() {
    let Some(plan) = helpdesk() else { return };
    let (mut book, json) = (read(plan), json(plan));
    assert_eq!(
        book.sheet_names(),
        [
            "Decision",
            "Queues",
            "Forecast",
            "Requirement",
            "Coverage",
            "Allocation",
            "Shifts by day",
            "Shifts",
            "Tours",
            "Roster",
            "Open shifts",
            "Pools and costs",
            "Rules",
            "Assumptions"
        ]
    );
    let decision = Page::of(&mut book, "Decision");
    let decided = |what: &str| number(&decision.at(what, "Value")).unwrap();
    assert_eq!(decided("Cost"), json["cost"]["total"].as_f64().unwrap());
    assert_eq!(decided("Lower bound"), json["bound"].as_f64().unwrap());
    assert_eq!(decided("Gap"), json["gap"].as_f64().unwrap());
    assert_eq!(
        decided("Contacts"),
        json["contacts"]["total"].as_f64().unwrap()
    );
    assert_eq!(
        decided("Cost per contact"),
        json["cost_per_contact"].as_f64().unwrap()
    );

    let pools = Page::of(&mut book, "Pools and costs");
    for pool in json["pools"].as_array().unwrap() {
        let id = pool["id"].as_str().unwrap();
        for (head, key) in [
            ("Shifts (people)", "people_shifts"),
            ("Hours on the queue", "hours"),
            ("Paid hours", "paid_hours"),
            ("FTE", "fte"),
            ("Shifts, EUR", "cost_shifts"),
            ("Languages, EUR", "cost_languages"),
            ("Unused commitment", "cost_unused"),
            ("Guaranteed hours", "cost_guaranteed_hours"),
            ("Premiums of the law", "cost_law_premiums"),
        ] {
            assert_eq!(
                number(&pools.at(id, head)),
                pool[key].as_f64(),
                "{id} {head}"
            );
        }
        let total = json["cost"]["by_pool"][id].as_f64();
        assert_eq!(number(&pools.at(id, "Total")), total, "{id}");
    }
    assert_eq!(
        number(&pools.at("All", "Total")),
        json["cost"]["total"].as_f64()
    );
    assert_eq!(
        number(&pools.at("Price on missing agents", "Total")),
        json["cost"]["understaffing"].as_f64()
    );

    let queues = Page::of(&mut book, "Queues");
    for queue in json["queues"].as_array().unwrap() {
        let id = queue["id"].as_str().unwrap();
        for (head, key) in [
            ("Contacts", "offered"),
            ("Share promised", "service_level_target"),
            ("Share planned", "service_level_planned"),
            ("Share simulated", "service_level_simulated"),
            ("Chance of a week", "chance_of_a_week"),
            ("Occupancy", "occupancy"),
        ] {
            assert_eq!(
                number(&queues.at(id, head)),
                queue[key].as_f64(),
                "{id} {head}"
            );
        }
    }
}

#[test]
fn intervals_shifts_and_people_add_up_to_the_json_file() {
    let Some(plan) = helpdesk() else { return };
    let (mut book, json) = (read(plan), json(plan));
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-3, "{a} {b}");
    let coverage = Page::of(&mut book, "Coverage");
    let total = |head: &str| coverage.numbers(head).iter().sum::<f64>();
    close(total("Live contacts"), sum(&json["requirement"], "volume"));
    close(
        total("Agents for live work"),
        sum(&json["requirement"], "agents"),
    );
    close(total("Missing agents"), sum(&json["shortages"], "agents"));
    // All agents of the one pool are as fast as the queues' handling time says.
    assert_eq!(plan.scenario.pools[0].aht_factor, 1.0);
    close(
        total("In-house agents"),
        sum(&json["assignments"], "agents"),
    );

    let requirement = Page::of(&mut book, "Requirement");
    let needed = |head: &str| requirement.numbers(head).iter().sum::<f64>();
    close(needed("Contacts"), sum(&json["requirement"], "volume"));
    close(
        needed("Agents for live work"),
        sum(&json["requirement"], "agents"),
    );
    let forecast = Page::of(&mut book, "Forecast").numbers("Contacts");
    close(
        forecast.iter().sum(),
        json["contacts"]["total"].as_f64().unwrap(),
    );
    let served = Page::of(&mut book, "Allocation").numbers("Agent-hours");
    close(
        served.iter().sum(),
        sum(&json["assignments"], "agents") / 2.0,
    );
    let begin = Page::of(&mut book, "Shifts by day").numbers("Shifts that begin");
    close(begin.iter().sum(), sum(&json["shifts"], "count"));

    let shifts = Page::of(&mut book, "Shifts");
    let people = shifts.numbers("People").iter().sum::<f64>();
    close(people, sum(&json["shifts"], "count"));
    let roster = Page::of(&mut book, "Roster");
    let given: usize = plan
        .rosters
        .iter()
        .flat_map(|own| &own.tours)
        .map(|t| t.shifts.len())
        .sum();
    assert_eq!(roster.cells("Agent").len(), given);
    let open = Page::of(&mut book, "Open shifts").cells("Pool").len();
    let tours = Page::of(&mut book, "Tours").cells("Agent").len();
    assert_eq!(tours, given + open);
}

#[test]
fn bytes_repeat_whatever_the_time_of_day() {
    let Some(plan) = helpdesk() else { return };
    let bytes = workbook(plan, "hash").unwrap();
    assert_eq!(bytes, workbook(plan, "hash").unwrap());
    // Each part of the archive is dated at the beginning of 1980, which is what has no date.
    let mut parts = 0;
    for at in 0..bytes.len() - 14 {
        if bytes[at..].starts_with(b"PK\x03\x04") {
            assert_eq!(bytes[at + 10..at + 14], [0, 0, 0x21, 0]);
            parts += 1;
        }
    }
    assert!(parts > 10, "{parts} parts");
}

#[test]
fn words_are_never_formulas() {
    let Some(plan) = helpdesk() else { return };
    let mut plan = plan.clone();
    "=1+1".clone_into(&mut plan.scenario.name);
    let mut book = read(&plan);
    let name = Page::of(&mut book, "Decision").at("Plan", "Value");
    assert_eq!(name, Data::String("=1+1".to_owned()));
    let formulas = book.worksheet_formula("Decision").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
}
