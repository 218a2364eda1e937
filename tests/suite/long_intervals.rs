//! Quarter-hours with breaks: shifts found on longer intervals, breaks placed on the exact ones.

use wfm::calendar::Grid;
use wfm::milp::Termination;
use wfm::scheduling::{Problem, Solved, Strategy};
use wfm::workforce::{BreakType, Pool};

use super::support::{
    close, exact, group, hours, interval, minutes, monday, pool, problem, shift, solved, utc,
};

/// Two days of quarter-hours, two languages and two pools on shifts of eight hours.
fn quarters(need: impl Fn(usize) -> u32) -> Problem {
    let count = 2 * 96;
    let needs: Vec<u32> = (0..count).map(need).collect();
    let half: Vec<u32> = needs.iter().map(|n| n.div_ceil(2)).collect();
    let pause = |id: &str, length, earliest, latest, paid| BreakType {
        id: id.to_owned(),
        length: minutes(length),
        earliest: minutes(earliest),
        latest: minutes(latest),
        paid,
    };
    let mut kind = shift("day", 8, 0, 23);
    kind.length = hours(8);
    kind.starts.every = minutes(30);
    kind.breaks = vec![
        pause("first", 15, 90, 150, true),
        pause("lunch", 30, 210, 270, false),
        pause("second", 15, 330, 390, true),
    ];
    let crew = |id, languages: &[&str], price| -> Pool {
        let mut pool = pool(id, languages, price).with_shift(kind.clone());
        pool.limits.week_hours_max = Some(900.0);
        pool
    };
    let pools = vec![
        crew("both", &["de", "fr"], 30.0),
        crew("one", &["fr"], 24.0),
    ];
    let grid = Grid::new(utc(monday(), 0, 0), interval(15), count).unwrap();
    problem(grid, pools, vec![group("de", &half), group("fr", &needs)])
}

/// A need that is the same for an hour.
fn by_the_hour(t: usize) -> u32 {
    [8, 4, 4, 8, 20, 36, 48, 40, 44, 36, 24, 16][t / 8 % 12]
}

fn on_threads(threads: usize, problem: &Problem, strategy: &Strategy) -> Solved {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build()
        .unwrap()
        .install(|| solved(problem, strategy).unwrap())
}

#[test]
fn breaks_are_placed_well_and_the_same_on_any_number_of_threads() {
    let Some(strategy) = exact() else { return };
    let strategy = Strategy {
        gap: 0.05,
        rounds: 4,
        ..strategy
    };
    let problem = quarters(by_the_hour);
    let (one, two) = (
        on_threads(1, &problem, &strategy),
        on_threads(2, &problem, &strategy),
    );
    assert_eq!(one, two);
    assert!(one.gap() < 0.05, "{}", one.gap());
    assert_eq!(one.termination, Termination::GapReached);
    assert!(
        one.schedule
            .shifts
            .iter()
            .any(|s| s.count > 1 && s.breaks.len() > 3)
    );
}

#[test]
fn the_bound_from_longer_intervals_is_that_of_the_exact_relaxation() {
    let Some(strategy) = exact() else { return };
    // Good enough is whatever comes first.
    let strategy = Strategy {
        gap: 1.0,
        ..strategy
    };
    let plain = Strategy {
        whole_model: true,
        ..strategy.clone()
    };
    // The second need changes within the hour, so that only the exact model can do it.
    for need in [by_the_hour, |t| by_the_hour(t) + u32::from(t % 2 == 0)] {
        let problem = quarters(need);
        let bound = |strategy| solved(&problem, strategy).unwrap().bound;
        let (longer, exact) = (bound(&strategy), bound(&plain));
        assert!(close(longer, exact, 1e-7), "{longer} and {exact}");
    }
}
