//! The search: a first roster, a bound and a dive with all agents, then windows side by side.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::anneal::anneal;
use super::construct::{construct, polish};
use super::dive::{Improved, dive, improve};
use super::layout::Layout;
use super::master::{Ending, Master, PRICE_SCALE, WIDTHS, Window};
use super::standing::Standing;
use crate::milp::Event;
use crate::scheduling::ScheduleError;
use crate::scheduling::budget::Budget;

/// Linear programs with more rows than this are not solved for all agents at once.
const ROWS: usize = 700;

/// Work for all agents at once.
const ROOT_WORK: u64 = 600_000_000;

/// Times at least that all agents are decided, two side by side, and the work that more of it may
/// take.
const DIVES: u64 = 3;
const DIVE_WORK: u64 = 150_000_000;

/// Work that one window should take, and may take.
const WINDOW_WORK: (u64, u64) = (6_000_000, 40_000_000);

/// Small changes tried at first, and after so many batches of windows.
const MOVES: (u64, u64) = (1_000_000, 8_000_000);
const EVERY: u64 = 20;

/// Days of a window.
const DAYS: usize = 28;

/// The state of the search.
#[derive(Debug)]
pub(super) struct Search<'a> {
    layout: &'a Layout<'a>,
    budget: Budget<'a>,
    seed: u64,
    random: Pcg64,
    pub(super) standing: Standing,
    pub(super) bound: i64,
    pub(super) prices: Vec<i64>,
    work: u64,
    /// Agents of a window over all days, and days of a window over many agents.
    sizes: [f64; 2],
    batch: u64,
    /// The batch after which small changes are tried next, and how many batches later then.
    anneal_after: (u64, u64),
}

impl<'a> Search<'a> {
    pub(super) fn begin(
        layout: &'a Layout<'a>,
        budget: Budget<'a>,
        seed: u64,
    ) -> Result<Self, ScheduleError> {
        let (standing, work) = construct(layout, &|| budget.is_over())?;
        let mut search = Self {
            layout,
            budget,
            seed,
            random: Pcg64::seed_from_u64(seed),
            standing,
            bound: 0,
            prices: vec![0; layout.needs.len()],
            work,
            sizes: [6.0, 6.0],
            batch: 0,
            anneal_after: (0, EVERY),
        };
        search.tell();
        let left = budget.work_left(work);
        search.work += polish(layout, &mut search.standing, &|work| {
            work >= left || budget.is_over()
        });
        search.tell();
        Ok(search)
    }

    fn tell(&self) {
        self.budget.tell(&Event::Incumbent {
            cost: self.standing.cost as f64,
            bound: self.bound as f64,
        });
    }

    fn is_spent(&self) -> bool {
        self.budget.work_left(self.work) == 0 || self.budget.is_over()
    }

    pub(super) fn is_optimal(&self) -> bool {
        self.standing.cost <= self.bound
    }

    /// Searches until the roster is proven or the budget is spent.
    pub(super) fn run(&mut self) {
        self.budget.tell(&Event::Stage { name: "annealing" });
        self.anneal(MOVES.0);
        if self.layout.agents.len() + self.layout.needs.len() <= ROWS {
            self.budget.tell(&Event::Stage { name: "all agents" });
            self.root();
        }
        self.budget.tell(&Event::Stage { name: "windows" });
        while !self.is_optimal() && !self.is_spent() {
            if self.batch >= self.anneal_after.0 {
                let before = self.standing.cost;
                self.anneal(MOVES.1);
                // Less and less often where they bring nothing.
                let pause = &mut self.anneal_after.1;
                if self.standing.cost == before {
                    *pause *= 2;
                }
                self.anneal_after.0 = self.batch + *pause;
            }
            self.windows();
        }
    }

    /// Small changes around the best roster.
    fn anneal(&mut self, moves: u64) {
        let budget = self.budget;
        let days = u64::try_from(self.layout.days).unwrap_or(1);
        let moves = moves.min(budget.work_left(self.work) / days.max(1) / 2);
        let seed = self.random.random();
        let (found, work) = anneal(self.layout, &self.standing, moves, seed, &move || {
            budget.is_over()
        });
        self.work += work;
        if found.cost < self.standing.cost {
            self.standing = found;
            self.tell();
        }
    }

