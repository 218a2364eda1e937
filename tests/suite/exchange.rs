//! What vendors are asked for and what they answer.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use wfm::forecasting::WeekShape;
use wfm::format::{
    Exchange, ExchangeFile, exchange_files, parse_commitment, plan_json, read_exchange,
};
use wfm::milp::Silent;
use wfm::planning::exchange::{Commitment, Difference, asked, difference};
use wfm::planning::{Plan, Scenario, Source, Stream, plan};
use wfm::reporting::{difference_summary, difference_table};
use wfm::requirements::Mode;
use wfm::scheduling::Strategy;
use wfm::units::Probability;
use wfm::workforce::{Channel, Fault, FaultCode, PoolKind, Queue, ServiceTarget, Skill};

use super::reference::{read, solvers};
use super::support::{cases, close, hours, minutes, money, share};

/// A plan that asks one vendor for something, and its files.
struct Case {
    plan: Plan,
    files: Vec<ExchangeFile>,
    exchange: Exchange,
}

impl Case {
    fn of(name: &str, scenario: &Scenario) -> Option<Self> {
        let plan = plan(scenario, &Strategy::new(solvers()?), &Silent).unwrap();
        let files = exchange_files(&plan, "hash").unwrap();
        let folder = folder(name);
        fs::create_dir_all(folder.join("exchange")).unwrap();
        fs::write(folder.join("plan.json"), plan_json(&plan, "hash").unwrap()).unwrap();
        for file in &files {
            fs::write(folder.join("exchange").join(&file.name), &file.text).unwrap();
        }
        let exchange = read_exchange(&folder).unwrap();
        Some(Self {
            plan,
            files,
            exchange,
        })
    }

    fn file(&self, name: &str) -> &str {
        &self
            .files
            .iter()
            .find(|file| file.name == name)
            .unwrap()
            .text
    }

    fn parse(&self, text: &str) -> Vec<Commitment> {
        let read = parse_commitment(text.as_bytes(), "answer.csv", &self.exchange, None);
        read.unwrap_or_else(|faults| panic!("{faults}"))
    }

    fn faults(&self, text: &str) -> Vec<Fault> {
        let read = parse_commitment(text.as_bytes(), "answer.csv", &self.exchange, None);
        read.unwrap_err().into_vec()
    }

    fn difference(&self, committed: &[Commitment]) -> Difference {
        let Exchange {
            plan, asked, spare, ..
        } = &self.exchange;
        difference(&plan.live, asked, spare, committed)
    }
}

fn folder(name: &str) -> PathBuf {
    let unique = format!("wfm-exchange-{name}-{}", std::process::id());
    std::env::temp_dir().join(unique)
}

/// The hand check; nothing without a backend.
static BELGIUM: LazyLock<Option<Case>> =
    LazyLock::new(|| Case::of("belgium", &read("belgium").scenario));

/// The hand check with a slower vendor who speaks both languages, at different prices.
static MIXED: LazyLock<Option<Case>> = LazyLock::new(|| {
    let mut scenario = read("belgium").scenario;
    let bpo = &mut scenario.pools[1];
    bpo.skills.push(Skill::new("L1", "nl"));
    bpo.price.by_language.insert("nl".into(), money(17.5));
    bpo.aht_factor = 1.25;
    Case::of("mixed", &scenario)
});

/// The hand check with mail that the same people answer, and a vendor who does most of it.
static MAIL: LazyLock<Option<Case>> = LazyLock::new(|| {
    let mut scenario = read("belgium").scenario;
    let skill = Skill::new("L1", "fr");
    let target = ServiceTarget::Deferred {
        share: share(0.9),
        done_within: hours(4),
    };
    let queue = Queue::new("fr-mail", skill.clone(), Channel::Email, target);
    scenario.queues.push(queue.with_aht(minutes(6)));
    let opening = scenario.markets[0].opening[&Channel::Phone].clone();
    scenario.markets[0]
        .opening
        .insert(Channel::Email, opening.clone());
    let shape = WeekShape::even(1500.0, opening);
    let source = Source::Shape(Box::new(shape));
    (scenario.streams).push(Stream::new("BE", skill, Channel::Email, source));
    scenario.staffing.mode = Mode::Blended;
    Case::of("mail", &scenario)
});

