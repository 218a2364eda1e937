use std::time::Duration;

use super::super::{ErlangA, QueueModel, Traffic};
use super::*;
use crate::queueing::erlang_b;

fn erlangs(load: f64) -> Erlangs {
    Erlangs::new(load).unwrap()
}

fn near(x: f64, y: f64, tolerance: f64) {
    assert!((x - y).abs() <= tolerance * y.abs(), "{x} instead of {y}");
}

#[test]
fn without_generalists_the_types_are_apart() {
    let loads = [erlangs(6.0), erlangs(0.5)];
    let lost = MDesign::new(loads, [6, 3], 0).loss().unwrap();
    near(
        lost.blocking[0].get(),
        erlang_b::blocking(6, loads[0]).get(),
        1e-11,
    );
    near(
        lost.blocking[1].get(),
        erlang_b::blocking(3, loads[1]).get(),
        1e-11,
    );
    let (aht, patience) = (Duration::from_secs(200), Duration::from_secs(120));
    let seen = MDesign::new(loads, [7, 1], 0).delay(aht, patience).unwrap();
    for (i, agents) in [7.0, 1.0].into_iter().enumerate() {
        let model = ErlangA::new(patience).unwrap();
        let alone = model.performance(&Traffic::new(loads[i], aht), agents, Duration::ZERO);
        near(seen.p_wait[i].get(), alone.p_wait.get(), 1e-10);
        near(seen.abandonment[i].get(), alone.abandonment.get(), 1e-10);
        near(seen.mean_wait_seconds[i], alone.mean_wait_seconds, 1e-10);
    }
}

#[test]
fn with_generalists_only_the_types_are_one() {
    let loads = [erlangs(4.0), erlangs(6.0)];
    let lost = MDesign::new(loads, [0, 0], 12).loss().unwrap();
    let pooled = erlang_b::blocking(12, erlangs(10.0));
    near(lost.blocking[0].get(), pooled.get(), 1e-11);
    near(lost.blocking[1].get(), pooled.get(), 1e-11);
    let (aht, patience) = (Duration::from_secs(200), Duration::from_secs(300));
    let seen = MDesign::new(loads, [0, 0], 11)
        .delay(aht, patience)
        .unwrap();
    let model = ErlangA::new(patience).unwrap();
    let one = model.performance(&Traffic::new(erlangs(10.0), aht), 11.0, Duration::ZERO);
    near(seen.p_wait[0].get(), one.p_wait.get(), 1e-10);
    near(
        seen.queue_length[0] + seen.queue_length[1],
        one.queue_length,
        1e-10,
    );
    assert!(seen.mean_wait_seconds[0] < seen.mean_wait_seconds[1]);
}

#[test]
fn what_comes_in_is_served_lost_or_hangs_up() {
    for (loads, own, general) in [
        ([9.0, 3.0], [8, 2], 4),
        ([0.0, 3.0], [2, 1], 2),
        ([1e-9, 1e-9], [1, 0], 1),
    ] {
        let design = MDesign::new(loads.map(erlangs), own, general);
        let seen = design
            .delay(Duration::from_secs(60), Duration::from_secs(90))
            .unwrap();
        let lost = design.loss().unwrap();
        for (i, load) in loads.into_iter().enumerate() {
            let queue = seen.abandonment[i].get() * load * 90.0 / 60.0;
            near(queue, seen.queue_length[i], 1e-12);
            assert!(lost.blocking[i] <= seen.p_wait[i] || load == 0.0);
        }
        assert!(lost.generalist_occupancy <= seen.generalist_occupancy);
    }
    let idle = MDesign::new([Erlangs::ZERO, erlangs(3.0)], [2, 1], 2)
        .loss()
        .unwrap();
    assert_eq!(idle.blocking[0], Probability::ZERO);
}

#[test]
fn what_cannot_be_asked() {
    let design = MDesign::new([erlangs(100.0); 2], [100, 100], 100);
    assert!(matches!(
        design.loss(),
        Err(QueueingError::TooManyStates { .. })
    ));
    let hour = Duration::from_secs(3600);
    let design = MDesign::new([erlangs(5.0); 2], [4, 4], 3);
    assert_eq!(
        design.delay(hour, Duration::ZERO),
        Err(QueueingError::NoPatience)
    );
    assert!(design.delay(Duration::ZERO, hour).is_err());
    let overload = MDesign::new([erlangs(9.0); 2], [4, 4], 3);
    let for_ever = overload.delay(hour, Duration::from_secs(1_000_000_000_000));
    assert!(matches!(for_ever, Err(QueueingError::TooManyStates { .. })));
    let nobody = MDesign::new([erlangs(5.0), Erlangs::ZERO], [0, 0], 0);
    assert_eq!(nobody.loss().unwrap().blocking[0], Probability::ONE);
    assert_eq!(nobody.hayward_blocking(), Probability::ONE);
}
