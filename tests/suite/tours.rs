//! Tours: against every partition of a small week, by the verifier and the law on random ones.

use std::collections::BTreeSet;

use proptest::prelude::*;
use wfm::calendar::{Grid, TimeDelta};
use wfm::requirements::Group;
use wfm::scheduling::tours::{PoolTours, tours, verify_tours};
use wfm::scheduling::{Problem, Schedule, verify};
use wfm::workforce::law::LabourLaw;
use wfm::workforce::{Contract, Shift};

use super::support::{
    cases, exact, group, hours, monday, money, pool, problem, schedule, share, shift, solved, utc,
    week_of_hours,
};

/// A pool whose shifts of 8 and 5 hours start at any hour, over a week.
fn week(contracts: Vec<Contract>, law: Option<LabourLaw>) -> Problem {
    let grid = week_of_hours();
    let kinds = [("8h", 8), ("5h", 5)];
    let mut pool = pool("home", &["de"], 20.0);
    for (id, length) in kinds {
        pool = pool.with_shift(shift(id, length, 0, 23));
    }
    pool.contracts = contracts;
    pool.law = law;
    let needs = group("de", &vec![0; grid.len()]);
    let groups: Vec<Group> = vec![needs];
    problem(grid, vec![pool], groups)
}

fn made(problem: &Problem, schedule: &Schedule) -> PoolTours {
    let mut made = tours(problem, schedule);
    assert_eq!(verify_tours(problem, schedule, &made), Vec::<String>::new());
    let own = made.pop().unwrap();
    assert_eq!(own.breaches, Vec::new());
    own
}

fn full_time() -> Contract {
    Contract {
        guaranteed_hours: 40.0,
        ..Contract::hours("full", 40.0)
    }
}

#[test]
fn five_days_for_seven_make_whole_weeks() {
    // Five people a day on seven days are seven full weeks, and no fewer.
    let problem = week(vec![full_time()], None);
    let shifts: Vec<_> = (0..7).map(|day| (day, 9, 0, 5)).collect();
    let own = made(&problem, &schedule(&problem, &shifts));
    assert_eq!(own.tours.len(), 7);
    assert!(own.unused_hours.abs() < 1e-9);
}

#[test]
fn guaranteed_hours_that_nobody_works_are_paid() {
    let problem = week(vec![full_time()], None);
    let own = made(&problem, &schedule(&problem, &[(0, 9, 0, 1), (1, 9, 1, 1)]));
    assert_eq!(own.tours.len(), 1);
    assert!((own.unused_hours - 27.0).abs() < 1e-9);
    assert!((own.unused.get() - money(540.0).get()).abs() < 1e-9);
}

#[test]
fn nobody_works_both_a_late_and_the_next_early_shift() {
    let problem = week(vec![full_time()], None);
    // 14:00 to 22:00, then 08:00: ten hours of rest, where eleven are due.
    let own = made(
        &problem,
        &schedule(&problem, &[(0, 14, 0, 1), (1, 8, 0, 1)]),
    );
    assert_eq!(own.tours.len(), 2);
    // One hour later one agent works both.
    let own = made(
        &problem,
        &schedule(&problem, &[(0, 14, 0, 1), (1, 9, 0, 1)]),
    );
    assert_eq!(own.tours.len(), 1);
}

#[test]
fn starts_of_a_contract_stay_within_their_band() {
    let mut contract = full_time();
    contract.start_band = Some(hours(2));
    let problem = week(vec![contract], None);
    let shifts = [(0, 7, 0, 1), (1, 9, 0, 1), (2, 10, 0, 1)];
    let own = made(&problem, &schedule(&problem, &shifts));
    assert_eq!(own.tours.len(), 2);
}

#[test]
fn days_off_together_take_more_agents() {
    // Days off on Monday and Tuesday, Wednesday and Thursday, Friday and Saturday: of n agents n − 5
    // are off on a day, so 3 (n − 5) ≥ n.
    let mut contract = full_time();
    contract.days_off_together = 2;
    let problem = week(vec![contract], None);
    let shifts: Vec<_> = (0..7).map(|day| (day, 9, 0, 5)).collect();
    let own = made(&problem, &schedule(&problem, &shifts));
    assert_eq!(own.tours.len(), 8);
    // Two days off at both ends of a week that is worked in the middle are not together.
    let two = schedule(&problem, &[(1, 9, 0, 1), (3, 9, 0, 1), (5, 9, 0, 1)]);
    assert_eq!(made(&problem, &two).tours.len(), 2);
}

