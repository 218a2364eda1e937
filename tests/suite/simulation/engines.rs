//! Both engines, any number of threads, and centres that differ in their agents.

use super::run as run_again;
use super::*;
use proptest::prelude::*;
use wfm::simulation::{ArrivalRule, Arrivals, Close, Engine, Retry, SimulationError};

use crate::support::cases;

fn with(engine: Engine, layout: &Layout) -> Simulated {
    let options = Options {
        engine,
        ..Options::new(20, 9)
    };
    simulate(&Centre::new(layout.clone()).unwrap(), &options).unwrap()
}

#[derive(Debug, Clone)]
struct Day {
    rates: Vec<f64>,
    agents: Vec<u32>,
    second: bool,
    patience: Option<Law>,
    balk: f64,
    max_wait: Option<f64>,
    retry: Option<f64>,
    carried: Vec<f64>,
    times: Vec<f64>,
    cut: bool,
    warm_up: f64,
    busy: bool,
    service: Law,
}

impl Day {
    fn layout(&self) -> Layout {
        let mut layout = Layout::new("a day", vec![3.0, 2.0, 4.0]);
        layout.days = 2;
        layout.warm_up = self.warm_up;
        layout.close = if self.cut { Close::Cut } else { Close::Drain };
        layout.busyness = self.busy.then_some(Law::Gamma {
            mean: 1.0,
            shape: 5.0,
        });
        layout.types.push(ContactType {
            patience: self.patience.into_iter().collect(),
            balk_probability: self.balk,
            max_wait: self.max_wait,
            answer_within: 0.3,
            retry: self.retry.map(|probability| Retry {
                probability,
                delay: exponential(0.7),
                fresh: self.second,
            }),
            carried_over: self.carried.clone(),
            route: vec![0],
            ..ContactType::new("first", self.rates.clone())
        });
        layout.service.push(service(0, 0, self.service));
        if self.second {
            layout.types.push(ContactType {
                arrivals: Arrivals::Counts(vec![2, 0, 7]),
                deadline: Some(2.0),
                route: vec![0],
                ..ContactType::new("second", Vec::new())
            });
            layout.service.push(service(
                1,
                0,
                Law::Uniform {
                    low: 0.1,
                    high: 0.9,
                },
            ));
        }
        if !self.times.is_empty() {
            let mut times = self.times.clone();
            times.sort_by(f64::total_cmp);
            layout
                .service
                .push(service(layout.types.len(), 0, exponential(0.4)));
            layout.types.push(ContactType {
                arrivals: Arrivals::Times(times),
                route: vec![0],
                ..ContactType::new("timed", Vec::new())
            });
        }
        let takes: Vec<usize> = (0..layout.types.len()).collect();
        layout
            .groups
            .push(Group::new("crew", self.agents.clone(), &takes));
        layout
    }
}

fn law() -> impl Strategy<Value = Law> {
    let size = 0.05..2.0f64;
    prop_oneof![
        size.clone().prop_map(|mean| Law::Exponential { mean }),
        (size.clone(), size.clone()).prop_map(|(low, width)| Law::Uniform {
            low,
            high: low + width
        }),
        (size.clone(), 0.5..4.0f64).prop_map(|(mean, shape)| Law::Gamma { mean, shape }),
        (size.clone(), 0.1..3.0f64).prop_map(|(mean, scv)| Law::Lognormal { mean, scv }),
        size.prop_map(|value| Law::Deterministic { value }),
    ]
}

fn day() -> impl Strategy<Value = Day> {
    let first = (
        proptest::collection::vec(0.0..8.0f64, 3),
        proptest::collection::vec(0..6u32, 3),
        any::<bool>(),
        proptest::option::of(law()),
        prop_oneof![Just(0.0), 0.0..1.0f64],
        proptest::option::of(0.0..2.0f64),
    );
    let second = (
        proptest::option::of(0.0..0.9f64),
        proptest::collection::vec(0.0..3.0f64, 0..4),
        // Also at the end of a period, and of the day.
        proptest::collection::vec(prop_oneof![0.0..9.0f64, Just(5.0), Just(9.0)], 0..4),
        any::<bool>(),
        prop_oneof![Just(0.0), 0.0..5.0f64],
        any::<bool>(),
        law(),
    );
    (first, second).prop_map(|(first, second)| {
        let (rates, agents, is_second, patience, balk, max_wait) = first;
        let (retry, carried, times, cut, warm_up, busy, service) = second;
        Day {
            rates,
            agents,
            second: is_second,
            patience,
            balk,
            max_wait,
            retry,
            carried,
            times,
            cut,
            warm_up,
            busy,
            service,
        }
    })
}

