//! What the tests share: short words for nouns, and the one way to solve, which checks the answer.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Days;
use proptest::test_runner::{Config, RngSeed};
use wfm::calendar::{
    DateTime, Grid, IntervalLength, NaiveDate, NaiveTime, TimeDelta, Utc, WEEK, Zone,
};
use wfm::milp::{Observer, Silent};
use wfm::planning::{Plan, PlanError, Scenario, plan};
use wfm::requirements::{Group, LiveNeed, Rounding};
use wfm::scheduling::{Problem, Schedule, ScheduleError, Solved, Solvers, Strategy, solve, verify};
use wfm::units::{Agents, Money, Probability};
use wfm::workforce::{Pool, PoolKind, Price, Shift, ShiftType, Skill, StartWindow};

/// Always the same `count` random cases.
pub(crate) fn cases(count: u32) -> Config {
    Config {
        cases: count,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_270_301),
        ..Config::default()
    }
}

/// A folder of data that are not ours; `None`, said by name of who wants it, when it is not here.
pub(crate) fn shared(folder: &str, who: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = env::var_os("WFM_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let folder = shared.join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(env::var("CI").is_err(), "no {}", folder.display());
    println!("skipped: {who}, for want of {}", folder.display());
    None
}

pub(crate) fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

pub(crate) fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

pub(crate) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(crate) fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

pub(crate) fn utc(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    day.and_time(time(hour, minute)).and_utc()
}

pub(crate) fn hours(count: u64) -> Duration {
    Duration::from_secs(3600 * count)
}

pub(crate) fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

pub(crate) fn interval(minutes: u32) -> IntervalLength {
    IntervalLength::from_minutes(minutes).unwrap()
}

pub(crate) fn money(amount: f64) -> Money {
    Money::new(amount).unwrap()
}

pub(crate) fn share(value: f64) -> Probability {
    Probability::new(value).unwrap()
}

/// Monday 1 March 2027.
pub(crate) fn monday() -> NaiveDate {
    date(2027, 3, 1)
}

/// Hours from 10:00 UTC on [`monday`], so that noon is inside.
pub(crate) fn morning(count: usize) -> Grid {
    Grid::new(utc(monday(), 10, 0), interval(60), count).unwrap()
}

/// The hours of the week of [`monday`].
pub(crate) fn week_of_hours() -> Grid {
    Grid::new(utc(monday(), 0, 0), interval(60), 168).unwrap()
}

/// A kind of shift that starts on any day, every full hour from the first to the last one.
pub(crate) fn shift(id: &str, length: u64, first: u32, last: u32) -> ShiftType {
    ShiftType {
        id: id.into(),
        length: hours(length),
        starts: StartWindow {
            from: time(first, 0),
            to: time(last, 0),
            every: hours(1),
            weekdays: WEEK.to_vec(),
        },
        breaks: Vec::new(),
    }
}

/// An in-house pool in UTC that speaks some languages of tier `L1`.
pub(crate) fn pool(id: &str, languages: &[&str], price: f64) -> Pool {
    let skills = languages.iter().map(|&l| Skill::new("L1", l)).collect();
    let price = Price::flat(money(price));
    Pool::new(id, PoolKind::InHouse, Zone::UTC, skills, price)
}

/// Live work of tier `L1` in a language.
pub(crate) fn group(language: &str, needs: &[u32]) -> Group {
    let live = needs.iter().map(|&n| LiveNeed {
        agents: Agents(n),
        fractional: f64::from(n),
        ..LiveNeed::default()
    });
    Group {
        name: language.to_owned(),
        skill: Skill::new("L1", language),
        queues: vec![0],
        live: live.collect(),
        promised: Vec::new(),
        promises: Vec::new(),
        idle: vec![0.0; needs.len()],
        idle_per_agent: 0.0,
        deferred: Vec::new(),
        deferred_cap: 1.0,
        allowance: 1.0,
    }
}

/// A problem of one week's limits, with a missing agent at 100 an hour.
pub(crate) fn problem(grid: Grid, pools: Vec<Pool>, groups: Vec<Group>) -> Problem {
    Problem {
        grid,
        weeks: 1.0,
        pools,
        groups,
        rounding: Rounding::Whole,
        policies: Vec::new(),
        understaffing_per_hour: money(100.0),
        kept: None,
    }
}

/// Work of so many people on a kind of shift of the first pool, without breaks.
pub(crate) fn of_kind(problem: &Problem, kind: usize, start: DateTime<Utc>, count: u32) -> Shift {
    let pool = &problem.pools[0];
    let kind = &pool.shifts[kind];
    Shift {
        pool: pool.id.clone(),
        shift_type: kind.id.clone(),
        start,
        end: start + TimeDelta::from_std(kind.length).unwrap(),
        count,
        breaks: Vec::new(),
    }
}

/// Shifts of the first pool, given as day from [`monday`] on, hour in UTC, kind and people.
pub(crate) fn schedule(problem: &Problem, shifts: &[(u64, u32, usize, u32)]) -> Schedule {
    let start = |day, hour| utc(monday() + Days::new(day), 0, 0) + TimeDelta::hours(hour);
    let shifts = (shifts.iter())
        .map(|&(day, hour, kind, count)| of_kind(problem, kind, start(day, hour.into()), count));
    Schedule {
        shifts: shifts.collect(),
        ..Schedule::default()
    }
}

/// The default strategy to the last cent; `None` in a build without any backend.
pub(crate) fn exact() -> Option<Strategy> {
    let solvers = Solvers::compiled_in().ok()?;
    let gap = 0.0;
    Some(Strategy {
        gap,
        ..Strategy::new(solvers)
    })
}

/// Solves, and checks whatever came of it.
pub(crate) fn solved(problem: &Problem, strategy: &Strategy) -> Result<Solved, ScheduleError> {
    let solved = solve(problem, strategy, &Silent)?;
    assert_sound(problem, &solved);
    Ok(solved)
}

/// Plans, and checks whatever came of it.
pub(crate) fn planned(
    scenario: &Scenario,
    strategy: &Strategy,
    observer: &dyn Observer,
) -> Result<Plan, PlanError> {
    let plan = plan(scenario, strategy, observer)?;
    assert_sound(&plan.problem, &plan.solved);
    Ok(plan)
}

/// What holds for every schedule that ever leaves the solver.
#[track_caller]
pub(crate) fn assert_sound(problem: &Problem, solved: &Solved) {
    let report = verify(problem, &solved.schedule);
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    let cost = solved.schedule.cost.total().get();
    assert!(close(cost, report.cost, 1e-9), "{cost} {}", report.cost);
    assert!(solved.bound.is_finite() && solved.bound <= cost);
    assert!((0.0..=1.0).contains(&solved.gap()));
}
