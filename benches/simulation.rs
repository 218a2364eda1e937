//! Speed of the simulator: one exponential queue without and with events, several skills, and a week
//! of a centre of the size of scenario M; contacts and events a second on one core, and what two
//! threads bring.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic, and prints its ratios"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use wfm::simulation::{
    AgentRule, Centre, Close, ContactType, Engine, Group, Law, Layout, Options, ServiceTime,
    Simulated, Transfer, simulate,
};
use wfm::units::whole;

fn exponential(mean: f64) -> Law {
    Law::Exponential { mean }
}

fn service(contact_type: usize, group: usize, mean: f64) -> ServiceTime {
    ServiceTime {
        contact_type,
        group,
        law: vec![exponential(mean)],
    }
}

/// One type and one crew at 90 % load, some 200,000 contacts, with patience.
fn one_queue(agents: u32) -> Layout {
    let rate = 0.9 * f64::from(agents);
    let mut layout = Layout::new("one queue", vec![200_000.0 / rate]);
    layout.types.push(ContactType {
        patience: vec![exponential(1.0)],
        answer_within: 0.1,
        route: vec![0],
        ..ContactType::new("calls", vec![rate])
    });
    layout.groups.push(Group::new("crew", vec![agents], &[0]));
    layout.service.push(service(0, 0, 1.0));
    layout
}

/// Three types and six groups, each type in a group of its own, then in those it shares with others.
fn multi_skill(scale: u32) -> Layout {
    let mut layout = Layout::new("three types, six groups", vec![60_000.0 / f64::from(scale)]);
    layout.close = Close::Cut;
    let skills: [&[usize]; 6] = [&[0], &[1], &[2], &[0, 1], &[1, 2], &[0, 1, 2]];
    for k in 0..3 {
        let has = |g: &usize| skills[*g].contains(&k);
        layout.types.push(ContactType {
            patience: vec![exponential(2.0)],
            answer_within: 0.1,
            route: (0..6).filter(has).collect(),
            ..ContactType::new(format!("type {k}"), vec![f64::from(scale) * 1.1])
        });
    }
    for (g, takes) in skills.into_iter().enumerate() {
        let agents = if takes.len() == 1 {
            6 * scale / 10
        } else {
            5 * scale / 10
        };
        layout
            .groups
            .push(Group::new(format!("group {g}"), vec![agents.max(1)], takes));
        for &k in takes {
            layout.service.push(service(k, g, 1.0));
        }
    }
    layout
}

/// A week of scenario M by quarter-hours: nine languages with phone, chat, e-mail and social in one
/// crew each, five crews of the second level and one of the third; 63,415 contacts of the first level
/// and what they bring behind.
fn scenario_m() -> Layout {
    let languages = [
        ("en", 26_794.0),
        ("fr", 8_591.0),
        ("de", 7_878.0),
        ("es", 7_000.0),
        ("it", 4_500.0),
        ("pl", 2_900.0),
        ("nl", 2_707.0),
        ("pt", 1_882.0),
        ("sv", 1_163.0),
    ];
    // Share, handling time, patience, answer within, as in the document.
    let channels = [
        ("phone", 0.3, 400.0, Some(150.0), 20.0),
        ("chat", 0.35, 450.0, Some(120.0), 60.0),
        ("email", 0.28, 420.0, None, 14_400.0),
        ("social", 0.07, 260.0, None, 7200.0),
    ];
    let mut layout = Layout::new("scenario M", vec![900.0; 672]);
    let shape: Vec<f64> = (0..672).map(shape).collect();
    let total: f64 = shape.iter().sum();
    let level_two = languages.len() * channels.len();
    for (g, (language, contacts)) in languages.into_iter().enumerate() {
        let mut work = 0.0;
        let mut takes = Vec::new();
        for (channel, share, aht, patience, within) in channels {
            let k = layout.types.len();
            let count = contacts * share;
            work += count * aht;
            takes.push(k);
            let rates = shape.iter().map(|s| count * s / total / 900.0).collect();
            let mut contact = ContactType::new(format!("{language} {channel}"), rates);
            contact.patience = patience.map(exponential).into_iter().collect();
            contact.answer_within = within;
            contact.route = vec![g];
            contact.transfers = vec![Transfer {
                probability: 0.12,
                to: level_two + g.min(4),
                warm: channel == "phone",
            }];
            layout.types.push(contact);
            layout.service.push(service(k, g, aht));
        }
        let agents = crew(&shape, total, work);
        let group = Group::new(language, agents, &takes);
        layout.groups.push(Group {
            rule: AgentRule::Priority,
            ..group
        });
    }
    let behind = [3215.0, 1031.0, 945.0, 840.0, 1578.0];
    for (i, contacts) in behind.into_iter().enumerate() {
        let mut contact = ContactType::new(format!("second level {i}"), vec![0.0]);
        contact.answer_within = 28_800.0;
        contact.route = vec![9 + i];
        contact.transfers = vec![Transfer {
            probability: 0.15,
            to: level_two + 5,
            warm: false,
        }];
        layout.types.push(contact);
        let agents = crew(&shape, total, contacts * 1100.0);
        layout.groups.push(Group::new(
            format!("second level {i}"),
            agents,
            &[level_two + i],
        ));
        layout.service.push(service(level_two + i, 9 + i, 1100.0));
    }
    let mut contact = ContactType::new("third level", vec![0.0]);
    contact.route = vec![14];
    layout.types.push(contact);
    let agents = crew(&shape, total, 1141.0 * 2400.0);
    layout
        .groups
        .push(Group::new("third level", agents, &[level_two + 5]));
    layout.service.push(service(level_two + 5, 14, 2400.0));
    layout
}

