//! Walking forward through histories: nobody peeks, no contact is lost, and costs at equal service
//! are what a ruler on paper says.

use std::time::Duration;

use wfm::calendar::{OpeningHours, Span, WEEK, Zone};
use wfm::forecasting::{Days, IntervalState};
use wfm::planning::fidelity::{
    Conduct, Facts, Fidelity, Ladder, Line, Point, Rung, Scenarios, Service, Setting, Walk,
    calibrated, cost_at, replay, rule, walk_forward,
};
use wfm::scheduling::{Solvers, Strategy};
use wfm::simulation::Options;
use wfm::workforce::{Pool, PoolKind, Price, PromiseScope, Skill};

use super::support::{close, interval, monday, money, share, shift};

const WEEKS: usize = 7;

/// Hours of seven weeks, open from 8 to 16 on weekdays, busier at noon and on Mondays, and a little
/// uneven from week to week.
fn line() -> Line {
    let cell = |day: usize, hour: usize| {
        if !(8..16).contains(&hour) || day % 7 > 4 {
            return IntervalState::Closed;
        }
        let shape = 60.0 - 4.0 * hour.abs_diff(12) as f64;
        let monday = if day.is_multiple_of(7) { 1.2 } else { 1.0 };
        let uneven = 1.0 + 0.02 * ((day * 7 + hour * 3) % 9) as f64;
        IntervalState::Known((shape * monday * uneven).round())
    };
    let rows = (0..7 * WEEKS).map(|day| (0..24).map(|hour| cell(day, hour)).collect());
    Line {
        name: "generated".to_owned(),
        days: Days::new(monday(), 24, rows.collect()).unwrap(),
        interval: interval(60),
        events: Vec::new(),
        opening: OpeningHours::closed()
            .with(&WEEK, Span::from_minutes(8 * 60, 16 * 60).unwrap())
            .unwrap(),
        conduct: Conduct::Assumed(Facts {
            aht_seconds: 300.0,
            patience_seconds: Some(300.0),
        }),
    }
}

/// `None` in a build without any backend.
fn setting() -> Option<Setting> {
    let solvers = Solvers::compiled_in().ok()?;
    let skills = vec![Skill::new("L1", "en")];
    let price = Price::flat(money(20.0));
    let pool = Pool::new("agents", PoolKind::InHouse, Zone::UTC, skills, price)
        .with_shift(shift("4h", 4, 8, 12))
        .with_shift(shift("8h", 8, 8, 8));
    Some(Setting {
        share: share(0.8),
        answer_within: Duration::from_secs(20),
        scope: PromiseScope::Day { floor: share(0.5) },
        pool,
        strategy: Strategy {
            gap: 0.01,
            ..Strategy::new(solvers)
        },
        scenarios: 20,
        replications: 20,
        seed: 1,
    })
}

#[test]
fn what_comes_after_the_origin_changes_no_plan() {
    let Some(setting) = setting() else { return };
    let whole = line();
    let day = 35;
    // The same past, with ten times the contacts and half the patience from the origin on.
    let mut spoilt = whole.clone();
    let later = |(index, row): (usize, &Vec<IntervalState>)| {
        let spoil = |cell: &IntervalState| match cell.volume() {
            Some(volume) if index >= day => IntervalState::Known(10.0 * volume),
            _ => *cell,
        };
        row.iter().map(spoil).collect()
    };
    let rows = whole.days.rows().iter().enumerate().map(later).collect();
    spoilt.days = Days::new(whole.days.first(), 24, rows).unwrap();
    let service = |aht: f64| Service {
        handled: 10.0,
        handle_seconds: 10.0 * aht,
        abandoned: 1.0,
        waited_seconds: 200.0,
    };
    let observed = |later: f64| {
        let aht = |index: usize| if index < day { 300.0 } else { later };
        Conduct::Observed((0..7 * WEEKS).map(|i| vec![service(aht(i)); 24]).collect())
    };
    let plans = |mut line: Line, aht: f64| {
        line.conduct = observed(aht);
        let horizon = line.horizon(day).unwrap();
        let past = line.before(day).unwrap();
        let scenarios = calibrated(&past, &horizon, &setting).unwrap();
        let ours = scenarios.plan(&horizon, &setting, 0.1).unwrap();
        let theirs = rule(&past, &horizon, &setting, 0.1).unwrap();
        let truth = line.truth(day, &horizon).unwrap();
        (scenarios, ours, theirs, truth)
    };
    let (one, other) = (plans(whole, 300.0), plans(spoilt, 900.0));
    assert_ne!(one.3, other.3, "the truth is another one");
    assert_eq!(one.0, other.0);
    assert_eq!(one.1, other.1);
    assert_eq!(one.2, other.2);
}

