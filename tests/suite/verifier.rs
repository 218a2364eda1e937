//! The verifier names whatever is wrong with a schedule.

use wfm::calendar::{SpecialDay, TimeDelta, Weekday};
use wfm::requirements::{DeferredClass, Job, LiveNeed};
use wfm::scheduling::{Assignment, Cost, PoolCost, Problem, Schedule, Shortage, verify};
use wfm::units::{Agents, Money};
use wfm::workforce::{BreakPlacement, BreakType, Commitment, PoolKind, Shift};

use super::support::{group, hours, monday, money, morning, pool, problem, share, shift, utc};

/// People of a pool from 10:00 to 14:00.
fn four_hours(pool: &str, count: u32) -> Shift {
    Shift {
        pool: pool.into(),
        shift_type: "day".into(),
        start: utc(monday(), 10, 0),
        end: utc(monday(), 14, 0),
        count,
        breaks: Vec::new(),
    }
}

/// Two pools at 20 an hour, and a need of two agents for four hours.
pub(crate) fn two_pools() -> Problem {
    let pools = ["home", "away"].map(|id| {
        let mut pool = pool(id, &["de"], 20.0).with_shift(shift("day", 4, 10, 11));
        let (region, csat) = if id == "home" {
            ("EU", 0.9)
        } else {
            ("IN", 0.5)
        };
        region.clone_into(&mut pool.region);
        pool.csat = Some(share(csat));
        pool
    });
    let mut problem = problem(morning(4), pools.into(), vec![group("de", &[2; 4])]);
    problem.pools[1].kind = PoolKind::Bpo;
    problem
}

/// So many people of each pool, all at work, and what they cost.
pub(crate) fn schedule(people: [u32; 2], unused: f64) -> Schedule {
    let mut schedule = Schedule::default();
    for (index, (id, count)) in ["home", "away"].into_iter().zip(people).enumerate() {
        if count > 0 {
            schedule.shifts.push(four_hours(id, count));
        }
        schedule
            .assignments
            .extend((0..4).map(|interval| Assignment {
                pool: index,
                group: 0,
                interval,
                agents: f64::from(count),
            }));
        schedule.cost.pools.push(PoolCost {
            premiums: Money::ZERO,
            pool: id.into(),
            hours: 4.0 * f64::from(count),
            shifts: money(80.0 * f64::from(count)),
            languages: Money::ZERO,
            guaranteed: Money::ZERO,
            unused: if index == 0 {
                money(unused)
            } else {
                Money::ZERO
            },
        });
    }
    schedule
}

/// One person with a lunch break, one who is committed to, one missing while the other is on a
/// break, and mail to answer.
fn sound() -> (Problem, Schedule) {
    let mut problem = two_pools();
    problem.groups = vec![group("de", &[1; 4]), group("fr", &[0; 4])];
    problem.pools[0].shifts[0].breaks.push(BreakType {
        id: "lunch".to_owned(),
        length: hours(1),
        earliest: hours(1),
        latest: hours(2),
        paid: true,
    });
    problem.pools[0].shifts[0].starts.weekdays = vec![Weekday::Mon];
    problem.pools[1].commitment = Some(Commitment::ShiftsPerDay(1));
    let mut schedule = schedule([1, 0], 0.0);
    schedule.shifts[0].breaks.push(BreakPlacement {
        start: utc(monday(), 12, 0),
        end: utc(monday(), 13, 0),
        count: 1,
        paid: true,
    });
    schedule
        .assignments
        .retain(|a| a.pool == 0 && a.interval != 2);
    schedule.shortages.push(Shortage {
        group: 0,
        interval: 2,
        agents: 1.0,
    });
    schedule.cost.understaffing = money(100.0);
    schedule.cost.pools[1].unused = money(80.0);
    (problem, schedule)
}

/// Makes the person's need deferred: an hour's work in each interval, done in the same one.
fn deferred(problem: &mut Problem) {
    problem.groups[0].live = vec![LiveNeed::default(); 4];
    let jobs = (0..4).map(|arrival| Job {
        arrival,
        due: arrival,
        work: 1.0,
    });
    problem.groups[0].deferred = vec![DeferredClass {
        queue: 0,
        jobs: jobs.collect(),
    }];
}

type Corruption = fn(&mut Problem, &mut Schedule);

