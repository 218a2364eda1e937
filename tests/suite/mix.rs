//! Least-cost sizes of groups, against exact chains, formulas and what must be so.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::Value;
use wfm::format::{mix_json, parse_case, read_case};
use wfm::milp::{Event, Observer, Silent};
use wfm::planning::{
    GroupPrice, Mix, MixEnd, MixError, MixOptions, MixProblem, MixSizes, MixTarget, least_cost_mix,
};
use wfm::queueing::{ErlangC, MDesign, Objective, Traffic, required_agents};
use wfm::reporting::mix_summary;
use wfm::scheduling::Solvers;
use wfm::simulation::{
    AgentRule, Centre, Close, ContactType, Group, Law, Layout, Options, Quantity, Scope,
    ServiceTime, simulate,
};
use wfm::units::{Erlangs, Probability};
use wfm::workforce::FaultCode;

use super::support::share;

/// Groups with the types they serve, specialists first; service of mean 1, a long steady day.
fn centre(rates: &[f64], groups: &[&[usize]], within: f64, patience: Option<f64>) -> Layout {
    let mut layout = Layout::new("mix", vec![2_000.0]);
    layout.warm_up = 50.0;
    layout.close = Close::Cut;
    for (k, &rate) in rates.iter().enumerate() {
        let serve = (0..groups.len()).filter(|&g| groups[g].contains(&k));
        layout.types.push(ContactType {
            answer_within: within,
            patience: patience
                .map(|mean| Law::Exponential { mean })
                .into_iter()
                .collect(),
            route: serve.collect(),
            ..ContactType::new(format!("t{k}"), vec![rate])
        });
    }
    for (g, types) in groups.iter().enumerate() {
        let mut group = Group::new(format!("g{g}"), vec![0], types);
        group.rule = AgentRule::Priority;
        layout.groups.push(group);
        for &contact_type in *types {
            layout.service.push(ServiceTime {
                contact_type,
                group: g,
                law: vec![Law::Exponential { mean: 1.0 }],
            });
        }
    }
    layout
}

fn target(scope: Scope, in_time: f64) -> MixTarget {
    MixTarget {
        scope,
        share: Some(share(in_time)),
        abandonment: None,
    }
}

fn options(problem: &MixProblem) -> Option<MixOptions> {
    Some(MixOptions::new(problem, Solvers::compiled_in().ok()?))
}

fn solved(problem: &MixProblem) -> Option<Mix> {
    Some(least_cost_mix(problem, &options(problem)?, &Silent).unwrap())
}

fn constant(mix: &Mix) -> Vec<u32> {
    mix.sizes.iter().map(|sizes| sizes[0]).collect()
}

#[test]
fn all_sizes_of_an_exact_chain_have_nothing_cheaper() {
    let hour = Duration::from_secs(3600);
    let (rates, most) = ([1.6, 2.3], 6);
    // By sizes: what both types get, by the exact chain of the M-design.
    let loads = rates.map(|rate| Erlangs::new(rate).unwrap());
    let mut exact = Vec::new();
    for s in 0..=most {
        for t in 0..=most {
            for g in 0..=most {
                let design = MDesign::new(loads, [s, t], g);
                let seen = design.delay(hour, 2 * hour).unwrap();
                let at_once = seen.p_wait.map(|p| 1.0 - p.get());
                let lost = seen.abandonment.map(Probability::get);
                exact.push(([s, t, g], at_once, lost));
            }
        }
    }
    for (costs, at_once, lost) in [
        ([1.0, 1.0, 1.1], 0.75, None),
        ([1.0, 1.0, 1.7], 0.75, None),
        ([1.0, 1.3, 1.35], 0.85, None),
        ([1.0, 1.0, 1.25], 0.6, Some(0.08)),
    ] {
        let layout = centre(&rates, &[&[0], &[1], &[0, 1]], 0.0, Some(2.0));
        let target = |k| MixTarget {
            abandonment: lost.map(share),
            ..target(Scope::Type(k), at_once)
        };
        let prices = costs.map(|cost| GroupPrice {
            cost,
            least: 0,
            most,
        });
        let problem = MixProblem {
            layout,
            prices: prices.to_vec(),
            targets: vec![target(0), target(1)],
            sizes: MixSizes::Constant,
        };
        let Some(mix) = solved(&problem) else { return };
        let sizes = constant(&mix);
        let cost = |sizes: &[u32]| -> f64 {
            sizes
                .iter()
                .zip(costs)
                .map(|(&n, c)| f64::from(n) * c)
                .sum()
        };
        assert!((mix.cost - cost(&sizes)).abs() < 1e-9);
        // By how much sizes keep everything.
        let slack = |(_, seen, gone): &([u32; 3], [f64; 2], [f64; 2])| {
            let own = (0..2).map(|k| {
                let in_time = seen[k] - at_once;
                lost.map_or(in_time, |most| in_time.min(most - gone[k]))
            });
            own.fold(f64::INFINITY, f64::min)
        };
        let own = exact.iter().find(|(n, ..)| n[..] == sizes[..]).unwrap();
        assert!(slack(own) >= 0.0, "{sizes:?} do not hold: {own:?}");
        assert!(mix.holds() && mix.end == MixEnd::LocalMinimum, "{mix:?}");
        // Sizes whose slack no simulation can tell from nothing are nobody's fault.
        let clear = exact.iter().filter(|sizes| slack(sizes) >= 0.002);
        let cheapest = clear
            .min_by(|a, b| cost(&a.0).total_cmp(&cost(&b.0)))
            .unwrap();
        assert!(
            mix.cost <= cost(&cheapest.0) + 1e-9,
            "{sizes:?} for {} against {:?} for {}",
            mix.cost,
            cheapest.0,
            cost(&cheapest.0)
        );
        assert!(mix.fluid <= mix.cost && mix.pooled.is_finite());
    }
}

