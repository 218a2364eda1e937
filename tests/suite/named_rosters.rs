//! Rosters of named agents: against all rosters there are of small weeks, and by their verifier.

mod horizon;
mod spoilt;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use proptest::prelude::*;
use wfm::calendar::{DateTime, Grid, NaiveDate, TimeDelta, Utc, Weekday, Zone};
use wfm::milp::{Event, Observer, Silent};
use wfm::requirements::Group;
use wfm::scheduling::named::{PoolRoster, rosters, verify_rosters};
use wfm::scheduling::tours::tours;
use wfm::scheduling::{Problem, Schedule};
use wfm::workforce::law::LabourLaw;
use wfm::workforce::{Absence, Contract, NamedAgent, Shift, Staff, Wish, WishDay, WishFor, Worked};

use super::support::{
    cases, group, hours, interval, monday, of_kind, pool, problem, schedule, share, shift, utc,
    week_of_hours,
};

/// A pool in a zone whose shifts of 8 and 5 hours start at any hour, with agents `a`, `b`, `c` …
fn desk(grid: Grid, zone: Zone, agents: usize, law: LabourLaw) -> Problem {
    let mut own = pool("home", &["de"], 20.0);
    own.zone = zone;
    for (id, length) in [("8h", 8), ("5h", 5)] {
        own = own.with_shift(shift(id, length, 0, 23));
    }
    own.contracts = vec![Contract::hours("full", 40.0)];
    own.law = Some(law);
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let mut staff = Staff {
        agents: names[..agents]
            .iter()
            .map(|n| NamedAgent::new(*n, "full"))
            .collect(),
        ..Staff::default()
    };
    staff.fairness.weight = 0.0;
    own.staff = Some(staff);
    let needs = group("de", &vec![0; grid.len()]);
    let groups: Vec<Group> = vec![needs];
    problem(grid, vec![own], groups)
}

/// A week in UTC under the law of the European Union.
fn week(agents: usize) -> Problem {
    desk(
        week_of_hours(),
        Zone::UTC,
        agents,
        LabourLaw::pack("EU", monday()).unwrap(),
    )
}

fn staff(problem: &mut Problem) -> &mut Staff {
    problem.pools[0].staff.as_mut().unwrap()
}

fn rostered_with(problem: &Problem, schedule: &Schedule, seed: u64) -> PoolRoster {
    let tours = tours(problem, schedule);
    let mut found = rosters(problem, &tours, seed, Duration::from_secs(3600), &Silent);
    assert_eq!(
        verify_rosters(problem, schedule, &found),
        Vec::<String>::new()
    );
    found.pop().unwrap()
}

fn rostered(problem: &Problem, schedule: &Schedule) -> PoolRoster {
    rostered_with(problem, schedule, 1)
}

/// Starts of an agent's shifts in hours since the Monday.
fn starts(own: &PoolRoster, agent: &str) -> Vec<i64> {
    let tour = own.tours.iter().find(|t| t.agent == agent).unwrap();
    let since = |s: &Shift| (s.start - utc(monday(), 0, 0)).num_hours();
    tour.shifts.iter().map(since).collect()
}

fn reasons(own: &PoolRoster) -> Vec<(&'static str, u32)> {
    let of = own.open.iter().flat_map(|open| open.against.iter());
    of.map(|(rule, agents)| (*rule, *agents)).collect()
}

fn wish(agent: &str, day: WishDay, what: WishFor, wanted: bool, weight: f64) -> Wish {
    Wish {
        agent: agent.to_owned(),
        day,
        what,
        wanted,
        weight,
    }
}

fn worked(agent: &str, start: DateTime<Utc>, length: i64) -> Worked {
    Worked {
        agent: agent.to_owned(),
        start,
        end: start + TimeDelta::hours(length),
    }
}

fn absence(agent: &str, first: NaiveDate, days: i64) -> Absence {
    Absence {
        agent: agent.to_owned(),
        start: utc(first, 0, 0),
        end: utc(first, 0, 0) + TimeDelta::days(days),
        reason: "leave".to_owned(),
    }
}

fn day(number: u64) -> NaiveDate {
    monday() + chrono::Days::new(number)
}

/// A small week: shifts as day, hour, and wishes as agent, day, what, wanted and weight.
type Small = (
    Vec<(i64, i64)>,
    Vec<(usize, u64, usize, bool, u32)>,
    Option<(usize, u64)>,
);

