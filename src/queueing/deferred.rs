//! Deferred work: contacts that may wait for hours, such as mail, until a deadline.
//!
//! Time is counted in intervals; work and capacity in agent-intervals: one agent does one
//! agent-interval of work in an interval. Work can be split at will (a fluid).
//!
//! ```text
//! minimum constant agents = max over x ≤ y of  W(x, y) / O(x, y)
//! ```
//!
//! `W(x, y)` is the work that is released in or after interval `x` and due by the end of interval
//! `y`, `O(x, y)` the number of open intervals among them.
//!
//! **Assumptions.** All work in an interval can be done by any agent; what is released in an interval
//! can be done in it.
//! **Accuracy.** Exact up to the rounding of sums. Both take time in proportion to the number of tasks
//! and at most to the square of the number of intervals.
//! **Source.** Yao, Demers and Shenker (1995) for the maximum over windows; earliest deadline first
//! keeps all deadlines whenever any order does (Jackson 1955; Horn 1974).

use std::collections::BTreeMap;

use super::QueueingError;

/// Work with a release and a deadline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Task {
    /// First interval in which it may be done.
    pub release: usize,
    /// Number of intervals that have passed when it must be done: 3 means by the end of the third
    /// interval, 0 that it is overdue from the start.
    pub due: usize,
    /// Work in agent-intervals.
    pub work: f64,
}

/// What earliest deadline first makes of a horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Work done in each interval.
    pub done: Vec<f64>,
    /// Part of it that was done after its deadline.
    pub late: Vec<f64>,
    /// Work released and not done by the end of each interval.
    pub backlog: Vec<f64>,
    /// Part of it whose deadline has passed.
    pub overdue: Vec<f64>,
    /// What is left at the end, with its deadlines counted from the end of the horizon: the opening
    /// backlog of the next one. Earliest deadline first.
    pub carried_over: Vec<Task>,
}

impl Task {
    /// Work released at the start of each interval, due after `allowed` intervals: 1 means within
    /// its own interval. Intervals without work make no task.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] for work that is negative or not finite and for a deadline of 0
    /// intervals.
    pub fn released(work: &[f64], allowed: usize) -> Result<Vec<Self>, QueueingError> {
        if allowed == 0 {
            return Err(QueueingError::OutOfRange {
                quantity: "intervals until the deadline",
                expected: "at least 1",
                value: 0.0,
            });
        }
        work.iter().try_for_each(|&work| checked("work", work))?;
        Ok(work
            .iter()
            .enumerate()
            .filter(|(_, work)| **work > 0.0)
            .map(|(release, &work)| Self {
                release,
                due: release.saturating_add(allowed),
                work,
            })
            .collect())
    }
}

/// Smallest constant number of agents, real-valued, that keeps every deadline within the horizon;
/// `open` tells in which intervals they work. `None` when some work is due without an open interval
/// to do it in. Work due after the horizon is not looked at.
///
/// # Errors
/// [`QueueingError::OutOfRange`] for work that is negative or not finite.
///
/// ```
/// use wfm::queueing::deferred::{Task, minimum_constant_agents};
/// let tasks = Task::released(&[4.0, 8.0, 12.0, 3.0, 1.0, 0.0, 0.0, 0.0], 2)?;
/// let agents = minimum_constant_agents(&tasks, &[true; 8])?.unwrap();
/// assert!((agents - 20.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
pub fn minimum_constant_agents(
    tasks: &[Task],
    open: &[bool],
) -> Result<Option<f64>, QueueingError> {
    tasks
        .iter()
        .try_for_each(|task| checked("work", task.work))?;
    let horizon = open.len();
    let mut by_release: Vec<Vec<&Task>> = vec![Vec::new(); horizon];
    for task in tasks
        .iter()
        .filter(|task| task.work > 0.0 && task.due <= horizon)
    {
        if task.release >= task.due {
            return Ok(None);
        }
        by_release[task.release].push(task);
    }
    // Work by deadline of all tasks released from `start` on.
    let mut due = vec![0.0; horizon + 1];
    let mut agents = 0.0f64;
    for start in (0..horizon).rev() {
        for task in &by_release[start] {
            due[task.due] += task.work;
        }
        if by_release[start].is_empty() {
            continue;
        }
        let (mut work, mut length) = (0.0, 0.0);
        for end in start..horizon {
            work += due[end + 1];
            length += f64::from(u8::from(open[end]));
            if work > agents * length {
                if length == 0.0 {
                    return Ok(None);
                }
                agents = work / length;
            }
        }
    }
    Ok(Some(agents))
}