#[test]
fn the_gap_is_what_the_plan_has_of_the_vendor() {
    for case in [&BELGIUM, &MIXED] {
        let Some(case) = case.as_ref() else { return };
        let plan = &case.plan;
        assert_eq!(case.files.len(), 3);
        let vendor = plan
            .problem
            .pools
            .iter()
            .position(|p| p.kind == PoolKind::Bpo);
        let vendor = vendor.unwrap();
        // Hours of shifts that hold no break, all inside the day.
        let shifts = plan.solved.schedule.shifts.iter();
        let own = shifts.filter(|s| s.pool == plan.problem.pools[vendor].id);
        let expected: f64 = own.map(|s| 8.0 * f64::from(s.count)).sum();
        let text = case.file("BPO-gap.csv");
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let mut sum = 0.0;
        for row in rows.records() {
            let row = row.unwrap();
            assert_eq!(&row[0], "BPO");
            let start: chrono::DateTime<chrono::Utc> = row[4].parse().unwrap();
            // Lisbon is an hour behind Brussels, and in March at UTC.
            assert_eq!(start.format("%Y-%m-%dT%H:%M").to_string(), row[5]);
            assert_eq!(&row[6], "Europe/Lisbon");
            let agents: f64 = row[8].parse().unwrap();
            assert!(close(agents * 0.5, row[9].parse().unwrap(), 1e-5));
            sum += row[9].parse::<f64>().unwrap();
        }
        assert!(sum > 0.0 && close(sum, expected, 1e-5), "{sum} {expected}");
        let other = case.file("BPO-gap-calabrio.csv");
        assert_eq!(other.lines().count(), text.lines().count() - 1);
        assert!(other.lines().all(|line| line.contains(",0,0,0,")));
        assert!(other.starts_with("fr-phone,20270323 "), "{other}");
    }
}

/// What is asked costs what the plan pays; a surcharge only where somebody is sent to the language.
#[test]
fn an_hour_costs_what_the_plan_pays_for_it() {
    for case in [&BELGIUM, &MIXED, &MAIL] {
        let Some(case) = case.as_ref() else { return };
        let cost = case.plan.solved.schedule.cost.pools.iter();
        let cost = cost.clone().find(|c| c.pool.as_str() == "BPO").unwrap();
        let rows = &asked(&case.plan)[0].rows;
        let hours: f64 = rows.iter().map(|row| row.agents * 0.5).sum();
        assert!(close(hours, cost.hours, 1e-9), "{hours} {}", cost.hours);
        let priced: f64 = (rows.iter())
            .map(|row| row.agents * 0.5 * row.price_per_hour)
            .sum();
        let paid = cost.shifts.get() + cost.languages.get();
        let standing_by = case.plan.solved.schedule.assignments.iter();
        let sent: f64 = standing_by
            .filter(|a| case.plan.problem.pools[a.pool].id.as_str() == "BPO")
            .map(|a| a.agents * 0.5)
            .sum();
        // At most 2.50 more for each hour of somebody who stands by in the dearer language.
        let slack = 2.5 * (hours - sent);
        assert!(
            priced >= paid - 1e-6 && priced <= paid + slack + 1e-6,
            "{priced} {paid}"
        );
    }
}

#[test]
fn the_same_answer_is_no_difference() {
    for case in [&BELGIUM, &MIXED] {
        let Some(case) = case.as_ref() else { return };
        for name in ["BPO-gap.csv", "BPO-gap-calabrio.csv"] {
            let found = case.difference(&case.parse(case.file(name)));
            assert!(found.is_none(), "{name}");
            assert_eq!(found.total.cost, 0.0);
            assert!(found.queues.is_empty());
            assert!(found.total.asked_hours > 0.0);
            let text = difference_summary(&found, "EUR");
            assert!(text.contains("Exactly what was asked for"), "{text}");
        }
        // Semicolons and decimal commas, as spreadsheets write them.
        let text = case.file("BPO-gap.csv").replace(',', ";").replace('.', ",");
        assert!(case.difference(&case.parse(&text)).is_none());
    }
}

/// The answer with other agents: of row `n` of those asked for.
fn answer(case: &Case, agents: impl Fn(usize, f64) -> f64) -> Vec<Commitment> {
    let mut rows = case.parse(case.file("BPO-gap.csv"));
    for (n, row) in rows.iter_mut().enumerate() {
        row.agents = agents(n, row.agents);
    }
    rows
}