#[test]
fn one_group_is_what_erlang_c_asks_for() {
    for (load, within, in_time) in [(0.7, 0.1, 0.8), (5.0, 0.1, 0.8), (18.0, 0.05, 0.9)] {
        let traffic = Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(1));
        let within = Duration::from_secs_f64(within);
        let objective = Objective::service_level(share(in_time), within).unwrap();
        let agents = required_agents(&ErlangC, &traffic, &objective).unwrap();
        let layout = centre(&[load], &[&[0]], within.as_secs_f64(), None);
        let problem = MixProblem {
            prices: vec![GroupPrice::free(&layout, 0, 2.5)],
            layout,
            targets: vec![target(Scope::All, in_time)],
            sizes: MixSizes::Constant,
        };
        let Some(mix) = solved(&problem) else { return };
        assert_eq!(constant(&mix), [agents.get()], "{load} erlangs");
        // Fluid by hand: as many as are busy with the share promised.
        assert!(
            (mix.fluid - 2.5 * load * in_time).abs() < 1e-5,
            "{}",
            mix.fluid
        );
        assert_eq!(mix.pooled, mix.cost);
    }
}

#[test]
fn chats_at_once_save_what_their_slowdown_leaves() {
    let mut layout = centre(&[6.0], &[&[0]], 0.5, None);
    layout.periods = vec![60.0];
    layout.types[0].chat = true;
    layout.groups[0].concurrency = 3;
    // Of 1, 2 / 1.5 and 3 / 2.4 chats in the time of one, 4 / 3 is most; 3 where nothing slows down.
    for (slowdown, at_once) in [(vec![1.0, 1.5, 2.4], 4.0 / 3.0), (Vec::new(), 3.0)] {
        layout.groups[0].slowdown = slowdown;
        let problem = MixProblem {
            prices: vec![GroupPrice::free(&layout, 0, 1.0)],
            layout: layout.clone(),
            targets: vec![target(Scope::All, 0.8)],
            sizes: MixSizes::Constant,
        };
        let Some(mut options) = options(&problem) else {
            return;
        };
        (options.replications, options.proof) = (20, 40);
        let mix = least_cost_mix(&problem, &options, &Silent).unwrap();
        assert!((mix.fluid - 0.8 * 6.0 / at_once).abs() < 1e-5, "{mix:?}");
    }
}

#[test]
fn expected_contacts_and_prices_of_any_layout() {
    use wfm::simulation::Arrivals;
    let mut layout = centre(&[2.0], &[&[0]], 0.1, None);
    layout.periods = vec![3.0, 2.0];
    assert_eq!(layout.expected(0), [6.0, 4.0]);
    // The end of a period belongs to the next one, the end of the day to the last.
    layout.types[0].arrivals = Arrivals::Times(vec![0.0, 2.9, 3.0, 5.0]);
    assert_eq!(layout.expected(0), [2.0, 2.0]);
    assert_eq!(GroupPrice::free(&layout, 0, 1.0).most, 1 + 1 + 10);
    // Lists that are too short and names of nobody are for the check to tell.
    layout.types[0].arrivals = Arrivals::Counts(Vec::new());
    layout.service[0].contact_type = 7;
    assert_eq!(GroupPrice::free(&layout, 4, 1.0).most, 1);
    assert_eq!(GroupPrice::free(&layout, 0, 1.0).most, 1);
    layout.types[0].arrivals = Arrivals::Poisson(vec![1.0, 1.0, 1.0]);
    layout.periods.clear();
    let problem = MixProblem {
        prices: Vec::new(),
        layout,
        targets: Vec::new(),
        sizes: MixSizes::Constant,
    };
    let Some(options) = options(&problem) else {
        return;
    };
    assert!(least_cost_mix(&problem, &options, &Silent).is_err());
}

