//! Whole families of formulas over grids.

use std::time::Duration;

use super::*;
use wfm::queueing::time_varying::{Day, DayInterval, NumberInSystem, transient};
use wfm::queueing::{
    ErlangA, ErlangC, FiniteLines, PhaseType, QueueModel, Traffic, deterministic, erlang_b,
};
use wfm::simulation::{Close, Transfer};
use wfm::units::{Agents, Erlangs};

/// 4.5 standard errors: below 7 · 10⁻⁶ a comparison, so fewer than one in a thousand runs of all the
/// comparisons in this file raises a false alarm.
const MOST: f64 = 4.5;

fn steady(mut layout: Layout, length: f64) -> Simulated {
    layout.periods = vec![length];
    layout.warm_up = length / 50.0;
    layout.close = Close::Cut;
    run(&layout, 40, 3)
}

fn traffic(load: f64) -> Traffic {
    Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(1))
}

fn seconds(time: f64) -> Duration {
    Duration::from_secs_f64(time)
}

const SIZES: [(f64, u32); 6] = [
    (0.5, 1),
    (2.0, 3),
    (5.0, 7),
    (12.0, 14),
    (40.0, 45),
    (120.0, 128),
];

#[test]
fn erlang_b() {
    for (load, agents) in SIZES {
        let mut layout = one_queue(load, agents, 1.0);
        layout.lines = Some(agents);
        let seen = steady(layout, 20_000.0 / load.sqrt());
        let arrivals = mean(&seen, Quantity::Arrivals, Scope::All);
        let mut blocked = estimate(&seen, Quantity::Blocked, Scope::All);
        blocked.mean /= arrivals;
        blocked.half_width = blocked.half_width.map(|h| h / arrivals);
        let exact = erlang_b::blocking(agents, traffic(load).load).get();
        assert_close(
            blocked,
            exact,
            MOST,
            &format!("{load} erlangs, {agents} lines"),
        );
    }
}

#[test]
fn erlang_c() {
    for (load, agents) in SIZES {
        for within in [0.0, 0.1, 0.5] {
            let mut layout = one_queue(load, agents, 1.0);
            layout.types[0].answer_within = within;
            let seen = steady(layout, 40_000.0 / load.sqrt());
            let formula = ErlangC.performance(&traffic(load), f64::from(agents), seconds(within));
            let what = format!("{load} erlangs, {agents} agents, {within}");
            let level = estimate(&seen, Quantity::SlOffered, Scope::All);
            assert_close(level, formula.service_level.offered.get(), MOST, &what);
            let wait = estimate(&seen, Quantity::MeanWaitAnswered, Scope::All);
            assert_close(wait, formula.asa_seconds, MOST, &what);
            let busy = estimate(&seen, Quantity::Occupancy, Scope::All);
            assert_close(busy, formula.occupancy.get(), MOST, &what);
        }
    }
}

#[test]
fn erlang_a() {
    for (load, agents) in [(0.5, 1), (5.0, 4), (12.0, 12), (60.0, 55)] {
        for patience in [0.3, 1.0, 4.0] {
            let mut layout = one_queue(load, agents, 1.0);
            layout.types[0].patience = vec![exponential(patience)];
            layout.types[0].answer_within = 0.1;
            let seen = steady(layout, 10_000.0 / load.sqrt());
            let model = ErlangA::new(seconds(patience)).unwrap();
            let formula = model.performance(&traffic(load), f64::from(agents), seconds(0.1));
            let what = format!("{load} erlangs, {agents} agents, patience {patience}");
            let exact = [
                (Quantity::SlOffered, formula.service_level.offered.get()),
                (Quantity::PAbandon, formula.abandonment.get()),
                (Quantity::PWait, formula.p_wait.get()),
                (Quantity::MeanWaitAnswered, formula.asa_seconds),
                (Quantity::Occupancy, formula.occupancy.get()),
            ];
            for (quantity, exact) in exact {
                let seen = estimate(&seen, quantity, Scope::All);
                assert_close(seen, exact, MOST, &format!("{quantity:?}: {what}"));
            }
        }
    }
}