/// Does the tasks in order of their deadlines with the `capacity` of each interval in agents, 0
/// where it is closed. An opening backlog is made of tasks released in interval 0, some perhaps
/// overdue. Tasks released after the horizon are carried over untouched.
///
/// # Errors
/// [`QueueingError::OutOfRange`] for work or capacity that is negative or not finite.
///
/// ```
/// use wfm::queueing::deferred::{Task, earliest_deadline_first};
/// // Closed in the second interval.
/// let tasks = Task::released(&[3.0, 1.0, 0.0], 2)?;
/// let seen = earliest_deadline_first(&tasks, &[2.0, 0.0, 2.0])?;
/// assert_eq!(seen.done, [2.0, 0.0, 2.0]);
/// assert_eq!(seen.late, [0.0, 0.0, 1.0]);
/// assert_eq!(seen.backlog, [1.0, 2.0, 0.0]);
/// # Ok::<(), wfm::queueing::QueueingError>(())
/// ```
pub fn earliest_deadline_first(tasks: &[Task], capacity: &[f64]) -> Result<Outcome, QueueingError> {
    tasks
        .iter()
        .try_for_each(|task| checked("work", task.work))?;
    capacity
        .iter()
        .try_for_each(|&agents| checked("capacity", agents))?;
    let horizon = capacity.len();
    let mut order: Vec<&Task> = tasks.iter().filter(|task| task.work > 0.0).collect();
    order.sort_by_key(|task| task.release);
    let mut coming = order.into_iter().peekable();
    let mut waiting = Waiting::default();
    let mut outcome = Outcome {
        done: Vec::with_capacity(horizon),
        late: Vec::with_capacity(horizon),
        backlog: Vec::with_capacity(horizon),
        overdue: Vec::with_capacity(horizon),
        carried_over: Vec::new(),
    };
    for (interval, &agents) in capacity.iter().enumerate() {
        while let Some(task) = coming.next_if(|task| task.release <= interval) {
            *waiting.by_due.entry(task.due).or_insert(0.0) += task.work;
        }
        let (done, late) = waiting.work_off(agents, interval);
        outcome.done.push(done);
        outcome.late.push(late);
        outcome.backlog.push(waiting.total(usize::MAX));
        outcome.overdue.push(waiting.total(interval + 1));
    }
    let left = waiting.by_due.into_iter().map(|(due, work)| (0, due, work));
    let untouched = coming.map(|task| (task.release, task.due, task.work));
    outcome.carried_over = left
        .chain(untouched)
        .map(|(release, due, work)| Task {
            release: release.saturating_sub(horizon),
            due: due.saturating_sub(horizon),
            work,
        })
        .collect();
    Ok(outcome)
}

/// Work that waits, by deadline.
#[derive(Debug, Default)]
struct Waiting {
    by_due: BTreeMap<usize, f64>,
}

impl Waiting {
    /// Takes off what `capacity` allows, earliest deadline first: all of it, and its late part.
    fn work_off(&mut self, capacity: f64, interval: usize) -> (f64, f64) {
        let (mut done, mut late) = (0.0, 0.0);
        while let Some(mut first) = self.by_due.first_entry() {
            let room = capacity - done;
            if room <= 0.0 {
                break;
            }
            let part = first.get().min(room);
            done += part;
            if *first.key() <= interval {
                late += part;
            }
            if part < *first.get() {
                *first.get_mut() -= part;
                break;
            }
            first.remove();
        }
        (done, late)
    }

