//! Plans of typical weeks: against every plan of tiny weeks, and their behaviour at every limit.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use wfm::milp::{Event, Observer, Silent, Termination};
use wfm::scheduling::ScheduleError;
use wfm::scheduling::week::{
    KeptWeek, ShareCap, SolvedWeek, Week, WeekBreak, WeekLanguage, WeekPool, WeekShiftType,
    WeekSite, WeekStarts, WeekStrategy, certified_week_bound, solve_week, verify_week,
};

use super::support::cases;
use super::week_bound::{cheapest, columns, under_way};
use super::week_whole_model::tiny;

/// Solves, and has the plan and the bound checked by code that shares nothing with the search.
fn solve(week: &Week, strategy: &WeekStrategy) -> Result<SolvedWeek, ScheduleError> {
    let solved = solve_week(week, strategy, &Silent)?;
    let report = verify_week(week, &solved.plan);
    assert_eq!(report.violations, Vec::<String>::new());
    assert_eq!(report.cost, i128::from(solved.cost));
    let proven = certified_week_bound(week, &solved.prices).max(0);
    assert!(solved.bound <= proven as f64 && solved.bound <= solved.cost as f64);
    Ok(solved)
}

fn by_work(work: u64) -> WeekStrategy {
    WeekStrategy {
        work: Some(work),
        gap: 0.0,
        ..WeekStrategy::default()
    }
}

