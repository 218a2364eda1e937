//! Laws of Erlang B, C and A and of staffing under them, over the whole range of sizes.

use std::time::Duration;

use proptest::prelude::*;
use wfm::queueing::{
    Counting, ErlangA, ErlangC, Objective, Performance, QueueModel, QueueingError, Traffic,
    erlang_b, marginal_agent, performance_each, required_agents, required_agents_each,
    required_agents_fractional, sustainable_load, wait_percentile,
};
use wfm::units::{Agents, Erlangs, Probability};

fn erlangs(load: f64) -> Erlangs {
    Erlangs::new(load).unwrap()
}

fn share(value: f64) -> Probability {
    Probability::new(value).unwrap()
}

fn seconds(value: f64) -> Duration {
    Duration::from_secs_f64(value)
}

fn traffic(load: f64, aht: f64) -> Traffic {
    Traffic::new(erlangs(load), seconds(aht))
}

fn patient(mean: f64) -> ErlangA {
    ErlangA::new(seconds(mean)).unwrap()
}

/// Loads from a billionth of an erlang to a million.
fn any_load() -> impl Strategy<Value = f64> {
    (-9.0..6.0_f64).prop_map(|exponent| 10.0_f64.powf(exponent))
}

/// Real numbers of agents around a load, from nobody to far too many.
fn around(load: f64, spread: f64) -> f64 {
    (load + spread * load.sqrt().max(1.0)).max(0.0)
}

/// Patience from a second to a year.
fn any_patience() -> impl Strategy<Value = f64> {
    (0.0..7.5_f64).prop_map(|exponent| 10.0_f64.powf(exponent))
}

