//! `plan.xlsx`, read back by another library and compared with `plan.json`.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use serde_json::Value;
use wfm::calendar::{DateTime, NaiveDate, NaiveDateTime, Utc};
use wfm::format::plan_json;
use wfm::planning::Plan;
use wfm::reporting::workbook;

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

/// Days since the end of 1899, as spreadsheets count.
fn serial(at: NaiveDateTime) -> f64 {
    let origin = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    (at - origin.and_hms_opt(0, 0, 0).unwrap()).num_seconds() as f64 / 86_400.0
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
            "Coverage",
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

    let shifts = Page::of(&mut book, "Shifts");
    let people = shifts.numbers("People").iter().sum::<f64>();
    close(people, sum(&json["shifts"], "count"));
    // Times are times, by the clock of the pool: one day in summer time, one in winter time.
    let zone = plan.scenario.pools[0].zone;
    let instants = json["shifts"].as_array().unwrap().iter().map(|s| {
        let at: DateTime<Utc> = s["start"].as_str().unwrap().parse().unwrap();
        at
    });
    let mut offsets = Vec::new();
    for (start, (shown, utc)) in
        instants.zip((shifts.cells("Start (local").into_iter()).zip(shifts.cells("Start (UTC)")))
    {
        let days = |cell: &Data| match cell {
            Data::DateTime(at) => at.as_f64(),
            other => panic!("{other:?} is no time"),
        };
        assert!((days(&shown) - serial(zone.local(start))).abs() < 1e-6);
        assert!((days(&utc) - serial(start.naive_utc())).abs() < 1e-6);
        offsets.push(zone.offset_minutes(start));
    }
    offsets.sort_unstable();
    offsets.dedup();
    assert_eq!(offsets, [60, 120]);

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
