//! Every rule of the registry has a schedule that keeps it and one that breaks it alone.

use std::time::Duration;

use wfm::calendar::{TimeDelta, Weekday};
use wfm::requirements::ScopedPromise;
use wfm::scheduling::{Crew, Problem, Schedule, rules, verify};
use wfm::workforce::{
    Availability, Commitment, Contract, Limits, NamedAgent, Policy, PromiseScope, Scope, Staff,
};

use super::support::{exact, group, money, morning, share, shift, solved};
use super::verifier::{schedule, two_pools};

fn limited(limits: Limits) -> Problem {
    let mut problem = two_pools();
    problem.pools[0].limits = limits;
    problem
}

fn ruled(policy: Policy) -> Problem {
    let mut problem = two_pools();
    problem.policies = vec![policy];
    problem
}

/// Two pools, the first one with an agent of each contract, by the letters of the alphabet.
fn named(contracts: &[&str]) -> Problem {
    let mut problem = two_pools();
    let names = ["a", "b"].into_iter().zip(contracts);
    problem.pools[0].staff = Some(Staff {
        agents: names.map(|(name, &c)| NamedAgent::new(name, c)).collect(),
        ..Staff::default()
    });
    problem
}

fn agent(problem: &mut Problem, place: usize) -> &mut NamedAgent {
    &mut problem.pools[0].staff.as_mut().unwrap().agents[place]
}

/// The same need from Monday 10:00 to 14:00 and on Tuesday.
fn over_two_days(problem: Problem) -> Problem {
    let need = problem.groups[0].live[0].agents.0;
    let needs = (0..28).map(|hour| if hour % 24 < 4 { need } else { 0 });
    Problem {
        grid: morning(28),
        groups: vec![group("de", &needs.collect::<Vec<u32>>())],
        ..problem
    }
}

/// So many people of each pool on Monday and on Tuesday.
fn both_days(monday: [u32; 2], tuesday: [u32; 2]) -> Schedule {
    let (mut both, mut next) = (schedule(monday, 0.0), schedule(tuesday, 0.0));
    for shift in &mut next.shifts {
        shift.start += TimeDelta::days(1);
        shift.end += TimeDelta::days(1);
    }
    next.assignments.iter_mut().for_each(|a| a.interval += 24);
    both.shifts.extend(next.shifts);
    both.assignments.extend(next.assignments);
    for (pool, next) in both.cost.pools.iter_mut().zip(next.cost.pools) {
        pool.hours += next.hours;
        pool.shifts += next.shifts;
    }
    both
}

/// A problem that a rule matters in, a schedule that keeps the rule and one that breaks it.
struct Case {
    problem: Problem,
    keeps: Schedule,
    breaks: Schedule,
}