/// What is done to a sound schedule, and words that its report must hold.
const CORRUPTIONS: &[(&str, Corruption, &[&str])] = &[
    (
        "wrong minute",
        |_, s| move_by(s, TimeDelta::minutes(30)),
        &["home", "10:30"],
    ),
    (
        "too late",
        |_, s| move_by(s, TimeDelta::hours(2)),
        &["home", "12:00"],
    ),
    (
        "wrong weekday",
        |_, s| move_by(s, TimeDelta::days(1)),
        &["home", "Tue"],
    ),
    (
        "wrong length",
        |_, s| s.shifts[0].end += TimeDelta::hours(1),
        &["home", "length"],
    ),
    (
        "unknown pool",
        |_, s| s.shifts[0].pool = "moon".into(),
        &["no pool `moon`"],
    ),
    (
        "unknown shift",
        |_, s| s.shifts[0].shift_type = "night".into(),
        &["home", "`night`"],
    ),
    (
        "closed site",
        |p, _| close_site(p),
        &["home", "closed", "2027-03-01"],
    ),
    (
        "too many sent",
        |_, s| s.assignments[0].agents = 2.0,
        &["home", "1 people", "2 are sent"],
    ),
    (
        "sent on a break",
        |_, s| s.assignments[1].interval = 2,
        &["home", "0 people", "12:00"],
    ),
    (
        "missing skill",
        |_, s| s.assignments[0].group = 1,
        &["home", "fr-L1"],
    ),
    (
        "no number of agents",
        |_, s| s.assignments[0].agents = f64::NAN,
        &["home", "NaN"],
    ),
    (
        "fewer than nobody",
        |_, s| s.assignments[0].agents = -1.0,
        &["home", "-1"],
    ),
    (
        "no break",
        |_, s| s.shifts[0].breaks.clear(),
        &["home", "lunch"],
    ),
    (
        "a break too many",
        |_, s| s.shifts[0].breaks.push(pause(10)),
        &["home", "2 breaks"],
    ),
    (
        "early break",
        |_, s| s.shifts[0].breaks[0] = pause(10),
        &["home", "lunch"],
    ),
    (
        "two on a break of one",
        |_, s| s.shifts[0].breaks[0].count = 2,
        &["home", "lunch"],
    ),
    (
        "unpaid instead of paid",
        |_, s| s.shifts[0].breaks[0].paid = false,
        &["home", "lunch"],
    ),
    (
        "understated shortage",
        |_, s| s.shortages[0].agents = 0.5,
        &["de", "12:00", "needs 1"],
    ),
    (
        "no shortage",
        |_, s| s.shortages.clear(),
        &["de", "12:00", "needs 1"],
    ),
    (
        "negative shortage",
        |_, s| s.shortages.push(short(0, 0, -0.5)),
        &["de", "-0.5"],
    ),
    (
        "no number of shortage",
        |_, s| s.shortages.push(short(0, 0, f64::NAN)),
        &["de", "NaN"],
    ),
    (
        "wrong cost",
        |_, s| s.cost.understaffing = money(99.0),
        &["costs", "259", "260"],
    ),
    (
        "forgotten commitment",
        |_, s| s.cost.pools[1].unused = Money::ZERO,
        &["away", "unused"],
    ),
    (
        "forgotten pools",
        |_, s| forget_pools(s),
        &["away", "unused"],
    ),
    (
        "late deferred work",
        |p, _| deferred(p),
        &["deferred", "de", "late"],
    ),
    (
        "assignment of no pool",
        |_, s| s.assignments[0].pool = 9,
        &["no pool", "9"],
    ),
    (
        "assignment to no group",
        |_, s| s.assignments[0].group = 9,
        &["no group", "9"],
    ),
    (
        "assignment at no time",
        |_, s| s.assignments[0].interval = 9,
        &["no interval", "9"],
    ),
    (
        "shortage of no group",
        |_, s| s.shortages[0].group = 9,
        &["no group", "9"],
    ),
    (
        "shortage at no time",
        |_, s| s.shortages[0].interval = 9,
        &["no interval", "9"],
    ),
];

fn move_by(schedule: &mut Schedule, by: TimeDelta) {
    let shift = &mut schedule.shifts[0];
    shift.start += by;
    shift.end += by;
    for pause in &mut shift.breaks {
        pause.start += by;
        pause.end += by;
    }
}

fn pause(hour: u32) -> BreakPlacement {
    BreakPlacement {
        start: utc(monday(), hour, 0),
        end: utc(monday(), hour + 1, 0),
        count: 1,
        paid: true,
    }
}

fn short(group: usize, interval: usize, agents: f64) -> Shortage {
    Shortage {
        group,
        interval,
        agents,
    }
}

fn close_site(problem: &mut Problem) {
    problem.pools[0].special_days.push(SpecialDay {
        date: monday(),
        name: "Carnival".to_owned(),
        volume_factor: 1.0,
        closed: true,
    });
}

/// The same total without the commitment, and without saying whose it is.
fn forget_pools(schedule: &mut Schedule) {
    schedule.cost = Cost {
        pools: Vec::new(),
        understaffing: money(180.0),
        changes: Money::ZERO,
    };
}

#[test]
fn the_verifier_accepts_the_schedule_that_is_corrupted_below() {
    let (mut problem, schedule) = sound();
    assert_eq!(verify(&problem, &schedule).faults, Vec::<String>::new());
    assert_eq!(verify(&problem, &schedule).cost, 260.0);
    // With the shortage stated, the deferred work is in time as well.
    deferred(&mut problem);
    problem.groups[0].idle[2] = 1.0;
    assert_eq!(verify(&problem, &schedule).faults, Vec::<String>::new());
    assert_eq!(problem.groups[0].live[0].agents, Agents::ZERO);
}

#[test]
fn the_verifier_names_whatever_is_wrong() {
    for (name, corrupt, words) in CORRUPTIONS {
        let (mut problem, mut schedule) = sound();
        corrupt(&mut problem, &mut schedule);
        if *name == "late deferred work" {
            schedule.shortages.clear();
            schedule.cost.understaffing = Money::ZERO;
        }
        let faults = verify(&problem, &schedule).faults;
        let is_told = |fault: &&String| words.iter().all(|w| fault.contains(w));
        assert!(faults.iter().any(|f| is_told(&f)), "{name}: {faults:?}");
    }
}
