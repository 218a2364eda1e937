//! Deferred work: deadlines run in opening hours, and are kept whenever they can be.

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::calendar::{Grid, NaiveDate, OpeningHours, Span, WEEK, Zone};
use wfm::requirements::{DeferredClass, EarliestDeadlineFirst, Job, StaffingRules};
use wfm::workforce::{Channel, Market, Queue, ServiceTarget, Skill};

use super::requirement_laws::derived;
use super::support::{cases, close, date, hours, interval, share, zone};

/// Deadlines of work that arrives in each interval, allowed so many open hours.
fn deadlines(
    zone: Zone,
    first: NaiveDate,
    days: u32,
    allowed: u64,
) -> (Grid, Vec<bool>, DeferredClass) {
    let open = Span::from_minutes(9 * 60, 17 * 60).unwrap();
    let office = OpeningHours::closed().with(&WEEK[..], open).unwrap();
    let market = Market::new("M", zone).with_opening(Channel::Phone, office.clone());
    let grid = Grid::of_days(zone, first, days, interval(15)).unwrap();
    let target = ServiceTarget::Deferred {
        share: share(0.9),
        done_within: hours(allowed),
    };
    let queue = Queue::new("mail", Skill::new("L1", "de"), Channel::Email, target);
    let found = derived(grid, &[queue], &market, &[2.0], &StaffingRules::default()).unwrap();
    let is_open = grid
        .instants()
        .map(|t| office.is_open(zone.local(t)))
        .collect();
    (grid, is_open, found.groups[0].deferred[0].clone())
}

#[test]
fn deadlines_run_in_opening_hours_across_nights_and_clock_changes() {
    let berlin = zone("Europe/Berlin");
    for (first, days) in [
        (date(2027, 3, 1), 3),
        (date(2027, 3, 27), 3),
        (date(2027, 10, 30), 3),
        (date(2027, 3, 28), 1),
    ] {
        for allowed in [1, 4, 7] {
            let (grid, open, class) = deadlines(berlin, first, days, allowed);
            assert_eq!(class.jobs.len(), grid.len());
            for job in &class.jobs {
                let is_open = |t: &usize| open[t % grid.len()];
                let count = (job.arrival..=job.due).filter(is_open).count();
                assert_eq!(count, usize::try_from(4 * allowed).unwrap(), "{job:?}");
                assert!(is_open(&job.due), "{job:?}");
            }
            assert_envelopes(&class, grid.len());
        }
    }
}

fn assert_envelopes(class: &DeferredClass, n: usize) {
    let (arrived, due) = class.envelopes(n);
    assert!(close(arrived[n - 1], class.total(), 1e-9));
    for t in 0..n {
        assert!(
            due[t] <= arrived[t] + 1e-9,
            "{t}: {} {}",
            due[t],
            arrived[t]
        );
        assert!(t == 0 || (arrived[t - 1] <= arrived[t] && due[t - 1] <= due[t]));
    }
}

/// Work in each interval with the time it may wait, deadlines in the order of arrival.
fn class(queue: usize, work: &[u32], waits: &[usize]) -> DeferredClass {
    let n = work.len();
    let mut last = 0;
    let jobs = (0..n).map(|arrival| {
        last = (arrival + waits[arrival]).max(last).min(arrival + n - 1);
        Job {
            arrival,
            due: last,
            work: f64::from(work[arrival]),
        }
    });
    DeferredClass {
        queue,
        jobs: jobs.collect(),
    }
}

fn classes() -> impl Strategy<Value = (Vec<DeferredClass>, Vec<f64>)> {
    (2usize..6, 1usize..3).prop_flat_map(|(n, count)| {
        let one = (vec(0u32..4, n), vec(0usize..n, n));
        let capacity = vec((0u32..7).prop_map(f64::from), n);
        (vec(one, count), capacity).prop_map(|(all, capacity)| {
            let classes = all.iter().enumerate();
            (
                classes
                    .map(|(k, (work, waits))| class(k, work, waits))
                    .collect(),
                capacity,
            )
        })
    })
}

/// Whether any order at all keeps every deadline of the repeating round: no stretch of time has
/// more work that must be done inside it than capacity, and neither has the round.
fn can_be_kept(classes: &[DeferredClass], capacity: &[f64]) -> bool {
    let n = capacity.len();
    let jobs = || classes.iter().flat_map(|c| &c.jobs);
    let in_a_round: f64 = jobs().map(|j| j.work).sum();
    in_a_round <= capacity.iter().sum()
        && (0..n).all(|from| {
            (from..from + 4 * n).all(|to| {
                let inside = |job: &&Job, round: usize| {
                    from <= job.arrival + round * n && job.due + round * n <= to
                };
                let rounds = (0..6).flat_map(|round| jobs().filter(move |j| inside(j, round)));
                let work: f64 = rounds.map(|j| j.work).sum();
                work <= (from..=to).map(|t| capacity[t % n]).sum::<f64>() + 1e-9
            })
        })
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn earliest_deadline_first_keeps_all_deadlines_whenever_any_order_does(
        (classes, capacity) in classes(),
    ) {
        let served = EarliestDeadlineFirst { classes: &classes, capacity: &capacity }.serve();
        let is_kept = served.late.iter().all(|&late| late == 0.0);
        prop_assert_eq!(is_kept, can_be_kept(&classes, &capacity), "{:?}", served);
        for (class, (late, in_time)) in classes.iter().zip(served.late.iter().zip(&served.in_time)) {
            prop_assert!((0.0..=1.0).contains(in_time));
            prop_assert!(*late > 0.0 || *in_time == 1.0);
            assert_envelopes(class, capacity.len());
        }
        for (done, capacity) in served.done.iter().zip(&capacity) {
            prop_assert!(*done <= capacity + 1e-9);
        }
    }

    #[test]
    fn a_steady_round_does_what_arrives_in_it((classes, capacity) in classes(), spare in 0.0..2.0) {
        let n = f64::from(u32::try_from(capacity.len()).unwrap());
        let total: f64 = classes.iter().map(DeferredClass::total).sum();
        let least = (total - capacity.iter().sum::<f64>()).max(0.0) / n;
        let capacity: Vec<f64> = capacity.iter().map(|c| c + least + spare).collect();
        let served = EarliestDeadlineFirst { classes: &classes, capacity: &capacity }.serve();
        prop_assert!(close(served.done.iter().sum(), total, 1e-6));
    }
}
