//! What stops the search, and what it has by then.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use wfm::milp::{Event, Observer, Termination};
use wfm::scheduling::design::{DesignStrategy, design_shifts};

use super::{assert_sound, by_work, solve, week};

#[test]
fn threads_do_not_change_a_design_that_work_ends() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap()
            .install(|| solve(&week(), &by_work(4_000_000)))
    };
    let (one, two) = (on(1), on(2));
    assert_eq!(one, two);
    assert_eq!(one.termination, Termination::WorkLimit);
}

#[test]
fn a_gap_is_enough() {
    let strategy = DesignStrategy {
        gap: 0.5,
        ..DesignStrategy::default()
    };
    let solution = solve(&week(), &strategy);
    assert_eq!(solution.termination, Termination::GapReached);
    assert!(solution.gap() <= 0.5);
}

#[test]
fn the_clock_is_kept() {
    for seconds in [0, 2] {
        let strategy = DesignStrategy {
            time_limit: Duration::from_secs(seconds),
            ..DesignStrategy::default()
        };
        let begun = Instant::now();
        let solution = design_shifts(&week(), &strategy, &wfm::milp::Silent).unwrap();
        let taken = begun.elapsed();
        assert!(taken < Duration::from_secs(seconds + 4), "{taken:?}");
        assert_eq!(solution.termination, Termination::TimeLimit);
        assert_sound(&week(), &solution);
    }
}

#[test]
fn no_work_is_a_plan_without_shifts() {
    let solution = solve(&week(), &by_work(0));
    assert!(solution.plan.shifts.is_empty());
    assert_eq!(solution.bound, 0.0);
    assert_eq!(solution.termination, Termination::WorkLimit);
}

/// Stops a search at once, or as soon as there is a plan and a bound.
#[derive(Debug)]
struct Impatient {
    has_plan: AtomicBool,
    has_bound: AtomicBool,
}

impl Impatient {
    fn new(at_once: bool) -> Self {
        Self {
            has_plan: at_once.into(),
            has_bound: at_once.into(),
        }
    }
}

impl Observer for Impatient {
    fn on(&self, event: &Event) {
        match event {
            Event::Incumbent { .. } => self.has_plan.store(true, Ordering::Relaxed),
            Event::Bound { .. } => self.has_bound.store(true, Ordering::Relaxed),
            _ => {}
        }
    }

    fn is_cancelled(&self) -> bool {
        self.has_plan.load(Ordering::Relaxed) && self.has_bound.load(Ordering::Relaxed)
    }
}

#[test]
fn a_cancelled_search_gives_its_best_with_the_bound() {
    let strategy = DesignStrategy::default();
    let nothing = design_shifts(&week(), &strategy, &Impatient::new(true)).unwrap();
    assert_sound(&week(), &nothing);
    assert_eq!(nothing.termination, Termination::Interrupted);
    let something = design_shifts(&week(), &strategy, &Impatient::new(false)).unwrap();
    assert_sound(&week(), &something);
    assert_eq!(something.termination, Termination::Interrupted);
    assert!(something.cost < nothing.cost && something.bound > 0.0);
}