fn small() -> impl Strategy<Value = Small> {
    let shift = (0i64..4, prop::sample::select(vec![6i64, 9, 14, 16]));
    let wish = (0usize..3, 0u64..4, 0usize..4, any::<bool>(), 1u32..6);
    let leave = prop::option::of((0usize..3, 0u64..4));
    (
        prop::collection::vec(shift, 1..8),
        prop::collection::vec(wish, 0..8),
        leave,
    )
}

const NAMES: [&str; 3] = ["a", "b", "c"];
const ABOUT: [WishFor; 4] = [WishFor::Free, WishFor::Work, WishFor::Early, WishFor::Late];

/// Fewest open shifts, then least weight of broken wishes, over every way to give the shifts to
/// three agents or nobody. Agents work one shift a day, rest for 11 hours and are on leave.
fn least((shifts, wishes, leave): &Small) -> (usize, u32) {
    let ways = 4usize.pow(u32::try_from(shifts.len()).unwrap());
    let mut best = (usize::MAX, u32::MAX);
    for way in 0..ways {
        let mut code = way;
        let holders: Vec<usize> = shifts
            .iter()
            .map(|_| {
                let holder = code % 4;
                code /= 4;
                holder
            })
            .collect();
        let open = holders.iter().filter(|&&h| h == 3).count();
        if open > best.0 {
            continue;
        }
        let own = |agent: usize| {
            let mut own: Vec<(i64, i64)> = (shifts.iter().zip(&holders))
                .filter(|(_, h)| **h == agent)
                .map(|(s, _)| *s)
                .collect();
            own.sort_unstable();
            own
        };
        let is_lawful = (0..3).all(|agent| {
            let own = own(agent);
            let away = leave.filter(|(who, _)| *who == agent).map(|(_, day)| day);
            let at_home = |&(day, hour): &(i64, i64)| {
                let (from, to) = (day * 24 + hour, day * 24 + hour + 8);
                away.is_none_or(|off| {
                    let off = i64::try_from(off).unwrap() * 24;
                    to <= off || off + 24 <= from
                })
            };
            own.iter().all(at_home)
                && own.windows(2).all(|pair| {
                    let gap = (pair[1].0 - pair[0].0) * 24 + pair[1].1 - pair[0].1 - 8;
                    pair[0].0 < pair[1].0 && gap >= 11
                })
        });
        if !is_lawful {
            continue;
        }
        let broken = wishes.iter().map(|&(agent, day, what, wanted, weight)| {
            let own = own(agent);
            let here = own.iter().find(|s| u64::try_from(s.0).unwrap() == day);
            let holds = match what {
                0 => here.is_none(),
                1 => here.is_some(),
                2 => here.is_some_and(|s| s.1 < 12),
                _ => here.is_some_and(|s| s.1 >= 12),
            };
            let is_passed_over = *leave == Some((agent, day));
            if holds == wanted || is_passed_over {
                0
            } else {
                weight
            }
        });
        best = best.min((open, broken.sum()));
    }
    best
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn small_weeks_are_divided_as_well_as_they_can_be(case in small()) {
        let mut problem = week(3);
        let own = staff(&mut problem);
        let of = |&(agent, number, what, wanted, weight): &(usize, u64, usize, bool, u32)| {
            let when = WishDay::Date(day(number));
            wish(NAMES[agent], when, ABOUT[what].clone(), wanted, f64::from(weight))
        };
        own.wishes = case.1.iter().map(of).collect();
        let away = case.2.iter();
        own.absences = away.map(|&(agent, number)| absence(NAMES[agent], day(number), 1)).collect();
        let shifts: Vec<_> = case.0.iter()
            .map(|&(d, h)| (u64::try_from(d).unwrap(), u32::try_from(h).unwrap(), 0, 1))
            .collect();
        let found = rostered(&problem, &schedule(&problem, &shifts));
        let (open, weight) = least(&case);
        prop_assert_eq!(found.open.len(), open);
        prop_assert!((found.penalty.wishes - f64::from(weight)).abs() < 1e-9);
    }

}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn rosters_of_any_week_are_lawful(
        shifts in prop::collection::vec((0u64..7, 0u32..24, 0usize..2, 1u32..4), 0..40),
        past in prop::collection::vec((0usize..8, 1i64..15, 0i64..24), 0..40),
        away in prop::collection::vec((0usize..8, 0u64..7), 0..4),
        wishes in prop::collection::vec((0usize..8, 0usize..4, any::<bool>(), 0u32..9), 0..8),
        pack in prop::sample::select(vec!["EU", "ES", "FR", "IT", "PT", "GB", "IE", "PH", "CR"]),
        weekends in prop::option::of(0u32..4),
        seed in 0u64..5,
    ) {
        let law = LabourLaw::pack(pack, monday()).unwrap();
        let mut problem = desk(week_of_hours(), Zone::UTC, 8, law.clone());
        let weekends = weekends.map(|quarters| share(f64::from(quarters) / 4.0));
        problem.pools[0].contracts[0].weekend_share_max = weekends;
        let names: Vec<String> = staff(&mut problem).agents.iter().map(|a| a.name.clone()).collect();
        let own = staff(&mut problem);
        own.fairness.weight = 1.0;
        let mut seen = std::collections::BTreeSet::new();
        for (agent, back, hour) in past {
            if seen.insert((agent, back)) && seen.insert((agent, back + 1)) {
                let start = utc(monday(), 0, 0) - TimeDelta::hours(24 * back - hour);
                own.worked.push(worked(&names[agent], start, 8));
            }
        }
        let mut gone = std::collections::BTreeSet::new();
        for (agent, number) in away {
            if gone.insert(agent) {
                own.absences.push(absence(&names[agent], day(number), 2));
            }
        }
        for (agent, what, wanted, weight) in wishes {
            let (what, weight) = (ABOUT[what].clone(), f64::from(weight));
            own.wishes.push(wish(&names[agent], WishDay::Every, what, wanted, weight));
        }
        let mut plan = schedule(&problem, &shifts);
        plan.shifts.retain(|s| wfm::scheduling::law::permits(&law, Zone::UTC, s)
            .err().unwrap_or_default().iter().all(|b| b.rule == "breaks"));
        let found = rostered_with(&problem, &plan, seed);
        let given: usize = found.tours.iter().map(|t| t.shifts.len()).sum();
        prop_assert_eq!(given + found.open.len(), plan.people() as usize);
        // The same again on one thread.
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let again = alone.install(|| rostered_with(&problem, &plan, seed));
        prop_assert_eq!(again, found);
    }
}