fn assert_sound(seen: &Performance) -> Result<(), TestCaseError> {
    let level = seen.service_level;
    for value in [
        seen.asa_seconds,
        seen.mean_wait_seconds,
        seen.queue_length,
        level.offered.get(),
        level.excluding_short_abandons.get(),
    ] {
        prop_assert!(value >= 0.0, "{seen:?}");
    }
    let slack = 1.0 + 1e-9;
    prop_assert!(
        level.offered.get() <= level.answered.get() * slack,
        "{seen:?}"
    );
    prop_assert!(
        level.offered.get() <= level.virtual_wait.get() * slack,
        "{seen:?}"
    );
    prop_assert!(
        level.offered.get() <= level.excluding_short_abandons.get() * slack,
        "{seen:?}"
    );
    prop_assert!(
        seen.abandonment.get() <= seen.p_wait.get() * slack,
        "{seen:?}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn blocking_falls_with_servers_and_rises_with_load(
        load in any_load(), spread in -20.0..20.0, more in 1e-3..5.0,
    ) {
        let n = around(load, spread);
        let b = |n: f64, a: f64| erlang_b::blocking_continuous(n, erlangs(a)).get();
        let here = b(n, load);
        prop_assert!(b(n + more, load) <= here * (1.0 + 1e-12));
        prop_assert!(b(n, load * (1.0 + more)) >= here * (1.0 - 1e-12));
        // The recursion of the definition, for real numbers too: 1/B(n+1) = 1 + (n+1)/a · 1/B(n).
        let above = b(n + 1.0, load);
        if above > 1e-280 {
            let recursion = 1.0 / (1.0 + (n + 1.0) / load / here);
            prop_assert!((recursion / above - 1.0).abs() < 2e-12, "{recursion} {above}");
        }
    }

    #[test]
    fn fewest_servers_are_fewest(load in any_load(), limit in 1e-9..0.99) {
        let n = erlang_b::required_servers(erlangs(load), share(limit)).unwrap();
        prop_assert!(erlang_b::blocking(n, erlangs(load)).get() <= limit);
        prop_assert!(n == 0 || erlang_b::blocking(n - 1, erlangs(load)).get() > limit);
    }

    #[test]
    fn the_load_for_a_blocking_has_that_blocking(
        servers in 1e-2..1e6_f64, limit in 1e-9..0.999,
    ) {
        let load = erlang_b::offered_load(servers, share(limit)).unwrap();
        let found = erlang_b::blocking_continuous(servers, load).get();
        prop_assert!((found / limit - 1.0).abs() < 1e-9, "{found}");
    }

    #[test]
    fn erlang_c_is_sound_and_monotone(
        load in any_load(), spread in -3.0..12.0, more in 1e-3..5.0, within in 0.0..600.0,
        aht in 1.0..3_600.0,
    ) {
        let n = around(load, spread);
        let seen = |n: f64, a: f64| ErlangC.performance(&traffic(a, aht), n, seconds(within));
        let (here, better, worse) = (seen(n, load), seen(n + more, load), seen(n, load * 1.01));
        assert_sound(&here)?;
        prop_assert_eq!(here.is_stable, n > load);
        let aht = seconds(aht).as_secs_f64();
        let level = |p: &Performance| p.service_level.offered.get();
        prop_assert!(level(&better) >= level(&here) - 1e-13);
        prop_assert!(level(&worse) <= level(&here) + 1e-13);
        prop_assert!(better.asa_seconds <= here.asa_seconds);
        prop_assert!(worse.asa_seconds >= here.asa_seconds * (1.0 - 1e-12));
        if here.is_stable {
            // Little's law, and C from B.
            let b = erlang_b::blocking_continuous(n, erlangs(load)).get();
            let c = n * b / (n - load * (1.0 - b));
            prop_assert!((here.p_wait.get() - c).abs() <= 1e-11 * c + 1e-300 || b < 1e-290);
            let queue = here.asa_seconds * load / aht;
            prop_assert!((here.queue_length / queue - 1.0).abs() < 1e-12 || queue < 1e-300);
        }
    }

    #[test]
    fn erlang_a_is_sound_and_monotone(
        load in any_load(), spread in -20.0..12.0, more in 1e-3..5.0, within in 0.0..600.0,
        aht in 1.0..3_600.0, patience in any_patience(),
    ) {
        let (model, n) = (patient(patience), around(load, spread));
        let seen = |n: f64, a: f64| model.performance(&traffic(a, aht), n, seconds(within));
        let (here, better) = (seen(n, load), seen(n + more, load));
        assert_sound(&here)?;
        prop_assert!(here.is_stable);
        let tiny = 1e-12;
        for counting in [Counting::Offered, Counting::VirtualWait, Counting::Answered,
            Counting::ExcludingShortAbandons] {
            let (now, then) = (here.service_level.by(counting), better.service_level.by(counting));
            prop_assert!(then.get() >= now.get() - tiny, "{:?}: {} {}", counting, now, then);
        }
        prop_assert!(better.abandonment.get() <= here.abandonment.get() + tiny);
        prop_assert!(better.p_wait.get() <= here.p_wait.get() + tiny);
        prop_assert!(better.asa_seconds <= here.asa_seconds * (1.0 + 1e-9));
        // Offered = answered + abandoned: what agents do is what is answered.
        let answered = here.occupancy.get() * n / load;
        prop_assert!((answered + here.abandonment.get() - 1.0).abs() < 1e-11 || n == 0.0);
        let (aht, patience) = (seconds(aht).as_secs_f64(), seconds(patience).as_secs_f64());
        // Little's law for the queue, and patience as the clock of abandonment.
        let queue = here.mean_wait_seconds * load / aht;
        prop_assert!((here.queue_length - queue).abs() <= 1e-11 * queue);
        let lost = here.mean_wait_seconds / patience;
        prop_assert!((here.abandonment.get() - lost).abs() <= 1e-11 * lost);
        // The wait of all is the mix of those answered and of those who hang up, neither negative.
        let of_answered = here.asa_seconds * (1.0 - here.abandonment.get());
        prop_assert!(of_answered <= here.mean_wait_seconds * (1.0 + 1e-9) || n == 0.0);
    }

    #[test]
    fn erlang_a_lies_between_its_limits(
        load in 1e-3..1e5_f64, spread in 0.1..6.0, aht in 10.0..1_000.0, within in 0.0..60.0,
    ) {
        let (n, arriving, within) = (around(load, spread).ceil(), traffic(load, aht), seconds(within));
        let endless = patient(1e15 * aht).performance(&arriving, n, within);
        let c = ErlangC.performance(&arriving, n, within);
        prop_assert!((endless.p_wait.get() - c.p_wait.get()).abs() < 1e-9);
        prop_assert!((endless.service_level.offered.get() - c.service_level.offered.get()).abs() < 1e-9);
        prop_assert!((endless.asa_seconds / c.asa_seconds - 1.0).abs() < 1e-6 || c.asa_seconds < 1e-200);
        let hasty = patient(1e-9).performance(&arriving, n, within);
        let b = erlang_b::blocking_continuous(n, erlangs(load)).get();
        prop_assert!((hasty.abandonment.get() / b - 1.0).abs() < 1e-5 || b < 1e-290);
        // Patience of one handling time: the number in system is Poisson, like without any queue.
        let even = patient(aht).performance(&arriving, n, within);
        let idle_or_last = 1.0 - even.p_wait.get();
        let poisson = statrs_poisson_below(n, load);
        prop_assert!((idle_or_last - poisson).abs() < 1e-9, "{} {}", idle_or_last, poisson);
    }

    #[test]
    fn fewest_agents_are_fewest(
        load in any_load(), target in 0.01..0.999, within in 0.0..300.0, aht in 1.0..2_000.0,
        patience in any_patience(), cap in 0.3..1.0, lost in 0.001..0.9, asa in 0.1..600.0,
        which in 0..4_usize,
    ) {
        let arriving = traffic(load, aht);
        let level = Objective::service_level(share(target), seconds(within)).unwrap();
        let objective = match which {
            0 => level,
            1 => level.with_occupancy_cap(share(cap)).unwrap(),
            2 => level.with_abandonment(share(lost)).unwrap().counting(Counting::Answered),
            _ => Objective::STABLE.with_asa(seconds(asa)).unwrap().with_p_wait(share(target)).unwrap(),
        };
        let a = patient(patience);
        let models: [&dyn QueueModel; 2] = [&ErlangC, &a];
        for model in models {
            let met = |n: f64| {
                objective.is_met(&model.performance(&arriving, n, objective.answer_within()))
            };
            let n = required_agents(model, &arriving, &objective).unwrap().as_f64();
            prop_assert!(met(n), "{:?}: {} agents are not enough", model, n);
            prop_assert!(n == 0.0 || !met(n - 1.0), "{:?}: {} agents are more than needed", model, n);
            let real = required_agents_fractional(model, &arriving, &objective).unwrap();
            prop_assert!(real <= n && real >= n - 1.0 && met(real));
            prop_assert!(real <= 1e-9 || !met(real * (1.0 - 1e-9)) || real * 1e-9 < 1e-12, "{}", real);
        }
    }

    #[test]
    fn a_stricter_target_never_needs_fewer(
        load in any_load(), target in 0.01..0.98, patience in any_patience(), within in 0.0..120.0,
    ) {
        let arriving = traffic(load, 240.0);
        let model = patient(patience);
        let need = |target: f64, within: f64, model: &dyn QueueModel| {
            let objective = Objective::service_level(share(target), seconds(within)).unwrap();
            required_agents(model, &arriving, &objective).unwrap()
        };
        for model in [&ErlangC as &dyn QueueModel, &model] {
            let base = need(target, within, model);
            prop_assert!(need(target + 0.01, within, model) >= base);
            prop_assert!(need(target, within + 10.0, model) <= base);
        }
        // Whoever stays on the line is served sooner when others hang up.
        let stays = Objective::service_level(share(target), seconds(within))
            .unwrap()
            .counting(Counting::VirtualWait);
        let needed = required_agents(&model, &arriving, &stays).unwrap();
        prop_assert!(need(target, within, &ErlangC) >= needed);
    }

    #[test]
    fn sustainable_load_is_the_inverse_of_staffing(
        load in 1e-3..1e5_f64, target in 0.05..0.99, patience in 10.0..1e4_f64, within in 0.0..120.0,
    ) {
        let objective = Objective::service_level(share(target), seconds(within)).unwrap();
        let model = patient(patience);
        for model in [&ErlangC as &dyn QueueModel, &model] {
            let arriving = traffic(load, 300.0);
            let n = required_agents(model, &arriving, &objective).unwrap().as_f64();
            let most = sustainable_load(model, arriving.aht, n, &objective).unwrap();
            prop_assert!(most.get() >= load * (1.0 - 1e-9));
            let again = required_agents(model, &Traffic::new(most, arriving.aht), &objective).unwrap();
            prop_assert!(again.as_f64() <= n);
            let fewer = sustainable_load(model, arriving.aht, n - 1.0, &objective).unwrap();
            prop_assert!(fewer.get() < load);
        }
    }

    #[test]
    fn percentiles_and_tails_are_inverse(
        load in 1e-2..1e5_f64, spread in 0.2..3.0, patience in any_patience(), part in 0.01..0.999,
    ) {
        let (n, arriving) = (around(load, spread), traffic(load, 240.0));
        let model = patient(patience);
        for model in [&ErlangC as &dyn QueueModel, &model] {
            let wait = wait_percentile(model, &arriving, n, share(part)).unwrap();
            let late = model.wait_exceeds(&arriving, n, wait).get();
            prop_assert!(late <= 1.0 - part);
            prop_assert!(wait == 0.0 || (late / (1.0 - part) - 1.0).abs() < 1e-6, "{} {}", wait, late);
        }
    }
}