fn skills() -> MixProblem {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    read_case(&root.join("examples/cases/skills.json"))
        .unwrap()
        .mix
}

#[test]
fn three_types_share_agents_at_less_than_three_lines() {
    let problem = skills();
    let Some(mix) = solved(&problem) else { return };
    assert!(mix.holds(), "{mix:?}");
    // 0.8 of 27 erlangs at the lowest price, and three lines of Erlang C.
    assert!((mix.fluid - 21.6).abs() < 1e-4);
    let alone: f64 = [10.0, 9.0, 8.0]
        .map(|load| {
            let traffic = Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(300));
            let objective = Objective::service_level(share(0.8), Duration::from_secs(20)).unwrap();
            required_agents(&ErlangC, &traffic, &objective)
                .unwrap()
                .as_f64()
        })
        .iter()
        .sum();
    assert!(
        mix.pooled <= mix.cost && mix.cost < alone - 1.0,
        "{} {alone}",
        mix.cost
    );
    // A seed that neither the search nor its proof saw: four standard errors, four checks.
    let layout = mix.staffed(&problem.layout);
    let seen = simulate(&Centre::new(layout).unwrap(), &Options::new(500, 987_654)).unwrap();
    for scope in [Scope::All, Scope::Type(0), Scope::Type(1), Scope::Type(2)] {
        let level = seen.estimate(Quantity::SlOffered, scope).unwrap();
        let error = level.error.unwrap();
        assert!(level.mean + 4.0 * error >= 0.8, "{scope:?}: {level:?}");
    }
    // One agent less of any group is too little.
    for (g, sizes) in mix
        .sizes
        .iter()
        .enumerate()
        .filter(|(_, sizes)| sizes[0] > 0)
    {
        let mut fewer = mix.staffed(&problem.layout);
        fewer.groups[g].agents = vec![sizes[0] - 1];
        let seen = simulate(&Centre::new(fewer).unwrap(), &Options::new(200, 987_654)).unwrap();
        let kept = [0, 1, 2].iter().all(|&k| {
            let level = seen.estimate(Quantity::SlOffered, Scope::Type(k)).unwrap();
            level.mean - 4.0 * level.error.unwrap() >= 0.8
        });
        assert!(!kept, "one of {g} can go");
    }
    let words = mix_summary(&problem, &mix);
    assert!(
        words.contains("ABC") && words.contains("Fluid bound"),
        "{words}"
    );
    let file: Value = serde_json::from_str(&mix_json(&problem.layout, &mix, 1).unwrap()).unwrap();
    assert_eq!(file["groups"][0]["agents"][0], mix.sizes[0][0]);
    assert_eq!(file["end"], "local_minimum");
}

#[test]
fn threads_do_not_matter() {
    let mut problem = skills();
    problem.layout.periods = vec![400.0];
    let Some(mut options) = options(&problem) else {
        return;
    };
    (options.replications, options.proof) = (60, 300);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| least_cost_mix(&problem, &options, &Silent).unwrap())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn sizes_by_period_follow_the_contacts() {
    let mut layout = centre(&[1.0], &[&[0]], 0.2, None);
    layout.periods = vec![300.0, 300.0];
    layout.warm_up = 0.0;
    layout.types[0].arrivals = wfm::simulation::Arrivals::Poisson(vec![2.0, 6.0]);
    let cost = 1.0;
    let by = |sizes| MixProblem {
        layout: layout.clone(),
        prices: vec![GroupPrice {
            cost,
            least: 0,
            most: 14,
        }],
        targets: [0, 1].map(|p| target(Scope::Period(p), 0.8)).to_vec(),
        sizes,
    };
    let (Some(constant), Some(by_period)) = (
        solved(&by(MixSizes::Constant)),
        solved(&by(MixSizes::ByPeriod)),
    ) else {
        return;
    };
    // Periods of 300 handling times are nearly in steady state.
    let needed = [2.0, 6.0].map(|load| {
        let traffic = Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(1));
        let within = Duration::from_millis(200);
        let objective = Objective::service_level(share(0.8), within).unwrap();
        required_agents(&ErlangC, &traffic, &objective)
            .unwrap()
            .get()
    });
    assert_eq!(by_period.sizes, [needed.to_vec()]);
    assert_eq!(constant.sizes, [[needed[1]]]);
    assert_eq!(by_period.cost, f64::from(needed[0] + needed[1]) / 2.0);
    assert!(by_period.cost < constant.cost);
}

/// Stops as soon as something was found, or at once.
#[derive(Debug)]
struct Impatient {
    after: fn(&Event) -> bool,
    seen: Mutex<bool>,
}

