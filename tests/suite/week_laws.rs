//! Monotone laws of typical weeks, optimum against optimum: a rule relaxed or an agent cheaper
//! never makes the cheapest plan dearer, and the order of the input changes nothing.
//!
//! The weeks are small enough to be searched whole, and tests elsewhere hold that search against
//! brute force.

use std::time::Duration;

use proptest::prelude::*;
use wfm::milp::{Silent, Termination};
use wfm::scheduling::ScheduleError;
use wfm::scheduling::week::{Week, WeekSite, WeekStrategy, solve_week};

use super::support::cases;
use super::week_whole_model::tiny;

/// The cost of the cheapest plan; `Some(None)` where there is none, nothing where neither is
/// certain.
#[expect(clippy::option_option, reason = "unknown is not infinite")]
fn optimum(week: &Week) -> Option<Option<i64>> {
    let strategy = WeekStrategy {
        time_limit: Duration::from_secs(5),
        gap: 0.0,
        ..WeekStrategy::default()
    };
    match solve_week(week, &strategy, &Silent) {
        // No work is limited, so a limit of work says that every plan has been looked at.
        Ok(solved) => match solved.termination {
            Termination::Optimal | Termination::WorkLimit => Some(Some(solved.cost)),
            _ => None,
        },
        Err(ScheduleError::Infeasible(_)) => Some(None),
        Err(_) => None,
    }
}

prop_compose! {
    /// A tiny week whose last pool may sit at a site of its own.
    fn sited()(
        week in tiny(),
        is_apart in any::<bool>(),
        seats in prop::option::of(1_u32..4),
        paid_minimum in 0_u64..5,
    ) -> Week {
        let mut week = week;
        if is_apart {
            week.sites.push(WeekSite { id: "apart".into(), seats, paid_minimum });
            let last = week.pools.len() - 1;
            week.pools[last].site = 1;
        }
        week
    }
}

/// A change of a week: the rules give way, or agents get cheaper. It may leave some weeks as they
/// are.
type Relaxation = (&'static str, fn(&mut Week));

const RELAXATIONS: [Relaxation; 12] = [
    ("a seat more", |week| {
        for site in &mut week.sites {
            site.seats = site.seats.map(|seats| seats + 1);
        }
    }),
    ("a shift a day more", |week| {
        let cap = &mut week.pools[0].shifts_per_day;
        *cap = cap.map(|cap| cap + 1);
    }),
    ("no daily cap", |week| week.pools[0].shifts_per_day = None),
    ("a paid interval fewer", |week| {
        for site in &mut week.sites {
            site.paid_minimum = site.paid_minimum.saturating_sub(1);
        }
    }),
    ("a wider share cap", |week| {
        for cap in &mut week.share_caps {
            cap.hundredths = (cap.hundredths + 7).min(100);
        }
    }),
    ("a language added", |week| {
        week.pools[0].languages = (0..week.languages.len()).collect();
    }),
    ("a later start", |week| {
        let last = week.intervals_per_day - 1;
        for starts in week.pools[0].starts.iter_mut().flatten() {
            starts.to = (starts.to + 1).min(last);
        }
    }),
    ("a kind of shift added", |week| {
        let starts = &mut week.pools[0].starts;
        let known = starts.iter().flatten().next().copied();
        for starts in starts {
            *starts = starts.or(known);
        }
    }),
    ("a break place more", |week| {
        for kind in &mut week.shift_types {
            let ends: Vec<usize> = (kind.breaks.iter().skip(1).map(|b| b.first))
                .chain([kind.length])
                .collect();
            for (b, end) in kind.breaks.iter_mut().zip(ends) {
                if b.last + 1 + b.length <= end {
                    b.last += 1;
                }
            }
        }
    }),
    ("an agent fewer", |week| {
        let required = &mut week.languages[0].required;
        if let Some(wanted) = required.iter_mut().find(|r| **r > 0) {
            *wanted -= 1;
        }
    }),
    ("cheaper agents", |week| {
        let pool = &mut week.pools[0];
        pool.fixed_cost -= 12;
        for wage in &mut pool.wages {
            *wage = (*wage - 12).max(0);
        }
    }),
    ("cheaper shortage", |week| {
        week.understaffing = week.understaffing.map(|price| price / 24 * 12);
    }),
];

/// Changes of order that mean nothing.
const ORDERS: [Relaxation; 4] = [
    ("pools", |week| week.pools.reverse()),
    ("languages", |week| {
        week.languages.reverse();
        let last = week.languages.len() - 1;
        for language in week.pools.iter_mut().flat_map(|p| &mut p.languages) {
            *language = last - *language;
        }
    }),
    ("kinds of shift", |week| {
        week.shift_types.reverse();
        let last = week.shift_types.len() - 1;
        for pool in &mut week.pools {
            pool.starts.reverse();
        }
        for cap in &mut week.share_caps {
            cap.shift_type = last - cap.shift_type;
        }
    }),
    ("sites", |week| {
        week.sites.reverse();
        let last = week.sites.len() - 1;
        for pool in &mut week.pools {
            pool.site = last - pool.site;
        }
    }),
];

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_is_relaxed_never_gets_dearer(week in sited()) {
        let Some(base) = optimum(&week) else { return Err(TestCaseError::reject("unknown")) };
        for (name, relax) in RELAXATIONS {
            let mut relaxed = week.clone();
            relax(&mut relaxed);
            if relaxed == week {
                continue;
            }
            let Some(cost) = optimum(&relaxed) else { continue };
            // No plan at all is dearer than any.
            let dearest = i64::MAX;
            prop_assert!(
                cost.unwrap_or(dearest) <= base.unwrap_or(dearest),
                "{name}: {cost:?}, before {base:?}"
            );
        }
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(week in sited()) {
        let Some(base) = optimum(&week) else { return Err(TestCaseError::reject("unknown")) };
        for (name, reorder) in ORDERS {
            let mut reordered = week.clone();
            reorder(&mut reordered);
            if reordered == week {
                continue;
            }
            let Some(cost) = optimum(&reordered) else { continue };
            prop_assert_eq!(cost, base, "{}", name);
        }
    }
}
