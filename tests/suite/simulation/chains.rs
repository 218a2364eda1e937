//! Features against small Markov chains that have them, in steady state.

use super::chain::Steady;
use super::*;
use wfm::simulation::{AgentRule, ArrivalRule, Close, Retry, Take, Transfer};

/// A call of a chat agent, as a state.
const CALL: u32 = 9;

/// Standard errors that a comparison may be off: one in 16,000 is at 4. There are some thirty here.
const MOST: f64 = 4.0;

/// A long run of many replications, whose beginning is cut off.
fn steady(mut layout: Layout) -> Simulated {
    let length = 3000.0;
    layout.periods = vec![length];
    layout.warm_up = 100.0;
    layout.close = Close::Cut;
    run(&layout, 60, 7)
}

#[test]
fn balking() {
    // Three agents, rate 3.5, 40 % of those who would wait do not: arrivals at 2.1 beyond three.
    let mut layout = one_queue(3.5, 3, 1.0);
    layout.types[0].balk_probability = 0.4;
    let chain = Steady::new(0u32, |n| {
        let arrives = if n < 3 { 3.5 } else { 3.5 * 0.6 };
        let up = (n < 200).then_some((n + 1, arrives));
        let down = (n > 0).then(|| (n - 1, f64::from(n.min(3))));
        up.into_iter().chain(down).collect()
    });
    let seen = steady(layout);
    let waits = chain.mean(|n| f64::from(u32::from(n >= 3)));
    assert_close(
        estimate(&seen, Quantity::PWait, Scope::All),
        waits,
        MOST,
        "waits",
    );
    let balks = estimate(&seen, Quantity::PAbandon, Scope::All);
    assert_close(balks, 0.4 * waits, MOST, "balks");
}

#[test]
fn lines_and_patience() {
    // Two agents, five lines, patience of mean 2, rate 3.
    let mut layout = one_queue(3.0, 2, 1.0);
    layout.lines = Some(5);
    layout.types[0].patience = vec![exponential(2.0)];
    let chain = Steady::new(0u32, |n| {
        let leaves = f64::from(n.min(2)) + 0.5 * f64::from(n.saturating_sub(2));
        let up = (n < 5).then_some((n + 1, 3.0));
        up.into_iter()
            .chain((n > 0).then(|| (n - 1, leaves)))
            .collect()
    });
    let seen = steady(layout);
    let arrivals = mean(&seen, Quantity::Arrivals, Scope::All);
    let full = chain.mean(|n| f64::from(u32::from(n == 5)));
    let blocked = estimate(&seen, Quantity::Blocked, Scope::All);
    let errors =
        (blocked.mean / arrivals - full).abs() * arrivals * 1.96 / blocked.half_width.unwrap();
    assert!(
        errors <= MOST,
        "blocked {} against {full}",
        blocked.mean / arrivals
    );
    let gone = chain.mean(|n| 0.5 * f64::from(n.saturating_sub(2))) / 3.0;
    assert_close(
        estimate(&seen, Quantity::PAbandon, Scope::All),
        gone,
        MOST,
        "abandons",
    );
}

#[test]
fn retries() {
    // Two agents, rate 1.8, patience of mean 1; 70 % of those who hang up come again after a time of
    // mean 2. State: in the centre, and at home about to try again.
    let mut layout = one_queue(1.8, 2, 1.0);
    layout.types[0].patience = vec![exponential(1.0)];
    layout.types[0].retry = Some(Retry {
        probability: 0.7,
        delay: exponential(2.0),
        fresh: true,
    });
    let most = 25;
    let chain = Steady::new((0u32, 0u32), |(n, home)| {
        let hangs_up = f64::from(n.saturating_sub(2));
        let mut all = Vec::new();
        if n < most {
            all.push(((n + 1, home), 1.8));
            if home > 0 {
                all.push(((n + 1, home - 1), 0.5 * f64::from(home)));
            }
        }
        if n > 0 {
            all.push(((n - 1, home), f64::from(n.min(2)) + 0.3 * hangs_up));
            all.push(((n - 1, (home + 1).min(most)), 0.7 * hangs_up));
        }
        all
    });
    let seen = steady(layout);
    let (again, gone) = (
        chain.mean(|(_, home)| 0.5 * f64::from(home)),
        chain.mean(|(n, _)| f64::from(n.saturating_sub(2))),
    );
    let exact = gone / (1.8 + again);
    assert_close(
        estimate(&seen, Quantity::PAbandon, Scope::All),
        exact,
        MOST,
        "abandons",
    );
    let busy = chain.mean(|(n, _)| f64::from(n.min(2))) / 2.0;
    assert_close(
        estimate(&seen, Quantity::Occupancy, Scope::All),
        busy,
        MOST,
        "busy",
    );
    let retries = mean(&seen, Quantity::Retries, Scope::All) / 2900.0;
    assert!(
        (retries / again - 1.0).abs() < 0.02,
        "retries {retries} against {again}"
    );
}

