//! Promises over days and weeks. Judged by an enumeration of every crew of tiny problems with an
//! Erlang C of its own, by laws between the scopes, and by the verifier on spoilt schedules.

use std::time::Duration;

use proptest::prelude::*;
use wfm::calendar::{Grid, Series, TimeDelta};
use wfm::requirements::{
    DeferredClass, Job, QueueNeed, Requirement, Rounding, StaffingRules, StreamDemand, derive,
};
use wfm::scheduling::{self, Problem, Schedule, Solved, verify};
use wfm::units::Probability;
use wfm::workforce::{BreakType, Channel, Market, Pool, PromiseScope, Queue, ServiceTarget, Skill};

use super::support::{
    cases, close, exact, hours, interval, monday, money, morning, pool, problem, share, shift,
    solved, utc, zone,
};

const ANSWER_WITHIN: u64 = 20;
const AHT: f64 = 300.0;

/// Further agents are not looked at where fewer than this wait too long.
const NEGLIGIBLE: f64 = 1e-4;

/// Share answered in time by Erlang C, from the recursion of Erlang B; 0 for an unstable queue.
fn erlang_c(agents: u32, load: f64, within: f64) -> f64 {
    let n = f64::from(agents);
    if load <= 0.0 {
        return 1.0;
    }
    if n <= load {
        return 0.0;
    }
    let blocked = (1..=agents).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
    let waits = n * blocked / (n - load * (1.0 - blocked));
    1.0 - waits * (-(n - load) * within / AHT).exp()
}

/// One line of contacts in consecutive hours, and shifts of one pool.
#[derive(Debug, Clone)]
struct Line {
    /// Contacts in each hour.
    volume: Vec<f64>,
    /// First hours and lengths of the shifts.
    shifts: Vec<(usize, usize)>,
    price: f64,
    missing: f64,
    target: f64,
    floor: f64,
}

impl Line {
    fn load(&self, t: usize) -> f64 {
        self.volume[t] * AHT / 3600.0
    }

    fn level(&self, t: usize, agents: u32) -> f64 {
        erlang_c(agents, self.load(t), 20.0)
    }

    /// Fewest agents that answer a share in time and have a stable queue, at least one.
    fn fewest(&self, t: usize, share: f64) -> u32 {
        let enough = |n: &u32| f64::from(*n) > self.load(t) && self.level(t, *n) >= share;
        (1..1000).find(enough).unwrap()
    }

    fn group(&self, grid: Grid, scope: PromiseScope) -> Requirement {
        let market = Market::new("GB", zone("UTC"));
        let target = ServiceTarget::live(self.target, ANSWER_WITHIN).unwrap();
        let mut queue =
            Queue::new("calls", Skill::new("L1", "en"), Channel::Phone, target).with_scope(scope);
        queue.occupancy_cap = Probability::ONE;
        let volume = Series::new(grid, self.volume.clone()).unwrap();
        let stream = StreamDemand {
            queue: 0,
            market: &market,
            volume,
            agent_seconds: AHT,
        };
        derive(grid, &[queue], &[stream], &StaffingRules::default()).unwrap()
    }

    fn problem(&self, scope: PromiseScope) -> Problem {
        let grid = morning(self.volume.len());
        let mut crew = pool("home", &["en"], self.price);
        for (index, &(first, length)) in self.shifts.iter().enumerate() {
            let hour = u32::try_from(10 + first).unwrap();
            let length = u64::try_from(length).unwrap();
            crew = crew.with_shift(shift(&format!("shift {index}"), length, hour, hour));
        }
        let mut problem = problem(grid, vec![crew], self.group(grid, scope).groups);
        problem.understaffing_per_hour = money(self.missing);
        problem
    }

    /// The optimum over all crews: every number of people on every shift, missing agents where they
    /// bring most for their price.
    fn optimum(&self) -> f64 {
        let peak = (0..self.volume.len()).map(|t| self.reach(t)).max().unwrap();
        let mut best = f64::INFINITY;
        self.choose(0, peak, &mut vec![0; self.volume.len()], 0.0, &mut best);
        best
    }

