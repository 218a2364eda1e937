//! A plan made window by window: first along the fractional plan behind the prices, then again and
//! again where the draw falls.

use std::time::Instant;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use super::ascent::FoundPrices;
use super::extract;
use super::frame::{Frame, Pattern};
use super::neighbours::Neighbours;
use super::rest::Rest;
use super::roster::Roster;
use super::strategy::{Watch, WeekStrategy};
use super::window::{Effort, Found, People, Window, search};
use crate::milp::Backend;

/// Programs that are solved for a window.
const NODES: usize = 30;

/// Programs of a window of the first pass, which ends with its first plan.
const FIRST_NODES: usize = 400;

/// Of the fractional options, one in so many is raised at once.
const BATCH: usize = 8;

/// How fast the yield of a size is forgotten.
const MEMORY: f64 = 0.9;

/// How fast it is forgotten what was saved in a time.
const MEMORY_OF_A_SECOND: f64 = 0.7;

/// Time a backend is tried for whatever it saves, as a share of the time without it.
const TRIED: f64 = 0.05;

/// Seconds a turn of a backend may take, before any is known.
const TURN: f64 = 1.0;

/// Columns that would save less than this part of a shift's mean price are not looked for.
const TOLERANCE: f64 = 1e-3;

/// A week of so few options is searched whole, exactly, with so many programs.
pub(super) const SMALL: usize = 150;
const EXACT_NODES: usize = 3_000;

/// A column must save this much in an exact search, and at the least in any.
const EXACT: f64 = 1e-6;

/// What is planned next to a window.
struct Beside<'a> {
    /// The fractional plan and which options are no longer in it.
    expected: Option<(&'a FoundPrices, &'a [bool])>,
    /// Windows that are planned at the same time, this one included.
    sharers: f64,
}

/// What was saved of late, and all the time it took.
#[derive(Debug, Default)]
struct Saving {
    saved: f64,
    of_late: f64,
    seconds: f64,
}

impl Saving {
    fn add(&mut self, saved: f64, seconds: f64) {
        let memory = MEMORY_OF_A_SECOND.powf(seconds);
        self.saved = self.saved * memory + saved;
        self.of_late = self.of_late * memory + seconds;
        self.seconds += seconds;
    }

    fn rate(&self) -> f64 {
        self.saved / self.of_late.max(f64::MIN_POSITIVE)
    }
}

/// A roster and the tools to better it.
#[derive(Debug)]
pub(super) struct Improver<'f> {
    frame: &'f Frame<'f>,
    neighbours: Neighbours<'f>,
    pub(super) roster: Roster,
    random: Pcg64Mcg,
    /// What each size of window has saved, and the work it took.
    yields: Vec<(f64, f64)>,
    tolerance: f64,
    backend: Option<Backend>,
    /// Seconds of windows with the backend, and what windows without it have saved in theirs.
    with_backend: f64,
    without: Saving,
    /// Whether the backend saved more in its last turn than was saved in such a time before.
    is_backend_better: bool,
    /// Pivots so far.
    pub(super) work: u64,
}

impl<'f> Improver<'f> {
    pub(super) fn new(frame: &'f Frame<'f>, strategy: &WeekStrategy) -> Self {
        let costs: f64 = frame.options.iter().map(|o| o.cost as f64).sum();
        Self {
            frame,
            neighbours: Neighbours::new(frame),
            roster: Roster::empty(frame),
            random: Pcg64Mcg::seed_from_u64(strategy.seed),
            yields: vec![(f64::INFINITY, 1.0); Neighbours::sizes()],
            tolerance: (TOLERANCE * costs / frame.options.len().max(1) as f64).max(EXACT),
            backend: strategy.backend.filter(|b| b.has_integers()),
            with_backend: 0.0,
            without: Saving::default(),
            is_backend_better: false,
            work: 0,
        }
    }