#[test]
fn finite_lines() {
    for (load, agents, lines) in [(2.0, 2, 4), (6.0, 5, 8), (15.0, 15, 20)] {
        let mut layout = one_queue(load, agents, 1.0);
        layout.lines = Some(lines);
        let seen = steady(layout, 10_000.0 / load.sqrt());
        let traffic = traffic(load);
        let formula = FiniteLines::new(lines, None).unwrap();
        let exact = formula.evaluate(&traffic, f64::from(agents), Duration::ZERO);
        let arrivals = mean(&seen, Quantity::Arrivals, Scope::All);
        let mut blocked = estimate(&seen, Quantity::Blocked, Scope::All);
        blocked.mean /= arrivals;
        blocked.half_width = blocked.half_width.map(|h| h / arrivals);
        assert_close(blocked, exact.blocking.get(), MOST, "blocked");
        let wait = estimate(&seen, Quantity::MeanWaitAnswered, Scope::All);
        assert_close(wait, exact.admitted.asa_seconds, MOST, "wait");
    }
}

#[test]
fn other_laws_of_service() {
    // M/D/c and M/E₂/c by their exact formulas; M/G/1 by Pollaczek and Khinchine:
    // wait = ρ (1 + scv) / (2 (1 − ρ)).
    for (load, agents) in [(0.7, 1), (4.0, 5), (18.0, 20)] {
        let constant = Law::Deterministic { value: 1.0 };
        let erlang = Law::Gamma {
            mean: 1.0,
            shape: 2.0,
        };
        let exact = [
            (constant, deterministic::delay(&traffic(load), agents)),
            (
                erlang,
                PhaseType::ERLANG_2.delay(&traffic(load), agents).unwrap(),
            ),
        ];
        for (law, exact) in exact {
            let mut layout = one_queue(load, agents, 1.0);
            layout.service[0].law = vec![law];
            let seen = steady(layout, 20_000.0 / load.sqrt());
            let what = format!("{law:?}, {agents} agents");
            let wait = estimate(&seen, Quantity::MeanWaitAnswered, Scope::All);
            assert_close(wait, exact.asa_seconds, MOST, &what);
            let waits = estimate(&seen, Quantity::PWait, Scope::All);
            assert_close(waits, exact.p_wait.get(), MOST, &what);
        }
    }
    let laws = [
        Law::Uniform {
            low: 0.5,
            high: 1.5,
        },
        Law::Gamma {
            mean: 1.0,
            shape: 0.7,
        },
        Law::Lognormal {
            mean: 1.0,
            scv: 1.5,
        },
    ];
    for law in laws {
        let mut layout = one_queue(0.6, 1, 1.0);
        layout.service[0].law = vec![law];
        let seen = steady(layout, 40_000.0);
        let wait = estimate(&seen, Quantity::MeanWaitAnswered, Scope::All);
        let exact = 0.6 * (1.0 + law.scv()) / (2.0 * 0.4);
        assert_close(wait, exact, MOST, &format!("{law:?}"));
    }
}

/// M/M/1 with any patience (Baccelli and Hebuterne 1981): the offered wait has the density
/// `λ P₀ exp(λ ∫₀ˣ (1 − G) − μ x)` and a contact is lost if it is longer than the patience.
#[test]
fn other_laws_of_patience() {
    let rate = 1.4;
    let uniform = Law::Uniform {
        low: 0.5,
        high: 2.0,
    };
    let still_there = |x: f64| ((2.0 - x) / 1.5).clamp(0.0, 1.0);
    let sudden = |x: f64| f64::from(u8::from(x < 1.2));
    let laws: [(Layout, &dyn Fn(f64) -> f64); 3] = [
        (patient(rate, Some(uniform), None), &still_there),
        (
            patient(rate, Some(Law::Deterministic { value: 1.2 }), None),
            &sudden,
        ),
        (patient(rate, None, Some(1.2)), &sudden),
    ];
    for (layout, still_there) in laws {
        let step = 1e-4;
        let (mut patient, mut total, mut lost) = (0.0, 0.0, 0.0);
        for i in 0..400_000 {
            let x = (f64::from(i) + 0.5) * step;
            patient += rate * still_there(x) * step;
            let density = rate * (patient - x).exp() * step;
            total += density;
            lost += density * (1.0 - still_there(x));
        }
        let exact = lost / (1.0 + total);
        let seen = steady(layout, 20_000.0);
        let arrivals = mean(&seen, Quantity::Arrivals, Scope::All);
        let mut gone = estimate(&seen, Quantity::Lost, Scope::All);
        gone.mean /= arrivals;
        gone.half_width = gone.half_width.map(|h| h / arrivals);
        assert_close(gone, exact, MOST + 0.1, "lost");
    }
}

