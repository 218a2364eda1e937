//! Laws of the further staffing models, over wide ranges.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::queueing::deferred::{self, Task};
use wfm::queueing::estimate::{self, HandlingTimes, Patience};
use wfm::queueing::{
    ErlangA, ErlangC, ErlangX, Objective, Performance, PhaseType, QueueModel, RandomRate, Traffic,
    allen_cunneen, deterministic, engset, erlang_b, extended_b, garnett, halfin_whitt, overflow,
    required_agents,
};
use wfm::units::{Agents, Erlangs, Probability, Shrinkage};

use crate::support::{cases, share};

fn erlangs(load: f64) -> Erlangs {
    Erlangs::new(load).unwrap()
}

fn traffic(load: f64) -> Traffic {
    Traffic::new(erlangs(load), Duration::from_secs(240))
}

/// Whether no measure is a non-number or negative.
fn is_sound(seen: &Performance) -> bool {
    [seen.asa_seconds, seen.mean_wait_seconds, seen.queue_length]
        .iter()
        .all(|value| *value >= 0.0)
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn retrials_add_load_and_the_fewest_servers_are_the_fewest(
        scale in -9.0..3.5f64, spare in -1.0..6.0f64, recall in 0.0..=1.0f64, limit in 1e-6..0.9f64,
    ) {
        let load = 10f64.powf(scale);
        let servers = (load + spare * load.sqrt()).max(0.0).floor();
        let seen = extended_b::outcome(servers, erlangs(load), share(recall));
        let plain = erlang_b::blocking_continuous(servers, erlangs(load));
        prop_assert!(seen.total_load >= load && seen.blocking >= plain);
        if seen.is_stable {
            let right = load + recall * seen.total_load * seen.blocking.get();
            prop_assert!((seen.total_load / right - 1.0).abs() < 1e-10);
        } else {
            prop_assert!(recall == 1.0 && load >= servers);
        }
        let needed = extended_b::required_servers(erlangs(load), share(recall), share(limit));
        let needed = f64::from(needed.unwrap());
        let blocking = |n: f64| extended_b::outcome(n, erlangs(load), share(recall)).blocking.get();
        prop_assert!(blocking(needed) <= limit * (1.0 + 1e-9));
        prop_assert!(needed == 0.0 || blocking(needed - 1.0) > limit * (1.0 - 1e-9));
    }

    #[test]
    fn more_sources_block_more_up_to_erlang_b(
        scale in -6.0..2.5f64, spare in -1.0..4.0f64, sources in 1u32..5000, limit in 0.0..0.5f64,
    ) {
        let load = 10f64.powf(scale);
        let servers = wfm::units::whole::ceil(load + spare * load.sqrt());
        let blocked = |n: u32, s: u32| engset::call_congestion(n, s, erlangs(load)).get();
        let few = blocked(servers, sources);
        prop_assert!(few <= blocked(servers, 2 * sources) * (1.0 + 1e-10));
        prop_assert!(blocked(servers + 1, sources) <= few);
        let endless = erlang_b::blocking(servers, erlangs(load)).get();
        prop_assert!(few <= endless * (1.0 + 1e-10));
        let needed = engset::required_servers(sources, erlangs(load), share(limit));
        prop_assert!(needed <= sources && blocked(needed, sources) <= limit);
        prop_assert!(needed == 0 || blocked(needed - 1, sources) > limit);
    }

    #[test]
    fn overflow_is_peaked_and_smaller_than_what_is_offered(
        scale in -9.0..6.0f64, servers in 0.0..300.0f64,
    ) {
        let load = 10f64.powf(scale);
        let stream = overflow::of(servers, erlangs(load));
        prop_assert!(stream.mean >= 0.0 && stream.mean <= load && stream.variance.is_finite());
        prop_assert!(stream.peakedness() >= 1.0 - 1e-9, "{stream:?}");
        let blocking = stream.blocking(servers);
        prop_assert!(stream.lost(servers) <= stream.mean && blocking.get() >= 0.0);
    }

    #[test]
    fn limits_fall_with_quality_and_have_an_inverse(
        beta in -30.0..30.0f64, step in 0.01..2.0f64, g in -3.0..3.0f64,
    ) {
        let g = 10f64.powf(g);
        let waits = |beta| garnett::wait_probability(beta, g).unwrap();
        prop_assert!(waits(beta + step) <= waits(beta));
        let patient = |beta| halfin_whitt::wait_probability(beta).unwrap();
        prop_assert!(patient(beta + step) <= patient(beta));
        let p = waits(beta);
        if p.get() > 0.0 && p.get() < 1.0 - 1e-6 {
            let back = waits(garnett::beta(p, g).unwrap()).get();
            prop_assert!((back / p.get() - 1.0).abs() < 1e-10);
        }
        // Abandonment relieves the queue: fewer wait than without it.
        prop_assert!(p.get() <= patient(beta).get() * (1.0 + 1e-12));
    }

    #[test]
    fn constant_handling_halves_the_wait_at_most(scale in -9.0..5.0f64, agents in 1u32..400) {
        let load = 10f64.powf(scale);
        let seen = deterministic::delay(&traffic(load), agents);
        let (n, plain) = (f64::from(agents), ErlangC);
        let plain = plain.performance(&traffic(load), n, Duration::ZERO);
        prop_assert_eq!(seen.is_stable, plain.is_stable);
        if seen.is_stable {
            let ratio = seen.asa_seconds / plain.asa_seconds;
            prop_assert!(plain.asa_seconds < 1e-290 || (0.5 - 1e-9..1.0 + 1e-9).contains(&ratio));
            prop_assert!(seen.p_wait.get() <= plain.p_wait.get() * (1.0 + 1e-9));
        }
    }

    #[test]
    fn work_is_conserved_and_the_minimum_keeps_deadlines(
        work in vec(prop_oneof![Just(0.0), 0.0..9.0f64], 1..30), allowed in 1usize..12,
        closed in vec(any::<bool>(), 30), agents in 0.0..9.0f64, backlog in 0.0..20.0f64,
    ) {
        let open = &closed[..work.len()];
        let capacity = |agents: f64| -> Vec<f64> {
            open.iter().map(|&o| if o { agents } else { 0.0 }).collect()
        };
        let mut tasks = Task::released(&work, allowed).unwrap();
        let minimum = deferred::minimum_constant_agents(&tasks, open).unwrap();
        if let Some(minimum) = minimum {
            let kept = deferred::earliest_deadline_first(&tasks, &capacity(minimum)).unwrap();
            prop_assert!(kept.late.iter().chain(&kept.overdue).all(|late| *late < 1e-9));
            if minimum > 0.0 {
                let short = capacity(minimum * 0.999);
                let missed = deferred::earliest_deadline_first(&tasks, &short).unwrap();
                prop_assert!(missed.overdue.iter().any(|late| *late > 0.0));
            }
        }
        tasks.push(Task { release: 0, due: 0, work: backlog });
        let seen = deferred::earliest_deadline_first(&tasks, &capacity(agents)).unwrap();
        let (offered, done): (f64, f64) = (tasks.iter().map(|t| t.work).sum(), seen.done.iter().sum());
        let left: f64 = seen.carried_over.iter().map(|t| t.work).sum();
        prop_assert!((offered - done - left).abs() < 1e-9);
        prop_assert!((left - seen.backlog.last().unwrap()).abs() < 1e-9);
        for i in 0..work.len() {
            prop_assert!(seen.late[i] <= seen.done[i] + 1e-12);
            prop_assert!(seen.overdue[i] <= seen.backlog[i] + 1e-12);
            prop_assert!(seen.done[i] <= capacity(agents)[i] + 1e-12);
        }
    }

    #[test]
    fn heads_survive_shrinkage(share in 0.0..0.999f64, heads in 0u32..1_000_000) {
        let shrinkage = Shrinkage::new(share).unwrap();
        let gross = shrinkage.gross_up_agents(Agents(heads));
        prop_assert!(shrinkage.net_agents(gross).get() >= heads);
        prop_assert!(gross.get() >= heads && shrinkage.net_agents(Agents(heads)).get() <= heads);
        let one_fewer = Agents(gross.get().saturating_sub(1));
        prop_assert!(heads == 0 || shrinkage.net_agents(one_fewer).get() < heads);
    }

    #[test]
    fn observations_give_errors_or_sound_estimates(
        answered in vec(prop_oneof![Just(0.0), 0.0..300.0f64, any::<f64>()], 0..8),
        abandoned in vec(prop_oneof![0.0..300.0f64, any::<f64>()], 0..8),
        ignored in prop_oneof![Just(0.0), 0.0..50.0f64],
    ) {
        match estimate::patience(&answered, &abandoned, ignored) {
            Ok(Patience::Estimated { mean_seconds, lower_seconds, upper_seconds, .. }) => {
                prop_assert!(0.0 < lower_seconds && lower_seconds < mean_seconds);
                prop_assert!(mean_seconds < upper_seconds);
            }
            Ok(Patience::NoneAbandoned { lower_seconds, .. }) => prop_assert!(lower_seconds > 0.0),
            Err(_) => {}
        }
        if let Ok(seen) = HandlingTimes::of(&answered) {
            let half = seen.percentile(share(0.5));
            prop_assert!(seen.percentile(Probability::ZERO) <= half);
            prop_assert!(seen.scv() >= 0.0 && seen.standard_error_seconds().is_finite());
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn redials_conserve_contacts_and_never_relieve(
        scale in -6.0..1.8f64, spare in -1.0..3.0f64, redial in 0.0..0.95f64, patience in 20u64..900,
    ) {
        let load = 10f64.powf(scale);
        let agents = (load + spare * load.sqrt()).ceil().max(1.0);
        let attempt = ErlangA::new(Duration::from_secs(patience)).unwrap();
        let model = ErlangX::new(attempt, share(redial)).unwrap();
        let seen = model.redialling(&traffic(load), agents);
        let answered = seen.attempts_per_contact * (1.0 - seen.abandonment.get());
        prop_assert!((answered + seen.never_served.get() - 1.0).abs() < 1e-9);
        let plain = attempt.performance(&traffic(load), agents, Duration::from_secs(20));
        let with = model.performance(&traffic(load), agents, Duration::from_secs(20));
        prop_assert!(with.p_wait.get() >= plain.p_wait.get() - 1e-12 && is_sound(&with));
        prop_assert!(seen.never_served.get() <= plain.abandonment.get() + 1e-12);
        // The estimate of the demand behind the attempts undoes the model.
        let (attempts, lost) = (load * seen.attempts_per_contact, seen.abandonment);
        let original = estimate::original_attempts(attempts, lost, share(redial)).unwrap();
        prop_assert!((original / load - 1.0).abs() < 1e-9);
    }

    #[test]
    fn uncertain_rates_keep_every_measure_sound(
        scale in -9.0..3.0f64, spare in -2.0..6.0f64, cv in prop_oneof![Just(0.0), 1e-9..0.3f64, 0.3..5.0f64],
    ) {
        let load = 10f64.powf(scale);
        let agents = load + spare * load.sqrt();
        let model = RandomRate::new(ErlangC, cv).unwrap();
        let within = Duration::from_secs(20);
        let seen = model.performance(&traffic(load), agents, within);
        prop_assert!(is_sound(&seen));
        let late = model.wait_exceeds(&traffic(load), agents, within.as_secs_f64()).get();
        let level = seen.service_level.offered.get();
        prop_assert!((late + level - 1.0).abs() < 1e-8, "{late} {level}");
        let more = model.performance(&traffic(load), agents.max(0.0) + 1.0, within);
        prop_assert!(more.service_level.offered.get() >= level - 1e-9);
        if cv == 0.0 {
            prop_assert_eq!(seen, ErlangC.performance(&traffic(load), agents, within));
        }
    }

    #[test]
    fn variable_handling_makes_waits_longer(
        rho in 0.01..0.98f64, agents in 1u32..12, scv in 1.0..20.0f64,
    ) {
        let traffic = traffic(rho * f64::from(agents));
        let constant = deterministic::delay(&traffic, agents);
        let regular = PhaseType::ERLANG_2.delay(&traffic, agents).unwrap();
        let plain = ErlangC.performance(&traffic, f64::from(agents), Duration::ZERO);
        let variable = PhaseType::hyperexponential(scv).unwrap().delay(&traffic, agents).unwrap();
        prop_assert!(constant.asa_seconds <= regular.asa_seconds * (1.0 + 1e-9));
        prop_assert!(regular.asa_seconds <= plain.asa_seconds * (1.0 + 1e-9));
        prop_assert!(plain.asa_seconds <= variable.asa_seconds * (1.0 + 1e-9));
        let n = f64::from(agents);
        let plain = allen_cunneen::delay(&traffic, n, scv).unwrap();
        let corrected = allen_cunneen::corrected(&traffic, n, scv).unwrap();
        prop_assert!(corrected.asa_seconds <= plain.asa_seconds * (1.0 + 1e-12));
    }
}

#[test]
fn required_agents_work_with_every_model() {
    let objective = Objective::service_level(share(0.8), Duration::from_secs(20)).unwrap();
    let patience = ErlangA::new(Duration::from_secs(180)).unwrap();
    let models: [Box<dyn QueueModel>; 3] = [
        Box::new(ErlangX::new(patience, share(0.4)).unwrap()),
        Box::new(RandomRate::new(ErlangC, 0.15).unwrap()),
        Box::new(RandomRate::new(patience, 0.15).unwrap()),
    ];
    for model in models {
        for load in [0.2, 3.0, 25.0] {
            let needed = required_agents(model.as_ref(), &traffic(load), &objective).unwrap();
            let level = |agents: f64| {
                let seen = model.performance(&traffic(load), agents, Duration::from_secs(20));
                seen.service_level.offered.get()
            };
            assert!(level(needed.as_f64()) >= 0.8 && level(needed.as_f64() - 1.0) < 0.8);
        }
    }
}

/// The interval of 95 % of the mean patience misses the truth in at most 5 % of samples. Of 400
/// samples 20 misses are expected at most; 38 or more happen once in ten thousand runs by chance,
/// but the samples are always the same.
#[test]
fn patience_is_recovered_from_simulated_contacts() {
    let mut state = 20_270_301u64;
    let mut exponential = |mean: f64| {
        // The generator of Steele, Lea and Flood.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = ((mixed ^ (mixed >> 31)) >> 11) as f64;
        -mean * ((high + 0.5) / (1u64 << 53) as f64).ln()
    };
    let mut missed = 0;
    for _ in 0..400 {
        let (mut answered, mut abandoned) = (Vec::new(), Vec::new());
        for _ in 0..150 {
            let (wait, patience) = (exponential(60.0), exponential(120.0));
            if wait < patience {
                answered.push(wait);
            } else {
                abandoned.push(patience);
            }
        }
        let seen = estimate::patience(&answered, &abandoned, 3.0).unwrap();
        let Patience::Estimated {
            lower_seconds,
            upper_seconds,
            ..
        } = seen
        else {
            panic!("some contacts hang up")
        };
        missed += u32::from(!(lower_seconds..upper_seconds).contains(&120.0));
    }
    assert!((4..38).contains(&missed), "{missed} of 400 missed");
}