#[test]
fn few_agents_work_on_the_weekend() {
    let shifts: Vec<_> = (0..7).map(|day| (day, 9, 0, 2)).collect();
    for (most, agents) in [(1.0, 3), (0.5, 4), (0.3, 7), (0.15, 14)] {
        let mut contract = full_time();
        contract.weekend_share_max = Some(share(most));
        let problem = week(vec![contract], None);
        let own = made(&problem, &schedule(&problem, &shifts));
        // Fewer are above the share by less than one agent.
        let count = own.tours.len();
        assert!(count <= agents && own.agents_over == 0, "{count} {most}");
    }
}

#[test]
fn contracts_keep_to_their_mix() {
    // Part-timers waste nothing on single shifts, but may be a quarter of the agents at most.
    let shifts: Vec<_> = (0..4).map(|day| (day, 9, 1, 4)).collect();
    let part = |most| Contract {
        guaranteed_hours: 20.0,
        share_max: most,
        ..Contract::hours("part", 20.0)
    };
    let part_timers = |most| {
        let problem = week(vec![full_time(), part(most)], None);
        let own = made(&problem, &schedule(&problem, &shifts));
        assert_eq!(own.agents_over, 0);
        let all = own.tours.len();
        let of_part = own.tours.iter().filter(|t| t.contract == "part").count();
        (of_part, all)
    };
    assert_eq!(part_timers(None), (4, 4));
    assert_eq!(part_timers(Some(share(0.25))), (1, 4));
}

#[test]
fn agents_who_are_there_in_any_case_are_paid() {
    let Some(strategy) = exact() else { return };
    let contract = Contract {
        agents_min: 3,
        ..full_time()
    };
    let mut problem = week(vec![contract], None);
    // One of eight hours on one day: 32 hours of one agent and 40 of two others are unused.
    let own = made(&problem, &schedule(&problem, &[(0, 9, 0, 1)]));
    assert_eq!(own.tours.len(), 1);
    assert!((own.unused_hours - 112.0).abs() < 1e-9);
    // With them there, work that a dearer vendor could do costs nothing more.
    let needs: Vec<u32> = (0..week_of_hours().len())
        .map(|t| if (9..17).contains(&(t % 24)) { 2 } else { 0 })
        .collect();
    problem.groups = vec![group("de", &needs)];
    let found = solved(&problem, &strategy).unwrap();
    let cost = found.schedule.cost.total().get();
    assert!(
        (cost - 120.0 * 20.0).abs() < 1e-6,
        "three weeks of 40 hours, {cost}"
    );
    let none = schedule(&problem, &[]);
    assert!((made(&problem, &none).unused_hours - 120.0).abs() < 1e-9);
}

#[test]
fn guaranteed_hours_are_worked_inside_the_horizon() {
    // Four days of eight hours, and one hour of a shift that goes on for seven more.
    let problem = week(vec![full_time()], None);
    let days = [
        (1, 9, 0, 1),
        (2, 9, 0, 1),
        (3, 9, 0, 1),
        (4, 9, 0, 1),
        (6, 23, 0, 1),
    ];
    let own = made(&problem, &schedule(&problem, &days));
    assert_eq!(own.tours.len(), 1);
    assert!((own.unused_hours - 7.0).abs() < 1e-9);
}

#[test]
fn a_part_of_a_week_guarantees_a_part_of_its_hours_to_the_second() {
    // Two days of seven guarantee 80 sevenths of an hour, which is no whole minute.
    let mut problem = week(vec![full_time()], None);
    problem.grid = Grid::new(utc(monday(), 0, 0), problem.grid.interval_length(), 48).unwrap();
    problem.groups = vec![group("de", &[0; 48])];
    let own = made(&problem, &schedule(&problem, &[(0, 9, 0, 1)]));
    assert!((own.unused_hours - (80.0 / 7.0 - 8.0)).abs() < 1e-9);
}

#[test]
fn the_schedule_counts_the_agents_that_contracts_ask_for() {
    let Some(strategy) = exact() else { return };
    let needs: Vec<u32> = (0..week_of_hours().len())
        .map(|t| if (9..17).contains(&(t % 24)) { 5 } else { 0 })
        .collect();
    let agents = |change: &dyn Fn(&mut Contract)| {
        let mut contract = full_time();
        change(&mut contract);
        let mut problem = week(vec![contract], None);
        problem.groups = vec![group("de", &needs)];
        // At 100 an hour, leaving one out on a weekend would cost just what two agents are guaranteed.
        problem.understaffing_per_hour = money(1000.0);
        let found = solved(&problem, &strategy).unwrap();
        made(&problem, &found.schedule);
        // The check knows when some of them are missing.
        let mut fewer = found.schedule.clone();
        for head in &mut fewer.headcount {
            head.agents *= 0.9;
        }
        assert!(!verify(&problem, &fewer).faults.is_empty());
        assert!(found.gap() < 0.005);
        let heads = found.schedule.headcount.iter();
        heads.map(|h| h.agents).sum::<f64>()
    };
    let near = |a: f64, b: f64| assert!(a > b - 1e-6 && a < b + 0.2, "{a} {b}");
    near(agents(&|_| ()), 7.0);
    near(agents(&|c| c.days_off_together = 2), 7.5);
    near(agents(&|c| c.weekend_share_max = Some(share(0.5))), 10.0);
}