#[test]
fn hours_costs_and_service_of_nobody() {
    let Some(case) = BELGIUM.as_ref() else { return };
    let found = case.difference(&answer(case, |_, _| 0.0));
    let total = found.total;
    assert_eq!(total.committed_hours, 0.0);
    assert!(close(total.short_hours, total.asked_hours, 1e-12));
    assert_eq!(total.over_hours, 0.0);
    // 15 an hour, whatever the hour.
    assert!(close(total.cost, -15.0 * total.asked_hours, 1e-9));
    assert_eq!(found.by_day.len(), 1);
    assert_eq!(
        found
            .by_language
            .keys()
            .map(wfm::workforce::Language::as_str)
            .collect::<Vec<_>>(),
        ["fr"]
    );
    assert_eq!(found.queues.len(), 1);
    let queue = &found.queues[0];
    // What the plan says of its own crews, by its own code.
    let outlook = case.plan.queues.iter().find(|o| o.id == queue.id).unwrap();
    assert!((queue.planned.get() - outlook.service_level.get()).abs() < 1e-5);
    assert!(queue.committed < queue.planned);
    assert!(queue.intervals_below > 0);
    let text = difference_summary(&found, "EUR");
    assert!(
        text.contains("fr-phone") && text.contains("differs"),
        "{text}"
    );
    let table = difference_table(&found);
    assert_eq!(table.rows.len(), found.rows.len());
}

/// Crews by hand: the agents in a few intervals, and what Erlang C makes of them.
#[test]
fn the_service_level_is_that_of_the_crew_that_is_left() {
    let Some(case) = MIXED.as_ref() else { return };
    let committed = answer(
        case,
        |n, agents| if n % 3 == 0 { agents / 2.0 } else { agents },
    );
    let found = case.difference(&committed);
    let mut crews: BTreeMap<(String, chrono::DateTime<chrono::Utc>), f64> = BTreeMap::new();
    for row in &found.rows {
        // A vendor who takes a quarter longer counts for four fifths.
        *crews.entry((row.group.clone(), row.start)).or_default() +=
            (row.asked - row.committed) * 0.8;
    }
    for queue in &found.queues {
        let live = &case.exchange.plan.live;
        let index = live
            .lines
            .iter()
            .position(|l| l.queues[0].id == queue.id)
            .unwrap();
        let line = &live.lines[index];
        let own = &line.queues[0];
        let (mut answered, mut offered) = (0.0, 0.0);
        for (t, &crew) in line.crew.iter().enumerate() {
            let lost = crews.get(&(line.name.clone(), live.grid.instant(t)));
            // Those who stand by are missed first.
            let idle = case.exchange.spare[index][t];
            let crew = crew - (lost.copied().unwrap_or(0.0) - idle).max(0.0);
            let load = own.volume[t] * own.handling_seconds / 1800.0;
            answered += own.volume[t] * erlang_c_level(crew, load, own.handling_seconds, 20.0);
            offered += own.volume[t];
        }
        let ServiceTarget::Live { answer_within, .. } = case.plan.queues[0].target else {
            unreachable!()
        };
        assert_eq!(answer_within.as_secs(), 20);
        assert!((queue.committed.get() - answered / offered).abs() < 1e-9);
    }
    assert!(!found.queues.is_empty());
}

/// Erlang C for a crew with fractions, by numerical integration: B(s, a)⁻¹ = a ∫ e^(−a y) (1+y)^s dy.
fn erlang_c_level(agents: f64, load: f64, aht: f64, within: f64) -> f64 {
    if load <= 0.0 {
        return 1.0;
    }
    if agents <= load {
        return 0.0;
    }
    let steps = 400_000;
    let end = 60.0 / load * (1.0 + agents / 20.0);
    let width = end / f64::from(steps);
    let value = |y: f64| load * (agents * (1.0 + y).ln() - load * y).exp();
    // Simpson's rule.
    let inner: f64 = (1..steps)
        .map(|i| value(width * f64::from(i)) * if i % 2 == 1 { 4.0 } else { 2.0 })
        .sum();
    let inverse = (value(0.0) + inner + value(end)) * width / 3.0;
    let blocked = 1.0 / inverse;
    let waits = agents * blocked / (agents - load * (1.0 - blocked));
    1.0 - waits * (-(agents - load) * within / aht).exp()
}

