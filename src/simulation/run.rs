use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1, Poisson};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use super::Line;

/// Share of contacts answered in time, over all replications, with its uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Attained {
    /// Contacts a replication, on average.
    pub offered: f64,
    /// Contacts answered in time, of all contacts; 1 without contacts.
    pub service_level: f64,
    /// Half the width of the 95 % interval of the service level.
    pub half_width: f64,
    /// Service level of the contacts that arrive in each interval; 1 without contacts.
    pub by_interval: Vec<f64>,
}

/// Contacts offered and answered in time, by interval of arrival.
type Tally = Vec<(u32, u32)>;

/// Simulates a line over some replications of the horizon, each from empty, and reports each
/// contact type. The same seed gives the same answer on any number of threads.
pub fn simulate(line: &Line, replications: u32, seed: u64) -> Vec<Attained> {
    let runs: Vec<Vec<Tally>> = (0..u64::from(replications))
        .into_par_iter()
        .map(|replication| {
            let stream = seed ^ (replication + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            Replication::new(line, Pcg64Mcg::seed_from_u64(stream)).run()
        })
        .collect();
    (0..line.types.len())
        .map(|kind| attained(line, &runs, kind))
        .collect()
}

fn attained(line: &Line, runs: &[Vec<Tally>], kind: usize) -> Attained {
    let n = line.agents.len();
    let mut by_interval = vec![(0.0, 0.0); n];
    let mut totals = Vec::with_capacity(runs.len());
    for run in runs {
        let mut total = (0.0, 0.0);
        for (sum, &(offered, in_time)) in by_interval.iter_mut().zip(&run[kind]) {
            let (offered, in_time) = (f64::from(offered), f64::from(in_time));
            sum.0 += offered;
            sum.1 += in_time;
            total.0 += offered;
            total.1 += in_time;
        }
        totals.push(total);
    }
    let share = |(offered, in_time): (f64, f64)| {
        if offered > 0.0 {
            in_time / offered
        } else {
            1.0
        }
    };
    let sum = totals
        .iter()
        .fold((0.0, 0.0), |s, t| (s.0 + t.0, s.1 + t.1));
    let count = totals.len().max(1) as f64;
    let (level, mean) = (share(sum), sum.0 / count);
    // A ratio of means: its variance is that of the residuals over the squared mean.
    let squares: f64 = totals.iter().map(|t| (t.1 - level * t.0).powi(2)).sum();
    let deviation = (squares / (count - 1.0).max(1.0) / count).sqrt();
    Attained {
        offered: mean,
        service_level: level,
        half_width: if mean > 0.0 {
            1.96 * deviation / mean
        } else {
            0.0
        },
        by_interval: by_interval.into_iter().map(share).collect(),
    }
}

/// One pass over the horizon.
struct Replication<'a> {
    line: &'a Line,
    random: Pcg64Mcg,
    /// When each busy agent is free again.
    busy: BinaryHeap<Reverse<Instant>>,
    /// Arrival time and type of whoever waits, first come first.
    waiting: VecDeque<(f64, usize)>,
    tallies: Vec<Tally>,
}

/// A time that can be ordered; no time here is NaN.
#[derive(PartialEq)]
struct Instant(f64);

impl Eq for Instant {}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl<'a> Replication<'a> {
    fn new(line: &'a Line, random: Pcg64Mcg) -> Self {
        Self {
            line,
            random,
            busy: BinaryHeap::new(),
            waiting: VecDeque::new(),
            tallies: vec![vec![(0, 0); line.agents.len()]; line.types.len()],
        }
    }

    fn run(mut self) -> Vec<Tally> {
        let length = self.line.interval_seconds;
        let crew = self.line.crew();
        for (interval, &agents) in crew.iter().enumerate() {
            let begin = interval as f64 * length;
            self.answer(begin, agents);
            for (time, kind) in self.arrivals(interval) {
                self.release(time, agents);
                self.tallies[kind][interval].0 += 1;
                self.waiting.push_back((time, kind));
                self.answer(time, agents);
            }
            self.release(begin + length, agents);
        }
        // After the horizon the last crew answers whoever still waits.
        self.release(f64::INFINITY, crew.last().copied().unwrap_or(0));
        self.tallies
    }

    /// Arrivals of an interval in order of time.
    fn arrivals(&mut self, interval: usize) -> Vec<(f64, usize)> {
        let length = self.line.interval_seconds;
        let begin = interval as f64 * length;
        let mut times = Vec::new();
        for (kind, contact) in self.line.types.iter().enumerate() {
            let volume = contact.volume.get(interval).copied().unwrap_or(0.0);
            let count = Poisson::new(volume).map_or(0.0, |law| law.sample(&mut self.random));
            for _ in 0..crate::units::whole::round(count) {
                times.push((begin + length * self.random.random::<f64>(), kind));
            }
        }
        times.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        times
    }

    /// Frees agents whose contact ends by `time`, and lets each answer whoever waits.
    fn release(&mut self, time: f64, agents: u32) {
        while let Some(Reverse(Instant(end))) = self.busy.peek() {
            let end = *end;
            if end > time {
                break;
            }
            self.busy.pop();
            self.answer(end, agents);
        }
    }

    /// Answers whoever waits while fewer agents are busy than there are.
    fn answer(&mut self, time: f64, agents: u32) {
        while (self.busy.len() as u64) < u64::from(agents) {
            let Some((arrival, kind)) = self.waiting.pop_front() else {
                return;
            };
            let contact = &self.line.types[kind];
            if time - arrival <= contact.answer_within_seconds {
                let length = self.line.interval_seconds;
                let interval = crate::units::whole::floor(arrival / length) as usize;
                if let Some(cell) = self.tallies[kind].get_mut(interval) {
                    cell.1 += 1;
                }
            }
            let unit: f64 = Exp1.sample(&mut self.random);
            self.busy
                .push(Reverse(Instant(time + unit * contact.aht_seconds)));
        }
    }
}