#[test]
fn a_replay_has_exactly_the_contacts_that_came() {
    let Some(setting) = setting() else { return };
    let counts = [0, 40, 3, 0, 25, 7];
    let facts = Facts {
        aht_seconds: 300.0,
        patience_seconds: None,
    };
    let level = |agents: &[u32]| {
        let mut options = Options::new(50, 3);
        options.spans = vec![0..6, 0..3, 3..6];
        let seen = replay(&setting, 3600.0, agents, &counts, &facts, &options).unwrap();
        let offered: Vec<f64> = seen.iter().map(|a| a.offered).collect();
        assert_eq!(offered, [75.0, 43.0, 32.0]);
        assert!(close(
            seen[0].in_time,
            seen[1].in_time + seen[2].in_time,
            1e-12
        ));
        seen[0].level()
    };
    // An agent for everybody, one agent for all, and nobody after the last agent went.
    assert_eq!(level(&[0, 40, 40, 40, 40, 40]), 1.0);
    let few = level(&[1, 1, 1, 1, 1, 1]);
    assert!(few > 0.0 && few < 0.3, "{few}");
    assert!(level(&[0, 40, 40, 0, 0, 0]) <= 43.0 / 75.0 + 1e-12);
}

#[test]
fn volumes_that_do_not_fill_the_week_are_told() {
    let Some(setting) = setting() else { return };
    let line = line();
    let short = Scenarios {
        mean: vec![10.0; 30],
        paths: Vec::new(),
        facts: line.conduct.on(0..7).unwrap(),
    };
    let told = short.plan(&line.horizon(35).unwrap(), &setting, 0.0);
    let told = told.unwrap_err().to_string();
    assert!(told.contains("30 volumes for 168 intervals"), "{told}");
}

#[test]
fn cost_at_equal_service_is_read_off_the_line() {
    let point = |setting, level, cost| Point {
        setting,
        level,
        cost,
    };
    // In any order; 0.8 lies a quarter of the way from 0.78 to 0.86.
    let points = [
        point(0.1, 0.86, 140.0),
        point(-0.1, 0.70, 90.0),
        point(0.0, 0.78, 100.0),
    ];
    assert!(close(cost_at(&points, 0.8).unwrap(), 110.0, 1e-12));
    assert!(close(cost_at(&points, 0.74).unwrap(), 95.0, 1e-12));
    assert_eq!(cost_at(&points, 0.86), Some(140.0));
    assert_eq!(cost_at(&points, 0.87), None);
    assert_eq!(cost_at(&points[..1], 0.8), None);
}

#[test]
fn a_ladder_is_read_in_log_odds() {
    let rung = |size, expected| Rung { size, expected };
    // Odds of 1, 4 and 16: 0.5, 0.8 and 16/17.
    let ladder = Ladder {
        rungs: vec![rung(0.0, 0.5), rung(0.1, 0.8), rung(0.3, 16.0 / 17.0)],
    };
    assert!(close(ladder.size_for(2.0 / 3.0), 0.05, 1e-9));
    assert!(close(ladder.size_for(8.0 / 9.0), 0.2, 1e-9));
    // Beyond the ends by at most a step: odds of a half, and of a thousand.
    assert!(close(ladder.size_for(1.0 / 3.0), -0.05, 1e-9));
    assert!(close(ladder.size_for(0.999), 0.5, 1e-9));
}

#[test]
fn a_generated_history_is_kept_to_its_promise() {
    let Some(setting) = setting() else { return };
    let line = line();
    let walk = Walk {
        training: 4,
        weeks: Some(2),
        promises: vec![0.8],
        additions: vec![0.0, 0.1],
    };
    let found = walk_forward(&line, &setting, &walk).unwrap();
    assert_eq!(found, walk_forward(&line, &setting, &walk).unwrap());
    let [ours, foresight] = [&found.calibrated, &found.foresight].map(|s| Fidelity::frontier(s)[0]);
    // The history hardly varies, so both come within what whole shifts of some ten agents allow.
    assert!((ours.level - 0.8).abs() < 0.05, "{ours:?}");
    assert!((foresight.level - 0.8).abs() < 0.05, "{foresight:?}");
    let rule = Fidelity::frontier(&found.rule);
    assert!(rule[1].level > rule[0].level && rule[1].cost > rule[0].cost);
    assert!(ours.cost < rule[0].cost, "{ours:?} {rule:?}");
    for (_, weeks) in found.calibrated.iter().chain(&found.rule) {
        assert_eq!(weeks.len(), 2);
        for week in weeks {
            let days: f64 = week.days.iter().map(|d| d.offered).sum();
            assert!(close(days, week.attained.offered, 1e-12));
        }
    }
}