    fn reach(&self, t: usize) -> u32 {
        self.fewest(t, 1.0 - NEGLIGIBLE)
    }

    fn choose(&self, index: usize, most: u32, present: &mut Vec<u32>, cost: f64, best: &mut f64) {
        let Some(&(first, length)) = self.shifts.get(index) else {
            *best = best.min(cost + self.missing * self.missing_hours(present));
            return;
        };
        let inside = first..(first + length).min(self.volume.len());
        for people in 0..=most {
            let paid = cost + self.price * f64::from(people) * inside.len() as f64;
            if paid < *best {
                present[inside.clone()]
                    .iter_mut()
                    .for_each(|n| *n += people);
                self.choose(index + 1, most, present, paid, best);
                present[inside.clone()]
                    .iter_mut()
                    .for_each(|n| *n -= people);
            }
        }
    }

    /// Fewest agent-hours that have to be added for every floor and for the day together. The level
    /// between whole agents is taken from the straight line between them.
    fn missing_hours(&self, present: &[u32]) -> f64 {
        let (mut added, mut answered, mut gains) = (0.0, 0.0, Vec::new());
        for (t, &present) in present.iter().enumerate() {
            let least = self.fewest(t, self.floor);
            added += f64::from(least.saturating_sub(present));
            let crew = present.max(least).min(self.reach(t));
            answered += self.volume[t] * self.level(t, crew);
            for n in crew..self.reach(t) {
                gains.push(self.volume[t] * (self.level(t, n + 1) - self.level(t, n)));
            }
        }
        gains.sort_by(|a, b| b.total_cmp(a));
        let mut short = self.target * self.volume.iter().sum::<f64>() - answered;
        for gain in gains {
            if short <= 0.0 {
                break;
            }
            added += (short / gain).min(1.0);
            short -= gain;
        }
        added
    }
}

fn day(floor: f64) -> PromiseScope {
    PromiseScope::Day {
        floor: share(floor),
    }
}

fn week(floor: f64) -> PromiseScope {
    PromiseScope::Week {
        floor: share(floor),
    }
}

fn line() -> impl Strategy<Value = Line> {
    (3usize..6).prop_flat_map(|n| {
        let volume = proptest::collection::vec(1.0..22.0, n);
        let shifts = proptest::collection::vec((0..n, 1usize..4), 2..4);
        let money = (10.0..40.0, prop_oneof![Just(400.0), 30.0..90.0]);
        let share = (0.5..0.95, 0.0..1.0);
        (volume, shifts, money, share).prop_map(|(volume, shifts, money, share)| Line {
            volume,
            shifts,
            price: money.0,
            missing: money.1,
            target: share.0,
            floor: share.0 * share.1,
        })
    })
}

/// Cost where a backend proves the optimum of models this small.
fn optimum_of(problem: &Problem, strategy: &scheduling::Strategy) -> f64 {
    let found = solved(problem, strategy).unwrap();
    found.schedule.cost.total().get()
}

fn whole() -> Option<scheduling::Strategy> {
    exact().filter(|s| s.solvers.integer.is_some())
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn the_optimum_is_that_of_every_crew_tried(line in line()) {
        let Some(strategy) = exact() else { return Ok(()) };
        let optimum = line.optimum();
        let problem = line.problem(day(line.floor));
        let found = solved(&problem, &strategy).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let cost = found.schedule.cost.total().get();
        prop_assert!(cost >= optimum - 1e-4 * optimum, "{} is below {}", cost, optimum);
        prop_assert!(found.bound <= optimum * (1.0 + 1e-6), "bound {} above {}", found.bound, optimum);
        if strategy.solvers.integer.is_some() {
            prop_assert!(close(cost, optimum, 1e-4), "cost {} optimum {}", cost, optimum);
        }
        kept_by_people(&line, &problem, &found)?;
    }

    #[test]
    fn a_longer_scope_a_lower_floor_and_a_lower_target_are_never_dearer(line in line()) {
        let Some(strategy) = whole() else { return Ok(()) };
        let cost = |line: &Line, scope| optimum_of(&line.problem(scope), &strategy);
        let interval = cost(&line, PromiseScope::Interval);
        let own = cost(&line, day(line.floor));
        let at_most = |a: f64, b: f64| a <= b + 1e-5 * b.max(1.0);
        prop_assert!(at_most(own, interval), "day {} interval {}", own, interval);
        prop_assert!(at_most(cost(&line, day(line.target)), interval));
        let lower = cost(&line, day(line.floor * 0.7));
        prop_assert!(at_most(lower, own), "lower floor {} {}", lower, own);
        let less = Line { target: line.target * 0.97, floor: line.floor * 0.97, ..line.clone() };
        let less = cost(&less, day(line.floor * 0.97));
        prop_assert!(at_most(less, own), "lower target {} {}", less, own);
    }

    #[test]
    fn fractional_crews_keep_the_laws_too(line in line(), allowance in 1.0..1.3) {
        let Some(strategy) = whole() else { return Ok(()) };
        let cost = |scope| {
            let mut problem = line.problem(scope);
            problem.rounding = Rounding::Fractional;
            problem.groups[0].allowance = allowance;
            optimum_of(&problem, &strategy)
        };
        let (interval, own) = (cost(PromiseScope::Interval), cost(day(line.floor)));
        prop_assert!(own <= interval + 1e-5 * interval.max(1.0), "day {} interval {}", own, interval);
    }
}

