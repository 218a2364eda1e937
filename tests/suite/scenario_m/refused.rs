//! Allocations that cannot be: which rules are in the way, and what would help.

use wfm::scheduling::{AllocationPlan, Refusal};

use super::aggregate::{allocated, pool, variant};
use super::table;

fn refused(key: &str) -> Option<Refusal> {
    match allocated(&variant(key))? {
        AllocationPlan::Impossible(refusal) => Some(refusal),
        AllocationPlan::Cheapest { cost, .. } => panic!("{key}: it costs {cost}"),
    }
}

const FLOOR: &str = "csat_floor_0.91";

fn relaxation_of<'a>(refusal: &'a Refusal, kind: &str) -> (&'a str, f64) {
    let own = refusal
        .relaxations
        .iter()
        .filter(|r| r.rule.starts_with(kind));
    let [one] = own.collect::<Vec<_>>()[..] else {
        panic!("not one {kind}: {refusal}")
    };
    (&one.rule, one.amount)
}

#[test]
fn missing_hours_and_the_largest_floor_are_found() {
    let Some(_) = refused(FLOOR) else { return };
    table().check("refusal", |key, quantity| {
        let refusal = refused(key).unwrap();
        match quantity {
            "missing_hours" => refusal.missing_hours(),
            "largest_floor" => 0.91 - relaxation_of(&refusal, "csat_floor").1,
            _ => panic!("{quantity}"),
        }
    });
}

/// Below a hundredth of an hour there is only noise.
#[test]
fn no_skill_is_named_for_the_last_digits_of_a_solver() {
    for key in table().keys("refusal") {
        let Some(refusal) = refused(key) else { return };
        for (skill, hours) in &refusal.missing {
            assert!(*hours > 0.01, "{key} {skill}: {hours}");
        }
    }
}

#[test]
fn a_floor_too_high_is_named() {
    let Some(refusal) = refused(FLOOR) else {
        return;
    };
    let (rule, _) = relaxation_of(&refusal, "csat_floor");
    assert_eq!(rule, "csat_floor all L1");
    assert!(refusal.conflict.iter().any(|r| r == rule), "{refusal}");
}

#[test]
fn the_largest_floor_can_be_kept_and_no_more() {
    let Some(refusal) = refused(FLOOR) else {
        return;
    };
    let largest = 0.91 - relaxation_of(&refusal, "csat_floor").1;
    let key = |off: f64| format!("csat_floor_{:.9}", largest + off);
    let below = allocated(&variant(&key(-1e-6))).unwrap();
    assert!(
        matches!(below, AllocationPlan::Cheapest { .. }),
        "{below:?}"
    );
    refused(&key(1e-5));
}

#[test]
fn a_closed_vendor_leaves_needs_against_the_largest_hours() {
    let Some(refusal) = refused("PHL_closed") else {
        return;
    };
    let of = |kind: &str| {
        refusal
            .conflict
            .iter()
            .filter(|r| r.starts_with(kind))
            .count()
    };
    assert!(of("need ") > 0 && of("week_hours_max ") > 0, "{refusal}");
    assert_eq!(
        of("need ") + of("week_hours_max "),
        refusal.conflict.len(),
        "{refusal}"
    );
    // Swedish is the dearest language, so the cheapest way to miss hours is to miss its.
    let [(skill, hours)] = &refusal.missing[..] else {
        panic!("{:?}", refusal.missing)
    };
    assert_eq!(skill.language.as_str(), "sv");
    assert!((hours - refusal.missing_hours()).abs() < 1e-9);
}

#[test]
fn each_relaxation_is_enough_and_no_smaller_one_is() {
    for key in [FLOOR, "PHL_closed"] {
        let Some(refusal) = refused(key) else { return };
        let limits = refusal
            .relaxations
            .iter()
            .filter_map(|r| Some((r.rule.strip_prefix("week_hours_max ")?, r.amount)));
        let mut tried = 0;
        for (id, amount) in limits {
            let wider = |off: f64| {
                let mut scenario = variant(key);
                let limits = &mut pool(&mut scenario, id).limits;
                limits.week_hours_max = limits.week_hours_max.map(|h| h + amount + off);
                allocated(&scenario).unwrap()
            };
            assert!(
                matches!(wider(0.01), AllocationPlan::Cheapest { .. }),
                "{key} {id}"
            );
            assert!(
                matches!(wider(-0.01), AllocationPlan::Impossible(_)),
                "{key} {id}"
            );
            tried += 1;
        }
        assert!(tried >= 3, "{key}: {refusal}");
    }
}
