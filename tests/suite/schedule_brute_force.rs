//! Tiny problems, every schedule of which is tried: the search finds the cheapest one, and no
//! bound is above it.

use proptest::prelude::*;
use wfm::milp::Termination;
use wfm::scheduling::Problem;
use wfm::workforce::{Limits, Policy, PoolKind, Scope};

use super::support::{cases, close, exact, share, solved};
use super::tiny::{Enumeration, tiny};

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn the_search_finds_the_optimum_of_tiny_problems_and_no_bound_is_above_it(tiny in tiny()) {
        let Some(strategy) = exact() else { return Ok(()) };
        let optimum = Enumeration::optimum(&tiny);
        let found = solved(&tiny.problem(), &strategy);
        let found = found.map_err(|e| TestCaseError::fail(e.to_string()))?;
        let cost = found.schedule.cost.total().get();
        prop_assert!(cost >= optimum - 1e-6, "{} is below the optimum {}", cost, optimum);
        prop_assert!(found.bound <= optimum + 1e-6, "bound {} optimum {}", found.bound, optimum);
        if strategy.solvers.integer.is_some() {
            prop_assert!(cost <= optimum + 1e-6, "cost {} optimum {}", cost, optimum);
        }
        if found.termination == Termination::Optimal {
            prop_assert!(close(cost, optimum, 1e-6));
        }
    }

    #[test]
    fn relaxing_a_limit_never_raises_the_optimum(tiny in tiny(), p in 0usize..2) {
        let (before, mut relaxed) = (optimum_of(&tiny.problem()), tiny.problem());
        let p = p.min(relaxed.pools.len() - 1);
        let limits = &mut relaxed.pools[p].limits;
        limits.shifts_per_day_max = limits.shifts_per_day_max.map(|n| n + 1);
        limits.shifts_per_day_min = limits.shifts_per_day_min.map(|n| n.saturating_sub(1));
        prop_assert!(optimum_of(&relaxed) <= before + 1e-6);
        relaxed.pools[p].limits = Limits::default();
        prop_assert!(optimum_of(&relaxed) <= before + 1e-6);
    }

    #[test]
    fn adding_a_skill_never_raises_the_optimum(tiny in tiny(), p in 0usize..2) {
        let (before, mut taught) = (optimum_of(&tiny.problem()), tiny.problem());
        let p = p.min(taught.pools.len() - 1);
        taught.pools[p].skills = taught.groups.iter().map(|g| g.skill.clone()).collect();
        prop_assert!(optimum_of(&taught) <= before + 1e-6);
    }

    #[test]
    fn the_order_of_pools_and_groups_leaves_the_optimum(tiny in tiny()) {
        let mut turned = tiny.problem();
        let before = optimum_of(&turned);
        turned.pools.reverse();
        prop_assert!(close(optimum_of(&turned), before, 1e-9));
        turned.groups.reverse();
        prop_assert!(close(optimum_of(&turned), before, 1e-9));
    }

    #[test]
    fn the_order_of_policies_leaves_the_optimum_and_each_costs(
        tiny in tiny(), floor in 0.5..0.9, most in 0.3..1.0, home in 0.0..0.9,
    ) {
        let free = with_vendors(tiny.problem());
        let mut ruled = free.clone();
        ruled.policies = policies(floor, most, home);
        let cost = optimum_of(&ruled);
        prop_assert!(cost >= optimum_of(&free) - 1e-6);
        ruled.policies.reverse();
        prop_assert!(close(optimum_of(&ruled), cost, 1e-6));
        ruled.pools.reverse();
        prop_assert!(close(optimum_of(&ruled), cost, 1e-6));
        ruled.policies.pop();
        prop_assert!(optimum_of(&ruled) <= cost + 1e-6);
    }
}

/// Cost of the schedule found, the optimum for models this small; 0 where none can be proven.
fn optimum_of(problem: &Problem) -> f64 {
    let strategy = exact().filter(|s| s.solvers.integer.is_some());
    strategy.map_or(0.0, |strategy| {
        let found = solved(problem, &strategy).unwrap();
        found.schedule.cost.total().get()
    })
}

/// The second pool is a vendor's, elsewhere and less liked.
fn with_vendors(mut problem: Problem) -> Problem {
    for (pool, (region, csat)) in problem.pools.iter_mut().zip([("EU", 0.9), ("IN", 0.6)]) {
        region.clone_into(&mut pool.region);
        pool.csat = Some(share(csat));
    }
    if let Some(vendor) = problem.pools.get_mut(1) {
        vendor.kind = PoolKind::Bpo;
    }
    problem
}

fn policies(floor: f64, most: f64, home: f64) -> Vec<Policy> {
    let tier = || "L1".into();
    vec![
        Policy::CsatFloor {
            tier: tier(),
            scope: Scope::Overall,
            floor: share(floor),
        },
        Policy::VendorShare {
            tier: tier(),
            scope: Scope::EachLanguage,
            share: share(most),
        },
        Policy::Residency {
            tier: tier(),
            scope: Scope::Languages(vec!["fr".into()]),
            region: "EU".to_owned(),
            share: share(home),
        },
    ]
}