fn patient(rate: f64, patience: Option<Law>, max_wait: Option<f64>) -> Layout {
    let mut layout = one_queue(rate, 1, 1.0);
    layout.types[0].patience = patience.into_iter().collect();
    layout.types[0].max_wait = max_wait;
    layout
}

/// Escalation without ado: two queues in a row, each as if it were alone (Burke 1956).
#[test]
fn a_queue_after_a_queue() {
    let mut layout = one_queue(3.0, 4, 1.0);
    layout.types[0].transfers = vec![Transfer {
        probability: 0.4,
        to: 1,
        warm: false,
    }];
    layout.types.push(ContactType {
        route: vec![1],
        ..ContactType::new("second level", vec![0.0])
    });
    layout.groups.push(Group::new("behind", vec![3], &[1]));
    layout.service.push(service(1, 1, exponential(2.0)));
    let seen = steady(layout, 20_000.0);
    let second = Traffic::new(Erlangs::new(2.4).unwrap(), Duration::from_secs(2));
    for (k, traffic, agents) in [(0, traffic(3.0), 4.0), (1, second, 3.0)] {
        let exact = ErlangC.performance(&traffic, agents, Duration::ZERO);
        let wait = estimate(&seen, Quantity::MeanWaitAnswered, Scope::Type(k));
        assert_close(wait, exact.asa_seconds, MOST, &format!("level {k}"));
    }
    let transfers = mean(&seen, Quantity::Transfers, Scope::Type(1));
    let served = mean(&seen, Quantity::Served, Scope::Type(0));
    assert!((transfers / served - 0.4).abs() < 0.005);
    assert_eq!(transfers, mean(&seen, Quantity::Arrivals, Scope::Type(1)));
}

/// From empty, with more agents from period to period: who finds nobody free, exactly.
#[test]
fn a_day_that_begins_empty() {
    let (rates, agents) = ([5.0, 9.0, 7.0, 12.0], [4, 8, 9, 12]);
    let mut layout = one_queue(1.0, 1, 1.0);
    layout.periods = vec![5.0; 4];
    layout.types[0] = ContactType {
        route: vec![0],
        patience: vec![exponential(2.0)],
        ..ContactType::new("calls", rates.to_vec())
    };
    layout.groups[0].agents = agents.to_vec();
    let intervals = rates.into_iter().zip(agents).map(|(rate, agents)| {
        DayInterval::new(seconds(5.0), rate * 3600.0, Agents(agents)).unwrap()
    });
    let day = Day::new(intervals.collect(), seconds(1.0), Some(seconds(2.0))).unwrap();
    let exact = transient::day(&day, &NumberInSystem::empty(), seconds(0.1)).unwrap();
    let seen = run(&layout, 20_000, 5);
    for (p, outcome) in exact.intervals.iter().enumerate() {
        let waits = estimate(&seen, Quantity::PWait, Scope::Period(p));
        assert_close(
            waits,
            outcome.p_wait().get(),
            MOST,
            &format!("period {p} waits"),
        );
        let busy = estimate(&seen, Quantity::Occupancy, Scope::Period(p));
        assert_close(
            busy,
            outcome.occupancy().get(),
            MOST,
            &format!("period {p} busy"),
        );
    }
}

/// Arrivals under a random factor: mean `λT m`, variance `λT m + (λT)² σ²`.
#[test]
fn busyness() {
    let mut layout = one_queue(2.0, 60, 50.0);
    layout.busyness = Some(Law::Gamma {
        mean: 1.0,
        shape: 10.0,
    });
    let seen = run(&layout, 20_000, 1);
    let arrivals = estimate(&seen, Quantity::Arrivals, Scope::All);
    assert_close(arrivals, 100.0, MOST, "arrivals");
    let deviation = arrivals.half_width.unwrap() / 1.96 * 20_000_f64.sqrt();
    let exact = (100.0 + 10_000.0 / 10.0_f64).sqrt();
    // The standard error of a deviation of nearly gamma numbers is some 0.6 %.
    assert!(
        (deviation / exact - 1.0).abs() < 0.03,
        "{deviation} against {exact}"
    );
}
