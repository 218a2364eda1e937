//! How a plan behaves: when it is stopped, watched, run on several threads, or asked for the
//! impossible.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use wfm::calendar::{OpeningHours, Span, WEEK};
use wfm::forecasting::WeekShape;
use wfm::format::plan_json;
use wfm::milp::{Event, Observer, Silent, Termination};
use wfm::planning::{Horizon, Plan, PlanError, Scenario, Source, Stream};
use wfm::scheduling::{ScheduleError, Strategy};
use wfm::workforce::{
    BreakType, Channel, FaultCode, Market, Policy, PoolKind, Queue, Scope, ServiceTarget, Skill,
};

use super::support::{
    close, date, exact, hours, interval, minutes, money, planned, pool, share, shift, zone,
};

/// Opening hours from eight to eight.
fn office() -> OpeningHours {
    let day = Span::from_minutes(8 * 60, 20 * 60).unwrap();
    OpeningHours::closed().with(&WEEK, day).unwrap()
}

/// Two languages by phone and one by mail, two pools of which one speaks both, three days.
fn scenario(week_volume: f64) -> Scenario {
    let berlin = zone("Europe/Berlin");
    let horizon = Horizon {
        zone: berlin,
        first: date(2027, 3, 27),
        days: 3,
        interval: interval(30),
    };
    let mut scenario = Scenario::new("three days", horizon);
    scenario.markets = vec![Market::new("DE", berlin).with_opening(Channel::Phone, office())];
    let live = ServiceTarget::Live {
        share: share(0.8),
        answer_within: Duration::from_secs(20),
    };
    let done_within = hours(4);
    let deferred = ServiceTarget::Deferred {
        share: share(0.9),
        done_within,
    };
    for (id, language, channel, target) in [
        ("de phone", "de", Channel::Phone, live),
        ("fr phone", "fr", Channel::Phone, live),
        ("de mail", "de", Channel::Email, deferred),
    ] {
        let skill = Skill::new("L1", language);
        let queue = Queue::new(id, skill.clone(), channel, target);
        scenario.queues.push(queue.with_aht(minutes(5)));
        let shape = WeekShape {
            week_volume,
            weekday_weights: [5.0, 4.0, 4.0, 4.0, 4.0, 2.0, 1.0],
            hour_weights: std::array::from_fn(|h| if h < 13 { 3.0 } else { 2.0 }),
            opening: office(),
        };
        let source = Source::Shape(Box::new(shape));
        (scenario.streams).push(Stream::new("DE", skill, channel, source));
    }
    let mut home = pool("home", &["de"], 31.0).with_shift(shift("8h", 8, 8, 12));
    home.shifts[0].breaks.push(BreakType {
        id: "lunch".to_owned(),
        length: minutes(30),
        earliest: hours(3),
        latest: hours(5),
        paid: false,
    });
    let mut away = pool("away", &["de", "fr"], 23.0).with_shift(shift("5h", 5, 8, 15));
    away.kind = PoolKind::Bpo;
    away.limits.shifts_per_day_max = Some(9);
    for pool in [&mut home, &mut away] {
        pool.zone = berlin;
    }
    scenario.pools = vec![home, away];
    scenario
}

fn plan_of(scenario: &Scenario, strategy: &Strategy) -> Plan {
    planned(scenario, strategy, &Silent).unwrap()
}

/// Remembers everything, and asks to stop at the first schedule if it is impatient.
#[derive(Debug, Default)]
struct Witness {
    seen: Mutex<Vec<Event>>,
    is_impatient: bool,
}

impl Observer for Witness {
    fn on(&self, event: &Event) {
        self.seen.lock().unwrap().push(event.clone());
    }

    fn is_cancelled(&self) -> bool {
        let found = |e: &Event| matches!(e, Event::Incumbent { .. });
        self.is_impatient && self.seen.lock().unwrap().iter().any(found)
    }
}

#[test]
fn a_search_that_is_cancelled_returns_what_it_has_with_its_bound() {
    let Some(strategy) = exact() else { return };
    let witness = Witness {
        is_impatient: true,
        ..Witness::default()
    };
    let plan = planned(&scenario(3000.0), &strategy, &witness).unwrap();
    assert_eq!(plan.solved.termination, Termination::Interrupted);
    assert!(plan.solved.bound > 0.0 && plan.solved.gap() > 0.0);
}