/// A fast group of two and a slow group of three, seven lines for rate 3.
fn fast_and_slow(rule: ArrivalRule) -> Layout {
    let mut layout = one_queue(3.0, 2, 1.0);
    layout.lines = Some(7);
    layout.types[0].route = vec![0, 1];
    layout.types[0].rule = rule;
    layout.groups.push(Group::new("slow", vec![3], &[0]));
    layout.service.push(service(0, 1, exponential(2.0)));
    layout
}

/// The chain of [`fast_and_slow`] where a contact goes to the fast group with a probability that
/// depends on who is free.
fn two_groups(to_fast: impl Fn(u32, u32) -> f64) -> Steady<(u32, u32, u32)> {
    Steady::new((0, 0, 0), move |(fast, slow, waiting)| {
        let mut all = Vec::new();
        if fast + slow < 5 {
            let share = to_fast(2 - fast, 3 - slow);
            all.push(((fast + 1, slow, 0), 3.0 * share));
            all.push(((fast, slow + 1, 0), 3.0 * (1.0 - share)));
            all.retain(|((f, s, _), _)| *f <= 2 && *s <= 3);
        } else if waiting < 2 {
            all.push(((fast, slow, waiting + 1), 3.0));
        }
        // Whoever is free takes the next, so the group stays as busy as it was.
        let (left, done) = if waiting > 0 {
            (waiting - 1, 0)
        } else {
            (0, 1)
        };
        if fast > 0 {
            all.push(((fast - done, slow, left), f64::from(fast)));
        }
        if slow > 0 {
            all.push(((fast, slow - done, left), f64::from(slow) / 2.0));
        }
        all
    })
}

#[test]
fn first_group_or_random_agent() {
    let first = two_groups(|fast, _| if fast > 0 { 1.0 } else { 0.0 });
    let random = two_groups(|fast, slow| f64::from(fast) / f64::from(fast + slow));
    for (rule, chain) in [
        (ArrivalRule::Priority, &first),
        (ArrivalRule::RandomAgent, &random),
    ] {
        let seen = steady(fast_and_slow(rule));
        let busy = [
            chain.mean(|s| f64::from(s.0)) / 2.0,
            chain.mean(|s| f64::from(s.1)) / 3.0,
        ];
        for (g, exact) in busy.into_iter().enumerate() {
            let seen = estimate(&seen, Quantity::Occupancy, Scope::Group(g));
            assert_close(seen, exact, MOST, &format!("{rule:?}, group {g}"));
        }
    }
    // The rules differ by more than any noise.
    let busy = |chain: &Steady<(u32, u32, u32)>| chain.mean(|s| f64::from(s.0)) / 2.0;
    assert!(busy(&first) - busy(&random) > 0.05);
}

#[test]
fn longest_idle() {
    // One fast and one slow agent, two lines, rate 1. State: who is busy, and who has been idle
    // longer when both are idle.
    let mut layout = one_queue(1.0, 1, 1.0);
    layout.lines = Some(2);
    layout.types[0].route = vec![0, 1];
    layout.types[0].rule = ArrivalRule::LongestIdle;
    layout.groups.push(Group::new("slow", vec![1], &[0]));
    layout.service.push(service(0, 1, exponential(4.0)));
    let chain = Steady::new((false, false, 0), |state| match state {
        (false, false, 0) => vec![((true, false, 0), 1.0)],
        (false, false, _) => vec![((false, true, 0), 1.0)],
        // The slow one has been idle all the while the fast one worked.
        (true, false, _) => vec![((true, true, 0), 1.0), ((false, false, 1), 1.0)],
        (false, true, _) => vec![((true, true, 0), 1.0), ((false, false, 0), 0.25)],
        (true, true, _) => vec![((false, true, 0), 1.0), ((true, false, 0), 0.25)],
    });
    let seen = steady(layout);
    let busy = [
        chain.mean(|s| f64::from(u8::from(s.0))),
        chain.mean(|s| f64::from(u8::from(s.1))),
    ];
    for (g, exact) in busy.into_iter().enumerate() {
        let seen = estimate(&seen, Quantity::Occupancy, Scope::Group(g));
        assert_close(seen, exact, MOST, &format!("group {g}"));
    }
}