#[test]
fn nobody_on_leave_works() {
    let mut problem = week(2);
    staff(&mut problem).absences = vec![absence("a", day(1), 1)];
    let plan = schedule(&problem, &[(0, 9, 0, 2), (1, 9, 0, 2)]);
    let own = rostered(&problem, &plan);
    assert_eq!(starts(&own, "a"), [9]);
    assert_eq!(starts(&own, "b"), [9, 33]);
    assert_eq!(reasons(&own), [("absence", 1), ("other_shift", 1)]);
}

#[test]
fn shifts_lie_within_the_hours_of_availability() {
    let mut problem = week(2);
    staff(&mut problem).agents[0].available = vec![wfm::workforce::Availability {
        days: vec![Weekday::Mon, Weekday::Tue],
        minutes: Some((8 * 60, 18 * 60)),
    }];
    // 10:00 to 18:00 fits, 11:00 to 19:00 does not, Wednesday neither.
    let plan = schedule(&problem, &[(0, 10, 0, 2), (1, 11, 0, 2), (2, 10, 0, 2)]);
    let own = rostered(&problem, &plan);
    assert_eq!(starts(&own, "a"), [10]);
    let told = [("availability", 1), ("other_shift", 1)];
    assert_eq!(reasons(&own), [told, told].concat());
}

#[test]
fn open_shifts_name_what_stands_against_each_agent() {
    let mut problem = week(3);
    let own = &mut problem.pools[0];
    own.contracts.push(Contract {
        shifts: vec!["5h".into()],
        ..Contract::hours("part", 25.0)
    });
    let people = own.staff.as_mut().unwrap();
    people.agents[1].contract = "part".to_owned();
    people.agents[2].contract = "part".to_owned();
    // Agent a works five days, and the next day is one too many.
    let shifts: Vec<_> = (0..6).map(|day| (day, 9, 0, 1)).collect();
    let own = rostered(&problem, &schedule(&problem, &shifts));
    assert_eq!(own.open.len(), 1);
    assert_eq!(
        reasons(&own),
        [("contract_hours", 1), ("contract_shifts", 2)]
    );
}

