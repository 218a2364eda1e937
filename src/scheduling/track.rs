//! Windows of one model, exact or coarse: making whole what a relaxation wants, and improving it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ScheduleError;
use super::batch::{self, Window};
use super::breaks::Places;
use super::cover::CoverModel;
use super::dive::{Manner, TINY, dive, round_up, spread};
use super::keep;
use super::options::{Clock, Strategy};
use super::rules::Head;
use super::windows::{self, windows};
use crate::milp::{Event, Restriction, Variable, check, cost};

/// A point may be off a row by this much, relative to the numbers in the row.
pub(super) const FEASIBLE: f64 = 1e-6;

/// Share by which an hour that is paid for nothing becomes cheaper than one worked, once a round has
/// brought nothing: agents who are paid anyway then stay away where nobody needs them, and some are
/// no longer needed at all.
const FAVOUR: f64 = 1e-6;

/// Share of the cost that whole breaks may cost more than fractions of them.
const LOSS: f64 = 1e-4;

/// A point of the model and its cost.
#[derive(Debug, Clone)]
pub(super) struct Incumbent {
    pub(super) point: Vec<f64>,
    pub(super) cost: f64,
}

/// A model and the best point found for it.
#[derive(Debug)]
pub(super) struct Track<'a> {
    pub(super) cover: CoverModel<'a>,
    pub(super) best: Incumbent,
    strategy: &'a Strategy,
    clock: Clock<'a>,
    /// Where breaks may lie, one after another.
    breaks: Vec<Places>,
    /// Length of windows in intervals.
    length: usize,
    /// Rounds of improvement so far.
    rounds: usize,
    /// Whether windows are dived one at a time, since side by side they brought nothing.
    is_alone: bool,
    /// Whether an hour paid for nothing is a little cheaper than one worked.
    is_idling: bool,
}

impl<'a> Track<'a> {
    pub(super) fn new(cover: CoverModel<'a>, strategy: &'a Strategy, clock: Clock<'a>) -> Self {
        let whole_breaks = cover.break_places().filter(|_| cover.step.is_whole);
        let breaks = whole_breaks.map(|(_, places)| places).collect();
        Self {
            length: windows::length(&cover),
            best: Incumbent {
                point: Vec::new(),
                cost: f64::INFINITY,
            },
            breaks,
            cover,
            strategy,
            clock,
            rounds: 0,
            is_alone: false,
            is_idling: false,
        }
    }

    pub(super) fn is_found(&self) -> bool {
        self.best.cost.is_finite()
    }

    /// Goes through the horizon and makes the shifts of each window whole, those behind it already
    /// whole, those before it as the relaxation wants them. False when a window fails.
    pub(super) fn make_whole(&mut self, relaxed: &[f64]) -> Result<bool, ScheduleError> {
        let free =
            |cover: &CoverModel<'_>, window: &Range<usize>, _: &[f64]| windows::free(cover, window);
        let one_by_one =
            |windows: &[Range<usize>]| windows.iter().map(|w| vec![w.clone()]).collect();
        let whole = self.through(relaxed.to_vec(), free, one_by_one)?;
        Ok(self.offer(whole))
    }

    /// The same with all windows at once.
    pub(super) fn make_whole_at_once(&mut self, relaxed: &[f64]) -> Result<bool, ScheduleError> {
        let length = std::mem::replace(&mut self.length, self.cover.problem.grid.len());
        let made = self.make_whole(relaxed);
        self.length = length;
        made
    }

    /// Places the breaks of a point in which only people are right.
    pub(super) fn place_breaks(&mut self, point: Vec<f64>) -> Result<bool, ScheduleError> {
        let side_by_side = |windows: &[Range<usize>]| self.batches(windows);
        let placed = self.through(point, windows::free_breaks, side_by_side)?;
        Ok(self.offer(placed))
    }