proptest! {
    #![proptest_config(cases(400))]

    /// Where no events are needed, going through them gives the same counts and the same times.
    #[test]
    fn both_engines_agree(day in day()) {
        let layout = day.layout();
        let (fast, slow) = (with(Engine::Fastest, &layout), with(Engine::Events, &layout));
        prop_assert_eq!(fast.events, 0);
        prop_assert_eq!(fast.contacts, slow.contacts);
        let (fast, slow) = (fast.measures(&layout), slow.measures(&layout));
        prop_assert_eq!(fast.len(), slow.len());
        for (a, b) in fast.iter().zip(&slow) {
            prop_assert_eq!(&a.name, &b.name);
            let off = (a.estimate.mean - b.estimate.mean).abs();
            prop_assert!(off <= 1e-9 * (1.0 + a.estimate.mean), "{:?} {:?}", a, b);
        }
    }

    /// Whoever comes is served, lost or left over, and is left over only where nobody serves to the
    /// end.
    #[test]
    fn nobody_is_forgotten(day in day()) {
        let seen = with(Engine::Fastest, &day.layout());
        let of = |quantity| mean(&seen, quantity, Scope::All);
        let sum = of(Quantity::Served) + of(Quantity::Lost) + of(Quantity::Unserved);
        prop_assert!((of(Quantity::Arrivals) - sum).abs() < 1e-9);
        if !day.cut && day.agents[2] > 0 {
            prop_assert_eq!(of(Quantity::Unserved), 0.0);
        }
    }
}

/// A centre in which everything is at work.
fn everything() -> Layout {
    let text = include_str!("../../../examples/centres/help-desk.json");
    let case = wfm::format::parse_case(text.as_bytes()).unwrap();
    case.centre.into_layout()
}

#[test]
fn same_bytes_on_any_number_of_threads() {
    let layout = everything();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| run_again(&layout, 40, 5))
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(3));
    assert_ne!(one, run_again(&layout, 40, 6));
}

#[test]
fn other_agents_meet_the_same_contacts() {
    let mut layout = everything();
    let before = run(&layout, 10, 5);
    for group in &mut layout.groups {
        group.agents.iter_mut().for_each(|agents| *agents += 1);
    }
    let after = run(&layout, 10, 5);
    for k in 0..layout.types.len() {
        // What comes from outside does not depend on who is there.
        let from_outside = |seen: &Simulated| {
            let of = |quantity| mean(seen, quantity, Scope::Type(k));
            of(Quantity::Arrivals) - of(Quantity::Retries) - of(Quantity::Transfers)
        };
        assert!(
            (from_outside(&before) - from_outside(&after)).abs() < 1e-9,
            "type {k}"
        );
    }
    assert_ne!(before, after);
}

#[test]
fn a_difference_between_crews_is_known_better_than_either() {
    // Twelve and thirteen agents on the same 200 days, against other days for the second crew.
    let level = |agents: u32, seed: u64| {
        let mut layout = one_queue(10.0, agents, 60.0);
        layout.types[0].answer_within = 0.1;
        let options = Options {
            spans: std::iter::once(0..1).collect(),
            ..Options::new(200, seed)
        };
        let seen = simulate(&Centre::new(layout).unwrap(), &options).unwrap();
        let share = |o: &wfm::simulation::Outcome| f64::from(o.in_time) / f64::from(o.offered);
        seen.outcomes(0, 0).iter().map(share).collect::<Vec<f64>>()
    };
    let variance = |a: &[f64], b: &[f64]| {
        let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| b - a).collect();
        let mean = differences.iter().sum::<f64>() / 200.0;
        differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 199.0
    };
    let twelve = level(12, 1);
    let (same, other) = (
        variance(&twelve, &level(13, 1)),
        variance(&twelve, &level(13, 2)),
    );
    assert!(same < other / 4.0, "{same} against {other}");
}

#[test]
fn contacts_are_counted_to_the_last_one() {
    // Two of the five come when the day is over already.
    let mut layout = one_queue(1.0, 1, 4.0);
    layout.types[0].arrivals = Arrivals::Times(vec![1.0, 2.0, 3.0, 4.0, 4.0]);
    for (close, contacts) in [(Close::Cut, 3), (Close::Drain, 5)] {
        layout.close = close;
        let centre = Centre::new(layout.clone()).unwrap();
        for engine in [Engine::Fastest, Engine::Events] {
            let with = |most_contacts| {
                let options = Options {
                    engine,
                    most_contacts,
                    ..Options::new(2, 1)
                };
                simulate(&centre, &options)
            };
            assert_eq!(with(contacts).unwrap().contacts, 2 * contacts, "{engine:?}");
            let most = contacts - 1;
            let replication = 0;
            assert_eq!(
                with(most),
                Err(SimulationError::TooManyContacts { replication, most }),
                "{engine:?}"
            );
        }
    }
}

#[test]
fn chance_sends_a_contact_to_the_same_group_whoever_else_comes() {
    let served = |other: f64| {
        let mut layout = Layout::new("two lines", vec![50.0]);
        for (k, rate) in [3.0, other].into_iter().enumerate() {
            let route = vec![2 * k, 2 * k + 1];
            for &g in &route {
                layout
                    .groups
                    .push(Group::new(format!("g{g}"), vec![200], &[k]));
                layout.service.push(service(k, g, exponential(1.0)));
            }
            layout.types.push(ContactType {
                route,
                rule: ArrivalRule::RandomAgent,
                ..ContactType::new(format!("t{k}"), vec![rate])
            });
        }
        let seen = run(&layout, 5, 1);
        [0, 1].map(|g| mean(&seen, Quantity::Served, Scope::Group(g)))
    };
    let alone = served(0.0);
    assert_eq!(alone, served(8.0));
    // Chance sends some to either.
    assert!(alone.iter().all(|&count| count > 30.0), "{alone:?}");
}
