//! Staffing formulas and requirements: what more agents, more load, pooling and deadlines do.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::calendar::{Grid, NaiveDate, OpeningHours, Series, Span, WEEK, Zone};
use wfm::queueing::{
    ErlangC, Objective, Performance, QueueModel, QueueingError, Traffic, required_agents,
    required_agents_fractional,
};
use wfm::requirements::{Mode, Requirement, StaffingRules, StreamDemand, derive};
use wfm::units::{Agents, Erlangs};
use wfm::workforce::{Channel, Market, Queue, ServiceTarget, Skill};

use super::support::{cases, close, date, interval, share};

fn traffic(load: f64, aht: f64) -> Traffic {
    Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs_f64(aht))
}

fn objective(target: f64, within: f64, cap: f64) -> Objective {
    let objective = Objective::service_level(share(target), Duration::from_secs_f64(within));
    objective.unwrap().with_occupancy_cap(share(cap)).unwrap()
}

fn seen(load: f64, agents: f64) -> Performance {
    ErlangC.performance(&traffic(load, 300.0), agents, Duration::from_secs(20))
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn service_rises_with_agents_and_falls_with_load(
        scale in -4.0..4.0f64, spare in -1.0..6.0f64, more in 0.0..3.0f64,
    ) {
        let load = 10f64.powf(scale);
        let agents = (load + spare * load.sqrt()).max(0.1);
        let (few, many) = (seen(load, agents), seen(load, agents + more));
        let busier = seen(load * (1.0 + more), agents);
        for (worse, better) in [(few, many), (busier, few)] {
            prop_assert!(worse.service_level.offered.get() <= better.service_level.offered.get() + 1e-12);
            prop_assert!(worse.p_wait.get() >= better.p_wait.get() - 1e-12);
            prop_assert!(worse.asa_seconds >= better.asa_seconds * (1.0 - 1e-9));
            prop_assert!(worse.occupancy.get() >= better.occupancy.get() - 1e-12);
            prop_assert!(better.is_stable || !worse.is_stable);
        }
    }

    #[test]
    fn the_smallest_staffing_meets_its_target_and_one_agent_fewer_does_not(
        scale in -9.0..4.5f64, aht in 1.0..4000.0, target in 0.0..0.9999, within in 0.0..900.0,
        cap in prop_oneof![Just(1.0), 0.3..1.0],
    ) {
        let (traffic, objective) = (traffic(10f64.powf(scale), aht), objective(target, within, cap));
        let is_met = |n: f64| objective.is_met(&ErlangC.performance(&traffic, n, objective.answer_within()));
        let whole = required_agents(&ErlangC, &traffic, &objective).unwrap().as_f64();
        prop_assert!(is_met(whole) && !is_met(whole - 1.0));
        let real = required_agents_fractional(&ErlangC, &traffic, &objective).unwrap();
        prop_assert!(whole - 1.0 < real && real <= whole, "{} {}", real, whole);
        prop_assert!(is_met(real) && !is_met(real - 3e-9));
    }

    #[test]
    fn a_binding_occupancy_cap_sets_the_staffing(load in 20.0..9000.0, cap in 0.2..0.6) {
        // At this occupancy hardly anybody waits, so the cap alone decides.
        let needed = required_agents(&ErlangC, &traffic(load, 300.0), &objective(0.5, 20.0, cap));
        prop_assert_eq!(needed.unwrap(), Agents(wfm::units::whole::ceil(load / cap * (1.0 - 1e-12))));
    }
}

#[test]
fn overload_is_a_state_and_the_ends_are_exact() {
    for (load, agents) in [
        (5.0, 5.0),
        (5.0, 4.9),
        (5.0, 0.0),
        (5.0, -1.0),
        (5.0, f64::NAN),
    ] {
        assert_eq!(seen(load, agents), Performance::OVERLOADED, "{agents}");
    }
    assert!(seen(5.0, 5.000_001).is_stable);
    let idle = seen(0.0, 0.0);
    assert!(
        idle.is_stable && idle.service_level.offered.get() == 1.0 && idle.occupancy.get() == 0.0
    );
    let nobody = required_agents(&ErlangC, &traffic(0.0, 300.0), &objective(0.99, 0.0, 0.1));
    assert_eq!(nobody, Ok(Agents::ZERO));
    let fraction =
        required_agents_fractional(&ErlangC, &traffic(0.0, 0.0), &objective(0.9, 0.0, 0.5));
    assert_eq!(fraction, Ok(0.0));
}