#[test]
fn parts_that_share_nobody_survive_a_cancellation_of_their_neighbour() {
    let Some(strategy) = exact() else { return };
    let mut apart = scenario(900.0);
    apart.pools[1].skills = vec![Skill::new("L1", "fr")];
    apart.pools[0].shifts[0].breaks.clear();
    let witness = Witness {
        is_impatient: true,
        ..Witness::default()
    };
    let plan = planned(&apart, &strategy, &witness).unwrap();
    assert!(plan.solved.bound > 0.0);
}

#[test]
fn hardly_any_time_gives_a_plan_or_a_clear_error_and_never_hangs() {
    let Some(strategy) = exact() else { return };
    for millis in [0, 1, 5, 20, 60, 200] {
        let time_limit = Duration::from_millis(millis);
        let hasty = Strategy {
            time_limit,
            ..strategy.clone()
        };
        let begin = Instant::now();
        match planned(&scenario(3000.0), &hasty, &Silent) {
            Ok(plan) => assert!(plan.solved.bound > 0.0),
            Err(PlanError::Schedule(e @ ScheduleError::NothingFound { .. })) => {
                assert!(e.to_string().contains("allow more time"), "{e}");
            }
            Err(other) => panic!("{millis} ms: {other}"),
        }
        assert!(begin.elapsed() < Duration::from_secs(10), "{millis} ms");
    }
}

#[test]
fn events_come_in_the_order_of_the_work() {
    let mut apart = scenario(900.0);
    apart.pools[1].skills = vec![Skill::new("L1", "fr")];
    // The parts of a problem tell what they come to together.
    for scenario in [scenario(900.0), apart] {
        events_are_in_order(&scenario);
    }
}