#[test]
fn reserve() {
    // Two types share three agents; the second is served only while more than one is free. Nobody
    // waits: impatient at once.
    let mut layout = one_queue(1.5, 3, 1.0);
    layout.types.push(ContactType {
        route: vec![0],
        ..ContactType::new("guests", vec![2.0])
    });
    layout.service.push(service(1, 0, exponential(1.0)));
    layout.groups[0].takes.push(Take {
        contact_type: 1,
        reserve: 1,
    });
    for contact in &mut layout.types {
        contact.balk_probability = 1.0;
    }
    let chain = Steady::new(0u32, |n| {
        let arrives = 1.5 * f64::from(u32::from(n < 3)) + 2.0 * f64::from(u32::from(n < 2));
        let up = (arrives > 0.0).then_some((n + 1, arrives));
        up.into_iter()
            .chain((n > 0).then(|| (n - 1, f64::from(n))))
            .collect()
    });
    let seen = steady(layout);
    for (k, from) in [(0, 3), (1, 2)] {
        let exact = chain.mean(|n| f64::from(u32::from(n >= from)));
        let lost = estimate(&seen, Quantity::PAbandon, Scope::Type(k));
        assert_close(lost, exact, MOST, &format!("type {k}"));
    }
}

#[test]
fn chats_of_one_agent_slow_each_other_down() {
    // One agent, up to three chats that take 1, 1.3 and 1.7 times as long; rate 2, patience of mean
    // 1: a birth-death chain.
    let mut layout = one_queue(2.0, 1, 1.0);
    layout.types[0].chat = true;
    layout.types[0].patience = vec![exponential(1.0)];
    layout.groups[0].concurrency = 3;
    let slowdown = [1.0, 1.3, 1.7];
    layout.groups[0].slowdown = slowdown.to_vec();
    let chain = Steady::new(0u32, |n| {
        let held = n.min(3);
        let rate = if held > 0 {
            f64::from(held) / slowdown[held as usize - 1]
        } else {
            0.0
        };
        let leaves = rate + f64::from(n.saturating_sub(3));
        let up = (n < 60).then_some((n + 1, 2.0));
        up.into_iter()
            .chain((n > 0).then_some((n.max(1) - 1, leaves)))
            .collect()
    });
    let seen = steady(layout);
    let gone = chain.mean(|n| f64::from(n.saturating_sub(3))) / 2.0;
    assert_close(
        estimate(&seen, Quantity::PAbandon, Scope::All),
        gone,
        MOST,
        "abandons",
    );
    let waits = chain.mean(|n| f64::from(u32::from(n >= 3)));
    assert_close(
        estimate(&seen, Quantity::PWait, Scope::All),
        waits,
        MOST,
        "waits",
    );
    let busy = chain.mean(|n| f64::from(u32::from(n > 0)));
    assert_close(
        estimate(&seen, Quantity::Occupancy, Scope::All),
        busy,
        MOST,
        "busy",
    );
}