#[test]
fn targets_without_a_finite_staffing_are_refused() {
    let everybody = Objective::service_level(share(1.0), Duration::from_secs(20));
    assert_eq!(
        everybody,
        Err(QueueingError::UnreachableTarget { share: 1.0 })
    );
    let idle = objective(0.8, 20.0, 1.0).with_occupancy_cap(share(0.0));
    assert_eq!(
        idle,
        Err(QueueingError::UnreachableLimit {
            quantity: "an occupancy"
        })
    );
    let crowd = required_agents(&ErlangC, &traffic(1e10, 300.0), &objective(0.8, 20.0, 1.0));
    assert!(matches!(crowd, Err(QueueingError::TooManyAgents { .. })));
    let (grid, market) = (
        day(Zone::UTC, date(2027, 3, 1)),
        Market::new("M", Zone::UTC),
    );
    let queue = live_queue("all", 1.0);
    let error = derived(grid, &[queue], &market, &[1.0], &StaffingRules::default()).unwrap_err();
    assert!(error.contains("`all`"), "{error}");
}

fn day(zone: Zone, first: NaiveDate) -> Grid {
    Grid::of_days(zone, first, 1, interval(60)).unwrap()
}

fn live_queue(id: &str, target: f64) -> Queue {
    let answer_within = Duration::from_secs(20);
    let target = ServiceTarget::Live {
        share: share(target),
        answer_within,
    };
    Queue::new(id, Skill::new("L1", "de"), Channel::Phone, target)
}

/// The requirement of queues with a constant volume each, at 300 seconds a contact.
pub(crate) fn derived(
    grid: Grid,
    queues: &[Queue],
    market: &Market,
    volumes: &[f64],
    rules: &StaffingRules,
) -> Result<Requirement, String> {
    let streams = volumes
        .iter()
        .enumerate()
        .map(|(queue, &volume)| StreamDemand {
            queue,
            market,
            volume: Series::from_fn(grid, |_| volume),
            agent_seconds: 300.0 / queues[queue].concurrency,
        });
    let streams: Vec<_> = streams.collect();
    derive(grid, queues, &streams, rules).map_err(|e| e.to_string())
}

#[test]
fn an_open_queue_without_contacts_has_one_agent_and_a_closed_one_none() {
    let open = Span::from_minutes(9 * 60, 17 * 60).unwrap();
    let office = OpeningHours::closed().with(&WEEK, open).unwrap();
    let market = Market::new("M", Zone::UTC).with_opening(Channel::Phone, office);
    let grid = day(Zone::UTC, date(2027, 3, 1));
    let queues = [live_queue("q", 0.8)];
    let found = derived(grid, &queues, &market, &[0.0], &StaffingRules::default()).unwrap();
    for (hour, need) in found.groups[0].live.iter().enumerate() {
        let expected = u32::from((9..17).contains(&hour));
        assert_eq!(
            (need.agents, need.fractional),
            (Agents(expected), 0.0),
            "{hour}"
        );
    }
}

#[test]
fn two_chats_at_once_halve_the_load() {
    let (grid, market) = (
        day(Zone::UTC, date(2027, 3, 1)),
        Market::new("M", Zone::UTC),
    );
    let single = live_queue("chat", 0.8);
    let double = Queue {
        concurrency: 2.0,
        ..single.clone()
    };
    let load = |queue| {
        let rules = StaffingRules::default();
        derived(grid, &[queue], &market, &[48.0], &rules)
            .unwrap()
            .queues[0]
            .load[0]
    };
    assert_eq!((load(single), load(double)), (4.0, 2.0));
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn pooling_queues_never_needs_more_agents(
        volumes in vec(prop_oneof![Just(0.0), 0.01..3.0, 3.0..900.0], 1..6), target in 0.05..0.99,
        cap in 0.4..1.0f64, allowance in 1.0..1.5,
    ) {
        let (grid, market) = (day(Zone::UTC, date(2027, 3, 1)), Market::new("M", Zone::UTC));
        let queue = |i| Queue { occupancy_cap: share(cap), ..live_queue(&format!("q{i}"), target) };
        let queues: Vec<Queue> = (0..volumes.len()).map(queue).collect();
        let agents = |mode| {
            let rules = StaffingRules {
                mode,
                blended_share: share(target),
                blended_cap: share(cap),
                allowance,
                ..StaffingRules::default()
            };
            let found = derived(grid, &queues, &market, &volumes, &rules).unwrap();
            let whole = |r| found.groups.iter().map(|g| g.live_agents(0, r)).sum::<f64>();
            (found.groups.len(), whole(rules.rounding), found.contacts())
        };
        let (silo, blended) = (agents(Mode::Silo), agents(Mode::Blended));
        prop_assert_eq!((silo.0, blended.0), (volumes.len(), 1));
        prop_assert!(blended.1 <= silo.1 + 1e-9, "{} {}", blended.1, silo.1);
        prop_assert!(close(silo.2, blended.2, 1e-12));
    }
}