/// The day is answered as promised by the crews of the schedule, counted from its shifts and what it
/// says is missing, and every hour keeps the floor.
fn kept_by_people(line: &Line, problem: &Problem, found: &Solved) -> Result<(), TestCaseError> {
    let (mut offered, mut answered) = (0.0, 0.0);
    for (t, instant) in problem.grid.instants().enumerate() {
        let shifts = found.schedule.shifts.iter();
        let there = shifts.filter(|s| s.start <= instant && instant < s.end);
        let people: u32 = there.map(|s| s.count).sum();
        let own = found.schedule.shortages.iter().filter(|s| s.interval == t);
        let missing: f64 = own.map(|s| s.agents).sum();
        let crew = f64::from(people) + missing;
        let below = (0..=people + 100)
            .take_while(|&n| f64::from(n) <= crew + 1e-6)
            .last()
            .unwrap();
        let between = (crew - f64::from(below)).max(0.0);
        let level = line.level(t, below) * (1.0 - between) + line.level(t, below + 1) * between;
        prop_assert!(crew >= f64::from(line.fewest(t, line.floor)) - 1e-4);
        offered += line.volume[t];
        answered += line.volume[t] * level;
    }
    prop_assert!(
        answered >= (line.target - 1e-5) * offered,
        "{} of {}",
        answered,
        offered
    );
    Ok(())
}

/// Three days of hours from Friday evening on, by the clock of a market.
fn scoped_ranges(zone_name: &str, scope: PromiseScope, hours: usize) -> Vec<(usize, usize)> {
    let grid = Grid::new(
        utc(monday(), 0, 0) - TimeDelta::hours(1),
        interval(60),
        hours,
    )
    .unwrap();
    let market = Market::new("X", zone(zone_name));
    let target = ServiceTarget::live(0.8, 20).unwrap();
    let queue = Queue::new("q", Skill::new("L1", "en"), Channel::Phone, target).with_scope(scope);
    let stream = StreamDemand {
        queue: 0,
        market: &market,
        volume: Series::new(grid, vec![10.0; hours]).unwrap(),
        agent_seconds: AHT,
    };
    let found = derive(grid, &[queue], &[stream], &StaffingRules::default()).unwrap();
    let ranges = found.groups[0].promises[0].ranges.iter();
    ranges.map(|r| (r.start, r.end)).collect()
}

