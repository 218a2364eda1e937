//! Arrivals of all types in order of time, each type from a stream of its own.

use rand::RngExt;
use rand_distr::{Distribution, Exp1};

use super::super::centre::Arrivals;
use super::super::random::{Purpose, Stream, key};
use super::blueprint::Blueprint;
use super::heap::{Heap, Timed};

/// Somebody who arrives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    pub(super) time: f64,
    pub(super) kind: usize,
    pub(super) period: usize,
    pub(super) key: u64,
    pub(super) memory: Memory,
}

/// What somebody brings from earlier tries.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    /// To be drawn where it is not known.
    pub(super) patience: Option<f64>,
    /// Time waited already.
    pub(super) waited: f64,
}

#[derive(Debug, Clone, Copy)]
struct Next {
    time: f64,
    kind: u32,
}

impl Timed for Next {
    #[inline]
    fn time(&self) -> f64 {
        self.time
    }
}

/// Where a type has got to.
#[derive(Debug)]
struct Progress {
    random: Stream,
    /// What keys are made from.
    parent: u64,
    /// Contacts so far.
    count: u64,
    time: f64,
    period: usize,
    /// Contacts still to come in the period, for counts.
    left: u32,
}

/// The arrivals of a day.
#[derive(Debug)]
pub(super) struct Source {
    next: Heap<Next>,
    progress: Vec<Progress>,
    factor: f64,
}

impl Source {
    pub(super) const fn new() -> Self {
        Self {
            next: Heap::new(),
            progress: Vec::new(),
            factor: 1.0,
        }
    }

    /// Begins a day, whose key decides everything random about it.
    pub(super) fn begin(&mut self, plan: &Blueprint, day: u64) {
        let mut random = Stream::of(day, Purpose::Day);
        self.factor = (plan.busyness.as_ref()).map_or(1.0, |law| law.draw(&mut random));
        self.next.clear();
        self.progress.clear();
        for (k, contact) in plan.types.iter().enumerate() {
            let number = k as u64;
            self.progress.push(Progress {
                random: Stream::of(key(day, Purpose::Arrivals, number), Purpose::Arrivals),
                parent: key(day, Purpose::Contacts, number),
                count: 0,
                time: 0.0,
                period: 0,
                left: match &contact.arrivals {
                    Arrivals::Counts(counts) => counts[0],
                    Arrivals::Poisson(_) | Arrivals::Times(_) => 0,
                },
            });
            let time = self.advance(plan, k);
            let kind = u32::try_from(k).unwrap_or(u32::MAX);
            self.next.push(Next { time, kind });
        }
    }

    /// When the next one comes; infinite after the last.
    #[inline]
    pub(super) fn time(&self) -> f64 {
        self.next.next()
    }

    /// The key of a contact that was there before the day began.
    pub(super) fn carried(&self, kind: usize, number: usize) -> u64 {
        key(self.progress[kind].parent, Purpose::Day, number as u64)
    }

    /// The next one.
    #[inline]
    pub(super) fn take(&mut self, plan: &Blueprint) -> Option<Arrival> {
        let Next { time, kind } = self.next.peek()?;
        let k = kind as usize;
        let progress = &mut self.progress[k];
        let arrival = Arrival {
            time,
            kind: k,
            period: progress.period.min(plan.periods() - 1),
            key: key(progress.parent, Purpose::Contacts, progress.count),
            memory: Memory::default(),
        };
        progress.count += 1;
        let time = self.advance(plan, k);
        self.next.replace(Next { time, kind });
        Some(arrival)
    }

    #[inline]
    fn advance(&mut self, plan: &Blueprint, k: usize) -> f64 {
        let progress = &mut self.progress[k];
        match &plan.types[k].arrivals {
            Arrivals::Poisson(rates) => progress.poisson(rates, &plan.bounds, self.factor),
            Arrivals::Counts(counts) => progress.count_down(counts, &plan.bounds),
            Arrivals::Times(times) => progress.replay(times, &plan.bounds),
        }
    }
}

impl Progress {
    /// The next point of a Poisson stream: unit exponentials stretched by the rates, so that other
    /// rates move the same contacts.
    #[inline]
    fn poisson(&mut self, rates: &[f64], bounds: &[f64], factor: f64) -> f64 {
        let mut need: f64 = Exp1.sample(&mut self.random);
        while let Some(rate) = rates.get(self.period) {
            let (rate, end) = (rate * factor, bounds[self.period + 1]);
            let room = rate * (end - self.time);
            if need < room {
                self.time += need / rate;
                return self.time;
            }
            need -= room;
            self.time = end;
            self.period += 1;
        }
        f64::INFINITY
    }

    /// The next of the points still to come in the period, which lie evenly at random in what is
    /// left of it: the least of `m` uniforms is `1 − U^(1/m)`.
    fn count_down(&mut self, counts: &[u32], bounds: &[f64]) -> f64 {
        while self.left == 0 {
            self.period += 1;
            let Some(count) = counts.get(self.period) else {
                return f64::INFINITY;
            };
            self.left = *count;
            self.time = bounds[self.period];
        }
        let uniform: f64 = 1.0 - self.random.random::<f64>();
        let share = 1.0 - uniform.powf(1.0 / f64::from(self.left));
        self.time += share * (bounds[self.period + 1] - self.time);
        self.left -= 1;
        self.time
    }

    fn replay(&mut self, times: &[f64], bounds: &[f64]) -> f64 {
        let next = usize::try_from(self.count).ok().and_then(|i| times.get(i));
        let Some(time) = next else {
            return f64::INFINITY;
        };
        while bounds.get(self.period + 1).is_some_and(|end| end <= time) {
            self.period += 1;
        }
        *time
    }
}