    /// People rounded up within their limits, and everything else as well as it can be with them.
    pub(super) fn round_up(&mut self, relaxed: &[f64]) -> Result<bool, ScheduleError> {
        let mut point = relaxed.to_vec();
        let is_up = round_up(&self.cover.model, &self.cover.people, &mut point);
        let follows =
            self.cover.breaks.len() + self.cover.changes.len() + self.cover.headcount.len();
        if is_up && follows == 0 {
            return Ok(self.offer(Some(point)));
        }
        self.spread(point)
    }

    /// The shifts that are kept, if the rules still allow them.
    pub(super) fn keep(&mut self) -> Result<bool, ScheduleError> {
        let Some(kept) = &self.cover.problem.kept else {
            return Ok(false);
        };
        self.spread(keep::start(&self.cover, kept))
    }

    /// People as they are, their breaks spread as the point spreads them, and everything else as
    /// well as it can be with them: one relaxation, which only time stops.
    pub(super) fn spread(&mut self, mut point: Vec<f64>) -> Result<bool, ScheduleError> {
        let cover = &self.cover;
        for (people, places) in cover.break_places() {
            let people = point[people.index()].round();
            spread(&places, people, &mut point);
        }
        let breaks = cover.breaks.iter().map(|b| b.variable);
        let mut is_fixed = vec![false; cover.model.variable_count()];
        for v in cover.people.iter().copied().chain(breaks) {
            is_fixed[v.index()] = true;
        }
        let rest = cover.model.variables().filter(|v| !is_fixed[v.index()]);
        let restriction = Restriction::new(&cover.model, &point, rest);
        let manner = Manner {
            clock: self.clock.patient(),
            ..self.manner(TINY, &point)
        };
        let start = restriction.project(&point);
        let inner = dive(restriction.model(), &start, &[], &manner)?;
        let settled = inner.map(|inner| {
            restriction.lift(&inner, &mut point);
            point
        });
        Ok(self.offer(settled))
    }