    /// The first plan: every option once, in windows that see the others as the prices expect
    /// them until their turn comes.
    pub(super) fn sweep(&mut self, found: &FoundPrices, watch: &Watch<'_>) {
        let mut planned = vec![false; self.frame.options.len()];
        for batch in self.neighbours.sweep() {
            if watch.must_stop() {
                return;
            }
            let beside = Beside {
                expected: Some((found, &planned)),
                sharers: 1.0,
            };
            let effort = Effort {
                nodes: FIRST_NODES,
                batch: BATCH,
                is_first_enough: true,
                tolerance: self.tolerance,
                backend: None,
                watch: *watch,
            };
            let plans = self.plan_side_by_side(&batch, &beside, &effort);
            for (window, plan) in batch.iter().zip(plans) {
                self.work += plan.pivots;
                if let Some(people) = &plan.people {
                    self.take(window, people);
                }
                for &j in window {
                    planned[j] = true;
                }
            }
        }
    }

    /// Takes the roster of the shifts that are kept where it costs less than the one there is.
    pub(super) fn keep(&mut self) {
        let frame = self.frame;
        let mut kept = Roster::empty(frame);
        let shifts = frame.week.kept.iter().flat_map(|kept| &kept.shifts);
        for (option, pattern, count) in extract::people(frame, shifts) {
            kept.add(frame, option, pattern, count);
        }
        let all: Vec<usize> = (0..frame.week.intervals).collect();
        kept.recount_missing(frame, &all);
        if kept.cost(frame) < self.roster.cost(frame) && extract::keeps_seats(frame, &kept) {
            self.roster = kept;
        }
    }

    /// Searches a small week whole; true when nothing better is left.
    pub(super) fn exhaust(&mut self, watch: &Watch<'_>) -> bool {
        if self.frame.options.len() > SMALL || self.frame.week.pools.len() > 60 {
            return false;
        }
        let all: Vec<usize> = (0..self.frame.options.len()).collect();
        let beside = Beside {
            expected: None,
            sharers: 1.0,
        };
        let effort = Effort {
            nodes: EXACT_NODES,
            batch: usize::MAX,
            is_first_enough: false,
            tolerance: EXACT,
            backend: None,
            watch: *watch,
        };
        let plan = self.plan(&all, &beside, &effort);
        self.work += plan.pivots;
        if let Some(people) = &plan.people {
            let cost = self.roster.cost(self.frame);
            let undo = self.take(&all, people);
            if self.roster.cost(self.frame) > cost {
                self.take(&all, &undo);
            }
        }
        plan.is_complete
    }

    /// One batch of windows planned anew.
    pub(super) fn improve(&mut self, watch: &Watch<'_>) {
        let size = self.choose_size();
        let batch = self.neighbours.batch(size, &mut self.random);
        let backend = self.backend.filter(|_| self.is_for_backend());
        let begun = Instant::now();
        let before = self.roster.cost(self.frame);
        let beside = Beside {
            expected: None,
            sharers: batch.len() as f64,
        };
        let effort = Effort {
            nodes: NODES,
            batch: BATCH,
            is_first_enough: false,
            tolerance: self.tolerance,
            backend,
            watch: *watch,
        };
        let plans = self.plan_side_by_side(&batch, &beside, &effort);
        let mut effort = 0.0;
        for (window, plan) in batch.iter().zip(plans) {
            self.work += plan.pivots;
            // A pivot takes longer the more rows there are.
            effort += plan.pivots as f64 * (100.0 + plan.rows as f64);
            if let Some(people) = &plan.people {
                let cost = self.roster.cost(self.frame);
                let undo = self.take(window, people);
                if self.roster.cost(self.frame) > cost {
                    self.take(window, &undo);
                }
            }
        }
        let saved = (before - self.roster.cost(self.frame)) as f64;
        let seconds = begun.elapsed().as_secs_f64();
        if backend.is_some() {
            self.with_backend += seconds;
            self.is_backend_better = saved > self.without.rate() * seconds;
            return;
        }
        self.without.add(saved, seconds);
        let of_size = &mut self.yields[size];
        *of_size = if of_size.0.is_infinite() {
            (saved, effort + 1.0)
        } else {
            (of_size.0 * MEMORY + saved, of_size.1 * MEMORY + effort)
        };
    }

