//! Lines, chat, blending and two skills: what must hold for any load, staff and patience.

use std::time::Duration;

use proptest::prelude::*;
use wfm::queueing::{
    Blend, Chat, FiniteLines, MDesign, Performance, QueueModel, Traffic, required_lines,
};
use wfm::units::{Agents, Erlangs, Probability};

use crate::support::cases;

/// A number spread evenly over powers of ten.
fn magnitude(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (low.ln()..=high.ln()).prop_map(f64::exp)
}

fn traffic() -> impl Strategy<Value = Traffic> {
    let load = prop_oneof![magnitude(1e-9, 1e4), magnitude(0.5, 300.0), Just(0.0)];
    (load, magnitude(1.0, 36_000.0)).prop_map(|(load, aht)| {
        Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs_f64(aht))
    })
}

/// From one second to one year, or without end.
fn patience() -> impl Strategy<Value = Option<Duration>> {
    let some = magnitude(1.0, 31_536_000.0).prop_map(|s| Some(Duration::from_secs_f64(s)));
    prop_oneof![4 => some, 1 => Just(None)]
}

/// Nobody, few, about as many as the load, many.
fn staff(load: f64) -> impl Strategy<Value = u32> {
    let about = wfm::units::whole::round(load);
    let near = about.saturating_sub(30)..=about + 30;
    prop_oneof![Just(0), Just(1), near, 0_u32..=10_000]
}

fn staffed() -> impl Strategy<Value = (Traffic, u32)> {
    traffic().prop_flat_map(|traffic| (Just(traffic), staff(traffic.load.get())))
}

fn threshold() -> impl Strategy<Value = Duration> {
    prop_oneof![Just(0.0), magnitude(0.01, 1e6)].prop_map(Duration::from_secs_f64)
}

/// Ranges, and what the measures say about each other.
fn assert_sound(seen: &Performance, what: &str) {
    let level = seen.service_level;
    for p in [
        seen.p_wait,
        seen.abandonment,
        seen.occupancy,
        level.offered,
        level.answered,
        level.virtual_wait,
        level.excluding_short_abandons,
    ] {
        assert!((0.0..=1.0).contains(&p.get()), "{what}: {seen:?}");
    }
    for x in [seen.asa_seconds, seen.mean_wait_seconds, seen.queue_length] {
        assert!(x >= 0.0, "{what}: {seen:?}");
    }
    let slack = 1e-11;
    let answered = 1.0 - seen.abandonment.get();
    let offered = level.offered.get();
    assert!(offered <= answered + slack, "{what}: {seen:?}");
    assert!(
        offered <= level.virtual_wait.get() + slack,
        "{what}: {seen:?}"
    );
    assert!(offered <= level.answered.get() + slack, "{what}: {seen:?}");
    assert!(
        offered <= level.excluding_short_abandons.get() + slack,
        "{what}: {seen:?}"
    );
    assert!(
        offered >= 1.0 - seen.p_wait.get() - slack || !seen.is_stable,
        "{what}: {seen:?}"
    );
}