    /// Work due by a deadline.
    fn total(&self, by: usize) -> f64 {
        self.by_due.range(..=by).map(|(_, work)| work).sum()
    }
}

fn checked(quantity: &'static str, value: f64) -> Result<(), QueueingError> {
    if value.is_finite() && value >= 0.0 {
        Ok(())
    } else {
        Err(QueueingError::OutOfRange {
            quantity,
            expected: "finite and not negative",
            value,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, window by window.
    fn by_windows(tasks: &[Task], open: &[bool]) -> f64 {
        let mut most = 0.0f64;
        for x in 0..open.len() {
            for y in x..open.len() {
                let inside = tasks.iter().filter(|t| t.release >= x && t.due <= y + 1);
                let work: f64 = inside.map(|t| t.work).sum();
                let length = open[x..=y].iter().filter(|&&o| o).count() as f64;
                if work > 0.0 {
                    most = most.max(work / length);
                }
            }
        }
        most
    }

    #[test]
    fn the_minimum_keeps_all_deadlines_and_less_does_not() {
        let open = [
            true, false, true, true, false, false, true, true, true, true,
        ];
        let tasks: Vec<Task> = (0..9usize)
            .map(|i| Task {
                release: i,
                due: (i + 2 + (i * 7) % 5).min(10),
                work: ((i * 5) % 4) as f64 + 0.5,
            })
            .filter(|t| open[t.release..t.due].contains(&true))
            .collect();
        let agents = minimum_constant_agents(&tasks, &open).unwrap().unwrap();
        assert!((agents - by_windows(&tasks, &open)).abs() < 1e-12);
        let overdue = |agents: f64| {
            let capacity = open.map(|o| if o { agents } else { 0.0 });
            let seen = earliest_deadline_first(&tasks, &capacity).unwrap();
            seen.late.iter().sum::<f64>() + seen.overdue.iter().fold(0.0, |a, b| b.max(a))
        };
        assert!(overdue(agents * (1.0 + 1e-12)) < 1e-9);
        assert!(overdue(agents * (1.0 - 1e-6)) > 1e-7);
    }

    #[test]
    fn opening_backlog_is_carried_over_and_nothing_is_lost() {
        let task = |release, due, work| Task { release, due, work };
        let tasks = [
            task(0, 0, 2.0),
            task(0, 4, 3.0),
            task(1, 2, 1.0),
            task(9, 12, 5.0),
        ];
        let seen = earliest_deadline_first(&tasks, &[1.0, 1.5, 0.0]).unwrap();
        assert_eq!(seen.done, [1.0, 1.5, 0.0]);
        assert_eq!(seen.late, [1.0, 1.0, 0.0]);
        assert_eq!(seen.backlog, [4.0, 3.5, 3.5]);
        assert_eq!(seen.overdue, [1.0, 0.5, 0.5]);
        let expected = [task(0, 0, 0.5), task(0, 1, 3.0), task(6, 9, 5.0)];
        assert_eq!(seen.carried_over, expected);
    }

    #[test]
    fn impossible_and_invalid_work_is_told_apart() {
        let closed = Task::released(&[0.0, 2.0], 1).unwrap();
        assert_eq!(minimum_constant_agents(&closed, &[true, false]), Ok(None));
        assert_eq!(minimum_constant_agents(&[], &[]), Ok(Some(0.0)));
        assert!(Task::released(&[1.0], 0).is_err());
        assert!(Task::released(&[f64::NAN], 1).is_err());
        assert!(earliest_deadline_first(&closed, &[f64::INFINITY]).is_err());
        let far = Task::released(&[1.0], usize::MAX).unwrap();
        assert_eq!(minimum_constant_agents(&far, &[true]), Ok(Some(0.0)));
    }
}