/// `P(N ≤ n − 1)` of a Poisson law, for whole `n ≥ 1`.
fn statrs_poisson_below(n: f64, mean: f64) -> f64 {
    statrs::function::gamma::gamma_ur(n, mean)
}

#[test]
fn batches_are_the_same_on_any_number_of_threads() {
    let day: Vec<Traffic> = (0..5_000)
        .map(|i| traffic(f64::from(i) * 0.37, 200.0))
        .collect();
    let objective = Objective::service_level(share(0.8), seconds(20.0)).unwrap();
    let model = patient(150.0);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let agents = required_agents_each(&model, &day, &objective).unwrap();
            let real: Vec<f64> = agents.iter().map(|n| n.as_f64()).collect();
            (
                performance_each(&model, &day, &real, seconds(20.0)).unwrap(),
                agents,
            )
        })
    };
    let one = run(1);
    assert_eq!(one.1[0], Agents::ZERO);
    assert_eq!(one, run(2));
    assert_eq!(one, run(7));
    for (interval, agents) in day.iter().zip(&one.1) {
        assert_eq!(required_agents(&model, interval, &objective), Ok(*agents));
    }
}

#[test]
fn a_batch_names_the_interval_without_an_answer() {
    let day = [
        traffic(5.0, 200.0),
        traffic(1e12, 200.0),
        traffic(1e13, 200.0),
    ];
    let objective = Objective::service_level(share(0.8), seconds(20.0)).unwrap();
    let error = required_agents_each(&ErlangC, &day, &objective).unwrap_err();
    assert!(
        matches!(error, QueueingError::InBatch { index: 1, .. }),
        "{error}"
    );
    assert!(performance_each(&ErlangC, &day, &[1.0], seconds(1.0)).is_err());
}

