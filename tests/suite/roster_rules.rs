//! Small random rosters against all rosters there are: what the rules cost, the best cost, and
//! the bound.

use proptest::prelude::*;
use wfm::calendar::Weekday;
use wfm::milp::{Silent, Termination};
use wfm::scheduling::ScheduleError;
use wfm::scheduling::roster::{
    CompleteWeekend, ConsecutiveWeekends, DayKinds, Edges, FairShare, NoNightBeforeFreeWeekend,
    RestAfterNights, Roster, RosterAgent, RosterCover, RosterLimits, RosterProblem, RosterRequest,
    RosterRule, RosterShift, RosterStrategy, RosterWeight, RosterWish, RunLength, SameShiftWeekend,
    SolvedRoster, TotalDays, TotalMinutes, UnwantedPattern, Weekend, WorkedWeekends,
    certified_roster_bound, solve_roster, verify_roster,
};

use super::support::cases;

const DAYS: usize = 4;

fn weight() -> impl Strategy<Value = RosterWeight> {
    prop_oneof![
        1 => Just(RosterWeight::Hard),
        4 => (1..9_u32).prop_map(RosterWeight::Soft),
    ]
}

fn limits(most: u32) -> impl Strategy<Value = RosterLimits> {
    let limit = move || prop::option::of((0..=most, weight()));
    (limit(), limit()).prop_map(|(min, max)| RosterLimits { min, max })
}

fn kinds() -> impl Strategy<Value = DayKinds> {
    prop_oneof![
        Just(DayKinds::OFF),
        Just(DayKinds::WORK),
        Just(DayKinds::NONE.with(Some(0))),
        Just(DayKinds::NONE.with(Some(1)).with(None)),
    ]
}

fn weekend() -> impl Strategy<Value = Weekend> {
    prop_oneof![
        Just(Weekend {
            first: Weekday::Sat,
            days: 2
        }),
        Just(Weekend {
            first: Weekday::Fri,
            days: 3
        }),
    ]
}

fn rule() -> impl Strategy<Value = RosterRule> {
    prop_oneof![
        (kinds(), limits(4))
            .prop_map(|(of, limits)| RosterRule::TotalDays(TotalDays { of, limits })),
        limits(1_500).prop_map(|limits| RosterRule::TotalMinutes(TotalMinutes { limits })),
        (
            kinds(),
            limits(3),
            prop_oneof![Just(Edges::Open), Just(Edges::Strict)]
        )
            .prop_map(|(of, limits, edges)| RosterRule::RunLength(RunLength {
                of,
                limits,
                edges
            })),
        (weekend(), limits(2)).prop_map(|(weekend, limits)| {
            RosterRule::WorkedWeekends(WorkedWeekends { weekend, limits })
        }),
        (weekend(), limits(2)).prop_map(|(weekend, limits)| {
            RosterRule::ConsecutiveWeekends(ConsecutiveWeekends { weekend, limits })
        }),
        (weekend(), weight()).prop_map(|(weekend, weight)| {
            RosterRule::CompleteWeekend(CompleteWeekend { weekend, weight })
        }),
        (weekend(), weight()).prop_map(|(weekend, weight)| {
            RosterRule::SameShiftWeekend(SameShiftWeekend { weekend, weight })
        }),
        (weekend(), weight()).prop_map(|(weekend, weight)| {
            RosterRule::NoNightBeforeFreeWeekend(NoNightBeforeFreeWeekend { weekend, weight })
        }),
        (1..3_u32, weight()).prop_map(|(days, weight)| {
            RosterRule::RestAfterNights(RestAfterNights { days, weight })
        }),
        (
            prop::collection::vec(kinds(), 1..4),
            prop::option::of(Just(Weekday::Fri)),
            weight()
        )
            .prop_map(|(days, first, weight)| {
                RosterRule::UnwantedPattern(UnwantedPattern {
                    days,
                    first,
                    weight,
                })
            }),
        (kinds(), 0..3_u32, 1..4_u32).prop_map(|(of, share, weight)| {
            RosterRule::FairShare(FairShare { of, share, weight })
        }),
    ]
}

fn day() -> impl Strategy<Value = Option<usize>> {
    prop::option::of(0..2_usize)
}

fn agent() -> impl Strategy<Value = RosterAgent> {
    let wish = prop_oneof![
        Just(RosterWish::Off),
        Just(RosterWish::On),
        (0..2_usize).prop_map(RosterWish::Shift),
        (0..2_usize).prop_map(RosterWish::NotShift),
    ];
    let request = (0..DAYS, wish, (1..9_u32).prop_map(RosterWeight::Soft));
    let request = request.prop_map(|(day, wish, weight)| RosterRequest { day, wish, weight });
    (
        prop::collection::vec(rule(), 0..4),
        prop::collection::vec(request, 0..3),
        prop::collection::vec(day(), 0..4),
        prop::collection::vec(0..DAYS, 0..2),
        prop::collection::vec((0..2_usize, (1..5_u32).prop_map(RosterWeight::Soft)), 0..2),
        any::<bool>(),
    )
        .prop_map(
            |(rules, requests, history, days_off, unsuited, has_skill)| RosterAgent {
                name: "somebody".to_owned(),
                skills: if has_skill { vec![0] } else { vec![] },
                unsuited,
                days_off,
                requests,
                history,
                rules,
            },
        )
}