    /// Whether the backend's turn has come: up to half of the time while it saves more.
    fn is_for_backend(&self) -> bool {
        let share = if self.is_backend_better { 1.0 } else { TRIED };
        self.with_backend + TURN < share * self.without.seconds
    }

    /// The size that has saved most for its work of late, and at times any.
    fn choose_size(&mut self) -> usize {
        if self.random.random_bool(0.1) {
            return self.random.random_range(0..self.yields.len());
        }
        let rate = |&(saved, work): &(f64, f64)| saved / work;
        let sizes = (0..self.yields.len()).rev();
        sizes
            .max_by(|&a, &b| rate(&self.yields[a]).total_cmp(&rate(&self.yields[b])))
            .unwrap_or(0)
    }

    fn plan_side_by_side(
        &self,
        batch: &[Vec<usize>],
        beside: &Beside<'_>,
        effort: &Effort<'_>,
    ) -> Vec<Found> {
        // One at a time: a thread that is done takes the next, whatever its neighbours have left.
        (batch.par_iter().with_max_len(1))
            .map(|window| self.plan(window, beside, effort))
            .collect()
    }

    /// Plans some options anew, for no more than they cost now.
    fn plan(&self, options: &[usize], beside: &Beside<'_>, effort: &Effort<'_>) -> Found {
        let (frame, week) = (self.frame, self.frame.week);
        let now: Vec<i64> = options.iter().map(|&j| self.roster.people(j)).collect();
        let mut seeds: Vec<(usize, Pattern)> = Vec::new();
        let mut is_inside = vec![false; week.intervals];
        let mut cost = 0;
        for (place, (&j, people)) in options.iter().zip(&now).enumerate() {
            seeds.extend(
                self.roster.worked[j]
                    .keys()
                    .map(|&pattern| (place, pattern)),
            );
            let o = &frame.options[j];
            cost += o.cost * people + frame.change_price * (people - frame.agreed[j]).abs();
            for d in 0..week.shift_types[o.shift_type].length {
                is_inside[week.after(o.start, d)] = true;
            }
        }
        let inside = (0..week.intervals).filter(|&t| is_inside[t]);
        let missing: i64 = inside.map(|t| self.roster.missing[t]).sum();
        cost += missing * frame.missing_price;
        let mut rest = Rest::of(frame, &self.roster, options);
        if let Some((found, planned)) = beside.expected {
            let others = (0..frame.options.len())
                .filter(|j| !planned[*j] && options.binary_search(j).is_err());
            for j in others {
                rest.expect(frame, j, found.activity[j], &found.duties[j]);
            }
        }
        let is_rough = beside.expected.is_some();
        let window = Window::new(frame, &rest, options, &now, beside.sharers, is_rough);
        // Plans of the same cost are taken too: they lead elsewhere.
        let below = cost as f64 + window.broken_now + 0.5;
        search(&window, &seeds, below, effort)
    }

    /// Gives the options of a window other people, and says who was there.
    fn take(&mut self, window: &[usize], people: &[(usize, Pattern, u32)]) -> People {
        let frame = self.frame;
        let before = (window.iter())
            .flat_map(|&j| self.roster.worked[j].iter().map(move |(&p, &c)| (j, p, c)))
            .collect();
        self.roster.clear(frame, window);
        for &(j, pattern, count) in people {
            self.roster.add(frame, j, pattern, count);
        }
        let mut touched: Vec<usize> = (window.iter())
            .flat_map(|&j| {
                let o = &frame.options[j];
                let length = frame.week.shift_types[o.shift_type].length;
                (0..length).map(move |d| frame.week.after(o.start, d))
            })
            .collect();
        touched.sort_unstable();
        touched.dedup();
        self.roster.recount_missing(frame, &touched);
        before
    }
}