/// Where more agents are there than answer calls, mail is left before calls wait longer.
#[test]
fn mail_is_left_first() {
    let Some(case) = MAIL.as_ref() else { return };
    let Exchange { plan, spare, .. } = &case.exchange;
    let line = plan
        .live
        .lines
        .iter()
        .position(|l| l.name == "fr-L1")
        .unwrap();
    assert!(spare[line].iter().sum::<f64>() > 1.0);
    let at = |row: &Commitment| plan.live.grid.index_of(row.start).unwrap();
    let mut rows = answer(case, |_, agents| agents);
    let mut missing = 0.0;
    for row in &mut rows {
        let less = row.agents.min(spare[line][at(row)]);
        row.agents -= less;
        missing += less / 2.0;
    }
    let found = case.difference(&rows);
    assert!(missing > 0.5 && close(found.total.short_hours, missing, 1e-6));
    assert!(
        found
            .queues
            .iter()
            .all(|q| q.committed >= q.planned || close(q.committed.get(), q.planned.get(), 1e-6)),
        "{:?}",
        found.queues
    );
    // One agent fewer, and calls wait.
    let row = rows.iter_mut().find(|row| row.agents >= 1.0).unwrap();
    row.agents -= 1.0;
    let found = case.difference(&rows);
    let phone = found
        .queues
        .iter()
        .find(|q| q.id.as_str() == "fr-phone")
        .unwrap();
    assert!(phone.committed < phone.planned, "{phone:?}");
}

proptest! {
    #![proptest_config(cases(40))]

    /// Fewer agents never bring more service, and more never less; hours add up.
    #[test]
    fn removing_agents_never_raises_coverage(
        parts in prop::collection::vec((0.0..1.5, 0.0..1.0), 64),
    ) {
        for case in [&MIXED, &MAIL] {
        let Some(case) = case.as_ref() else { return Ok(()) };
        let of = |n: usize| parts[n % parts.len()];
        let many = case.difference(&answer(case, |n, agents| agents * of(n).0));
        let few = case.difference(&answer(case, |n, agents| agents * of(n).0 * of(n).1));
        prop_assert!(few.total.short_hours >= many.total.short_hours - 1e-9);
        prop_assert!(few.total.over_hours <= many.total.over_hours + 1e-9);
        prop_assert!(few.total.cost <= many.total.cost + 1e-9);
        let levels = |d: &Difference| -> BTreeMap<String, Probability> {
            d.queues.iter().map(|q| (q.id.to_string(), q.committed)).collect()
        };
        let planned: BTreeMap<String, Probability> = (many.queues.iter().chain(&few.queues))
            .map(|q| (q.id.to_string(), q.planned))
            .collect();
        let (many_levels, few_levels) = (levels(&many), levels(&few));
        for (queue, planned) in &planned {
            let level = |all: &BTreeMap<String, Probability>| {
                all.get(queue).copied().unwrap_or(*planned).get()
            };
            prop_assert!(level(&few_levels) <= level(&many_levels) + 1e-12);
        }
        for found in [&many, &few] {
            let total = found.total;
            let balance = total.asked_hours - total.short_hours + total.over_hours;
            prop_assert!(close(balance, total.committed_hours, 1e-9));
            let sum: f64 = found.by_day.values().map(|s| s.cost).sum();
            prop_assert!(close(sum, total.cost, 1e-9));
            let sum: f64 = found.by_language.values().map(|s| s.short_hours).sum();
            prop_assert!(close(sum, total.short_hours, 1e-9));
        }
        }
    }
}

#[test]
fn an_hour_that_was_not_asked_for_has_a_price() {
    let Some(case) = BELGIUM.as_ref() else { return };
    let mut rows = answer(case, |_, agents| agents);
    let before = case.exchange.plan.live.grid.start();
    rows.push(Commitment {
        agents: 2.0,
        start: before,
        ..rows[0].clone()
    });
    let found = case.difference(&rows);
    assert!(close(found.total.over_hours, 1.0, 1e-12));
    assert!(close(found.total.cost, 15.0, 1e-12));
    assert_eq!(found.total.short_hours, 0.0);
}