#[test]
fn the_law_is_named_that_stands_against_a_shift() {
    let mut problem = week(1);
    let plan = schedule(&problem, &[(0, 14, 0, 1), (1, 8, 0, 1)]);
    assert_eq!(reasons(&rostered(&problem, &plan)), [("daily_rest", 1)]);
    // Nobody works on Sunday where the law closes it.
    problem.pools[0].law.as_mut().unwrap().sunday_allowed = false;
    let plan = schedule(&problem, &[(6, 8, 0, 1)]);
    assert_eq!(reasons(&rostered(&problem, &plan)), [("sunday_work", 1)]);
}

#[test]
fn starts_of_a_week_stay_within_the_band_of_the_contract() {
    let mut problem = week(1);
    problem.pools[0].contracts[0].start_band = Some(hours(2));
    let plan = schedule(&problem, &[(0, 7, 0, 1), (2, 9, 0, 1), (4, 10, 0, 1)]);
    let own = rostered(&problem, &plan);
    assert_eq!(reasons(&own), [("start_band", 1)]);
}

#[test]
fn whole_weeks_leave_the_days_off_together_of_the_contract() {
    let law = LabourLaw::pack("EU", monday()).unwrap();
    let of_days = |days| Grid::of_days(Zone::UTC, monday(), days, interval(60)).unwrap();
    // Tuesday, Thursday and Saturday leave single days only, and each two of them two in a row.
    let shifts = [(1, 9, 0, 1), (3, 9, 0, 1), (5, 9, 0, 1)];
    for (days, told) in [(7, vec![("days_off", 1)]), (6, vec![])] {
        let mut problem = desk(of_days(days), Zone::UTC, 1, law.clone());
        let plan = schedule(&problem, &shifts);
        let without = rostered(&problem, &plan);
        assert_eq!(without.open, []);
        problem.pools[0].contracts[0].days_off_together = 2;
        let own = rostered(&problem, &plan);
        assert_eq!(reasons(&own), told);
        let faults = verify_rosters(&problem, &plan, &[without]);
        assert_eq!(faults.len(), told.len(), "{faults:?}");
    }
    // The day before the first week does not belong to it, and the second one is looked at too.
    let mut problem = desk(of_days(14), Zone::UTC, 1, law);
    problem.pools[0].contracts[0].days_off_together = 2;
    let mut plan = schedule(&problem, &[(2, 9, 0, 1), (8, 9, 0, 1), (10, 9, 0, 1)]);
    let before = utc(monday(), 22, 0) - TimeDelta::days(1);
    plan.shifts.push(of_kind(&problem, 0, before, 1));
    assert_eq!(rostered(&problem, &plan).open, []);
    plan.shifts
        .extend(schedule(&problem, &[(12, 9, 0, 1)]).shifts);
    assert_eq!(reasons(&rostered(&problem, &plan)), [("days_off", 1)]);
}

#[test]
fn weekends_keep_to_the_share_of_the_contract() {
    // Saturday and Sunday, which a and b wish to have free, and two days more for each.
    let mut problem = week(2);
    let free = |agent, number| wish(agent, WishDay::Date(day(number)), WishFor::Free, true, 9.0);
    staff(&mut problem).wishes = vec![free("a", 6), free("b", 5)];
    let shifts = [(0, 9, 0, 2), (2, 9, 0, 2), (5, 9, 0, 1), (6, 9, 0, 1)];
    let plan = schedule(&problem, &shifts);
    let free = rostered(&problem, &plan);
    assert_eq!((free.weekends_over, free.wishes), (0, (2, 0)));
    for (most, over) in [(0.5, 0), (0.49, 0), (0.0, 1), (1.0, 0)] {
        problem.pools[0].contracts[0].weekend_share_max = Some(share(most));
        let own = rostered(&problem, &plan);
        // One agent works on both days at the cost of a wish; no shift is left open.
        let broken = u32::from(most < 1.0);
        assert_eq!((own.weekends_over, own.wishes.1), (over, broken), "{most}");
        assert_eq!(own.open, []);
        // The roster of the wishes has both of them on the weekend.
        let faults = verify_rosters(&problem, &plan, std::slice::from_ref(&free));
        assert_eq!(faults.is_empty(), most == 1.0, "{faults:?}");
    }
}