/// The cases of a rule. A rule without any fails here.
fn cases_of(rule: &str) -> Vec<Case> {
    let case = |problem: Problem, keeps: [u32; 2], breaks: [u32; 2]| Case {
        problem,
        keeps: schedule(keeps, 0.0),
        breaks: schedule(breaks, 0.0),
    };
    let (tier, scope) = (|| "L1".into(), || Scope::Overall);
    match rule {
        "shifts_per_day" => {
            let least = Limits {
                shifts_per_day_min: Some(2),
                ..Limits::default()
            };
            let most = Limits {
                shifts_per_day_max: Some(1),
                ..Limits::default()
            };
            vec![
                case(limited(least), [2, 0], [1, 1]),
                case(limited(most), [1, 1], [2, 0]),
            ]
        }
        "week_hours" => {
            let least = Limits {
                week_hours_min: Some(8.0),
                ..Limits::default()
            };
            let most = Limits {
                week_hours_max: Some(4.0),
                ..Limits::default()
            };
            vec![
                case(limited(least), [2, 0], [1, 1]),
                case(limited(most), [1, 1], [2, 0]),
            ]
        }
        "take_or_pay" => {
            let committed = |commitment, owed| {
                let mut problem = two_pools();
                problem.pools[0].commitment = Some(commitment);
                Case {
                    problem,
                    keeps: schedule([1, 1], owed),
                    breaks: schedule([1, 1], 0.0),
                }
            };
            vec![
                committed(Commitment::ShiftsPerDay(3), 160.0),
                committed(Commitment::HoursPerWeek(10.0), 120.0),
            ]
        }
        "headcount" => {
            // One agent at most, who works one shift a day.
            let mut problem = two_pools();
            let mut contract = Contract::hours("full", 40.0);
            contract.agents_max = Some(1);
            problem.pools[0].contracts = vec![contract];
            vec![Case {
                problem,
                keeps: schedule([1, 1], 0.0),
                breaks: schedule([2, 0], 0.0),
            }]
        }
        "named_agents" => {
            // Two agents, of whom one does not work on Mondays, not at ten, or no such shift.
            let available = |day, minutes| {
                let days = vec![day];
                vec![Availability { days, minutes }]
            };
            let kinds = |shifts: &[&str]| Contract {
                shifts: shifts.iter().map(|&s| s.into()).collect(),
                ..Contract::hours("other", 40.0)
            };
            let mut other_day = named(&["", ""]);
            agent(&mut other_day, 1).available = available(Weekday::Tue, None);
            let mut too_late = named(&["", ""]);
            agent(&mut too_late, 1).available = available(Weekday::Mon, Some((660, 1200)));
            let mut other_kind = named(&["full", "other"]);
            other_kind.pools[0].contracts = vec![Contract::hours("full", 40.0), kinds(&["night"])];
            // One agent for one day or four hours in the week, where the pool has longer shifts.
            let mut one_day = over_two_days(named(&["one"]));
            one_day.pools[0].contracts = vec![Contract {
                week_days: 1,
                ..Contract::hours("one", 40.0)
            }];
            one_day.pools[0].shifts.push(shift("long", 8, 10, 10));
            let mut four_hours = over_two_days(named(&[""]));
            four_hours.pools[0].contract_hours = 4.0;
            let week = |problem| Case {
                problem,
                keeps: both_days([1, 1], [0, 2]),
                breaks: both_days([1, 1], [1, 1]),
            };
            vec![
                case(other_day, [1, 1], [2, 0]),
                case(too_late, [1, 1], [2, 0]),
                case(other_kind, [1, 1], [2, 0]),
                week(one_day),
                week(four_hours),
            ]
        }
        "csat_floor" => {
            let (tier, scope, floor) = (tier(), scope(), share(0.7));
            let policy = Policy::CsatFloor { tier, scope, floor };
            vec![case(ruled(policy), [1, 1], [0, 2])]
        }
        "vendor_share" => {
            let (tier, scope, share) = (tier(), scope(), share(0.5));
            let policy = Policy::VendorShare { tier, scope, share };
            vec![case(ruled(policy), [1, 1], [0, 2])]
        }
        "residency" => {
            let policy = Policy::Residency {
                tier: tier(),
                scope: scope(),
                region: "EU".to_owned(),
                share: share(1.0),
            };
            vec![case(ruled(policy), [2, 0], [1, 1])]
        }
        "service_level" => {
            // One erlang: two agents answer 69 % in time, three 92 %.
            let mut problem = two_pools();
            problem.groups[0].live.iter_mut().for_each(|need| {
                (need.load, need.volume, need.fractional) = (1.0, 12.0, 2.0);
            });
            problem.groups[0].promises = vec![ScopedPromise {
                name: "de".to_owned(),
                share: share(0.8),
                asked: vec![share(0.8)],
                answer_within: Duration::from_secs(20),
                scope: PromiseScope::Day { floor: share(0.5) },
                ranges: std::iter::once(0..4).collect(),
                volume: vec![12.0; 4],
            }];
            let crewed = |people| {
                let mut schedule = schedule(people, 0.0);
                schedule.crews.extend((0..4).map(|interval| Crew {
                    group: 0,
                    interval,
                    agents: f64::from(people[0] + people[1]),
                }));
                schedule
            };
            vec![Case {
                problem,
                keeps: crewed([2, 1]),
                breaks: crewed([1, 1]),
            }]
        }
        other => panic!("the rule `{other}` has no case: give it one here"),
    }
}

#[test]
fn every_rule_accepts_what_keeps_it_and_alone_refuses_what_breaks_it() {
    for rule in rules::all() {
        for case in cases_of(rule.name()) {
            let report = verify(&case.problem, &case.keeps);
            assert_eq!(report.faults, Vec::<String>::new(), "{}", rule.name());
            for other in rules::all() {
                let found = other.violations(&case.problem, &case.breaks);
                let is_tripped = other.name() == rule.name();
                assert_eq!(found.len(), usize::from(is_tripped), "{found:?}");
            }
            let tripped = rule.violations(&case.problem, &case.breaks);
            let mut faults = verify(&case.problem, &case.breaks).faults;
            // A commitment that is not paid is also a cost that is not stated.
            if rule.name() == "take_or_pay" {
                assert!(faults.pop().is_some_and(|f| f.contains("it costs")));
            }
            assert_eq!(faults, tripped);
        }
    }
}

#[test]
fn the_solver_keeps_every_rule_it_is_given() {
    let Some(strategy) = exact() else { return };
    for rule in rules::all() {
        for case in cases_of(rule.name()) {
            let found = solved(&case.problem, &strategy).unwrap();
            let known = case.keeps.cost.total().get();
            assert!(found.bound <= known + 1e-6, "{}", rule.name());
        }
    }
}

#[test]
fn rows_of_named_agents_are_called_by_them() {
    let Some(strategy) = exact() else { return };
    // Two people are asked for at ten, and b comes at eleven; the other pool is dearer.
    let mut late = named(&["", ""]);
    agent(&mut late, 1).available = vec![Availability {
        days: vec![Weekday::Mon],
        minutes: Some((660, 1200)),
    }];
    late.groups = vec![group("de", &[2, 0, 0, 0])];
    // Three on Monday, where the week has room for four.
    let mut many = over_two_days(named(&["", ""]));
    let needs = (0..28).map(|hour| if hour < 4 { 3 } else { 0 });
    many.groups = vec![group("de", &needs.collect::<Vec<u32>>())];
    for (mut problem, set) in [(late, "a"), (many, "all")] {
        problem.pools[1].price.per_hour = money(30.0);
        let binding = solved(&problem, &strategy).unwrap().binding;
        let rules: Vec<&str> = binding.iter().map(|b| b.rule.as_str()).collect();
        assert_eq!(rules, [format!("named_agents home 2027-03-01 {set}")]);
    }
}

#[test]
fn rules_have_names_of_their_own() {
    let mut names: Vec<&str> = rules::all().iter().map(|r| r.name()).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}