    /// Goes through the horizon and settles every window around a point.
    fn through(
        &self,
        mut point: Vec<f64>,
        free: impl Fn(&CoverModel<'_>, &Range<usize>, &[f64]) -> Vec<Variable>,
        batches: impl Fn(&[Range<usize>]) -> Vec<Vec<Range<usize>>>,
    ) -> Result<Option<Vec<f64>>, ScheduleError> {
        let windows = windows(&self.cover, self.length, 0);
        let total = windows.len();
        let mut done = 0;
        for batch in batches(&windows) {
            let batch: Vec<Window<'_>> = (batch.iter())
                .map(|window| Window {
                    free: free(&self.cover, window, &point),
                    manner: self.manner(TINY, &point),
                })
                .collect();
            let changes = self.refill(&point, &batch, 0)?;
            for (change, mut window) in changes.into_iter().zip(batch) {
                let change = if change.is_some() {
                    change
                } else {
                    // Alone, with all that is left of every row, and nobody rounded down.
                    window.manner.tiny = 0.0;
                    self.refill(&point, &[window], 0)?.pop().flatten()
                };
                let Some(change) = change else {
                    return Ok(None);
                };
                batch::apply(&mut point, &change);
                self.cover.fill_live(&mut point);
                done += 1;
                self.clock.tell(&Event::Step { done, total });
            }
        }
        Ok(Some(point))
    }

    /// One round of improvement over the whole horizon: every window is dived again, and what is
    /// cheaper is taken. True when something was, or when the next round leaves the windows, which
    /// shared what limits leave, each all of it.
    pub(super) fn improve(&mut self, is_good: impl Fn(f64) -> bool) -> Result<bool, ScheduleError> {
        let before = self.best.cost;
        self.rounds += 1;
        // Cuts move on by a little over a third, so that no two rounds share them.
        let offset = self.rounds * (self.length * 3 / 8).max(1);
        let windows = windows(&self.cover, self.length, offset);
        for batch in self.batches(&windows) {
            if is_good(self.best.cost) || self.clock.must_stop() {
                break;
            }
            let batch: Vec<Window<'_>> = (batch.iter())
                .map(|window| Window {
                    free: windows::free(&self.cover, window),
                    manner: self.manner(
                        if self.is_short(window) { 0.0 } else { TINY },
                        &self.best.point,
                    ),
                })
                .collect();
            let changes = self.refill(&self.best.point, &batch, self.rounds)?;
            let old = &self.best.point;
            let better: Vec<_> = (changes.into_iter().flatten())
                .filter(|change| batch::extra_cost(&self.cover.model, old, change) < 0.0)
                .collect();
            let mut together = old.clone();
            for change in &better {
                batch::apply(&mut together, change);
            }
            if !better.is_empty() && !self.offer(Some(together)) {
                // The last digits of several changes added up: one at a time.
                for change in better {
                    let mut point = self.best.point.clone();
                    batch::apply(&mut point, &change);
                    self.offer(Some(point));
                }
            }
        }
        let is_better = self.best.cost < before * (1.0 - 1e-6);
        let shares = self.batches(&windows).iter().any(|batch| batch.len() > 1);
        self.is_alone |= shares && !is_better;
        if !is_better && !self.is_idling {
            self.favour_idle_hours();
        }
        Ok(is_better || shares)
    }

    /// Lowers the price of guaranteed hours that nobody works; see [`FAVOUR`].
    fn favour_idle_hours(&mut self) {
        self.is_idling = true;
        let heads = self.cover.headcount.iter();
        let unused: BTreeSet<usize> = heads
            .filter(|h| h.what == Head::Unused)
            .map(|h| h.variable.index())
            .collect();
        if unused.is_empty() {
            return;
        }
        let model = &self.cover.model;
        self.cover.model = model.with_costs(|v| {
            let share = if unused.contains(&v.index()) {
                1.0 - FAVOUR
            } else {
                1.0
            };
            model.cost_of(v) * share
        });
        self.best.cost = cost(&self.cover.model, &self.best.point);
    }

    fn refill(
        &self,
        point: &[f64],
        batch: &[Window<'_>],
        favoured: usize,
    ) -> Result<Vec<Option<batch::Change>>, ScheduleError> {
        let model = &self.cover.model;
        Ok(batch::refill(model, point, batch, favoured, &self.breaks)?)
    }

    /// Windows that may be dived side by side: every other one where shifts reach no further
    /// than the next window, else each alone.
    fn batches(&self, windows: &[Range<usize>]) -> Vec<Vec<Range<usize>>> {
        let reach = windows::reach(&self.cover);
        let inner = &windows[1.min(windows.len() - 1)..windows.len().max(2) - 1];
        if self.is_alone || inner.iter().any(|w| w.len() < reach) {
            return windows.iter().map(|w| vec![w.clone()]).collect();
        }
        let every_other = |first| windows.iter().skip(first).step_by(2).cloned().collect();
        let batches: [Vec<_>; 2] = [every_other(0), every_other(1)];
        batches.into_iter().filter(|b| !b.is_empty()).collect()
    }

    /// Whether the best point misses anybody in a window.
    fn is_short(&self, window: &Range<usize>) -> bool {
        let missing = (self.cover.missing.iter()).flat_map(|group| &group[window.clone()]);
        missing
            .into_iter()
            .any(|v| self.best.point[v.index()] > FEASIBLE)
    }

    /// How to dive one of the windows around a point.
    fn manner(&self, tiny: f64, point: &[f64]) -> Manner<'a> {
        let share = self.length as f64 / self.cover.problem.grid.len() as f64;
        Manner {
            loss: LOSS * share * cost(&self.cover.model, point),
            linear: self.strategy.solvers.linear,
            clock: self.clock,
            tiny,
        }
    }

    /// Takes a point if it keeps every row and costs less than the best so far. True when it
    /// keeps every row.
    pub(super) fn offer(&mut self, point: Option<Vec<f64>>) -> bool {
        let Some(mut point) = point else { return false };
        let model = &self.cover.model;
        for variable in model.variables().filter(|&v| model.is_integer(v)) {
            let value = &mut point[variable.index()];
            *value = value.round();
        }
        self.cover.fill_live(&mut point);
        if !check(model, &point, FEASIBLE).is_empty() {
            return false;
        }
        let cost = cost(model, &point);
        if cost < self.best.cost {
            self.best = Incumbent { point, cost };
        }
        true
    }
}