/// No worse with one agent more.
fn assert_better(more: &Performance, less: &Performance, what: &str) {
    let slack = 1e-10;
    let level = |seen: &Performance| seen.service_level.offered.get();
    assert!(
        level(more) >= level(less) - slack,
        "{what}: {more:?} {less:?}"
    );
    assert!(
        more.p_wait.get() <= less.p_wait.get() + slack,
        "{what}: {more:?} {less:?}"
    );
    let hang_up = |seen: &Performance| seen.abandonment.get();
    let both = more.is_stable && less.is_stable;
    assert!(
        !both || hang_up(more) <= hang_up(less) + slack,
        "{what}: {more:?} {less:?}"
    );
    assert!(
        more.is_stable || !less.is_stable,
        "{what}: {more:?} {less:?}"
    );
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn lines_lose_answer_or_keep_waiting(
        (traffic, agents) in staffed(),
        patience in patience(),
        places in prop_oneof![0_u32..40, 0_u32..20_000],
        within in threshold(),
    ) {
        let what = format!("{traffic:?} {agents} {patience:?} {places} {within:?}");
        let n = f64::from(agents);
        let lines = FiniteLines::new(agents + places, patience).unwrap();
        let seen = lines.evaluate(&traffic, n, within);
        assert_sound(&seen.admitted, &what);
        if seen.admitted.is_stable && agents > 0 {
            let admitted = traffic.load.get() * (1.0 - seen.blocking.get());
            let answered = admitted * (1.0 - seen.admitted.abandonment.get());
            let busy = seen.admitted.occupancy.get() * n;
            prop_assert!((answered - busy).abs() <= 1e-11 * traffic.load.get(), "{what} {seen:?}");
        }
        // A later place adds waiting to those admitted, and admits more of them.
        let longer = FiniteLines::new(agents + places + 1, patience).unwrap();
        let longer = longer.evaluate(&traffic, n, within);
        prop_assert!(longer.blocking.get() <= seen.blocking.get() + 1e-12, "{what}");
    }

    #[test]
    fn lines_that_are_required(
        (traffic, agents) in staffed(),
        patience in patience(),
        limit in magnitude(1e-6, 1.0),
    ) {
        let limit = Probability::saturating(limit);
        if let Ok(found) = required_lines(&traffic, Agents(agents), patience, limit) {
            let blocking = |lines| {
                let lines = FiniteLines::new(lines, patience).unwrap();
                lines.evaluate(&traffic, f64::from(agents), Duration::ZERO).blocking.get()
            };
            prop_assert!(blocking(found) <= limit.get() * (1.0 + 1e-9));
            prop_assert!(found == 0 || blocking(found - 1) >= limit.get() * (1.0 - 1e-9));
        }
    }

    #[test]
    fn chats_are_answered_or_given_up(
        (traffic, agents) in staffed(),
        patience in patience(),
        slower in proptest::collection::vec(0.5..3.0_f64, 0..4),
        within in threshold(),
    ) {
        let what = format!("{traffic:?} {agents} {patience:?} {slower:?} {within:?}");
        let mut aht = vec![traffic.aht];
        aht.extend(slower.iter().map(|times| traffic.aht.mul_f64(*times)));
        let chat = Chat::new(&aht, patience).unwrap();
        let seen = chat.performance(&traffic, f64::from(agents), within);
        assert_sound(&seen, &what);
        let concurrency = chat.mean_concurrency(&traffic, f64::from(agents));
        prop_assert!((0.0..=aht.len() as f64 * (1.0 + 1e-12)).contains(&concurrency), "{what}");
        let never_slower = (2..=aht.len())
            .all(|j| aht[j - 2].as_secs_f64() * j as f64 >= aht[j - 1].as_secs_f64() * (j as f64 - 1.0));
        if never_slower {
            let more = chat.performance(&traffic, f64::from(agents) + 1.0, within);
            assert_better(&more, &seen, &what);
        }
        let beyond = chat.wait_exceeds(&traffic, f64::from(agents), within.as_secs_f64());
        prop_assert!(beyond.get() <= seen.p_wait.get() + 1e-12, "{what}");
    }

    #[test]
    fn blending_fills_agents_with_outbound_work(
        (traffic, agents) in staffed(),
        patience in patience(),
        free in 0_u32..20,
        within in threshold(),
    ) {
        let what = format!("{traffic:?} {agents} {patience:?} {free} {within:?}");
        let (n, threshold) = (f64::from(agents), agents.saturating_sub(free));
        let blend = Blend::new(threshold, patience).unwrap();
        let seen = blend.evaluate(&traffic, n, within);
        assert_sound(&seen.inbound, &what);
        prop_assert!(seen.outbound_per_hour >= 0.0, "{what}");
        if seen.inbound.is_stable && agents > 0 {
            let outbound = seen.outbound_per_hour / 3600.0 * traffic.aht.as_secs_f64();
            let answered = traffic.load.get() * (1.0 - seen.inbound.abandonment.get());
            let busy = seen.inbound.occupancy.get() * n;
            let off = (answered + outbound - busy).abs();
            prop_assert!(off <= 1e-11 * traffic.load.get() + 1e-11 * busy, "{what} {seen:?}");
        }
        let more = blend.performance(&traffic, n + 1.0, within);
        assert_better(&more, &seen.inbound, &what);
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn two_skills_lie_between_apart_and_pooled(
        loads in [magnitude(1e-6, 12.0), magnitude(1e-6, 12.0)],
        own in [0_u32..10, 0_u32..10],
        general in 0_u32..5,
        patience in magnitude(0.1, 20.0),
    ) {
        let what = format!("{loads:?} {own:?} {general} {patience}");
        let design = MDesign::new(loads.map(|x| Erlangs::new(x).unwrap()), own, general);
        let lost = design.loss().unwrap();
        let (busy, all) = (lost.generalist_occupancy.get() * f64::from(general), loads[0] + loads[1]);
        let blocked: f64 = (0..2).map(|i| loads[i] * lost.blocking[i].get()).sum();
        let own_work: f64 = (0..2)
            .map(|i| {
                let apart = wfm::queueing::erlang_b::blocking(own[i], design.loads()[i]);
                prop_assert!(lost.blocking[i].get() <= apart.get() * (1.0 + 1e-9), "{what}");
                Ok(loads[i] * (1.0 - apart.get()))
            })
            .sum::<Result<f64, TestCaseError>>()?;
        prop_assert!((own_work + busy + blocked - all).abs() <= 1e-9 * all, "{what}");
        let aht = Duration::from_secs(100);
        let seen = design.delay(aht, aht.mul_f64(patience)).unwrap();
        for i in 0..2 {
            prop_assert!(lost.blocking[i].get() <= seen.p_wait[i].get() * (1.0 + 1e-9), "{what}");
            prop_assert!(seen.mean_wait_seconds[i] >= 0.0, "{what}");
        }
        let pooled = wfm::queueing::erlang_b::blocking(
            own[0] + own[1] + general,
            Erlangs::new(all).unwrap(),
        );
        prop_assert!(blocked >= pooled.get() * all * (1.0 - 1e-9), "{what}");
    }
}

#[test]
fn odd_numbers_of_agents_are_none_or_whole() {
    let traffic = Traffic::new(Erlangs::new(3.0).unwrap(), Duration::from_secs(60));
    let patience = Some(Duration::from_secs(60));
    let chat = Chat::new(&[traffic.aht, 2 * traffic.aht], patience).unwrap();
    let models: [&dyn QueueModel; 4] = [
        &FiniteLines::new(9, patience).unwrap(),
        &FiniteLines::new(9, None).unwrap(),
        &chat,
        &Blend::new(2, patience).unwrap(),
    ];
    for model in models {
        let with = |agents| model.performance(&traffic, agents, traffic.aht);
        assert_eq!(with(f64::NAN), with(0.0), "{model:?}");
        assert_eq!(with(-1.0), with(0.0), "{model:?}");
        assert_eq!(with(4.9), with(4.0), "{model:?}");
        assert_sound(&with(f64::INFINITY), "unlimited agents");
        assert!(with(f64::INFINITY).p_wait.get() < 1e-3, "{model:?}");
        let at_once = Traffic::new(traffic.load, Duration::ZERO);
        assert_sound(
            &model.performance(&at_once, 2.0, Duration::ZERO),
            "no handling time",
        );
        let huge = Traffic::new(Erlangs::new(f64::MAX).unwrap(), traffic.aht);
        assert_sound(&model.performance(&huge, 1e300, Duration::MAX), "huge load");
        assert_sound(
            &model.performance(&traffic, 2.0, Duration::MAX),
            "endless threshold",
        );
    }
}