#[test]
fn days_are_the_markets_and_weeks_are_whole_days() {
    // The horizon begins at midnight of Monday in Madrid, at 18:00 on Sunday in New York.
    assert_eq!(
        scoped_ranges("Europe/Madrid", day(0.5), 48),
        [(0, 24), (24, 48)]
    );
    assert_eq!(
        scoped_ranges("America/New_York", day(0.5), 48),
        [(0, 6), (6, 30), (30, 48)]
    );
    assert_eq!(scoped_ranges("Europe/Madrid", week(0.5), 48), [(0, 48)]);
    assert_eq!(
        scoped_ranges("America/New_York", week(0.5), 7 * 24),
        [(0, 168)]
    );
    // Clocks go forward in Madrid on 28 March: the fourth week has an hour less.
    let four = 7 * 24 * 4 - 1;
    let weeks = scoped_ranges("Europe/Madrid", week(0.5), four);
    assert_eq!(weeks, [(0, 168), (168, 336), (336, 504), (504, four)]);
    let longer = scoped_ranges("Europe/Madrid", week(0.5), 9 * 24);
    assert_eq!(longer, [(0, 168), (168, 216)]);
    for zone in ["Europe/Madrid", "America/New_York", "Asia/Manila"] {
        let weeks = scoped_ranges(zone, week(0.5), four);
        let days = scoped_ranges(zone, day(0.5), four);
        let inside = |d: &(usize, usize)| weeks.iter().any(|w| w.0 <= d.0 && d.1 <= w.1);
        assert!(days.iter().all(inside));
        let whole = days.windows(2).all(|d| d[0].1 == d[1].0);
        assert!(whole && days[0].0 == 0 && days.last().unwrap().1 == four);
    }
}

/// Several days, a pool with breaks and a slower one, mail beside the calls.
fn blended(scope: PromiseScope, days: usize) -> Problem {
    let n = days * 24;
    let volume: Vec<f64> = (0..n)
        .map(|t| match t % 24 {
            8..20 => 25.0 + 9.0 * ((t * 5 % 7) as f64) + 12.0 * (t / 24) as f64,
            _ => 0.0,
        })
        .collect();
    let line = Line {
        volume,
        shifts: Vec::new(),
        price: 20.0,
        missing: 200.0,
        target: 0.85,
        floor: 0.3,
    };
    let grid = Grid::new(utc(monday(), 0, 0), interval(60), n).unwrap();
    let mut groups = line.group(grid, scope).groups;
    let jobs = (0..n).map(|arrival| Job {
        arrival,
        due: arrival + 5,
        work: if (8..20).contains(&(arrival % 24)) {
            0.8
        } else {
            0.0
        },
    });
    groups[0].deferred = vec![DeferredClass {
        queue: 0,
        jobs: jobs.collect(),
    }];
    groups[0].idle_per_agent = 0.9;
    groups[0].deferred_cap = 0.9;
    let need = groups[0].live.clone();
    groups[0].idle = (need.iter())
        .map(|need| (0.9 * need.agents.as_f64() - need.load).max(0.0))
        .collect();
    let mut long = shift("8h", 8, 7, 12);
    long.breaks.push(BreakType {
        id: "lunch".to_owned(),
        length: hours(1),
        earliest: hours(3),
        latest: hours(5),
        paid: false,
    });
    let home = pool("home", &["en"], 20.0).with_shift(long);
    let mut away = pool("away", &["en"], 17.0).with_shift(shift("5h", 5, 8, 15));
    away.aht_factor = 1.1;
    away.limits.shifts_per_day_max = Some(5);
    let mut problem = problem(grid, vec![home, away], groups);
    problem.understaffing_per_hour = money(200.0);
    problem
}

/// Cost and bound of a problem that is too large for a proof.
fn cost_and_bound(problem: &Problem, strategy: &scheduling::Strategy) -> (f64, f64) {
    let found = solved(problem, strategy).unwrap();
    (found.schedule.cost.total().get(), found.bound)
}

#[test]
fn breaks_deferred_work_and_slower_pools_keep_days_and_weeks() {
    let Some(strategy) = exact() else { return };
    let strategy = scheduling::Strategy {
        time_limit: Duration::from_secs(20),
        gap: 1e-3,
        ..strategy
    };
    let bound = |scope| {
        let (cost, bound) = cost_and_bound(&blended(scope, 3), &strategy);
        println!("{scope:?}: cost {cost:.2}, bound {bound:.2}");
        assert!(
            bound > 0.0 && cost <= bound * 1.06,
            "cost {cost}, bound {bound}"
        );
        (cost, bound)
    };
    let [one, two, three] = [PromiseScope::Interval, day(0.3), week(0.3)].map(bound);
    // No schedule of a stricter promise is below the bound of a looser one.
    assert!(two.1 <= one.0 && three.1 <= two.0 && three.1 <= one.0);
    assert!(two.1 < one.1 && three.1 <= two.1 + 1e-4 * two.1);
}