#[test]
fn weekends_and_nights_go_to_those_who_had_fewer() {
    let mut problem = week(2);
    let own = staff(&mut problem);
    own.fairness.weight = 1.0;
    // Both worked two shifts before; those of a were on a weekend.
    let before = |back: i64| utc(monday(), 9, 0) - TimeDelta::days(back);
    own.worked = vec![
        worked("a", before(9), 8),
        worked("a", before(8), 8),
        worked("b", before(11), 8),
        worked("b", before(12), 8),
    ];
    let plan = schedule(&problem, &[(1, 9, 0, 1), (5, 9, 0, 1)]);
    let own = rostered(&problem, &plan);
    assert_eq!(
        (starts(&own, "a"), starts(&own, "b")),
        (vec![33], vec![129])
    );
    // The other way round with the history of the other.
    for worked in &mut staff(&mut problem).worked {
        worked.agent = if worked.agent == "a" { "b" } else { "a" }.to_owned();
    }
    let own = rostered(&problem, &plan);
    assert_eq!(
        (starts(&own, "a"), starts(&own, "b")),
        (vec![129], vec![33])
    );
}

#[test]
fn work_is_shared_by_hours_of_contract_and_presence() {
    let mut problem = week(3);
    problem.pools[0]
        .contracts
        .push(Contract::hours("half", 20.0));
    let own = staff(&mut problem);
    own.fairness.weight = 1.0;
    own.agents[2].contract = "half".to_owned();
    // Ten shifts for 40 + 40 + 20 hours are 4, 4 and 2.
    let shifts: Vec<_> = (0..5).map(|day| (day, 9, 0, 2)).collect();
    let plan = schedule(&problem, &shifts);
    let own = rostered(&problem, &plan);
    let hours: Vec<f64> = own.loads.iter().map(|l| l.hours).collect();
    assert_eq!(hours, [32.0, 32.0, 16.0]);
    // Away for most of the week, a has the least of it.
    staff(&mut problem).absences = vec![absence("a", day(1), 6)];
    let own = rostered(&problem, &plan);
    assert!(own.loads[0].hours <= 8.0);
}

/// Cancels after it was asked so many times.
#[derive(Debug)]
struct Patience(AtomicU32);

impl Observer for Patience {
    fn on(&self, _: &Event) {}

    fn is_cancelled(&self) -> bool {
        let take = |left: u32| left.checked_sub(1);
        let order = Ordering::Relaxed;
        self.0.fetch_update(order, order, take).is_err()
    }
}

#[test]
fn what_there_is_no_time_for_stays_open() {
    let problem = week(5);
    let shifts: Vec<_> = (0..7)
        .flat_map(|day| [(day, 6, 0, 2), (day, 14, 0, 2)])
        .collect();
    let plan = schedule(&problem, &shifts);
    let tours = tours(&problem, &plan);
    let faults = |found: &[PoolRoster]| verify_rosters(&problem, &plan, found);
    let none = rosters(&problem, &tours, 1, Duration::ZERO, &Silent);
    let hour = Duration::from_secs(3600);
    let cancelled = rosters(&problem, &tours, 1, hour, &Patience(AtomicU32::new(0)));
    assert_eq!(cancelled, none);
    assert_eq!(faults(&none), Vec::<String>::new());
    assert_eq!(reasons(&none[0]), [("not_asked", 5); 28]);
    // Nobody is said to be hindered who is not, and no more agents are told than there are.
    for (reason, agents) in [("absence", 5), ("not_asked", 6)] {
        let mut bad = none.clone();
        bad[0].open[0].against = [(reason, agents)].into();
        assert_eq!(faults(&bad).len(), 1, "{reason}");
    }
    // However long it lasts the roster is lawful, and with all the time nothing is worse.
    for asked in [1, 30, 100, 141, 150, 200, 400, 1000, 5000] {
        let found = rosters(&problem, &tours, 1, hour, &Patience(AtomicU32::new(asked)));
        assert_eq!(faults(&found), Vec::<String>::new(), "{asked}");
        assert!(rostered(&problem, &plan).open.len() <= found[0].open.len());
    }
}