    /// All agents at once.
    fn root(&mut self) {
        let (layout, budget) = (self.layout, self.budget);
        let left = budget.work_left(self.work).min(ROOT_WORK);
        let is_spent = move |work: u64| work >= left || budget.is_over();
        let window = Window {
            agents: (0..layout.agents.len()).collect(),
            from: 0,
            to: layout.days,
        };
        let standing = self.standing.clone();
        let mut master = Master::new(layout, &window, &standing);
        let ending = master.generate(standing.cost, &WIDTHS, usize::MAX, &is_spent);
        let bound = (master.bound.max(0) + PRICE_SCALE - 1) / PRICE_SCALE;
        if bound > self.bound {
            self.bound = bound.min(self.standing.cost);
            self.prices = master.prices_of_needs();
            self.tell();
        }
        self.work += master.work;
        let (done, begun) = (master.work, self.work);
        for round in 0.. {
            let is_enough = round >= DIVES && self.work >= begun + DIVE_WORK;
            if is_enough || ending != Ending::Solved || self.is_optimal() || is_spent(self.work) {
                break;
            }
            let (seed, cutoff) = (self.seed, self.standing.cost);
            let found: Vec<_> = (0..2_u64)
                .into_par_iter()
                .map(|at| {
                    let mut master = master.clone();
                    let mut random = Pcg64::seed_from_u64(mixed(seed, round, at));
                    let change = dive(&mut master, cutoff, &mut random, &is_spent);
                    (change, master.work - done)
                })
                .collect();
            for (change, work) in found {
                self.work += work;
                let mut new = self.standing.clone();
                for (agent, tour) in change.unwrap_or_default() {
                    new.change(layout, agent, tour);
                }
                if new.cost < self.standing.cost {
                    self.standing = new;
                    self.tell();
                }
            }
        }
    }

    /// Two windows side by side, without an agent in common.
    fn windows(&mut self) {
        let kind = usize::from(self.random.random_range(0..3_u32) == 0);
        let windows = self.draw(kind);
        let budget = self.budget;
        let left = budget.work_left(self.work).min(WINDOW_WORK.1);
        let is_spent = move |work: u64| work >= left || budget.is_over();
        self.batch += 1;
        let (layout, standing, batch) = (self.layout, &self.standing, self.batch);
        let seed = self.seed;
        let done: Vec<Improved> = (windows.par_iter().enumerate())
            .map(|(at, window)| {
                let at = u64::from(at > 0);
                let mut random = Pcg64::seed_from_u64(mixed(seed, batch, at));
                let sideways = at == 1 || batch.is_multiple_of(2);
                improve(layout, standing, window, sideways, &mut random, &is_spent)
            })
            .collect();
        let before = self.standing.cost;
        for improved in done {
            self.work += improved.work;
            let factor = if improved.work > WINDOW_WORK.0 {
                0.93
            } else {
                1.07
            };
            self.sizes[kind] = (self.sizes[kind] * factor).max(2.0);
            let Some(change) = improved.change else {
                continue;
            };
            let old: Vec<_> = (change.iter())
                .map(|(agent, _)| (*agent, self.standing.tours[*agent].clone()))
                .collect();
            let cost = self.standing.cost;
            for (agent, tour) in change {
                self.standing.change(layout, agent, tour);
            }
            if self.standing.cost > cost {
                for (agent, tour) in old {
                    self.standing.change(layout, agent, tour);
                }
            }
        }
        if self.standing.cost < before {
            self.tell();
        }
    }

    /// Draws two windows: of few agents, or of few days.
    fn draw(&mut self, kind: usize) -> Vec<Window> {
        let count = self.layout.agents.len();
        let mut order: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            order.swap(at, self.random.random_range(0..=at));
        }
        let size = usize::try_from(crate::units::whole::round(self.sizes[kind])).unwrap_or(2);
        let (agents, days) = if kind == 0 { (size, DAYS) } else { (24, size) };
        let agents = agents.clamp(1, count.div_ceil(2));
        let days = days.min(self.layout.days);
        (0..2)
            .filter_map(|half| {
                let mut mine: Vec<usize> = order
                    .iter()
                    .copied()
                    .skip(half * agents)
                    .take(agents)
                    .collect();
                mine.sort_unstable();
                let from = self.random.random_range(0..=self.layout.days - days);
                let window = Window {
                    agents: mine,
                    from,
                    to: from + days,
                };
                (!window.agents.is_empty()).then_some(window)
            })
            .collect()
    }
}

/// A seed for one window.
fn mixed(seed: u64, batch: u64, at: u64) -> u64 {
    seed ^ (batch * 2 + at + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