#[test]
fn odd_numbers_stay_numbers() {
    let model = patient(180.0);
    let models: [&dyn QueueModel; 4] = [&ErlangC, &model, &patient(1e-9), &patient(1e18)];
    for model in models {
        for load in [
            0.0,
            5e-324,
            1e-300,
            1e-9,
            1.0,
            7.5,
            1e9,
            1e15,
            1e200,
            f64::MAX,
        ] {
            for aht in [0.0, 1e-9, 300.0, 1e15] {
                for agents in [
                    f64::NAN,
                    -3.0,
                    0.0,
                    5e-324,
                    1e-9,
                    0.5,
                    8.0,
                    1e9,
                    1e300,
                    f64::INFINITY,
                ] {
                    for within in [0.0, 1e-9, 20.0, 1e15] {
                        let seen = model.performance(&traffic(load, aht), agents, seconds(within));
                        let values = [
                            seen.asa_seconds,
                            seen.mean_wait_seconds,
                            seen.queue_length,
                            seen.service_level.offered.get(),
                            seen.service_level.virtual_wait.get(),
                            seen.p_wait.get(),
                        ];
                        let at = format!("{model:?} {load} {aht} {agents} {within}: {seen:?}");
                        assert!(values.iter().all(|v| *v >= 0.0), "{at}");
                    }
                    for wait in [f64::NAN, -1.0, 0.0, 1e300] {
                        let tail = model.wait_exceeds(&traffic(load, aht), agents, wait);
                        assert!((0.0..=1.0).contains(&tail.get()));
                    }
                }
            }
        }
    }
}

#[test]
fn one_more_agent_is_worth_what_it_changes() {
    let [now, then] = marginal_agent(&ErlangC, &traffic(8.0, 300.0), 9.0, seconds(20.0));
    assert!(now.asa_seconds > then.asa_seconds && then.asa_seconds > 0.0);
    // Overload is a state: one more agent on a full team brings the queue back.
    let [now, then] = marginal_agent(&ErlangC, &traffic(8.0, 300.0), 8.0, seconds(20.0));
    assert!(!now.is_stable && then.is_stable);
}

#[test]
fn objectives_refuse_what_nobody_can_reach() {
    let none = share(0.0);
    let refused = [
        Objective::STABLE.with_p_wait(none),
        Objective::STABLE.with_abandonment(none),
        Objective::STABLE.with_asa(Duration::ZERO),
        Objective::STABLE.with_occupancy_cap(none),
        Objective::service_level(share(1.0), Duration::ZERO),
    ];
    for objective in refused {
        let text = objective.unwrap_err().to_string();
        assert!(text.contains("ask for"), "{text}");
    }
    assert_eq!(ErlangA::new(Duration::ZERO), Err(QueueingError::NoPatience));
    let anything = sustainable_load(&patient(60.0), seconds(300.0), 5.0, &Objective::STABLE);
    assert_eq!(anything, Err(QueueingError::Unlimited));
}
