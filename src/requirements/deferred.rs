use std::collections::BTreeMap;

use crate::calendar::Grid;
use crate::workforce::{Market, Queue};

/// Work that arrives in one interval and must be done by the end of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Job {
    /// Interval in which the work arrives; it may be done from then on.
    pub arrival: usize,
    /// Last interval in which it may be done. Beyond the horizon it counts into the next one.
    pub due: usize,
    /// Work in agent-intervals (erlangs times intervals).
    pub work: f64,
}

/// Deferred work of one queue whose deadlines run on the same clock.
///
/// The horizon is one round of a steady state: work that is still allowed to wait at its end is
/// done at its beginning, so that what is carried out equals what is carried in.
#[derive(Debug, Clone, PartialEq)]
pub struct DeferredClass {
    /// Position of the queue.
    pub queue: usize,
    /// The work, in order of arrival; deadlines are in the same order.
    pub jobs: Vec<Job>,
}

impl DeferredClass {
    /// Work over the horizon in agent-intervals.
    pub fn total(&self) -> f64 {
        self.jobs.iter().map(|j| j.work).sum()
    }

    /// Work that has arrived by the end of each interval, and work that must be done by then,
    /// both counted from the start of the horizon. The second is negative or small at first,
    /// since work carried in from before counts in the round before.
    pub fn envelopes(&self, intervals: usize) -> (Vec<f64>, Vec<f64>) {
        let (mut arrived, mut due) = (vec![0.0; intervals], vec![0.0; intervals]);
        let mut carried = 0.0;
        for job in &self.jobs {
            arrived[job.arrival] += job.work;
            if job.due < intervals {
                due[job.due] += job.work;
            } else {
                // Due in the next round: in the steady state the same work of the round before
                // is due then in this one.
                due[(job.due - intervals).min(intervals - 1)] += job.work;
                carried += job.work;
            }
        }
        let mut sums = (0.0, -carried);
        for i in 0..intervals {
            sums.0 += arrived[i];
            sums.1 += due[i];
            (arrived[i], due[i]) = sums;
        }
        (arrived, due)
    }
}

/// Last interval by whose end work that arrives in each interval must be done, when the deadline
/// is `allowed` open intervals away on the clock of a queue in a market. Beyond the horizon the clock of the
/// horizon repeats. With no open interval at all the deadline is a whole round away.
pub(super) fn due_intervals(
    grid: &Grid,
    queue: &Queue,
    market: &Market,
    allowed: usize,
) -> Vec<usize> {
    let n = grid.len();
    let open: Vec<bool> = grid
        .instants()
        .map(|t| queue.is_open_for_deadlines(market, t))
        .collect();
    // Open intervals before each interval of two rounds.
    let open_in_round = open.iter().filter(|&&o| o).count();
    if open_in_round == 0 || allowed >= open_in_round {
        return (0..n).map(|i| i + n - 1).collect();
    }
    let open_at: Vec<usize> = (0..2 * n).filter(|i| open[i % n]).collect();
    let mut next = 0;
    (0..n)
        .map(|i| {
            while open_at[next] < i {
                next += 1;
            }
            // The clock starts with the first open interval at or after the arrival.
            open_at[next + allowed.max(1) - 1]
        })
        .collect()
}

/// What earliest-deadline-first leaves undone.
#[derive(Debug, Clone, PartialEq)]
pub struct Lateness {
    /// Work done after its deadline, in agent-intervals, for each class.
    pub late: Vec<f64>,
    /// Share of the work done in time, for each class; 1 without work.
    pub in_time: Vec<f64>,
    /// Work done in each interval of the steady round.
    pub done: Vec<f64>,
}

/// Serves deferred work earliest deadline first with a given capacity, in the steady state of a
/// repeating horizon. It keeps all deadlines whenever any order does.
#[derive(Debug, Clone, Copy)]
pub struct EarliestDeadlineFirst<'a> {
    /// Classes that share the capacity.
    pub classes: &'a [DeferredClass],
    /// Work that can be done in each interval, in agent-intervals.
    pub capacity: &'a [f64],
}

impl EarliestDeadlineFirst<'_> {
    /// Runs enough rounds for the backlog to settle and reports the last one. Work that
    /// is due and not done by the end of the last round counts as late, and so does what the
    /// backlog grows by from round to round.
    pub fn serve(&self) -> Lateness {
        const ROUNDS: usize = 4;
        let n = self.capacity.len();
        let total: f64 = self.classes.iter().map(DeferredClass::total).sum();
        let negligible = 1e-9 * total.max(1.0);
        let mut arriving: Vec<Vec<(usize, usize, f64)>> = vec![Vec::new(); n];
        for (class, deferred) in self.classes.iter().enumerate() {
            for job in deferred.jobs.iter().filter(|j| j.work > 0.0) {
                arriving[job.arrival].push((job.due - job.arrival, class, job.work));
            }
        }
        // Waiting work by (deadline, class), ordered.
        let mut waiting: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        let mut late = vec![0.0; self.classes.len()];
        let mut done = vec![0.0; n];
        let mut backlog_before = vec![0.0; self.classes.len()];
        for step in 0..ROUNDS * n {
            let (i, is_last_round) = (step % n, step >= (ROUNDS - 1) * n);
            if step == (ROUNDS - 1) * n {
                backlog_before = self.backlog(&waiting);
            }
            for &(wait, class, work) in &arriving[i] {
                *waiting.entry((step + wait, class)).or_default() += work;
            }
            let mut left = self.capacity[i];
            while left > 0.0 {
                let Some(mut first) = waiting.first_entry() else {
                    break;
                };
                let (due, class) = *first.key();
                let part = first.get().min(left);
                left -= part;
                *first.get_mut() -= part;
                if *first.get() <= negligible * 1e-3 {
                    first.remove();
                }
                if is_last_round {
                    done[i] += part;
                    if step > due {
                        late[class] += part;
                    }
                }
            }
        }
        let end = ROUNDS * n;
        for (&(due, class), &work) in &waiting {
            if due < end {
                late[class] += work;
            }
        }
        // In the steady state as much is carried out as in; whatever is not, is never done.
        let backlog = self.backlog(&waiting);
        if backlog.iter().sum::<f64>() > backlog_before.iter().sum::<f64>() + negligible {
            for (late, (after, before)) in late.iter_mut().zip(backlog.iter().zip(&backlog_before))
            {
                *late = late.max(after - before);
            }
        }
        let in_time = self
            .classes
            .iter()
            .zip(&mut late)
            .map(|(class, late)| {
                if *late <= negligible {
                    *late = 0.0;
                }
                let total = class.total();
                if total > 0.0 {
                    (1.0 - *late / total).max(0.0)
                } else {
                    1.0
                }
            })
            .collect();
        Lateness {
            late,
            in_time,
            done,
        }
    }

    /// Waiting work of each class.
    fn backlog(&self, waiting: &BTreeMap<(usize, usize), f64>) -> Vec<f64> {
        let mut backlog = vec![0.0; self.classes.len()];
        for (&(_, class), work) in waiting {
            backlog[class] += work;
        }
        backlog
    }
}