#[test]
fn broken_answers_are_told_all_together() {
    let Some(case) = BELGIUM.as_ref() else { return };
    let text = case.file("BPO-gap.csv");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let swap = |line: &mut String, at: usize, cell: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[at] = cell;
        *line = cells.join(",");
    };
    swap(&mut lines[1], 8, "many");
    swap(&mut lines[2], 8, "-1");
    swap(&mut lines[3], 8, "");
    swap(&mut lines[4], 0, "BPU");
    swap(&mut lines[5], 1, "fr-fone");
    swap(&mut lines[6], 4, "yesterday");
    swap(&mut lines[7], 4, "2027-03-23T09:07:00Z");
    swap(&mut lines[8], 4, "2028-03-23T09:00:00Z");
    lines.push(lines[9].clone());
    let faults = case.faults(&lines.join("\n"));
    let found: Vec<(FaultCode, Option<u64>, &str)> = (faults.iter())
        .map(|f| (f.code, f.place.row, f.place.column.as_deref().unwrap_or("")))
        .collect();
    let last = lines.len() as u64;
    let expected = [
        (FaultCode::NotANumber, Some(2), "agents"),
        (FaultCode::NegativeVolume, Some(3), "agents"),
        (FaultCode::NotANumber, Some(4), "agents"),
        (FaultCode::UnknownReference, Some(5), "pool"),
        (FaultCode::UnknownReference, Some(6), "group"),
        (FaultCode::BadTimestamp, Some(7), "start"),
        (FaultCode::Misaligned, Some(8), "start"),
        (FaultCode::OutOfRange, Some(9), "start"),
        (FaultCode::DuplicateInterval, Some(last), "start"),
    ];
    assert_eq!(found, expected);
    assert!(
        faults
            .iter()
            .all(|f| f.place.file.as_deref() == Some("answer.csv"))
    );
    assert!(faults[3].action.contains("`BPO`"), "{}", faults[3]);
}

#[test]
fn answers_that_are_not_whole() {
    let Some(case) = BELGIUM.as_ref() else { return };
    let text = case.file("BPO-gap.csv");
    let lines: Vec<&str> = text.lines().collect();
    let faults = case.faults(&lines[..lines.len() - 2].join("\n"));
    assert_eq!(faults.len(), 2);
    assert!(faults.iter().all(|f| f.code == FaultCode::GapInHistory));
    assert!(faults[0].action.contains("0 when there is nobody"));
    assert_eq!(case.faults(lines[0])[0].code, FaultCode::EmptyHistory);
    assert_eq!(case.faults("")[0].code, FaultCode::EmptyHistory);
    let faults = case.faults("group,begin,agents\nfr-phone,2027-03-23T09:00:00Z,1\n");
    assert_eq!(faults[0].code, FaultCode::MissingColumn);
    assert_eq!(faults[0].place.column.as_deref(), Some("start"));
    assert_eq!(
        case.faults("fr-phone,20270323 09:00,1\n")[0].code,
        FaultCode::MissingColumn
    );
    // The file of another pool than was said.
    let read = |pool| parse_commitment(text.as_bytes(), "answer.csv", &case.exchange, Some(pool));
    assert!(read("BPO").is_ok());
    let faults = read("IN").unwrap_err();
    assert!(faults.as_slice()[0].what.contains("said to be of `IN`"));
}

#[test]
fn what_was_asked_belongs_to_its_plan() {
    let Some(case) = BELGIUM.as_ref() else { return };
    let place = folder("other");
    fs::create_dir_all(place.join("exchange")).unwrap();
    let other = plan_json(&case.plan, "another hash").unwrap();
    fs::write(place.join("plan.json"), other).unwrap();
    let missing = read_exchange(&place).unwrap_err();
    assert_eq!(missing.as_slice()[0].code, FaultCode::MissingFile);
    let asked = case.file("asked.json");
    let with = |text: &str| {
        fs::write(place.join("exchange/asked.json"), text).unwrap();
        read_exchange(&place).unwrap_err().into_vec()
    };
    assert_eq!(with(asked)[0].code, FaultCode::UnknownReference);
    let own = asked.replace("\"hash\"", "\"another hash\"");
    let broken = own
        .replacen("Europe/Lisbon", "Europe/Lisboa", 1)
        .replacen("\"group\": \"fr-phone\"", "\"group\": \"fr-fone\"", 1)
        .replacen("\"price_per_hour\": 15.0", "\"price_per_hour\": -15.0", 1);
    let codes: Vec<FaultCode> = with(&broken).iter().map(|f| f.code).collect();
    for code in [
        FaultCode::UnknownZone,
        FaultCode::UnknownReference,
        FaultCode::OutOfRange,
    ] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    assert_eq!(with("{")[0].code, FaultCode::Syntax);
    assert_eq!(
        with(&own.replacen(": 1,", ": 9,", 1))[0].code,
        FaultCode::SchemaVersion
    );
}