#[test]
fn faults_in_tours_are_found() {
    let problem = week(vec![full_time()], None);
    let plan = schedule(&problem, &[(0, 9, 0, 2), (1, 9, 0, 1)]);
    let good = tours(&problem, &plan);
    let spoilt = |spoil: &dyn Fn(&mut PoolTours)| {
        let mut bad = good.clone();
        spoil(&mut bad[0]);
        !verify_tours(&problem, &plan, &bad).is_empty()
    };
    assert!(spoilt(&|own| drop(own.tours.pop())));
    assert!(spoilt(&|own| own.tours[0].shifts.clear()));
    assert!(spoilt(&|own| own.tours[0].contract = "none".to_owned()));
    assert!(spoilt(&|own| own.unused_hours += 1.0));
    assert!(spoilt(&|own| own.unused = money(1.0)));
    assert!(spoilt(&|own| {
        let again = own.tours[0].shifts[0].clone();
        own.tours[0].shifts.push(again);
    }));
    assert!(!verify_tours(&problem, &plan, &[]).is_empty());
}

/// Fewest hours of waste, each agent counted as one hour, over all partitions into tours.
fn least_waste(shifts: &[Shift]) -> f64 {
    fn fits(tour: &[&Shift]) -> bool {
        let minutes: i64 = tour.iter().map(|s| (s.end - s.start).num_minutes()).sum();
        let days: BTreeSet<_> = tour.iter().map(|s| s.start.date_naive()).collect();
        let rests = tour
            .windows(2)
            .all(|p| p[1].start - p[0].end >= TimeDelta::hours(11));
        minutes <= 40 * 60 && tour.len() <= 5 && days.len() == tour.len() && rests
    }
    fn search<'s>(left: &[&'s Shift], tours: &mut Vec<Vec<&'s Shift>>, best: &mut f64) {
        let Some((first, rest)) = left.split_first() else {
            let waste = tours.iter().map(|t| {
                let hours: i64 = t.iter().map(|s| (s.end - s.start).num_hours()).sum();
                1.0 + (40 - hours) as f64
            });
            *best = best.min(waste.sum());
            return;
        };
        for index in 0..=tours.len() {
            if index == tours.len() {
                tours.push(vec![first]);
            } else {
                tours[index].push(first);
            }
            if fits(&tours[index]) {
                search(rest, tours, best);
            }
            tours[index].pop();
            if tours[index].is_empty() {
                tours.pop();
            }
        }
    }
    let mut best = f64::INFINITY;
    let mut all: Vec<&Shift> = shifts.iter().collect();
    all.sort_by_key(|s| s.start);
    search(&all, &mut Vec::new(), &mut best);
    best
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn few_shifts_are_divided_as_well_as_they_can_be(
        shifts in prop::collection::vec((0u64..5, 5u32..20, 0usize..2), 1..8),
    ) {
        let problem = week(vec![full_time()], None);
        let single: Vec<_> = shifts.iter().map(|&(d, h, k)| (d, h, k, 1)).collect();
        let plan = schedule(&problem, &single);
        let own = made(&problem, &plan);
        let waste = own.unused_hours + own.tours.len() as f64;
        prop_assert!(waste <= least_waste(&plan.shifts) + 1e-6, "{waste} {}", least_waste(&plan.shifts));
    }

    #[test]
    fn tours_of_any_schedule_are_legal(
        shifts in prop::collection::vec((0u64..7, 0u32..24, 0usize..2, 1u32..6), 0..60),
        pack in prop::sample::select(vec!["EU", "ES", "FR", "IT", "PT", "GB", "IE", "PH"]),
        is_guaranteed in any::<bool>(),
    ) {
        let law = LabourLaw::pack(pack, monday()).unwrap();
        let full = if is_guaranteed { full_time() } else { Contract::hours("full", 40.0) };
        let problem = week(vec![full, Contract::hours("part", 25.0)], Some(law.clone()));
        let mut plan = schedule(&problem, &shifts);
        let zone = problem.pools[0].zone;
        plan.shifts.retain(|s| wfm::scheduling::law::permits(&law, zone, s)
            .err().unwrap_or_default().iter().all(|b| b.rule == "breaks"));
        let people: u32 = plan.people();
        let own = made(&problem, &plan);
        prop_assert_eq!(own.tours.iter().map(|t| t.shifts.len()).sum::<usize>(), people as usize);
        // The same again on one thread.
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        prop_assert_eq!(alone.install(|| tours(&problem, &plan)), vec![own]);
    }
}
