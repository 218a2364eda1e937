//! Better plans: sets of shifts near a point of the relaxation, or near the best plan.
//!
//! A plan is a set of shifts; its worker numbers are the best flow for them ([`super::staffing`]).
//! The search anneals over sets: a shift leaves, enters, or is replaced by one that shares its
//! start, its end or its length. Shifts that the relaxation has in use enter more often.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

use super::layout::Layout;
use super::rows::Point;
use super::staffing::{Staffed, Staffing};
use crate::milp::Event;
use crate::scheduling::budget::Budget;
use crate::units::whole;

/// First and last temperature, as shares of the price of a shift.
const HOT: f64 = 1.0;
const COLD: f64 = 0.15;

/// Moves of the first round of annealing; rounds get twice as long, up to a limit.
const SHORTEST: u32 = 500;
const DOUBLINGS: u32 = 3;

/// Rounds without a better plan after which the annealing gets less of the work.
const PATIENCE: u32 = 6;

/// Finds plans and keeps the best one.
#[derive(Debug)]
pub(super) struct Improver<'a> {
    layout: &'a Layout<'a>,
    budget: Budget<'a>,
    staffing: Staffing<'a>,
    best: Staffed,
    /// The set that was tried last.
    last: Vec<bool>,
    /// The set that is annealed, its cost, and how many moves it has seen in how many rounds.
    present: Vec<bool>,
    cost: i64,
    moves: u32,
    rounds: u32,
    /// Rounds since the best plan was found.
    stale: u32,
    /// Work of the moves themselves, which count even where the flow needs no pivot.
    moving: u64,
    /// Weights of the shifts that may enter.
    weights: Vec<f64>,
    random: Pcg64,
    /// What is proven, for those who watch.
    pub(super) bound: i64,
}

impl<'a> Improver<'a> {
    /// Nobody works, to begin with.
    pub(super) fn new(layout: &'a Layout<'a>, budget: Budget<'a>, seed: u64) -> Self {
        let workers = vec![0; layout.shifts.len() * layout.days];
        let cost = layout.cost(&workers);
        Self {
            staffing: Staffing::new(layout),
            best: Staffed { workers, cost },
            last: Vec::new(),
            present: vec![false; layout.shifts.len()],
            cost,
            moves: 0,
            rounds: 0,
            stale: 0,
            moving: 0,
            weights: vec![1.0; layout.shifts.len()],
            random: Pcg64::seed_from_u64(seed),
            bound: 0,
            layout,
            budget,
        }
    }

    pub(super) fn work(&self) -> u64 {
        self.staffing.work() + self.moving
    }

    /// Whether the last rounds brought nothing.
    pub(super) fn is_stale(&self) -> bool {
        self.stale >= PATIENCE
    }

    pub(super) fn best(&self) -> &Staffed {
        &self.best
    }

    pub(super) fn into_best(self) -> Staffed {
        self.best
    }

    /// Rounds the workers of a point, opens the shifts that it has in use, and those it has in use
    /// half or more.
    pub(super) fn round(&mut self, point: &Point) {
        let workers: Vec<u32> = point.workers.iter().map(|&x| whole::round(x)).collect();
        let cost = self.layout.cost(&workers);
        self.keep(&Staffed { workers, cost });
        for share in [0.01, 0.3, 0.6] {
            let is_open: Vec<bool> = point.in_use.iter().map(|&y| y > share).collect();
            if self.last != is_open {
                self.last.clone_from(&is_open);
                self.offer(&is_open, i64::MAX);
            }
        }
    }

    /// Prefers the shifts that a point has in use, from now on.
    pub(super) fn prefer(&mut self, point: &Point) {
        let even = 2.0 / point.in_use.len() as f64;
        for (weight, y) in self.weights.iter_mut().zip(&point.in_use) {
            *weight = y + even;
        }
    }