#[test]
fn the_verifier_names_what_a_spoilt_crew_misses() {
    let Some(strategy) = exact() else { return };
    let line = Line {
        volume: vec![20.0, 35.0, 30.0, 15.0],
        shifts: vec![(0, 4), (1, 2)],
        price: 20.0,
        missing: 300.0,
        target: 0.8,
        floor: 0.6,
    };
    let problem = line.problem(day(0.6));
    let found = solved(&problem, &strategy).unwrap();
    let faults = |spoil: &dyn Fn(&mut Schedule)| {
        let mut schedule = found.schedule.clone();
        spoil(&mut schedule);
        verify(&problem, &schedule).faults.join("; ")
    };
    assert_eq!(faults(&|_| ()), "");
    let none = faults(&|s| s.crews.clear());
    assert!(
        none.contains("its floor needs") && none.contains("asked"),
        "{none}"
    );
    let more = faults(&|s| s.crews[1].agents += 3.0);
    assert!(more.contains("needs") && more.contains("has"), "{more}");
    let wrong = faults(&|s| s.crews[0].interval = 99);
    assert!(wrong.contains("no interval at position 99"), "{wrong}");
    let nan = faults(&|s| s.crews[0].agents = f64::NAN);
    assert!(nan.contains("live crew of NaN"), "{nan}");
    // Every hour at its floor only: the floors hold, the day does not.
    let floors = faults(&|s| {
        for crew in &mut s.crews {
            crew.agents = f64::from(line.fewest(crew.interval, 0.6));
        }
    });
    assert!(
        floors.contains("80") && !floors.contains("floor needs"),
        "{floors}"
    );
}

#[test]
fn a_day_without_any_pool_in_reach_is_short_and_priced() {
    let Some(strategy) = exact() else { return };
    let line = Line {
        volume: vec![20.0, 20.0],
        shifts: vec![(1, 1)],
        price: 20.0,
        missing: 300.0,
        target: 0.8,
        floor: 0.5,
    };
    let problem = line.problem(week(0.5));
    let found = solved(&problem, &strategy).unwrap();
    assert!(close(
        found.schedule.cost.total().get(),
        line.optimum(),
        1e-4
    ));
    let early = found.schedule.shortages.iter().find(|s| s.interval == 0);
    assert!(early.is_some_and(|s| s.agents >= f64::from(line.fewest(0, 0.5)) - 1e-6));
    let report = verify(&problem, &found.schedule);
    // Missing agents answer nobody.
    assert!(report.promises[0].service_level < share(0.55));
}

#[test]
fn an_hour_without_contacts_asks_for_its_one_agent_only() {
    let market = Market::new("GB", zone("UTC"));
    let grid = morning(3);
    let target = ServiceTarget::live(0.8, ANSWER_WITHIN).unwrap();
    let queue =
        Queue::new("q", Skill::new("L1", "en"), Channel::Phone, target).with_scope(week(0.0));
    let stream = StreamDemand {
        queue: 0,
        market: &market,
        volume: Series::new(grid, vec![0.0, 30.0, 0.0]).unwrap(),
        agent_seconds: AHT,
    };
    let found = derive(grid, &[queue], &[stream], &StaffingRules::default()).unwrap();
    let need: &QueueNeed = &found.queues[0];
    assert!(close(need.contacts(), 30.0, 1e-12));
    let group = &found.groups[0];
    let steps = |t| group.service_curve(t, Rounding::Whole, 3600.0).steps.len();
    assert_eq!((group.live[0].agents.get(), steps(0), steps(2)), (1, 0, 0));
    assert!(steps(1) > 3);
    let away: Pool = pool("away", &["en"], 10.0).with_shift(shift("day", 3, 10, 10));
    let Some(strategy) = exact() else { return };
    let found = solved(&problem(grid, vec![away], found.groups), &strategy).unwrap();
    assert!(found.schedule.shortages.is_empty());
}