fn events_are_in_order(scenario: &Scenario) {
    let Some(strategy) = exact() else { return };
    let witness = Witness::default();
    let plan = planned(scenario, &strategy, &witness).unwrap();
    let (mut stages, mut known, mut best) = (Vec::new(), None, f64::INFINITY);
    for event in witness.seen.into_inner().unwrap() {
        let is_scheduling = stages.last() == Some(&"schedule");
        match event {
            Event::Stage { name } => stages.push(name),
            Event::Bound { bound } => {
                assert!(is_scheduling && known.is_none_or(|k| k <= bound));
                known = Some(bound);
            }
            Event::Incumbent { cost, bound } => {
                assert!(is_scheduling && known == Some(bound));
                assert!(bound <= cost + 1e-6 && cost < best);
                best = cost;
            }
            Event::Step { done, total } => assert!(is_scheduling && 0 < done && done <= total),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(
        stages,
        ["forecast", "requirement", "schedule", "tours", "check"]
    );
    assert!(close(best, plan.cost().get(), 1e-6));
    assert!(known.is_some_and(|k| plan.solved.bound <= k));
}

#[test]
fn one_thread_and_two_write_the_same_bytes() {
    let Some(strategy) = exact() else { return };
    let mut apart = scenario(900.0);
    // Two parts that could run side by side, and one that cannot.
    apart.pools[1].skills = vec![Skill::new("L1", "fr")];
    for scenario in [apart, scenario(900.0)] {
        let written = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let pool = pool.build().unwrap();
            pool.install(|| plan_json(&plan_of(&scenario, &strategy), "sha256:0").unwrap())
        };
        let (one, two) = (written(1), written(2));
        assert!(one == two, "the bytes depend on the number of threads");
    }
}

#[test]
fn an_open_hour_that_no_shift_reaches_is_short_and_priced() {
    let Some(strategy) = exact() else { return };
    // Phones alone, and so dear that nobody is left out who can be had.
    let mut whole = scenario(300.0);
    whole.queues.truncate(2);
    whole.streams.truncate(2);
    whole.understaffing_per_hour = money(5000.0);
    let mut late = whole.clone();
    for pool in &mut late.pools {
        pool.shifts[0].starts.from = super::support::time(9, 0);
    }
    let plan = plan_of(&late, &strategy);
    let berlin = zone("Europe/Berlin");
    let needed = |t: usize| {
        let groups = plan.problem.groups.iter();
        groups
            .map(|g| g.live_agents(t, plan.problem.rounding))
            .sum::<f64>()
    };
    let (grid, mut early) = (plan.problem.grid, 0.0);
    for (t, instant) in grid.instants().enumerate() {
        let local = berlin.local(instant).time();
        if super::support::time(8, 0) <= local && local < super::support::time(9, 0) {
            early += needed(t) * 0.5;
        }
    }
    assert!(early > 0.0 && plan.missing_hours() >= early - 1e-6);
    let priced = plan.solved.schedule.cost.understaffing.get();
    assert!(close(priced, 5000.0 * plan.missing_hours(), 1e-9));
    let whole = plan_of(&whole, &strategy);
    println!(
        "XX {:?} {:?}",
        whole.solved.schedule.shortages, whole.solved.termination
    );
    assert!(
        close(whole.missing_hours(), 0.0, 1e-6),
        "{}",
        whole.missing_hours()
    );
}

#[test]
fn without_contacts_an_open_queue_has_one_agent_and_a_closed_one_costs_nothing() {
    let Some(strategy) = exact() else { return };
    let mut quiet = scenario(0.0);
    let plan = plan_of(&quiet, &strategy);
    assert_eq!((plan.contacts(), plan.cost_per_contact()), (0.0, None));
    assert!(plan.cost().get() > 0.0 && close(plan.missing_hours(), 0.0, 1e-6));
    for t in 0..plan.problem.grid.len() {
        let need = |g: &wfm::requirements::Group| g.live_agents(t, plan.problem.rounding);
        assert!(plan.problem.groups.iter().all(|g| need(g) <= 1.0));
    }
    let market = &mut quiet.markets[0];
    market
        .opening
        .insert(Channel::Phone, OpeningHours::closed());
    let plan = plan_of(&quiet, &strategy);
    assert_eq!((plan.cost().get(), plan.solved.schedule.people()), (0.0, 0));
    assert_eq!(plan.solved.termination, Termination::Optimal);
}

#[test]
fn a_million_contacts_in_an_interval_are_planned() {
    let Some(strategy) = exact() else { return };
    let mut rush = scenario(0.0);
    rush.pools[1].limits.shifts_per_day_max = None;
    let noon = Span::from_minutes(12 * 60, 12 * 60 + 30).unwrap();
    let Source::Shape(shape) = &mut rush.streams[1].source else {
        panic!("the streams are shapes")
    };
    shape.opening = OpeningHours::closed().with(&WEEK[5..6], noon).unwrap();
    shape.week_volume = 1e6;
    let plan = plan_of(&rush, &strategy);
    assert!(close(plan.contacts(), 1e6, 1e-9));
    // 300 seconds each in half an hour are 166,667 erlangs, at an occupancy of at most 85 %.
    let people = f64::from(plan.solved.schedule.people_of(&"away".into()));
    assert!((196_078.0..200_000.0).contains(&people), "{people}");
    assert!(plan.solved.gap() < 1e-3 && plan.missing_hours() < 1.0);
}

#[test]
fn everything_unknown_is_told_at_once() {
    let mut wrong = scenario(10.0);
    wrong.queues[0].market = Some("ED".into());
    wrong.streams[1].market = "FR".into();
    wrong.streams[2].skill = Skill::new("L1", "it");
    wrong.pools[0].shifts.clear();
    wrong.pools[1].id = "home".into();
    let scope = Scope::Languages(vec!["pt".into()]);
    wrong.policies = vec![
        Policy::VendorShare {
            tier: "L9".into(),
            scope,
            share: share(0.5),
        },
        Policy::Residency {
            tier: "L1".into(),
            scope: Scope::Overall,
            region: "EU".to_owned(),
            share: share(0.5),
        },
    ];
    wrong.queues.push(Queue::new(
        "it phone",
        Skill::new("L1", "es"),
        Channel::Phone,
        wrong.queues[0].target,
    ));
    wrong.understaffing_per_hour = money(-1.0);
    let faults = wrong.check().unwrap_err();
    let told: Vec<(FaultCode, &str)> = (faults.as_slice().iter())
        .map(|f| (f.code, f.place.path.as_deref().unwrap_or_default()))
        .collect();
    for expected in [
        (FaultCode::UnknownReference, "queues[0].market"),
        (FaultCode::UnservedQueue, "queues[3]"),
        (FaultCode::PoolWithoutShifts, "pools[0].shifts"),
        (FaultCode::Duplicate, "pools"),
        (FaultCode::UnknownReference, "streams[1].market"),
        (FaultCode::UnknownReference, "streams[2]"),
        (FaultCode::NoDemand, "queues[2]"),
        (FaultCode::NoDemand, "queues[3]"),
        (FaultCode::UnknownReference, "policies[0].tier"),
        (FaultCode::UnknownReference, "policies[0].languages"),
        (FaultCode::UnknownReference, "policies[1].region"),
        (FaultCode::OutOfRange, "penalties.understaffing_per_hour"),
    ] {
        assert!(told.contains(&expected), "{expected:?} is not in {told:?}");
    }
    let Some(strategy) = exact() else { return };
    let refused = planned(&wrong, &strategy, &Silent);
    assert_eq!(refused.err(), Some(PlanError::Input(faults)));
}