fn problem() -> impl Strategy<Value = RosterProblem> {
    let cover = (
        0..DAYS,
        0..2_usize,
        prop::option::of(Just(0)),
        0..3_u32,
        0..9_u32,
        0..9_u32,
    );
    let cover = cover.prop_map(|(day, shift, skill, required, under, over)| RosterCover {
        day,
        shift,
        skill,
        required,
        under: RosterWeight::Soft(under),
        over: RosterWeight::Soft(over),
    });
    (
        prop::collection::vec(agent(), 1..3),
        prop::collection::vec(cover, 1..6),
        any::<bool>(),
        prop_oneof![Just(Weekday::Mon), Just(Weekday::Thu), Just(Weekday::Sun)],
    )
        .prop_map(|(agents, cover, is_strict, first_weekday)| {
            let shift = |id: &str, minutes, is_night| RosterShift {
                id: id.to_owned(),
                start: None,
                minutes,
                is_night,
                forbidden_next: vec![],
            };
            let mut night = shift("N", 600, true);
            night.forbidden_next.extend(is_strict.then_some(0));
            RosterProblem {
                name: "tiny".to_owned(),
                days: DAYS,
                first_weekday,
                shifts: vec![shift("D", 480, false), night],
                agents,
                cover,
            }
        })
}

/// All tours of the horizon.
fn tours() -> Vec<Vec<Option<usize>>> {
    let mut all = vec![vec![]];
    for _ in 0..DAYS {
        all = (all.iter())
            .flat_map(|tour| {
                [None, Some(0), Some(1)].map(|day| {
                    let mut longer: Vec<Option<usize>> = tour.clone();
                    longer.push(day);
                    longer
                })
            })
            .collect();
    }
    all
}

/// The best cost of all rosters that keep what is hard.
fn brute_force(problem: &RosterProblem) -> Option<i64> {
    let tours = tours();
    let mut best = None;
    for first in &tours {
        let rest: Vec<Vec<Vec<Option<usize>>>> = match problem.agents.len() {
            1 => vec![vec![first.clone()]],
            _ => (tours.iter())
                .map(|t| vec![first.clone(), t.clone()])
                .collect(),
        };
        for tours in rest {
            let report = verify_roster(problem, &Roster { tours });
            if report.violations.is_empty() {
                best = Some(best.map_or(report.cost, |b: i64| b.min(report.cost)));
            }
        }
    }
    best
}

fn solve(problem: &RosterProblem) -> Result<SolvedRoster, ScheduleError> {
    let strategy = RosterStrategy {
        work: Some(150_000),
        ..RosterStrategy::default()
    };
    solve_roster(problem, &strategy, &Silent)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_best_of_all_rosters(problem in problem()) {
        let best = brute_force(&problem);
        match solve(&problem) {
            Ok(solved) => {
                let report = verify_roster(&problem, &solved.roster);
                prop_assert_eq!(&report.violations, &Vec::<String>::new());
                prop_assert_eq!(report.cost, solved.cost);
                prop_assert_eq!(Some(solved.cost), best);
                prop_assert!(solved.bound <= solved.cost);
                let proven = certified_roster_bound(&problem, &solved.prices).unwrap();
                prop_assert!(proven >= solved.bound && proven <= solved.cost);
                if solved.termination == Termination::Optimal {
                    prop_assert_eq!(solved.bound, solved.cost);
                }
            }
            Err(ScheduleError::Infeasible(_)) => prop_assert_eq!(best, None),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}

#[test]
fn any_prices_prove_something() {
    proptest!(cases(48), |(problem in problem(), prices in prop::collection::vec(-90_000..90_000_i64, 6))| {
        let Some(best) = brute_force(&problem) else { return Ok(()) };
        prop_assert!(certified_roster_bound(&problem, &prices).unwrap() <= best);
    });
}

#[test]
fn threads_change_nothing() {
    let problem = RosterProblem {
        name: "threads".to_owned(),
        days: 14,
        first_weekday: Weekday::Mon,
        shifts: vec![RosterShift {
            id: "D".to_owned(),
            start: None,
            minutes: 480,
            is_night: false,
            forbidden_next: vec![],
        }],
        agents: (0..6)
            .map(|at| RosterAgent {
                name: format!("agent {at}"),
                skills: vec![],
                unsuited: vec![],
                days_off: vec![at],
                requests: vec![],
                history: vec![],
                rules: vec![RosterRule::RunLength(RunLength {
                    of: DayKinds::WORK,
                    limits: RosterLimits::default()
                        .at_least(2, RosterWeight::Soft(3))
                        .at_most(4, RosterWeight::Hard),
                    edges: Edges::Strict,
                })],
            })
            .collect(),
        cover: (0..14)
            .map(|day| RosterCover {
                day,
                shift: 0,
                skill: None,
                required: 3 + u32::from(day % 3 == 0),
                under: RosterWeight::Soft(10),
                over: RosterWeight::Soft(4),
            })
            .collect(),
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| solve(&problem).unwrap())
    };
    assert_eq!(on(1), on(3));
}