/// Weight of a quarter-hour of the week.
fn shape(quarter: u32) -> f64 {
    let hour = f64::from(quarter % 96) / 4.0;
    let day = if quarter / 96 < 5 { 1.0 } else { 0.6 };
    day * (0.15 + (-((hour - 13.0) / 5.0).powi(2)).exp())
}

/// Agents for some seconds of work in the week.
fn crew(shape: &[f64], total: f64, work: f64) -> Vec<u32> {
    let load = shape.iter().map(|s| work * s / total / 900.0);
    load.map(|load| whole::ceil(1.1 * load + load.sqrt() + 0.5))
        .collect()
}

fn run(layout: &Layout, replications: u32, engine: Engine) -> Simulated {
    let options = Options {
        engine,
        ..Options::new(replications, 1)
    };
    simulate(&Centre::new(layout.clone()).unwrap(), &options).unwrap()
}

fn on_one_core(name: &str, layouts: &[(String, Layout, Engine)], c: &mut Criterion) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let mut group = c.benchmark_group(name);
    group.sample_size(20);
    group.measurement_time(Duration::from_secs(4));
    for (id, layout, engine) in layouts {
        let seen = pool.install(|| run(layout, 1, *engine));
        let events = seen.events as f64 / seen.contacts as f64;
        println!("{id}: {} contacts, {events:.2} events each", seen.contacts);
        group.throughput(Throughput::Elements(seen.contacts));
        group.bench_function(BenchmarkId::from_parameter(id), |b| {
            b.iter(|| pool.install(|| black_box(run(layout, 1, *engine))));
        });
    }
    group.finish();
}

fn speeds(c: &mut Criterion) {
    let queues: Vec<(String, Layout, Engine)> = [10, 100, 1000]
        .into_iter()
        .flat_map(|agents| {
            [Engine::Fastest, Engine::Events].map(|engine| {
                (
                    format!("{agents} agents, {engine:?}"),
                    one_queue(agents),
                    engine,
                )
            })
        })
        .collect();
    on_one_core("one exponential queue", &queues, c);
    let skills = [10, 100].map(|scale| {
        (
            format!("{} agents", scale * 33 / 10),
            multi_skill(scale),
            Engine::Fastest,
        )
    });
    on_one_core("three types, six groups", &skills, c);
    let week = [(
        "week by quarter-hours".to_owned(),
        scenario_m(),
        Engine::Fastest,
    )];
    on_one_core("scenario M", &week, c);
}

fn threads(_: &mut Criterion) {
    let layout = multi_skill(30);
    let seconds = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let begun = Instant::now();
        pool.install(|| black_box(run(&layout, 40, Engine::Fastest)));
        begun.elapsed().as_secs_f64()
    };
    let _warm = seconds(2);
    let (one, two) = (seconds(1), seconds(2));
    println!(
        "40 replications: {one:.2} s on one thread, {two:.2} s on two, {:.2} times as fast",
        one / two
    );
}

criterion_group!(benches, speeds, threads);
criterion_main!(benches);