/// A shop of two languages with three pools, noisy like real demand.
fn shop() -> Week {
    let day = 48;
    let noise = |l: usize, t: usize| (t * 7919 + l * 104_729) % 5;
    let required = |l: usize| {
        let of = |t: usize| {
            let hour = t % day / 2;
            if (8..20).contains(&hour) {
                u32::try_from(4 + 3 * l + noise(l, t)).unwrap()
            } else {
                0
            }
        };
        (0..7 * day).map(of).collect()
    };
    let pause = |id: &str, length, first, last, is_paid| WeekBreak {
        id: id.into(),
        length,
        first,
        last,
        is_paid,
    };
    let starts = WeekStarts {
        from: 16,
        to: 30,
        step: 1,
    };
    let pool = |id: &str, site, languages: &[usize], wage| WeekPool {
        id: id.into(),
        site,
        languages: languages.to_vec(),
        wages: vec![wage; 7 * day],
        base_wage: wage,
        fixed_cost: 300,
        offset: 0,
        starts: vec![Some(starts), Some(starts)],
        shifts_per_day: Some(20),
    };
    let site = |id: &str, seats, paid_minimum| WeekSite {
        id: id.into(),
        seats,
        paid_minimum,
    };
    Week {
        name: "shop".into(),
        interval_minutes: 30,
        intervals: 7 * day,
        intervals_per_day: day,
        languages: (0..2)
            .map(|l| WeekLanguage {
                id: format!("l{l}"),
                required: required(l),
            })
            .collect(),
        shift_types: vec![
            WeekShiftType {
                id: "4 h".into(),
                length: 8,
                breaks: vec![pause("rest", 1, 3, 5, true)],
            },
            WeekShiftType {
                id: "8 h".into(),
                length: 16,
                breaks: vec![
                    pause("rest", 1, 3, 5, true),
                    pause("lunch", 2, 7, 10, false),
                ],
            },
        ],
        pools: vec![
            pool("home-0", 0, &[0], 900),
            pool("home-both", 0, &[0, 1], 1_000),
            pool("vendor-1", 1, &[1], 700),
        ],
        sites: vec![site("home", Some(22), 0), site("vendor", None, 500)],
        share_caps: vec![ShareCap {
            shift_type: 0,
            hundredths: 40,
        }],
        understaffing: Some(5_000),
        kept: None,
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn tiny_weeks_cost_what_brute_force_finds(week in tiny()) {
        prop_assume!(columns(&week).len() <= 7);
        let best = cheapest(&week, 3);
        match solve(&week, &by_work(200_000)) {
            Ok(solved) => {
                let alike = solved.plan.shifts.iter().map(|s| s.count).max().unwrap_or(0);
                prop_assume!(alike <= 3);
                prop_assert_eq!(Some(solved.cost), best);
            }
            Err(ScheduleError::Infeasible(_)) => prop_assert!(best.is_none()),
            Err(error) => prop_assert!(best.is_none(), "{error}, best {best:?}"),
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn tiny_weeks_under_way_cost_what_brute_force_finds(week in under_way(tiny())) {
        prop_assume!(columns(&week).len() <= 7);
        let best = cheapest(&week, 3);
        if let Ok(solved) = solve(&week, &by_work(200_000)) {
            let alike = solved.plan.shifts.iter().map(|s| s.count).max().unwrap_or(0);
            prop_assume!(alike <= 3);
            prop_assert_eq!(Some(solved.cost), best);
        } else {
            prop_assert!(best.is_none());
        }
    }
}

#[test]
fn a_week_that_is_kept_is_kept_and_changed_no_more_than_it_is_worth() {
    let first = solve(&shop(), &by_work(60_000)).unwrap();
    let keep = |price_per_change| {
        let mut week = shop();
        let shifts = first.plan.shifts.clone();
        week.kept = Some(KeptWeek {
            shifts,
            price_per_change,
        });
        week
    };
    // The work of a search that starts from the plan and may stop at once.
    let again = solve(&keep(1_000_000), &by_work(1)).unwrap();
    assert_eq!(verify_week(&keep(0), &again.plan).changes, 0);
    assert_eq!(again.cost, first.cost);
    // One agent more in one language for an afternoon.
    let mut changes = i128::MAX;
    for price in [0, 300, 3_000, 1_000_000] {
        let mut week = keep(price);
        for t in 26..34 {
            week.languages[1].required[t] += 1;
        }
        let replanned = solve(&week, &by_work(60_000)).unwrap();
        let made = verify_week(&week, &replanned.plan).changes;
        assert!(made <= changes || price <= 300, "{made} changes at {price}");
        changes = made;
    }
    assert_eq!(changes, 0);
}

#[test]
fn threads_do_not_change_a_plan_that_work_ends() {
    let week = shop();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap()
            .install(|| solve(&week, &by_work(60_000)).unwrap())
    };
    let (one, two) = (on(1), on(2));
    assert_eq!(one, two);
    assert_eq!(one.termination, Termination::WorkLimit);
    assert!(one.gap() < 0.05, "gap {}", one.gap());
}

#[test]
fn dearer_rules_never_make_a_plan_cheaper() {
    let plain = solve(&shop(), &by_work(60_000)).unwrap();
    let tighter: [fn(&mut Week); 4] = [
        |w| w.sites[0].seats = Some(12),
        |w| w.sites[1].paid_minimum = 1_500,
        |w| w.share_caps[0].hundredths = 5,
        |w| {
            w.languages[1]
                .required
                .iter_mut()
                .for_each(|r| *r += u32::from(*r > 0));
        },
    ];
    for tighten in tighter {
        let mut week = shop();
        tighten(&mut week);
        let tight = solve(&week, &by_work(60_000)).unwrap();
        // What is proven of the tighter week may not fall below what is proven of the plain one,
        // and no plan of it below the bound of the plain one.
        assert!(tight.cost as f64 >= plain.bound);
        assert!(tight.bound >= plain.bound * 0.9999);
    }
}

#[test]
fn the_clock_is_kept_and_a_gap_is_enough() {
    let begun = Instant::now();
    let strategy = WeekStrategy {
        time_limit: Duration::from_secs(2),
        gap: 0.0,
        ..WeekStrategy::default()
    };
    let solved = solve(&shop(), &strategy).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(6));
    assert_eq!(solved.termination, Termination::TimeLimit);
    let strategy = WeekStrategy {
        gap: 0.05,
        ..WeekStrategy::default()
    };
    let enough = solve(&shop(), &strategy).unwrap();
    assert_eq!(enough.termination, Termination::GapReached);
    assert!(enough.gap() <= 0.05);
}

/// Stops a search as soon as it has a plan.
#[derive(Debug, Default)]
struct Impatient(AtomicBool);

impl Observer for Impatient {
    fn on(&self, event: &Event) {
        if matches!(event, Event::Stage { name: "windows" }) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[test]
fn a_cancelled_search_gives_what_it_has() {
    let solved = solve_week(&shop(), &WeekStrategy::default(), &Impatient::default()).unwrap();
    assert_eq!(solved.termination, Termination::Interrupted);
    assert!(verify_week(&shop(), &solved.plan).is_clean());
}

#[test]
fn shortage_is_priced_or_named() {
    // An evening that no shift reaches: priced where missing agents have a price …
    let mut week = shop();
    week.languages[0].required[47] = 3;
    let priced = solve(&week, &by_work(20_000)).unwrap();
    assert!(
        priced
            .plan
            .missing
            .iter()
            .any(|m| (m.interval, m.agents) == (47, 3))
    );
    // … and an error that says where if coverage is a rule.
    week.understaffing = None;
    let Err(ScheduleError::Infeasible(conflict)) = solve(&week, &by_work(20_000)) else {
        panic!("nobody can be there at 23:30");
    };
    assert!(conflict.to_string().contains("day 1 23:30"), "{conflict}");
    // A contract for more than the vendor can work.
    let mut week = shop();
    week.sites[1].paid_minimum = 1_000_000;
    let Err(ScheduleError::Infeasible(conflict)) = solve(&week, &by_work(20_000)) else {
        panic!("the minimum cannot be reached");
    };
    assert!(conflict.to_string().contains("`vendor`"), "{conflict}");
}

#[test]
fn nothing_wanted_and_a_million_wanted() {
    let mut week = shop();
    week.sites[1].paid_minimum = 0;
    for language in &mut week.languages {
        language.required.fill(0);
    }
    let idle = solve(&week, &by_work(20_000)).unwrap();
    assert_eq!((idle.cost, idle.termination), (0, Termination::Optimal));
    // Caps leave most of a million agents missing: a priced shortage, in time.
    let mut week = shop();
    week.languages[0].required[20] = 1_000_000;
    let begun = Instant::now();
    let short = solve(&week, &by_work(20_000)).unwrap();
    assert!(short.plan.missing.iter().any(|m| m.agents > 999_000));
    assert!(begun.elapsed() < Duration::from_secs(60));
    // Without caps they are hired.
    let mut week = shop();
    week.pools[0].shifts_per_day = None;
    week.sites[0].seats = None;
    week.languages[0].required[20] = 1_000_000;
    let hired = solve(&week, &by_work(20_000)).unwrap();
    assert!(hired.gap() < 0.05, "gap {}", hired.gap());
}