impl Observer for Impatient {
    fn on(&self, event: &Event) {
        *self.seen.lock().unwrap() |= (self.after)(event);
    }

    fn is_cancelled(&self) -> bool {
        *self.seen.lock().unwrap()
    }
}

#[test]
fn a_search_that_is_stopped_says_so() {
    let problem = skills();
    let Some(mut options) = options(&problem) else {
        return;
    };
    let stop = |after| Impatient {
        after,
        seen: Mutex::new(false),
    };
    let first = stop(|e| matches!(e, Event::Incumbent { .. }));
    let mix = least_cost_mix(&problem, &options, &first).unwrap();
    assert_eq!(mix.end, MixEnd::Cancelled);
    assert!(!mix.holds() && mix.cost < 60.0, "{mix:?}");
    let nothing = least_cost_mix(&problem, &options, &stop(|_| true)).unwrap();
    assert_eq!((nothing.end, nothing.simulations), (MixEnd::Cancelled, 0));
    assert_eq!(constant(&nothing), [30; 6]);
    options.time_limit = Some(Duration::ZERO);
    let late = least_cost_mix(&problem, &options, &Silent).unwrap();
    // Nor is a model solved without time.
    assert_eq!((late.end, late.fluid), (MixEnd::TimeLimit, 0.0));
}

#[test]
fn what_cannot_be_reached_or_makes_no_sense_is_told() {
    let mut problem = skills();
    for price in &mut problem.prices {
        price.most = 3;
    }
    let Some(mut options) = options(&problem) else {
        return;
    };
    (options.replications, options.proof) = (20, 40);
    let mix = least_cost_mix(&problem, &options, &Silent).unwrap();
    assert_eq!(mix.end, MixEnd::Unreachable);
    assert_eq!(constant(&mix), [3; 6]);
    assert!(!mix.holds() && mix.levels.iter().any(|level| level.mean < 0.8));

    problem.prices[0].cost = 0.0;
    problem.prices[1] = GroupPrice {
        cost: 1.0,
        least: 5,
        most: 4,
    };
    problem.targets = vec![target(Scope::Type(7), 0.8), target(Scope::All, 1.0)];
    options.replications = 1;
    let Err(MixError::Input(faults)) = least_cost_mix(&problem, &options, &Silent) else {
        panic!("no faults")
    };
    let codes: Vec<FaultCode> = faults.as_slice().iter().map(|f| f.code).collect();
    let expected = [
        FaultCode::OutOfRange,
        FaultCode::ImpossibleLimits,
        FaultCode::UnknownReference,
        FaultCode::UnreachableTarget,
        FaultCode::OutOfRange,
    ];
    assert_eq!(codes, expected, "{faults}");
    problem.targets.clear();
    let nothing = least_cost_mix(&problem, &options, &Silent).unwrap_err();
    assert!(nothing.to_string().contains("`target`"), "{nothing}");
}

#[test]
fn a_case_states_prices_bounds_and_targets() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("examples/cases/skills.json")).unwrap();
    let mut case: Value = serde_json::from_str(&text).unwrap();
    case["types"][1]["target"] = serde_json::json!({ "share": 0.7, "abandonment": 0.05 });
    case["groups"][2]["agents_min"] = serde_json::json!(2);
    case["groups"][3].as_object_mut().unwrap().remove("cost");
    case["sizes"] = serde_json::json!("by_period");
    let problem = parse_case(case.to_string().as_bytes()).unwrap().mix;
    assert_eq!(problem.sizes, MixSizes::ByPeriod);
    let expected = MixTarget {
        scope: Scope::Type(1),
        share: Some(share(0.7)),
        abandonment: Some(share(0.05)),
    };
    assert_eq!(problem.targets[1], expected);
    assert_eq!(problem.targets[3], target(Scope::All, 0.8));
    assert_eq!(
        problem.prices[2],
        GroupPrice {
            cost: 1.0,
            least: 2,
            most: 30
        }
    );
    assert_eq!(problem.prices[3].cost, 1.0);
    assert_eq!(problem.prices[5].cost, 1.2);

    case["types"][0]["target"] = serde_json::json!(80);
    case["types"][1]["target"] = serde_json::json!({ "shore": 0.7 });
    case["groups"][0]["agents_max"] = serde_json::json!(-1);
    let faults = parse_case(case.to_string().as_bytes()).unwrap_err();
    let places: Vec<_> = faults
        .as_slice()
        .iter()
        .map(|f| f.place.path.clone().unwrap())
        .collect();
    for place in [
        "types[0].target",
        "types[1].target.shore",
        "groups[0].agents_max",
    ] {
        assert!(places.iter().any(|p| p == place), "{faults}");
    }
}