#[test]
fn chats_go_to_whoever_holds_the_fewest_and_calls_take_a_whole_agent() {
    // Two agents with up to two chats each at full speed, and calls that need an idle agent; nobody
    // waits. State: chats of either agent, the call counting as 9.
    let mut layout = one_queue(1.5, 2, 1.0);
    layout.types[0].chat = true;
    layout.types[0].balk_probability = 1.0;
    layout.types.push(ContactType {
        route: vec![0],
        balk_probability: 1.0,
        ..ContactType::new("phone", vec![0.8])
    });
    layout.groups[0].concurrency = 2;
    layout.groups[0].takes.push(Take {
        contact_type: 1,
        reserve: 0,
    });
    layout.service.push(service(1, 0, exponential(2.0)));
    let chain = Steady::new((0u32, 0u32), |(a, b)| {
        let mut all = Vec::new();
        let mut go = |(a, b): (u32, u32), rate| all.push(((a.min(b), a.max(b)), rate));
        if a < 2 {
            go((a + 1, b), 1.5);
        }
        if a == 0 {
            go((CALL, b), 0.8);
        }
        for (own, other) in [(a, b), (b, a)] {
            match own {
                0 => {}
                CALL => go((0, other), 0.5),
                chats => go((chats - 1, other), f64::from(chats)),
            }
        }
        all
    });
    let seen = steady(layout);
    // The least loaded is first in the state.
    let chats = chain.mean(|(a, _)| f64::from(u32::from(a >= 2)));
    assert_close(
        estimate(&seen, Quantity::PAbandon, Scope::Type(0)),
        chats,
        MOST,
        "chats",
    );
    let calls = chain.mean(|(a, _)| f64::from(u32::from(a > 0)));
    assert_close(
        estimate(&seen, Quantity::PAbandon, Scope::Type(1)),
        calls,
        MOST,
        "calls",
    );
}

#[test]
fn warm_transfers_hold_the_first_agent() {
    // Two agents in front, one behind; half of the contacts are handed over warm, so the first agent
    // stays until the second begins. Nobody waits in front. State: serving, staying, busy behind.
    let mut layout = one_queue(1.5, 2, 1.0);
    layout.types[0].balk_probability = 1.0;
    layout.types[0].transfers = vec![Transfer {
        probability: 0.5,
        to: 1,
        warm: true,
    }];
    layout.types.push(ContactType {
        route: vec![1],
        ..ContactType::new("second level", vec![0.0])
    });
    layout.groups.push(Group::new("behind", vec![1], &[1]));
    layout.service.push(service(1, 1, exponential(1.25)));
    let chain = Steady::new((0u32, 0u32, false), |(serving, staying, behind)| {
        let mut all = Vec::new();
        if serving + staying < 2 {
            all.push(((serving + 1, staying, behind), 1.5));
        }
        if serving > 0 {
            let rate = f64::from(serving) * 0.5;
            all.push(((serving - 1, staying, behind), rate));
            let on = if behind {
                (serving - 1, staying + 1, true)
            } else {
                (serving - 1, staying, true)
            };
            all.push((on, rate));
        }
        if behind {
            let next = if staying > 0 {
                (serving, staying - 1, true)
            } else {
                (serving, 0, false)
            };
            all.push((next, 0.8));
        }
        all
    });
    let seen = steady(layout);
    let lost = chain.mean(|(serving, staying, _)| f64::from(u32::from(serving + staying == 2)));
    assert_close(
        estimate(&seen, Quantity::PAbandon, Scope::Type(0)),
        lost,
        MOST,
        "lost in front",
    );
    let behind = chain.mean(|state| f64::from(u8::from(state.2)));
    assert_close(
        estimate(&seen, Quantity::Occupancy, Scope::Group(1)),
        behind,
        MOST,
        "behind",
    );
}

#[test]
fn priority_over_deferred_work() {
    // One agent, urgent work first, never interrupted (Cobham 1954): waits R / (1 − ρ₁) and
    // R / ((1 − ρ₁)(1 − ρ₁ − ρ₂)) with R = Σ λ E[S²] / 2.
    let mut layout = one_queue(0.3, 1, 1.0);
    layout.types.push(ContactType {
        route: vec![0],
        ..ContactType::new("mail", vec![0.2])
    });
    let mail = Law::Gamma {
        mean: 2.0,
        shape: 4.0,
    };
    layout.service.push(service(1, 0, mail));
    layout.groups[0] = Group {
        rule: AgentRule::Priority,
        ..Group::new("agents", vec![1], &[0, 1])
    };
    let seen = steady(layout);
    let residual = 0.5 * 0.3 * 2.0 + 0.5 * 0.2 * 4.0 * 1.25;
    let exact = [residual / 0.7, residual / (0.7 * 0.3)];
    for (k, wait) in exact.into_iter().enumerate() {
        let seen = estimate(&seen, Quantity::MeanWaitAnswered, Scope::Type(k));
        assert_close(seen, wait, MOST, &format!("type {k}"));
    }
}