    /// Cost of a set of shifts, unless it is above a limit.
    fn offer(&mut self, is_open: &[bool], limit: i64) -> Option<Staffed> {
        let budget = self.budget;
        let open = is_open.iter().filter(|o| **o).count();
        let fixed = self.layout.problem.per_shift * i64::try_from(open).unwrap_or(i64::MAX);
        let limit = limit.saturating_sub(fixed);
        let staffed = self.staffing.staff(is_open, limit, &|_| budget.is_over())?;
        self.keep(&staffed);
        Some(staffed)
    }

    /// Keeps a plan that is better than the best one.
    fn keep(&mut self, staffed: &Staffed) {
        if staffed.cost < self.best.cost {
            self.best = staffed.clone();
            self.stale = 0;
            self.budget.tell(&Event::Incumbent {
                cost: self.best.cost as f64,
                bound: self.bound as f64,
            });
        }
    }

    /// Anneals until so much work is done, or a plan costs no more than the bound.
    pub(super) fn anneal(&mut self, work: u64, bound: i64) {
        let end = self.work() + work;
        let price = self.layout.problem.per_shift.max(self.layout.step) as f64;
        while self.work() < end && self.best.cost > bound {
            if self.budget.is_over() {
                break;
            }
            let length = SHORTEST << self.rounds.min(DOUBLINGS);
            if self.moves == length {
                self.moves = 0;
                self.rounds += 1;
                self.stale += 1;
            }
            if self.moves == 0 {
                self.present = self.used(&self.best.workers);
                self.cost = self.best.cost;
            }
            let heat = f64::from(self.moves) / f64::from(length);
            self.moves += 1;
            self.moving += self.layout.intervals as u64;
            let temperature = price * HOT * (COLD / HOT).powf(heat);
            let draw: f64 = self.random.random();
            let slack = -temperature * draw.max(1e-9).ln();
            let steps = whole::floor(slack / self.layout.step as f64);
            let limit = self.cost + self.layout.step * i64::from(steps);
            let Some(set) = self.neighbour() else {
                continue;
            };
            if let Some(staffed) = self.offer(&set, limit)
                && staffed.cost <= limit
            {
                self.present = self.used(&staffed.workers);
                self.cost = staffed.cost;
            }
        }
    }

    fn used(&self, workers: &[u32]) -> Vec<bool> {
        let days = workers.chunks(self.layout.days);
        days.map(|w| w.iter().any(|&w| w > 0)).collect()
    }

    /// A set one move away.
    fn neighbour(&mut self) -> Option<Vec<bool>> {
        let mut set = self.present.clone();
        let inside: Vec<usize> = (0..set.len()).filter(|&s| set[s]).collect();
        let kind = self.random.random_range(0..10_u32);
        if inside.is_empty() || kind < 3 {
            let enters = self.entering(&set)?;
            set[enters] = true;
            return Some(set);
        }
        let leaves = inside[self.random.random_range(0..inside.len())];
        set[leaves] = false;
        if kind >= 5 {
            let enters = if kind < 9 {
                self.relative(&set, leaves)?
            } else {
                self.entering(&set)?
            };
            set[enters] = true;
        }
        Some(set)
    }

    fn entering(&mut self, set: &[bool]) -> Option<usize> {
        let outside = |s: &usize| !set[*s];
        let total: f64 = (0..set.len())
            .filter(outside)
            .map(|s| self.weights[s])
            .sum();
        let mut draw = self.random.random::<f64>() * total;
        let mut last = None;
        for shift in (0..set.len()).filter(outside) {
            draw -= self.weights[shift];
            last = Some(shift);
            if draw <= 0.0 {
                break;
            }
        }
        last
    }

    /// A shift outside a set that shares start, end or length with another one.
    fn relative(&mut self, set: &[bool], shift: usize) -> Option<usize> {
        let shifts = &self.layout.shifts;
        let (start, length) = shifts[shift];
        let near: Vec<usize> = (0..set.len())
            .filter(|&s| !set[s] && s != shift)
            .filter(|&s| {
                let (other, long) = shifts[s];
                let apart = other.abs_diff(start) + (other + long).abs_diff(start + length);
                (other == start || long == length || other + long == start + length) && apart <= 8
            })
            .collect();
        if near.is_empty() {
            return None;
        }
        Some(near[self.random.random_range(0..near.len())])
    }
}
